"""Who may call: tokens, scopes, and what the host check keeps out."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import Call, SlackSandbox
from tests.sandbox.slack.clocks import START
from tests.sandbox.slack.conftest import client_of
from tests.sandbox.slack.refused import refusal


async def test_auth_test_says_who_the_token_is(slack: SlackSandbox, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert answer.data == {
        "ok": True,
        "url": "https://stad-voorbeeld.slack.com/",
        "team": "Stad Voorbeeld",
        "user": "baliebot",
        "team_id": slack.team_id,
        "user_id": slack.bot_user_id,
        "bot_id": slack.world.team.bot_id,
        "is_enterprise_install": False,
    }
    assert answer.headers["x-oauth-scopes"].split(",") == sorted(slack.scopes)


async def test_a_wrong_token_is_refused(slack: SlackSandbox) -> None:
    assert await refusal(client_of(slack, "xoxb-ander").auth_test()) == "invalid_auth"
    assert await refusal(client_of(slack, "").auth_test()) == "not_authed"
    assert await refusal(client_of(slack, slack.app_token).auth_test()) == "not_allowed_token_type"
    open_ = client_of(slack, slack.bot_token).apps_connections_open(app_token=slack.bot_token)
    assert await refusal(open_) == "not_allowed_token_type"


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.sing")) == "unknown_method"


async def test_a_token_among_the_form_fields_is_taken_and_not_kept(slack: SlackSandbox, desk: str) -> None:
    form = {"token": slack.bot_token, "channel": desk, "text": "x"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.api_url + "chat.postMessage", data=form) as response,
    ):
        assert (await response.json())["ok"] is True
    assert list(slack.calls) == [Call("chat.postMessage", {"channel": desk, "text": "x"}, START)]


async def test_a_missing_scope_is_named(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    slack.scopes.clear()
    slack.scopes.update({"chat:write", "groups:history"})
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_info(channel=desk)
    assert caught.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "groups:read",
        "provided": "chat:write,groups:history",
    }
    assert (await client.conversations_history(channel=desk))["messages"] == []
    assert await refusal(client.users_info(user=slack.bot_user_id)) == "missing_scope"


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}], ids=["host", "origin"]
)
async def test_other_hosts_and_origins_are_kept_out(slack: SlackSandbox, headers: dict[str, str]) -> None:
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(slack.api_url + "auth.test") as response,
    ):
        assert response.status == 403


async def test_json_that_is_no_object_is_refused(slack: SlackSandbox) -> None:
    async def answer(body: str) -> object:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {slack.bot_token}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(slack.api_url + "chat.postMessage", data=body) as response,
        ):
            return await response.json()

    assert await answer("{") == {"ok": False, "error": "invalid_json"}
    assert await answer("[]") == {"ok": False, "error": "json_not_object"}
