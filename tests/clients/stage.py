"""What the tests of the UiTPAS client stand on: a clock that stands still, one employee, recorded requests, answers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bot.clients.exchange import Timeouts
from bot.clients.uitpas import UitpasClient
from bot.clock import Clock
from bot.models import UserToken

ANSWERS = Path(__file__).parents[1] / "data" / "uitpas"
BASE = "https://uitid.example/uitid/rest"
BALIE = "3C4D5E6F-1122-3344-5566778899AABBCC"
MOMENT = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
"""1,700,000,000 seconds after 1970, as the signing vectors have it."""
TOKEN = UserToken("staff-token", "staff-token-secret", "11111111-2222-3333-4444-555555555555")


class StillClock(Clock):
    """Stands at one moment; sleeping takes no time and is written down."""

    def __init__(self, moment: datetime = MOMENT) -> None:
        self.moment = moment
        self.slept: list[float] = []

    def now(self) -> datetime:
        """Return always the same."""
        return self.moment

    async def sleep(self, seconds: float) -> None:
        """Return at once."""
        self.slept.append(seconds)


@dataclass
class Server:
    """Answers from a list, the last one for ever, and keeps every request."""

    answers: list[httpx.Response | Exception]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def documented(name: str) -> bytes:
    """Return an answer as the API pages show it."""
    return (ANSWERS / f"{name}.xml").read_bytes()


def ok(name: str) -> httpx.Response:
    """Return a documented answer under HTTP 200."""
    return httpx.Response(200, content=documented(name))


@asynccontextmanager
async def talking_to(
    server: Callable[[httpx.Request], httpx.Response], *, clock: Clock | None = None, **more: Any
) -> AsyncIterator[UitpasClient]:
    """Give a client whose requests all end in `server`."""
    async with at(BASE, clock=clock, transport=httpx.MockTransport(server), **more) as client:
        yield client


@asynccontextmanager
async def at(url: str, *, clock: Clock | None = None, **more: Any) -> AsyncIterator[UitpasClient]:
    """Give a client for one address."""
    client = UitpasClient(
        base_url=url,
        consumer_key="bot-consumer",
        consumer_secret="bot-secret",
        clock=clock or StillClock(),
        **more,
    )
    try:
        yield client
    finally:
        await client.aclose()


HASTY = Timeouts(connect=2, read=0.2, write=2, pool=2, answer=1, download=1)
"""Time-outs for servers that are silent on purpose."""
