"""What is asked and known of a card for as long as one question lasts. Nothing of it is ever kept.

Follows the UiTPAS API, "Swapped advantages of a holder" and "Card lookup".
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.models import Period


@dataclass(frozen=True, slots=True)
class CardNumber:
    """The 13 digits of a card, checked or sealed before. They show in no repr and in no message."""

    digits: str

    def __repr__(self) -> str:
        return "CardNumber(…)"

    @property
    def hint(self) -> str:
        """The sixth to ninth digits, by which whoever asked recognises the card.

        The beginning would tell the card system, the last but one whether the holder has the kansenstatuut.
        """
        return self.digits[5:9]


class Sort(StrEnum):
    """What cashed promotions are ordered by: title, balie, its municipality, or when they were cashed."""

    DATE = "CASHINGDATE"
    TITLE = "TITLE"
    BALIE = "BALIE"
    CITY = "CITY"


class Order(StrEnum):
    """Which end comes first."""

    DESC = "DESC"
    ASC = "ASC"

    @property
    def other(self) -> "Order":
        """The other way round."""
        return Order.ASC if self is Order.DESC else Order.DESC


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """What somebody wants to know of a card: asked for which mapped balie, over which days, in which order.

    `clipped` says that the period was to last longer, but the end was moved back to today.
    """

    number: CardNumber
    balie: int
    period: Period
    sort: Sort = Sort.DATE
    order: Order = Order.DESC
    clipped: bool = False


@dataclass(frozen=True, slots=True)
class CashedPromotion:
    """An advantage that points were swapped for.

    `swap` is the id of the swap itself, not of the advantage; None when it was not given. `points` is what it cost, in
    points, unsigned. `title` and `balie` may be empty.
    """

    swap: str | None
    title: str
    points: Decimal
    moment: datetime
    balie: str


@dataclass(frozen=True, slots=True)
class CashedPage:
    """One page as UiTPAS gave it: what could be read, and how many could not. `total` is over all pages, if told."""

    promotions: tuple[CashedPromotion, ...]
    broken: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Cashed:
    """All that a card was swapped for in a period, each swap once, in the order asked for.

    `broken` could not be read. `missing` is how many more UiTPAS counts than it gave. `is_cut` says that there is more
    than anyone reads.
    """

    promotions: tuple[CashedPromotion, ...]
    broken: int = 0
    missing: int = 0
    is_cut: bool = False

    @property
    def points(self) -> Decimal:
        """What they cost together."""
        return sum((promotion.points for promotion in self.promotions), Decimal(0))


class CardStatus(StrEnum):
    """Where a card is in its life, as far as a desk needs to know."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    DELETED = "deleted"
    NOT_GIVEN_OUT = "not_given_out"
    OTHER = "other"
