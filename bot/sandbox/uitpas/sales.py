"""Reduced tickets, the rows of a financial report (UiTPAS API, what the zip holds)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from bot.sandbox.uitpas.cards import Card
from bot.sandbox.uitpas.moments import BRUSSELS, Quarter
from bot.sandbox.uitpas.names import COUPONS, EVENTS
from bot.sandbox.uitpas.people import Balie

PRICES = tuple(Decimal(price) for price in ("5.00", "6.25", "8.00", "8.75", "10.00", "12.50", "22.50", "95.00"))
"""Full prices in euro; two fifths of each is a whole number of cents."""


@dataclass(frozen=True, slots=True)
class Sale:
    """One ticket sold at a reduced price. Amounts in euro; `moment` aware, in Brussels."""

    moment: datetime
    balie: int
    card: Card
    coupon: str | None
    event: str
    event_first: date | None
    event_last: date | None
    price: Decimal
    contribution: Decimal

    @property
    def government(self) -> str:
        """The government that owes `contribution`: that of the holder's municipality."""
        return f"Lokale overheid {self.card.municipality}"


def make_sales(seed: int, balie: Balie, quarter: Quarter, holders: dict[str, tuple[Card, ...]]) -> tuple[Sale, ...]:
    """Return what one balie sold in one whole quarter, in no order, for two to five governments.

    Args:
        seed: of the world.
        balie: the one that sells.
        quarter: when.
        holders: by municipality, the cards that have a right to the reduced price.
    """
    random = Random(f"{seed}/sales/{balie.number}/{quarter.first}")
    towns = [town for system in balie.card_systems for town in system.municipalities]
    paying = random.sample(towns, random.randint(2, min(5, len(towns))))
    weights = (8, 5, 3, 2, 1)[: len(paying)]
    buyers = paying + random.choices(paying, weights, k=random.randint(16, 60))
    random.shuffle(buyers)
    return tuple(_sale(random, balie, quarter, random.choice(holders[town])) for town in buyers)


def _sale(random: Random, balie: Balie, quarter: Quarter, card: Card) -> Sale:
    day = quarter.first + timedelta(days=random.randrange(quarter.days))
    at = time(random.randint(9, 19), random.randrange(60), random.randrange(60))
    coupon = random.choice(COUPONS) if random.random() < 0.2 else None
    event = random.choice(EVENTS)
    permanent = event == EVENTS[-1]
    opens = day + timedelta(days=random.randrange(40))
    closes = opens + timedelta(days=random.choice((0, 0, 0, 4)))
    price = random.choice(PRICES)
    return Sale(
        moment=datetime.combine(day, at, BRUSSELS),
        balie=balie.number,
        card=card,
        coupon=coupon,
        event=event,
        event_first=None if permanent else opens,
        event_last=None if permanent else closes,
        price=price,
        contribution=price * 2 / 5,
    )
