"""What a balie may be called in Slack: `[a-z0-9][a-z0-9-]{0,30}`, and no word that means something else there."""

import re
import unicodedata
from collections.abc import Container, Iterator
from itertools import count
from typing import Literal

from bot.services.periods import is_period_word

VERBS = frozenset(
    {
        *("rapport", "report", "kaart", "card", "balies", "counters", "synchroniseer", "sync", "digest"),
        *("koppel", "connect", "ontkoppel", "disconnect", "status", "help"),
    }
)
"""Words of the command itself; no alias may be one of them, nor a word that belongs to a period."""
LONGEST = 31
_ALIAS = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")

Fault = Literal["signs", "word"]
"""What is wrong with an alias: its length or its signs; or it is a word of the command or of a period."""


def fault_in(alias: str) -> Fault | None:
    """Return what is wrong with an alias, None for nothing. Whether another balie has it is not looked at."""
    if not _ALIAS.fullmatch(alias):
        return "signs"
    return "word" if alias in VERBS or is_period_word(alias) else None


def tidied(typed: str) -> str:
    """Return the alias that somebody means who types capitals, blanks around it or a leading `@`."""
    return typed.strip().removeprefix("@").lower()


def folded(text: str) -> str:
    """Return a text as it is compared while searching: without case or diacritics, so that `cafe` is in `Café`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def made_from(name: str, number: int | None, taken: Container[str]) -> str:
    """Make a good alias of a balie's name that is not taken; of its number where the name yields none."""
    base = _cut("-".join(re.findall(r"[a-z0-9]+", _ascii(name))), LONGEST)
    if fault_in(base):
        base = "balie" if number is None else f"balie-{number}"
    return next(alias for alias in _variants(base) if alias not in taken and fault_in(alias) is None)


def _variants(base: str) -> Iterator[str]:
    yield base
    for turn in count(2):
        tail = f"-{turn}"
        yield _cut(base, LONGEST - len(tail)) + tail


def _ascii(name: str) -> str:
    """Keep letters and digits; a letter that has no plain form is left out, any other sign parts two words."""
    kept = (sign if sign.isascii() or not sign.isalpha() else "" for sign in folded(name))
    return "".join(kept)


def _cut(alias: str, most: int) -> str:
    if len(alias) <= most:
        return alias
    head = alias[:most]
    whole = head if alias[most] == "-" else head.rpartition("-")[0]
    return (whole or head).rstrip("-")
