"""Links whose time has come: destroyed, or their token ended at UiTiD first; and what is kept of old tries."""

from datetime import timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.links import LinkState
from storage import links
from tests.linking.rows import LIEN, REVOKING, beside, calls, link_as, rows, token_of, under_way
from tests.linking.test_unlink import WAITING
from tests.support.stage import Stage

HOUR = 3600
LEFT = "SELECT state, number_hash, cookie_hash, request_hash FROM links"


async def test_a_link_lasts_until_its_time_is_up_and_is_gone_then(stage: Stage) -> None:
    await under_way(stage, state=LinkState.RETURNED)
    await stage.pass_time(599)
    assert rows(stage, LEFT) == [("returned", "n", "c", "r")]
    await stage.pass_time(1)
    assert (rows(stage, LEFT), calls(stage)) == ([], [])


async def test_the_token_of_a_link_whose_time_is_up_is_ended_at_uitid(stage: Stage) -> None:
    await under_way(stage, token_of(stage, "greet"))
    await stage.pass_time(599)
    assert (len(rows(stage, LEFT)), calls(stage)) == (1, [])
    await stage.pass_time(1)
    assert (rows(stage, LEFT), calls(stage)) == ([], REVOKING)


async def test_a_link_that_waits_to_be_revoked_is_found_by_nothing_and_stops_nobody_from_linking_anew(
    stage: Stage,
) -> None:
    stage.uitpas.faults.add("service_consumers", "status", times=-1)
    await under_way(stage, token_of(stage, "greet"), lasts=0)
    await stage.settle()
    assert rows(stage, LEFT) == [("revoking", None, None, None)]
    assert await beside(stage, lambda tx: links.of_user(tx, stage.bot.team, LIEN)) is None


async def test_a_silent_uitid_is_asked_again_after_a_while_for_a_day(stage: Stage) -> None:
    stage.uitpas.faults.add("service_consumers", "status", times=-1)
    await under_way(stage, token_of(stage, "greet"), lasts=0)
    await stage.settle()
    began = stage.clock.now()
    with capture_logs() as log:
        await stage.pass_time(21 * 60, steps=21)
        await stage.pass_time(25 * HOUR, steps=25)
    waited = [round((call.moment - began) / timedelta(minutes=1)) for call in stage.uitpas.calls]
    assert waited[:4] == [0, 1, 6, 21]
    assert {later - earlier for earlier, later in pairwise(waited[3:])} == {60}
    assert (rows(stage, LEFT), waited[-1]) == ([], 24 * 60 + 21)
    assert [entry["log_level"] for entry in log if entry["event"] == "token_left"] == ["warning"]


async def test_a_uitid_that_answers_at_last_is_asked_no_more(stage: Stage) -> None:
    stage.uitpas.faults.add("revoke_service_consumer", "drop")
    await under_way(stage, token_of(stage, "greet"), lasts=0)
    await stage.settle()
    assert len(rows(stage, LEFT)) == 1
    await stage.pass_time(60)
    assert (rows(stage, LEFT), calls(stage)) == ([], REVOKING * 2)


async def test_a_token_that_had_ended_already_needs_no_more(stage: Stage) -> None:
    token = token_of(stage, "greet")
    stage.uitpas.revoke(token.token)
    await under_way(stage, token, lasts=0)
    await stage.settle()
    assert (rows(stage, LEFT), calls(stage)) == ([], ["service_consumers"])


async def test_while_everybody_is_refused_a_refusal_does_not_count(stage: Stage) -> None:
    stage.uitpas.faults.add("*", "status", times=-1, status=401)
    await stage.type("rapport vorig kwartaal")
    await under_way(stage, token_of(stage, "greet"), lasts=0)
    await stage.settle()
    assert [row[0] for row in rows(stage, LEFT)] == ["revoking"]
    stage.uitpas.faults.clear()
    await stage.pass_time(120, steps=4)
    assert (rows(stage, LEFT), set(REVOKING) <= set(calls(stage))) == ([], True)


async def test_a_token_whose_uitid_is_linked_is_not_revoked_as_that_would_end_the_link(stage: Stage) -> None:
    await under_way(stage, token_of(stage, "lien"), lasts=0, user="bram")
    await stage.settle()
    assert (rows(stage, LEFT), calls(stage)) == ([], [])
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(10)
    assert len(stage.replies()) == 2


async def test_a_uitid_that_was_linked_while_its_older_token_waited_is_left_alone(stage: Stage) -> None:
    stage.uitpas.faults.add("service_consumers", "status")
    await under_way(stage, token_of(stage, "greet"), lasts=0)
    await stage.settle()
    await link_as(stage, "greet")
    await stage.pass_time(60)
    assert (rows(stage, LEFT), calls(stage)) == ([], ["service_consumers"])


@pytest.mark.parametrize("state", [LinkState.CONFIRMING, LinkState.REVOKING])
async def test_a_link_that_does_not_open_is_destroyed_and_holds_up_nothing(stage: Stage, state: LinkState) -> None:
    await under_way(stage, token_of(stage, "greet"), state=state, lasts=0)
    await beside(stage, lambda tx: tx.execute("UPDATE links SET user = 'U1'"))
    with capture_logs() as log:
        await stage.settle()
    assert (rows(stage, LEFT), calls(stage)) == ([], [])
    assert [entry["event"] for entry in log if entry["log_level"] == "warning"] == ["link_unreadable"]


async def test_old_tries_and_what_waited_too_long_are_forgotten_within_the_hour(stage: Stage) -> None:
    now = stage.clock.now()
    await stage.settle()
    await beside(stage, lambda tx: tx.execute(WAITING, [stage.bot.team, LIEN]))
    for age in (timedelta(hours=23, minutes=1), timedelta(hours=2)):
        await beside(stage, lambda tx, age=age: links.tried(tx, stage.bot.team, LIEN, "code", now - age))  # type: ignore[misc]  # a default
    await stage.pass_time(HOUR - 1)
    assert len(rows(stage, "SELECT at FROM link_tries")) == 2
    await stage.pass_time(1)
    assert len(rows(stage, "SELECT at FROM link_tries")) == 1
    assert rows(stage, "SELECT id FROM waiting_reports") == []
