"""How a test says that Slack refuses something."""

from collections.abc import Awaitable

import pytest
from slack_sdk.errors import SlackApiError


async def refusal(call: Awaitable[object]) -> str:
    """Return the code that this call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])
