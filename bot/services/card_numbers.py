"""The number of a card as people type it: checked before anything is sent, and never repeated. Pure.

Follows the UiTPAS API, "UiTPAS number": 13 digits, the last but one the kansenpas flag, the last one Luhn's.
"""

import re
import unicodedata
from typing import Final, Literal

from bot.cards import CardNumber
from bot.errors import BaliebotError
from bot.redaction import mask_digits, mask_numbers

DIGITS: Final = 13
NATIONAL: Final = 11
"""A number of so many digits is somebody's national number rather than a card's."""

NumberTrouble = Literal["missing", "signs", "length", "national", "check", "flag"]

_BETWEEN: Final = str.maketrans("", "", " .-/‐‑‒–—−\u00a0\u202f\u2009\t")
_SIGN: Final = re.compile(r"[.\-/‐‑‒–—−]+")
_GROUP: Final = re.compile(r"[0-9][0-9 .\-/‐‑‒–—−]*", re.ASCII)


class CardNumberError(BaliebotError):
    """What was typed is no card number. The message is the kind alone, never what was typed.

    Attributes:
        kind: `missing`; `signs` (other signs than digits, blanks, dots and dashes); `length`; `national` (a national
            number, by its length); `check` (the check digit does not fit the others); `flag` (the last digit but one is
            neither 0 nor 1).
        digits: how many there were.
    """

    def __init__(self, kind: NumberTrouble, digits: int = 0) -> None:
        super().__init__(kind)
        self.kind: NumberTrouble = kind
        self.digits = digits


def read_number(text: str) -> CardNumber:
    """Return the number that somebody typed, blanks, dots and dashes left out.

    Raises:
        CardNumberError: one of the checks failed.
    """
    digits = unicodedata.normalize("NFKC", text).translate(_BETWEEN)
    if not digits:
        raise CardNumberError("missing")
    if not (digits.isascii() and digits.isdigit()):
        raise CardNumberError("signs")
    if len(digits) != DIGITS:
        raise CardNumberError("national" if len(digits) == NATIONAL else "length", len(digits))
    if _luhn(digits) % 10:
        raise CardNumberError("check", DIGITS)
    if digits[-2] not in "01":
        raise CardNumberError("flag", DIGITS)
    return CardNumber(digits)


def take_number(words: str) -> tuple[CardNumber | None, str]:
    """Return the number at the head of what was typed, and the words after it.

    Groups of digits are taken until they make 13. Without any there is no number, and all words are handed back; unless
    a long number stands among them, which is then in the wrong place or has other signs in it.

    Raises:
        CardNumberError: what is there is no card number.
    """
    parts = unicodedata.normalize("NFKC", words).split()
    has_number = mask_numbers(words) != words or any(mask_digits(part) != part for part in parts)
    if parts and has_number and not _GROUP.fullmatch(parts[0]):
        raise CardNumberError("signs")
    taken = ""
    for place, part in enumerate(parts):
        is_group = _GROUP.fullmatch(part) or (taken and _SIGN.fullmatch(part))
        if len(taken) >= DIGITS or not is_group:
            return _checked(taken), " ".join(parts[place:])
        more = part.translate(_BETWEEN)
        if len(taken) == NATIONAL and (len(taken) + len(more) > DIGITS or _is_national(taken)):
            raise CardNumberError("national", NATIONAL)
        taken += more
    return _checked(taken), ""


def _checked(taken: str) -> CardNumber | None:
    return read_number(taken) if taken else None


def _is_national(digits: str) -> bool:
    """Follow the UiTPAS API, "INSZ": what comes after it may be a day or a year rather than more of a card."""
    born, check = int(digits[:9]), int(digits[9:])
    return check in {97 - born % 97, 97 - (2_000_000_000 + born) % 97}


def _luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total
