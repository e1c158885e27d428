"""The card question below the front door: a real database, the real client, and the stand-in on one clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.cards import CardNumber, CardQuestion, Cashed
from bot.clients.uitpas import UitpasClient
from bot.models import Period, UserToken
from bot.sandbox.uitpas import KNOWN_CARDS, UitpasSandbox
from bot.sealing import Sealer, new_key
from bot.services.balies import Balies
from bot.services.cards import CardAnswer, Cards, Swapped
from bot.services.linking import Linking
from bot.services.rations import Ration
from bot.services.trust import Trust
from storage.database import Database
from tests.support.clock import StillClock

YEAR = Period(date(2025, 7, 15), date(2026, 7, 15))
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass
class Desk:
    """Lien, linked as U1 of T1 where De Sluis is mapped, and all that answers her."""

    uitpas: UitpasSandbox
    clock: StillClock
    database: Database
    linking: Linking
    file: Path

    @property
    def asked(self) -> list[str]:
        """The names of the calls that UiTPAS got."""
        return [call.name for call in self.uitpas.calls]

    async def ask(self, name: str = "swapped", *, team: str = "T1", user: str = "U1", **other: Any) -> CardAnswer:
        """Ask for a known card over a year."""
        client = self.client()
        answer = await self.cards(client).ask(team, user, asked(name, **other))
        await client.aclose()
        return answer

    async def found(self, name: str = "swapped", **other: Any) -> Cashed:
        """Return what a known card was swapped for."""
        answer = await self.ask(name, **other)
        assert isinstance(answer, Swapped)
        assert answer.balie.name == "CC De Sluis"
        return answer.cashed

    def cards(self, client: UitpasClient) -> Cards:
        """Return the service on this client, with nothing asked before."""
        ration = Ration(clock=self.clock)
        trust = Trust(uitpas=client, linking=self.linking, clock=self.clock)
        return Cards(database=self.database, uitpas=client, linking=self.linking, trust=trust, ration=ration)

    def client(self, transport: httpx.AsyncBaseTransport | None = None) -> UitpasClient:
        """Return a client of the stand-in, or of whatever the transport leads to."""
        return UitpasClient(
            base_url=self.uitpas.api_url,
            consumer_key=self.uitpas.consumer_key,
            consumer_secret=self.uitpas.consumer_secret,
            clock=self.clock,
            transport=transport,
        )

    def add_swaps(self, count: int) -> None:
        """Have the holder of the card `unused` swap so many times, an hour apart, numbered from 1."""
        pattern, card = self.uitpas.world.swaps[0], self.uitpas.world.card(KNOWN_CARDS["unused"])
        assert card is not None
        made = [
            replace(pattern, number=number, card=card, moment=FIRST + timedelta(hours=number))
            for number in range(1, count + 1)
        ]
        self.uitpas.world.swaps = (*self.uitpas.world.swaps, *made)


class LoopTime:
    """The time of the event loop, which moves on by as much as the stand-in would hold an answer back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        before, self.ahead = loop.time, 0.0
        monkeypatch.setattr(loop, "time", lambda: before() + self.ahead)

    async def sleep(self, seconds: float) -> None:
        """Move on at once, and let whoever waited for that moment act first."""
        self.ahead += seconds
        for _ in range(5):
            await asyncio.sleep(0)


def asked(name: str, **other: Any) -> CardQuestion:
    return replace(CardQuestion(CardNumber(KNOWN_CARDS[name]), 1, YEAR), **other)


@asynccontextmanager
async def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """Give Lien a desk, with its database in this folder."""
    clock, file = StillClock(), folder / "baliebot.db"
    uitpas = UitpasSandbox(now=clock.now, sleep=LoopTime(monkeypatch).sleep)
    await uitpas.start()
    database = await Database.open(file, kind="serve")
    linking = await Linking.open(database=database, sealer=Sealer([new_key()]), clock=clock)
    lien = uitpas.employee("lien").uid
    await linking.keep("T1", "U1", UserToken(*uitpas.issue_token(lien), lien))
    key = uitpas.world.balies[0].consumer_key
    mapping = f"alias,name,consumer_key,channels\nde-sluis,CC De Sluis,{key},\n"
    await Balies(database=database, clock=clock).import_csv("T1", mapping)
    yield Desk(uitpas, clock, database, linking, file)
    await database.aclose()
    await uitpas.aclose()
