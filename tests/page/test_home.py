"""The Home tab as somebody at a desk finds it: a way to begin on the first day, then what they asked."""

from dataclasses import dataclass

import pytest
from playwright.async_api import expect

from bot.demo import Stage
from tests.page.desk import Desk, sitting
from tests.page.words import DUTCH, ENGLISH, Words


@dataclass(frozen=True)
class HomeWords:
    """What they read there."""

    words: Words
    tab: str
    begin: str
    report: str
    card: str
    look_up: str
    told: str
    finished: str
    delivered: str
    thread: str


SAID = [
    HomeWords(
        words=DUTCH,
        tab="Start",
        begin="Begin met een onkostennota",
        report="Onkostennota vragen",
        card="Kaart opzoeken",
        look_up="Opzoeken",
        told="Het antwoord komt in je privéberichten met mij.",
        finished="Afgerond in de voorbije week",
        delivered="Bezorgd",
        thread="Bekijk de draad",
    ),
    HomeWords(
        words=ENGLISH,
        tab="Home",
        begin="Begin with an expense claim",
        report="Ask for a claim",
        card="Look up a card",
        look_up="Look up",
        told="The answer will come in your direct messages with me.",
        finished="Finished in the past week",
        delivered="Delivered",
        thread="Open the thread",
    ),
]


@pytest.mark.parametrize("said", SAID, ids=["nl", "en"])
async def test_the_home_leads_to_both_forms_and_shows_what_was_asked(demo: Stage, said: HomeWords) -> None:
    async with sitting(demo.slack.url, said.words, "home") as desk:
        await desk.go_to("Baliebot")
        await desk.main.get_by_role("link", name=said.tab, exact=True).click()
        await expect(desk.main.get_by_text(said.begin)).to_be_visible()
        await desk.picture("first-day")
        await desk.main.get_by_role("button", name=said.card).click()
        await expect(desk.form.get_by_role("button", name=said.look_up)).to_be_visible()
        await desk.picture("card")
        await desk.page.keyboard.press("Escape")
        await ask(desk, said)
        await expect(desk.main.get_by_role("heading", name=said.finished)).to_be_visible()
        await expect(desk.main.get_by_text(said.delivered)).to_be_visible()
        await expect(desk.main.get_by_text(said.begin)).to_have_count(0)
        await desk.picture("asked")
        await desk.main.get_by_role("link", name=said.thread).click()
        await expect(desk.reply(said.words.ready)).to_be_visible()
        await desk.picture("thread")


async def ask(desk: Desk, said: HomeWords) -> None:
    """Ask for a report in the form that the button opens."""
    words = said.words
    await desk.main.get_by_role("button", name=said.report).click()
    await desk.form.get_by_label(words.balie_label).fill(words.balie)
    await desk.form.get_by_role("option").first.click()
    await desk.form.get_by_role("button", name=words.submit).click()
    await expect(desk.form.get_by_text(said.told)).to_be_visible()
    await desk.picture("told")
    await desk.form.get_by_role("button", name=words.close).last.click()
