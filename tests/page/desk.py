"""A desk employee at a browser: what they see on the page and do there, by its names, as a reader of screens would."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import ConsoleMessage, Dialog, Download, Locator, Page, expect

from tests.page.chromium import SHARED
from tests.page.words import Words

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
"""Where a run leaves what it saw, for a person to look at."""
PATIENCE = 15_000
"""Milliseconds after which something will not appear any more; a report in the tests takes a few seconds."""


@dataclass
class Desk:
    """One person's page. `trouble` gathers what no page may do: an error, or something it can't show."""

    page: Page
    name: str
    trouble: list[str] = field(default_factory=list)
    _pictures: int = 0

    @property
    def main(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("main")

    @property
    def thread(self) -> Locator:
        """The thread beside it."""
        return self.page.get_by_role("complementary")

    @property
    def form(self) -> Locator:
        """The modal in front."""
        return self.page.get_by_role("dialog")

    @property
    def composer(self) -> Locator:
        """Where one types in the conversation."""
        return self.main.get_by_label(re.compile("^(Bericht aan|Message) "))  # a combobox while it completes

    async def type(self, text: str) -> None:
        """Type something in the conversation and send it."""
        await self.composer.fill(text)
        await self.composer.press("Escape")
        await self.composer.press("Enter")

    async def go_to(self, conversation: str) -> None:
        """Open a conversation from the sidebar."""
        await self.page.get_by_role("navigation").first.get_by_role("link", name=conversation).click()
        await expect(self.main.get_by_role("heading", name=conversation)).to_be_visible()

    async def open_thread(self, replies: str) -> None:
        """Open the thread under the last message that says it has so many replies."""
        await self.main.get_by_role("link", name=replies).last.click()
        await expect(self.thread).to_be_visible()

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """Return the messages of the conversation that hold this text."""
        return self.main.get_by_role("article").filter(has_text=text)

    def reply(self, text: str | re.Pattern[str]) -> Locator:
        """Return the replies in the open thread that hold this text."""
        return self.thread.get_by_role("article").filter(has_text=text)

    async def save(self, link: Locator) -> Download:
        """Click on a file and return what was downloaded."""
        async with self.page.expect_download() as waiting:
            await link.click()
        return await waiting.value

    async def picture(self, what: str, tab: Page | None = None) -> None:
        """Keep what is seen now, here or in another tab, once everything has come to rest."""
        page = tab or self.page
        await page.evaluate("document.fonts.ready")
        self._pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=PICTURES / f"{self.name}-{self._pictures:02}-{what}.png", animations="disabled")

    async def unknown(self) -> list[str]:
        """Return what stands in red boxes."""
        return await self.page.locator(".unknown").all_inner_texts()


@asynccontextmanager
async def sitting(url: str, words: Words, name: str) -> AsyncIterator[Desk]:
    """Open the page as somebody, where they work; when they leave, nothing may have gone wrong on it."""
    size = {"width": 1280, "height": 860}
    async with SHARED.context(locale=words.locale, timezone_id="Europe/Brussels", viewport=size) as context:
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        desk = Desk(page, f"{words.locale}-{name}")
        page.on("pageerror", lambda error: desk.trouble.append(str(error)))
        page.on("console", lambda said: _note(desk, said))
        page.on("dialog", lambda asked: _refuse(desk, asked))
        await page.goto(f"{url}/?as={words.person}")
        await expect(desk.composer).to_be_visible()
        await desk.go_to(words.conversation)
        yield desk
        desk.trouble.extend(await desk.unknown())
    assert desk.trouble == [], desk.trouble


def _note(desk: Desk, said: ConsoleMessage) -> None:
    if said.type in {"error", "warning"}:
        desk.trouble.append(said.text)


async def _refuse(desk: Desk, asked: Dialog) -> None:
    desk.trouble.append(f"the browser asked: {asked.message}")
    await asked.dismiss()
