"""The card question's form on the page: other days, wrong numbers, the shortcut; and all of it without a mouse."""

from playwright.async_api import Locator, expect

from tests.page.card import HEAD, SWAPPED, YEAR, ask, rows
from tests.page.desk import Desk, sitting
from tests.page.words import DUTCH, ENGLISH
from tests.support.stage import Stage

WRONG = {
    "093001234560": "Een kaartnummer heeft 13 cijfers, en ik tel er 12. Kijk of er een ontbreekt of dubbel staat.",
    "85.07.30-033.61": (
        "Dat lijkt een rijksregisternummer: 11 cijfers. Ik heb het nergens opgezocht of bewaard. Typ de 13 cijfers van"
        " de kaart."
    ),
    "0930012345608": (
        "In dat kaartnummer staat een tikfout: het laatste cijfer past niet bij de andere. Vergelijk met de kaart."
    ),
    "0930000237931": "Dat is geen kaartnummer: het voorlaatste cijfer is altijd 0 of 1. Vergelijk met de kaart.",
}
"""What stands at the field, by what was typed there."""
UNDER_THE_TABLE = ["Op voordeel", "Op balie", "Op gemeente", "Omgekeerde volgorde", "Andere periode", "Als CSV"]


async def test_other_days_are_chosen_without_the_number_being_shown(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "card-period") as desk:
        answer = await ask(desk)
        await answer.get_by_role("button", name="Andere periode").click()
        await expect(desk.form).to_contain_text(HEAD)
        await expect(desk.form.get_by_label("Balie")).to_have_value("CC De Sluis (de-sluis)")
        await expect(desk.form.get_by_label("Kaartnummer")).to_have_count(0)
        assert SWAPPED not in await desk.page.content()
        await desk.picture("form")
        await desk.form.get_by_label("Van", exact=True).fill("2026-06-01")
        await desk.form.get_by_label("Tot en met", exact=True).fill("2026-06-30")
        await desk.form.get_by_role("button", name="Opzoeken").click()
        await expect(desk.form).to_be_hidden()
        await expect(answer).to_contain_text("5 omruilingen, samen −53 punten. Aan alle balies, 1 juni – 30 juni 2026.")
        assert [row[0] for row in await rows(answer)] == [f"{day}/06/2026" for day in (26, 23, 13, 12, "03")]
        await expect(desk.main.get_by_role("article")).to_have_count(1)
        await desk.picture("answered")


async def test_a_wrong_number_is_told_at_its_field_until_it_is_right(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "card-form") as desk:
        await desk.type("/uitpas kaart")
        number = desk.form.get_by_label("Kaartnummer")
        await expect(number).to_be_focused()
        await desk.picture("empty")
        for typed, sentence in WRONG.items():
            await number.fill(typed)
            await number.press("Enter")
            await expect(desk.form.get_by_role("alert")).to_have_text(sentence)
            await expect(number).to_have_accessible_description(sentence)
            await expect(number).to_be_focused()
            await expect(number).to_have_value(typed)
        await desk.picture("wrong")
        assert list(stage.uitpas.calls) == []
        await number.fill(SWAPPED)
        await desk.form.get_by_placeholder("Kies een optie").click()
        await desk.form.get_by_role("option", name="Oudste eerst").click()
        await number.press("Enter")
        await expect(desk.form).to_be_hidden()
        answer = desk.message(HEAD)
        await expect(answer).to_contain_text("Rij 1 tot 20 van 45, oudste eerst")
        assert (await rows(answer))[0] == ["17/07/2025", "Draagtas van de bib", "−3", "CC De Sluis"]


async def test_a_colleague_who_reads_english_gets_it_in_english(stage: Stage) -> None:
    async with sitting(stage.slack.url, ENGLISH, "card-form") as desk:
        await desk.type("/uitpas card molenschoot")
        await expect(desk.form.get_by_role("heading", name="Look up a card")).to_be_visible()
        await desk.form.get_by_label("Card number").fill("093001234560")
        await desk.form.get_by_role("button", name="Look up").click()
        sentence = "A card number has 13 digits, and I count 12. See whether one is missing or doubled."
        await expect(desk.form.get_by_role("alert")).to_have_text(sentence)
        await desk.picture("wrong")


