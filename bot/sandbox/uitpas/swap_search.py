"""Which swaps are asked for, in which order, and which page of them (UiTPAS API, swapped advantages of a holder)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.uitpas.answers import Refusal
from bot.sandbox.uitpas.moments import read_w3c_moment
from bot.sandbox.uitpas.people import Balie
from bot.sandbox.uitpas.questions import Question
from bot.sandbox.uitpas.swaps import Swap

MOST = 100
"""Rows of one page at most. UiTPAS documents no limit; a server has one, and `total` tells that there is more."""

Row = tuple[Swap, Balie]

_TEXTS: dict[str, Callable[[Row], str]] = {
    "TITLE": lambda row: row[0].title,
    "BALIE": lambda row: row[1].name,
    "CITY": lambda row: row[1].city,
}


@dataclass(frozen=True, slots=True)
class SwapSearch:
    """What one call asks for.

    Attributes:
        begin: the first moment, inclusive; None for no such limit.
        end: the last moment, inclusive; None for no such limit.
        sort: TITLE, BALIE, CITY or CASHINGDATE.
        descending: the order of `sort`.
        start: how many rows are passed over.
        most: how many rows there may be at most, from 0 to `MOST`.
    """

    begin: datetime | None
    end: datetime | None
    sort: str
    descending: bool
    start: int
    most: int

    def found(self, rows: Iterable[Row]) -> list[Row]:
        """Return all rows within the period, in order.

        Texts are compared without case and without blanks around them. Equal ones come newest first in either
        order, swaps of one moment by their number, so that pages never overlap.
        """
        within = sorted((row for row in rows if self._holds(row[0].moment)), key=lambda row: row[0].number)
        by_moment = self.descending if self.sort == "CASHINGDATE" else True
        within.sort(key=lambda row: row[0].moment.timestamp(), reverse=by_moment)
        if self.sort != "CASHINGDATE":
            text = _TEXTS[self.sort]
            within.sort(key=lambda row: text(row).strip().casefold(), reverse=self.descending)
        return within

    def page(self, found: list[Row]) -> list[Row]:
        """Return the rows of the page that is asked for."""
        return found[self.start : self.start + self.most]

    def _holds(self, moment: datetime) -> bool:
        return (self.begin is None or self.begin <= moment) and (self.end is None or moment <= self.end)


def read_search(question: Question) -> SwapSearch:
    """Read the parameters of a call.

    Raises:
        Refusal: INVALID_PARAMETERS, for dates as well, as this call documents no code of their own;
            INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE.
    """
    question.allow("balieConsumerKey", "cashingPeriodBegin", "cashingPeriodEnd", "sort", "order", "max", "start")
    begin, end = _moment(question, "cashingPeriodBegin"), _moment(question, "cashingPeriodEnd")
    if begin is not None and end is not None and begin > end:
        raise Refusal("INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE", "The period ends before it begins.")
    return SwapSearch(
        begin,
        end,
        question.choice("sort", ("CASHINGDATE", *_TEXTS)),
        question.choice("order", ("DESC", "ASC")) == "DESC",
        question.number("start", 0),
        min(question.number("max", 20), MOST),
    )


def _moment(question: Question, name: str) -> datetime | None:
    text = question.get(name)
    try:
        return None if text is None else read_w3c_moment(text)
    except ValueError:
        raise Refusal("INVALID_PARAMETERS", f"{name} is no W3C date.") from None
