"""The list of balies as people at a desk have it before them: searched, changed where they may, refused where not."""

import re

from playwright.async_api import Locator, expect

from tests.page.desk import Desk, sitting
from tests.page.words import DUTCH, ENGLISH
from tests.support.balies import mapping
from tests.support.stage import Stage

LIST = "Balies van deze werkruimte"
BY_NAME = [
    "• Zwembad De Kuil & Zonen (de-kuil)",
    "• CC De Sluis (de-sluis) · de standaard van dit kanaal",
    "• Jeugdhuis Het Vlot (het-vlot)",
    "• Stadsloket Molenschoot (molenschoot)",
    "• Bibliotheek Oosterwal (oosterwal)",
    "• Museum De Oude Schuur (oude-schuur)",
    "• Gemeenschapscentrum 't Hof (t-hof)",
    "• Cultuurcafé Wilgendries (wilgendries)",
]
BUTTONS = ["Maak hier de standaard", "Alias wijzigen", "Van de lijst halen", "Naar de lijst"]


async def test_a_balie_is_searched_and_shown_in_the_place_of_the_list(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "balies") as desk:
        await desk.type("/uitpas balies")
        await expect(desk.message(LIST)).to_contain_text(DUTCH.only_you)
        assert await lines(desk.message(LIST)) == [f"{LIST}, 1–8 van 8", *BY_NAME]
        await desk.picture("list")
        await choose(desk, "hof", "Gemeenschapscentrum 't Hof (t-hof)")
        shown = desk.message("Gemeenschapscentrum 't Hof (t-hof)")
        await expect(shown.get_by_role("button", name="Alias wijzigen")).to_be_visible()
        assert await shown.get_by_role("button").all_inner_texts() == BUTTONS
        await expect(desk.main.get_by_role("article")).to_have_count(1)
        await desk.picture("one")
        await shown.get_by_role("button", name="Naar de lijst").click()
        await expect(desk.message(f"{LIST}, 1–8 van 8")).to_be_visible()
        await expect(desk.main.get_by_role("article")).to_have_count(1)


async def test_an_alias_is_changed_once_it_is_a_good_one(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "balies-alias") as desk:
        await desk.type("/uitpas balies")
        await choose(desk, "hof", "Gemeenschapscentrum 't Hof (t-hof)")
        await desk.main.get_by_role("button", name="Alias wijzigen").click()
        alias = desk.form.get_by_label("Nieuwe alias")
        await expect(alias).to_be_focused()
        await expect(alias).to_have_value("t-hof")
        await desk.picture("form")
        for typed, sentence in {
            "de-sluis": "Een andere balie heet al zo. Kies een andere alias.",
            "-hof": "Gebruik 1 tot 31 kleine letters, cijfers en streepjes, en begin niet met een streepje.",
            "rapport": "Dit is een woord van de opdracht of van een periode. Kies een ander.",
        }.items():
            await alias.fill(typed)
            await alias.press("Enter")
            await expect(desk.form.get_by_role("alert")).to_have_text(sentence)
            await expect(alias).to_be_focused()
        await desk.picture("wrong")
        await alias.fill("hof")
        await alias.press("Enter")
        await expect(desk.form).to_be_hidden()
        await expect(desk.message("Gemeenschapscentrum 't Hof heet voortaan hof.")).to_be_visible()
        await expect(desk.main.get_by_role("article")).to_have_count(1)
        await desk.picture("renamed")
        assert (await mapping(stage))["hof"] == ("Gemeenschapscentrum 't Hof", "")


async def test_a_balie_leaves_the_list_only_when_that_is_confirmed(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "balies-removal") as desk:
        await desk.type("/uitpas balies")
        await choose(desk, "sluis", "CC De Sluis (de-sluis)")
        removal = desk.main.get_by_role("button", name="Van de lijst halen")
        await removal.click()
        await expect(desk.form).to_contain_text("Deze balie van de lijst halen?")
        await desk.picture("sure")
        await desk.form.get_by_role("button", name="Nee, laat staan").click()
        await expect(desk.form).to_be_hidden()
        assert "de-sluis" in await mapping(stage)
        await removal.click()
        await desk.form.get_by_role("button", name="Ja, van de lijst").click()
        gone = desk.message("CC De Sluis (de-sluis) staat niet meer op de lijst.")
        await expect(gone).to_contain_text("Zonder standaardbalie zijn nu: #balie-de-sluis.")
        await desk.picture("removed")
        assert "de-sluis" not in await mapping(stage)
        await gone.get_by_role("button", name="Naar de lijst").click()
        await expect(desk.message(f"{LIST}, 1–7 van 7")).to_be_visible()
        await expect(desk.main).not_to_contain_text("de-sluis)")


async def test_who_is_no_admin_changes_nothing_and_is_told_so(stage: Stage) -> None:
    before = await mapping(stage)
    async with sitting(stage.slack.url, ENGLISH, "balies-refused") as desk:
        await desk.type("/uitpas counters")
        await expect(desk.message("Desks of this workspace, 1–8 of 8")).to_be_visible()
        await desk.main.get_by_placeholder("Search a desk").fill("sluis")
        await desk.main.get_by_role("option", name="CC De Sluis").click()
        await desk.main.get_by_role("button", name="Take off the list").click()
        await desk.form.get_by_role("button", name="Yes, take it off").click()
        refused = desk.message("Only an admin of this desk or of this workspace can do that. Ask one of them.")
        await expect(refused.get_by_role("button", name="Change the alias")).to_be_visible()
        await expect(desk.main.get_by_role("article")).to_have_count(1)
        await desk.picture("refused")
    assert await mapping(stage) == before


async def test_the_list_is_worked_through_without_a_mouse(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "balies-keyboard") as desk:
        keyboard = desk.page.keyboard
        await desk.type("/uitpas balies")
        search = desk.main.get_by_placeholder("Zoek een balie")
        await expect(search).to_be_visible()
        await keyboard.press("Shift+Tab")
        await expect(search).to_be_focused()
        await keyboard.press("ArrowDown")
        await expect(desk.main.get_by_role("option")).to_have_count(8)
        await keyboard.press("ArrowDown")
        await expect(desk.main.get_by_role("option", name="CC De Sluis")).to_have_attribute("aria-selected", "true")
        await desk.picture("options")
        await keyboard.press("Enter")
        shown = desk.message(re.compile(r"CC De Sluis \(de-sluis\)"))
        await expect(shown.get_by_role("button", name="Alias wijzigen")).to_be_visible()
        await expect(shown).to_be_focused()
        await desk.picture("message-focused")
        await keyboard.press("Tab")
        await expect(shown.get_by_role("button", name="Alias wijzigen")).to_be_focused()
        await keyboard.press("Enter")
        await expect(desk.form.get_by_label("Nieuwe alias")).to_be_focused()
        await keyboard.press("Escape")
        await expect(desk.form).to_be_hidden()
        await expect(shown.get_by_role("button", name="Alias wijzigen")).to_be_focused()


async def choose(desk: Desk, words: str, balie: str) -> None:
    """Search a balie under the list, and choose it."""
    await desk.main.get_by_placeholder("Zoek een balie").fill(words)
    await desk.main.get_by_role("option", name=balie).click()
    await expect(desk.main.get_by_role("button", name="Naar de lijst")).to_be_visible()


async def lines(message: Locator) -> list[str]:
    """Return the lines of the sections of a message."""
    return [line for text in await message.locator(".section").all_inner_texts() for line in text.splitlines()]
