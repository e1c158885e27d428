"""chat.*: posting, changing and removing, with Slack's own client."""

from functools import partial

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.clocks import HandClock
from tests.sandbox.slack.refused import refusal

METADATA = {"event_type": "baliebot_root", "event_payload": {"key": "abc"}}
BLOCKS = [{"type": "section", "block_id": "body", "text": {"type": "mrkdwn", "text": "*Dag*"}}]


def by_app(slack: SlackSandbox) -> Json:
    """Return the fields that every message of the app carries."""
    team = slack.world.team
    profile = {"id": team.bot_id, "app_id": team.app_id, "user_id": team.bot_user_id, "name": "Baliebot"}
    profile |= {"deleted": False, "updated": 1_680_000_000, "team_id": team.id}  # type: ignore[dict-item]  # mixed values
    who = {"type": "message", "user": team.bot_user_id, "team": team.id, "bot_id": team.bot_id}
    return {**who, "app_id": team.app_id, "bot_profile": profile}


async def test_a_post_comes_back_as_slack_shows_it(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    answer = await client.chat_postMessage(channel=desk, text="Dag", blocks=BLOCKS, metadata=METADATA)
    ts = answer["ts"]
    message = {**by_app(slack), "text": "Dag", "ts": ts, "blocks": BLOCKS, "metadata": METADATA}
    assert answer.data == {"ok": True, "channel": desk, "ts": ts, "message": message}
    assert ts == "1789371000.000000"


async def test_timestamps_rise_while_the_clock_stands_still(client: AsyncWebClient, desk: str) -> None:
    stamps = [(await client.chat_postMessage(channel=desk, text="x"))["ts"] for _ in range(3)]
    assert stamps == ["1789371000.000000", "1789371000.000100", "1789371000.000200"]


async def test_a_reply_stands_under_its_root(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    root = (await client.chat_postMessage(channel=desk, text="root"))["ts"]
    answer = await client.chat_postMessage(channel=desk, text="antwoord", thread_ts=root, metadata=METADATA)
    assert answer["message"]["thread_ts"] == root
    assert answer["message"]["metadata"] == METADATA
    assert [one.text for one in slack.world.thread(desk, root)] == ["antwoord"]
    assert [one.text for one in slack.world.messages(desk)] == ["root"]


@pytest.mark.parametrize("wrong", ["1600000000.000001", "onzin"])
async def test_a_reply_to_nothing_lands_in_the_channel(
    slack: SlackSandbox, client: AsyncWebClient, desk: str, wrong: str
) -> None:
    answer = await client.chat_postMessage(channel=desk, text="verdwaald", thread_ts=wrong)
    assert "thread_ts" not in answer["message"]
    assert [one.text for one in slack.world.messages(desk)] == ["verdwaald"]


async def test_a_reply_to_a_reply_lands_in_the_channel(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    root = (await client.chat_postMessage(channel=desk, text="root"))["ts"]
    reply = (await client.chat_postMessage(channel=desk, text="reply", thread_ts=root))["ts"]
    await client.chat_postMessage(channel=desk, text="dieper", thread_ts=reply)
    assert [one.text for one in slack.world.messages(desk)] == ["root", "dieper"]


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        ("directie", "channel_not_found"),
        ("evenementen", "not_in_channel"),
        ("oude-balie", "is_archived"),
    ],
)
async def test_a_post_where_the_bot_cannot_write_is_refused(
    slack: SlackSandbox, client: AsyncWebClient, channel: str, code: str
) -> None:
    target = slack.world.channel(channel).id
    assert await refusal(client.chat_postMessage(channel=target, text="x")) == code
    assert slack.world.messages(channel) == []


async def test_a_post_to_an_unknown_channel_is_refused(client: AsyncWebClient) -> None:
    assert await refusal(client.chat_postMessage(channel="C000", text="x")) == "channel_not_found"


async def test_chat_write_public_posts_without_membership(slack: SlackSandbox, client: AsyncWebClient) -> None:
    slack.scopes.add("chat:write.public")
    await client.chat_postMessage(channel=slack.world.channel("evenementen").id, text="x")
    assert [one.text for one in slack.world.messages("evenementen")] == ["x"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": '{"type": "divider"}'}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"text": "geen soort"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"event_type": "zonder inhoud"}}, "invalid_metadata_format"),
    ],
)
async def test_a_malformed_message_is_refused(
    slack: SlackSandbox, client: AsyncWebClient, desk: str, content: Json, code: str
) -> None:
    assert await refusal(client.api_call("chat.postMessage", json={"channel": desk, **content})) == code
    assert slack.world.messages(desk) == []


