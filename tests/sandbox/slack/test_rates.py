"""How often the Web API may be called, and what comes of calling it more often."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Call, SlackSandbox
from bot.sandbox.slack.methods import BOT_METHODS
from tests.sandbox.slack.clocks import START, HandClock
from tests.sandbox.slack.conftest import client_of
from tests.sandbox.slack.refused import refusal

PER_MINUTE = {
    "apps.connections.open": 50,
    "auth.test": 300,
    "chat.delete": 50,
    "chat.getPermalink": 300,
    "chat.postEphemeral": 100,
    "chat.postMessage": 300,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "files.completeUploadExternal": 100,
    "files.delete": 50,
    "files.getUploadURLExternal": 100,
    "files.info": 100,
    "users.info": 100,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
TOO_SOON = {"ok": False, "error": "ratelimited"}


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[SlackSandbox]:
    """A stand-in that minds how fast it is called, as it does unless told otherwise."""
    sandbox = SlackSandbox(now=clock.now)
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


async def told_to_wait(client: AsyncWebClient, method: str, **args: str) -> int:
    """Make a call that comes too soon; return after how many seconds to come back."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, params=args)
    response = caught.value.response
    assert (response.status_code, response.data) == (429, TOO_SOON)
    return int(response.headers["Retry-After"])


def test_every_method_has_a_limit() -> None:
    assert {*PER_MINUTE} == {*BOT_METHODS, "apps.connections.open"}


@pytest.mark.parametrize(("method", "often"), PER_MINUTE.items())
async def test_a_method_may_be_called_so_often_a_minute(slack: SlackSandbox, method: str, often: int) -> None:
    token = slack.app_token if method == "apps.connections.open" else slack.bot_token
    got: list[tuple[int, str | None, str | None]] = []
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        for number in range(often + 1):
            place = f"C{number}" if method == "chat.postMessage" else "C0"
            async with session.post(slack.api_url + method, data={"channel": place}) as response:
                got.append((response.status, response.headers.get("Retry-After"), (await response.json()).get("error")))
    assert {status for status, _, _ in got[:often]} == {200}
    assert got[often] == (429, "60", "ratelimited")
    assert [one.method for one in slack.workspace.rates.refused] == [method]


async def test_a_minute_slides_and_each_method_has_its_own(
    slack: SlackSandbox, client: AsyncWebClient, clock: HandClock, desk: str
) -> None:
    for _ in range(20):
        await client.conversations_info(channel=desk)
    clock.forward(seconds=30)
    for _ in range(30):
        await client.conversations_info(channel=desk)
    assert await told_to_wait(client, "conversations.info", channel=desk) == 30
    await client.conversations_history(channel=desk)
    clock.forward(seconds=30)
    for _ in range(20):
        await client.conversations_info(channel=desk)
    assert await told_to_wait(client, "conversations.info", channel=desk) == 30
    moments = [START + timedelta(seconds=seconds) for seconds in (30, 60)]
    assert slack.workspace.rates.refused == [(moment, "conversations.info", "") for moment in moments]


@pytest.mark.parametrize(("passed", "left"), [(0, 60), (0.5, 60), (1, 59), (59, 1), (59.9, 1)])
async def test_the_wait_is_in_whole_seconds_rounded_up_and_is_enough(
    client: AsyncWebClient, clock: HandClock, desk: str, passed: float, left: int
) -> None:
    for _ in range(50):
        await client.conversations_info(channel=desk)
    clock.forward(seconds=passed)
    assert await told_to_wait(client, "conversations.info", channel=desk) == left
    clock.forward(seconds=left)
    assert (await client.conversations_info(channel=desk))["ok"] is True


