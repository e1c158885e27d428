"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

from bot.clock import Clock

WEDNESDAY = datetime(2026, 7, 15, 8, 0, tzinfo=UTC)
"""Ten o'clock in Brussels, two weeks after a quarter closed."""


class StillClock(Clock):
    """Shows the same moment; sleeping moves it."""

    def __init__(self, moment: datetime = WEDNESDAY) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self._moment

    async def sleep(self, seconds: float) -> None:
        """Move on at once."""
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Move on."""
        self._moment += timedelta(seconds=seconds)
