"""When a digest runs and of which period, worked out on paper and by counting days, never by the code itself."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.digests import Rhythm, Schedule
from bot.models import Period
from bot.services.schedules import before, closed, is_quiet, local_day, next_after, quiet_until

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MONTH, QUARTER, LISTED = Rhythm.MONTH, Rhythm.QUARTER, Rhythm.LISTED
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
ZONES = (
    "Europe/Brussels",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "America/Havana",
    "Atlantic/Azores",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "UTC",
)
"""Half of them change their clocks at other hours than Brussels does, some at midnight."""

ON_PAPER = {
    "the first Monday of August": (MONTH, "09:00", "Europe/Brussels", "w0", "2026-07-15T08:00Z", "2026-08-03T07:00Z"),
    "the same Monday, a second before": (
        *(MONTH, "09:00", "Europe/Brussels", "w0"),
        *("2026-08-03T06:59:59Z", "2026-08-03T07:00Z"),
    ),
    "the time itself is over": (MONTH, "09:00", "Europe/Brussels", "w0", "2026-08-03T07:00Z", "2026-09-07T07:00Z"),
    "an hour later by UTC once it is winter": (
        *(MONTH, "09:00", "Europe/Brussels", "w0"),
        *("2026-10-05T07:00Z", "2026-11-02T08:00Z"),
    ),
    "over the end of a year": (MONTH, "09:00", "Europe/Brussels", "w0", "2026-12-07T08:00Z", "2027-01-04T08:00Z"),
    "the 31st of a month of thirty days": (
        *(MONTH, "09:00", "Europe/Brussels", "d31"),
        *("2026-08-31T07:00Z", "2026-09-30T07:00Z"),
    ),
    "the 29th of a common February": (
        *(MONTH, "09:00", "Europe/Brussels", "d29"),
        *("2027-01-29T08:00Z", "2027-02-28T08:00Z"),
    ),
    "the 29th of a leap year": (MONTH, "09:00", "Europe/Brussels", "d29", "2028-01-29T08:00Z", "2028-02-29T08:00Z"),
    "the first of a month that was the 31st in UTC": (
        *(MONTH, "00:30", "Europe/Brussels", "d1"),
        *("2026-07-15T08:00Z", "2026-07-31T22:30Z"),
    ),
    "the 31st that is the first in UTC": (
        *(MONTH, "23:59", "America/New_York", "d31"),
        *("2026-07-15T08:00Z", "2026-08-01T03:59Z"),
    ),
    "a quarter waits for October": (
        QUARTER,
        "09:00",
        "Europe/Brussels",
        "w0",
        "2026-07-15T08:00Z",
        "2026-10-05T07:00Z",
    ),
    "a quarter on the 31st of July": (
        *(QUARTER, "09:00", "Europe/Brussels", "d31"),
        *("2026-07-15T08:00Z", "2026-07-31T07:00Z"),
    ),
    "a quarter over the end of a year": (
        *(QUARTER, "04:00", "Europe/Brussels", "d1"),
        *("2026-10-02T08:00Z", "2027-01-01T03:00Z"),
    ),
    "listed periods are looked for every week": (
        *(LISTED, "09:00", "Europe/Brussels", "w0"),
        *("2026-12-28T08:00Z", "2027-01-04T08:00Z"),
    ),
    "or every month": (LISTED, "09:00", "Europe/Brussels", "d31", "2026-08-31T07:00Z", "2026-09-30T07:00Z"),
    "before the clocks go forward that night": (
        *(MONTH, "00:30", "Europe/Brussels", "d28"),
        *("2027-03-01T08:00Z", "2027-03-27T23:30Z"),
    ),
    "after they went": (MONTH, "04:00", "Europe/Brussels", "d28", "2027-03-01T08:00Z", "2027-03-28T02:00Z"),
    "after they went back": (MONTH, "04:00", "Europe/Brussels", "d31", "2027-10-01T08:00Z", "2027-10-31T03:00Z"),
    "half past midnight that does not exist waits for four o'clock": (
        *(MONTH, "00:30", "America/Santiago", "w6"),
        *("2026-09-01T08:00Z", "2026-09-06T07:00Z"),
    ),
    "half past eleven that comes twice is the first": (
        *(MONTH, "23:30", "America/Santiago", "w5"),
        *("2027-04-01T08:00Z", "2027-04-04T02:30Z"),
    ),
    "and does not come again": (MONTH, "23:30", "America/Santiago", "w5", "2027-04-04T02:30Z", "2027-05-02T03:30Z"),
    "a time at which nothing runs is four o'clock": (
        *(MONTH, "02:30", "Europe/Brussels", "w0"),
        *("2026-07-15T08:00Z", "2026-08-03T02:00Z"),
    ),
}
QUARTERS_OF_2026 = [
    Period(date(2026, 1, 1), date(2026, 3, 31)),
    Period(date(2026, 4, 1), date(2026, 6, 30)),
    Period(date(2026, 7, 1), date(2026, 9, 30)),
    Period(date(2026, 10, 1), date(2026, 12, 31)),
]
LEAP_FEBRUARY = Period(date(2028, 2, 1), date(2028, 2, 29))
QUIET = [
    ("2026-07-15T22:59:59Z", None),
    ("2026-07-15T23:00Z", "2026-07-16T02:00Z"),
    ("2026-07-16T01:59:59Z", "2026-07-16T02:00Z"),
    ("2026-07-16T02:00Z", None),
    ("2027-03-28T00:00Z", "2027-03-28T02:00Z"),
    ("2027-03-28T01:30Z", "2027-03-28T02:00Z"),
    ("2027-10-30T23:00Z", "2027-10-31T03:00Z"),
    ("2027-10-31T02:59Z", "2027-10-31T03:00Z"),
]
SEEDS = range(150)


def schedule(rhythm: Rhythm, at: str, zone: str, day: str) -> Schedule:
    """Return a schedule for a day such as `w0`, a Monday, or `d31`."""
    number = int(day[1:])
    weekday, month_day = (number, None) if day[0] == "w" else (None, number)
    return Schedule(rhythm, time.fromisoformat(at), zone, weekday, month_day)


def moment(text: str) -> datetime:
    """Return a moment of UTC."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("rhythm", "at", "zone", "day", "after", "expected"), ON_PAPER.values(), ids=ON_PAPER)
