"""A browser's tab on the pages of a link, and what must hold of each of them for whoever looks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.page.chromium import SHARED
from tests.page.desk import PATIENCE, PICTURES, Desk

PHONE = {"width": 360, "height": 740}
POLICY = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
FAINT = """
() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((one) => one / 255);
    const line = (one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * line(r) + 0.7152 * line(g) + 0.0722 * line(b);
  };
  const behind = (one) => {
    const colour = getComputedStyle(one).backgroundColor;
    return one.parentElement && parts(colour)[3] === 0 ? behind(one.parentElement) : colour;
  };
  const ratio = (one) => {
    const both = [light(getComputedStyle(one).color), light(behind(one))];
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  const written = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("main *")].filter((one) => written(one) && ratio(one) < 4.5)
    .map((one) => `${one.textContent.trim()}: ${ratio(one).toFixed(1)}`);
}
"""
"""Names what can hardly be read: text with less than 4.5 to 1 against what is behind it (WCAG 2.2, 1.4.3)."""


@asynccontextmanager
async def browser(**options: Any) -> AsyncIterator[BrowserContext]:
    """Open a browser that speaks Dutch, with nothing in it."""
    async with SHARED.context(locale="nl-BE", timezone_id="Europe/Brussels", **options) as context:
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context


@asynccontextmanager
async def opened(desk: Desk, link: Locator) -> AsyncIterator[Page]:
    """Press what opens a tab; yield that tab, on which nothing may be blocked or go wrong."""
    async with desk.page.context.expect_page() as opening:
        await link.click()
    page = await opening.value
    ours: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            desk.trouble.append(said.text)

    def look(answer: Response) -> None:
        if "/uitid/" in answer.url and "/rest/" not in answer.url:
            ours.append(answer.headers.get("content-security-policy", ""))

    page.on("console", note)
    page.on("response", look)
    yield page
    await page.close()
    assert ours
    assert [policy for policy in ours if not policy.endswith(POLICY)] == []


async def readable(page: Page) -> None:
    """Hold a page to what a phone and eyes need: nothing to the side, buttons for thumbs, text that stands out."""
    before = page.viewport_size
    await page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "a phone scrolls to the side"
    heights = await page.locator("button, a").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert all(height >= 44 for height in heights), heights
    faint = {}
    for scheme in ("dark", "light"):
        await page.emulate_media(color_scheme=scheme)
        faint[scheme] = await page.evaluate(FAINT)
    assert faint == {"dark": [], "light": []}
    if before is not None:
        await page.set_viewport_size(before)


async def photograph(page: Page, name: str) -> None:
    """Keep what a tab shows, for a person to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"nl-BE-{name}.png", animations="disabled")
