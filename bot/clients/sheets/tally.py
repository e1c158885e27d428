"""Counts and sums of one government."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(slots=True)
class Tally:
    """What the rows of one government come to, in euro, and the total that is printed under them, if any."""

    government: str
    sales: int = 0
    full_price: Decimal = Decimal(0)
    contribution: Decimal = Decimal(0)
    printed_total: Decimal | None = None

    def add_sale(self, full_price: Decimal, contribution: Decimal) -> None:
        """Count one row."""
        self.sales += 1
        self.full_price += full_price
        self.contribution += contribution


def merged(tallies: Iterable[Tally]) -> list[Tally]:
    """Add up what several sheets say of the same government, in the order met, rounded to cents once at the end.

    A printed total remains only when every sheet of that government has one: else there is nothing to compare with.
    """
    by_name: dict[str, Tally] = {}
    for tally in tallies:
        known = by_name.setdefault(tally.government, tally)
        if known is not tally:
            _absorb(known, tally)
    for tally in by_name.values():
        _round(tally)
    return list(by_name.values())


def _absorb(known: Tally, other: Tally) -> None:
    known.sales += other.sales
    known.full_price += other.full_price
    known.contribution += other.contribution
    if known.printed_total is None or other.printed_total is None:
        known.printed_total = None
    else:
        known.printed_total += other.printed_total


def _round(tally: Tally) -> None:
    tally.full_price = tally.full_price.quantize(CENT, ROUND_HALF_UP)
    tally.contribution = tally.contribution.quantize(CENT, ROUND_HALF_UP)
    if tally.printed_total is not None:
        tally.printed_total = tally.printed_total.quantize(CENT, ROUND_HALF_UP)
