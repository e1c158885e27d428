"""Trouble on demand, and the observer around every call."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.conftest import client_of
from tests.sandbox.slack.refused import refusal


async def test_an_error_comes_as_often_as_asked(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    slack.faults.add("chat.postMessage", "error", times=2, code="fatal_error")
    for _ in range(2):
        assert await refusal(client.chat_postMessage(channel=desk, text="x")) == "fatal_error"
    await client.chat_postMessage(channel=desk, text="y")
    assert [one.text for one in slack.world.messages(desk)] == ["y"]


async def test_a_rate_limit_says_how_long(slack: SlackSandbox, client: AsyncWebClient) -> None:
    slack.faults.add("*", "ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert response.data == {"ok": False, "error": "ratelimited"}


@pytest.mark.parametrize(("kind", "detail", "status"), [("status", {"status": 500}, 500), ("html", {}, 200)])
async def test_html_comes_instead_of_json(slack: SlackSandbox, kind: str, detail: dict[str, int], status: int) -> None:
    slack.faults.add("auth.test", kind, **detail)
    async with aiohttp.ClientSession() as session, session.post(slack.api_url + "auth.test") as got:
        assert (got.status, got.content_type) == (status, "text/html")


@pytest.mark.parametrize(("processed", "left"), [(False, 0), (True, 1)])
async def test_a_dropped_connection_may_have_been_processed(
    slack: SlackSandbox, client: AsyncWebClient, desk: str, *, processed: bool, left: int
) -> None:
    slack.faults.add("chat.postMessage", "drop", processed=processed)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=desk, text="x")
    assert len(slack.world.messages(desk)) == left
    assert [call.method for call in slack.calls] == ["chat.postMessage"]


async def test_a_delay_outlasts_an_impatient_client(slack: SlackSandbox) -> None:
    slack.faults.add("auth.test", "delay", seconds=0.5)
    impatient = client_of(slack, slack.bot_token)
    impatient.timeout = 0.05  # type: ignore[assignment]  # aiohttp takes fractions
    with pytest.raises(TimeoutError):
        await impatient.auth_test()


async def test_faults_are_asked_for_over_http(slack: SlackSandbox, client: AsyncWebClient) -> None:
    wanted = {"method": "auth.test", "kind": "error", "code": "internal_error"}
    listed = [{"method": "auth.test", "kind": "error", "left": 1, "detail": {"code": "internal_error"}}]
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{slack.url}/_control/faults", json=wanted) as added:
            assert await added.json() == listed
        assert await refusal(client.auth_test()) == "internal_error"
        async with session.post(f"{slack.url}/_control/faults", json={"kind": "vlammen"}) as wrong:
            assert wrong.status == 400
        await session.post(f"{slack.url}/_control/faults", json=wanted)
        async with session.delete(f"{slack.url}/_control/faults") as cleared:
            assert await cleared.json() == []
    assert (await client.auth_test())["ok"] is True


async def test_the_observer_sees_every_phase_and_can_cut_the_connection() -> None:
    seen: list[tuple[str, str]] = []

    async def observer(phase: str, method: str) -> None:
        seen.append((phase, method))
        if (phase, method) == ("processed", "chat.postMessage"):
            raise ConnectionAbortedError

    slack = SlackSandbox(observer=observer)
    await slack.start()
    client, desk = client_of(slack, slack.bot_token), slack.world.channel("balie-de-sluis").id
    await client.auth_test()
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=desk, text="x")
    url = (await client.files_getUploadURLExternal(filename="x", length=1))["upload_url"]
    async with aiohttp.ClientSession() as session, session.post(url, data=b"x") as got:
        assert got.status == 200
    await slack.aclose()
    phases = ("before", "processed", "answered")
    assert seen == [
        *((phase, "auth.test") for phase in phases),
        *((phase, "chat.postMessage") for phase in phases[:2]),
        *((phase, "files.getUploadURLExternal") for phase in phases),
        *((phase, "upload") for phase in phases),
    ]
    assert [one.text for one in slack.world.messages(desk)] == ["x"]


@pytest.mark.parametrize("processed", [False, True])
async def test_an_error_carries_what_it_was_given(
    slack: SlackSandbox, client: AsyncWebClient, *, processed: bool
) -> None:
    more: dict[str, Any] = {"needed": "users:read", "provided": "commands", "response_metadata": {"messages": ["x"]}}
    slack.faults.add("auth.test", "error", code="missing_scope", processed=processed, **more)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.data == {"ok": False, "error": "missing_scope", **more}


async def test_an_error_with_more_is_asked_for_over_http_and_stays_an_error(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    scopes = {"needed": "im:write", "provided": "commands"}
    wanted = {"method": "auth.test", "kind": "error", "code": "missing_scope", "ok": True, **scopes}
    async with aiohttp.ClientSession() as session:
        await session.post(f"{slack.url}/_control/faults", json=wanted)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.data == {"ok": False, "error": "missing_scope", **scopes}
