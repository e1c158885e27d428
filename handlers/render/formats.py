"""How dates, amounts, counts and other people's words look in a message."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from bot.models import Balie, Language, Period
from bot.redaction import mask_digits

_LOCALES: Final = {
    Language.NL: "nl_BE",
    Language.EN: "en_GB",  # en_BE writes 1.031,25 €, which reads as one euro to most who chose English
}
_DAY: Final = "d MMMM y"
_BLANKS: Final = re.compile(r"\s+")
_UNSEEN: Final = frozenset({"Cc", "Cs"})
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def euro(amount: Decimal, language: Language) -> str:
    """Write an amount in euro, to the cent: `€ 1.031,25` (with a non-breaking blank), or `€1,031.25`."""
    return format_currency(amount, "EUR", locale=_LOCALES[language])


def amount(value: Decimal, language: Language) -> str:
    """Write an amount to the cent, where its unit stands elsewhere: `1.031,25`, or `1,031.25`."""
    return format_decimal(value, "#,##0.00", locale=_LOCALES[language])


def count(n: int, language: Language) -> str:
    """Write a whole number with its thousands apart: `12.345`, or `12,345`."""
    return format_decimal(n, locale=_LOCALES[language])


def points(amount: Decimal, language: Language) -> str:
    """Write points, without zeros that say nothing: `12`, `2,5`, `1.250`."""
    return format_decimal(amount, "#,##0.#########", locale=_LOCALES[language])


def cost(amount: Decimal, language: Language) -> str:
    """Write what was paid in points as what it took: `−12`."""
    return points(amount, language) if amount <= 0 else f"−{points(amount, language)}"


def day(value: date, language: Language) -> str:
    """Write a day: `1 juli 2026`."""
    return format_date(value, _DAY, locale=_LOCALES[language])


def short_day(value: date, language: Language) -> str:
    """Write a day where there is little room: `01/07/2026`, day first in both languages."""
    return format_date(value, "dd/MM/y", locale=_LOCALES[language])


def period(value: Period, language: Language) -> str:
    """Write a period as two days: `1 juli – 30 september 2026`; one day as itself; both years when they differ.

    What this writes can be typed back as a period.
    """
    last = day(value.last, language)
    if value.first == value.last:
        return last
    if value.first.year == value.last.year:
        return f"{format_date(value.first, 'd MMMM', locale=_LOCALES[language])} – {last}"
    return f"{day(value.first, language)} – {last}"


def moment(value: datetime, language: Language, zone: ZoneInfo) -> str:
    """Write an aware moment as the clock of `zone` shows it: `15 juli 2026, 09:05`.

    Raises:
        ValueError: the moment is naive.
    """
    if value.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return format_datetime(value, f"{_DAY}, HH:mm", tzinfo=zone, locale=_LOCALES[language])


def clock_time(value: datetime, language: Language, zone: ZoneInfo) -> str:
    """Write what the clock of `zone` shows at an aware moment: `09:05`."""
    return format_datetime(value, "HH:mm", tzinfo=zone, locale=_LOCALES[language])


def escape(text: str) -> str:
    """Make a text literal for Slack's mrkdwn, where `&`, `<` and `>` are the only signs that can be escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, limit: int) -> str:
    """Put a text on one line of at most `limit` (1 or more) characters, a cut shown by an ellipsis.

    Control signs and those that turn the direction of reading are dropped; every run of blanks is one blank. Nothing is
    escaped: do that last.
    """
    line = _BLANKS.sub(" ", text)
    kept = "".join(sign for sign in line if sign not in _BIDI and unicodedata.category(sign) not in _UNSEEN)
    tidy = _BLANKS.sub(" ", kept).strip()
    return tidy if len(tidy) <= limit else f"{tidy[: limit - 1].rstrip()}…"


def echo(text: str) -> str:
    """Repeat what somebody typed, inside backticks and on one line: long numbers hidden, nothing in it has effect."""
    return escape(plain(mask_digits(text).replace("`", "'"), 40))


def desk(balie: Balie) -> str:
    """Name a balie in mrkdwn: its name on one line, escaped."""
    return escape(plain(balie.name, 80))
