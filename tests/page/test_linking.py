"""Linking a UiTiD as people at a desk do it: from the question that needs it, over the browser, to what they asked.

The browser's part goes without a mouse, and with the content security policy that a real one gets.
"""

import pytest
from playwright.async_api import Page, expect

from bot.demo import Stage
from tests.page.desk import Desk, sitting
from tests.page.link_words import DUTCH_LINK, ENGLISH_LINK, LinkWords
from tests.page.tab import opened, readable


@pytest.fixture(params=[DUTCH_LINK, ENGLISH_LINK], ids=["nl", "en"])
def said(request: pytest.FixtureRequest) -> LinkWords:
    """Bram, who never linked, in his desk's channel; Emily, who unlinks first, in her direct messages."""
    chosen: LinkWords = request.param
    return chosen


async def test_a_report_asked_for_without_a_link_goes_on_after_linking(demo: Stage, said: LinkWords) -> None:
    async with sitting(demo.slack.url, said.words, "link") as desk:
        await unlink(desk, said)
        await desk.type(said.words.last_quarter)
        begin = desk.message(said.not_linked).get_by_role("button", name=said.link)
        await expect(begin).to_be_visible()
        await desk.picture("not-linked")
        await begin.click()
        go = desk.main.get_by_role("link", name=said.go)
        await expect(go).to_be_visible()
        await desk.picture("begun")
        async with opened(desk, go) as tab:
            code = await log_in(desk, tab, said)
        await enter(desk, said, code)
        await expect(desk.message(said.words.running)).to_be_visible()
        await desk.picture("linked")
        await desk.open_thread(said.words.replies)
        await expect(desk.reply(said.words.ready)).to_be_visible()
        await desk.picture("thread")
        await desk.go_to("Baliebot")
        await expect(desk.message(said.told)).to_be_visible()
        await desk.picture("told")


async def unlink(desk: Desk, said: LinkWords) -> None:
    """Unlink whoever is linked."""
    if said.unlink is None:
        return
    command, sure, done = said.unlink
    await desk.type(command)
    button = desk.main.get_by_role("button", name=sure)
    await expect(button).to_be_visible()
    await desk.picture("unlink")
    await button.click()
    await expect(desk.message(done)).to_be_visible()
    await desk.picture("unlinked")


async def log_in(desk: Desk, tab: Page, said: LinkWords) -> str:
    """Go from our first page over UiTiD to the page with the code, by the keyboard alone; return the code."""
    await expect(tab.get_by_text(said.question)).to_be_visible()
    await expect(tab.get_by_text(said.asked_by)).to_be_visible()
    await readable(tab)
    await desk.picture("tab-question", tab)
    await press(tab, said.yes)
    await expect(tab.get_by_text(said.who)).to_be_visible()
    choice = tab.get_by_label(said.account)
    await choice.focus()
    await tab.keyboard.press("Space")
    await expect(choice).to_be_checked()
    await desk.picture("tab-uitid", tab)
    await press(tab, said.allow)
    await expect(tab.get_by_role("heading", name=said.code)).to_be_visible()
    await readable(tab)
    await desk.picture("tab-code", tab)
    return await tab.locator(".code").inner_text()


async def press(tab: Page, button: str) -> None:
    """Press the button that the Tab key comes to next, and that shows it has come there."""
    await tab.keyboard.press("Tab")
    await expect(tab.get_by_role("button", name=button)).to_be_focused()
    await expect(tab.get_by_role("button", name=button)).to_have_css("outline-style", "solid")
    await tab.keyboard.press("Enter")


async def enter(desk: Desk, said: LinkWords, code: str) -> None:
    """Enter the code, carelessly written, and say that the account is theirs."""
    await desk.main.get_by_role("button", name=said.enter).click()
    await desk.form.get_by_label(said.field).fill(code.lower().replace("-", " "))
    await desk.picture("code")
    await desk.form.get_by_role("button", name=said.submit).click()
    await expect(desk.message(said.theirs)).to_be_visible()
    await desk.picture("theirs")
    await desk.main.get_by_role("button", name=said.mine).click()
    await expect(desk.message(said.done)).to_be_visible()
