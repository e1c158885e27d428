"""What is brought to the app once more, and payloads that are changed on the way."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json, Message, View
from tests.sandbox.slack.receiver import Answer, receiving

LIEN, DESK = "U0LIEN00001", "C0DESLUIS01"


def words(text: str) -> Json:
    """Return a text object."""
    return {"type": "plain_text", "text": text}


WERF = {"text": words("De Werf"), "value": "17"}
MODAL: Json = {
    "type": "modal",
    "callback_id": "report",
    "title": words("Rapport"),
    "submit": words("Vraag aan"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "balie",
            "label": words("Balie"),
            "optional": True,
            "element": {"type": "external_select", "action_id": "pick"},
        }
    ],
}
BLOCKS = [
    {
        "type": "actions",
        "block_id": "a",
        "elements": [{"type": "button", "action_id": "go", "text": words("Doe"), "value": "r1"}],
    }
]


def root(slack: SlackSandbox) -> Message:
    """Return a message of the app with a button."""
    return slack.world.talk.say(DESK, slack.bot_user_id, "Bezig", blocks=BLOCKS)


def modal(slack: SlackSandbox, title: str = "Rapport") -> View:
    """Return a modal that Lien has before her."""
    return slack.world.modals.open(LIEN, {**MODAL, "title": words(title)})


def titles(slack: SlackSandbox) -> list[str]:
    """Return the titles of Lien's modals, the one in front last."""
    return [view.content["title"]["text"] for view in slack.world.views("lien")]


async def test_a_command_comes_again_and_its_text_is_shown_again(slack: SlackSandbox) -> None:
    async with receiving(slack, Answer({"text": "Eén"}), Answer({"text": "Twee"})) as app:
        first = await slack.command("lien", DESK, "rapport vorig kwartaal")
        second = await slack.again(first)
    assert [post.payload for post in app.posts] == [first.payload] * 2
    assert (second.kind, second.payload, second.ack) == ("slash_commands", first.payload, {"text": "Twee"})
    assert [one.text for one in slack.world.ephemerals("lien", DESK)] == ["Eén", "Twee"]
    assert [*slack.deliveries] == [first, second]


Act = Callable[[SlackSandbox], Awaitable[Any]]
ACTS: dict[str, Act] = {
    "block_actions": lambda slack: slack.click("lien", root(slack), "go"),
    "block_suggestion": lambda slack: slack.options("lien", modal(slack), "pick", "werf"),
    "view_submission": lambda slack: slack.submit("lien", modal(slack).id, {}),
    "view_closed": lambda slack: slack.close_view("lien", modal(slack).id),
    "shortcut": lambda slack: slack.shortcut("lien", "report"),
    "event_callback": lambda slack: slack.event({"type": "app_home_opened", "user": LIEN}),
}


@pytest.mark.parametrize("kind", ACTS)
async def test_whatever_is_delivered_comes_again_to_the_last_byte(slack: SlackSandbox, kind: str) -> None:
    async with receiving(slack) as app:
        await ACTS[kind](slack)
        [first] = slack.deliveries
        second = await slack.again(first)
    one, other = app.posts
    assert (one.payload["type"], other.body) == (kind, one.body)
    assert [post.headers["Content-Type"] for post in app.posts] == [one.headers["Content-Type"]] * 2
    assert (second.parcel, second.error) == (first.parcel, None)


async def test_a_click_that_comes_again_shows_nothing(slack: SlackSandbox) -> None:
    message = root(slack)
    async with receiving(slack, Answer({"text": "Gehoord", "response_action": "clear"})):
        before = await slack.click("lien", message, "go")
        revision = slack.world.revision
        await slack.again(before)
    assert (slack.world.revision, slack.world.messages(DESK)) == (revision, [message])
    assert slack.world.ephemerals("lien", DESK) == []


