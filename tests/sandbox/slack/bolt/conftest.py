"""The Bolt app of one test, connected in either way."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.desk_app import WAYS, make_app


@pytest.fixture
async def slack() -> AsyncIterator[SlackSandbox]:
    """A stand-in by the real clock, which Bolt checks signatures by."""
    sandbox = SlackSandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


@pytest.fixture
def app(slack: SlackSandbox) -> AsyncApp:
    """A Bolt app to which each test adds its listeners before the first delivery."""
    return make_app(slack)


@pytest.fixture(params=WAYS, autouse=True)
async def delivered(request: pytest.FixtureRequest, slack: SlackSandbox, app: AsyncApp) -> AsyncIterator[str]:
    """The way deliveries go, the app connected."""
    async with WAYS[request.param](slack, app):
        yield request.param
