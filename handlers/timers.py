"""What the clock calls. Due work is a row; a timer only wakes, and whoever holds the lease works.

Each piece of work runs as a task of its own, at most one for a report and one for a row, so that a slow answer holds up
nobody else.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta

import structlog

from bot.models import Report
from bot.services.following import Following
from bot.services.speaker import Speaker
from handlers.delivery import Delivery

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 32
"""Requests in flight, to UiTPAS and Slack together."""
AT_LEAST = timedelta(seconds=1)
"""Rows that are due but already in flight must not make us wake without end."""
AT_MOST = timedelta(seconds=5)
"""Wake at least so often, to renew the lease well before its end."""


class Timers:
    """Finds what is due and sets it going."""

    def __init__(self, *, following: Following, delivery: Delivery, speaker: Speaker) -> None:
        self._following = following
        self._delivery = delivery
        self._speaker = speaker
        self._wake: Callable[[], None] = lambda: None
        self._running: dict[str, asyncio.Task[None]] = {}

    def call_when_done(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever a piece of work is done, as it may have made other work due."""
        self._wake = wake

    async def run_due(self, now: datetime) -> datetime:
        """Start whatever is due at this moment; return when to look again."""
        if not await self._speaker.hold(now):
            return now + AT_LEAST
        for parcel in await self._delivery.due(now, MOST_AT_ONCE):
            self._start(f"outbox {parcel.id}", self._delivery.deliver(parcel))
        for report in await self._speaker.to_edit(now, MOST_AT_ONCE):
            self._start(f"edit {report.id}", self._delivery.edit(report))
        for report in await self._following.due(now, MOST_AT_ONCE):
            self._start(f"report {report.id}", self._advance(report))
        moment = await self._speaker.next_moment() or now + AT_MOST
        return now + AT_LEAST if moment <= now else min(moment, now + AT_MOST)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in flight."""
        return not self._running

    async def settled(self) -> None:
        """Return when nothing is in flight."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def aclose(self, grace: float) -> None:
        """Let what is in flight finish for so many seconds, then break it off; every step can be taken up again."""
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=grace)
            for task in late:
                task.cancel()
        await self._speaker.release()

    async def _advance(self, report: Report) -> None:
        try:
            await self._following.advance(report)
        except Exception:
            await self._following.postpone(report)
            raise

    def _start(self, name: str, work: Coroutine[None, None, None]) -> None:
        if name in self._running or len(self._running) >= MOST_AT_ONCE:
            work.close()
            return
        task = asyncio.create_task(self._guarded(name, work), name=name)
        self._running[name] = task

    async def _guarded(self, name: str, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except Exception as error:
            log.exception("work_failed", work=name, kind=type(error).__name__)
        finally:
            del self._running[name]
            self._wake()
