"""A server on 127.0.0.1 that says exactly the bytes it was given, and then closes or falls silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Wire:
    """What a test knows of the server."""

    url: str = ""
    heads: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def saying(*pieces: bytes, then_silent: bool = False, drip: float = 0) -> AsyncIterator[Wire]:
    """Answer every request with these bytes, `drip` seconds apart."""
    wire, over = Wire(), asyncio.Event()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            wire.heads.append(await reader.readuntil(b"\r\n\r\n"))
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await _pass(over, drip)
            if then_silent:
                await over.wait()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/uitid/rest"
    try:
        yield wire
    finally:
        over.set()
        server.close()
        await server.wait_closed()


def http(body: bytes, status: str = "200 OK", *, length: int | None = None, more: str = "") -> bytes:
    """Return a whole answer as it goes over the wire; `length` may lie."""
    said = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {said}\r\n{more}\r\n".encode() + body


async def _pass(over: asyncio.Event, seconds: float) -> None:
    if not seconds:
        return
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return
