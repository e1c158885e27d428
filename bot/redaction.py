"""Long numbers are masked wherever they may be read: a card number has 13 digits, a national number 11."""

import re

MASK = "•••"
_LONG = re.compile(r"\d(?:[\s./\-‐‑‒–—−]*\d){8,}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d)?")
"""What `_LONG` finds of a written moment: it stops at the colon of the time."""


def mask_numbers(text: str) -> str:
    """Return the text with digit runs of nine and more (blanks, dots and dashes not counted) masked; dates stay."""
    return _LONG.sub(_keep_moments, text)


def _keep_moments(found: re.Match[str]) -> str:
    return found[0] if _MOMENT.fullmatch(found[0]) else MASK
