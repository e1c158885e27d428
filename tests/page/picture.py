"""The picture in the README: the demo at work, drawn anew by `make picture`."""

import asyncio
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import expect

from bot.demo import Demo
from tests.page.desk import sitting
from tests.page.words import DUTCH


async def draw(target: Path) -> None:
    """Ask for a report in the form, wait for the answer, and keep what is seen then."""
    with TemporaryDirectory() as folder:
        demo = Demo(port=0, data=Path(folder), seed=1, report_seconds=1)
        async with demo.staged(port=0) as stage, sitting(stage.slack.url, DUTCH, "picture") as desk:
            await desk.type(f"/uitpas {DUTCH.command}")
            await desk.form.get_by_placeholder(DUTCH.choose).click()
            await desk.form.get_by_role("option", name=re.compile(DUTCH.period)).first.click()
            await desk.form.get_by_role("button", name=DUTCH.submit).click()
            await desk.open_thread(DUTCH.replies)
            await expect(desk.reply(DUTCH.ready)).to_be_visible()
            await desk.thread.get_by_role("table").scroll_into_view_if_needed()
            await desk.page.mouse.move(0, 0)
            await desk.page.screenshot(path=target, animations="disabled")


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1])))
