"""The forms in which people write a stretch of days, and the days each one means. Pure: today is passed in.

Texts reach this module folded: lower case, one plain blank between words, every dash a hyphen. Two numbers before
a year are always day and month, as Belgians write them; only a leading year turns that round. Years run from 2000
to 2100.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from bot.models import Period

_MONTH_NAMES: Final = (
    "jan januari january",
    "feb februari february",
    "mrt mar maart march",
    "apr april",
    "mei may",
    "jun juni june",
    "jul juli july",
    "aug augustus august",
    "sep sept september",
    "okt oct oktober october",
    "nov november",
    "dec december",
)
_MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
)
_CURRENT: Final = frozenset({"deze", "dit", "this"})
_PREVIOUS: Final = frozenset({"vorig", "vorige", "last", "previous"})
_UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {"maand": 1, "month": 1, "kwartaal": 3, "quarter": 3, "jaar": 12, "year": 12}
)
_DAYS_AGO: Final[Mapping[str, int]] = MappingProxyType({"vandaag": 0, "today": 0, "gisteren": 1, "yesterday": 1})
_OPENERS: Final = frozenset({"van", "from"})
_JOINERS: Final = frozenset({"t/m", "tem", "tot", "to", "until", "till"})

VOCABULARY: Final = frozenset[str]().union(_MONTHS, _CURRENT, _PREVIOUS, _UNITS, _DAYS_AGO, _OPENERS, _JOINERS)
"""Every word that only a period is written with."""


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_YEAR: Final = r"(?P<year>20[0-9]{2}|2100)"
_MONTH: Final = r"(?P<month>[0-9]{1,2})"
_NAME: Final = rf"(?P<name>{_either(_MONTHS)})\.?"
_QUARTER: Final = r"q(?P<quarter>[1-4])"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_END: Final = r"(?![^ -])"


def _forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern + _END) for pattern in patterns)


DAYS: Final = _forms(
    rf"{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}",
    rf"{_DAY}(?P<mark>[-/.]){_MONTH}(?P=mark){_YEAR}",
    rf"{_DAY}[ -]{_NAME}[ -]{_YEAR}",
    rf"{_NAME} {_DAY},? {_YEAR}",
)
"""One day with its year."""

SPANS: Final = DAYS + _forms(
    rf"{_NAME}[ -]?{_YEAR}",
    rf"{_YEAR}[-/]{_MONTH}",
    rf"{_MONTH}[-/]{_YEAR}",
    rf"{_QUARTER}[ -/]?{_YEAR}",
    rf"{_YEAR}[ -/]?{_QUARTER}",
    _YEAR,
    rf"(?P<previous>{_either(_PREVIOUS)}) (?P<unit>{_either(_UNITS)})",
    rf"(?P<current>{_either(_CURRENT)}) (?P<unit>{_either(_UNITS)})",
    rf"(?P<near>{_either(_DAYS_AGO)})",
)
"""Everything that is a period by itself; where one form begins like another, the longer stands first."""

YEARLESS: Final = _forms(rf"{_DAY}[ -]{_NAME}", _NAME, _QUARTER, _DAY)
"""What may open a range whose end is of the same form and names the year (and, for a bare day, the month)."""

OPENER: Final = re.compile(rf"(?:{_either(_OPENERS)}) ")
JOINER: Final = re.compile(rf" ?- ?| (?:tot en met|{_either(_JOINERS)}) ")

LIKE_A_PART: Final = re.compile(rf"\d*|[0-9]*q[0-9]+|(?:{_either(VOCABULARY)})(?:[0-9]{{4}})?")
"""What stands between the dashes, dots and slashes of anything meant as a period."""


def days(form: re.Match[str], *, today: date, end: date | None = None) -> Period:
    """Say which days a matched form means.

    Args:
        form: a match of one of `SPANS`, or of `YEARLESS` together with `end`.
        today: the day that "gisteren" and "vorige maand" count from.
        end: last day of the range that a yearless form opens; lends its year, and its month to a bare day.

    Raises:
        ValueError: there is no such day or month, like 31 June.
        OverflowError: a day before the year 1.
    """
    said = {name: value for name, value in form.groupdict().items() if value is not None}
    if "near" in said:
        day = today - timedelta(days=_DAYS_AGO[said["near"]])
        return Period(day, day)
    if "unit" in said:
        return _around(today, _UNITS[said["unit"]], back="previous" in said)
    year = int(said["year"]) if "year" in said else (end or today).year
    if "quarter" in said:
        return _months(year, 3 * int(said["quarter"]) - 2, 3)
    month = _MONTHS[said["name"]] if "name" in said else int(said.get("month", 0))
    if "day" in said:
        day = date(year, month or (end or today).month, int(said["day"]))
        return Period(day, day)
    return _months(year, month, 1) if {"name", "month"} & said.keys() else _months(year, 1, 12)


def _around(today: date, length: int, *, back: bool) -> Period:
    """The block of `length` months, counted from January, that holds today; or the block before it."""
    first = today.month - (today.month - 1) % length
    block = _months(today.year, first, length)
    return _around(block.first - timedelta(days=1), length, back=False) if back else block


def _months(year: int, month: int, length: int) -> Period:
    after = month - 1 + length
    end = date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return Period(date(year, month, 1), end)
