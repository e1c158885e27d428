"""Every conversation is held twice: once over HTTP, once over Socket Mode."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stage import Stage, staged


@pytest.fixture(params=["http", "socket"])
def socket(request: pytest.FixtureRequest) -> bool:
    """Whether Slack brings everything over a socket."""
    return bool(request.param == "socket")


@pytest.fixture
async def stage(tmp_path: Path, *, socket: bool) -> AsyncIterator[Stage]:
    """The bot, everything mapped and everybody linked; reports are ready when first looked at."""
    async with staged(tmp_path, socket=socket) as ready:
        yield ready
