"""Searching a balie as one types: the best first, and never more than Slack can show."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.balies import BalieList, map_csv
from tests.support.forms import BALIE, Form
from tests.support.stage import Stage, staged

LINES = (
    "hof,Feestzaal Ter Duinen,key-1,",
    "a-plein,Café 't Hof,key-2,",
    "hofleverancier,Bakkerij De Zon,key-3,",
    "zaal,Hof van Cleve,key-4,",
    "markt,Cultuurcafé De Markt,key-5,",
    "elders,Zaal Nergens,key-6,",
)
HOFS = [
    "Feestzaal Ter Duinen (hof)",
    "Bakkerij De Zon (hofleverancier)",
    "Hof van Cleve (zaal)",
    "Café 't Hof (a-plein)",
]
MANY = 2_000


@pytest.fixture
async def few(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with six balies, whose names and aliases tell different things."""
    async with staged(tmp_path, mapped=False) as ready:
        await map_csv(ready, *LINES)
        yield ready


@pytest.fixture
async def many(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with 2,000 balies, every one the default of a channel."""
    async with staged(tmp_path, mapped=False) as ready:
        await map_csv(ready, *(f"b{n:04},Gemeenschapscentrum Nr {n},key-{n},C0{n:04}" for n in range(MANY)))
        yield ready


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("hof", HOFS),
        ("HOF", HOFS),
        ("@hof ", HOFS),
        ("cafe", ["Café 't Hof (a-plein)", "Cultuurcafé De Markt (markt)"]),
        ("CAFÉ", ["Café 't Hof (a-plein)", "Cultuurcafé De Markt (markt)"]),
        ("cafe\u0301", ["Café 't Hof (a-plein)", "Cultuurcafé De Markt (markt)"]),
        ("zaal", ["Hof van Cleve (zaal)", "Zaal Nergens (elders)", "Feestzaal Ter Duinen (hof)"]),
        ("hof cafe", ["Café 't Hof (a-plein)"]),
        ("cleve van", ["Hof van Cleve (zaal)"]),
        ("hof%", []),
        ("h_f", []),
        ("key-1", []),
    ],
)
async def test_what_begins_with_the_words_comes_before_what_holds_them(
    few: Stage, typed: str, shown: list[str]
) -> None:
    balies = BalieList(few)
    await balies.type()
    assert await balies.search(typed) == shown


async def test_nothing_typed_shows_all_by_alias(few: Stage) -> None:
    balies = BalieList(few)
    await balies.type()
    assert await balies.search("") == [
        "Café 't Hof (a-plein)",
        "Zaal Nergens (elders)",
        "Feestzaal Ter Duinen (hof)",
        "Bakkerij De Zon (hofleverancier)",
        "Cultuurcafé De Markt (markt)",
        "Hof van Cleve (zaal)",
    ]
    assert await balies.search("", as_answered=True) == [], "nothing is left out, so nothing is said of it"


async def test_the_form_of_a_report_searches_the_same_way(few: Stage) -> None:
    form = Form(few)
    await form.type("rapport hof")
    assert list(await form.search("cafe")) == ["Café 't Hof (a-plein)", "Cultuurcafé De Markt (markt)"]


@pytest.mark.parametrize(
    ("user", "typed", "label"),
    [
        ("lien", "", "100 van 2.001, typ verder"),
        ("emily", "", "100 of 2,001, keep typing"),
        ("lien", "b01", "100 van 101, typ verder"),
    ],
)
async def test_of_more_than_a_hundred_the_first_are_shown_and_the_rest_counted(
    many: Stage, user: str, typed: str, label: str
) -> None:
    await map_csv(many, "a-b01,Nog een,key-more,")
    balies = BalieList(many, user)
    await balies.type()
    shown = await balies.search(typed)
    first = 100 if typed else 0
    wanted = [f"Gemeenschapscentrum Nr {n} (b{n:04})" for n in range(first, first + 100)]
    assert shown == (wanted if typed else ["Nog een (a-b01)", *wanted[:99]])
    assert await balies.search(typed, as_answered=True) == [label]


async def test_a_hundred_are_shown_without_a_label(many: Stage) -> None:
    balies = BalieList(many)
    await balies.type()
    assert len(await balies.search("b01")) == 100
    assert await balies.search("b01", as_answered=True) == []


async def test_an_alias_among_very_many_is_found_at_once(many: Stage) -> None:
    balies = BalieList(many)
    await balies.type()
    assert await balies.search("b1999") == ["Gemeenschapscentrum Nr 1999 (b1999)"]


@pytest.mark.parametrize("typed", ["", "b", "b1999", "gemeenschaps 7", "nergens"])
async def test_a_search_among_two_thousand_is_answered_within_a_second(many: Stage, typed: str) -> None:
    form = Form(many)
    await form.type("rapport b0001")
    began = time.perf_counter()
    await form.search(typed)
    assert time.perf_counter() - began < 1
    assert form.view.blocks[0]["block_id"] == BALIE


async def test_two_thousand_are_listed_within_a_second(many: Stage) -> None:
    balies = BalieList(many)
    began = time.perf_counter()
    await balies.type()
    assert time.perf_counter() - began < 1
    assert balies.said[0] == "*Balies van deze werkruimte*, 1–15 van 2.000"


async def test_a_guest_is_offered_no_balie(few: Stage) -> None:
    balies = BalieList(few)
    await balies.type()
    few.slack.world.change_person("lien", is_restricted=True)
    few.clock.advance(25 * 3600)
    await balies.type("status")
    balies_shown = few.slack.world.ephemerals("lien", few.where)[0]
    assert await few.slack.options(balies.who, balies_shown, "balies_choose", "hof") == []
