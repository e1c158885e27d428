"""Days are Brussels days, whatever the zone a moment is told in."""

from datetime import UTC, date, datetime

import pytest

from bot.sandbox.uitpas.moments import end_of_day, read_w3c_date, read_w3c_moment, start_of_day, utc_now


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-01", date(2026, 7, 1)),
        ("2026-06-30T22:00Z", date(2026, 7, 1)),
        ("2026-06-30T21:59:59.999Z", date(2026, 6, 30)),
        ("2026-01-01T00:00:00+01:00", date(2026, 1, 1)),
        ("2026-12-31T20:00:00-05:00", date(2027, 1, 1)),
    ],
)
def test_a_date_time_is_read_as_its_day_in_brussels(text: str, day: date) -> None:
    assert read_w3c_date(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("2026-01-01", datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("2026-06-30T21:59:59.5Z", datetime(2026, 6, 30, 21, 59, 59, 500_000, tzinfo=UTC)),
        ("2026-12-31T20:00-05:00", datetime(2027, 1, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_date_time_is_a_moment_and_a_plain_date_its_midnight_in_brussels(text: str, moment: datetime) -> None:
    assert read_w3c_moment(text) == moment


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59:59-10:00", "2026-02-30", ""])
def test_a_moment_outside_the_calendar_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_w3c_date(text)


def test_a_day_begins_and_ends_by_the_clock_of_brussels() -> None:
    day = date(2026, 3, 29)
    moments = [start_of_day(day).astimezone(UTC), end_of_day(day).astimezone(UTC)]
    assert moments == [
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 21, 59, 59, 999_000, tzinfo=UTC),
    ]


def test_now_is_told_in_utc() -> None:
    assert utc_now().tzinfo is UTC
