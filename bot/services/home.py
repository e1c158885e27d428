"""Homes: who has opened theirs, what it has to show, and what becomes of drawing it."""

from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import SlackError
from bot.homes import Home, StaleHome
from bot.services.reports import LATELY
from bot.services.troubles import Leave, Wait, after_publishing
from storage import homes
from storage.database import Database

log = structlog.get_logger(__name__)

REST = timedelta(seconds=3)
"""A Home is drawn at most once in so long: what happens meanwhile is drawn together."""


class Homes:
    """Decides; the drawing is done by whoever is handed a Home that is stale."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def opened(self, team: str, user: str) -> None:
        """Note that somebody opened their Home. Doing it twice draws it twice, at most."""
        now = self._clock.now()
        await self._database.transact(lambda tx: homes.opened(tx, team, user, now))

    async def read(self, stale: StaleHome) -> Home:
        """Return what a Home has to show now."""
        since = self._clock.now() - LATELY
        return await self._database.read(lambda tx: homes.read(tx, stale.team, stale.user, since))

    async def shown(self, stale: StaleHome, home: Home) -> None:
        """Note that a Home shows this; what happened while it was sent is drawn after a rest."""
        now = self._clock.now()
        await self._database.transact(
            lambda tx: homes.shown(
                tx,
                stale,
                now + REST,
                is_current=homes.read(tx, stale.team, stale.user, now - LATELY) == home,
            )
        )

    async def forget(self, stale: StaleHome) -> None:
        """Leave a Home alone for good, until it is opened: whoever had it is gone, or has nothing in it."""
        await self._database.transact(lambda tx: homes.forget(tx, stale))

    async def failed(self, stale: StaleHome, error: SlackError) -> None:
        """Write down what a Home that could not be drawn leads to."""
        outcome = after_publishing(stale.attempts, error)
        log.warning("home_not_shown", error=str(error), attempts=stale.attempts + 1)
        match outcome:
            case Wait(seconds, counts):
                await self._postpone(stale, seconds, stale.attempts + int(counts))
            case Leave():
                await self._database.transact(lambda tx: homes.leave(tx, stale))
            case _:
                await self.forget(stale)

    async def postpone(self, stale: StaleHome) -> None:
        """Draw a Home in a while: something else stood in the way."""
        await self._postpone(stale, REST.total_seconds() * 10, stale.attempts)

    async def _postpone(self, stale: StaleHome, seconds: float, attempts: int) -> None:
        due_at = self._clock.now() + timedelta(seconds=seconds)
        await self._database.transact(lambda tx: homes.postpone(tx, stale, due_at, attempts=attempts))
