"""The same checks as the app meets them: with Slack's own client, against the running stand-in."""

from collections.abc import Awaitable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.acknowledgements import Acknowledgements
from bot.sandbox.slack.checks import Complaint
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError
from tests.sandbox.slack.test_checks import (
    BUTTON,
    PICTURE,
    REMOVED,
    changed,
    field,
    modal,
    mrkdwn,
    option,
    plain,
    raw,
    sound,
)

TEXT = {"type": "section", "text": plain("a" * 3_000)}
ALERT = {"type": "alert", "text": plain("Mis")}


async def answer(call: Awaitable[Any]) -> Json:
    """Return what a refused call is answered."""
    with pytest.raises(SlackApiError) as caught:
        await call
    response: Json = caught.value.response.data
    return response


def explained(code: str, *faults: tuple[str, str]) -> Json:
    """Return the answer that names these faults, by pointer and sentence."""
    messages = [f"[ERROR] {sentence} [json-pointer:{pointer}]" for pointer, sentence in faults]
    return {"ok": False, "error": code, "response_metadata": {"messages": messages}}


def noted(what: str, code: str, *faults: tuple[str, str]) -> list[Complaint]:
    """Return what the stand-in keeps of it."""
    return [Complaint(what, code, pointer, sentence) for pointer, sentence in faults]


MESSAGES: list[tuple[list[Any], list[tuple[str, str]]]] = [
    ([{"type": "blok"}], [("/0/type", "unsupported type: blok")]),
    ([ALERT], [("/0/type", "unsupported type: alert")]),
    ([{"type": "header", "text": plain("a" * 151)}], [("/0/text/text", "must be less than 151 characters")]),
    ([{"type": "header", "text": mrkdwn("*a*")}], [("/0/text/type", "must be plain_text")]),
    ([{"type": "section", "text": mrkdwn("")}], [("/0/text/text", "must be more than 0 characters")]),
    ([sound("divider"), sound("divider")], [("/1/block_id", "must be unique: lijn")]),
    ([{"type": "actions", "elements": [BUTTON] * 26}], [("/0/elements", "no more than 25 items allowed")]),
    ([{"type": "actions", "elements": [BUTTON] * 2}], [("/0/elements/1/action_id", "must be unique: stop")]),
    ([{**PICTURE, "alt_text": ""}], [("/0/alt_text", "must be more than 0 characters")]),
    ([{"type": "table", "rows": [[raw("a")], "b"]}], [("/0/rows/1", "must provide an array")]),
    (
        [{"type": "table", "rows": [[raw("a")], [raw("b"), raw("c")]]}],
        [("/0/rows/1", "must have as many cells as the first row: 1")],
    ),
    ([sound("table")] * 2, [("", "no more than 1 blocks of type table allowed")]),
    (
        [{"type": "header", "text": plain("")}, {"type": "divider", "text": plain("a")}],
        [("/0/text/text", "must be more than 0 characters"), ("/1", "invalid additional property: text")],
    ),
]

MODALS: list[tuple[Any, list[tuple[str, str]]]] = [
    (modal(ALERT | {"text": plain("a" * 201)}), [("/blocks/0/text/text", "must be less than 201 characters")]),
    (modal(sound("table")), [("/blocks/0/type", "unsupported type: table")]),
    (changed(modal(sound("words")), "/submit", REMOVED), [("", "missing required field: submit")]),
    (modal(private_metadata="a" * 3_001), [("/private_metadata", "must be less than 3001 characters")]),
    (
        modal(field("datepicker", initial_date="31-12-2026")),
        [("/blocks/0/element/initial_date", "must be a moment of the form %Y-%m-%d")],
    ),
    (
        modal(field("radio_buttons", options=[option("een")], initial_option=option("twee"))),
        [("/blocks/0/element/initial_option", "must be one of the options, in every field")],
    ),
    (
        modal(*[field("datepicker", focus_on_load=True)] * 2),
        [("/blocks/1/element/focus_on_load", "only one element may have the focus")],
    ),
    (
        modal(field("static_select")),
        [("/blocks/0/element", "must have exactly one of: options, option_groups")],
    ),
    (modal(field("plain_text_input", max_length=3_001)), [("/blocks/0/element/max_length", "must be at most 3000")]),
]


@pytest.mark.parametrize(("blocks", "faults"), MESSAGES)
async def test_a_post_of_malformed_blocks_is_refused_with_where_and_why(
    slack: SlackSandbox, client: AsyncWebClient, desk: str, blocks: list[Any], faults: list[tuple[str, str]]
) -> None:
    placed = [(f"/blocks{pointer}", sentence) for pointer, sentence in faults]
    call = client.chat_postMessage(channel=desk, text="Het rapport", blocks=blocks)
    assert await answer(call) == explained("invalid_blocks", *placed)
    assert slack.world.messages(desk) == []
    assert slack.world.checks.complaints == noted("chat.postMessage", "invalid_blocks", *placed)


