"""Answers of Slack that are of no use, scopes that were taken away, and the first call: nothing is lost by them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import running
from bot.errors import SlackInstallationError
from tests.conversations.test_slack_codes import (
    ALL_BY_DM,
    ALL_IS_WELL,
    ASK,
    COMMENT,
    DONE,
    MEND_EVERY,
    POST,
    READY,
    TOO_LATE,
)
from tests.conversations.test_slack_losses import NEVER, UNCONFIRMED
from tests.support.outcomes import Outcome, conversation, seen, through
from tests.support.stage import Stage, staged

IS_PUBLIC = (
    f"{READY} Het bestand stuurde ik in een privébericht aan <@U0LIEN00001>: dit kanaal is openbaar en er staan"
    " gegevens van pashouders in."
)
SILENCES: dict[str, tuple[str, dict[str, Any]]] = {
    "dropped": ("drop", {}),
    "dropped_when_done": ("drop", {"processed": True}),
    "html": ("html", {}),
    "internal_error_when_done": ("error", {"code": "internal_error", "processed": True}),
    "slow": ("delay", {"seconds": 0.2}),
    "crowded": ("ratelimited", {"retry_after": 20}),
}
DONE_ALL_THE_SAME = {"dropped_when_done", "internal_error_when_done"}
NO_SUCH_BALIE = "Ik ken geen balie die `geen-balie` heet. Laat de balie weg om er een te kiezen."
IN_PUBLIC = Outcome(channel=(DONE, f"> {IS_PUBLIC}"), direct=(f"zip {COMMENT}",))
DEAD = ["account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed", "team_access_not_granted"]


@pytest.fixture
def socket() -> bool:
    """Over HTTP alone: what is tried here are the bot's own calls, and those are the same over either way in."""
    return False


SCOPES = {
    "chat:write": "not_sent: chat.postMessage: missing_scope: chat:write",
    "users:read": "not_sent: users.info: missing_scope: users:read",
}
FILE_SCOPES = {
    "files:write": "not_sent: files.getUploadURLExternal: missing_scope: files:write",
    "im:write": "not_sent: conversations.open: missing_scope: im:write",
}
NO_RIGHT = (
    "Het bestand kon ik niet plaatsen: de bot mist daarvoor een recht in Slack. Verwittig de beheerder van de bot en"
    " probeer het daarna opnieuw."
)


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_scope_that_is_taken_away_is_named_and_all_comes_once_it_is_back(stage: Stage, scope: str) -> None:
    stage.where = "algemeen"
    stage.slack.scopes.remove(scope)
    with capture_logs() as log:
        await stage.type(ASK)
        await stage.pass_time(MEND_EVERY - 5, steps=7)
        stage.slack.scopes.add(scope)
        await through(stage)
    assert seen(stage, log) == replace(IN_PUBLIC, mend=(SCOPES[scope],))


@pytest.mark.parametrize("scope", FILE_SCOPES)
async def test_a_scope_that_only_the_file_needs_holds_up_no_answer(stage: Stage, scope: str) -> None:
    stage.where = "algemeen"
    stage.slack.scopes.remove(scope)
    with capture_logs() as log:
        await stage.type(ASK)
        await through(stage)
    found = seen(stage, log)
    (_, reply) = found.channel
    assert (reply.endswith(NO_RIGHT), found.direct, found.mend) == (True, (), (FILE_SCOPES[scope],))


@pytest.mark.parametrize("kind", SILENCES)
@pytest.mark.parametrize(
    ("call", "channel", "outcome"),
    [
        ("users.info", "evenementen", ALL_BY_DM),
        ("conversations.open", "evenementen", ALL_BY_DM),
        ("conversations.open", "algemeen", IN_PUBLIC),
    ],
)
async def test_a_question_without_a_usable_answer_is_asked_again(
    stage: Stage, call: str, channel: str, outcome: Outcome, kind: str
) -> None:
    stage.where = channel
    silence(stage, call, kind)
    with capture_logs() as log:
        await stage.type(ASK)
        await through(stage)
    assert stage.slack.faults.listed() == []
    assert seen(stage, log) == outcome, stage.transcript()


