"""What may not be read in a log or a message: long numbers (a card has 13 digits, a national number 11) and tokens."""

import re
from typing import Any

MASK = "•••"

_MANY = 9
_BETWEEN = r"(?:[\s./+\-‐‑‒–—−]|%20)*"
_LONG = re.compile(rf"\d(?:{_BETWEEN}\d){{8,}}")
_DAY = r"\d{4}-\d\d-\d\d(?: \d\d)?"
_DAYS = re.compile(rf"{_DAY}(?:\s*[–-]?\s*{_DAY})*|\d\d\.\d{{6}}\+\d\d")
"""What `_LONG` finds of written days and moments: it stops at the colons of a time."""

_SHAPES = re.compile(r"xox[a-z](?:\.xox[a-z])?(?:-[A-Za-z0-9]+)+|xapp(?:-[A-Za-z0-9]+)+|\bBearer\s+[\w.~+/=-]+")
_NAMED = re.compile(
    r"""["']?\w*(?:oauth_\w+|token|secret|verifier)\\?["']?\s*[:=]\s*\\?["']?[^\s&"'\\,;}]+\\?["']?""", re.IGNORECASE
)
_SECRET_KEY = re.compile(r"token|secret|verifier|password|authorization", re.IGNORECASE)


def mask_numbers(text: str) -> str:
    """Return the text with digit runs of nine and more masked, whatever stands between the digits; days stay."""
    return _LONG.sub(_keep_days, text)


def mask_digits(text: str) -> str:
    """Return the text without its digits when there are nine or more in all, whatever stands between them."""
    return re.sub(r"\d+", MASK, text) if sum(map(str.isdigit, text)) >= _MANY else text


def mask_shapes(text: str) -> str:
    """Return the text without long numbers and without what has the shape of a token. Keeps JSON what it is."""
    return mask_numbers(_SHAPES.sub(MASK, text))


def redact(value: Any) -> Any:
    """Return the value with every text in it masked, tokens that are only known by their name included."""
    if isinstance(value, str):
        return mask_shapes(_NAMED.sub(MASK, value))
    if isinstance(value, dict):
        return {key: MASK if _SECRET_KEY.search(str(key)) else redact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(inner) for inner in value]
    if isinstance(value, int) and abs(value) > 99_999_999:
        return MASK
    return value if value is None or isinstance(value, bool | int | float) else redact(str(value))


def _keep_days(found: re.Match[str]) -> str:
    return found[0] if _DAYS.fullmatch(found[0]) else MASK
