"""The pages of a link in a browser: a login that was left open, cookies refused, going back, two tabs, stopping."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from tests.linking.rows import REVOKING, calls, labels, rows
from tests.page.chromium import CHROMIUM, FLAGS
from tests.page.tab import PHONE, browser, photograph, readable
from tests.support.browser import Journey, journey
from tests.support.stage import staged

YES, STOP = "Ja, verder", "Stop"
START, LOGIN, CODE = "Je UiTiD koppelen aan Slack", "Aanmelden met UiTiD", "Nog één stap, in Slack"
GONE, STOPPED = "Deze pagina werkt niet meer", "Gestopt"
HERS = ["• *Gemeenschapscentrum 't Hof*", "• *Jeugdhuis Het Vlot*", "• *Stadsloket Molenschoot*"]
DENIED = "Goed dat je het zegt: ik heb niets bewaard. Meld je collega af bij UiTiD en begin opnieuw."
NO_LINK = (
    "Die code past bij geen koppeling van jou; misschien duurde het langer dan tien minuten. Begin opnieuw met /uitpas"
    " koppel."
)


@pytest_asyncio.fixture(loop_scope="session")
async def link(tmp_path: Path) -> AsyncIterator[Journey]:
    """Bram, who is about to link, on a clock that stands still."""
    async with staged(tmp_path, linked=("lien",)) as stage, journey(stage) as ready:
        yield ready


async def test_a_colleague_still_logged_in_is_not_taken_for_the_asker_nor_kept_by_mistake(link: Journey) -> None:
    stage = link.stage
    async with browser(java_script_enabled=False, viewport=PHONE, has_touch=True) as context:
        name, value = stage.uitpas.open_session("greet")
        await context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/uitid"}])
        page = await context.new_page()
        await link.ask()
        await page.goto(link.url)
        await readable(page)
        await photograph(page, "link-phone-01-question")
        await press(page, YES)
        await shows(page, LOGIN)
        await expect(page.get_by_role("radio")).to_have_count(len(stage.uitpas.world.employees))
        await expect(page.get_by_role("radio", checked=True)).to_have_count(0)
        await log_in(page, "Greet Lambrecht")
        link.code = await shown_code(page)
        await readable(page)
        await photograph(page, "link-phone-02-code")
    await link.type_code()
    shown = [block["text"]["text"] for block in link.whisper.blocks if block["type"] == "section"]
    assert shown[0].splitlines()[1:] == HERS
    await link.say("link_no")
    assert (link.whisper.text, labels(link.whisper)) == (DENIED, ["UiTiD koppelen"])
    assert calls(stage)[-2:] == REVOKING
    assert rows(stage, "SELECT user FROM accounts") == [stage.slack.world.person("lien").id]
    assert rows(stage, "SELECT id FROM links") == []


async def test_a_browser_that_refuses_cookies_is_told_so_and_nothing_is_asked_of_uitid(
    link: Journey, tmp_path: Path
) -> None:
    refusing = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "profile" / "Default").mkdir(parents=True)
    (tmp_path / "profile" / "Default" / "Preferences").write_text(json.dumps(refusing))
    await link.ask()
    async with async_playwright() as playwright:
        start = playwright.chromium.launch_persistent_context
        context = await start(tmp_path / "profile", executable_path=CHROMIUM, args=FLAGS, locale="nl-BE")
        page = context.pages[0]
        await page.goto(link.url)
        await press(page, YES)
        for _ in range(2):
            await shows(page, "Je browser houdt cookies tegen")
            await page.reload()
        await readable(page)
        await photograph(page, "link-cookies")
        await context.close()
    assert calls(link.stage) == []


async def test_going_back_reloading_and_a_second_tab_lead_to_the_one_code_until_it_is_stopped(link: Journey) -> None:
    async with browser() as context:
        page, other = await context.new_page(), await context.new_page()
        await link.ask()
        for tab in (page, other):
            await tab.goto(link.url)
            await tab.reload()
            await shows(tab, START)
        await begin(link, page)
        await press(other, YES)
        await shows(other, LOGIN)
        await log_in(page)
        code = await shown_code(page)
        await page.reload()
        assert await shown_code(page) == code
        await page.go_back()
        await shows(page, "Aanmelding verlopen")
        await page.go_forward()
        assert await shown_code(page) == code
        await other.goto(link.page("go"))
        assert await shown_code(other) == code
        await press(page, STOP)
        await shows(page, STOPPED)
        await photograph(page, "link-stopped")
        for tab in (page, other):
            await tab.goto(link.page("done"))
            await shows(tab, GONE)
        await photograph(page, "link-gone")
    await link.stage.type(f"koppel {code}", user=link.user)
    assert link.whisper.text == NO_LINK
    assert calls(link.stage).count("request_token") == 2, "the first was refused"
    assert "access_token" not in calls(link.stage)


async def test_who_stops_or_refuses_consent_reads_that_nothing_was_linked(link: Journey) -> None:
    async with browser() as context:
        page = await context.new_page()
        await link.ask()
        await page.goto(link.url)
        await press(page, STOP)
        await shows(page, STOPPED)
        await readable(page)
        await page.goto(link.url)
        await shows(page, GONE)
        await readable(page)
        await link.ask()
        await page.goto(link.url)
        await press(page, YES)
        await press(page, "Weigeren")
        await shows(page, "Niet gekoppeld")
        await readable(page)
        await photograph(page, "link-refused")
    assert rows(link.stage, "SELECT id FROM links") == []
    assert "access_token" not in calls(link.stage)


async def begin(link: Journey, page: Page) -> None:
    """Go on to the login, which UiTiD has to be asked for twice, and back and forth once."""
    link.stage.uitpas.faults.add("request_token", "status", status=503)
    await press(page, YES)
    await shows(page, "UiTiD antwoordt nu niet")
    await readable(page)
    await photograph(page, "link-silent")
    await page.get_by_role("link", name="Opnieuw proberen").click()
    await shows(page, LOGIN)
    await page.go_back()
    await shows(page, GONE)
    await page.go_forward()
    await shows(page, LOGIN)


async def log_in(page: Page, name: str = "Bram Cosemans") -> None:
    """Log in and consent."""
    await page.get_by_label(name).check()
    await press(page, "Toestaan")


async def shown_code(page: Page) -> str:
    """Return the code that a page shows."""
    await shows(page, CODE)
    return await page.locator(".code").inner_text()


async def press(page: Page, button: str) -> None:
    """Press a button."""
    await page.get_by_role("button", name=button).click()


async def shows(page: Page, title: str) -> None:
    """Wait until a page has this title."""
    await expect(page.get_by_role("heading", name=title)).to_be_visible()
