"""The whole demo, on real clocks and with reports that are quickly ready; one browser, and so one loop, for all."""

import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo import Demo
from bot.demo import Stage as DemoStage
from bot.sandbox.slack import SlackSandbox
from tests.page.chromium import SHARED
from tests.support.stage import Stage, staged

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in the loop of the browser; their fixtures name it themselves."""
    for item in items:
        if item.path.is_relative_to(HERE) and inspect.iscoroutinefunction(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)  # before the one that all get


@pytest_asyncio.fixture(scope="session", loop_scope="session", autouse=True)
async def _browser() -> AsyncIterator[None]:
    """Start a browser when the first test needs it, and close it after the last."""
    async with SHARED.kept():
        yield


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[DemoStage]:
    """What `make demo` starts."""
    async with Demo(port=0, data=tmp_path / "demo", seed=1, report_seconds=1).staged(port=0) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot between its stand-ins, on a clock that a test moves."""
    async with staged(tmp_path) as ready:
        yield ready


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[SlackSandbox]:
    """The stand-in, with no app behind it."""
    sandbox = SlackSandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()
