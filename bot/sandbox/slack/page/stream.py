"""Telling open pages that something changed. Follows "Server-sent events" of the HTML standard."""

import asyncio
import json

from aiohttp import web

from bot.sandbox.slack.world import World

KEEP_ALIVE = 15.0
TOGETHER = 0.02


class Stream:
    """Holds a connection open for every page that listens; `close` ends them all.

    What happens within `TOGETHER` seconds is told once. A page that went away is noticed when it is next
    written to: at the next change, or after `KEEP_ALIVE` seconds.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: set[asyncio.Event] = set()
        self._closed = False
        world.subscribe(self._wake)

    @property
    def listeners(self) -> int:
        """How many pages listen."""
        return len(self._open)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Tell one page the revision at once and after every change, until it goes away."""
        response = web.StreamResponse(headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        changed = asyncio.Event()
        self._open.add(changed)
        try:
            await self._tell(response, changed)
        except ConnectionError:
            pass
        finally:
            self._open.discard(changed)
        return response

    async def close(self, _: web.Application) -> None:
        """End every stream; later ones end at once."""
        self._closed = True
        self._wake()

    def _wake(self, _: int = 0) -> None:
        for changed in self._open:
            changed.set()

    async def _tell(self, response: web.StreamResponse, changed: asyncio.Event) -> None:
        await response.write(self._revision())
        while not self._closed:
            try:
                async with asyncio.timeout(KEEP_ALIVE):
                    await changed.wait()
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            await asyncio.sleep(TOGETHER)
            changed.clear()
            await response.write(self._revision())

    def _revision(self) -> bytes:
        return f"data: {json.dumps({'revision': self._world.revision})}\n\n".encode()
