"""What a holder swapped points for is listed whole, in the order and the pages that are asked for."""

from collections.abc import Callable
from datetime import UTC, timedelta

import pytest

from bot.sandbox.uitpas import KNOWN_CARDS, Balie, Swap, World

from .support import HEAD, Caller, swap_numbers, swap_total

SWAPPED = KNOWN_CARDS["swapped"]
YEAR = {"cashingPeriodBegin": "2025-10-07T00:00:00+02:00"}
EMPTY = HEAD + b"<response><cashedPromotions/><total>0</total></response>"


def row(number: int, promotion: str, moment: str, balie: Balie) -> str:
    name = balie.name.replace("&", "&amp;")
    return (
        f"<cashedPromotion><id>{number}</id><promotion><balies/><cashedIn>true</cashedIn>{promotion}</promotion>"
        f"<cashingDate>{moment}</cashingDate><balie><name>{name}</name><id>{balie.consumer_key}</id></balie>"
        "</cashedPromotion>"
    )


def listed(rows: str, total: int) -> tuple[int, str, bytes]:
    body = f"<response><cashedPromotions>{rows}</cashedPromotions><total>{total}</total></response>"
    return 200, "application/xml; charset=UTF-8", HEAD + body.encode()


@pytest.mark.parametrize(
    ("day", "following", "number", "place", "promotion", "moment"),
    [
        ("2026-10-07", "2026-10-08", 900_051, 0, "310 5 Koffie aan de balie", "2026-10-07T00:00:01+02:00"),
        ("2026-09-26", "2026-09-27", 900_047, 5, "902 6 Koffie &amp; taart &lt; 5 euro", "2026-09-26T10:45:00+02:00"),
        ("2026-10-03", "2026-10-04", 900_048, 2, "901 4   Rondleiding in het depot ", "2026-10-03T16:20:05+02:00"),
        ("2026-03-20", "2026-03-21", 900_020, 3, "905 1 appelsap aan de bar", "2026-03-20T18:02:40+01:00"),
        ("2026-07-09", "2026-07-10", 900_033, 2, "904 2.500 Halve snack", "2026-07-09T11:11:11+02:00"),
    ],
)
async def test_a_row_has_the_documented_shape(
    lien: Caller, sluis: Balie, day: str, following: str, number: int, place: int, promotion: str, moment: str
) -> None:
    answer = await lien.swaps(SWAPPED, sluis, cashingPeriodBegin=day, cashingPeriodEnd=following)
    one, points, title = promotion.split(" ", 2)
    offered = f"<id>{one}</id><points>{points}</points><title>{title}</title>"
    expected = listed(row(number, offered, moment, lien.sandbox.world.balies[place]), 1)
    assert (answer.status_code, answer.headers["Content-Type"], answer.content) == expected


@pytest.mark.parametrize("name", ["unused", "blocked"])
async def test_who_never_swapped_has_an_empty_list(lien: Caller, sluis: Balie, name: str) -> None:
    answer = await lien.swaps(KNOWN_CARDS[name], sluis)
    assert (answer.status_code, answer.content) == (200, EMPTY)


async def test_every_card_of_a_holder_has_all_swaps_of_all_balies(lien: Caller, sluis: Balie) -> None:
    answers = [await lien.swaps(KNOWN_CARDS[name], sluis, max="100") for name in ("swapped", "second")]
    assert (answers[0].content, swap_total(answers[0])) == (answers[1].content, 48)


async def test_without_parameters_the_twenty_newest_are_listed(lien: Caller, sluis: Balie) -> None:
    plain = await lien.swaps(SWAPPED, sluis)
    spelled = await lien.swaps(SWAPPED, sluis, sort="CASHINGDATE", order="DESC", max="20", start="0")
    assert (plain.content, swap_total(plain), len(swap_numbers(plain))) == (spelled.content, 48, 20)
    assert swap_numbers(plain)[0] == 900_051


def desk(world: World, swap: Swap) -> Balie:
    return next(balie for balie in world.balies if balie.number == swap.balie)


TEXTS: dict[str, Callable[[World, Swap], str]] = {
    "TITLE": lambda _, swap: swap.title,
    "BALIE": lambda world, swap: desk(world, swap).name,
    "CITY": lambda world, swap: desk(world, swap).city,
}


def ordered(world: World, sort: str, order: str) -> list[int]:
    """Return the numbers of all swaps, by the rank of their text, then newest first, then by number."""
    sign = 1 if order == "ASC" else -1
    card = world.card(SWAPPED)
    swaps = [swap for swap in world.swaps if card is not None and swap.card.holder_uid == card.holder_uid]
    if sort == "CASHINGDATE":
        ranked = [(sign * swap.moment.timestamp(), 0.0, swap.number) for swap in swaps]
    else:
        texts = [TEXTS[sort](world, swap).strip().casefold() for swap in swaps]
        places = {text: float(place) for place, text in enumerate(sorted(set(texts)))}
        ranked = [
            (sign * places[text], -swap.moment.timestamp(), swap.number)
            for text, swap in zip(texts, swaps, strict=True)
        ]
    return [number for *_, number in sorted(ranked)]


