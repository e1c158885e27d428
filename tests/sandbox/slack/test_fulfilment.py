"""What Slack refuses about a filled-in modal before the app hears of it."""

from typing import Any

import pytest

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json, View

ONE = {"text": {"type": "plain_text", "text": "Een"}, "value": "1"}
REQUIRED = "Vul dit verplichte veld in."
TEXT = {"type": "plain_text_input"}


def opened(slack: SlackSandbox, element: Json, user: str = "lien", **block: Any) -> View:
    """Open a modal with one input."""
    slack.patience = 0.05
    words = {"type": "plain_text", "text": "Rapport"}
    asked = {"type": "input", "block_id": "b", "label": words, "element": {**element, "action_id": "a"}, **block}
    content = {"type": "modal", "title": words, "submit": words, "blocks": [asked]}
    return slack.world.modals.open(slack.world.person(user).id, content)


@pytest.mark.parametrize("value", [None, "", []], ids=["None", "nothing", "none chosen"])
@pytest.mark.parametrize(
    "element",
    [
        TEXT,
        {**TEXT, "initial_value": "q3"},
        {"type": "datepicker", "initial_date": "2026-07-01"},
        {"type": "timepicker", "initial_time": "09:00"},
        {"type": "static_select", "options": [ONE], "initial_option": ONE},
        {"type": "external_select", "initial_option": ONE},
        {"type": "conversations_select", "initial_conversation": "C0DESLUIS01"},
        {"type": "radio_buttons", "options": [ONE], "initial_option": ONE},
        {"type": "checkboxes", "options": [ONE], "initial_options": [ONE]},
    ],
    ids=lambda element: element["type"],
)
async def test_a_required_input_that_was_emptied_is_refused(slack: SlackSandbox, element: Json, value: Any) -> None:
    many = element["type"] == "checkboxes"
    view = opened(slack, element)
    delivery = await slack.submit("lien", view.id, {"b": {"a": value if many or value != [] else None}})
    assert (delivery.error, delivery.payload) == ("invalid_input", {})
    assert [one.errors for one in slack.world.views("lien")] == [{"b": REQUIRED}]


@pytest.mark.parametrize("element", [TEXT, {"type": "datepicker"}, {"type": "checkboxes", "options": [ONE]}])
async def test_a_required_input_that_nobody_touched_is_refused(slack: SlackSandbox, element: Json) -> None:
    view = opened(slack, element)
    assert (await slack.submit("lien", view.id, {})).error == "invalid_input"
    assert [one.errors for one in slack.world.views("lien")] == [{"b": REQUIRED}]


@pytest.mark.parametrize(
    ("element", "values", "block"),
    [
        ({**TEXT, "initial_value": "q3"}, {}, {}),
        ({"type": "datepicker", "initial_date": "2026-07-01"}, {}, {}),
        ({"type": "checkboxes", "options": [ONE], "initial_options": [ONE]}, {}, {}),
        ({"type": "checkboxes", "options": [ONE]}, {"b": {"a": ["1"]}}, {}),
        (TEXT, {"b": {"a": "q3"}}, {}),
        (TEXT, {}, {"optional": True}),
        ({**TEXT, "min_length": 3}, {"b": {"a": ""}}, {"optional": True}),
        ({**TEXT, "min_length": 3, "max_length": 3}, {"b": {"a": "mei"}}, {}),
    ],
)
async def test_what_is_filled_in_goes_on_its_way(slack: SlackSandbox, element: Json, values: Json, block: Json) -> None:
    view = opened(slack, element, **block)
    delivery = await slack.submit("lien", view.id, values)
    assert (delivery.error, delivery.payload["type"]) == ("dispatch_failed", "view_submission")
    assert [one.errors for one in slack.world.views("lien")] == [{}]


@pytest.mark.parametrize(
    ("user", "typed", "sentence"),
    [
        ("lien", "me", "Vul minstens 3 tekens in."),
        ("lien", "maart", "Vul hoogstens 4 tekens in."),
        ("emily", "me", "Please enter at least 3 characters."),
        ("chloe", "maart", "Please enter at most 4 characters."),
        ("emily", "", "Please complete this required field."),
    ],
)
async def test_each_reads_it_in_their_language(slack: SlackSandbox, user: str, typed: str, sentence: str) -> None:
    view = opened(slack, {**TEXT, "min_length": 3, "max_length": 4}, user)
    assert (await slack.submit(user, view.id, {"b": {"a": typed}})).error == "invalid_input"
    assert [one.errors for one in slack.world.views(user)] == [{"b": sentence}]


async def test_more_than_slack_takes_is_refused(slack: SlackSandbox) -> None:
    view = opened(slack, TEXT)
    assert (await slack.submit("lien", view.id, {"b": {"a": "x" * 3001}})).error == "invalid_input"
    assert (await slack.submit("lien", view.id, {"b": {"a": "x" * 3000}})).error == "dispatch_failed"
