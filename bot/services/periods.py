"""What people type about time, turned into two dates. Pure: no clock, no zone, no I/O.

A period is two inclusive calendar days. What is read here are the forms of `bot.services.period_forms`, one of them or
a range between two; the words around it, such as the alias of a balie, are handed back.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.errors import BaliebotError
from bot.models import Period
from bot.services import period_forms as forms

LONGEST_TEXT: Final = 200
"""Characters; what is longer is refused before anything else looks at it."""

_DASHES: Final = dict.fromkeys(map(ord, "‐‒–—―−"), "-")
_NEVER_TYPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

PeriodTrouble = Literal["unreadable", "reversed", "impossible_date", "future", "too_long_input"]


class PeriodError(BaliebotError):
    """The words are no period. The message is the kind alone, never what was typed.

    Attributes:
        kind: `unreadable`; `reversed` (the end stands before the start); `impossible_date` (31 June); `future`
            (nothing of it has happened yet); `too_long_input` (more than `LONGEST_TEXT` characters).
        period: of a `reversed` one, the same days the right way round; of a `future` one, the days meant.
    """

    def __init__(self, kind: PeriodTrouble, period: Period | None = None) -> None:
        super().__init__(kind)
        self.kind: PeriodTrouble = kind
        self.period = period


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says.

    `period` is None when nothing in it is about time. `clipped` says that the end was moved back to today. `rest` holds
    the other words, in their order, in lower case and without a leading @; whether they name anything is for the caller
    to find out.
    """

    period: Period | None
    clipped: bool
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    period: Period
    starts: int
    ends: int


def read(text: str, *, today: date) -> Words:
    """Read at most one period, and the words beside it.

    Args:
        text: as typed; upper case, extra and non-breaking blanks and full-width digits are fine.
        today: the present day in the zone that says what a day is.

    Raises:
        PeriodError: the text can't be read, or the period can't be asked for.
    """
    folded = _fold(text)
    found = _only_one(_search(folded, today))
    outside = folded if found is None else f"{folded[: found.starts]} {folded[found.ends :]}"
    rest = tuple(word.removeprefix("@") for word in outside.split())
    if any(is_period_word(word) for word in rest):
        raise PeriodError("unreadable")
    if found is None:
        return Words(None, clipped=False, rest=rest)
    return Words(_until(today, found.period), clipped=found.period.last > today, rest=rest)


def whole(first: date, last: date, *, today: date) -> Words:
    """Take a period of two dates that somebody picked, by the same rules as one that is typed.

    Raises:
        PeriodError: `reversed` or `future`.
    """
    if first > last:
        raise PeriodError("reversed", Period(last, first))
    return Words(_until(today, Period(first, last)), clipped=last > today, rest=())


def last_quarter(today: date) -> Period:
    """Return the last calendar quarter that is over, which is what a balie most often claims."""
    month = today.month - (today.month - 1) % 3
    last = date(today.year, month, 1) - timedelta(days=1)
    return Period(date(last.year, last.month - 2, 1), last)


def past_year(today: date) -> Period:
    """Return the year up to and including today, from the same day of the year before; 29 February has the 28th."""
    try:
        first = today.replace(year=today.year - 1)
    except ValueError:
        first = today.replace(year=today.year - 1, day=28)
    return Period(first, today)


def is_period_word(word: str) -> bool:
    """Tell whether a word can belong to a period, so that no balie may be called so.

    True for numbers of any length, months, quarters, "vorige", "tot" and their kin, and such words joined by dashes.
    """
    plain = _plain(word).strip()
    parts = re.split(r"[-/.,]", plain)
    return plain in forms.VOCABULARY or all(forms.LIKE_A_PART.fullmatch(part) for part in parts)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().translate(_DASHES)


def _fold(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise PeriodError("too_long_input")
    folded = re.sub(r"[ \t\r\n]+", " ", _plain(text)).strip()
    if any(sign in "<>" or unicodedata.category(sign) in _NEVER_TYPED for sign in folded):
        raise PeriodError("unreadable")
    return folded


def _only_one(found: Iterator[_Found]) -> _Found | None:
    first, second = next(found, None), next(found, None)
    if second is not None:
        raise PeriodError("unreadable")
    return first


def _search(text: str, today: date) -> Iterator[_Found]:
    at = 0
    while at < len(text):
        try:
            found = _found_at(text, at, today)
        except (ValueError, OverflowError):
            raise PeriodError("impossible_date") from None
        if found is not None:
            yield found
            at = found.ends
        blank = text.find(" ", at)
        at = len(text) if blank < 0 else blank + 1


def _found_at(text: str, at: int, today: date) -> _Found | None:
    opener = forms.OPENER.match(text, at)
    for form in forms.SPANS + forms.YEARLESS:
        head = form.match(text, opener.end() if opener else at)
        if head is None:
            continue
        if tail := _tail(text, head):
            return _Found(_range(head, tail, today), at, tail.end())
        if not opener and form in forms.SPANS and _ends_a_word(head):
            return _Found(forms.days(head, today=today), at, head.end())
    return None


def _tail(text: str, head: re.Match[str]) -> re.Match[str] | None:
    """The end of a range that `head` opens. Between two whole dates a blank will do."""
    joiner = forms.JOINER.match(text, head.end())
    if joiner is None and head.re not in forms.DAYS:
        return None
    starts = joiner.end() if joiner else head.end() + 1
    tails = (form.match(text, starts) for form in (forms.SPANS if joiner else forms.DAYS))
    return next((tail for tail in tails if tail and _ends_a_word(tail) and _is_alike(head, tail)), None)


def _ends_a_word(form: re.Match[str]) -> bool:
    return form.string[form.end() : form.end() + 1] in {"", " "}


def _is_alike(head: re.Match[str], tail: re.Match[str]) -> bool:
    return head.re in forms.SPANS or head.re.groupindex.keys() <= tail.re.groupindex.keys()


def _range(head: re.Match[str], tail: re.Match[str], today: date) -> Period:
    end = forms.days(tail, today=today)
    start = forms.days(head, today=today, end=end.last)
    if start.first > end.last:
        raise PeriodError("reversed", Period(end.first, start.last))
    return Period(start.first, end.last)


def _until(today: date, period: Period) -> Period:
    if period.first > today:
        raise PeriodError("future", period)
    return Period(period.first, min(period.last, today))
