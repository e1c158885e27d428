"""The message of a run is brought up to date when more is known, whatever Slack does meanwhile."""

import pytest

from tests.conversations.test_slack_faults import TROUBLES
from tests.conversations.test_slack_losses import at_rest
from tests.digests.runs import (
    ALL_THREE,
    CHART,
    EDIT,
    HOUR,
    PLAIN_THREE,
    THREE,
    ZIP,
    asked,
    begun,
    digest,
    direct,
    hold,
    pictures,
    ready,
    threads,
)
from tests.support.outcomes import trouble
from tests.support.stage import Stage


@pytest.mark.parametrize("what", TROUBLES)
async def test_an_edit_that_meets_trouble_is_made_again(stage: Stage, what: str) -> None:
    kind, detail = TROUBLES[what]
    await begun(stage, *THREE)
    hold(stage, "t-hof", 1.5 * HOUR)
    await stage.pass_time(HOUR + 60, steps=30)
    stage.slack.faults.add(EDIT, kind, **detail)
    await stage.pass_time(HOUR, steps=60)
    assert (pictures(stage), direct(stage)) == ([digest(*ALL_THREE, CHART)], [])
    assert threads(stage) == sorted([*map(ready, THREE), ZIP, ZIP, ZIP])
    assert await at_rest(stage)


async def test_a_chart_that_is_refused_when_the_message_is_edited_costs_the_chart_alone(stage: Stage) -> None:
    await begun(stage, *THREE)
    hold(stage, "t-hof", 1.5 * HOUR)
    await stage.pass_time(HOUR + 60, steps=30)
    trouble(stage, EDIT, "invalid_blocks")
    await stage.pass_time(HOUR, steps=60)
    assert pictures(stage) == [digest(*ALL_THREE)]


async def test_an_edit_whose_blocks_are_refused_without_chart_too_is_made_in_plain_text(stage: Stage) -> None:
    await begun(stage, *THREE)
    hold(stage, "t-hof", 1.5 * HOUR)
    await stage.pass_time(HOUR + 60, steps=30)
    trouble(stage, EDIT, "invalid_blocks", times=2)
    await stage.pass_time(HOUR, steps=60)
    assert (pictures(stage), stage.roots()[0].blocks) == ([PLAIN_THREE], [])
    assert await at_rest(stage)


@pytest.mark.parametrize("code", ["edit_window_closed", "message_not_found", "cant_update_message", "nobody_knows"])
async def test_an_edit_that_slack_does_not_allow_is_left_and_the_replies_tell_the_rest(stage: Stage, code: str) -> None:
    await begun(stage, *THREE)
    hold(stage, "t-hof", 1.5 * HOUR)
    await stage.pass_time(HOUR + 60, steps=30)
    before = pictures(stage)
    trouble(stage, EDIT, code, times=-1)
    await stage.pass_time(HOUR, steps=60)
    assert (pictures(stage), len(asked(stage, EDIT))) == (before, 1)
    assert threads(stage) == sorted([*map(ready, THREE), ZIP, ZIP, ZIP])
