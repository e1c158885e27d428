"""conversations.* and users.info."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.clocks import HandClock
from tests.sandbox.slack.refused import refusal

METADATA = {"event_type": "baliebot_root", "event_payload": {"key": "abc"}}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("balie-de-sluis", {"is_private": True, "is_member": True, "is_archived": False}),
        ("algemeen", {"is_private": False, "is_member": True, "is_archived": False}),
        ("evenementen", {"is_private": False, "is_member": False, "is_archived": False}),
        ("oude-balie", {"is_private": False, "is_member": True, "is_archived": True}),
        ("partners", {"is_private": True, "is_member": True, "is_ext_shared": True}),
    ],
)
async def test_info_tells_what_kind_of_channel_it_is(
    slack: SlackSandbox, client: AsyncWebClient, name: str, facts: Json
) -> None:
    channel = (await client.conversations_info(channel=slack.world.channel(name).id))["channel"]
    assert {key: channel[key] for key in facts} == facts
    assert channel["name"] == name


async def test_a_private_channel_without_the_bot_does_not_exist(slack: SlackSandbox, client: AsyncWebClient) -> None:
    board = slack.world.channel("directie").id
    assert await refusal(client.conversations_info(channel=board)) == "channel_not_found"
    assert await refusal(client.conversations_members(channel=board)) == "channel_not_found"
    assert await refusal(client.conversations_history(channel=board)) == "channel_not_found"


async def test_open_opens_a_direct_message_once(slack: SlackSandbox, client: AsyncWebClient) -> None:
    lien = slack.world.person("lien").id
    first = await client.conversations_open(users=lien)
    second = await client.conversations_open(users=[lien])
    channel = {"id": slack.world.im("lien")}
    assert first.data == {"ok": True, "channel": channel}
    assert second.data == {"ok": True, "no_op": True, "already_open": True, "channel": channel}
    info = (await client.conversations_info(channel=channel["id"] or ""))["channel"]
    assert (info["is_im"], info["user"]) == (True, lien)


async def test_open_refuses_who_cannot_be_reached(slack: SlackSandbox, client: AsyncWebClient) -> None:
    assert await refusal(client.conversations_open(users="U404")) == "user_not_found"
    assert await refusal(client.conversations_open(users=slack.world.person("ward").id)) == "user_disabled"
    assert await refusal(client.conversations_open(users=slack.bot_user_id)) == "cannot_dm_bot"
    assert await refusal(client.api_call("conversations.open")) == "users_list_not_supplied"


async def test_members_come_a_page_at_a_time(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    first = await client.conversations_members(channel=desk, limit=5)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_members(channel=desk, limit=5, cursor=cursor)
    assert first["members"] + second["members"] == list(slack.world.channel(desk).members)
    assert second["response_metadata"] == {"next_cursor": ""}
    assert await refusal(client.conversations_members(channel=desk, cursor="onzin")) == "invalid_cursor"
    assert await refusal(client.conversations_members(channel=desk, limit=0)) == "invalid_limit"


async def test_history_finds_a_message_by_its_metadata(
    slack: SlackSandbox, client: AsyncWebClient, desk: str, clock: HandClock
) -> None:
    await client.chat_postMessage(channel=desk, text="oud")
    clock.forward(minutes=10)
    ts = (await client.chat_postMessage(channel=desk, text="nieuw", metadata=METADATA))["ts"]
    slack.world.say("lien", desk, "van Lien")
    oldest = str(clock.now().timestamp() - 300)
    found = await client.conversations_history(channel=desk, oldest=oldest, include_all_metadata=True)
    shown = [(one["text"], one["ts"], one.get("metadata")) for one in found["messages"]]
    assert shown == [("van Lien", "1789371600.000100", None), ("nieuw", ts, METADATA)]
    without = await client.conversations_history(channel=desk, oldest=oldest)
    assert all("metadata" not in one for one in without["messages"])


async def test_history_bounds_are_exclusive_unless_asked(client: AsyncWebClient, desk: str) -> None:
    stamps = [(await client.chat_postMessage(channel=desk, text="x"))["ts"] for _ in range(3)]

    async def between(**bounds: object) -> list[str]:
        answer = await client.conversations_history(channel=desk, **bounds)  # type: ignore[arg-type]  # by name
        return [one["ts"] for one in answer["messages"]]

    assert await between(oldest=stamps[0], latest=stamps[2]) == [stamps[1]]
    assert await between(oldest=stamps[0], latest=stamps[2], inclusive=True) == stamps[::-1]


async def test_history_pages_from_the_newest(client: AsyncWebClient, desk: str) -> None:
    for number in range(5):
        await client.chat_postMessage(channel=desk, text=str(number))
    pages, cursor = [], ""
    for _ in range(3):
        answer = await client.conversations_history(channel=desk, limit=2, cursor=cursor)
        pages.append(([one["text"] for one in answer["messages"]], answer["has_more"]))
        cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
    assert pages == [(["4", "3"], True), (["2", "1"], True), (["0"], False)]


async def test_replies_begin_with_the_root(client: AsyncWebClient, desk: str) -> None:
    root = (await client.chat_postMessage(channel=desk, text="root"))["ts"]
    for text in ("een", "twee"):
        last = await client.chat_postMessage(channel=desk, text=text, thread_ts=root, metadata=METADATA)
    answer = await client.conversations_replies(channel=desk, ts=root, include_all_metadata=True)
    assert [one["text"] for one in answer["messages"]] == ["root", "een", "twee"]
    assert [one.get("metadata") for one in answer["messages"]] == [None, METADATA, METADATA]
    first = answer["messages"][0]
    assert (first["thread_ts"], first["reply_count"], first["latest_reply"]) == (root, 2, last["ts"])
    late = await client.conversations_replies(channel=desk, ts=root, oldest=last["ts"], inclusive=True)
    assert [one["text"] for one in late["messages"]] == ["root", "twee"]
    assert await refusal(client.conversations_replies(channel=desk, ts="1.0")) == "thread_not_found"
    history = await client.conversations_history(channel=desk)
    assert [one["text"] for one in history["messages"]] == ["root"]


async def test_history_needs_membership(slack: SlackSandbox, client: AsyncWebClient) -> None:
    public = slack.world.channel("evenementen").id
    assert await refusal(client.conversations_history(channel=public)) == "not_in_channel"


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("lien", {"locale": "nl-BE", "is_admin": False, "tz": "Europe/Brussels", "tz_offset": 7200}),
        ("noor", {"locale": "nl-BE", "is_admin": True}),
        ("emily", {"locale": "en-US"}),
        ("chloe", {"locale": "fr-FR"}),
        ("gust", {"is_restricted": True}),
        ("ward", {"deleted": True}),
        ("sofie", {"is_stranger": True, "team_id": "T0BUURSTAD0"}),
        ("baliebot", {"is_bot": True}),
    ],
)
async def test_users_info_tells_who_somebody_is(
    slack: SlackSandbox, client: AsyncWebClient, name: str, facts: Json
) -> None:
    user = (await client.users_info(user=slack.world.person(name).id, include_locale=True))["user"]
    assert {key: user[key] for key in facts} == facts
    bare = (await client.users_info(user=user["id"]))["user"]
    assert bare == {key: value for key, value in user.items() if key != "locale"}


async def test_an_unknown_user_is_refused(client: AsyncWebClient) -> None:
    assert await refusal(client.users_info(user="U404")) == "user_not_found"
