"""A running stand-in on a clock that stands still, and callers for it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.sandbox.uitpas import Balie, UitpasSandbox

from .support import Caller, StillClock


@pytest.fixture
def clock() -> StillClock:
    """A clock that stands still."""
    return StillClock()


@pytest.fixture
async def sandbox(clock: StillClock) -> AsyncIterator[UitpasSandbox]:
    """A stand-in that listens; its reports take eight seconds."""
    running = UitpasSandbox(now=clock.now, sleep=clock.sleep)
    await running.start()
    yield running
    await running.aclose()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client that follows no redirects."""
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def application(sandbox: UitpasSandbox, http: httpx.AsyncClient, clock: StillClock) -> Caller:
    """The application on its own: two-legged."""
    return Caller(sandbox, http, clock)


@pytest.fixture
def lien(sandbox: UitpasSandbox, http: httpx.AsyncClient, clock: StillClock) -> Caller:
    """The application with the token of Lien, who works at many balies."""
    return Caller(sandbox, http, clock, sandbox.issue_token(sandbox.employee("lien").uid))


@pytest.fixture
def noor(sandbox: UitpasSandbox, http: httpx.AsyncClient, clock: StillClock) -> Caller:
    """The application with the token of Noor, who works at no balie."""
    return Caller(sandbox, http, clock, sandbox.issue_token(sandbox.employee("noor").uid))


@pytest.fixture
def sluis(sandbox: UitpasSandbox) -> Balie:
    """The balie `CC De Sluis `, where Lien is admin."""
    return sandbox.world.balies[0]