@pytest.mark.parametrize("order", ["ASC", "DESC"])
@pytest.mark.parametrize("sort", ["TITLE", "BALIE", "CITY", "CASHINGDATE"])
async def test_every_sort_has_both_orders(lien: Caller, sluis: Balie, sort: str, order: str) -> None:
    answer = await lien.swaps(SWAPPED, sluis, sort=sort, order=order, max="48")
    assert swap_numbers(answer) == ordered(lien.sandbox.world, sort, order)


async def test_titles_are_sorted_without_case_and_without_blanks_around(lien: Caller, sluis: Balie) -> None:
    answer = await lien.swaps(SWAPPED, sluis, sort="TITLE", order="ASC", max="48")
    titles = [part.partition("<")[0] for part in answer.text.split("<title>")[1:]]
    assert list(dict.fromkeys(titles)) == [
        "=Zwemles+1",
        "appelsap aan de bar",
        "Draagtas van de bib",
        "Duoticket filmforum",
        "Gratis zwembeurt",
        "Halve snack",
        "Koffie &amp; taart &lt; 5 euro",
        "Koffie aan de balie",
        "Korting op een kinderatelier",
        "  Rondleiding in het depot ",
    ]


@pytest.mark.parametrize("sort", ["TITLE", "CITY", "CASHINGDATE"])
async def test_pages_hold_every_swap_once_and_in_order(lien: Caller, sluis: Balie, sort: str) -> None:
    pages = [await lien.swaps(SWAPPED, sluis, **YEAR, sort=sort, max="7", start=str(7 * page)) for page in range(8)]
    whole = await lien.swaps(SWAPPED, sluis, **YEAR, sort=sort, max="45")
    numbers = [number for page in pages for number in swap_numbers(page)]
    assert ([len(swap_numbers(page)) for page in pages], {swap_total(page) for page in pages}) == (
        [7, 7, 7, 7, 7, 7, 3, 0],
        {45},
    )
    assert (numbers, len(set(numbers))) == (swap_numbers(whole), 45)


async def test_a_page_of_none_still_says_how_many_there_are(lien: Caller, sluis: Balie) -> None:
    answer = await lien.swaps(SWAPPED, sluis, **YEAR, max="0")
    assert answer.content == EMPTY.replace(b">0<", b">45<")


async def test_a_page_has_a_hundred_rows_at_most(lien: Caller, sluis: Balie) -> None:
    world = lien.sandbox.world
    card = world.card(SWAPPED)
    assert card is not None
    first = world.swaps[-1].moment - timedelta(days=30)
    many = [Swap(n, card, 77, 310, "Koffie", world.swaps[0].points, first + timedelta(minutes=n)) for n in range(130)]
    world.swaps = tuple(many)
    answer = await lien.swaps(SWAPPED, sluis, max="101", order="ASC")
    assert (swap_numbers(answer), swap_total(answer)) == (list(range(100)), 130)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (("2026-09-04", "2026-09-04"), [900_042]),
        (("2026-09-03T22:00Z", "2026-09-04T00:00:00.000+02:00"), [900_042]),
        (("2026-09-04T00:00:00.001+02:00", "2026-09-05"), []),
        (("2026-09-03", "2026-09-03T23:59:59.999+02:00"), []),
        (("2026-08-21T14:30:00+02:00", "2026-08-21T14:30:00+02:00"), [900_039, 900_040]),
        (("2026-10-06", "2026-10-07"), []),
        (("2026-10-06", "2026-10-07T00:00:01+02:00"), [900_051]),
        (("2026-10-07T00:00:01+02:00", ""), [900_051]),
        (("2026-10-07T00:00:02+02:00", ""), []),
        (("", "2024-11-06T12:00:00+01:00"), [900_001]),
        (("", "2024-11-06T11:59:59+01:00"), []),
    ],
)
async def test_both_ends_of_a_period_are_moments_and_inclusive(
    lien: Caller, sluis: Balie, period: tuple[str, str], expected: list[int]
) -> None:
    fields = dict(zip(("cashingPeriodBegin", "cashingPeriodEnd"), period, strict=True))
    answer = await lien.swaps(SWAPPED, sluis, **fields)
    assert (swap_numbers(answer), swap_total(answer)) == (expected, len(expected))


async def test_a_swap_is_listed_from_its_own_second_on(lien: Caller, sluis: Balie) -> None:
    last = lien.sandbox.world.swaps[-1]
    lien.clock.moment = last.moment.astimezone(UTC) - timedelta(seconds=1)
    before = swap_numbers(await lien.swaps(last.card.number, sluis, max="100"))
    lien.clock.advance(1)
    after = swap_numbers(await lien.swaps(last.card.number, sluis, max="100"))
    assert after == [last.number, *before]
