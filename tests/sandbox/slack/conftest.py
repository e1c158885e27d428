"""The stand-in, started for one test and closed after it."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.clocks import HandClock


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still until the test moves it."""
    return HandClock()


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[SlackSandbox]:
    """A stand-in that lives by that clock, and never minds how fast it is called while that stands still."""
    sandbox = SlackSandbox(now=clock.now)
    sandbox.workspace.rates.enforced = False
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


@pytest.fixture
def client(slack: SlackSandbox) -> AsyncWebClient:
    """Slack's own client with the bot's token; it repeats nothing by itself."""
    return client_of(slack, slack.bot_token)


@pytest.fixture
def desk(slack: SlackSandbox) -> str:
    """The id of the private channel that the bot is in."""
    return slack.world.channel("balie-de-sluis").id


def client_of(slack: SlackSandbox, token: str) -> AsyncWebClient:
    """Return a client for any token."""
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])
