"""What a person puts into each kind of element, as the app is told."""

import pytest

from bot.sandbox.slack.choices import entry_of, state_of
from bot.sandbox.slack.records import Json

ONE = {"text": {"type": "plain_text", "text": "Een"}, "value": "1"}
TWO = {"text": {"type": "plain_text", "text": "Twee"}, "value": "2"}


@pytest.mark.parametrize(
    ("element", "value", "entry"),
    [
        ({"type": "datepicker"}, "2026-07-01", {"selected_date": "2026-07-01"}),
        ({"type": "timepicker"}, "09:00", {"selected_time": "09:00"}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "radio_buttons", "options": [ONE, TWO]}, "2", {"selected_option": TWO}),
        ({"type": "overflow", "options": [ONE]}, "1", {"selected_option": ONE}),
        ({"type": "static_select", "option_groups": [{"options": [ONE]}]}, "1", {"selected_option": ONE}),
        ({"type": "static_select", "options": [ONE]}, None, {"selected_option": None}),
        ({"type": "external_select", "initial_option": TWO}, "2", {"selected_option": TWO}),
        ({"type": "checkboxes", "options": [ONE, TWO]}, ["1"], {"selected_options": [ONE]}),
        ({"type": "plain_text_input"}, "woorden", {"value": "woorden"}),
    ],
)
def test_every_element_takes_its_own_kind_of_value(element: Json, value: object, entry: Json) -> None:
    assert entry_of(element, value, []) == {"type": element["type"], **entry}


def test_an_external_select_takes_only_what_was_offered() -> None:
    element = {"type": "external_select"}
    assert entry_of(element, "1", [ONE]) == {"type": "external_select", "selected_option": ONE}
    with pytest.raises(LookupError, match="no option '1'"):
        entry_of(element, "1", [])
    with pytest.raises(ValueError, match="button"):
        entry_of({"type": "button"}, "1", [])


def test_what_nobody_touched_is_told_as_the_app_had_set_it() -> None:
    date = {"type": "datepicker", "action_id": "day", "initial_date": "2026-07-01"}
    boxes = {"type": "checkboxes", "action_id": "boxes", "options": [ONE], "initial_options": [ONE]}
    button = {"type": "button", "action_id": "go"}
    blocks = [{"type": "actions", "block_id": "b", "elements": [date, boxes, button]}]
    chosen = {"b": {"day": {"type": "datepicker", "selected_date": "2026-08-01"}}}
    kept = {"type": "checkboxes", "selected_options": [ONE]}
    assert state_of(blocks, {}) == {"b": {"day": {"type": "datepicker", "selected_date": "2026-07-01"}, "boxes": kept}}
    assert state_of(blocks, chosen) == {"b": {**chosen["b"], "boxes": kept}}
