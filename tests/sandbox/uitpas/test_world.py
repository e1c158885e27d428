"""The invented world is the same for the same seed and day, and is as large as promised."""

import re
from datetime import date, timedelta

import pytest

from bot.sandbox.uitpas import World
from bot.sandbox.uitpas.cards import luhn_digit
from bot.sandbox.uitpas.moments import Quarter, past_quarters

TODAY = date(2026, 10, 7)


@pytest.fixture(scope="module")
def world() -> World:
    """The world of seed 1."""
    return World(1, TODAY)


def test_the_same_seed_and_day_make_the_same_world(world: World) -> None:
    again = World(1, TODAY)
    assert (again.balies, again.employees, again.cards, again.swaps) == (
        world.balies,
        world.employees,
        world.cards,
        world.swaps,
    )
    assert [again.sales(balie, date.min, TODAY) for balie in again.balies] == [
        world.sales(balie, date.min, TODAY) for balie in world.balies
    ]


def test_another_seed_makes_another_world(world: World) -> None:
    other = World(2, TODAY)
    assert {balie.consumer_key for balie in other.balies}.isdisjoint(balie.consumer_key for balie in world.balies)
    assert other.sales(other.balies[0], date.min, TODAY) != world.sales(world.balies[0], date.min, TODAY)


def test_yesterdays_sales_are_the_same_tomorrow(world: World) -> None:
    tomorrow = World(1, TODAY + timedelta(days=1))
    balie = world.balies[0]
    assert tomorrow.sales(balie, world.first_day, TODAY) == world.sales(balie, world.first_day, TODAY)


def test_there_are_eight_balies_in_three_card_systems_with_keys_of_every_shape(world: World) -> None:
    assert len(world.card_systems) == 3
    assert {system for balie in world.balies for system in balie.card_systems} == set(world.card_systems)
    shapes = [tuple(len(part) for part in balie.consumer_key.split("-")) for balie in world.balies]
    assert shapes == [
        *((8, 4, 4, 16), (8, 4, 4, 16), (8, 4, 4, 4, 12), (32,), (7, 12)),
        *((8, 4, 4, 16), (8, 4, 4, 16), (8, 4, 4, 4, 12)),
    ]


def test_employees_work_at_many_balies_at_one_or_at_none(world: World) -> None:
    counts = {employee.nick: len(world.balies_of(employee)) for employee in world.employees}
    assert counts == {
        "lien": 5,
        "bram": 1,
        "noor": 0,
        "katrien": 2,
        "joris": 2,
        "amina": 2,
        "tibo": 2,
        "greet": 3,
    }


def test_every_balie_but_one_sold_for_two_to_five_governments_each_past_quarter(world: World) -> None:
    for balie in world.balies:
        for quarter in past_quarters(TODAY):
            sales = world.sales(balie, quarter.first, quarter.last)
            governments = len({sale.government for sale in sales})
            assert governments == 0 if balie == world.empty_balie else 2 <= governments <= 5


def test_sales_stay_within_the_days_asked_and_end_today(world: World) -> None:
    balie = world.balies[0]
    month = world.sales(balie, date(2026, 2, 1), date(2026, 2, 28))
    everything = world.sales(balie, date.min, date.max)
    days = [sale.moment.date() for sale in everything]
    assert set(month) == {sale for sale in everything if sale.moment.date().replace(day=1) == date(2026, 2, 1)}
    assert (min(days) >= date(2024, 10, 1), max(days) <= TODAY) == (True, True)
    assert world.sales(balie, date(2026, 3, 1), date(2026, 2, 1)) == ()


def test_cards_have_thirteen_digits_a_flag_and_a_luhn_digit(world: World) -> None:
    numbers = [card.number for card in world.cards]
    everywhere = 6  # known cards, the same in every world
    assert (len(set(numbers)), {len(number) for number in numbers}) == (400 + everywhere, {13})
    assert all(number[-1] == luhn_digit(number[:12]) for number in numbers)
    chips = {card.chip for card in world.cards}
    assert (len(chips), all(re.fullmatch("[0-9A-F]{14}", chip) for chip in chips)) == (400 + everywhere, True)
    assert [number[-2] for number in numbers] == [str(int(card.kansenpas)) for card in world.cards]
    statuses = [card.status for card in world.cards]
    assert sorted(set(statuses)) == ["ACTIVE", "BLOCKED", "LOCAL_STOCK"]
    assert statuses.count("ACTIVE") > 300
    assert all((card.holder_uid is None) == (card.status == "LOCAL_STOCK") for card in world.cards)


@pytest.mark.parametrize("number", ["0934000049106", "0930000420206", "0930000237915", "0930012345607"])
def test_the_luhn_digit_agrees_with_real_numbers(number: str) -> None:
    assert luhn_digit(number[:12]) == number[-1]


def test_swaps_cover_two_years_and_end_today(world: World) -> None:
    moments = [swap.moment for swap in world.swaps]
    assert moments == sorted(moments)
    assert (moments[0].date() < date(2024, 10, 15), moments[-1].date() <= TODAY) == (True, True)
    assert len({swap.number for swap in world.swaps}) == len(world.swaps)
    by_number = {balie.number: balie for balie in world.balies}
    assert all(swap.card.card_system in by_number[swap.balie].card_systems for swap in world.swaps)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_is_three_whole_months(day: date, first: date, last: date) -> None:
    assert Quarter.of(day) == Quarter(first, last)
