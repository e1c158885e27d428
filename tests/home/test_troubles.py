"""A Home that can't be drawn: tried again later, left until something changes, or forgotten."""

import pytest

from tests.home.tab import ASK, Tab
from tests.linking.rows import beside
from tests.support.outcomes import trouble
from tests.support.stage import Stage

PUBLISH = "views.publish"
HOUR, DAY = 3600, 24 * 3600
CASES = {
    "ratelimited": (20, 2),
    "internal_error": (30, 2),
    "http_503": (30, 2),
    "token_revoked": (600, 2),
    "missing_scope": (600, 2),
    "hash_conflict": (60, 2),
    "nobody_knows_this_code": (60, 2),
}
"""How many seconds later it is drawn, and how often Slack was asked by then, for what Slack says once."""


@pytest.mark.parametrize("code", CASES)
async def test_it_is_drawn_when_that_may_help_and_not_before(stage: Stage, code: str) -> None:
    seconds, times = CASES[code]
    lien = Tab(stage)
    trouble(stage, PUBLISH, code)
    await lien.open()
    await stage.pass_time(seconds - 1, steps=5)
    assert (lien.shown, lien.drawn) == ([], 1)
    await stage.pass_time(1)
    assert (lien.shown[:2], lien.drawn, lien.row) == (ASK, times, [(0, 0)])


async def test_one_that_slack_took_without_saying_so_is_drawn_again(stage: Stage) -> None:
    lien = Tab(stage)
    stage.slack.faults.add(PUBLISH, "drop", processed=True)
    await lien.open()
    assert (lien.shown[:2], lien.row) == (ASK, [(1, 0)])
    await stage.pass_time(30)
    assert (lien.shown[:2], lien.drawn, lien.row) == (ASK, 2, [(0, 0)])


@pytest.mark.parametrize("code", ["not_enabled", "user_not_found", "user_disabled"])
async def test_whoever_has_none_is_forgotten_until_they_open_it(stage: Stage, code: str) -> None:
    lien = Tab(stage)
    trouble(stage, PUBLISH, code)
    await lien.open()
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(HOUR, steps=4)
    assert (lien.row, lien.drawn) == ([], 1)
    await lien.open()
    assert lien.shown[:2] == ASK


@pytest.mark.parametrize(("code", "times"), [("invalid_arguments", 1), ("nobody_knows_this_code", 5)])
async def test_what_does_not_help_however_often_is_left_until_something_changes(
    stage: Stage, code: str, times: int
) -> None:
    lien = Tab(stage)
    trouble(stage, PUBLISH, code, times=times)
    await lien.open()
    await stage.pass_time(HOUR, steps=60)
    assert (lien.shown, lien.row, lien.drawn) == ([], [(0, 0)], times)
    await stage.link("lien")
    await stage.settle()
    assert lien.shown[:2] == ASK


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_bot": True}])
async def test_it_stops_for_people_who_are_gone(stage: Stage, change: dict[str, bool]) -> None:
    lien = Tab(stage)
    await lien.open()
    stage.slack.world.change_person("lien", **change)
    await stage.pass_time(DAY + HOUR)  # the daily look at who has a link takes hers away, which changes her Home
    await stage.pass_time(HOUR, steps=3)
    drawn = 1 if "deleted" in change else 2
    assert (lien.row, lien.drawn) == ([], drawn)
    await stage.link("lien")
    await stage.pass_time(HOUR, steps=3)
    assert lien.drawn == drawn


async def test_one_that_the_bot_can_not_draw_for_a_fault_of_its_own_is_tried_now_and_then(stage: Stage) -> None:
    lien = Tab(stage)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(10, steps=5)
    await beside(stage, lambda tx: tx.execute("UPDATE reports SET face = 'of_tomorrow', shown_face = 'of_tomorrow'"))
    await lien.open()
    assert (lien.shown, lien.row) == ([], [(1, 0)])
    await beside(stage, lambda tx: tx.execute("UPDATE reports SET face = 'delivered', shown_face = 'delivered'"))
    await stage.pass_time(30)
    assert lien.shown[:2] == ASK


async def test_nobody_else_waits_while_slack_does_not_say_who_somebody_is(stage: Stage) -> None:
    lien, noor = Tab(stage), Tab(stage, "noor")
    trouble(stage, "users.info", "internal_error")
    await lien.open()
    await noor.open()
    assert (lien.shown, noor.shown[:2]) == ([], ASK)
    await stage.pass_time(30)
    assert lien.shown[:2] == ASK
