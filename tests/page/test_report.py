"""The onkostennota as people at a desk get it: in the page, in both languages."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.demo import Stage
from handlers.manifest import TOPICS
from tests.page.desk import Desk, sitting
from tests.page.words import DUTCH, ENGLISH, Words


@pytest.fixture(params=[DUTCH, ENGLISH], ids=["nl", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """Lien in her desk's channel, in Dutch; Emily in her direct messages with the bot, in English."""
    chosen: Words = request.param
    return chosen


async def test_from_the_command_over_the_form_to_the_file(demo: Stage, words: Words, tmp_path: Path) -> None:
    async with sitting(demo.slack.url, words, "form") as desk:
        await desk.composer.fill("/")
        await expect(desk.main.get_by_role("option")).to_have_count(len(TOPICS))
        await desk.picture("completion")
        await desk.type(f"/uitpas {words.command}")
        await expect(desk.form.get_by_role("heading", name=words.title)).to_be_visible()
        await choose_balie(desk, words)
        await desk.form.get_by_placeholder(words.choose).click()
        await desk.picture("form")
        await desk.form.get_by_role("option", name=re.compile(words.period)).first.click()
        await expect(desk.form.get_by_label(words.first, exact=True)).to_have_value(re.compile(r"-04-01$"))
        await expect(desk.form.get_by_label(words.last, exact=True)).to_have_value(re.compile(r"-06-30$"))
        await desk.picture("period-taken-over")
        await desk.form.get_by_role("button", name=words.submit).click()
        await leave(desk, words)
        await expect(desk.message(words.running)).to_be_visible()
        await desk.picture("root")
        await desk.open_thread(words.replies)
        await expect(desk.reply(words.ready)).to_be_visible()
        await desk.picture("thread")
        download = await desk.save(desk.thread.get_by_role("link", name=re.compile("onkostennota_")))
        name = re.compile(rf"onkostennota_{words.balie}_(\d{{4}})-04-01_\1-06-30\.zip")
        assert name.fullmatch(download.suggested_filename)
        await download.save_as(tmp_path / "file.zip")
        sheets = zipfile.ZipFile(tmp_path / "file.zip")
        assert sheets.testzip() is None
        assert {Path(name).suffix for name in sheets.namelist()} == {".xls"}


async def test_a_typed_period_can_be_cancelled_and_asked_again(demo: Stage, words: Words) -> None:
    demo.uitpas.faults.add("report_status", "never_ends", times=-1)
    async with sitting(demo.slack.url, words, "cancel") as desk:
        await desk.type(words.last_quarter)
        await desk.message(words.running).get_by_role("button", name=words.cancel).click()
        await expect(desk.form).to_be_visible()
        await desk.picture("sure")
        await desk.form.get_by_role("button", name=words.no).click()
        await expect(desk.form).to_be_hidden()
        await desk.message(words.running).get_by_role("button", name=words.cancel).click()
        await desk.form.get_by_role("button", name=words.yes).click()
        await expect(desk.message(words.cancelled)).to_be_visible()
        await expect(desk.main.get_by_role("button", name=words.cancel)).to_have_count(0)
        demo.uitpas.faults.clear()
        await desk.type(words.last_quarter)
        await expect(desk.message(words.done)).to_be_visible()
        await desk.type(words.last_quarter)
        await expect(desk.message(words.before)).to_be_visible()
        await desk.picture("delivered-before")
        await desk.message(words.before).get_by_role("link").click()
        await expect(desk.reply(words.ready)).to_be_visible()
        await desk.picture("permalink")


async def test_what_failed_is_tried_again_with_one_click(demo: Stage, words: Words) -> None:
    demo.uitpas.faults.add("start_report", "code", code="ACCESS_DENIED")
    async with sitting(demo.slack.url, words, "retry") as desk:
        await desk.type(words.last_quarter)
        await expect(desk.message(words.failed)).to_be_visible()
        await desk.open_thread(words.one_reply)
        await expect(desk.reply(words.no_right)).to_be_visible()
        await desk.picture("failed")
        await desk.thread.get_by_role("button", name=words.retry).click()
        await expect(desk.message(words.done)).to_be_visible()
        await desk.picture("retried")


async def test_an_empty_period_is_said_as_the_normal_thing_it_is(demo: Stage, words: Words) -> None:
    demo.uitpas.faults.add("start_report", "code", code="ACTION_FAILED")
    async with sitting(demo.slack.url, words, "empty") as desk:
        await desk.type(words.last_quarter)
        await expect(desk.message(words.empty)).to_be_visible()
        await desk.open_thread(words.one_reply)
        await expect(desk.reply(words.nothing)).to_be_visible()
        await desk.picture("nothing-registered")


async def test_a_wrong_date_is_told_where_it_was_given(demo: Stage, words: Words) -> None:
    async with sitting(demo.slack.url, words, "wrong") as desk:
        await desk.type(f"/uitpas {words.command} 31/06/2026")
        await expect(desk.message(words.no_such_day)).to_contain_text(words.only_you)
        await desk.picture("typed")
        await desk.type(f"/uitpas {words.command}")
        await choose_balie(desk, words)
        first, last = desk.form.get_by_label(words.first, exact=True), desk.form.get_by_label(words.last, exact=True)
        await first.fill("2099-02-01")
        await last.fill("2026-01-31")
        await desk.form.get_by_role("button", name=words.submit).click()
        await expect(desk.form.get_by_text(words.future)).to_be_visible()
        await expect(desk.form.get_by_text(words.reversed)).to_be_visible()
        await expect(first).to_be_focused()
        assert (await first.input_value(), await last.input_value()) == ("2099-02-01", "2026-01-31")
        await desk.picture("in-the-form")
        await desk.page.keyboard.press("Escape")
        await expect(desk.form).to_be_hidden()
        await demo.slack.world.until(lambda: not demo.slack.world.views(words.person))


async def choose_balie(desk: Desk, words: Words) -> None:
    """Find the balie as one types, unless the channel's own is meant."""
    if not words.search:
        return
    await desk.form.get_by_label(words.balie_label).fill(words.search)
    await desk.form.get_by_role("option", name=re.compile(words.balie)).click()
    await expect(desk.form.get_by_placeholder(words.choose)).to_be_visible()


async def leave(desk: Desk, words: Words) -> None:
    """Close what the form turned into, if it did not just close."""
    if words.confirmed:
        await expect(desk.form).to_contain_text(words.confirmed)
        await desk.picture("confirmed")
        await desk.form.get_by_role("button", name=words.close).last.click()
    await expect(desk.form).to_be_hidden()
