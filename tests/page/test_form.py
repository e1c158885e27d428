"""The form of a report as a whole: without a mouse, from the shortcut, and to other places than this channel."""

import re

from playwright.async_api import expect

from bot.demo import Stage
from tests.page.desk import sitting
from tests.page.words import DUTCH, ENGLISH


async def test_it_is_filled_in_and_sent_without_a_mouse(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "keyboard") as desk:
        keyboard = desk.page.keyboard
        await desk.composer.focus()
        await keyboard.type("/uitpas ra")
        await keyboard.press("Tab")
        await expect(desk.composer).to_have_value("/uitpas rapport ")
        await keyboard.press("Escape")
        await keyboard.press("Enter")
        balie = desk.form.get_by_label(DUTCH.balie_label)
        await expect(balie).to_be_focused()
        demo.uitpas.faults.add("periods", "delay", seconds=2)
        await keyboard.type("kuil")
        await expect(desk.form.get_by_role("option")).to_have_count(1)
        await desk.picture("searching")
        await keyboard.press("ArrowDown")
        await keyboard.press("Enter")
        await expect(balie).to_have_value("Zwembad De Kuil & Zonen (de-kuil)")
        periods = desk.form.get_by_placeholder(DUTCH.choose)
        await expect(desk.form).to_contain_text("Ik zoek op welke periodes UiTPAS klaarzette.")
        await expect(periods).to_be_visible()
        await keyboard.press("Tab")
        await expect(periods).to_be_focused()
        await keyboard.press("ArrowDown")
        await expect(desk.form.get_by_role("option")).to_have_count(8)
        await keyboard.press("ArrowDown")
        await keyboard.press("Enter")
        await expect(desk.form.get_by_label(DUTCH.first, exact=True)).to_have_value(re.compile(r"-04-01$"))
        await desk.form.get_by_label(DUTCH.last, exact=True).press("Enter")
        await expect(desk.form).to_be_hidden()
        await expect(desk.message("Zwembad De Kuil & Zonen")).to_be_visible()
        await expect(desk.composer).to_be_focused()


async def test_the_shortcut_opens_it_and_the_answer_goes_to_another_channel(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "elsewhere") as desk:
        await desk.main.get_by_role("button", name="Snelkoppelingen").click()
        await desk.main.get_by_role("menuitem", name="Onkostennota vragen").click()
        await expect(desk.form.get_by_label("Alleen aan mij, in een privébericht")).to_be_checked()
        await desk.picture("from-the-shortcut")
        await desk.form.get_by_role("button", name=DUTCH.submit).click()
        await expect(desk.form.get_by_label(DUTCH.balie_label)).to_be_focused()
        await expect(desk.form).to_contain_text("Vul dit verplichte veld in.")
        await desk.page.keyboard.type("sluis")
        await desk.form.get_by_role("option", name="CC De Sluis").click()
        await desk.form.get_by_label("In een kanaal").check()
        await desk.form.get_by_placeholder("Kies een kanaal").click()
        await expect(desk.form.get_by_role("option", name="partners")).to_have_count(0)
        await desk.form.get_by_role("option", name="algemeen").click()
        await expect(desk.form).to_contain_text("#algemeen is openbaar. De bedragen komen er in een draad")
        await desk.picture("public-channel")
        await desk.form.get_by_role("button", name=DUTCH.submit).click()
        await expect(desk.form).to_contain_text("Het antwoord komt in #algemeen.")
        await desk.form.get_by_role("button", name=DUTCH.close).last.click()
        sidebar = desk.page.get_by_role("navigation").first
        await expect(sidebar.get_by_role("link", name="algemeen")).to_contain_text(re.compile(r"\d"))
        await desk.go_to("algemeen")
        await expect(desk.message(DUTCH.done)).to_be_visible()
        await desk.open_thread(DUTCH.one_reply)
        await expect(desk.reply("dit kanaal is openbaar")).to_be_visible()
        await desk.picture("amounts-only")
        await desk.go_to("Baliebot")
        await expect(desk.main.get_by_role("link", name=re.compile("onkostennota_"))).to_be_visible()
        await desk.picture("file-in-the-direct-message")


async def test_when_uitpas_is_down_the_days_can_still_be_chosen(demo: Stage) -> None:
    demo.uitpas.faults.add("periods", "status", times=-1)
    async with sitting(demo.slack.url, ENGLISH, "uitpas-down") as desk:
        await desk.type("/uitpas report molenschoot")
        await expect(desk.form).to_contain_text("UiTPAS does not tell its periods now.")
        await desk.picture("no-periods")
        await desk.form.get_by_label(ENGLISH.first, exact=True).fill("2026-05-01")
        await desk.form.get_by_label(ENGLISH.last, exact=True).fill("2026-05-31")
        await desk.form.get_by_role("button", name=ENGLISH.submit).click()
        await desk.form.get_by_role("button", name=ENGLISH.close).last.click()
        await expect(desk.message("1 May – 31 May 2026")).to_be_visible()


async def test_a_file_for_oneself_alone_stays_out_of_the_thread(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "private-file") as desk:
        await desk.type("/uitpas rapport")
        await desk.form.get_by_label("Stuur het bestand alleen naar mij").check()
        await desk.picture("ticked")
        await desk.form.get_by_role("button", name=DUTCH.submit).click()
        await expect(desk.form).to_be_hidden()
        await desk.page.keyboard.type("Dank je")
        await expect(desk.composer).to_have_value("Dank je")
        await desk.open_thread(DUTCH.one_reply)
        await expect(desk.reply("Het bestand stuurde ik in een privébericht")).to_be_visible()
        await expect(desk.thread.get_by_role("link", name=re.compile("onkostennota_"))).to_have_count(0)
        await desk.picture("not-in-the-thread")


async def test_who_has_no_rights_at_the_desk_is_told_before_asking(demo: Stage) -> None:
    async with sitting(demo.slack.url, ENGLISH, "no-rights") as desk:
        await desk.go_to("balie-de-sluis")
        await desk.type("/uitpas report")
        await expect(desk.form).to_contain_text("Your UiTiD has no rights at this desk. Choose another")
        await desk.picture("before-asking")
