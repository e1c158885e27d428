"""The cards of the world: 13 digits with a kansenpas flag and a Luhn digit (UiTPAS API, UiTPAS number)."""

from dataclasses import dataclass
from random import Random

from bot.sandbox.uitpas.people import CardSystem, random_uid

CARDS = 400


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `chip` is 14 hex digits; `holder_uid` is None for a card that still lies in stock."""

    number: str
    chip: str
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


def is_card_number(text: str) -> bool:
    """Say whether that can be the number of a card: 13 digits, the last but one 0 or 1, the last right under Luhn."""
    if len(text) != 13 or not (text.isascii() and text.isdigit()):
        return False
    return text[-2] in "01" and text[-1] == luhn_digit(text[:12])


def make_chip(random: Random) -> str:
    """Return the number of an NFC chip."""
    return f"{random.getrandbits(56):014X}"


def make_cards(seed: int, systems: tuple[CardSystem, ...]) -> tuple[Card, ...]:
    """Return 400 cards; every municipality has at least two active kansenpassen."""
    random, chips = Random(f"{seed}/cards"), Random(f"{seed}/chips")
    homes = [(system, town) for system in systems for town in system.municipalities]
    sure = 2 * len(homes)
    return tuple(_card(random, make_chip(chips), place, *homes[place % len(homes)], sure) for place in range(CARDS))


def _card(random: Random, chip: str, place: int, system: CardSystem, town: str, surely_active: int) -> Card:
    sure = place < surely_active
    status = "ACTIVE" if sure else random.choices(("ACTIVE", "BLOCKED", "LOCAL_STOCK"), (80, 8, 12))[0]
    kansenpas = sure or random.random() < 0.35
    sequence = f"09{system.number:03d}{1000 + 7 * place:06d}{int(kansenpas)}"
    holder = None if status == "LOCAL_STOCK" else random_uid(random)
    return Card(sequence + luhn_digit(sequence), chip, system, kansenpas, status, town, holder)