def test_the_next_run_is_the_one_worked_out_on_paper(
    rhythm: Rhythm, at: str, zone: str, day: str, after: str, expected: str
) -> None:
    assert next_after(schedule(rhythm, at, zone, day), moment(after)) == moment(expected)


@pytest.mark.parametrize("month", range(1, 13))
def test_the_month_that_closed_is_the_one_before_on_whatever_day(month: int) -> None:
    days = [date(2028, month, 1) + n * DAY for n in range(31) if (date(2028, month, 1) + n * DAY).month == month]
    last = days[0] - DAY
    assert {closed(MONTH, day) for day in days} == {Period(last.replace(day=1), last)}


@pytest.mark.parametrize("rhythm", [QUARTER, LISTED])
def test_the_quarter_that_closed_is_the_one_before_on_whatever_day(rhythm: Rhythm) -> None:
    for earlier, later in pairwise(QUARTERS_OF_2026):
        day = later.first
        while day <= later.last:
            assert closed(rhythm, day) == earlier
            day += DAY
    assert closed(rhythm, date(2027, 1, 1)) == QUARTERS_OF_2026[-1]


def test_whole_months_are_compared_with_as_many_before_them() -> None:
    assert before(LEAP_FEBRUARY) == Period(date(2028, 1, 1), date(2028, 1, 31))
    assert before(Period(date(2028, 3, 1), date(2028, 3, 31))) == LEAP_FEBRUARY
    assert before(QUARTERS_OF_2026[0]) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert before(QUARTERS_OF_2026[3]) == QUARTERS_OF_2026[2]
    assert before(Period(date(2026, 1, 1), date(2026, 12, 31))) == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert before(Period(date(2026, 1, 1), date(2026, 2, 28))) == Period(date(2025, 11, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2026, 7, 2), date(2026, 9, 30)),
        Period(date(2026, 7, 1), date(2026, 9, 29)),
        Period(date(2028, 2, 1), date(2028, 2, 28)),
    ],
)
def test_a_period_that_is_not_of_whole_months_is_compared_with_nothing(period: Period) -> None:
    assert before(period) is None


@pytest.mark.parametrize(("at", "until"), QUIET)
def test_from_one_to_four_nothing_runs_also_in_a_night_that_changes_the_clocks(at: str, until: str | None) -> None:
    found = quiet_until(schedule(MONTH, "09:00", "Europe/Brussels", "w0"), moment(at))
    assert found == (None if until is None else moment(until))


