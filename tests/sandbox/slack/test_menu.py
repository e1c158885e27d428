"""The conversations that a select offers, lets choose, and starts with."""

import pytest

from bot.sandbox.slack import SlackSandbox, View
from bot.sandbox.slack.records import Json
from tests.sandbox.slack import browser

TITLE = {"type": "plain_text", "text": "Rapport"}
EVERYTHING = ["#balie-de-sluis", "#algemeen", "#evenementen", "#partners", "Baliebot"]


def modal(element: Json) -> Json:
    """Return a modal with one conversations select."""
    select = {"type": "conversations_select", "action_id": "to", **element}
    block = {"type": "input", "block_id": "place", "label": TITLE, "element": select}
    return {"type": "modal", "title": TITLE, "submit": TITLE, "blocks": [block]}


def opened(slack: SlackSandbox, user: str, **element: object) -> View:
    """Open that modal for somebody whose direct message with the app is open."""
    slack.patience = 0.05
    slack.world.open_im(user)
    slack.world.open_im("noor")
    return slack.world.modals.open(slack.world.person(user).id, modal(element))


async def offered(slack: SlackSandbox, user: str, query: str = "", **element: object) -> list[str]:
    """Return the labels somebody is shown."""
    view = opened(slack, user, **element)
    return [str(one["text"]["text"]) for one in await slack.options(user, view, "to", query)]


@pytest.mark.parametrize(
    ("wanted", "labels"),
    [
        ({}, EVERYTHING),
        ({"include": ["public"]}, ["#algemeen", "#evenementen"]),
        ({"include": ["private"]}, ["#balie-de-sluis", "#partners"]),
        ({"include": ["im", "mpim"]}, ["Baliebot"]),
        ({"exclude_external_shared_channels": True}, [one for one in EVERYTHING if one != "#partners"]),
        ({"exclude_bot_users": True}, EVERYTHING[:-1]),
    ],
    ids=["all", "public", "private", "direct", "not shared", "no bots"],
)
async def test_the_filter_says_what_is_offered(slack: SlackSandbox, wanted: Json, labels: list[str]) -> None:
    assert await offered(slack, "lien", filter=wanted) == labels


async def test_each_is_offered_what_they_may_see(slack: SlackSandbox) -> None:
    assert await offered(slack, "joris") == [*EVERYTHING[:3], "#directie", *EVERYTHING[3:]]
    assert await offered(slack, "gust") == ["#balie-de-sluis", "#algemeen", "Baliebot"]
    assert await offered(slack, "lien", " BAL") == ["#balie-de-sluis", "Baliebot"]


async def test_what_is_chosen_has_to_be_among_them(slack: SlackSandbox) -> None:
    view = opened(slack, "lien", filter={"include": ["private"]})
    sent = await slack.submit("lien", view.id, {"place": {"to": "C0PARTNERS1"}})
    chosen = {"type": "conversations_select", "selected_conversation": "C0PARTNERS1"}
    assert sent.payload["view"]["state"]["values"] == {"place": {"to": chosen}}
    for elsewhere in ("C0ALGEMEEN1", "C0DIRECTIE1", "C404"):
        with pytest.raises(LookupError, match="no conversation"):
            await slack.submit("lien", view.id, {"place": {"to": elsewhere}})
        with pytest.raises(LookupError, match="no conversation"):
            await slack.click("lien", view, "to", selected=elsewhere)


@pytest.mark.parametrize(
    ("element", "started"),
    [
        ({"default_to_current_conversation": True}, "C0ALGEMEEN1"),
        ({"default_to_current_conversation": True, "initial_conversation": "C0DESLUIS01"}, "C0DESLUIS01"),
        ({"default_to_current_conversation": True, "filter": {"include": ["private"]}}, None),
        ({}, None),
    ],
    ids=["as asked", "told otherwise", "filtered out", "not asked"],
)
async def test_a_modal_may_start_with_where_it_was_opened_from(
    slack: SlackSandbox, element: Json, started: str | None
) -> None:
    slack.patience = 0.05
    await slack.command("lien", "balie-de-sluis", "rapport")
    await slack.command("lien", "algemeen", "rapport")
    await slack.command("bram", "balie-de-sluis", "rapport")
    view = opened(slack, "lien", **element)
    assert await told(slack, view) == started
    loading = slack.world.modals.open(view.user, {"type": "modal", "title": TITLE, "blocks": [{"type": "divider"}]})
    await slack.command("lien", "evenementen", "rapport")
    assert await told(slack, slack.world.modals.update(loading, modal(element))) == started


async def test_acting_on_a_message_and_reading_a_channel_is_being_there(slack: SlackSandbox) -> None:
    slack.patience = 0.05
    acts = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": TITLE}]}
    message = slack.world.talk.say("C0PARTNERS1", slack.bot_user_id, "Kies", blocks=[acts])
    await slack.click("lien", message, "go")
    clicked = opened(slack, "lien", default_to_current_conversation=True)
    async with browser.opened(slack, "lien") as page:
        await page.does("read", channel="evenementen")
    read = opened(slack, "lien", default_to_current_conversation=True)
    started = [view.state["place"]["to"]["selected_conversation"] for view in (clicked, read)]
    assert started == ["C0PARTNERS1", "C0EVENEMENT"]


async def test_a_place_that_was_emptied_stays_empty(slack: SlackSandbox) -> None:
    slack.patience = 0.05
    await slack.command("lien", "algemeen", "rapport")
    view = opened(slack, "lien", default_to_current_conversation=True)
    await slack.click("lien", view, "to", selected=None)
    [emptied] = slack.world.views("lien")
    again = slack.world.modals.update(emptied, modal({"default_to_current_conversation": True}))
    assert await told(slack, again) is None


async def told(slack: SlackSandbox, view: View) -> str | None:
    """Return which conversation the app is told of, once something happens in the view."""
    button = {"type": "button", "action_id": "go", "text": TITLE}
    blocks = [*view.blocks, {"type": "actions", "block_id": "acts", "elements": [button]}]
    kept = slack.world.modals.update(view, {**view.content, "blocks": blocks})
    payload = (await slack.click(slack.world.people[view.user].name, kept, "go")).payload
    chosen = payload["view"]["state"]["values"]["place"]["to"]["selected_conversation"]
    return None if chosen is None else str(chosen)
