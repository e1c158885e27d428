"""Timestamps and ids, from the clock that was passed in; unique and increasing even when it stands still."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = 100
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def utc_now() -> datetime:
    """Return the machine's own time, aware and in UTC."""
    return datetime.now(UTC)


def microseconds(moment: datetime) -> int:
    """Return the microseconds between 1970 and an aware moment."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(ts: str) -> datetime:
    """Return the aware UTC moment that a message ts stands for."""
    seconds, _, fraction = ts.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int((fraction or "0").ljust(6, "0")[:6]))


class Stamps:
    """The only maker of timestamps and ids of one world."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self._last = 0

    def take(self) -> int:
        """Return microseconds since 1970 that were never given before."""
        self._last = max(microseconds(self.now()), self._last + _STEP)
        return self._last

    def ts(self) -> str:
        """Return a new message timestamp, like `1700000000.000100`."""
        stamp = self.take()
        return f"{stamp // 1_000_000}.{stamp % 1_000_000:06d}"

    def id(self, prefix: str) -> str:
        """Return a new id of that kind, like `F0LZC2YQ5XW`."""
        stamp, digits = self.take(), ""
        while stamp:
            stamp, digit = divmod(stamp, 36)
            digits = _DIGITS[digit] + digits
        return prefix + digits

    def seconds(self) -> int:
        """Return this moment in whole seconds since 1970."""
        return microseconds(self.now()) // 1_000_000

    def seen(self, ts: str) -> None:
        """Never give a stamp up to this one again: it was given before a restart."""
        self._last = max(self._last, microseconds(moment_of(ts)))
