"""Days are Brussels days, whatever the zone a moment is told in."""

from datetime import UTC, date, datetime

import pytest

from bot.sandbox.uitpas.moments import end_of_day, read_w3c_date, start_of_day, utc_now


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


def test_a_day_begins_and_ends_by_the_clock_of_brussels() -> None:
    day = date(2026, 3, 29)
    moments = [start_of_day(day).astimezone(UTC), end_of_day(day).astimezone(UTC)]
    assert moments == [
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 21, 59, 59, 999_000, tzinfo=UTC),
    ]


def test_now_is_told_in_utc() -> None:
    assert utc_now().tzinfo is UTC
