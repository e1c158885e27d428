"""A client and a UiTPAS stand-in on one clock, for the tests of the calls about a card."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

from bot.cards import CardNumber
from bot.clients.uitpas import UitpasClient
from bot.errors import UitpasError
from bot.models import UserToken
from bot.sandbox.uitpas import KNOWN_CARDS, UitpasSandbox
from tests.support.clock import StillClock

SWAPPED, KANSENPAS = (CardNumber(KNOWN_CARDS[name]) for name in ("swapped", "kansenpas"))
READ = "PERMISSION_PASSHOLDER - ACTION_READ"


@dataclass
class Line:
    """A client, the stand-in it speaks to, and the clock of both."""

    client: UitpasClient
    uitpas: UitpasSandbox
    clock: StillClock

    @property
    def key(self) -> str:
        """The consumer key of De Sluis, where Lien works."""
        return self.uitpas.world.balies[0].consumer_key

    @property
    def asked(self) -> list[tuple[str, dict[str, str]]]:
        """Every call that came in: its name and all its parameters."""
        return [(call.name, dict(call.params)) for call in self.uitpas.calls]

    def employee(self, nick: str = "lien") -> UserToken:
        """Return the token of an employee."""
        return self._token(self.uitpas.employee(nick).uid)

    def holder(self, number: CardNumber) -> UserToken:
        """Return the token of whoever holds a card."""
        card = self.uitpas.world.card(number.digits)
        return self._token(card.holder_uid or "" if card else "")

    def add_swaps(self, *moments: datetime) -> None:
        """Have the holder of `KANSENPAS` swap at these moments, numbered from 1."""
        pattern = next(swap for swap in self.uitpas.world.swaps if swap.card.number == KANSENPAS.digits)
        made = (replace(pattern, number=place, moment=moment) for place, moment in enumerate(moments, 1))
        self.uitpas.world.swaps = (*self.uitpas.world.swaps, *made)

    def _token(self, uid: str) -> UserToken:
        return UserToken(*self.uitpas.issue_token(uid), uid)


@asynccontextmanager
async def connected(**settings: Any) -> AsyncIterator[Line]:
    """Connect a client with a stand-in."""
    clock = StillClock()
    uitpas = UitpasSandbox(now=clock.now, sleep=clock.sleep, **settings)
    await uitpas.start()
    client = UitpasClient(
        base_url=uitpas.api_url, consumer_key=uitpas.consumer_key, consumer_secret=uitpas.consumer_secret, clock=clock
    )
    yield Line(client, uitpas, clock)
    await client.aclose()
    await uitpas.aclose()


async def refused(line: Line, token: UserToken, key: str | None, number: CardNumber = SWAPPED) -> tuple[Any, ...]:
    """Return why nothing is told: the kind of the error, its code, and the permission that is missing."""
    with pytest.raises(UitpasError) as caught:
        await line.client.cashed_promotions(token, key, number)
    return type(caught.value), caught.value.code, getattr(caught.value, "required_permission", None)
