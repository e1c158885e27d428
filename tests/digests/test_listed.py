"""Digests that wait for UiTPAS to list a new period: what was listed already is old, what comes is told of once."""

import asyncio
from pathlib import Path

import pytest

from tests.digests.desk import PAUSE, RESUME, RHYTHM, TIME, TRY, listed, press, whisper
from tests.digests.planned import NOTHING, Plan, at, change, frail_life, late, set_up, told, turn_to, warned
from tests.support.forms import Door, asked_periods, guarded
from tests.support.stage import Stage

SPRING = "Onkostennota's van 1 april – 30 juni 2026"
SUMMER = "Onkostennota's van 1 juli – 30 september 2026"
TRIAL = "Dit is een proef: aan de planning verandert niets."
EVERY_MONDAY = Plan(rhythm="listed")
SUMMER_IN_TIME = ("2026-10-05 09:00", f"{SUMMER}\n{NOTHING}")
MONDAYS = ["2026-07-20 09:00", "2026-08-03 09:00", "2026-09-28 09:00"]
WILGENDRIES = ("lien", "251")
HOUR = 3600


async def test_what_is_listed_when_it_is_set_up_is_learnt_and_not_told(stage: Stage) -> None:
    await set_up(stage, EVERY_MONDAY)
    assert asked_periods(stage) == [WILGENDRIES]
    for monday in MONDAYS:
        await at(stage, monday)
    assert (told(stage), warned(stage)) == ([], [])
    assert asked_periods(stage) == [WILGENDRIES] * 4


async def test_a_new_period_is_told_of_once(stage: Stage) -> None:
    await set_up(stage, EVERY_MONDAY)
    for monday in ["2026-10-05 09:00", "2026-10-12 09:00", "2026-12-28 09:00"]:
        await at(stage, monday)
    assert told(stage) == [SUMMER_IN_TIME]
    await at(stage, "2027-01-04 09:00")
    assert [text.partition("\n")[0] for _, text in told(stage)[1:]] == [
        "Onkostennota's van 1 oktober – 31 december 2026"
    ]


async def test_looked_for_on_a_day_of_the_month_it_is_told_of_on_that_day(stage: Stage) -> None:
    await set_up(stage, Plan(rhythm="listed", day="d31", at="23:59"))
    for last in ["2026-07-31 23:59", "2026-08-31 23:59", "2026-09-30 23:59", "2026-10-31 23:59", "2026-11-30 23:59"]:
        await at(stage, last)
    assert told(stage) == [("2026-10-31 23:59", f"{SUMMER}\n{NOTHING}")]


async def test_a_list_that_is_empty_for_once_makes_nothing_old_new(stage: Stage) -> None:
    await set_up(stage, EVERY_MONDAY)
    nothing_listed(stage)
    for monday in MONDAYS:
        await at(stage, monday)
    assert told(stage) == []
    await at(stage, "2026-10-05 09:00")
    nothing_listed(stage)
    await at(stage, "2026-10-12 09:00")
    await at(stage, "2026-10-19 09:00")
    assert told(stage) == [SUMMER_IN_TIME]


async def test_where_nothing_was_listed_yet_the_first_period_is_new(stage: Stage) -> None:
    nothing_listed(stage)
    await set_up(stage, EVERY_MONDAY)
    for monday in MONDAYS:
        await at(stage, monday)
    assert told(stage) == [("2026-07-20 09:00", f"{SPRING}\n{NOTHING}")]


async def test_a_bot_that_dies_between_looking_and_beginning_begins_in_its_next_life(tmp_path: Path) -> None:
    async with guarded(tmp_path) as (stage, door):
        await set_up(stage, EVERY_MONDAY)
        turn_to(stage, "2026-10-05 09:00")
        looked = len(asked_periods(stage))
        async with frail_life(stage) as (life, disk):
            entry = await looking(life, door)
            disk.die()
            entry.set()
            await life.bot.timers.settled()
        assert told(stage) == []
        for moment in ["2026-10-05 09:01", "2026-10-12 09:00", "2026-10-19 09:00"]:
            await at(stage, moment)
        assert told(stage) == [("2026-10-05 09:01", f"{SUMMER}\n{NOTHING}")]
        assert len(asked_periods(stage)) == looked + 4


async def test_paused_while_uitpas_is_asked_the_new_period_is_still_new_afterwards(tmp_path: Path) -> None:
    async with guarded(tmp_path) as (stage, door):
        await set_up(stage, EVERY_MONDAY)
        await listed(stage)
        turn_to(stage, "2026-10-05 09:00")
        entry = await looking(stage, door)
        lien, buttons = stage.slack.world.person("lien").id, whisper(stage)
        assert (await stage.slack.click(lien, buttons, PAUSE)).error is None
        entry.set()
        await stage.settle()
        await press(stage, RESUME)
        assert told(stage) == []
        await at(stage, "2026-10-12 09:00")
        assert told(stage) == [("2026-10-12 09:00", f"{SUMMER}\n{NOTHING}")]


