"""Digests whose time comes while nobody can keep it: made up once within a day, or left out and told of."""

from pathlib import Path

import pytest

from tests.digests.planned import (
    AUGUST,
    JULY,
    NOTHING,
    Plan,
    another_life,
    at,
    died_before_beginning,
    late,
    set_up,
    told,
    turn_to,
    warned,
)
from tests.support.stage import Stage, staged

SEPTEMBER = "Onkostennota's van 1 september – 30 september 2026"
LEFT_OUT = (
    "*Je digest in <#C0DESLUIS01> sloeg ik een keer over.* Hij moest lopen op {planned} (Europe/Brussels), maar meer"
    " dan een dag lang ging dat niet: de bot lag stil, of UiTPAS of Slack antwoordde niet. Heb je hem nog nodig, typ"
    ' daar dan `/uitpas digest` en kies "Nu proberen".\n'
    "Digest: Cultuurcafé Wilgendries; op de eerste maandag nadat een maand is afgelopen, om 09:00 (Europe/Brussels).\n"
    "Volgende keer: {following} (Europe/Brussels)"
)
AUGUST_3, SEPTEMBER_7 = "maandag 3 augustus 2026, 09:00", "maandag 7 september 2026, 09:00"
OCTOBER_5, NOVEMBER_2 = "maandag 5 oktober 2026, 09:00", "maandag 2 november 2026, 09:00"
JULY_IN_TIME = ("2026-08-03 09:00", f"{JULY}\n{NOTHING}")
AUGUST_IN_TIME = ("2026-09-07 09:00", f"{AUGUST}\n{NOTHING}")
HOUR = 3600


async def test_missed_while_the_bot_was_down_it_comes_once_when_it_is_up_and_says_when_it_should_have(
    stage: Stage,
) -> None:
    await set_up(stage, Plan())
    turn_to(stage, "2026-08-03 15:00")
    for _ in range(2):
        async with another_life(stage) as life:
            await life.pass_time(60, steps=60)
    assert told(stage) == [("2026-08-03 15:00", late(JULY, AUGUST_3))]
    await at(stage, "2026-09-07 09:00")
    assert told(stage)[1:] == [AUGUST_IN_TIME]
    assert warned(stage) == []


@pytest.mark.parametrize(("minute", "is_late"), [("09:09", False), ("09:10", True)])
async def test_a_few_minutes_late_is_not_worth_a_word(stage: Stage, minute: str, *, is_late: bool) -> None:
    await set_up(stage, Plan())
    await at(stage, f"2026-08-03 {minute}")
    said = late(JULY, AUGUST_3) if is_late else JULY_IN_TIME[1]
    assert told(stage) == [(f"2026-08-03 {minute}", said)]


async def test_up_to_a_day_later_it_is_made_up(stage: Stage) -> None:
    await set_up(stage, Plan())
    await at(stage, "2026-08-04 08:59")
    assert told(stage) == [("2026-08-04 08:59", late(JULY, AUGUST_3))]
    assert warned(stage) == []


async def test_a_day_later_it_is_left_out_its_owner_told_once_and_the_next_comes_as_planned(stage: Stage) -> None:
    await set_up(stage, Plan())
    await at(stage, "2026-08-04 09:00")
    await stage.pass_time(2 * HOUR, steps=24)
    assert told(stage) == []
    left_out = LEFT_OUT.format(planned=AUGUST_3, following=SEPTEMBER_7)
    assert warned(stage) == [("2026-08-04 09:00", left_out)]
    await at(stage, "2026-09-07 09:00")
    assert (told(stage), len(warned(stage))) == ([AUGUST_IN_TIME], 1)


async def test_of_several_that_were_missed_only_the_last_comes(stage: Stage) -> None:
    await set_up(stage, Plan())
    await at(stage, "2026-10-05 12:00")
    assert told(stage) == [("2026-10-05 12:00", late(SEPTEMBER, OCTOBER_5))]
    assert warned(stage) == []


async def test_of_several_that_were_missed_for_too_long_only_the_last_is_told_of(stage: Stage) -> None:
    await set_up(stage, Plan())
    await at(stage, "2026-10-09 12:00")
    assert told(stage) == []
    assert warned(stage) == [("2026-10-09 12:00", LEFT_OUT.format(planned=OCTOBER_5, following=NOVEMBER_2))]