async def test_a_channel_takes_one_message_a_second(
    slack: SlackSandbox, client: AsyncWebClient, clock: HandClock, desk: str
) -> None:
    await client.chat_postMessage(channel=desk, text="één")
    clock.forward(seconds=0.6)
    assert await told_to_wait(client, "chat.postMessage", channel=desk, text="te vroeg") == 1
    await client.chat_postMessage(channel=slack.world.channel("algemeen").id, text="elders")
    clock.forward(seconds=0.4)
    await client.chat_postMessage(channel=desk, text="twee")
    assert [one.text for one in slack.world.messages(desk)] == ["één", "twee"]
    assert slack.workspace.rates.refused == [(START + timedelta(seconds=0.6), "chat.postMessage", desk)]


async def test_a_reply_and_a_root_are_messages_of_the_same_channel(client: AsyncWebClient, desk: str) -> None:
    root = await client.chat_postMessage(channel=desk, text="x")
    assert await told_to_wait(client, "chat.postMessage", channel=desk, text="y", thread_ts=root["ts"]) == 1


@pytest.mark.parametrize("opened", [False, True])
async def test_a_person_and_their_direct_message_are_one_channel(
    slack: SlackSandbox, client: AsyncWebClient, *, opened: bool
) -> None:
    lien = slack.world.person("lien").id
    if opened:
        await client.conversations_open(users=lien)
    place = (await client.chat_postMessage(channel=lien, text="x"))["channel"]
    for target in (lien, place):
        assert await told_to_wait(client, "chat.postMessage", channel=target, text="y") == 1
    assert slack.workspace.rates.refused == [(START, "chat.postMessage", place)] * 2


async def test_the_longest_wait_is_told(
    slack: SlackSandbox, client: AsyncWebClient, clock: HandClock, desk: str
) -> None:
    for number in range(299):
        assert await refusal(client.chat_postMessage(channel=f"C{number}", text="x")) == "channel_not_found"
    clock.forward(seconds=30)
    await client.chat_postMessage(channel=desk, text="x")
    assert await told_to_wait(client, "chat.postMessage", channel=desk, text="y") == 30
    assert len(slack.world.messages(desk)) == 1


async def test_a_call_that_is_not_admitted_does_not_count(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    assert await refusal(client_of(slack, "xoxb-ander").chat_postMessage(channel=desk, text="x")) == "invalid_auth"
    slack.scopes.remove("chat:write")
    assert await refusal(client.chat_postMessage(channel=desk, text="x")) == "missing_scope"
    slack.scopes.add("chat:write")
    assert (await client.chat_postMessage(channel=desk, text="x"))["ok"] is True


async def test_trouble_instead_of_a_call_does_not_count_and_trouble_after_it_does(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    slack.faults.add("chat.postMessage", "error", code="internal_error")
    assert await refusal(client.chat_postMessage(channel=desk, text="x")) == "internal_error"
    slack.faults.add("chat.postMessage", "error", code="fatal_error", processed=True)
    assert await refusal(client.chat_postMessage(channel=desk, text="x")) == "fatal_error"
    assert await told_to_wait(client, "chat.postMessage", channel=desk, text="y") == 1


async def test_a_call_that_comes_too_soon_is_seen_by_the_observer_and_written_down(clock: HandClock) -> None:
    seen: list[tuple[str, str]] = []

    async def observer(phase: str, method: str) -> None:
        seen.append((phase, method))

    slack = SlackSandbox(now=clock.now, observer=observer)
    await slack.start()
    client, desk = client_of(slack, slack.bot_token), slack.world.channel("balie-de-sluis").id
    await client.chat_postMessage(channel=desk, text="x")
    assert await told_to_wait(client, "chat.postMessage", channel=desk, text="y") == 1
    await slack.aclose()
    assert seen == [(phase, "chat.postMessage") for phase in ("before", "processed", "answered")] * 2
    assert [call.args["text"] for call in slack.calls] == ["x", "y"]
    assert slack.calls[1] == Call("chat.postMessage", {"channel": desk, "text": "y"}, START)


async def test_limits_may_be_switched_off(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    await client.chat_postMessage(channel=desk, text="x")
    slack.workspace.rates.enforced = False
    await client.chat_postMessage(channel=desk, text="y")
    assert [one.text for one in slack.world.messages(desk)] == ["x", "y"]
    assert slack.workspace.rates.refused == []
