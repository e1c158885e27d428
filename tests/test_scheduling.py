"""Wake-ups: at the moment asked for, at once when told, never two at a time, never none again."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.scheduling import Wakeups
from tests.support.lives import FastClock


class Looks:
    """A `run_due` that notes when it was called, and can be made to take its time or to fail."""

    def __init__(self) -> None:
        self.moments: list[datetime] = []
        self.gap = timedelta(hours=1)
        self.busy = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.failures = 0
        self.at_once = 0
        self.most_at_once = 0
        self.changed = asyncio.Condition()

    async def __call__(self, now: datetime) -> datetime:
        """Look, as long as it takes."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.busy.set()
        await self.go_on.wait()
        self.at_once -= 1
        async with self.changed:
            self.moments.append(now)
            self.changed.notify_all()
        if self.failures:
            self.failures -= 1
            raise OSError("a disk that is full")
        return now + self.gap

    async def until(self, what: Callable[[], bool]) -> None:
        """Return when that is so."""
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(what)


@pytest.fixture
def clock() -> FastClock:
    """A clock a hundred times as fast."""
    return FastClock(time.time())


async def test_it_looks_again_at_the_moment_that_was_asked_for(clock: FastClock) -> None:
    looks = Looks()
    looks.gap = timedelta(seconds=10)
    wakeups = Wakeups(clock=clock, run_due=looks)
    wakeups.start()
    await looks.until(lambda: len(looks.moments) == 4)
    assert wakeups.works
    await wakeups.aclose()
    gaps = [(later - earlier).total_seconds() for earlier, later in zip(looks.moments, looks.moments[1:], strict=False)]
    assert all(gap >= 10 for gap in gaps), gaps


async def test_a_wake_during_a_look_is_another_look_and_never_a_second_at_a_time(clock: FastClock) -> None:
    looks = Looks()
    wakeups = Wakeups(clock=clock, run_due=looks)
    looks.go_on.clear()
    wakeups.start()
    await looks.busy.wait()
    wakeups.wake()
    wakeups.wake()
    looks.go_on.set()
    await looks.until(lambda: len(looks.moments) == 2)
    wakeups.wake()
    await looks.until(lambda: len(looks.moments) == 3)
    await wakeups.aclose()
    assert looks.most_at_once == 1


async def test_a_look_that_fails_is_made_again(clock: FastClock) -> None:
    looks = Looks()
    looks.failures = 2
    wakeups = Wakeups(clock=clock, run_due=looks)
    wakeups.start()
    await looks.until(lambda: len(looks.moments) == 2)
    assert not wakeups.works
    await looks.until(lambda: len(looks.moments) == 3)
    await wakeups.aclose()


async def test_closing_lets_a_look_end_and_wakes_no_more(clock: FastClock) -> None:
    looks = Looks()
    looks.gap = timedelta(seconds=1)
    wakeups = Wakeups(clock=clock, run_due=looks)
    looks.go_on.clear()
    wakeups.start()
    await looks.busy.wait()
    closing = asyncio.create_task(wakeups.aclose())
    await asyncio.sleep(0)
    assert not closing.done()
    looks.go_on.set()
    await closing
    assert (len(looks.moments), wakeups.works) == (1, False)
    wakeups.wake()
    assert looks.at_once == 0


@pytest.mark.parametrize("turns", range(6))
async def test_closing_at_any_moment_is_no_error(
    clock: FastClock, caplog: pytest.LogCaptureFixture, turns: int
) -> None:
    """A job may be submitted and not begun when the end comes; APScheduler cancels it and logs that as an error."""
    looks = Looks()
    wakeups = Wakeups(clock=clock, run_due=looks)
    wakeups.start()
    await looks.until(lambda: len(looks.moments) == 1)
    wakeups.wake()
    for _ in range(turns):
        await asyncio.sleep(0)
    await wakeups.aclose()
    for _ in range(5):
        await asyncio.sleep(0)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
