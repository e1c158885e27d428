"""The cards of the world: 13 digits with a kansenpas flag and a Luhn digit (UiTPAS API, UiTPAS number)."""

from dataclasses import dataclass
from random import Random

from bot.sandbox.uitpas.people import CardSystem, random_uid

CARDS = 400


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `holder_uid` is None for a card that still lies in stock."""

    number: str
    card_system: CardSystem
    kansenpas: bool
    status: str
    municipality: str
    holder_uid: str | None


def luhn_digit(twelve: str) -> str:
    """Return the digit that makes the whole number a multiple of ten under Luhn."""
    total = 0
    for place, digit in enumerate(reversed(twelve)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def make_cards(seed: int, systems: tuple[CardSystem, ...]) -> tuple[Card, ...]:
    """Return 400 cards; every municipality has at least two active kansenpassen."""
    random = Random(f"{seed}/cards")
    homes = [(system, town) for system in systems for town in system.municipalities]
    return tuple(_card(random, place, *homes[place % len(homes)], 2 * len(homes)) for place in range(CARDS))


def _card(random: Random, place: int, system: CardSystem, town: str, surely_active: int) -> Card:
    sure = place < surely_active
    status = "ACTIVE" if sure else random.choices(("ACTIVE", "BLOCKED", "LOCAL_STOCK"), (80, 8, 12))[0]
    kansenpas = sure or random.random() < 0.35
    sequence = f"09{system.number:03d}{1000 + 7 * place:06d}{int(kansenpas)}"
    holder = None if status == "LOCAL_STOCK" else random_uid(random)
    return Card(sequence + luhn_digit(sequence), system, kansenpas, status, town, holder)
