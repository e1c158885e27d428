"""Advantages that holders swapped points for (UiTPAS API, swapped advantages of a holder)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from bot.sandbox.uitpas.cards import Card
from bot.sandbox.uitpas.moments import BRUSSELS, Quarter
from bot.sandbox.uitpas.names import PROMOTIONS
from bot.sandbox.uitpas.people import Balie


@dataclass(frozen=True, slots=True)
class Swap:
    """One swap. `number` is of the swap itself, `promotion` of the advantage; `moment` aware, in Brussels."""

    number: int
    card: Card
    balie: int
    promotion: int
    title: str
    points: Decimal
    moment: datetime


def make_swaps(seed: int, quarter: Quarter, cards: tuple[Card, ...], balies: tuple[Balie, ...]) -> tuple[Swap, ...]:
    """Return the swaps of one whole quarter, in no order."""
    random = Random(f"{seed}/swaps/{quarter.first}")
    base = 1000 * (4 * quarter.first.year + quarter.first.month // 3 - 8000)
    return tuple(
        _swap(random, base + place, quarter, random.choice(cards), balies) for place in range(random.randint(120, 180))
    )


def _swap(random: Random, number: int, quarter: Quarter, card: Card, balies: tuple[Balie, ...]) -> Swap:
    balie = random.choice([one for one in balies if card.card_system in one.card_systems])
    promotion, title, points = random.choice(PROMOTIONS)
    day = quarter.first + timedelta(days=random.randrange(quarter.days))
    at = time(random.randint(9, 19), random.randrange(60), random.randrange(60))
    return Swap(number, card, balie.number, promotion, title, Decimal(points), datetime.combine(day, at, BRUSSELS))
