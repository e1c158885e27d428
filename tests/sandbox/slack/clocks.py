"""A clock for tests, moved by hand."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 9, 14, 7, 30, tzinfo=UTC)


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, moment: datetime = START) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment it shows, aware and in UTC."""
        return self._moment

    def forward(self, **duration: float) -> None:
        """Move on by a `timedelta`'s arguments."""
        self._moment += timedelta(**duration)
