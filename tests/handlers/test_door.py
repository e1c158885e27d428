"""The HTTP door: no connection lasts, whatever it does or leaves undone, and there are never too many at once."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from handlers.door import serving

HOST = "127.0.0.1"
SHORT = 0.3
"""Seconds that a connection may last, where a test waits for its end."""
MARKED = "4930123456789"
GET = b"GET / HTTP/1.1\r\nHost: bot\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: bot\r\nContent-Length: 100000\r\n\r\ntext="
STARTS: dict[str, bytes] = {
    "nothing": b"",
    "half a request line": b"GET /",
    "half a header": b"GET / HTTP/1.1\r\nHost: ",
    "half a body": POST,
}


@dataclass
class Pages:
    """A few pages, and what happened at them."""

    bodies: list[bytes] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    answer: asyncio.Event = field(default_factory=asyncio.Event)
    cut_off: asyncio.Event = field(default_factory=asyncio.Event)

    def application(self) -> web.Application:
        """Return the application."""
        application = web.Application()
        application.router.add_get("/", self.greet)
        application.router.add_post("/", self.read)
        application.router.add_get("/slow", self.wait)
        application.router.add_get("/endless", self.stream)
        application.router.add_get("/broken", self.fail)
        return application

    async def greet(self, request: web.Request) -> web.Response:
        """Answer at once."""
        del request
        return web.Response(text="here")

    async def read(self, request: web.Request) -> web.Response:
        """Keep the body."""
        self.bodies.append(await request.read())
        return web.Response(text="read")

    async def wait(self, request: web.Request) -> web.Response:
        """Answer when the test says so."""
        del request
        self.asked.set()
        await self.answer.wait()
        return web.Response(text="at last")

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Never stop answering."""
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(100_000))
        except ConnectionError:
            self.cut_off.set()
            raise

    async def fail(self, request: web.Request) -> web.Response:
        """Have a bug."""
        del request
        raise KeyError("our own bug")


@asynccontextmanager
async def visit(port: int, start: bytes = b"") -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a connection and send its first bytes."""
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(start)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def ask(port: int, request: bytes = GET) -> bytes:
    """Return all that comes back until the connection ends."""
    async with visit(port, request) as (reader, _):
        return await rest(reader)


async def rest(reader: asyncio.StreamReader) -> bytes:
    """Return what still comes until the connection ends, in peace or not; that must be within ten seconds."""
    got = b""
    async with asyncio.timeout(10):
        try:
            while piece := await reader.read(65536):
                got += piece
        except ConnectionError:
            pass
    return got


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Send a letter now and then until the connection ends; return the answer, if any."""
    ending = asyncio.create_task(rest(reader))
    while not ending.done():
        writer.write(b"x")
        await asyncio.wait({ending}, timeout=0.02)
    return await ending


def status(answer: bytes) -> int:
    """Return the status of an answer."""
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("start", STARTS)
async def test_a_connection_that_falls_silent_is_ended(start: str) -> None:
    async with serving(Pages().application(), host=HOST, port=0, longest_seconds=SHORT) as port:
        assert await ask(port, STARTS[start]) == b""


@pytest.mark.parametrize("start", [start for start in STARTS if start != "nothing"])
async def test_a_connection_that_drips_is_ended(start: str) -> None:
    async with (
        serving(Pages().application(), host=HOST, port=0, longest_seconds=SHORT) as port,
        visit(port, STARTS[start]) as connection,
    ):
        assert await drip(*connection) == b""


async def test_a_visitor_who_does_not_read_the_answer_is_cut_off() -> None:
    pages = Pages()
    async with (
        serving(pages.application(), host=HOST, port=0, longest_seconds=SHORT) as port,
        visit(port, GET.replace(b"/", b"/endless", 1)),
    ):
        async with asyncio.timeout(10):
            await pages.cut_off.wait()


async def test_what_is_answered_in_time_is_answered_whole() -> None:
    async with serving(Pages().application(), host=HOST, port=0, longest_seconds=60) as port:
        answer = await ask(port)
    assert (status(answer), answer.rpartition(b"\r\n")[2]) == (200, b"here")


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [(b"GET / HTTP/1.1", 200), (b"GET /nowhere HTTP/1.1", 404), (b"PUT / HTTP/1.1", 405), (b"nonsense", 400)],
)
async def test_a_connection_is_for_one_request(request_line: bytes, expected: int) -> None:
    request = request_line + b"\r\nHost: bot\r\nConnection: keep-alive\r\n\r\n"
    async with serving(Pages().application(), host=HOST, port=0, longest_seconds=60) as port:
        answer = await ask(port, request * 3)
    assert (answer.count(b"HTTP/1."), status(answer)) == (1, expected)
    assert answer.startswith(b"HTTP/1.0") or b"\r\nconnection: close\r\n" in answer.lower()


