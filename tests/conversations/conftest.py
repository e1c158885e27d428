"""Every conversation is held twice: once over HTTP, once over Socket Mode."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stage import Stage, staged


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count lines over HTTP alone: the second time is for the outcome, and counting makes it half as fast."""
    for item in items:
        if "[socket" in item.name:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(params=["http", "socket"])
def socket(request: pytest.FixtureRequest) -> bool:
    """Whether Slack brings everything over a socket."""
    return bool(request.param == "socket")


@pytest.fixture
async def stage(tmp_path: Path, *, socket: bool) -> AsyncIterator[Stage]:
    """The bot, everything mapped and everybody linked; reports are ready when first looked at."""
    async with staged(tmp_path, socket=socket) as ready:
        yield ready
