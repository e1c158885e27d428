"""What is well formed passes without a word: every block, on every surface it belongs on."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.checks import HABIT, Checks
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError

REMOVED = object()
"""Put in the place of a value, it takes the field away."""


def plain(text: str) -> Json:
    """Return plain text."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    """Return text with marks."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def raw(text: str) -> Json:
    """Return a cell."""
    return {"type": "raw_text", "text": text}


def option(name: str) -> Json:
    """Return an option of a select."""
    return {"text": plain(name), "value": name}


def rich(*parts: Json) -> Json:
    """Return a rich text of one paragraph."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


def rows(count: int, width: int = 2) -> list[list[Json]]:
    """Return that many rows of cells, every first cell another one."""
    return [[raw(f"r{row}c{column}") for column in range(width)] for row in range(count)]


def field(kind: str, **element: Any) -> Json:
    """Return an input block with such an element."""
    return {"type": "input", "label": plain("Welke balie?"), "element": {"type": kind, "action_id": "a", **element}}


CONFIRM = {"title": plain("Zeker?"), "text": mrkdwn("Het stopt."), "confirm": plain("Stop"), "deny": plain("Nee")}
BUTTON = {"type": "button", "action_id": "stop", "text": plain("Stoppen"), "value": "1", "style": "danger"}
PICTURE = {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "De balie van De Sluis"}
CHOSEN = {"options": [option("een"), option("twee")], "initial_option": option("twee")}
SERIES = [{"name": "Kansen", "data": [{"label": "ma", "value": 1}, {"label": "di", "value": 2.5}]}]
TEXT = {"type": "text", "text": "Dag", "style": {"bold": True}}
DATE = {"type": "date", "timestamp": 1_789_371_000, "format": "{date_short}", "fallback": "14 september"}
ITEMS = {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [rich(TEXT)["elements"][0]]}

ACTING: list[Json] = [
    BUTTON | {"confirm": CONFIRM | {"style": "danger"}, "accessibility_label": "Het rapport stoppen"},
    {"type": "overflow", "options": [option("een") | {"url": "https://x.example"}]},
    {"type": "datepicker", "initial_date": "2026-02-28", "placeholder": plain("Een dag"), "focus_on_load": True},
    {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/Brussels"},
    {"type": "datetimepicker", "initial_date_time": 1_789_371_000},
    {"type": "static_select", **CHOSEN},
    {"type": "external_select", "min_query_length": 0, "initial_option": option("een")},
    {"type": "multi_static_select", "option_groups": [{"label": plain("Huis"), "options": [option("een")]}]},
    {"type": "multi_external_select", "max_selected_items": 2},
    {"type": "users_select", "initial_user": "U1"},
    {"type": "multi_users_select", "initial_users": ["U1"]},
    {"type": "conversations_select", "filter": {"include": ["public", "im"], "exclude_bot_users": True}},
    {"type": "multi_conversations_select", "default_to_current_conversation": True},
    {"type": "channels_select", "initial_channel": "C1"},
    {"type": "multi_channels_select", "initial_channels": ["C1"]},
    {"type": "checkboxes", "options": [{"text": mrkdwn("*Ja*"), "value": "j", "description": mrkdwn("echt")}]},
    {"type": "radio_buttons", **CHOSEN},
]

SOUND: dict[str, Json] = {
    "section": {"type": "section", "text": mrkdwn("Dag"), "fields": [mrkdwn("*Van*"), plain("1")], "accessory": BUTTON},
    "pictured": {"type": "section", "text": plain("Dag"), "accessory": PICTURE, "expand": True},
    "header": {"type": "header", "text": plain("Rapport")},
    "divider": {"type": "divider", "block_id": "lijn"},
    "image": {**PICTURE, "title": plain("De balie")},
    "context": {"type": "context", "elements": [mrkdwn("klein"), plain("kleiner"), PICTURE]},
    "actions": {"type": "actions", "elements": [one | {"action_id": f"a{n}"} for n, one in enumerate(ACTING)]},
    "rich_text": {
        **rich(TEXT, DATE, {"type": "link", "url": "https://x.example"}, {"type": "user", "user_id": "U1"}),
        "block_id": "rijk",
    },
    "list": {"type": "rich_text", "elements": [ITEMS, {"type": "rich_text_quote", "elements": [TEXT]}]},
    "table": {
        "type": "table",
        "rows": [[raw("Dag"), raw("Kansen")], [rich(DATE), {"type": "raw_number", "value": 3, "text": "3"}]],
        "column_settings": [None, {"align": "right", "is_wrapped": True}],
    },
    "data_table": {"type": "data_table", "caption": "Kansen", "rows": rows(3), "page_size": 5},
    "bars": {
        "type": "data_visualization",
        "title": "Kansen",
        "chart": {"type": "bar", "series": SERIES, "axis_config": {"categories": ["ma", "di"], "x_label": "Dag"}},
    },
    "pie": {
        "type": "data_visualization",
        "title": "Kansen",
        "chart": {"type": "pie", "segments": [{"label": "ma", "value": 1}]},
    },
    "markdown": {"type": "markdown", "text": "**Dag**"},
    "container": {"type": "container", "title": plain("Meer"), "child_blocks": [{"type": "divider"}], "width": "wide"},
    "card": {"type": "card", "title": mrkdwn("Een"), "body": plain("Twee"), "actions": [BUTTON]},
    "carousel": {
        "type": "carousel",
        "elements": [{"type": "card", "title": plain(n), "actions": [BUTTON]} for n in "ab"],
    },
    "plan": {"type": "plan", "title": "Stappen", "tasks": [{"task_id": "1", "title": "Vragen", "status": "complete"}]},
    "task_card": {"type": "task_card", "task_id": "2", "title": "Vragen", "status": "in_progress"},
    "context_actions": {
        "type": "context_actions",
        "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Weg"), "action_id": "weg", "value": "1"}],
    },
    "feedback": {
        "type": "context_actions",
        "elements": [
            {"type": "feedback_buttons", "positive_button": option("goed"), "negative_button": option("slecht")}
        ],
    },
    "workflow": {
        "type": "actions",
        "elements": [
            {"type": "workflow_button", "action_id": "w", "text": plain("Start"), "workflow": {"trigger": {}}}
        ],
    },
    "video": {
        "type": "video",
        "alt_text": "De balie in beeld",
        "title": plain("De balie"),
        "video_url": "https://x.example/v",
        "thumbnail_url": "https://x.example/t",
    },
    "words": {
        **field("plain_text_input", min_length=2, max_length=3_000, multiline=True, placeholder=plain("De Sluis")),
        "hint": plain("Zoals ze heet"),
        "optional": True,
        "dispatch_action": False,
    },
    "number": field("number_input", is_decimal_allowed=False, min_value="1", initial_value="2"),
    "mail": field("email_text_input", dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
    "address": field("url_text_input", initial_value=""),
    "file": field("file_input", filetypes=["csv"], max_files=2),
    "notes": field("rich_text_input", initial_value=rich(TEXT), min_lines=2),
    "select": field("static_select", **CHOSEN),
    "boxes": field("checkboxes", options=[option("een")], initial_options=[option("een")]),
    "alert": {"type": "alert", "text": plain("Het ging mis."), "level": "error"},
}
"""One or more of every block, without a fault."""

ONLY_IN_MESSAGES = {"markdown", "plan", "task_card", "context_actions", "feedback"}
NOT_IN_MODALS = ONLY_IN_MESSAGES | {"table", "data_table", "bars", "pie", "container", "carousel"}


def sound(name: str) -> Json:
    """Return a copy of a block without a fault."""
    return copy.deepcopy(SOUND[name])


def changed(payload: Any, pointer: str, value: Any) -> Any:
    """Return a copy with another value at that JSON pointer, or without it."""
    if not pointer:
        return value
    whole = json.loads(json.dumps(payload))
    *path, last = pointer.split("/")[1:]
    inner = whole
    for name in path:
        inner = inner[int(name) if isinstance(inner, list) else name]
    if value is REMOVED:
        del inner[last]
    else:
        inner[int(last) if isinstance(inner, list) else last] = value
    return whole


def blocks_without(names: set[str]) -> list[Json]:
    """Return a copy of every block without a fault, but those."""
    return [sound(name) for name in SOUND if name not in names]


def modal(*blocks: Json, **more: Any) -> Json:
    """Return a modal that can be submitted."""
    return {"type": "modal", "title": plain("Rapport"), "submit": plain("Vraag"), "blocks": list(blocks), **more}


def judged(checks: Checks, check: Callable[[], object]) -> list[tuple[str, str, str]]:
    """Return code, pointer and sentence of all that is wrong; whatever isn't a habit must have been refused."""
    refused = set()
    try:
        check()
    except RefusalError as refusal:
        refused = {str(refusal)}
    assert {one.code for one in checks.complaints} - {HABIT} == refused
    return [(one.code, one.pointer, one.sentence) for one in checks.complaints]


