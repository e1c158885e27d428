"""The whole demo, on real clocks and with reports that are quickly ready."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import Demo, Stage
from bot.sandbox.slack import SlackSandbox


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Stage]:
    """What `make demo` starts."""
    async with Demo(port=0, data=tmp_path / "demo", seed=1, report_seconds=1).staged(port=0) as stage:
        yield stage


@pytest.fixture
async def slack() -> AsyncIterator[SlackSandbox]:
    """The stand-in, with no app behind it."""
    sandbox = SlackSandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()
