"""The time, passed in, so that a test can move it."""

import asyncio
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class Clock:
    """The machine's own time. Subclass it to stand still, to jump or to run faster."""

    def now(self) -> datetime:
        """Return this moment, aware and in UTC."""
        return datetime.now(UTC)

    def today(self, zone: ZoneInfo) -> date:
        """Return the day it is in a zone."""
        return self.now().astimezone(zone).date()

    async def sleep(self, seconds: float) -> None:
        """Return when that many seconds have passed."""
        await asyncio.sleep(seconds)

    def on_the_wall(self, moment: datetime) -> datetime:
        """Return when the machine's own clock shows the moment that this clock calls `moment`."""
        return moment
