"""Cards that are the same in every world, each with a name and a history that is known beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from bot.sandbox.uitpas.cards import Card, make_chip
from bot.sandbox.uitpas.moments import BRUSSELS
from bot.sandbox.uitpas.names import ODD_PROMOTIONS, PROMOTIONS
from bot.sandbox.uitpas.people import Balie, CardSystem, random_uid
from bot.sandbox.uitpas.swaps import Swap

KNOWN_CARDS: Mapping[str, str] = {
    "swapped": "0930012345607",
    "second": "0930048151607",
    "unused": "0930073402503",
    "blocked": "0930091267409",
    "stock": "0930058690205",
    "kansenpas": "0930030571812",
    "nobody": "0930082001304",
}
"""Number by name. `second` is another card of the holder of `swapped`; `nobody` is valid and belongs to no card."""

_CARDS = (
    ("swapped", 11, "Lindergem", "ACTIVE", "wout"),
    ("second", 23, "Dijkmonde", "ACTIVE", "wout"),
    ("unused", 11, "Zandhove", "ACTIVE", "fatima"),
    ("blocked", 42, "Veldeke", "BLOCKED", "gust"),
    ("stock", 23, "Molenschoot", "LOCAL_STOCK", ""),
    ("kansenpas", 23, "Kruisvoorde", "ACTIVE", "mira"),
)
"""Name, card system, municipality, status, holder."""


@dataclass(frozen=True, slots=True)
class _Row:
    holder: str
    days_ago: int
    at: time
    balie: int
    promotion: int


_ROWS = (
    _Row("wout", 0, time(0, 0, 1), 77, 310),  # so early that it lies in the past at any hour of today
    _Row("wout", 4, time(16, 20, 5), 118, 901),
    _Row("wout", 11, time(10, 45), 214, 902),
    _Row("wout", 19, time(13, 5, 59), 205, 903),
    _Row("wout", 33, time(0, 0, 0), 131, 311),
    _Row("wout", 47, time(14, 30), 102, 310),
    _Row("wout", 47, time(14, 30), 102, 310),
    _Row("wout", 90, time(11, 11, 11), 118, 904),
    _Row("wout", 201, time(18, 2, 40), 131, 905),
    _Row("wout", 363, time(9, 0, 1), 77, 312),
    _Row("wout", 369, time(9, 30), 102, 310),
    _Row("wout", 420, time(17, 15, 30), 205, 313),
    _Row("wout", 700, time(12, 0), 77, 314),
    _Row("mira", 3, time(15, 40, 12), 205, 314),
    _Row("mira", 58, time(10, 5, 31), 131, 310),
    _Row("mira", 130, time(19, 20), 118, 311),
)
"""The swaps that something is special about; those of wout are thirteen, ten of them in the past year."""

_PLAIN = 35
_FIRST_NUMBER = 900_001


def make_known_cards(systems: tuple[CardSystem, ...]) -> tuple[Card, ...]:
    """Return the cards of `KNOWN_CARDS`, all but `nobody`."""
    by_number = {system.number: system for system in systems}
    return tuple(_card(name, by_number[system], town, status, holder) for name, system, town, status, holder in _CARDS)


def make_known_swaps(today: date, cards: tuple[Card, ...], balies: tuple[Balie, ...]) -> tuple[Swap, ...]:
    """Return the swaps of the holders of the known cards, oldest first, numbered in that order.

    The holder of `swapped` has 45 in the past year and three older ones, that of `kansenpas` three; none is later
    than the first second of `today`.
    """
    desks = {balie.number: balie for balie in balies}
    rows = sorted((*_ROWS, *_plain_rows()), key=lambda row: _moment(today, row))
    return tuple(
        _swap(_FIRST_NUMBER + place, row, _moment(today, row), _card_at(desks[row.balie], row.holder, cards))
        for place, row in enumerate(rows)
    )


def _card(name: str, system: CardSystem, town: str, status: str, holder: str) -> Card:
    number = KNOWN_CARDS[name]
    chip = make_chip(Random(f"known/{name}/chip"))
    return Card(number, chip, system, number[-2] == "1", status, town, _uid(holder) if holder else None)


def _uid(holder: str) -> str:
    return random_uid(Random(f"known/{holder}"))


def _plain_rows() -> list[_Row]:
    balies = (77, 102, 118, 131, 205, 214)
    return [
        _Row(
            "wout",
            2 + 10 * place,
            time(9 + place % 11, 7 * place % 60, 13 * place % 60),
            balies[place % len(balies)],
            PROMOTIONS[place % len(PROMOTIONS)][0],
        )
        for place in range(_PLAIN)
    ]


def _moment(today: date, row: _Row) -> datetime:
    return datetime.combine(today - timedelta(days=row.days_ago), row.at, BRUSSELS)


def _card_at(balie: Balie, holder: str, cards: tuple[Card, ...]) -> Card:
    uid = _uid(holder)
    return next(card for card in cards if card.holder_uid == uid and card.card_system in balie.card_systems)


def _swap(number: int, row: _Row, moment: datetime, card: Card) -> Swap:
    offered = {one: (title, Decimal(points)) for one, title, points in (*PROMOTIONS, *ODD_PROMOTIONS)}
    return Swap(number, card, row.balie, row.promotion, *offered[row.promotion], moment)