@pytest.mark.parametrize("up", ["01:00", "02:30", "03:59"])
async def test_what_is_made_up_between_one_and_four_at_night_waits_for_four(stage: Stage, up: str) -> None:
    await set_up(stage, Plan(at="00:55"))
    await at(stage, f"2026-08-03 {up}")
    await at(stage, "2026-08-03 03:59:50")
    assert told(stage) == []
    await at(stage, "2026-08-03 04:00")
    planned = "maandag 3 augustus 2026, 00:55"
    assert told(stage) == [("2026-08-03 04:00", late(JULY, planned))]


async def test_what_was_begun_before_one_is_finished_after_it(tmp_path: Path) -> None:
    async with staged(tmp_path, report_seconds=300) as stage:
        await set_up(stage, Plan(at="00:59"))
        await at(stage, "2026-08-03 00:59")
        await stage.pass_time(600, steps=120)
        assert told(stage) == [("2026-08-03 01:04", f"{JULY}\n{NOTHING}")]


@pytest.mark.parametrize(
    ("back", "comes"), [("2026-08-03 00:55", "2026-08-03 00:55"), ("2026-08-03 01:10", "2026-08-03 04:00")]
)
async def test_written_down_and_not_begun_it_begins_in_the_next_life_but_at_night_at_four(
    stage: Stage, back: str, comes: str
) -> None:
    await set_up(stage, Plan(at="00:45"))
    await died_before_beginning(stage, "2026-08-03 00:45")
    await at(stage, back)
    await at(stage, "2026-08-03 04:00")
    assert [when for when, _ in told(stage)] == [comes]


async def test_written_down_and_not_begun_for_a_day_it_is_left_out_all_the_same(stage: Stage) -> None:
    await set_up(stage, Plan())
    await died_before_beginning(stage, "2026-08-03 09:00")
    await at(stage, "2026-08-06 12:00")
    assert told(stage) == []
    left_out = LEFT_OUT.format(planned=AUGUST_3, following=SEPTEMBER_7)
    assert warned(stage) == [("2026-08-06 12:00", left_out)]


async def test_when_slack_is_silent_it_is_tried_until_it_goes(stage: Stage) -> None:
    await set_up(stage, Plan())
    stage.slack.faults.add("*", "status", -1, status=503)
    await at(stage, "2026-08-03 09:00")
    await stage.pass_time(5 * HOUR, steps=60)
    stage.slack.faults.clear()
    await stage.pass_time(600, steps=120)
    assert [text for _, text in told(stage)] == [late(JULY, AUGUST_3)]
    assert "2026-08-03 14:00" <= told(stage)[0][0] <= "2026-08-03 14:05"
    assert warned(stage) == []


async def test_when_slack_is_silent_until_deep_in_the_night_it_waits_for_four(stage: Stage) -> None:
    await set_up(stage, Plan(at="00:45"))
    stage.slack.faults.add("*", "status", -1, status=503)
    await at(stage, "2026-08-03 00:45")
    await stage.pass_time(1800, steps=6)
    stage.slack.faults.clear()
    await stage.pass_time(1800, steps=6)
    assert told(stage) == []
    await at(stage, "2026-08-03 04:00")
    assert told(stage) == [("2026-08-03 04:00", late(JULY, "maandag 3 augustus 2026, 00:45"))]


async def test_when_slack_is_silent_for_a_day_its_owner_is_told_once_it_answers(stage: Stage) -> None:
    await set_up(stage, Plan())
    stage.slack.faults.add("*", "status", -1, status=503)
    await at(stage, "2026-08-03 09:00")
    await stage.pass_time(25 * HOUR, steps=150)
    stage.slack.faults.clear()
    await stage.pass_time(2 * HOUR, steps=24)
    assert told(stage) == []
    left_out = LEFT_OUT.format(planned=AUGUST_3, following=SEPTEMBER_7)
    assert [text for _, text in warned(stage)] == [left_out]
    await at(stage, "2026-09-07 09:00")
    assert (told(stage), len(warned(stage))) == ([AUGUST_IN_TIME], 1)


async def test_when_uitpas_is_silent_the_message_waits_for_an_hour_and_the_rest_comes_under_it(stage: Stage) -> None:
    await set_up(stage, Plan())
    stage.uitpas.faults.add("*", "status", -1, status=503)
    await at(stage, "2026-08-03 09:00")
    await stage.pass_time(2 * HOUR, steps=120)
    waiting = "• *Komt nog, in deze draad:* Cultuurcafé Wilgendries. UiTPAS is er nog mee bezig."
    assert told(stage) == [("2026-08-03 10:00", f"{JULY}\n{waiting}")]
    stage.uitpas.faults.clear()
    await stage.pass_time(600, steps=20)
    assert told(stage) == [("2026-08-03 10:00", f"{JULY}\n{NOTHING}")]
    assert len(stage.replies()) == 1