async def test_when_uitpas_is_silent_on_the_day_it_is_asked_until_it_answers(stage: Stage) -> None:
    await set_up(stage, EVERY_MONDAY)
    silence(stage)
    await at(stage, "2026-10-05 09:00")
    await stage.pass_time(3 * HOUR, steps=36)
    stage.uitpas.faults.clear()
    await stage.pass_time(600, steps=120)
    assert [text for _, text in told(stage)] == [late(SUMMER, "maandag 5 oktober 2026, 09:00")]
    assert "2026-10-05 12:00" <= told(stage)[0][0] <= "2026-10-05 12:06"


async def test_when_uitpas_is_silent_for_a_day_the_next_look_finds_the_same_and_nobody_is_told(stage: Stage) -> None:
    await set_up(stage, EVERY_MONDAY)
    silence(stage)
    await at(stage, "2026-10-05 09:00")
    await stage.pass_time(25 * HOUR, steps=150)
    stage.uitpas.faults.clear()
    await stage.pass_time(2 * HOUR, steps=24)
    assert (told(stage), warned(stage)) == ([], [])
    await at(stage, "2026-10-12 09:00")
    assert told(stage) == [("2026-10-12 09:00", f"{SUMMER}\n{NOTHING}")]


async def test_when_uitpas_is_silent_at_the_set_up_it_learns_when_it_answers_and_nobody_is_told(stage: Stage) -> None:
    silence(stage)
    await set_up(stage, EVERY_MONDAY)
    await stage.pass_time(25 * HOUR, steps=150)
    stage.uitpas.faults.clear()
    for monday in [*MONDAYS, "2026-10-05 09:00"]:
        await at(stage, monday)
    assert (told(stage), warned(stage)) == ([SUMMER_IN_TIME], [])


async def test_a_first_look_that_waits_posts_nothing_when_the_digest_becomes_one_of_months(stage: Stage) -> None:
    silence(stage)
    await set_up(stage, EVERY_MONDAY)
    await change(stage, **{RHYTHM: "month"})
    stage.uitpas.faults.clear()
    await stage.pass_time(HOUR, steps=12)
    assert told(stage) == []


async def test_a_second_first_look_takes_no_period_for_told(stage: Stage) -> None:
    turn_to(stage, "2026-09-30 23:52")
    silence(stage)
    await set_up(stage, EVERY_MONDAY)
    turn_to(stage, "2026-09-30 23:56")
    await change(stage, **{TIME: "09:00"})
    stage.uitpas.faults.clear()
    await stage.pass_time(HOUR, steps=60)
    assert told(stage) == []
    await at(stage, "2026-10-05 09:00")
    assert told(stage) == [SUMMER_IN_TIME]


@pytest.mark.parametrize(("is_listed", "title"), [(True, SUMMER), (False, SPRING)])
async def test_tried_it_tells_of_the_newest_listed_period_or_else_of_the_quarter_that_closed_there(
    stage: Stage, title: str, *, is_listed: bool
) -> None:
    """On the first of October in Brussels it is still September in New York."""
    await set_up(stage, Plan(rhythm="listed", zone="America/New_York"))
    turn_to(stage, "2026-10-01 02:00")
    await listed(stage)
    if not is_listed:
        nothing_listed(stage)
    await press(stage, TRY)
    await stage.pass_time(6, steps=6)
    assert told(stage) == [("2026-10-01 02:00", f"{title}\n{TRIAL}\n{NOTHING}")]


async def test_a_period_that_was_tried_still_comes_on_its_day(stage: Stage) -> None:
    await set_up(stage, EVERY_MONDAY)
    turn_to(stage, "2026-10-01 02:00")
    await listed(stage)
    await press(stage, TRY)
    await stage.pass_time(6, steps=6)
    await at(stage, "2026-10-05 09:00")
    assert told(stage) == [("2026-10-01 02:00", f"{SUMMER}\n{TRIAL}\n{NOTHING}"), SUMMER_IN_TIME]


async def test_a_balie_that_uitpas_denies_holds_up_none_of_the_others(stage: Stage) -> None:
    await set_up(stage, Plan(rhythm="listed", balies=("het-vlot", "wilgendries")))
    assert asked_periods(stage) == [WILGENDRIES, ("lien", "205")]
    await at(stage, "2026-10-05 09:00")
    await at(stage, "2026-10-12 09:00")
    denied = (
        "• *Niet gelukt:* Jeugdhuis Het Vlot. Het UiTiD van wie de digest instelde heeft daar geen rechten. Vraag ze"
        " aan de beheerder van de balie, of laat een collega met rechten op de knop in de draad klikken."
    )
    assert told(stage) == [("2026-10-05 09:00", f"{SUMMER}\n{denied}\n{NOTHING}")]


def nothing_listed(stage: Stage) -> None:
    """Let UiTPAS list nothing the next time it is asked, as it does where nobody has rights."""
    stage.uitpas.faults.add("periods", "code", code="ACCESS_DENIED")


def silence(stage: Stage) -> None:
    """Let UiTPAS not answer any more."""
    stage.uitpas.faults.add("*", "status", -1, status=503)


async def looking(life: Stage, door: Door) -> asyncio.Event:
    """Have a digest come so far that UiTPAS is asked for its periods; return what lets it answer."""
    await life.bot.timers.run_due(life.clock.now())
    await life.bot.timers.settled()
    door.is_shut = True
    await life.bot.timers.run_due(life.clock.now())
    entry = await door.knock()
    door.is_shut = False
    return entry
