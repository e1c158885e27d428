"""How soon somebody sees that their command was heard."""

import statistics
from collections.abc import Callable

import pytest
from playwright.async_api import expect

from bot.demo import Stage
from bot.sandbox.slack.world import World
from tests.page.desk import Desk, sitting
from tests.page.words import DUTCH

SOON = 300
"""Milliseconds from Enter to the first thing one sees."""
TIMES = 5
PRESS = """
(isModal) => new Promise((resolve) => {
  const composer = document.querySelector("main textarea");
  const articles = () => document.querySelectorAll("main article").length;
  const seen = () => isModal ? document.querySelector("dialog[open]") : articles();
  const before = seen();
  const started = performance.now();
  const look = () => seen() !== before ? resolve(performance.now() - started) : requestAnimationFrame(look);
  composer.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  look();
})
"""
COMMANDS = [
    ("the form", "/uitpas rapport", True),
    ("a report's message", "/uitpas rapport juni 2026", False),
    ("an answer to oneself", "/uitpas help", False),
]


@pytest.mark.parametrize(("what", "command", "is_modal"), COMMANDS)
async def test_a_command_is_answered_at_once(
    demo: Stage, record_property: Callable[[str, object], None], what: str, command: str, *, is_modal: bool
) -> None:
    async with sitting(demo.slack.url, DUTCH, "speed") as desk:
        await desk.type("/uitpas status")  # the language of who asks is known from here on
        await expect(desk.main.get_by_role("article")).to_have_count(1)
        took = [await timed(desk, demo.slack.world, command, is_modal=is_modal) for _ in range(TIMES)]
    record_property(f"until {what} is seen", f"median {statistics.median(took):.0f} ms, at best {min(took):.0f} ms")
    assert min(took) < SOON, took


async def timed(desk: Desk, world: World, command: str, *, is_modal: bool) -> float:
    """Send a command and return the milliseconds until something new is seen."""
    await desk.composer.fill(command)
    await desk.composer.press("Escape")
    took: float = await desk.page.evaluate(PRESS, is_modal)
    if is_modal:
        await desk.page.keyboard.press("Escape")
        await world.until(lambda: not world.views(DUTCH.person))
        await expect(desk.form).to_be_hidden()
    return took
