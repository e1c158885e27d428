"""What each person sees, and that the page is a place one can find one's way in."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.demo import Stage
from bot.models import Language
from bot.sandbox.slack import SlackSandbox
from handlers.manifest import manifest
from tests.page.desk import sitting
from tests.page.words import DUTCH


async def test_a_colleague_sees_the_report_and_not_what_was_whispered(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "colleague") as desk:
        await desk.type("/uitpas help")
        await expect(desk.message("Dit kan je typen")).to_contain_text(DUTCH.only_you)
        await desk.picture("help")
        await desk.type(DUTCH.last_quarter)
        await expect(desk.message(DUTCH.done)).to_be_visible()
        await desk.page.get_by_role("combobox", name="Je bent").select_option(label="Bram De Coster")
        await expect(desk.message(DUTCH.done)).to_be_visible()
        await expect(desk.message("Dit kan je typen")).to_have_count(0)
        await desk.open_thread(DUTCH.replies)
        await expect(desk.reply(DUTCH.ready)).to_contain_text("@Lien Vermeire")
        await desk.picture("as-bram")
        await desk.page.reload()
        await expect(desk.reply(DUTCH.ready)).to_be_visible()


async def test_what_is_said_elsewhere_is_marked_until_it_is_read(slack: SlackSandbox) -> None:
    async with sitting(slack.url, DUTCH, "unread") as desk:
        slack.world.say("bram", "algemeen", "Is de kassa nog open?")
        sidebar = desk.page.get_by_role("navigation").first
        await expect(sidebar.get_by_role("link", name="algemeen")).to_contain_text("1")
        await expect(desk.page).to_have_title(re.compile(r"^\(1\) "))
        await desk.picture("marked")
        await desk.go_to("algemeen")
        await expect(desk.message("Is de kassa nog open?")).to_be_visible()
        await expect(desk.page).to_have_title(re.compile(r"^[^(]"))
        await expect(sidebar.get_by_role("link", name="algemeen")).not_to_contain_text("1")


async def test_people_talk_and_answer_in_threads_where_no_command_works(slack: SlackSandbox) -> None:
    async with sitting(slack.url, DUTCH, "talk") as desk:
        await desk.type("Wie doet de kassa?")
        await desk.message("Wie doet de kassa?").hover()
        await desk.message("Wie doet de kassa?").get_by_role("link", name="Antwoorden in draad").click()
        answer = desk.thread.get_by_role("textbox")
        await answer.fill("/uitpas help")
        await answer.press("Enter")
        await expect(desk.thread).to_contain_text("Slash-opdrachten werken niet in een draad.")
        await answer.fill("Ik <b>wel</b>")
        await answer.press("Enter")
        await expect(desk.reply("Ik <b>wel</b>")).to_be_visible()
        await expect(desk.message("Wie doet de kassa?")).to_contain_text(DUTCH.one_reply)
        await desk.picture("thread")


async def test_a_command_nobody_knows_is_answered_by_slack_itself(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "unknown-command") as desk:
        await desk.type("/uitpass rapport")
        await expect(desk.message("/uitpass")).to_contain_text("Slackbot")


async def test_the_home_of_an_app_that_has_one(slack: SlackSandbox) -> None:
    async with sitting(slack.url, DUTCH, "home") as desk:
        await desk.go_to("Baliebot")
        await desk.main.get_by_role("link", name="Start").click()
        await expect(desk.main).to_contain_text("Hier staat nog niets.")
        text = {"type": "plain_text", "text": "Wat loopt er"}
        slack.world.modals.publish("U0LIEN00001", {"type": "home", "blocks": [{"type": "header", "text": text}]})
        await expect(desk.main.get_by_role("heading", name="Wat loopt er")).to_be_visible()
        await desk.picture("published")


@pytest_asyncio.fixture(loop_scope="session", params=[True, False], ids=["home", "none"])
async def homely(request: pytest.FixtureRequest) -> AsyncIterator[tuple[SlackSandbox, bool]]:
    """The stand-in with an app that has a Home tab, or none, as its manifest says."""
    told = manifest(language=Language.NL, url=None)
    told["features"]["app_home"]["home_tab_enabled"] = request.param
    sandbox = SlackSandbox(manifest=told)
    await sandbox.start()
    yield sandbox, request.param
    await sandbox.aclose()


async def test_an_app_without_a_home_shows_none(homely: tuple[SlackSandbox, bool]) -> None:
    slack, has_home = homely
    async with sitting(slack.url, DUTCH, "no-home") as desk:
        await desk.go_to("Baliebot")
        await expect(desk.main.get_by_role("link", name="Start")).to_have_count(int(has_home))


async def test_while_a_form_is_handed_in_its_button_waits(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "waiting") as desk:
        await desk.type("/uitpas rapport")
        await expect(desk.form).to_contain_text("iedereen in dat kanaal kan het openen")
        demo.slack.faults.add("conversations.info", "delay", seconds=0.8)
        button = desk.form.get_by_role("button", name=DUTCH.submit)
        await button.click()
        await expect(button).to_be_disabled()
        await desk.picture("busy")
        await expect(desk.form).to_be_hidden()
        await expect(desk.message(DUTCH.running)).to_be_visible()


async def test_when_the_demo_stops_the_page_says_so(slack: SlackSandbox) -> None:
    async with sitting(slack.url, DUTCH, "offline") as desk:
        await asyncio.wait_for(slack.aclose(), 5)
        await expect(desk.page.get_by_text("Verbinding verbroken")).to_be_visible()
        await desk.picture("lost")
        desk.trouble.clear()  # a browser cannot but complain that nobody answers
