"""Moments as text: the order of the texts is the order of time."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from storage import moments

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2199, 1, 1), timezones=ZONES)  # noqa: DTZ001 - hypothesis wants bounds without a zone


@given(MOMENTS)
def test_a_moment_comes_back_as_the_same_moment_in_utc(moment: datetime) -> None:
    found = moments.read(moments.write(moment))
    assert (found, found.tzinfo) == (moment, UTC)


@given(MOMENTS, MOMENTS)
def test_texts_compare_as_their_moments_do(one: datetime, other: datetime) -> None:
    assert (moments.write(one) < moments.write(other)) is (one < other)


def test_no_moment_is_no_text_and_back() -> None:
    assert (moments.write(None), moments.read(None)) == (None, None)
