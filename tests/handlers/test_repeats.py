"""What Slack brings twice is recognised for ten minutes."""

import pytest

from handlers.repeats import Repeats
from tests.support.clock import StillClock


def test_a_trigger_is_the_first_once_and_each_is_another() -> None:
    repeats = Repeats(clock=StillClock())
    assert [repeats.is_first(trigger) for trigger in ("1", "1", "2", "1", "2")] == [True, False, True, False, False]


@pytest.mark.parametrize(("seconds", "first"), [(0.001, False), (599.999, False), (600, True), (9999, True)])
def test_a_trigger_is_forgotten_after_ten_minutes(seconds: float, *, first: bool) -> None:
    clock = StillClock()
    repeats = Repeats(clock=clock)
    assert repeats.is_first("1") is True
    clock.advance(seconds)
    assert [repeats.is_first("1"), repeats.is_first("1")] == [first, False]


def test_being_brought_again_makes_it_no_younger() -> None:
    clock = StillClock()
    repeats = Repeats(clock=clock)
    seen = []
    for _ in range(4):
        seen.append(repeats.is_first("1"))
        clock.advance(300)
    assert seen == [True, False, True, False]


def test_without_a_trigger_nothing_is_a_repeat() -> None:
    repeats = Repeats(clock=StillClock())
    assert [repeats.is_first(trigger) for trigger in ("", "", "1", "")] == [True] * 4
