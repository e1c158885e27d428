"""Every block and element has the fields of its kind, each of the right type, and stands where it may."""

from typing import Any

import pytest

from bot.sandbox.slack.records import Json
from tests.sandbox.slack.test_checks import (
    ACTING,
    BUTTON,
    NOT_IN_MODALS,
    ONLY_IN_MESSAGES,
    PICTURE,
    REMOVED,
    SOUND,
    changed,
    complaints_of,
    complaints_of_view,
    modal,
    mrkdwn,
    option,
    plain,
    raw,
    rich,
    sound,
)

PLAIN_ONLY = [
    ("header", "/text"),
    ("image", "/title"),
    ("actions", "/elements/0/text"),
    ("actions", "/elements/0/confirm/title"),
    ("actions", "/elements/0/confirm/confirm"),
    ("actions", "/elements/0/confirm/deny"),
    ("actions", "/elements/1/options/0/text"),
    ("actions", "/elements/2/placeholder"),
    ("actions", "/elements/5/options/0/text"),
    ("actions", "/elements/7/option_groups/0/label"),
    ("words", "/label"),
    ("words", "/hint"),
]

REQUIRED = [
    ("header", "/text"),
    ("image", "/alt_text"),
    ("context", "/elements"),
    ("context", "/elements/2/alt_text"),
    ("actions", "/elements"),
    ("actions", "/elements/0/text"),
    ("actions", "/elements/0/confirm/title"),
    ("actions", "/elements/0/confirm/text"),
    ("actions", "/elements/1/options"),
    ("actions", "/elements/5/options/0/text"),
    ("actions", "/elements/5/options/0/value"),
    ("words", "/label"),
    ("words", "/element"),
    ("number", "/element/is_decimal_allowed"),
    ("table", "/rows"),
    ("data_table", "/caption"),
    ("bars", "/title"),
    ("bars", "/chart/axis_config"),
    ("list", "/elements/0/style"),
]

EMPTY = [
    ("section", "/text/text"),
    ("section", "/block_id"),
    ("header", "/text/text"),
    ("image", "/alt_text"),
    ("context", "/elements/0/text"),
    ("actions", "/elements/0/text/text"),
    ("actions", "/elements/5/options/0/value"),
    ("words", "/label/text"),
    ("markdown", "/text"),
    ("table", "/rows/0/0/text"),
    ("data_table", "/caption"),
    ("rich_text", "/elements/0/elements/0/text"),
]

WRONG: list[tuple[str, str, Any, str, str]] = [
    ("section", "/text", "Dag", "/text", "must provide an object"),
    ("section", "/text/text", 1, "/text/text", "must provide a string"),
    ("section", "/text/type", "html", "/text/type", "must be mrkdwn or plain_text"),
    ("section", "/text/type", [], "/text/type", "must be mrkdwn or plain_text"),
    ("section", "/text/emoji", True, "/text", "invalid additional property: emoji"),
    ("section", "/fields", [], "/fields", "no fewer than 1 items allowed"),
    ("section", "/color", "red", "", "invalid additional property: color"),
    ("section", "/accessory", [BUTTON], "/accessory", "must provide an object"),
    ("actions", "/elements/0/confirm", "Zeker?", "/elements/0/confirm", "must provide an object"),
    ("section", "/accessory/colour", "red", "/accessory", "invalid additional property: colour"),
    ("section", "/accessory/style", "warning", "/accessory/style", "must be one of: danger, primary"),
    ("section", "/accessory/type", "knop", "/accessory/type", "unsupported type: knop"),
    ("section", "/accessory", {"type": "plain_text_input"}, "/accessory/type", "unsupported type: plain_text_input"),
    ("actions", "/elements", {}, "/elements", "must provide an array"),
    ("actions", "/elements", [], "/elements", "no fewer than 1 items allowed"),
    ("actions", "/elements/0", PICTURE, "/elements/0/type", "unsupported type: image"),
    ("actions", "/elements/2/initial_date", "2026-02-30", "/elements/2/initial_date", "%Y-%m-%d"),
    ("actions", "/elements/2/initial_date", "2026-2-3", "/elements/2/initial_date", "%Y-%m-%d"),
    ("actions", "/elements/2/initial_date", 20260203, "/elements/2/initial_date", "%Y-%m-%d"),
    ("actions", "/elements/3/initial_time", "24:00", "/elements/3/initial_time", "%H:%M"),
    ("actions", "/elements/2/focus_on_load", "true", "/elements/2/focus_on_load", "must provide a boolean"),
    ("words", "/element", BUTTON, "/element/type", "unsupported type: button"),
    ("words", "/element/rows", 3, "/element", "invalid additional property: rows"),
    ("words", "/optional", None, "/optional", "must provide a boolean"),
    ("context", "/elements/0", BUTTON, "/elements/0/type", "unsupported type: button"),
    ("image", "/slack_file", {"id": "F1"}, "", "must have exactly one of: image_url, slack_file"),
    ("image", "/image_url", REMOVED, "", "must have exactly one of: image_url, slack_file"),
    ("table", "/rows", [], "/rows", "no fewer than 1 items allowed"),
    ("table", "/rows/0", "Dag", "/rows/0", "must provide an array"),
    ("table", "/rows/0", [], "/rows/0", "no fewer than 1 items allowed"),
    ("table", "/rows/0/0", plain("Dag"), "/rows/0/0/type", "unsupported type: plain_text"),
    ("table", "/column_settings/1/align", "top", "/column_settings/1/align", "must be one of: center, left, right"),
    ("data_table", "/rows", [[raw("Dag")]], "/rows", "no fewer than 2 items allowed"),
    ("bars", "/chart/type", "radar", "/chart/type", "unsupported type: radar"),
    ("rich_text", "/elements/0/elements/0/type", "tekst", "/elements/0/elements/0/type", "unsupported type: tekst"),
    ("rich_text", "/elements/0", {"type": "text", "text": "Dag"}, "/elements/0/type", "unsupported type: text"),
    ("container", "/child_blocks/0", {"type": "card"}, "/child_blocks/0/type", "unsupported type: card"),
    ("card", "/actions", [SOUND["divider"]], "/actions/0/type", "unsupported type: divider"),
]


