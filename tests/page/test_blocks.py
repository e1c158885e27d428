"""Every block and element the page knows, as somebody sees it; and what happens to one it does not know."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.sandbox.slack import SlackSandbox
from tests.page.desk import sitting
from tests.page.words import DUTCH

Json = dict[str, Any]


def plain(text: str) -> Json:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """Return a text object with marks."""
    return {"type": "mrkdwn", "text": text}


def option(name: str) -> Json:
    """Return something to choose."""
    return {"text": plain(name), "value": name.lower()}


def field(label: str, element: Json, **more: Any) -> Json:
    """Return an input block."""
    return {"type": "input", "block_id": label, "label": plain(label), "element": element, **more}


def cell(text: str) -> Json:
    """Return a cell of a table."""
    return {"type": "raw_text", "text": text}


GALLERY: list[Json] = [
    {"type": "header", "text": plain("Kop boven alles")},
    {
        "type": "section",
        "text": mrkdwn(
            "*Vet*, _schuin_, ~weg~, `code`, <@U0BRAM00002>, <#C0ALGEMEEN1>, <https://example.org|een link> &amp;"
        ),
        "fields": [mrkdwn("*Balie*\nDe Sluis"), mrkdwn("*Periode*\njuli")],
        "accessory": {"type": "button", "action_id": "beside", "text": plain("Ernaast")},
    },
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("Klein eronder"), plain("en nog iets")]},
    {
        "type": "table",
        "column_settings": [{"align": "left"}, {"align": "right"}],
        "rows": [
            [cell("Overheid"), cell("Bedrag")],
            [cell("Heulegem"), {"type": "raw_number", "value": 173, "text": "€ 173,00"}],
        ],
    },
    {
        "type": "data_visualization",
        "title": "Verkopen per maand",
        "chart": {
            "type": "bar",
            "series": [{"name": "Verkopen", "data": [{"label": "april", "value": 17}, {"label": "mei", "value": 24}]}],
            "axis_config": {"categories": ["april", "mei"]},
        },
    },
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "go", "style": "primary", "text": plain("Doe het")},
            {"type": "static_select", "action_id": "pick", "placeholder": plain("Kies"), "options": [option("Eén")]},
        ],
    },
]
FORM: Json = {
    "type": "modal",
    "title": plain("Alles in een vorm"),
    "submit": plain("Klaar"),
    "close": plain("Weg"),
    "blocks": [
        {"type": "alert", "level": "warning", "text": mrkdwn("Let *goed* op")},
        field("Dag", {"type": "datepicker", "action_id": "day", "initial_date": "2026-07-01"}),
        field("Uur", {"type": "timepicker", "action_id": "hour", "initial_time": "09:00"}),
        field("Tekst", {"type": "plain_text_input", "action_id": "text"}, hint=plain("Kort graag"), optional=True),
        field("Een", {"type": "radio_buttons", "action_id": "one", "options": [option("Links"), option("Rechts")]}),
        field("Meer", {"type": "checkboxes", "action_id": "more", "options": [option("Dit"), option("Dat")]}),
        field("Lijst", {"type": "static_select", "action_id": "list", "options": [option("Wit"), option("Zwart")]}),
        field("Zoek", {"type": "external_select", "action_id": "search", "placeholder": plain("Typ iets")}),
        field("Waar", {"type": "conversations_select", "action_id": "where", "initial_conversation": "C0ALGEMEEN1"}),
    ],
}


def say(slack: SlackSandbox, blocks: list[Json]) -> None:
    """Have the app say something in the desk's channel."""
    slack.world.talk.say("C0DESLUIS01", slack.bot_user_id, "in het kort", blocks=blocks)


async def test_every_block_of_a_message_is_shown(slack: SlackSandbox) -> None:
    say(slack, GALLERY)
    async with sitting(slack.url, DUTCH, "gallery") as desk:
        said = desk.message("Kop boven alles")
        await expect(said.get_by_role("heading", name="Kop boven alles")).to_be_visible()
        await expect(said).to_contain_text("Vet, schuin, weg, code, @Bram De Coster, #algemeen, een link &")
        await expect(said.get_by_role("link", name="een link")).to_have_attribute("href", "https://example.org")
        await expect(said.get_by_role("separator")).to_be_visible()
        await expect(said.get_by_role("row", name="Heulegem € 173,00")).to_be_visible()
        await expect(said.get_by_role("img", name="Verkopen per maand")).to_be_visible()
        for name in ("Ernaast", "Doe het"):
            await expect(said.get_by_role("button", name=name)).to_be_visible()
        await expect(said.get_by_placeholder("Kies")).to_be_visible()
        await desk.picture("message")
        await said.get_by_role("link", name="#algemeen").click()
        await expect(desk.main.get_by_role("heading", name="algemeen")).to_be_visible()


async def test_every_element_of_a_form_is_shown_and_filled(slack: SlackSandbox) -> None:
    async with sitting(slack.url, DUTCH, "gallery") as desk:
        view = slack.world.modals.open("U0LIEN00001", FORM)
        await expect(desk.form.get_by_role("heading", name="Alles in een vorm")).to_be_visible()
        await expect(desk.form.get_by_text("Let goed op")).to_be_visible()
        await expect(desk.form.get_by_label("Dag")).to_have_value("2026-07-01")
        await expect(desk.form.get_by_label("Uur")).to_have_value("09:00")
        await expect(desk.form.get_by_label("Waar", exact=True)).to_have_value("#algemeen")
        await desk.form.get_by_role("textbox", name="Tekst").fill("Dag <b>allemaal</b>")
        await desk.form.get_by_label("Rechts").check()
        await desk.form.get_by_label("Dat").check()
        await desk.picture("form")
        await desk.form.get_by_role("button", name="Klaar").click()
        await expect(desk.form.get_by_text("Vul dit verplichte veld in.")).to_have_count(2)
        kept = slack.world.views("lien")[0].state
        assert view.id == slack.world.views("lien")[0].id
        assert (kept["Tekst"]["text"]["value"], kept["Een"]["one"]["selected_option"]["value"]) == (
            "Dag <b>allemaal</b>",
            "rechts",
        )
        await desk.picture("form-refused")


async def test_an_unknown_block_is_a_red_box_and_a_failure(slack: SlackSandbox) -> None:
    say(slack, [{"type": "carousel", "elements": []}])
    with pytest.raises(AssertionError, match="carousel"):
        await look(slack)


async def look(slack: SlackSandbox) -> None:
    """Look at what the app said, and keep a picture of it."""
    async with sitting(slack.url, DUTCH, "unknown") as desk:
        await expect(desk.main.get_by_text("carousel")).to_be_visible()
        await desk.picture("red-box")


async def test_what_people_and_uitpas_write_is_never_markup(slack: SlackSandbox) -> None:
    nasty = '<img src=x onerror=alert(1)> <javascript:alert(1)|klik> <https://example.org/"onclick=x|link>'
    say(slack, [{"type": "section", "text": mrkdwn(nasty)}, {"type": "section", "text": plain("<b>*niet vet*</b>")}])
    async with sitting(slack.url, DUTCH, "nasty") as desk:
        said = desk.message("*niet vet*")
        await expect(said).to_contain_text("<b>*niet vet*</b>")
        await expect(said.get_by_role("img")).to_have_count(0)
        links = [await link.get_attribute("href") for link in await said.locator(".body").get_by_role("link").all()]
        assert links == ['https://example.org/"onclick=x']