async def test_the_shortcut_answers_in_her_direct_messages_for_her_alone(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "card-shortcut") as desk:
        await desk.main.get_by_role("button", name="Snelkoppelingen").click()
        await desk.main.get_by_role("menuitem", name="Kaart opzoeken").click()
        await expect(desk.form).to_contain_text("Het antwoord komt in je privéberichten met mij en zie jij alleen.")
        await desk.picture("form")
        await desk.form.get_by_label("Balie").fill("sluis")
        await desk.form.get_by_role("option", name="CC De Sluis").click()
        await desk.form.get_by_label("Kaartnummer").fill(SWAPPED)
        await desk.form.get_by_role("button", name="Opzoeken").click()
        await expect(desk.form).to_contain_text("Ik zoek de kaart op. Het antwoord komt in je privéberichten met mij.")
        await desk.picture("looking")
        await desk.form.get_by_role("button", name="Sluiten").last.click()
        await desk.go_to("Baliebot")
        answer = desk.message(HEAD)
        await expect(answer).to_contain_text(YEAR)
        await expect(answer).to_contain_text(DUTCH.only_you)
        assert len(await rows(answer)) == 20
        await desk.picture("table")
        await desk.go_to("balie-de-sluis")
        await expect(desk.main.get_by_role("article")).to_have_count(0)


async def test_a_card_is_asked_and_paged_through_without_a_mouse(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "card-keyboard") as desk:
        keyboard = desk.page.keyboard
        await desk.composer.focus()
        await keyboard.type("/uitpas ka")
        await keyboard.press("Tab")
        await expect(desk.composer).to_have_value("/uitpas kaart ")
        await keyboard.type("0930 0123 45607")
        await keyboard.press("Enter")
        answer = desk.message(HEAD)
        await expect(answer.get_by_role("table")).to_be_visible()
        for label in [*reversed(UNDER_THE_TABLE), "Oudere"]:
            await keyboard.press("Shift+Tab")
            await expect(answer.get_by_role("button", name=label)).to_be_focused()
        for shown in ("Rij 21 tot 40", "Rij 41 tot 45"):
            await expect(answer.get_by_role("button", name="Oudere")).to_be_focused()
            await keyboard.press("Enter")
            await expect(answer).to_contain_text(shown)
        await expect(answer).to_be_focused()
        await desk.picture("message-focused")
        await keyboard.press("Tab")
        await expect(answer.get_by_role("table").locator("..")).to_be_focused()
        for label in ["Nieuwere", *UNDER_THE_TABLE]:
            await keyboard.press("Tab")
            await expect(answer.get_by_role("button", name=label)).to_be_focused()


async def test_it_is_asked_again_in_another_order_without_a_mouse(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "card-keyboard-form") as desk:
        keyboard, answer = desk.page.keyboard, await ask(desk)
        again = answer.get_by_role("button", name="Andere periode")
        await again.focus()
        await keyboard.press("Enter")
        await expect(desk.form.get_by_label("Balie")).to_be_focused()
        order = desk.form.get_by_label("Volgorde")
        await tab_to(desk, order)
        await keyboard.press("ArrowDown")
        await keyboard.press("ArrowDown")
        await expect(desk.form.get_by_role("option", name="Oudste eerst")).to_have_attribute("aria-selected", "true")
        await desk.picture("orders")
        await keyboard.press("Enter")
        await expect(order).to_have_value("Oudste eerst")
        await tab_to(desk, desk.form.get_by_role("button", name="Opzoeken"))
        await keyboard.press("Enter")
        await expect(answer).to_contain_text("Rij 1 tot 20 van 45, oudste eerst")
        await expect(again).to_be_focused()


async def tab_to(desk: Desk, goal: Locator) -> None:
    """Press Tab until something has the focus; a date takes four."""
    for _ in range(10):
        if await goal.evaluate("(node) => node === document.activeElement"):
            return
        await desk.page.keyboard.press("Tab")
    raise AssertionError("Tab does not come there")