@pytest.mark.parametrize(
    ("at", "expected"), [("00:59", False), ("01:00", True), ("03:59", True), ("04:00", False), ("23:59", False)]
)
def test_the_times_that_nobody_can_choose_are_those(at: str, *, expected: bool) -> None:
    assert is_quiet(time.fromisoformat(at)) is expected


def test_the_day_of_a_run_is_that_of_its_zone() -> None:
    at = moment("2026-07-31T22:30Z")
    days = [local_day(schedule(MONTH, "09:00", zone, "w0"), at) for zone in ("Europe/Brussels", "America/New_York")]
    assert days == [date(2026, 8, 1), date(2026, 7, 31)]


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_the_schedule_no_run_is_early_skipped_or_doubled(seed: int) -> None:
    """Follow a schedule for a year and a half, and hold it against the days of a calendar."""
    random = Random(seed)  # noqa: S311 - a test that can be repeated, not a secret
    chosen, start = _any_schedule(random), _any_moment(random)
    found = [next_after(chosen, start)]
    while found[-1] < start + 540 * DAY:
        found.append(next_after(chosen, found[-1]))
    assert all(later > earlier for earlier, later in pairwise([start, *found]))
    days = [local_day(chosen, at) for at in found]
    assert days == _calendar(chosen, start, days[-1]), f"seed {seed}: {chosen} from {start}"
    for at, day in zip(found, days, strict=True):
        assert _clock(chosen, at) == _shown(chosen, day), f"seed {seed}: {chosen} on {day}"


@pytest.mark.parametrize("seed", SEEDS)
def test_whenever_it_is_asked_the_next_run_is_the_same_until_it_comes(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a test that can be repeated, not a secret
    chosen, start = _any_schedule(random), _any_moment(random)
    following = next_after(chosen, start)
    between = [start + random.random() * (following - start) for _ in range(10)]
    assert {next_after(chosen, at) for at in [*between, following - MINUTE] if at >= start} <= {following}


def _any_schedule(random: Random) -> Schedule:
    rhythm = random.choice([MONTH, QUARTER, LISTED])
    times = ["00:00", "00:30", "00:59", "04:00", "09:00", "23:00", "23:30", "23:59", f"{random.randrange(4, 24):02}:17"]
    day = f"w{random.randrange(7)}" if random.random() < 0.5 else f"d{random.choice([1, 15, 28, 29, 30, 31])}"
    return schedule(rhythm, random.choice(times), random.choice(ZONES), day)


def _any_moment(random: Random) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + random.randrange(1000 * 24 * 60) * MINUTE


def _calendar(chosen: Schedule, start: datetime, last: date) -> list[date]:
    """Return the days on which it runs after a moment, until the last one, by looking at every day."""
    zone = ZoneInfo(chosen.zone)
    first = start.astimezone(zone)
    days = [first.date() + n * DAY for n in range((last - first.date()).days + 1)]
    return [day for day in days if _runs_on(chosen, day) and not (day == first.date() and _has_come(chosen, start))]


def _has_come(chosen: Schedule, start: datetime) -> bool:
    """Tell whether today's time has come by then; where an hour comes twice, the first counts."""
    zone = ZoneInfo(chosen.zone)
    today, at = start.astimezone(zone).date(), start
    shown = _shown(chosen, today)
    while (local := at.astimezone(zone)).date() == today:
        if local.time() == shown:
            return True
        at -= MINUTE
    return False


def _runs_on(chosen: Schedule, day: date) -> bool:
    if chosen.rhythm is QUARTER and day.month not in {1, 4, 7, 10}:
        return False
    if chosen.weekday is not None:
        return day.weekday() == chosen.weekday and (chosen.rhythm is LISTED or day.day <= 7)
    is_last = (day + DAY).month != day.month
    wanted = chosen.month_day or 0
    return day.day == wanted or (is_last and day.day < wanted)


def _clock(chosen: Schedule, at: datetime) -> time:
    return at.astimezone(ZoneInfo(chosen.zone)).time()


def _shown(chosen: Schedule, day: date) -> time:
    """Return what the clock shows when it runs that day: its time, or four o'clock where the night skips that."""
    zone = ZoneInfo(chosen.zone)
    noon = datetime.combine(day, time(12), zone).astimezone(UTC)
    minutes = ((noon + n * MINUTE).astimezone(zone) for n in range(-14 * 60, 14 * 60))
    exists = any((one.date(), one.time()) == (day, chosen.at) for one in minutes)
    return chosen.at if exists else time(4)
