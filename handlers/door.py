"""The bot's HTTP door: one request a connection, a limit on how long it lasts, and on how many there are.

aiohttp alone lets a connection that sends nothing, or a byte now and then, stay for as long as it likes. What it logs
of a request that it can't read quotes the bytes, so here only the kind of trouble is logged.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

log = structlog.get_logger(__name__)
LONGEST_SECONDS = 15.0
"""What a person or Slack waits for takes three seconds; the body and the database may take five each."""
MOST_CONNECTIONS = 200
LAST_ANSWERS = 1.5
"""Seconds for acknowledgements that are under way at the end; they take milliseconds."""
LAST_TURNS = 5
"""Turns of the event loop until a connection that was accepted at the last moment is known."""


@asynccontextmanager
async def serving(
    application: web.Application,
    *,
    host: str,
    port: int,
    longest_seconds: float = LONGEST_SECONDS,
    most_connections: int = MOST_CONNECTIONS,
) -> AsyncIterator[int]:
    """Serve an application that was not served before; yield the port, and let what is under way end at the end.

    A connection is cut off `longest_seconds` after it came, whatever it is doing; one that comes while
    `most_connections` are open is closed at once. Bodies are handed over as they came, never decompressed.

    Raises:
        OSError: the port can't be had.
    """
    application.on_response_prepare.append(_say_that_it_ends)
    runner = web.AppRunner(
        application,
        access_log=None,
        logger=_Kinds(),
        auto_decompress=False,
        shutdown_timeout=LAST_ANSWERS,
        lingering_time=1,
    )
    await runner.setup()
    server = cast("web.Server", runner.server)
    try:
        listening = await asyncio.get_running_loop().create_server(
            lambda: _Visit(server, longest_seconds, most_connections), host, port, backlog=128
        )
        try:
            yield int(listening.sockets[0].getsockname()[1])
        finally:
            await _stop_accepting(listening)
    finally:
        await runner.cleanup()


async def _stop_accepting(server: asyncio.Server) -> None:
    """Let what was accepted come in before the server closes: asyncio loses the connection otherwise (Python 3.11)."""
    loop = asyncio.get_running_loop()
    for socket in server.sockets:
        loop.remove_reader(socket.fileno())
    for _ in range(LAST_TURNS):
        await asyncio.sleep(0)
    server.close()


class _Visit(asyncio.Protocol):
    """One connection: aiohttp's own protocol, and the moment at which it ends."""

    def __init__(self, server: web.Server, longest_seconds: float, most_connections: int) -> None:
        self._server = server
        self._protocol = server()
        self._longest_seconds = longest_seconds
        self._most_connections = most_connections
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        visitor = cast("asyncio.Transport", transport)
        if len(self._server.connections) >= self._most_connections:
            log.warning("too_many_connections")
            visitor.abort()
            return
        # closing in peace would wait for a visitor who reads nothing
        self._end = asyncio.get_running_loop().call_later(self._longest_seconds, visitor.abort)
        self._protocol.connection_made(visitor)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._end is not None:
            self._end.cancel()
            self._protocol.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._protocol.data_received(data)

    def eof_received(self) -> None:
        self._protocol.eof_received()

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()


class _Kinds:
    """Stands where aiohttp expects its logger."""

    def debug(self, *_: Any, **__: Any) -> None:
        """Say nothing of visitors who leave early."""

    def exception(self, *_: Any, exc_info: BaseException | None = None, **__: Any) -> None:
        """Tell the kind of what a visitor did wrong, and everything of what we did wrong."""
        if isinstance(exc_info, HttpProcessingError | web.RequestPayloadError | ConnectionError):
            log.warning("visitor_failed", kind=type(exc_info).__name__)
        else:
            log.error("page_failed", kind=type(exc_info).__name__, exc_info=exc_info)


async def _say_that_it_ends(request: web.Request, response: web.StreamResponse) -> None:
    del request
    response.force_close()
    response.headers["Connection"] = "close"
