"""Two bots over one database, as during a rolling restart: one speaks, and the other goes on where it stopped."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Bot, running
from tests.support.stage import Stage, staged

ASK = "rapport vorig kwartaal"
LEASE = 20
"""Seconds after which another speaks for one that died."""


@asynccontextmanager
async def another(stage: Stage) -> AsyncIterator[Stage]:
    """Start another bot over the same file and between the same stand-ins; Slack still brings all to the first."""
    async with running(stage.settings, clock=stage.clock, timers=False) as bot:
        yield replace(stage, bot=bot)


@pytest.fixture
async def second(stage: Stage) -> AsyncIterator[Stage]:
    """The same stage as the second bot acts on it."""
    async with another(stage) as other:
        yield other


async def look(*bots: Bot, stage: Stage) -> None:
    """Have each bot look once at what is due, and do it."""
    for bot in bots:
        await bot.timers.run_due(stage.clock.now())
    for bot in bots:
        await bot.timers.settled()


async def test_only_one_of_two_speaks(stage: Stage, second: Stage) -> None:
    await stage.type(ASK, then_settle=False)
    for _ in range(20):
        await look(second.bot, stage.bot, stage=stage)
        stage.clock.advance(1)
    assert [len(stage.replies(root)) for root in stage.roots()] == [2]
    said = [call.method for call in stage.slack.calls]
    assert (said.count("chat.postMessage"), said.count("files.completeUploadExternal")) == (2, 1)
    asked = [call.name for call in stage.uitpas.calls]
    assert (asked.count("start_report"), asked.count("report_download")) == (1, 2)


async def test_the_one_that_waits_takes_commands_all_the_same(stage: Stage, second: Stage) -> None:
    await second.settle()
    delivery = await stage.type(ASK)
    assert (delivery.error, stage.roots()) == (None, [])
    await second.settle()
    assert len(stage.roots()) == 1


async def test_when_the_speaker_closes_the_other_goes_on_at_once(stage: Stage) -> None:
    async with AsyncExitStack() as stack:
        speaker = await stack.enter_async_context(another(stage))
        await stage.type(ASK, then_settle=False)
        await speaker.settle()
        await stage.settle()
        assert stage.replies() == []
        stage.clock.advance(2)
        await stage.settle()
        assert stage.replies() == [], "the other still holds the lease"
        await stack.aclose()
        await stage.settle()
    assert len(stage.replies()) == 2


async def test_when_the_speaker_dies_the_other_goes_on_after_the_lease(stage: Stage, second: Stage) -> None:
    await stage.type(ASK, then_settle=False)
    await second.settle()
    await stage.pass_time(LEASE - 1, steps=19)
    assert stage.replies() == []
    await stage.pass_time(2)
    assert len(stage.replies()) == 2
    await second.settle()
    assert [len(stage.replies(root)) for root in stage.roots()] == [2], "one that comes back is silent"


async def test_what_a_dead_speaker_was_sending_is_looked_for(stage: Stage, second: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", "drop", processed=True)
    await stage.type(ASK, then_settle=False)
    await second.settle()
    assert len(stage.roots()) == 1
    await stage.pass_time(60, steps=30)
    assert [len(stage.replies(root)) for root in stage.roots()] == [2]


async def test_a_bot_started_again_goes_on_where_it_was(tmp_path: Path, *, socket: bool) -> None:
    async with staged(tmp_path, socket=socket) as stage:
        async with another(stage) as first_life:
            await stage.type(ASK, then_settle=False)
            await first_life.settle()
        async with another(stage) as second_life:
            await second_life.pass_time(2)
        assert [len(stage.replies(root)) for root in stage.roots()] == [2]
