"""What a visitor may take of the bot over HTTP: one request a connection, seconds for a body, so many at once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import pytest

from handlers.door import MOST_CONNECTIONS
from tests.handlers.test_web import MARKED, quiet
from tests.support.stage import Stage

GET = "GET {} HTTP/1.1\r\nHost: bot\r\nConnection: keep-alive\r\n\r\n"
POST = "POST /slack/events HTTP/1.1\r\nHost: bot\r\n{}\r\n\r\n{}"


@asynccontextmanager
async def connected(stage: Stage, text: str = "") -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a connection to the bot and send its first bytes."""
    url = urlsplit(stage.bot.url)
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    writer.write(text.encode())
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def answered(stage: Stage, text: str) -> bytes:
    """Return all that the bot answers before it ends the connection, which it must within ten seconds."""
    async with connected(stage, text) as (reader, _), asyncio.timeout(10):
        try:
            return await reader.read()
        except ConnectionError:
            return b""


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/nowhere", "/slack/events"])
async def test_a_connection_is_for_one_request_and_says_so(stage: Stage, path: str) -> None:
    answer = await answered(stage, GET.format(path) * 2)
    assert (answer.count(b"HTTP/1.1 "), answer.count(b"\r\nConnection: close\r\n")) == (1, 1)


@pytest.mark.parametrize(
    ("how", "body"),
    [
        ("Content-Encoding: gzip\r\nContent-Length: 13", MARKED),
        ("Content-Encoding: nonsense\r\nContent-Length: 13", MARKED),
        ("Content-Length: 100", MARKED),
    ],
    ids=["no gzip", "an odd encoding", "a body that does not come"],
)
async def test_a_body_that_can_not_be_read_is_refused(
    stage: Stage, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], how: str, body: str
) -> None:
    caplog.set_level(logging.INFO)
    answer = await answered(stage, POST.format(how, body))
    assert (answer.split()[1], quiet(caplog.text + "".join(capsys.readouterr()))) == (b"401", True)


async def test_a_body_that_breaks_off_into_nonsense_is_refused(
    stage: Stage, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    head = POST.format("Transfer-Encoding: chunked\r\nExpect: 100-continue", "")
    async with connected(stage, head) as (reader, writer), asyncio.timeout(10):
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(f"{MARKED}zz\r\n\r\n".encode())
        answer = await reader.read()
    assert (answer.split()[1], quiet(caplog.text + "".join(capsys.readouterr()))) == (b"401", True)


async def test_one_connection_too_many_is_closed_at_once_and_the_others_are_answered(stage: Stage) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(MOST_CONNECTIONS - 1):
            await stack.enter_async_context(connected(stage))
        reader, _ = await stack.enter_async_context(connected(stage, POST.format("Content-Length: 1", "")))
        assert await answered(stage, GET.format("/healthz")) == b""
        async with asyncio.timeout(10):
            assert (await reader.readline()).split()[1] == b"401"
