"""Several things chosen in one field: searched, shown as chips, taken away again and handed in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.sandbox.slack import SlackSandbox
from tests.page.desk import Desk, sitting
from tests.page.tab import PHONE
from tests.page.test_blocks import Json, mrkdwn, plain
from tests.page.test_blocks import field as labelled
from tests.page.words import DUTCH, ENGLISH, Words
from tests.sandbox.slack.conftest import client_of
from tests.sandbox.slack.desk_app import make_app, over_http

SLUIS, KUIL, LONG = "CC De Sluis", "Zwembad De Kuil & $& Zonen", "Bibliotheek Heulegem aan de Schelde (bib)"
NAMES = (SLUIS, KUIL, "Molenschoot", LONG)
THUMB = 24
"""Pixels that a finger needs (WCAG 2.2, 2.5.8)."""


def desk_of(name: str) -> Json:
    """Return a desk as the app offers it."""
    return {"text": plain(name), "value": f"d{NAMES.index(name)}"}


def chosen(*names: str) -> Json:
    """Return what Slack tells the app of these."""
    return {"type": "multi_external_select", "selected_options": [desk_of(name) for name in names]}


def form(**more: Any) -> Json:
    """Return a modal that asks for a name and for desks; `more` is of the desks, `block` of the block around them."""
    block = more.pop("block", {})
    desks = {"type": "multi_external_select", "action_id": "desks", "min_query_length": 0, **more}
    name = {"type": "plain_text_input", "action_id": "name"}
    blocks = [labelled("Naam", name, optional=True), labelled("Balies", desks, **block)]
    return {"type": "modal", "title": plain("Overzicht"), "submit": plain("Bewaar"), "blocks": blocks}


@dataclass
class Heard:
    """What the app was asked and told, and the errors with which it answers what is handed in."""

    queries: list[str] = field(default_factory=list)
    picked: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    handed_in: list[Json] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


@asynccontextmanager
async def searching(slack: SlackSandbox) -> AsyncIterator[Heard]:
    """Have an app answer that finds desks by a part of their names."""
    app, heard = make_app(slack), Heard()

    @app.options("desks")
    async def find(ack: Any, payload: Json) -> None:
        heard.queries.append(payload["value"])
        await ack(options=[desk_of(name) for name in NAMES if payload["value"].lower() in name.lower()])

    @app.action("desks")
    async def pick(ack: Any, action: Json) -> None:
        heard.picked.put_nowait({name: action[name] for name in ("type", "selected_options")})
        await ack()

    @app.view("")
    async def take(ack: Any, view: Json) -> None:
        heard.handed_in.append(view["state"]["values"]["Balies"]["desks"])
        await (ack(response_action="errors", errors=heard.errors) if heard.errors else ack())

    async with over_http(slack, app):
        yield heard


@asynccontextmanager
async def asked(
    slack: SlackSandbox, name: str, view: Json, words: Words = DUTCH
) -> AsyncIterator[tuple[Desk, Heard, Locator]]:
    """Put a form before somebody at their page; the locator is its field of desks."""
    async with searching(slack) as heard, sitting(slack.url, words, f"multi-{name}") as desk:
        slack.world.modals.open(slack.world.person(words.person).id, view)
        yield desk, heard, desk.form.get_by_role("combobox", name="Balies")


async def change(slack: SlackSandbox, view: Json) -> None:
    """Have the app put another view in the place of the one before that person."""
    [before] = slack.world.views(DUTCH.person)
    await client_of(slack, slack.bot_token).views_update(view_id=before.id, view=view)


async def choose(desk: Desk, query: str, name: str) -> None:
    """Search with what has the focus, and take what is found, by keys alone."""
    await desk.page.keyboard.type(query)
    await expect(desk.form.get_by_role("option", selected=True)).to_have_text(name)
    await desk.page.keyboard.press("Enter")


async def shows(desk: Desk, *names: str) -> None:
    """Hold the field to have chips with exactly these names, and to be empty besides."""
    await expect(desk.form.get_by_role("listitem")).to_have_text(list(names))
    await expect(desk.form.get_by_role("combobox", name="Balies")).to_have_value("")


async def test_several_are_chosen_and_taken_away_by_mouse(slack: SlackSandbox) -> None:
    async with asked(slack, "mouse", form()) as (desk, heard, desks):
        options = desk.form.get_by_role("option")
        await desks.click()
        await expect(options).to_have_text(list(NAMES))
        await desk.picture("offered")
        for name in (KUIL, SLUIS, LONG):
            await desks.click()
            await options.filter(has_text=name).click()
            await expect(options).to_have_count(0)
            await expect(desks).to_be_focused()
        await shows(desk, KUIL, SLUIS, LONG)
        await desk.form.get_by_role("listitem").first.click(position={"x": 2, "y": 2})
        await expect(options).to_have_text(["Molenschoot"])
        await desk.picture("chosen")
        await desk.form.get_by_role("button", name=f"{SLUIS} verwijderen").click()
        await shows(desk, KUIL, LONG)
        await expect(desks).to_be_focused()
        await desk.form.get_by_role("button", name="Bewaar").click()
        await expect(desk.form).to_be_hidden()
    assert heard.handed_in == [chosen(KUIL, LONG)]
    assert heard.picked.empty()


async def test_several_are_chosen_and_taken_away_by_keys(slack: SlackSandbox) -> None:
    view = form(initial_options=[desk_of(SLUIS)], block={"optional": True})
    async with asked(slack, "keys", view) as (desk, heard, _):
        keyboard = desk.page.keyboard
        await expect(desk.form.get_by_label("Naam")).to_be_focused()
        for _ in range(2):
            await keyboard.press("Tab")
        await choose(desk, "kuil", KUIL)
        await choose(desk, "HEULE", LONG)
        await choose(desk, "molen", "Molenschoot")
        await shows(desk, SLUIS, KUIL, LONG, "Molenschoot")
        await keyboard.type("x")
        for _ in range(3):
            await keyboard.down("Backspace")  # held down, as to empty the field
        await keyboard.up("Backspace")
        await shows(desk, SLUIS, KUIL, LONG, "Molenschoot")
        await keyboard.press("Backspace")
        await shows(desk, SLUIS, KUIL, LONG)
        for _ in range(2):
            await keyboard.press("Shift+Tab")
        await expect(desk.form.get_by_role("button", name=f"{KUIL} verwijderen")).to_be_focused()
        await keyboard.press("Enter")
        await shows(desk, SLUIS, LONG)
        await keyboard.press("Tab")
        await keyboard.press("Tab")
        await keyboard.press("Enter")
        await expect(desk.form).to_be_hidden()
    assert heard.handed_in == [chosen(SLUIS, LONG)]


@pytest.mark.parametrize(
    ("words", "chosen_now", "none", "remove"),
    [
        (DUTCH, f"Gekozen: {SLUIS}, {KUIL}", "Gekozen: niets", "{} verwijderen"),
        (ENGLISH, f"Chosen: {SLUIS}, {KUIL}", "Chosen: nothing", "Remove {}"),
    ],
    ids=["nl", "en"],
)
async def test_what_is_chosen_is_told_to_who_cannot_see_it(
    slack: SlackSandbox, words: Words, chosen_now: str, none: str, remove: str
) -> None:
    view = form(initial_options=[desk_of(SLUIS), desk_of(KUIL)], block={"hint": plain("Waarvoor")})
    async with asked(slack, "aloud", view, words) as (desk, _, desks):
        await expect(desks).to_have_accessible_description(f"{chosen_now} Waarvoor")
        await expect(desk.form.get_by_role("status")).to_have_text(chosen_now)
        await desks.focus()
        for name in (KUIL, SLUIS):
            await expect(desk.form.get_by_role("button", name=remove.format(name), exact=True)).to_be_visible()
            await desk.page.keyboard.press("Backspace")
        await expect(desk.form.get_by_role("status")).to_have_text(none)
        await desk.picture("nothing")


async def test_what_is_chosen_is_not_offered_again_nor_more_than_the_most(slack: SlackSandbox) -> None:
    view = form(max_selected_items=2, min_query_length=3, initial_options=[desk_of(SLUIS)])
    async with asked(slack, "most", view) as (desk, heard, desks):
        said = desk.form.get_by_role("listbox").get_by_role("status")
        await desks.click()
        await expect(said).to_have_text("Typ minstens 3 tekens")
        await desks.fill("sluis")
        await expect(said).to_have_text("Al gekozen")
        await desks.fill("nergens")
        await expect(said).to_have_text("Geen resultaten")
        await desks.fill("kuil")
        await desk.form.get_by_role("option", name=KUIL).click()
        await desks.fill("molen")
        await expect(said).to_have_text("Meer dan 2 kun je er niet kiezen")
        await expect(desk.form.get_by_role("option")).to_have_count(0)
        await desk.picture("most")
        await desks.fill("")
        await desks.press("Backspace")
        await desks.fill("molen")
        await desk.form.get_by_role("option", name="Molenschoot").click()
        await shows(desk, SLUIS, "Molenschoot")
        [open_now] = slack.world.views(DUTCH.person)
        with pytest.raises(LookupError, match="no more than 2 can be chosen"):
            await slack.click(open_now.user, open_now, "desks", selected=["d0", "d1", "d2"])
    assert heard.queries == ["sluis", "nergens", "kuil", "molen"]


async def test_an_error_stands_at_the_field_and_nothing_is_lost(slack: SlackSandbox) -> None:
    async with asked(slack, "error", form()) as (desk, heard, desks):
        hand_in = desk.form.get_by_role("button", name="Bewaar")
        await hand_in.click()
        await expect(desk.form.get_by_role("alert")).to_have_text("Vul dit verplichte veld in.")
        await expect(desks).to_be_focused()
        await choose(desk, "sluis", SLUIS)
        await choose(desk, "kuil", KUIL)
        heard.errors = {"Balies": "Aan De Kuil heb je geen rechten."}
        await hand_in.click()
        await expect(desk.form.get_by_role("alert")).to_have_text(heard.errors["Balies"])
        await expect(desks).to_be_focused()
        description = f"{heard.errors['Balies']} Gekozen: {SLUIS}, {KUIL}"
        await expect(desks).to_have_accessible_description(description)
        await shows(desk, SLUIS, KUIL)
        await desk.picture("refused")
    assert heard.handed_in == [chosen(SLUIS, KUIL)]


async def test_what_is_chosen_stays_when_the_app_changes_the_form(slack: SlackSandbox) -> None:
    initial = [desk_of(SLUIS)]
    async with asked(slack, "update", form(initial_options=initial)) as (desk, heard, desks):
        await desks.focus()
        await choose(desk, "kuil", KUIL)
        await change(slack, form(initial_options=initial, block={"hint": plain("Er kwam iets bij")}))
        await expect(desk.form).to_contain_text("Er kwam iets bij")
        await shows(desk, SLUIS, KUIL)
        await desk.picture("changed")
        await desk.form.get_by_role("button", name="Bewaar").click()
        await expect(desk.form).to_be_hidden()
    assert heard.handed_in == [chosen(SLUIS, KUIL)]


async def test_what_the_app_was_told_is_there_when_the_page_is_loaded_again(slack: SlackSandbox) -> None:
    told = {"dispatch_action": True}
    async with asked(slack, "again", form(initial_options=[desk_of(SLUIS)], block=told)) as (desk, heard, desks):
        await desks.focus()
        await choose(desk, "kuil", KUIL)
        assert await heard.picked.get() == chosen(SLUIS, KUIL)
        await change(slack, form(block=told))
        await desk.page.reload()
        await shows(desk, SLUIS, KUIL)
        await desk.form.get_by_role("button", name="Bewaar").click()
        await expect(desk.form).to_be_hidden()
    assert heard.handed_in == [chosen(SLUIS, KUIL)]


async def test_in_a_message_every_choice_is_told_at_once(slack: SlackSandbox) -> None:
    desks = {"type": "multi_external_select", "action_id": "desks", "placeholder": plain("Kies"), "min_query_length": 0}
    blocks = [
        {"type": "section", "text": mrkdwn("Welke?"), "accessory": {**desks, "initial_options": [desk_of(SLUIS)]}}
    ]
    slack.world.talk.say("C0DESLUIS01", slack.bot_user_id, "kort", blocks=blocks)
    async with searching(slack) as heard, sitting(slack.url, DUTCH, "multi-message") as desk:
        await desk.main.get_by_role("combobox", name="Kies").click()
        await desk.main.get_by_role("option", name="Molenschoot").click()
        await expect(desk.main.get_by_role("listitem")).to_have_text([SLUIS, "Molenschoot"])
        await desk.main.get_by_role("button", name=f"{SLUIS} verwijderen").click()
        await expect(desk.main.get_by_role("listitem")).to_have_text(["Molenschoot"])
        await desk.picture("message")
        told = [await heard.picked.get() for _ in range(2)]
    assert told == [chosen(SLUIS, "Molenschoot"), chosen("Molenschoot")]


async def test_it_fits_a_telephone(slack: SlackSandbox) -> None:
    async with asked(slack, "phone", form(initial_options=[desk_of(name) for name in NAMES])) as (desk, _, desks):
        await desk.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        await desks.scroll_into_view_if_needed()
        await desk.picture("narrow")
        spare = await desk.form.locator(".scroll").evaluate("(one) => one.clientWidth - one.scrollWidth")
        buttons = await desk.form.locator("li button").evaluate_all("(all) => all.map((one) => one.offsetWidth)")
    assert spare == 0
    assert len(buttons) == len(NAMES)
    assert min(buttons) >= THUMB
