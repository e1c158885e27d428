"""Bytes to the socket: all of an answer, half of it, far too many, or none."""

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from bot.sandbox.uitpas.faults import Fault

_CHUNK = b"PK\x03\x04" + bytes(2**16 - 4)


async def send(request: web.Request, answer: web.StreamResponse, fault: Fault | None) -> web.StreamResponse:
    """Write an answer and return what was written, when its last byte has left this process.

    Raises:
        ConnectionError: the client is gone, or the answer was to break off.
    """
    if fault is not None and isinstance(answer, web.Response) and answer.status == 200:
        if fault.kind == "big":
            return await _send_far_too_much(request, answer, fault.size)
        if fault.kind == "cut" and not fault.framed:
            return await _send_half(request, answer)
    writer = await answer.prepare(request)
    await answer.write_eof()
    await _flush(request, writer)
    return answer


def hang_up(request: web.Request) -> web.StreamResponse:
    """Close the connection without another byte; what is returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _flush(request: web.Request, writer: AbstractStreamWriter | None) -> None:
    transport = request.transport
    if writer is None or transport is None:
        return
    transport.set_write_buffer_limits(high=0)  # so that draining waits for the last byte
    await writer.drain()


async def _send_half(request: web.Request, answer: web.Response) -> web.StreamResponse:
    body = bytes(answer.body) if isinstance(answer.body, bytes | bytearray) else b""
    broken = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.headers["Content-Type"]})
    broken.content_length = len(body)
    writer = await broken.prepare(request)
    await broken.write(body[: len(body) // 2])
    await _flush(request, writer)
    raise ConnectionAbortedError


async def _send_far_too_much(request: web.Request, answer: web.Response, size: int | None) -> web.StreamResponse:
    kept = {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition")}
    endless = web.StreamResponse(headers=kept)
    writer = await endless.prepare(request)
    sent = 0
    while size is None or sent < size:
        await endless.write(_CHUNK if size is None else _CHUNK[: size - sent])
        sent += len(_CHUNK)
    await endless.write_eof()
    await _flush(request, writer)
    return endless
