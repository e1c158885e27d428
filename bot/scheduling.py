"""APScheduler's part in the house: one date job that wakes the timers, moved each time they say when."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock

log = structlog.get_logger(__name__)

JOB = "wake"
AFTER_A_FAILURE = timedelta(seconds=5)
TURNS = 3
"""Of the event loop, in which a job that was just submitted begins, sees that it is too late, and is accounted for."""
RESCUE = timedelta(seconds=30)
"""Were a wake-up ever lost, another comes after so long."""


class Wakeups:
    """Calls `run_due` at the moment it asked for, or at once after `wake`; never twice at a time."""

    def __init__(self, *, clock: Clock, run_due: Callable[[datetime], Awaitable[datetime]]) -> None:
        self._clock = clock
        self._run_due = run_due
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._again = False
        self._looked_at: datetime | None = None
        self._is_stopping = False
        self._at_rest = asyncio.Event()
        self._at_rest.set()

    def start(self) -> None:
        """Wake for the first time now."""
        self._scheduler.start()
        self._scheduler.add_job(self.wake, "interval", seconds=RESCUE.total_seconds(), id="rescue", coalesce=True)
        self.wake()

    def wake(self) -> None:
        """Look at what is due as soon as possible."""
        if not self._at_rest.is_set():
            self._again = True
        elif self._scheduler.running and not self._is_stopping:
            self._plan(datetime.now(UTC))

    async def aclose(self) -> None:
        """Wake no more; a look that is under way ends first, as APScheduler would break it off and log an error."""
        self._is_stopping = True
        if not self._scheduler.running:
            return
        self._scheduler.remove_all_jobs()
        await self._at_rest.wait()
        for _ in range(TURNS):
            await asyncio.sleep(0)
        self._scheduler.shutdown(wait=False)

    @property
    def works(self) -> bool:
        """Whether the last look at what is due went well and was not long ago."""
        recent = self._looked_at is not None and self._clock.now() - self._looked_at < 3 * RESCUE
        return recent and self._scheduler.running

    async def _run(self) -> None:
        if self._is_stopping:
            return
        if not self._at_rest.is_set():
            self._again = True
            return
        self._at_rest.clear()
        try:
            moment = await self._look()
        finally:
            self._at_rest.set()
        if self._scheduler.running and not self._is_stopping:
            self._plan(self._clock.on_the_wall(moment))

    async def _look(self) -> datetime:
        while True:
            self._again = False
            now = self._clock.now()
            try:
                moment = await self._run_due(now)
            except Exception as error:
                self._looked_at = None
                log.exception("wakeup_failed", kind=type(error).__name__)
                return now + AFTER_A_FAILURE
            self._looked_at = now
            if not self._again or self._is_stopping:
                return moment

    def _plan(self, moment: datetime) -> None:
        self._scheduler.add_job(
            self._run,
            "date",
            run_date=moment,
            id=JOB,
            replace_existing=True,
            misfire_grace_time=None,  # the default of one second would skip the wake-up of a busy loop
            coalesce=True,
            max_instances=2,  # the job plans its own successor, which may be due before it has quite returned
        )