def verdict(block: Json) -> list[tuple[str, str, str]]:
    """Return what is wrong with a message of that block."""
    return complaints_of({"text": "Het rapport is klaar", "blocks": [block]})


@pytest.mark.parametrize(("name", "path"), PLAIN_ONLY)
def test_text_with_marks_is_refused_where_slack_wants_it_plain(name: str, path: str) -> None:
    found = verdict(changed(SOUND[name], path, mrkdwn("*Dag*")))
    assert found == [("invalid_blocks", f"/blocks/0{path}/type", "must be plain_text")]


@pytest.mark.parametrize(("name", "path"), REQUIRED)
def test_a_required_field_that_is_missing_is_refused(name: str, path: str) -> None:
    where, _, field = path.rpartition("/")
    found = verdict(changed(SOUND[name], path, REMOVED))
    assert found == [("invalid_blocks", f"/blocks/0{where}", f"missing required field: {field}")]


@pytest.mark.parametrize(("name", "path"), EMPTY)
def test_an_empty_text_is_refused(name: str, path: str) -> None:
    found = verdict(changed(SOUND[name], path, ""))
    assert found == [("invalid_blocks", f"/blocks/0{path}", "must be more than 0 characters")]


@pytest.mark.parametrize(("name", "path", "value", "where", "sentence"), WRONG)
def test_what_does_not_fit_is_refused(name: str, path: str, value: Any, where: str, sentence: str) -> None:
    found = verdict(changed(SOUND[name], path, value))
    assert [(code, pointer) for code, pointer, _ in found] == [("invalid_blocks", f"/blocks/0{where}")]
    assert found[0][2].removeprefix("must be a moment of the form ") == sentence


def test_a_section_without_text_and_fields_is_refused() -> None:
    block = {"type": "section", "accessory": BUTTON}
    assert verdict(block) == [("invalid_blocks", "/blocks/0", "must have at least one of: text, fields")]


@pytest.mark.parametrize("more", [{}, {"options": [option("een")], "option_groups": SOUND["actions"]["elements"][7]}])
def test_a_select_has_either_options_or_groups(more: Json) -> None:
    if more:
        more = {**more, "option_groups": more["option_groups"]["option_groups"]}
    found = verdict({"type": "actions", "elements": [{"type": "static_select", **more}]})
    sentence = "must have exactly one of: options, option_groups"
    assert found == [("invalid_blocks", "/blocks/0/elements/0", sentence)]


@pytest.mark.parametrize("element", [one for one in ACTING if "_select" in one["type"]], ids=lambda one: one["type"])
def test_every_select_stands_in_actions_beside_a_section_and_in_an_input(element: Json) -> None:
    section = {"type": "section", "text": plain("Kies"), "accessory": element}
    actions = {"type": "actions", "elements": [element]}
    field = {"type": "input", "label": plain("Kies"), "element": element}
    assert [complaints_of_view(modal(block)) for block in (section, actions, field)] == [[], [], []]


@pytest.mark.parametrize("name", ["overflow", "button"])
def test_what_is_not_filled_in_is_no_input(name: str) -> None:
    [element] = [one for one in ACTING if one["type"] == name]
    found = complaints_of_view(modal({"type": "input", "label": plain("Kies"), "element": element}))
    assert found == [("invalid_arguments", "/view/blocks/0/element/type", f"unsupported type: {name}")]


@pytest.mark.parametrize("name", sorted(NOT_IN_MODALS))
def test_a_block_that_has_no_place_in_a_modal_is_refused_there(name: str) -> None:
    found = complaints_of_view(modal(sound(name)))
    assert found == [("invalid_arguments", "/view/blocks/0/type", f"unsupported type: {SOUND[name]['type']}")]


@pytest.mark.parametrize("name", sorted(ONLY_IN_MESSAGES | {"alert"}))
def test_a_block_that_has_no_place_in_a_home_is_refused_there(name: str) -> None:
    found = complaints_of_view({"type": "home", "blocks": [sound(name)]}, "home")
    assert found == [("invalid_arguments", "/view/blocks/0/type", f"unsupported type: {SOUND[name]['type']}")]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (SOUND["alert"], "alert"),
        ({"type": "blok"}, "blok"),
        ({}, "null"),
        ({"type": ["section"]}, '["section"]'),
        ({"type": "file", "source": "remote", "external_id": "x"}, "file"),
    ],
)
def test_a_block_that_no_message_knows_is_refused(block: Json, kind: str) -> None:
    assert verdict(block) == [("invalid_blocks", "/blocks/0/type", f"unsupported type: {kind}")]


@pytest.mark.parametrize("blocks", [[None], ["divider"], [[]]])
def test_a_block_that_is_no_object_is_refused(blocks: list[Any]) -> None:
    found = complaints_of({"text": "Dag", "blocks": blocks})
    assert found == [("invalid_blocks", "/blocks/0", "must provide an object")]


def test_a_nested_rich_text_is_looked_into() -> None:
    table = changed(SOUND["table"], "/rows/1/0", rich({"type": "text", "text": ""}))
    where = "/blocks/0/rows/1/0/elements/0/elements/0/text"
    assert verdict(table) == [("invalid_blocks", where, "must be more than 0 characters")]
