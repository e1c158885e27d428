"""A browser with the page open, as far as its server can tell."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json


class Browser:
    """One person's page."""

    def __init__(self, client: httpx.AsyncClient, person: str) -> None:
        self._client = client
        self._person = person

    async def sees(self) -> Json:
        """Return the whole snapshot."""
        answer = await self._client.get("/page/snapshot", params={"as": self._person})
        assert answer.status_code == 200
        return dict(answer.json())

    async def in_(self, channel: str) -> Json:
        """Return one conversation of the snapshot, by name."""
        [found] = (one for one in (await self.sees())["conversations"] if one["name"] == channel)
        return dict(found)

    async def does(self, act: str, **fields: Any) -> tuple[int, Json]:
        """Return status and answer of a POST."""
        answer = await self._client.post(f"/page/{act}", json={"as": self._person, **fields})
        return answer.status_code, answer.json()


@asynccontextmanager
async def opened(slack: SlackSandbox, person: str) -> AsyncIterator[Browser]:
    """Open the page as somebody."""
    async with httpx.AsyncClient(base_url=slack.url) as client:
        yield Browser(client, person)
