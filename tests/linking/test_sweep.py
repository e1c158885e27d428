"""Once a day Slack is asked whether whoever has a UiTiD linked is still a full member of the workspace."""

from datetime import datetime, timedelta

import pytest

from tests.linking.rows import ASK, LIEN, ON_HOLD, REVOKING, beside, calls, rows
from tests.support.stage import Stage

HOUR = 3600
DAY = 24 * HOUR


def asked(stage: Stage) -> list[str]:
    """Return whom Slack was asked about."""
    return [call.args["user"] for call in stage.slack.calls if call.method == "users.info"]


def users(stage: Stage) -> set[str]:
    """Return who has an account in the database."""
    return set(rows(stage, "SELECT user FROM accounts"))


def moments(stage: Stage) -> list[timedelta]:
    """Return in how long each account is looked at again."""
    found = rows(stage, "SELECT sweep_at FROM accounts ORDER BY sweep_at")
    return [datetime.fromisoformat(moment) - stage.clock.now() for moment in found]


async def test_everybody_is_asked_after_a_day_after_they_were_linked_and_members_stay(stage: Stage) -> None:
    linked = users(stage)
    await stage.pass_time(DAY - 1)
    assert asked(stage) == []
    await stage.pass_time(1)
    assert (set(asked(stage)), len(asked(stage)), users(stage)) == (linked, len(linked), linked)
    await stage.pass_time(17 * HOUR)
    assert len(asked(stage)) == len(linked)
    await stage.pass_time(7 * HOUR, steps=14)
    assert len(asked(stage)) == 2 * len(linked)


async def test_accounts_that_were_never_looked_at_are_now_and_then_each_at_a_moment_of_its_own(stage: Stage) -> None:
    await beside(stage, lambda tx: tx.execute("UPDATE accounts SET sweep_at = NULL"))
    await stage.settle()
    assert len(asked(stage)) == len(users(stage))
    assert len(set(moments(stage))) == len(users(stage))
    assert all(timedelta(hours=18) <= wait <= timedelta(hours=24) for wait in moments(stage))


@pytest.mark.parametrize("change", ["deleted", "is_restricted", "is_stranger", "is_bot"])
async def test_whoever_is_no_full_member_any_more_is_unlinked_and_nobody_is_told(stage: Stage, change: str) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=1)
    await stage.type(ASK)
    stage.slack.world.change_person("lien", **{change: True})
    others = users(stage) - {LIEN}
    await beside(stage, lambda tx: tx.execute("UPDATE accounts SET sweep_at = NULL"))
    before = len(calls(stage))
    await stage.settle()
    assert (users(stage), calls(stage)[before:]) == (others, REVOKING)
    await stage.pass_time(HOUR, steps=4)
    assert ([root.text for root in stage.roots()], stage.replies(), stage.dms()) == ([ON_HOLD], [], [])


async def test_whoever_slack_does_not_know_is_unlinked(stage: Stage) -> None:
    await only_lien(stage)
    stage.slack.faults.add("users.info", "error", code="user_not_found")
    await stage.settle()
    assert (LIEN in users(stage), calls(stage)) == (False, REVOKING)


@pytest.mark.parametrize("code", ["internal_error", "missing_scope", "token_revoked"])
async def test_a_slack_that_does_not_say_is_asked_again_in_an_hour_and_nobody_is_unlinked(
    stage: Stage, code: str
) -> None:
    await only_lien(stage)
    stage.slack.faults.add("users.info", "error", code=code)
    await stage.settle()
    assert (asked(stage), LIEN in users(stage)) == ([LIEN], True)
    await stage.pass_time(HOUR - 1)
    assert asked(stage) == [LIEN]
    await stage.pass_time(1)
    assert (asked(stage), LIEN in users(stage)) == ([LIEN] * 2, True)


async def only_lien(stage: Stage) -> None:
    """Make it time to ask about Lien, and about nobody else."""
    await beside(stage, lambda tx: tx.execute("UPDATE accounts SET sweep_at = NULL WHERE user = ?", [LIEN]))