async def test_a_person_as_channel_is_their_direct_message(slack: SlackSandbox, client: AsyncWebClient) -> None:
    lien = slack.world.person("lien")
    assert slack.world.im("lien") is None
    answer = await client.chat_postMessage(channel=lien.id, text="Dag Lien")
    assert answer["channel"] == slack.world.im("lien")


async def test_an_update_changes_what_is_shown_and_keeps_the_metadata(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    ts = (await client.chat_postMessage(channel=desk, text="eerst", blocks=BLOCKS, metadata=METADATA))["ts"]
    answer = await client.chat_update(channel=desk, ts=ts, text="nu")
    edited = {"user": slack.bot_user_id, "ts": "1789371000.000100"}
    message = {**by_app(slack), "text": "nu", "ts": ts, "edited": edited, "metadata": METADATA}
    assert answer.data == {"ok": True, "channel": desk, "ts": ts, "text": "nu", "message": message}


async def test_an_update_of_anything_else_is_refused(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    own = (await client.chat_postMessage(channel=desk, text="x"))["ts"]
    other = slack.world.say("lien", desk, "van Lien").ts
    assert await refusal(client.chat_update(channel=desk, ts=other, text="y")) == "cant_update_message"
    assert await refusal(client.chat_update(channel=desk, ts="1.000000", text="y")) == "message_not_found"
    assert await refusal(client.chat_update(channel=desk, ts=own, text="y" * 4001)) == "msg_too_long"
    assert [one.text for one in slack.world.messages(desk)] == ["x", "van Lien"]


async def test_an_ephemeral_message_is_for_one_member_only(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    lien, stranger = slack.world.person("lien").id, slack.world.person("sofie").id
    answer = await client.chat_postEphemeral(channel=desk, user=lien, text="alleen jij")
    [seen] = slack.world.ephemerals("lien", desk)
    assert (answer["message_ts"], seen.text) == (seen.ts, "alleen jij")
    assert slack.world.messages(desk) == slack.world.ephemerals("bram", desk) == []
    refused = client.chat_postEphemeral(channel=desk, user=stranger, text="x")
    assert await refusal(refused) == "user_not_in_channel"
    assert await refusal(client.chat_update(channel=desk, ts=seen.ts, text="y")) == "message_not_found"


async def test_a_deleted_root_with_replies_leaves_a_tombstone(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    alone = (await client.chat_postMessage(channel=desk, text="alleen"))["ts"]
    root = (await client.chat_postMessage(channel=desk, text="root"))["ts"]
    await client.chat_postMessage(channel=desk, text="antwoord", thread_ts=root)
    await client.chat_delete(channel=desk, ts=alone)
    await client.chat_delete(channel=desk, ts=root)
    assert [(one.text, one.tombstone) for one in slack.world.messages(desk)] == [("This message was deleted.", True)]
    assert await refusal(client.chat_update(channel=desk, ts=root, text="x")) == "message_not_found"


async def test_permalinks_point_into_the_thread(client: AsyncWebClient, desk: str, clock: HandClock) -> None:
    root = (await client.chat_postMessage(channel=desk, text="root"))["ts"]
    clock.forward(seconds=5)
    reply = (await client.chat_postMessage(channel=desk, text="antwoord", thread_ts=root))["ts"]
    answer = await client.chat_getPermalink(channel=desk, message_ts=reply)
    place = f"https://stad-voorbeeld.slack.com/archives/{desk}/p1789371005000000"
    assert answer["permalink"] == f"{place}?thread_ts={root}&cid={desk}"
    assert await refusal(client.chat_getPermalink(channel=desk, message_ts="1.0")) == "message_not_found"


async def test_a_block_that_this_workspace_does_not_have_is_refused_and_no_complaint(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    chart = {"type": "pie", "segments": [{"label": "Aalst", "value": 1}]}
    blocks = [*BLOCKS, {"type": "data_visualization", "title": "Kansen", "chart": chart}]
    slack.world.checks.withheld.add("data_visualization")
    post = partial(client.chat_postMessage, channel=desk, text="Dag")
    assert await refusal(post(blocks=blocks)) == "invalid_blocks"
    assert (await post(blocks=BLOCKS))["ok"] is True
    slack.world.checks.withheld.clear()
    assert (await post(blocks=blocks))["ok"] is True
    assert slack.world.checks.complaints == []
    assert "(chart: Kansen)" in slack.world.transcript(desk)
