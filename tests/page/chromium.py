"""The browser that the tests of the page share: to start one takes longer than most of them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, async_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]


class Chromium:
    """Opens contexts, which share nothing: in one browser while it is `kept`, else each in its own."""

    def __init__(self) -> None:
        self._keeping: AsyncExitStack | None = None
        self._browser: Browser | None = None

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Keep the browser that is started first; contexts may be opened in this loop alone until the block ends."""
        async with AsyncExitStack() as self._keeping:
            yield
        self._keeping = self._browser = None

    @asynccontextmanager
    async def context(self, **options: Any) -> AsyncIterator[BrowserContext]:
        """Open a context with nothing in it; what was opened in it is closed with it."""
        async with AsyncExitStack() as alone:
            browser = self._browser
            if browser is None or not browser.is_connected():
                browser = await _started(self._keeping or alone)
            if self._keeping is not None:
                self._browser = browser
            async with await browser.new_context(**options) as context:
                yield context


async def _started(until: AsyncExitStack) -> Browser:
    playwright = await until.enter_async_context(async_playwright())
    browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    until.push_async_callback(browser.close)
    return browser


SHARED = Chromium()
"""What a run of the tests keeps; a program on its own, such as the picture's, opens a browser of its own in it."""
