"""What the sheets of a report come to: counts and sums, never a holder."""

from dataclasses import dataclass
from decimal import Decimal

MOST_EVENTS = 5
"""Events that are told of one report: those that brought most."""
LONGEST_EVENT = 75
"""Characters of an event's name."""
WORTH_A_CHART = 3
"""Governments from which on a picture says what two numbers beside each other do not."""


@dataclass(frozen=True, slots=True)
class GovernmentShare:
    """What one government owes, read from its sheet. Amounts in euro."""

    government: str
    sales: int
    full_price: Decimal
    contribution: Decimal
    printed_total: Decimal | None


@dataclass(frozen=True, slots=True)
class EventShare:
    """What one event brought in, over all governments: how many sales, and what they owe for it, in euro."""

    name: str
    sales: int
    contribution: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """What the sheets of a report say. `events` are those that brought most, the first the most; there may be none."""

    shares: tuple[GovernmentShare, ...]
    events: tuple[EventShare, ...] = ()

    @property
    def sales(self) -> int:
        """Number of sales over all governments."""
        return sum(share.sales for share in self.shares)

    @property
    def full_price(self) -> Decimal:
        """Full price of those sales, in euro."""
        return sum((share.full_price for share in self.shares), Decimal(0))

    @property
    def contribution(self) -> Decimal:
        """What all governments together owe, in euro."""
        return sum((share.contribution for share in self.shares), Decimal(0))

    @property
    def by_contribution(self) -> tuple[GovernmentShare, ...]:
        """The governments, who owes most first."""
        return tuple(sorted(self.shares, key=lambda share: (-share.contribution, share.government)))

    @property
    def is_charted(self) -> bool:
        """Whether a chart goes with it."""
        return len(self.shares) >= WORTH_A_CHART