def complaints_of(message: Json, what: str = "chat.postMessage") -> list[tuple[str, str, str]]:
    """Return what is wrong with a message."""
    checks = Checks()
    return judged(checks, lambda: checks.message(Arguments(message), what))


def complaints_of_view(view: Any, kind: str = "modal") -> list[tuple[str, str, str]]:
    """Return what is wrong with a view."""
    checks = Checks()
    return judged(checks, lambda: checks.view(view, kind))


@pytest.mark.parametrize("name", SOUND.keys() - {"alert"})
def test_a_sound_block_is_taken_in_a_message(name: str) -> None:
    assert complaints_of({"text": "Het rapport is klaar", "blocks": [sound(name)]}) == []


@pytest.mark.parametrize("name", SOUND.keys() - NOT_IN_MODALS)
def test_a_sound_block_is_taken_in_a_modal(name: str) -> None:
    assert complaints_of_view(modal(sound(name))) == []


async def test_a_message_of_all_blocks_is_taken_whole(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    blocks = blocks_without({"alert"})
    ts = (await client.chat_postMessage(channel=desk, text="Alles", blocks=blocks))["ts"]
    await client.chat_update(channel=desk, ts=ts, text="Alles", blocks=blocks)
    [shown] = slack.world.messages(desk)
    assert [one["type"] for one in shown.blocks] == [one["type"] for one in blocks]
    assert slack.world.checks.complaints == []


async def test_a_modal_and_a_home_of_all_their_blocks_are_taken_whole(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    lien = slack.world.person("lien").id
    more = {"private_metadata": "x", "callback_id": "c", "external_id": "e", "close": plain("Sluit")}
    view = modal(*blocks_without(NOT_IN_MODALS), **more, notify_on_close=True, clear_on_close=False)
    await client.views_open(trigger_id=slack.workspace.triggers.issue(lien), view=view)
    home = {"type": "home", "blocks": blocks_without(ONLY_IN_MESSAGES | {"alert"}), "callback_id": "home"}
    await client.views_publish(user_id=lien, view=home)
    assert [one.content["type"] for one in slack.world.views("lien")] == ["modal"]
    assert slack.world.home("lien") is not None
    assert slack.world.checks.complaints == []
