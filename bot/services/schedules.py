"""When a digest runs, and of which period. Pure: moments and days are passed in.

Local times are turned into moments anew each time, so a digest of nine o'clock is at nine in summer and in winter.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digests import Rhythm, Schedule
from bot.models import Period

QUIET_FROM, QUIET_TO = time(1), time(4)
"""Local times between which nothing runs: clocks that change do so then, and skip or repeat an hour."""
_DAY = timedelta(days=1)
_WEEK = 7


def next_after(schedule: Schedule, moment: datetime) -> datetime:
    """Return when a digest runs first after this moment, in UTC.

    Where clocks go forward at midnight, a time that they skip lies in the hours in which nothing runs.
    """
    zone = ZoneInfo(schedule.zone)
    today = moment.astimezone(zone).date()
    for day in _days(schedule, today - _DAY):
        shown = datetime.combine(day, schedule.at, zone).astimezone(UTC)
        found = quiet_until(schedule, shown) or shown
        if found > moment:
            return found
    raise AssertionError(schedule)


def local_day(schedule: Schedule, moment: datetime) -> date:
    """Return the day that it is where the digest is at home."""
    return moment.astimezone(ZoneInfo(schedule.zone)).date()


def quiet_until(schedule: Schedule, moment: datetime) -> datetime | None:
    """Return when the hours in which nothing runs end, None when this moment is not in them."""
    zone = ZoneInfo(schedule.zone)
    local = moment.astimezone(zone)
    if not is_quiet(local.time()):
        return None
    return datetime.combine(local.date(), QUIET_TO, zone).astimezone(UTC)


def is_quiet(at: time) -> bool:
    """Return whether nothing may run at this local time."""
    return QUIET_FROM <= at < QUIET_TO


def closed(rhythm: Rhythm, day: date) -> Period:
    """Return the month, or for any other rhythm the quarter, that closed last before this day."""
    length = 1 if rhythm is Rhythm.MONTH else 3
    first = day.replace(month=day.month - (day.month - 1) % length, day=1)
    return Period(_months_before(first, length), first - _DAY)


def before(period: Period) -> Period | None:
    """Return the period of as many whole months that ended when this one began; None when it is not of whole months."""
    if period.first.day != 1 or (period.last + _DAY).day != 1:
        return None
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    return Period(_months_before(period.first, months), period.first - _DAY)


def _days(schedule: Schedule, start: date) -> Iterator[date]:
    """Yield the days on which a digest runs from this one on, in their order."""
    if schedule.rhythm is Rhythm.LISTED and schedule.weekday is not None:
        day = start + timedelta(days=(schedule.weekday - start.weekday()) % _WEEK)
        while True:
            yield day
            day += timedelta(days=_WEEK)
    month = start.replace(day=1)
    while True:
        day = _in_month(schedule, month)
        if day >= start and (schedule.rhythm is not Rhythm.QUARTER or month.month % 3 == 1):
            yield day
        month = (month + 31 * _DAY).replace(day=1)


def _in_month(schedule: Schedule, first: date) -> date:
    if schedule.weekday is not None:
        return first + timedelta(days=(schedule.weekday - first.weekday()) % _WEEK)
    last = monthrange(first.year, first.month)[1]
    return first.replace(day=min(schedule.month_day or 1, last))


def _months_before(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
