"""How often UiTPAS is asked: soon in the beginning, ever less often, never too late."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.following import Pace, next_gap

PACE = Pace(first=2, longest=60, deadline=21600)
AGES = st.floats(0, 100_000)
PACES = st.tuples(st.floats(0.01, 3600), st.floats(0.01, 3600)).map(lambda both: Pace(min(both), max(both), 21600))
"""First gaps that are not above the longest."""


def questions(pace: Pace) -> list[float]:
    """Return the ages at which a report that never ends is asked after, until the deadline."""
    ages = [pace.first]
    while ages[-1] < pace.deadline:
        ages.append(ages[-1] + next_gap(ages[-1], pace))
    return ages


@pytest.mark.parametrize(
    ("age", "gap"),
    [(0, 2), (2, 2), (19.9, 2), (20, 2), (30, 3), (300, 30), (599, 59.9), (600, 60), (601, 60), (21600, 60)],
)
def test_a_gap_is_a_tenth_of_the_age_between_the_first_and_the_longest(age: float, gap: float) -> None:
    assert next_gap(age, PACE) == pytest.approx(gap)


@given(AGES, PACES)
def test_a_gap_is_never_shorter_than_the_first_nor_longer_than_the_longest(age: float, pace: Pace) -> None:
    assert pace.first <= next_gap(age, pace) <= pace.longest


@given(AGES, PACES)
def test_an_end_is_noticed_late_by_at_most_the_first_gap_or_a_tenth_of_the_age(age: float, pace: Pace) -> None:
    assert next_gap(age, pace) <= max(pace.first, age / 10)


@given(AGES, AGES, PACES)
def test_an_older_report_is_not_asked_after_more_often(one: float, other: float, pace: Pace) -> None:
    young, old = sorted((one, other))
    assert next_gap(young, pace) <= next_gap(old, pace)


@given(st.floats(-1000, 0), PACES)
def test_a_clock_that_was_set_back_does_not_make_it_hurry(age: float, pace: Pace) -> None:
    assert next_gap(age, pace) == pace.first


@given(st.floats(0.01, 60), AGES)
def test_a_longest_below_the_first_is_kept_to(longest: float, age: float) -> None:
    assert next_gap(age, Pace(first=60, longest=longest, deadline=21600)) == longest


def test_a_report_that_never_ends_is_asked_after_some_hundreds_of_times_in_six_hours() -> None:
    asked = questions(PACE)
    assert 350 < len(asked) < 450
    assert max(later - earlier for earlier, later in pairwise(asked)) <= PACE.longest


@given(st.floats(2, 600))
def test_whenever_it_ends_it_is_noticed_in_time(end: float) -> None:
    noticed = next(age for age in questions(PACE) if age >= end)
    assert noticed - end <= max(2, end / 10)
