"""Days and moments: UTC inside, Europe/Brussels wherever the API means a day (UiTPAS API, dates)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")

_W3C_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?", re.ASCII)


def utc_now() -> datetime:
    """Return this moment, aware and in UTC."""
    return datetime.now(UTC)


def brussels_day(moment: datetime) -> date:
    """Return the calendar day in Brussels of an aware moment."""
    return moment.astimezone(BRUSSELS).date()


def start_of_day(day: date) -> datetime:
    """Return midnight at the start of that day in Brussels."""
    return datetime.combine(day, time.min, BRUSSELS)


def end_of_day(day: date) -> datetime:
    """Return the last millisecond of that day in Brussels."""
    return datetime.combine(day, time(23, 59, 59, 999_000), BRUSSELS)


def read_w3c_date(text: str) -> date:
    """Return the Brussels day of a plain date or of a W3C date-time with its offset.

    Raises:
        ValueError: it is neither; a `+` that became a blank on the way is one such case.
    """
    return read_w3c_moment(text).date()


def read_w3c_moment(text: str) -> datetime:
    """Return the moment of a W3C date-time with its offset, or the midnight at which a plain date begins.

    Returns:
        An aware moment, in Brussels.

    Raises:
        ValueError: it is neither, as for `read_w3c_date`.
    """
    if not _W3C_DATE.fullmatch(text):
        raise ValueError("not a W3C date")
    if "T" not in text:
        return start_of_day(date.fromisoformat(text))
    try:
        return datetime.fromisoformat(text).astimezone(BRUSSELS)
    except OverflowError:
        raise ValueError("a moment outside the calendar") from None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A calendar quarter, which is what UiTPAS settles by. Both days are inclusive."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter that holds that day."""
        month = day.month - (day.month - 1) % 3
        following = date(day.year + month // 10, (month + 2) % 12 + 1, 1)
        return cls(date(day.year, month, 1), following - timedelta(days=1))

    @property
    def previous(self) -> "Quarter":
        """The quarter before this one."""
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def past_quarters(today: date, count: int = 8) -> tuple[Quarter, ...]:
    """Return the last quarters that are over, newest first; eight of them are two years."""
    quarters = [Quarter.of(today).previous]
    while len(quarters) < count:
        quarters.append(quarters[-1].previous)
    return tuple(quarters)