async def test_one_connection_too_many_is_closed_at_once_and_the_others_stay() -> None:
    async with (
        serving(Pages().application(), host=HOST, port=0, longest_seconds=60, most_connections=2) as port,
        visit(port) as (first, writer),
        visit(port) as (second, _),
    ):
        assert await ask(port) == b""
        writer.write(GET)
        assert status(await rest(first)) == 200
        assert status(await ask(port)) == 200
        assert not second.at_eof()


async def test_many_that_come_at_the_same_moment_are_counted_too() -> None:
    async with serving(Pages().application(), host=HOST, port=0, longest_seconds=60, most_connections=5) as port:
        async with AsyncExitStack() as stack:
            visits = [stack.enter_async_context(visit(port)) for _ in range(20)]
            readers = [reader for reader, _ in await asyncio.gather(*visits)]
            ends = {asyncio.create_task(rest(reader)) for reader in readers}
            async with asyncio.timeout(10):
                while sum(end.done() for end in ends) < 15:
                    await asyncio.wait(ends - {end for end in ends if end.done()}, return_when="FIRST_COMPLETED")
            assert sum(end.done() for end in ends) == 15
        await asyncio.gather(*ends)


async def test_what_is_being_answered_at_the_end_still_is_and_nothing_new_is_taken() -> None:
    pages = Pages()
    stack = AsyncExitStack()
    port = await stack.enter_async_context(serving(pages.application(), host=HOST, port=0))
    async with visit(port, GET.replace(b"/", b"/slow", 1)) as (reader, _):
        await pages.asked.wait()
        ending = asyncio.create_task(stack.aclose())
        async with asyncio.timeout(10):
            while await is_open(port):
                pass
        ended, _ = await asyncio.wait({ending}, timeout=0.3)
        assert ended == set(), "it waits for the answer"
        pages.answer.set()
        answer = await rest(reader)
        await ending
    assert (status(answer), answer.rpartition(b"\r\n")[2]) == (200, b"at last")


async def is_open(port: int) -> bool:
    """Return whether somebody listens."""
    try:
        async with visit(port):
            return True
    except ConnectionError:
        return False


async def test_a_silent_connection_does_not_hold_up_the_end() -> None:
    async with asyncio.timeout(10):
        async with AsyncExitStack() as stack:
            port = await stack.enter_async_context(serving(Pages().application(), host=HOST, port=0))
            async with visit(port) as (reader, _):
                await stack.aclose()
                assert await rest(reader) == b""


async def test_a_port_in_use_is_an_error_and_the_door_there_stays_open() -> None:
    async with serving(Pages().application(), host=HOST, port=0) as port:
        with pytest.raises(OSError, match="in use"):
            async with serving(Pages().application(), host=HOST, port=port):
                pass
        assert status(await ask(port)) == 200


async def test_a_body_is_handed_over_as_it_came_compressed_or_not() -> None:
    pages, body = Pages(), b"no gzip at all"
    head = b"POST / HTTP/1.1\r\nHost: bot\r\nContent-Encoding: gzip\r\nContent-Length: 14\r\n\r\n"
    async with serving(pages.application(), host=HOST, port=0) as port:
        assert status(await ask(port, head + body)) == 200
    assert pages.bodies == [body]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return all that was logged or printed."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text + "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "request_text",
    [
        f"GET / {MARKED}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: bot\r\n{MARKED}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: bot\r\nX: {MARKED * 1000}\r\n\r\n",
        f"GET http://[{MARKED} HTTP/1.1\r\nHost: bot\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: bot\r\nContent-Length: -{MARKED}\r\n\r\n",
    ],
)
async def test_of_what_is_no_http_only_the_kind_is_logged(told: Callable[[], str], request_text: str) -> None:
    async with serving(Pages().application(), host=HOST, port=0) as port:
        answer = await ask(port, request_text.encode())
    log = told()
    assert (status(answer), MARKED in log, "Traceback" in log, "visitor_failed" in log) == (400, False, False, True)


@pytest.mark.parametrize(
    "start", [POST, b"POST / HTTP/1.1\r\nHost: bot\r\nTransfer-Encoding: chunked\r\n\r\n" + MARKED.encode() + b"\r\n"]
)
async def test_of_a_visitor_who_leaves_early_only_the_kind_is_logged(told: Callable[[], str], start: bytes) -> None:
    async with serving(Pages().application(), host=HOST, port=0) as port, visit(port, start) as (reader, writer):
        writer.write_eof()
        await rest(reader)
        writer.transport.abort()
        log = ""
        async with asyncio.timeout(10):
            while "visitor_failed" not in log:
                await asyncio.wait({asyncio.create_task(is_open(port))})
                log += told()
    assert ("Traceback" in log, MARKED in log) == (False, False)


async def test_of_a_bug_of_ours_everything_is_logged_and_the_visitor_gets_none_of_it(told: Callable[[], str]) -> None:
    async with serving(Pages().application(), host=HOST, port=0) as port:
        answer = await ask(port, GET.replace(b"/", b"/broken", 1))
    log = told()
    assert (status(answer), b"our own bug" in answer) == (500, False)
    assert "page_failed" in log
    assert "our own bug" in log