@pytest.mark.parametrize("kind", SILENCES)
@pytest.mark.parametrize("call", ["conversations.history", "conversations.replies"])
@pytest.mark.parametrize("posted", [True, False])
async def test_a_search_without_a_usable_answer_is_made_again(
    stage: Stage, call: str, kind: str, *, posted: bool
) -> None:
    is_root = call == "conversations.history"
    silence(stage, call, kind)
    if is_root:
        stage.slack.faults.add(POST, "drop", processed=posted)
    with capture_logs() as log:
        await stage.type(ASK)
        if not is_root:
            stage.slack.faults.add(POST, "drop", processed=posted)
        await through(stage)
    assert stage.slack.faults.listed() == []
    assert seen(stage, log) == ALL_IS_WELL, stage.transcript()


@pytest.mark.parametrize("kind", SILENCES)
@pytest.mark.parametrize(
    ("call", "words", "whisper", "kinds"),
    [
        ("views.open", "rapport", TOO_LATE, set(SILENCES) - {"slow"}),
        ("views.update", "rapport", TOO_LATE, set()),
        ("response_url", "rapport vorig kwartaal geen-balie", NO_SUCH_BALIE, {"slow", *DONE_ALL_THE_SAME}),
    ],
)
async def test_an_answer_to_a_person_that_slack_does_not_take_breaks_nothing(
    stage: Stage, call: str, words: str, whisper: str, kinds: set[str], kind: str
) -> None:
    silence(stage, call, kind)
    with capture_logs() as log:
        first = await stage.type(words)
        await stage.type(ASK)
        await through(stage)
    assert first.error is None
    assert stage.slack.faults.listed() == []
    assert seen(stage, log) == replace(ALL_IS_WELL, whispers=(whisper,) if kind in kinds else ()), stage.transcript()


async def test_waiting_for_slack_costs_a_message_none_of_its_attempts(stage: Stage) -> None:
    stage.slack.faults.add(POST, "ratelimited", times=6, retry_after=10)
    stage.slack.faults.add(POST, "error", times=4, code="nobody_knows_this_code")
    with capture_logs() as log:
        await stage.type(ASK)
        await stage.pass_time(MEND_EVERY, steps=60)
    assert stage.slack.faults.listed() == []
    assert seen(stage, log) == ALL_IS_WELL, stage.transcript()


@pytest.mark.parametrize("kind", SILENCES)
async def test_a_file_that_nobody_could_confirm_is_not_said_to_be_there(stage: Stage, kind: str) -> None:
    stage.slack.workspace.share_delay = NEVER
    silence(stage, "files.info", kind)
    await stage.type(ASK)
    await stage.pass_time(1200, steps=200)
    assert stage.slack.faults.listed() == []
    assert conversation(stage, stage.where) == [DONE, f"> {READY} {UNCONFIRMED}"]


@pytest.mark.parametrize("kind", SILENCES)
async def test_a_start_waits_until_slack_says_whose_token_it_is(tmp_path: Path, kind: str) -> None:
    async with staged(tmp_path) as stage:
        silence(stage, "auth.test", kind)
        async with running(stage.settings, clock=stage.clock, timers=False) as bot:
            assert bot.team == stage.bot.team


@pytest.mark.parametrize("code", DEAD)
async def test_a_start_with_a_token_that_slack_refuses_ends_at_once(stage: Stage, code: str) -> None:
    stage.slack.faults.add("auth.test", "error", code=code)
    with pytest.raises(SlackInstallationError, match=f"^auth.test: {code}$"):
        async with running(stage.settings, clock=stage.clock, timers=False):
            raise AssertionError("it started")


def silence(stage: Stage, call: str, kind: str) -> None:
    """Have the next call go without an answer that is of use, or with one that comes late."""
    name, detail = SILENCES[kind]
    stage.slack.faults.add(call, name, **detail)
