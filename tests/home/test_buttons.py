"""What is pressed in a Home, where there is no channel and no `response_url`, leads to something in sight at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.records import View
from handlers.render import linking_texts
from tests.home.tab import ASK, Tab, lines
from tests.linking.rows import rows
from tests.support.browser import Journey, journey
from tests.support.outcomes import trouble
from tests.support.stage import Stage, staged

REPORT, CARD, LINK = "report_open", "card_open", "link"
NOT_LINKED = (
    "Je UiTiD is nog niet gekoppeld, en zonder mag ik UiTPAS niets vragen in jouw naam. Typ `/uitpas koppel` om het te"
    " koppelen."
)
ASKED = (
    "Gevraagd: de onkostennota van *CC De Sluis* voor 1 april – 30 juni 2026. Het antwoord komt in je privéberichten"
    " met mij."
)


@pytest.fixture
async def bram(tmp_path: Path) -> AsyncIterator[Tab]:
    """Bram, who is not linked, has his Home open."""
    async with staged(tmp_path, linked=()) as stage:
        tab = Tab(stage, "bram")
        await tab.open()
        yield tab


def title(view: View) -> str:
    """Return the title of a modal."""
    return str(view.content["title"]["text"])


async def test_the_report_is_asked_for_in_its_form_and_shows_in_the_home(stage: Stage) -> None:
    lien = Tab(stage)
    await lien.open()
    await lien.press(REPORT)
    form = lien.modal
    (sluis,) = await stage.slack.options(lien.who, form, "form_balie", "sluis")
    await stage.slack.submit(lien.who, form.id, {"form_balie": {"form_balie": sluis["value"]}})
    told = lines(lien.modal.blocks)
    await stage.pass_time(10, steps=5)
    assert (told, len(lien.part("Afgerond in de voorbije week")), len(stage.dms())) == ([ASKED], 1, 1)


async def test_the_card_is_asked_for_in_its_form(stage: Stage) -> None:
    lien = Tab(stage)
    await lien.open()
    await lien.press(CARD)
    assert (title(lien.modal), lines(lien.modal.blocks)[-1]) == (
        "Kaart opzoeken",
        "(Het antwoord komt in je privéberichten met mij en zie jij alleen. Van de kaart wordt niets bewaard.)",
    )


async def test_whoever_is_not_linked_is_told_in_a_modal_with_the_way_to_mend_it(bram: Tab) -> None:
    await bram.press(REPORT)
    assert (title(bram.modal), lines(bram.modal.blocks)) == ("UiTPAS", [NOT_LINKED, "[UiTiD koppelen]"])
    await bram.press(CARD)
    assert lines(bram.modal.blocks)[1] == "[UiTiD koppelen]"
    await bram.press_in_modal(LINK)
    assert lines(bram.modal.blocks)[1] == "[Naar UiTiD] [Code invullen]"


async def to_code(bram: Tab, browser: Journey) -> None:
    """Go from the button in the Home over UiTiD to the form of the code, and hand the code in."""
    await bram.press(LINK)
    browser.url = next(
        one["url"]
        for block in bram.modal.blocks
        if block["type"] == "actions"
        for one in elements(block)
        if "url" in one
    )
    await browser.go()
    await browser.consent()
    await browser.come_back()
    await bram.press_in_modal("link_enter")
    await bram.stage.slack.submit(bram.who, bram.modal.id, {"link_code": {"link_code": browser.code}})
    await bram.stage.settle()


async def test_a_whole_link_is_made_without_leaving_the_tab(bram: Tab) -> None:
    async with journey(bram.stage) as browser:
        await to_code(bram, browser)
    question = lines(bram.modal.blocks)
    await bram.press_in_modal("link_yes")
    done, number = lines(bram.modal.blocks), bram.modal.id
    await bram.press_in_modal(REPORT)
    await bram.stage.pass_time(5)
    assert bram.modal.id == number, "the form takes the place of the modal it was opened from"
    assert (question[-3:], done[:2], title(bram.modal), bram.shown[:2]) == (
        [
            linking_texts.CONFIRM.nl,
            "[Ja, van mij] [Nee]",
            f"({linking_texts.CONFIRM_HINT.nl})",
        ],
        ["Je UiTiD is gekoppeld.", "[Onkostennota vragen]"],
        "Onkostennota",
        ASK,
    )


async def test_the_answer_to_a_code_whose_form_was_closed_comes_in_direct_messages(bram: Tab) -> None:
    stage = bram.stage
    async with journey(stage) as browser:
        await to_code(bram, browser)
    fault = trouble(stage, "views.update", "not_found")
    await bram.press_in_modal("link_yes")
    whispers = stage.whispers("bram", stage.slack.world.im("bram"))
    assert (fault.left, whispers[0]) == (0, "Je UiTiD is gekoppeld.")


@pytest.mark.parametrize("action", [REPORT, CARD, LINK])
async def test_where_slack_opens_no_modal_the_answer_comes_in_direct_messages(bram: Tab, action: str) -> None:
    trouble(bram.stage, "views.open", "expired_trigger_id")
    await bram.press(action)
    assert len(bram.stage.whispers("bram", bram.stage.slack.world.im("bram"))) == 1


async def test_a_button_of_an_older_home_says_so(stage: Stage) -> None:
    lien = Tab(stage)
    await lien.open()
    home = stage.slack.world.home("lien")
    assert home is not None
    older = [{"type": "actions", "elements": [{**next(iter(elements(home.blocks[1]))), "action_id": "of_old"}]}]
    stage.slack.world.modals.publish(lien.who, {"type": "home", "blocks": older})
    await lien.press("of_old")
    assert lines(lien.modal.blocks) == [
        "Dit werkt niet meer, want de bot is intussen vernieuwd. Typ `/uitpas help` om te zien wat je kan vragen."
    ]


async def test_nothing_of_a_home_but_who_and_when_is_kept(stage: Stage) -> None:
    lien = Tab(stage)
    await lien.open()
    assert rows(stage, "SELECT * FROM homes") == [
        (stage.bot.team, lien.who, 0, "2026-07-15T08:00:03.000000+00:00", "2026-07-15T08:00:03.000000+00:00", 0)
    ]
