"""The known cards are the same in every world, and their history has everything that is hard to show."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.sandbox.uitpas import KNOWN_CARDS, Swap, World
from bot.sandbox.uitpas.cards import is_card_number
from bot.sandbox.uitpas.moments import start_of_day

TODAY = date(2026, 10, 7)


@pytest.fixture(scope="module")
def world() -> World:
    """The world of seed 1."""
    return World(1, TODAY)


def swapped_by_holder_of(world: World, name: str) -> list[Swap]:
    card = world.card(KNOWN_CARDS[name])
    return [swap for swap in world.swaps if card is not None and swap.card.holder_uid == card.holder_uid]


def test_each_known_card_is_what_its_name_says(world: World) -> None:
    cards = {name: world.card(number) for name, number in KNOWN_CARDS.items()}
    seen = {
        name: (card.card_system.number, card.status, card.kansenpas, card.holder_uid is not None)
        for name, card in cards.items()
        if card is not None
    }
    assert seen == {
        "swapped": (11, "ACTIVE", False, True),
        "second": (23, "ACTIVE", False, True),
        "unused": (11, "ACTIVE", False, True),
        "blocked": (42, "BLOCKED", False, True),
        "stock": (23, "LOCAL_STOCK", False, False),
        "kansenpas": (23, "ACTIVE", True, True),
    }
    assert all(is_card_number(number) for number in KNOWN_CARDS.values())
    assert {name: len(swapped_by_holder_of(world, name)) for name in seen if name != "stock"} == {
        "swapped": 48,
        "second": 48,
        "unused": 0,
        "blocked": 0,
        "kansenpas": 3,
    }


def test_the_known_cards_and_swaps_are_the_same_in_another_world(world: World) -> None:
    other = World(2, TODAY)
    assert [other.card(number) for number in KNOWN_CARDS.values()] == [
        world.card(number) for number in KNOWN_CARDS.values()
    ]
    assert swapped_by_holder_of(other, "swapped") == swapped_by_holder_of(world, "swapped")


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2029, 3, 1), date(2026, 3, 29)])
def test_forty_five_swaps_lie_in_the_past_year_and_three_before_it(today: date) -> None:
    moments = [swap.moment for swap in swapped_by_holder_of(World(1, today), "swapped")]
    year_ago = start_of_day(today - timedelta(days=365))
    assert (len(moments), sum(moment >= year_ago for moment in moments)) == (48, 45)
    assert max(moments) == start_of_day(today) + timedelta(seconds=1)


def test_the_history_is_spread_over_balies_card_systems_and_the_year(world: World) -> None:
    swaps = swapped_by_holder_of(world, "swapped")[3:]
    assert {swap.balie for swap in swaps} == {77, 102, 118, 131, 205, 214}
    assert {swap.card.card_system.number for swap in swaps} == {11, 23}
    assert len({(swap.moment.year, swap.moment.month) for swap in swaps}) == 13


def test_the_history_has_everything_that_is_hard_to_show(world: World) -> None:
    swaps = swapped_by_holder_of(world, "swapped")
    same = Counter((swap.balie, swap.promotion, swap.moment) for swap in swaps)
    midnight = [swap.moment.date() for swap in swaps if swap.moment == start_of_day(swap.moment.date())]
    odd = {(swap.title, swap.points) for swap in swaps if swap.promotion > 900}
    assert (sorted(same.values())[-2:], midnight) == ([1, 2], [date(2026, 9, 4)])
    assert odd == {
        ("  Rondleiding in het depot ", Decimal(4)),
        ("Koffie & taart < 5 euro", Decimal(6)),
        ("=Zwemles+1", Decimal(8)),
        ("Halve snack", Decimal("2.5")),
        ("appelsap aan de bar", Decimal(1)),
    }


def test_the_known_cards_take_no_part_in_what_the_seed_makes(world: World) -> None:
    sold = {sale.card.number for balie in world.balies for sale in world.sales(balie, date.min, TODAY)}
    swapped = {swap.card.number for swap in world.swaps if swap.number < 900_000}
    assert (sold | swapped).isdisjoint(KNOWN_CARDS.values())
