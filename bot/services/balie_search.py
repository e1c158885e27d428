"""Finding a balie while somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.models import Balie
from bot.services.aliases import folded, tidied


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found: the best of it, and how much there is in all."""

    balies: tuple[Balie, ...]
    total: int


def best(labels: Iterable[tuple[int, str, str]], typed: str) -> list[int]:
    """Return the ids of the balies that hold every word typed in alias or name, the best first.

    `labels` are id, alias and name, in the order that stays among equals. Best is the alias itself, then whatever
    begins with what was typed.
    """
    words = folded(tidied(typed)).split()
    phrase = " ".join(words)
    ranked: list[tuple[int, int]] = []
    for balie, alias, name in labels:
        plain = folded(name)
        if all(word in alias or word in plain for word in words):
            ranked.append((_rank(alias, plain, phrase), balie))
    return [balie for _, balie in sorted(ranked, key=lambda one: one[0])]


def _rank(alias: str, name: str, phrase: str) -> int:
    if alias == phrase:
        return 0
    return 1 if alias.startswith(phrase) or name.startswith(phrase) else 2
