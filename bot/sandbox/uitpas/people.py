"""Who works at which balie, and the card systems the balies belong to (UiTPAS API, balies of an employee)."""

from dataclasses import dataclass
from random import Random
from uuid import UUID

from bot.sandbox.uitpas.names import BALIES, CARD_SYSTEMS, EMPLOYEES


@dataclass(frozen=True, slots=True)
class CardSystem:
    """A regional programme and the municipalities whose governments pay their part in it."""

    number: int
    name: str
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balie:
    """A desk. The name is as somebody once typed it, blanks included; `actor_id` may be empty or None."""

    number: int
    consumer_key: str
    name: str
    card_systems: tuple[CardSystem, ...]
    city: str
    postal_code: str
    actor_id: str | None


@dataclass(frozen=True, slots=True)
class Role:
    """What an employee is at one balie: `admin` or `member`."""

    balie: int
    role: str


@dataclass(frozen=True, slots=True)
class Employee:
    """A person with a UiTiD account who works at the balies of `roles`, or at none."""

    uid: str
    nick: str
    name: str
    roles: tuple[Role, ...]

    def role_at(self, balie: Balie) -> str | None:
        """Return `admin`, `member`, or None when this balie is not theirs."""
        return next((role.role for role in self.roles if role.balie == balie.number), None)


def make_card_systems() -> tuple[CardSystem, ...]:
    """Return the card systems, the same in every world."""
    return tuple(CardSystem(number, name, towns) for number, name, towns in CARD_SYSTEMS)


def make_balies(seed: int, systems: tuple[CardSystem, ...]) -> tuple[Balie, ...]:
    """Return the balies; their keys come from the seed, in the shapes that are seen in the wild."""
    random = Random(f"{seed}/balies")
    by_number = {system.number: system for system in systems}
    balies = []
    for place, (number, name, system_numbers, city, postal_code) in enumerate(BALIES):
        key = _consumer_key(random, place)
        own = tuple(by_number[one] for one in system_numbers)
        balies.append(Balie(number, key, name, own, city, postal_code, _actor_id(place, key)))
    return tuple(balies)


def make_employees(seed: int) -> tuple[Employee, ...]:
    """Return the employees; their uids come from the seed."""
    random = Random(f"{seed}/employees")
    return tuple(
        Employee(random_uid(random), nick, name, tuple(Role(*role) for role in roles.items()))
        for nick, name, roles in EMPLOYEES
    )


def random_uid(random: Random) -> str:
    """Return a UiTiD id: a UUID."""
    return str(UUID(int=random.getrandbits(128), version=4))


def _consumer_key(random: Random, place: int) -> str:
    digits = f"{random.getrandbits(128):032x}"
    long_tail = f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:]}"
    shapes = (long_tail.upper(), long_tail, str(UUID(hex=digits)), digits, f"testkey-{digits[:12]}")
    return shapes[place % len(shapes)]


def _actor_id(place: int, key: str) -> str | None:
    return (key, key, "", None, "museum-actor")[place % 5]