@pytest.mark.parametrize(("view", "faults"), MODALS)
async def test_a_malformed_modal_is_refused_with_where_and_why(
    slack: SlackSandbox, client: AsyncWebClient, view: Json, faults: list[tuple[str, str]]
) -> None:
    placed = [(f"/view{pointer}", sentence) for pointer, sentence in faults]
    trigger = slack.workspace.triggers.issue(slack.world.person("lien").id)
    assert await answer(client.views_open(trigger_id=trigger, view=view)) == explained("invalid_arguments", *placed)
    assert slack.world.views("lien") == []
    assert slack.world.checks.complaints == noted("views.open", "invalid_arguments", *placed)


async def test_every_way_to_speak_is_checked_under_its_own_name(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    lien = slack.world.person("lien").id
    ts = (await client.chat_postMessage(channel=desk, text="Dag"))["ts"]
    home = {"type": "home", "blocks": [ALERT]}
    view = modal(TEXT)
    opened = await client.views_open(trigger_id=slack.workspace.triggers.issue(lien), view=view)
    calls = [
        client.chat_update(channel=desk, ts=ts, text="Dag", blocks=[ALERT]),
        client.chat_postEphemeral(channel=desk, user=lien, text="Dag", blocks=[ALERT]),
        client.views_publish(user_id=lien, view=home),
        client.views_update(view_id=opened["view"]["id"], view=home),
        client.views_push(trigger_id=slack.workspace.triggers.issue(lien), view=home),
    ]
    assert [(await answer(call))["error"] for call in calls] == ["invalid_blocks"] * 2 + ["invalid_arguments"] * 3
    assert [(one.what, one.pointer) for one in slack.world.checks.complaints] == [
        ("chat.update", "/blocks/0/type"),
        ("chat.postEphemeral", "/blocks/0/type"),
        ("views.publish", "/view/blocks/0/type"),
        ("views.update", "/view/type"),
        ("views.push", "/view/type"),
    ]


async def test_too_much_for_one_message_is_refused_and_is_fine_on_a_response_url(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    lien = slack.world.person("lien").id
    blocks = [TEXT] * 4
    refused = {"ok": False, "error": "msg_blocks_too_long"}
    assert await answer(client.chat_postMessage(channel=desk, text="Het rapport", blocks=blocks)) == refused
    url = slack.url + slack.workspace.response_urls.issue(desk, lien)
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json={"text": "Het rapport", "blocks": blocks}) as taken:
            assert taken.status == 200
        async with session.post(url, json={"text": "Het rapport", "blocks": [ALERT]}) as response:
            assert (response.status, (await response.json(content_type=None))["error"]) == (400, "invalid_blocks")
    assert [len(one.blocks) for one in slack.world.ephemerals("lien", desk)] == [4]
    assert [(one.what, one.code) for one in slack.world.checks.complaints] == [
        ("chat.postMessage", "msg_blocks_too_long"),
        ("response_url", "invalid_blocks"),
    ]


async def test_a_habit_is_noted_and_the_message_posted(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    await client.chat_postMessage(
        channel=desk, text="Het rapport", blocks=[{"type": "header", "text": plain("Dag 👋")}]
    )
    [shown] = slack.world.messages(desk)
    assert shown.blocks[0]["text"] == plain("Dag 👋")
    assert slack.world.checks.complaints == noted(
        "chat.postMessage", "habit", ("/blocks/0/text/text", "an emoji where words belong")
    )


def test_an_acknowledgement_is_checked_as_what_it_shows(slack: SlackSandbox, desk: str) -> None:
    lien = slack.world.person("lien").id
    view = slack.world.modals.open(lien, modal(TEXT))
    acknowledged = Acknowledgements(slack.world)
    with pytest.raises(RefusalError, match="invalid_blocks"):
        acknowledged.of_command({"text": "Dag", "blocks": [ALERT]}, desk, lien)
    for action in ("update", "push"):
        with pytest.raises(RefusalError, match="invalid_arguments"):
            acknowledged.of_submission({"response_action": action, "view": modal(sound("table"))}, view)
    assert acknowledged.of_suggestion({"options": [{"text": mrkdwn("*a*"), "value": "1"}]}) == []
    assert slack.world.views("lien") == [view]
    assert slack.world.checks.complaints == [
        Complaint("acknowledgement", "invalid_blocks", "/blocks/0/type", "unsupported type: alert"),
        Complaint("response_action", "invalid_arguments", "/view/blocks/0/type", "unsupported type: table"),
        Complaint("response_action", "invalid_arguments", "/view/blocks/0/type", "unsupported type: table"),
        Complaint("options", "no_results", "/options/0/text/type", "must be plain_text"),
    ]