async def test_options_that_come_again_can_be_chosen(slack: SlackSandbox) -> None:
    view = modal(slack)
    async with receiving(slack, Answer({"options": []}), Answer({"options": [WERF]}), Answer()):
        assert await slack.options("lien", view, "pick", "werf") == []
        await slack.again(slack.deliveries[-1])
        handed_in = await slack.submit("lien", view.id, {"balie": {"pick": "17"}})
    pick = {"type": "external_select", "selected_option": WERF}
    assert handed_in.payload["view"]["state"]["values"] == {"balie": {"pick": pick}}


async def test_a_submission_that_comes_again_does_what_it_is_answered_while_the_modal_is_open(
    slack: SlackSandbox,
) -> None:
    view = modal(slack)
    refused = {"response_action": "errors", "errors": {"balie": "Nog niet."}}
    changed = {"response_action": "update", "view": {**MODAL, "title": words("Bevestigd")}}
    async with receiving(slack, Answer(silent=True), Answer(refused), Answer(changed), Answer()) as app:
        slack.patience = 0.1
        first = await slack.submit("lien", view.id, {})
        slack.patience = 3
        shown = []
        for _ in range(3):
            await slack.again(first)
            shown.append([(one.content["title"]["text"], one.errors, one.trouble) for one in slack.world.views("lien")])
    assert first.error == "operation_timeout"
    assert shown == [[("Rapport", {"balie": "Nog niet."}, None)], [("Bevestigd", {}, None)], []]
    assert [post.payload["view"]["id"] for post in app.posts] == [view.id] * 4


@pytest.mark.parametrize("action", ["clear", "push", "update", "errors", "nonsense"])
async def test_a_submission_that_comes_again_leaves_other_modals_alone(slack: SlackSandbox, action: str) -> None:
    answer = {"response_action": action, "view": MODAL, "errors": {"balie": "Te laat."}}
    async with receiving(slack, Answer(), Answer(answer)):
        first = await slack.submit("lien", modal(slack).id, {})
        other = modal(slack, "Iets anders")
        second = await slack.again(first)
    assert (second.error, slack.world.views("lien")) == (None, [other])


async def test_what_slack_kept_to_itself_can_not_come_again(slack: SlackSandbox) -> None:
    required = {**MODAL, "blocks": [{**MODAL["blocks"][0], "optional": False}]}
    view = slack.world.modals.open(LIEN, required)
    async with receiving(slack) as app:
        refused = await slack.submit("lien", view.id, {})
        with pytest.raises(ValueError, match="nothing was delivered: invalid_input"):
            await slack.again(refused)
    assert (app.posts, [*slack.deliveries]) == ([], [])


async def test_every_payload_may_be_changed_on_the_way_and_the_world_is_not(slack: SlackSandbox) -> None:
    def foreign(payload: Json) -> Json:
        payload["user"]["team_id"] = "T0ELDERS"
        payload["message"]["blocks"].clear()
        return payload

    message = root(slack)
    async with receiving(slack) as app:
        slack.tamper = foreign
        changed = await slack.click("lien", message, "go")
        slack.tamper = None
        honest = await slack.click("lien", message, "go")
        slack.tamper = foreign
        again = await slack.again(honest)
    seen = [(post.payload["user"]["team_id"], len(post.payload["message"]["blocks"])) for post in app.posts]
    assert seen == [("T0ELDERS", 0), ("T0VOORBEELD", 1), ("T0ELDERS", 0)]
    assert [one.payload for one in (changed, honest, again)] == [post.payload for post in app.posts]
    assert (message.blocks, slack.world.person("lien").team_id) == (BLOCKS, "T0VOORBEELD")


async def test_a_changed_command_answers_the_person_who_typed_it(slack: SlackSandbox) -> None:
    slack.tamper = lambda payload: {**payload, "user_id": "U0BRAM00002", "channel_id": "C0NERGENS"}
    async with receiving(slack, Answer({"text": "Bezig"})) as app:
        await slack.again(await slack.command("lien", DESK, "help"))
    assert [post.payload["user_id"] for post in app.posts] == ["U0BRAM00002"] * 2
    assert [one.text for one in slack.world.ephemerals("lien", DESK)] == ["Bezig", "Bezig"]
