"""Digests moved, paused or removed around their time, and speakers that slept through that: none comes twice."""

from pathlib import Path

from tests.digests.desk import PAUSE, REMOVE, RESUME, RHYTHM, TIME, listed, press
from tests.digests.planned import (
    AUGUST,
    JULY,
    NOTHING,
    Plan,
    at,
    change,
    died_before_beginning,
    foot,
    frail_life,
    set_up,
    told,
    turn_to,
    warned,
)
from tests.support.stage import Stage, staged

JULY_IN_TIME = ("2026-08-03 09:00", f"{JULY}\n{NOTHING}")
AUGUST_IN_TIME = ("2026-09-07 09:00", f"{AUGUST}\n{NOTHING}")
HOUR = 3600
LEASE = 21
"""Seconds after which another speaks for one that says nothing."""


async def test_moved_to_a_later_hour_on_the_day_it_ran_it_does_not_come_twice(stage: Stage) -> None:
    await set_up(stage, Plan())
    await at(stage, "2026-08-03 09:00")
    await change(stage, **{TIME: "15:00"})
    assert "Volgende keer: maandag 7 september 2026, 15:00" in (await listed(stage))[1]
    await at(stage, "2026-08-03 15:00")
    assert told(stage) == [JULY_IN_TIME]
    await at(stage, "2026-09-07 09:00")
    await at(stage, "2026-09-07 15:00")
    assert told(stage)[1:] == [("2026-09-07 15:00", f"{AUGUST}\n{NOTHING}")]


async def test_moved_to_a_later_hour_before_it_ran_it_comes_then(stage: Stage) -> None:
    await set_up(stage, Plan())
    turn_to(stage, "2026-08-03 08:50")
    await change(stage, **{TIME: "15:00"})
    await at(stage, "2026-08-03 09:00")
    assert told(stage) == []
    await at(stage, "2026-08-03 15:00")
    assert told(stage) == [("2026-08-03 15:00", f"{JULY}\n{NOTHING}")]


async def test_a_day_on_which_it_only_looked_is_free_for_another_rhythm(stage: Stage) -> None:
    await set_up(stage, Plan(rhythm="listed"))
    await at(stage, "2026-08-03 09:00")
    await change(stage, **{RHYTHM: "month", TIME: "15:00"})
    assert "Volgende keer: maandag 3 augustus 2026, 15:00" in (await listed(stage))[1]
    await at(stage, "2026-08-03 15:00")
    assert told(stage) == [("2026-08-03 15:00", f"{JULY}\n{NOTHING}")]


async def test_a_look_that_waits_for_uitpas_becomes_no_message_of_another_rhythm(stage: Stage) -> None:
    await set_up(stage, Plan(rhythm="listed"))
    stage.uitpas.faults.add("periods", "status", times=-1)
    await at(stage, "2026-07-20 09:00")
    await change(stage, **{RHYTHM: "month"})
    stage.uitpas.faults.clear()
    await stage.pass_time(HOUR, steps=24)
    assert told(stage) == []
    await at(stage, "2026-08-03 09:00")
    assert told(stage) == [JULY_IN_TIME]


async def test_moved_to_an_hour_of_the_day_that_is_over_it_comes_the_next_time(stage: Stage) -> None:
    await set_up(stage, Plan(at="15:00"))
    turn_to(stage, "2026-08-03 10:00")
    await change(stage, **{TIME: "09:00"})
    await at(stage, "2026-08-03 15:00")
    assert told(stage) == []
    await at(stage, "2026-09-07 09:00")
    assert told(stage) == [AUGUST_IN_TIME]


async def test_paused_over_its_time_it_is_not_made_up(stage: Stage) -> None:
    await set_up(stage, Plan())
    turn_to(stage, "2026-08-03 08:00")
    await listed(stage)
    await press(stage, PAUSE)
    await at(stage, "2026-08-03 09:00")
    turn_to(stage, "2026-08-03 10:00")
    await press(stage, RESUME)
    await at(stage, "2026-08-03 11:00")
    assert told(stage) == []
    await at(stage, "2026-09-07 09:00")
    assert (told(stage), warned(stage)) == ([AUGUST_IN_TIME], [])


async def test_paused_while_it_waits_for_slack_it_does_not_come_after_all(stage: Stage) -> None:
    await set_up(stage, Plan())
    await listed(stage)
    stage.slack.faults.add("conversations.info", "status", -1, status=503)
    await at(stage, "2026-08-03 09:00")
    await press(stage, PAUSE)
    await press(stage, RESUME)
    stage.slack.faults.clear()
    await stage.pass_time(2 * HOUR, steps=24)
    assert (told(stage), warned(stage)) == ([], [])
    await at(stage, "2026-09-07 09:00")
    assert told(stage) == [AUGUST_IN_TIME]


async def test_removed_while_it_runs_it_is_finished_and_says_that_there_is_no_next_time(tmp_path: Path) -> None:
    async with staged(tmp_path, report_seconds=600) as stage:
        await set_up(stage, Plan())
        await listed(stage)
        await at(stage, "2026-08-03 09:00")
        await press(stage, REMOVE)
        await stage.pass_time(900, steps=15)
        assert [text for _, text in told(stage)] == [f"{JULY}\n{NOTHING}"]
        assert "Er komt geen volgende keer: de digest is verwijderd." in foot(stage.roots()[0])
        await at(stage, "2026-09-07 09:00")
        assert len(stage.roots()) == 1


async def test_a_speaker_that_slept_does_not_run_what_was_paused_meanwhile(stage: Stage) -> None:
    await set_up(stage, Plan())
    await listed(stage)
    async with frail_life(stage) as (sleeper, disk):
        turn_to(stage, "2026-08-03 09:00")
        await sleeper.bot.timers.run_due(stage.clock.now())
        disk.sleep()
        await press(stage, PAUSE)
        disk.wake()
        await sleeper.pass_time(60, steps=60)
    assert told(stage) == []


async def test_a_speaker_that_slept_does_not_begin_what_another_began(stage: Stage) -> None:
    await set_up(stage, Plan())
    await died_before_beginning(stage, "2026-08-03 09:00")
    async with frail_life(stage) as (sleeper, disk):
        await sleeper.bot.timers.run_due(stage.clock.now())
        disk.sleep()
        await stage.pass_time(LEASE + 9, steps=30)
        disk.wake()
        await sleeper.bot.timers.settled()
    await stage.pass_time(HOUR, steps=60)
    assert told(stage) == [JULY_IN_TIME]
    assert [call.name for call in stage.uitpas.calls].count("start_report") == 1
