"""An observer sees every call in three phases, and can end the connection in each."""

import asyncio
import socket
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest

from bot.sandbox.uitpas import UitpasSandbox

from .support import REPORT, Caller, StillClock, progress


class Watcher:
    """Notes the phases, and breaks the connection off at one of them."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.breaks_at = ""
        self.processed = asyncio.Event()
        self.answered = asyncio.Event()

    async def observe(self, phase: str, call: str) -> None:
        """Take note."""
        self.seen.append((phase, call))
        reached = {"processed": self.processed, "answered": self.answered}.get(phase)
        if reached is not None:
            reached.set()
        if phase == self.breaks_at:
            self.breaks_at = ""
            raise ConnectionAbortedError


@pytest.fixture
def watcher() -> Watcher:
    """Somebody who watches."""
    return Watcher()


@pytest.fixture
async def bram(watcher: Watcher, clock: StillClock, http: httpx.AsyncClient) -> AsyncIterator[Caller]:
    """An employee at a stand-in that is watched."""
    watched = UitpasSandbox(now=clock.now, sleep=clock.sleep, observer=watcher.observe)
    await watched.start()
    yield Caller(watched, http, clock, watched.issue_token(watched.employee("bram").uid))
    await watched.aclose()


async def test_a_call_is_seen_before_processed_and_answered(bram: Caller, watcher: Watcher) -> None:
    await bram.start_report(bram.sandbox.world.balies[0])
    await asyncio.wait_for(watcher.answered.wait(), 5)
    assert watcher.seen == [(phase, "start_report") for phase in ("before", "processed", "answered")]


@pytest.mark.parametrize(("phase", "following"), [("before", "4711"), ("processed", "4712")])
async def test_breaking_off_leaves_the_client_without_an_answer(
    bram: Caller, watcher: Watcher, phase: str, following: str
) -> None:
    balie = bram.sandbox.world.balies[0]
    watcher.breaks_at = phase
    with pytest.raises(httpx.TransportError):
        await bram.start_report(balie)
    answer = await bram.start_report(balie)
    assert answer.content == progress("Export in progress.", "status", balie, following)


async def test_answered_is_after_the_client_can_have_the_whole_answer(bram: Caller, watcher: Watcher) -> None:
    balie = bram.sandbox.world.balies[0]
    watcher.breaks_at = "answered"
    answer = await bram.start_report(balie)
    assert answer.content == progress("Export in progress.", "status", balie)


def shrink_send_buffers(sandbox: UitpasSandbox) -> None:
    """Let connections to come keep no more than a few kilobytes in the kernel."""
    assert sandbox._serving is not None
    for listening in sandbox._serving._server.sockets:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)


async def test_answered_is_not_said_while_bytes_still_wait_in_the_process(bram: Caller, watcher: Watcher) -> None:
    balie = bram.sandbox.world.balies[0]
    await bram.start_report(balie, "2024-10-01", "2026-10-07")
    bram.clock.advance(8)
    shrink_send_buffers(bram.sandbox)
    url = f"{bram.sandbox.api_url}{REPORT}/4711/download?balieConsumerKey={balie.consumer_key}"
    url, headers, _ = bram.signer().sign(url)
    parts = urlsplit(url)
    await asyncio.wait_for(watcher.answered.wait(), 5)
    watcher.processed.clear()
    watcher.answered.clear()
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect((parts.hostname, parts.port))
        request = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n"
        slow.sendall(f"{request}Authorization: {headers['Authorization']}\r\n\r\n".encode())
        await asyncio.wait_for(watcher.processed.wait(), 5)
        for _ in range(50):
            await asyncio.sleep(0)
        unread = watcher.seen[-1]
        slow.settimeout(0)
        async with asyncio.timeout(5):
            while await asyncio.get_running_loop().sock_recv(slow, 65536):
                pass
    await asyncio.wait_for(watcher.answered.wait(), 5)
    assert (unread, watcher.seen[-1]) == (("processed", "report_download"), ("answered", "report_download"))


async def test_a_dropped_call_is_never_answered(bram: Caller, watcher: Watcher) -> None:
    bram.sandbox.faults.add("start_report", "drop", processed=True)
    with pytest.raises(httpx.TransportError):
        await bram.start_report(bram.sandbox.world.balies[0])
    assert watcher.seen == [("before", "start_report"), ("processed", "start_report")]


async def test_closing_does_not_wait_for_a_call_that_hangs(http: httpx.AsyncClient, clock: StillClock) -> None:
    arrived = asyncio.Event()

    async def observe(_phase: str, _call: str) -> None:
        arrived.set()

    hanging = UitpasSandbox(now=clock.now, observer=observe)
    await hanging.start()
    hanging.faults.add("*", "delay", seconds=3600)
    caller = Caller(hanging, http, clock)
    waiting = asyncio.create_task(caller.get("/uitpas/balie/search"))
    await arrived.wait()
    await asyncio.wait_for(hanging.aclose(), 5)
    with pytest.raises(httpx.TransportError):
        await waiting
