"""The servers of the stand-ins: a beginning, and an end at once that leaves nothing open."""

import asyncio
from typing import Self, cast

from aiohttp import web

TURNS = 5
"""Turns of the event loop until a connection that was accepted at the last moment is known."""


class Serving:
    """An application that is served. Make it with `Serving.begin`, end it with `end`."""

    def __init__(self, runner: web.AppRunner, server: asyncio.Server) -> None:
        self._runner = runner
        self._server = server
        self.port = int(server.sockets[0].getsockname()[1])

    @classmethod
    async def begin(cls, application: web.Application, host: str, port: int, *, patience: float) -> Self:
        """Listen; port 0 takes a free one. At the end, what is under way gets so many seconds.

        Raises:
            OSError: the port is taken.
        """
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=patience)
        await runner.setup()
        try:
            # not by a site of aiohttp, which keeps the listening socket to itself
            server = cast("web.Server", runner.server)
            return cls(runner, await asyncio.get_running_loop().create_server(server, host, port))
        except OSError:
            await runner.cleanup()
            raise

    async def end(self) -> None:
        """Stop listening and drop whatever is under way, what a visitor does not read included."""
        await self._stop_accepting()
        visitors = [one.transport for one in cast("web.Server", self._runner.server).connections]
        await self._runner.cleanup()
        for visitor in visitors:
            if isinstance(visitor, asyncio.WriteTransport):
                visitor.abort()
        await asyncio.sleep(0)

    async def _stop_accepting(self) -> None:
        """Let what was accepted come in before the server closes: asyncio loses it otherwise (Python 3.11)."""
        loop = asyncio.get_running_loop()
        for socket in self._server.sockets:
            loop.remove_reader(socket.fileno())
        for _ in range(TURNS):
            await asyncio.sleep(0)
        self._server.close()
