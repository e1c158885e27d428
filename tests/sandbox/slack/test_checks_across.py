"""Rules between the parts of one payload, and for a payload as a whole."""

import json
from typing import Any

import pytest

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.check_models import second_opinion
from bot.sandbox.slack.checks import Checks
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.test_checks import (
    BUTTON,
    CHOSEN,
    REMOVED,
    SOUND,
    changed,
    complaints_of,
    complaints_of_view,
    field,
    judged,
    modal,
    mrkdwn,
    option,
    plain,
    raw,
    rich,
    rows,
    sound,
)

SECTION = {"type": "section", "text": plain("a")}


def section(length: int) -> Json:
    """Return a section of that many characters."""
    return {"type": "section", "text": plain("a" * length)}


def titled(identifier: str) -> Json:
    """Return a section with a block_id."""
    return {**SECTION, "block_id": identifier}


def nested(*blocks: Json) -> Json:
    """Return a container around blocks."""
    return {"type": "container", "title": plain("Meer"), "child_blocks": list(blocks)}


ACROSS: list[tuple[list[Json], str, str]] = [
    ([sound("table"), sound("table")], "", "no more than 1 blocks of type table allowed"),
    ([sound("table"), nested(sound("table"))], "", "no more than 1 blocks of type table allowed"),
    ([sound("bars"), sound("pie"), sound("pie")], "", "no more than 2 blocks of type data_visualization allowed"),
    (
        [{"type": "markdown", "text": "a" * length} for length in (6_000, 6_001)],
        "",
        "no more than 12000 characters in blocks of type markdown allowed",
    ),
    ([titled("een"), titled("twee"), titled("een")], "/2/block_id", "must be unique: een"),
    ([titled("een"), nested(titled("een"))], "/1/child_blocks/0/block_id", "must be unique: een"),
    ([{"type": "actions", "elements": [BUTTON, BUTTON]}], "/0/elements/1/action_id", "must be unique: stop"),
    (
        [changed(SOUND["actions"], "/elements/5/focus_on_load", value=True)],
        "/0/elements/5/focus_on_load",
        "only one element may have the focus",
    ),
    (
        [field("static_select", **CHOSEN | {"initial_option": option("drie")})],
        "/0/element/initial_option",
        "must be one of the options, in every field",
    ),
    (
        [field("static_select", **CHOSEN | {"initial_option": option("een") | {"text": plain("Een")}})],
        "/0/element/initial_option",
        "must be one of the options, in every field",
    ),
    (
        [changed(SOUND["boxes"], "/element/initial_options", [option("een"), option("twee")])],
        "/0/element/initial_options/1",
        "must be one of the options, in every field",
    ),
    ([changed(SOUND["table"], "/rows/1", [raw("Dag")])], "/0/rows/1", "must have as many cells as the first row: 2"),
    (
        [changed(SOUND["data_table"], "/rows/2", rows(1, 3)[0])],
        "/0/rows/2",
        "must have as many cells as the first row: 2",
    ),
    (
        [changed(SOUND["data_table"], "/rows/0/1", rich({"type": "text", "text": "Dag"}))],
        "/0/rows/0/1/type",
        "a header cell can't be rich_text",
    ),
    (
        [changed(SOUND["data_table"], "/row_header_column_index", 2)],
        "/0/row_header_column_index",
        "must be less than 2",
    ),
    (
        [changed(SOUND["bars"], "/chart/axis_config/categories", ["ma", "wo"])],
        "/0/chart/series/0/data",
        "must have one value for every category",
    ),
    (
        [changed(SOUND["plan"], "/tasks", SOUND["plan"]["tasks"] * 2)],
        "/0/tasks/1/task_id",
        "must be unique: 1",
    ),
]


@pytest.mark.parametrize(("blocks", "where", "sentence"), ACROSS)
def test_parts_that_do_not_go_together_are_refused(blocks: list[Json], where: str, sentence: str) -> None:
    found = complaints_of({"text": "Het rapport", "blocks": blocks}, "response_url")
    assert found == [("invalid_blocks", f"/blocks{where}", sentence)]


def test_the_same_action_id_may_stand_in_two_blocks_and_on_two_cards() -> None:
    actions = {"type": "actions", "elements": [BUTTON]}
    assert complaints_of({"text": "Het rapport", "blocks": [actions, actions, sound("carousel")]}) == []


def test_two_tables_may_stand_in_a_home() -> None:
    assert complaints_of_view({"type": "home", "blocks": [sound("table"), sound("table")]}, "home") == []


@pytest.mark.parametrize(
    ("what", "refused"),
    [
        ("chat.postMessage", True),
        ("chat.postEphemeral", True),
        ("chat.update", True),
        ("response_url", False),
        ("acknowledgement", False),
    ],
)
def test_all_blocks_of_a_posted_message_have_ten_thousand_characters(what: str, refused: bool) -> None:  # noqa: FBT001 - a column of the table
    full = [section(3_000), section(3_000), section(3_000), section(900), rich({"type": "text", "text": "a" * 100})]
    sentence = "no more than 10000 characters over all blocks"
    over = [("msg_blocks_too_long", "/blocks", sentence)] if refused else []
    assert complaints_of({"text": "Het rapport", "blocks": full}, what) == []
    assert complaints_of({"text": "Het rapport", "blocks": [*full, SECTION]}, what) == over


@pytest.mark.parametrize(
    ("message", "what", "complaint"),
    [
        ({}, "chat.postMessage", ("no_text", "/text", "no text, blocks or attachments")),
        ({"text": "a" * 4_001}, "chat.update", ("msg_too_long", "/text", "no more than 4000 characters")),
        ({"text": "a", "blocks": "[{"}, "chat.postMessage", ("invalid_blocks_format", "/blocks", "is not JSON")),
        ({"text": "a", "blocks": "{}"}, "chat.postMessage", ("invalid_blocks", "/blocks", "must provide an array")),
        (
            {"attachments": "{}"},
            "response_url",
            ("invalid_attachments", "/attachments", "must provide an array of objects"),
        ),
        (
            {"attachments": [{}] * 101},
            "chat.postMessage",
            ("too_many_attachments", "/attachments", "no more than 100 items allowed"),
        ),
        (
            {"attachments": [{"blocks": [{"type": "alert"}]}]},
            "chat.postMessage",
            ("invalid_blocks", "/attachments/0/blocks/0/type", "unsupported type: alert"),
        ),
    ],
)
def test_a_message_that_is_wrong_as_a_whole_is_refused(
    message: Json, what: str, complaint: tuple[str, str, str]
) -> None:
    assert complaints_of(message, what) == [complaint]


def test_a_text_is_cut_off_at_forty_thousand_characters() -> None:
    content = Checks().message(Arguments({"text": "a" * 40_001}))
    assert content == {"text": "a" * 40_000, "blocks": [], "attachments": []}


@pytest.mark.parametrize(
    ("metadata", "kept"),
    [
        (None, None),
        ("{}", {}),
        ({}, {}),
        ({"event_type": "t", "event_payload": {}, "x": 1}, {"event_type": "t", "event_payload": {}}),
    ],
)
def test_metadata_is_kept_as_type_and_payload(metadata: Any, kept: Json | None) -> None:
    checks = Checks()
    assert checks.metadata(Arguments({"metadata": metadata})) == kept
    assert checks.complaints == []


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ("{", "is not JSON"),
        ([], "missing required field: event_type"),
        ({"event_payload": {}}, "missing required field: event_type"),
        ({"event_type": 1, "event_payload": {}}, "missing required field: event_type"),
        ({"event_type": "t"}, "missing required field: event_payload"),
        ({"event_type": "t", "event_payload": "{}"}, "missing required field: event_payload"),
    ],
)
def test_metadata_without_type_or_payload_is_refused(metadata: Any, sentence: str) -> None:
    checks = Checks()
    found = judged(checks, lambda: checks.metadata(Arguments({"metadata": metadata}), "chat.update"))
    assert found == [("invalid_metadata_format", "/metadata", sentence)]
    assert {one.what for one in checks.complaints} == {"chat.update"}


def test_a_hundred_attachments_are_taken() -> None:
    blocks = [{"blocks": [SECTION]}, *[{"fallback": "Dag"}] * 99]
    assert complaints_of({"attachments": blocks}) == []


VIEWS: list[tuple[Any, str, str, str]] = [
    (None, "modal", "", "must provide an object"),
    ({"type": "home", "blocks": []}, "modal", "/type", "unsupported type: home"),
    (modal(), "home", "/type", "unsupported type: modal"),
    (changed(modal(), "/title", REMOVED), "modal", "", "missing required field: title"),
    (changed(modal(), "/blocks", REMOVED), "modal", "", "missing required field: blocks"),
    (changed(modal(), "/title", mrkdwn("Rapport")), "modal", "/title/type", "must be plain_text"),
    (changed(modal(), "/title/text", ""), "modal", "/title/text", "must be more than 0 characters"),
    (modal(hash="1.x"), "modal", "", "invalid additional property: hash"),
    (modal(notify_on_close="yes"), "modal", "/notify_on_close", "must provide a boolean"),
    ({"type": "home", "blocks": [], "title": plain("Thuis")}, "home", "", "invalid additional property: title"),
    (changed(modal(sound("words")), "/submit", REMOVED), "modal", "", "missing required field: submit"),
]


@pytest.mark.parametrize(("view", "kind", "where", "sentence"), VIEWS)
def test_a_view_that_is_not_one_is_refused(view: Any, kind: str, where: str, sentence: str) -> None:
    assert complaints_of_view(view, kind) == [("invalid_arguments", f"/view{where}", sentence)]


def test_a_modal_without_inputs_needs_no_submit() -> None:
    assert complaints_of_view(changed(modal(sound("section")), "/submit", REMOVED)) == []


def test_a_view_has_a_quarter_of_a_million_bytes() -> None:
    view = modal(*[section(2_420) for _ in range(99)], section(1))
    left = 250_000 - len(json.dumps(view))
    over = [("view_too_large", "/view", "no more than 250000 bytes")]
    assert complaints_of_view(changed(view, "/blocks/99", section(1 + left))) == []
    assert complaints_of_view(changed(view, "/blocks/99", section(2 + left))) == over
    assert complaints_of_view(changed(view, "/blocks/99/text/text", "é" + "a" * left)) == over


@pytest.mark.parametrize("kind", ["modal", "home"])
def test_a_view_without_a_method_is_complained_of_by_its_kind(kind: str) -> None:
    checks = Checks()
    assert judged(checks, lambda: checks.view([], kind)) == [("invalid_arguments", "/view", "must provide an object")]
    assert [one.what for one in checks.complaints] == [kind]


def test_the_models_of_slack_are_asked_too() -> None:
    seen = second_opinion([SECTION, section(3_001), {"type": "header"}, {"type": "image", "alt": "x"}], "/blocks")
    assert [(one.pointer, one.sentence.partition(":")[0]) for one in seen] == [
        ("/blocks/1", "text attribute cannot exceed 3000 characters"),
        ("/blocks/2", "text attribute must be specified"),
        ("/blocks/3", "unreadable"),
    ]
    assert list(second_opinion(list(SOUND.values()), "/blocks")) == []


def test_what_only_the_models_of_slack_refuse_is_refused() -> None:
    block = sound("container") | {"is_collapsible": True, "has_header_divider": True}
    sentence = "has_header_divider cannot be set when is_collapsible is true"
    home = {"type": "home", "blocks": [SECTION, block]}
    assert complaints_of({"text": "Het rapport", "blocks": [block]}) == [("invalid_blocks", "/blocks/0", sentence)]
    assert complaints_of_view(home, "home") == [("invalid_arguments", "/view/blocks/1", sentence)]
