"""A digest as a coordinator sees it: set up for three balies, tried, one message, and a reply with file for each."""

import re
from dataclasses import replace

from playwright.async_api import expect

from bot.demo import Stage
from tests.page.desk import Desk, sitting
from tests.page.words import DUTCH, ENGLISH

OWN = ("Nu proberen", "Aanpassen", "Pauzeren", "Verwijderen")
NAMES = ("CC De Sluis", "Gemeenschapscentrum 't Hof", "Bibliotheek Oosterwal")


async def fill_in(desk: Desk) -> None:
    """Choose two more balies beside the channel's own."""
    field = desk.form.get_by_role("combobox", name="Balies")
    await expect(field).to_be_visible()
    for typed, name in (("hof", NAMES[1]), ("ooster", NAMES[2])):
        await field.fill(typed)
        await desk.form.get_by_role("option", name=name).click()
    await expect(desk.form.get_by_role("listitem")).to_have_text([re.compile(re.escape(name)) for name in NAMES])


async def set_up(desk: Desk) -> None:
    """Set a digest of three balies up, and stay at what the form turned into."""
    await desk.type("/uitpas digest")
    await fill_in(desk)
    await expect(desk.form).to_contain_text("iedereen daar ziet de bedragen")
    await desk.picture("form")
    await desk.form.get_by_role("button", name="Instellen").click()
    await expect(desk.form).to_contain_text("De digest is ingesteld.")
    await expect(desk.form).to_contain_text("Volgende keer: ")
    await desk.picture("set-up")


async def test_three_balies_are_set_up_tried_and_told_in_one_message_with_a_reply_each(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "digest") as desk:
        await set_up(desk)
        await desk.form.get_by_role("button", name="Nu proberen").click()
        await expect(desk.form).to_contain_text("Ik probeer het nu")
        await desk.page.keyboard.press("Escape")
        message = desk.message("Onkostennota's van")
        await expect(message).to_contain_text("Samen voor 3 balies")
        table = message.get_by_role("table")
        heads = ["Balie", "Verkopen", "Te vorderen (€)", "Verschil (€)"]
        await expect(table.get_by_role("columnheader")).to_have_text(heads)
        for name in NAMES:
            await expect(table.get_by_role("row", name=name)).to_be_visible()
        await expect(message).to_contain_text("Ingesteld door @Lien Vermeire")
        await desk.picture("message")
        await desk.open_thread("6 antwoorden")
        for name in NAMES:
            reply = re.compile(rf"{re.escape(name)}.*de onkostennota is klaar\.")
            await expect(desk.reply(reply)).to_be_visible()
        await expect(desk.thread.get_by_role("link", name=re.compile(r"onkostennota_.*\.zip"))).to_have_count(3)
        await desk.picture("thread")
        await expect(message).to_have_count(1)


async def test_a_colleague_can_pause_it_and_its_owner_lets_it_run_again(demo: Stage) -> None:
    async with sitting(demo.slack.url, DUTCH, "digest-list") as desk:
        await set_up(desk)
        await desk.form.get_by_role("button", name="Sluiten").last.click()
        await desk.type("/uitpas digest")
        shown = desk.message("Digests die hier komen")
        await expect(shown.get_by_role("button")).to_have_text([*OWN, "Nieuwe digest"])
        await desk.picture("list")
        async with sitting(demo.slack.url, replace(DUTCH, person="bram"), "digest-colleague") as colleague:
            await colleague.type("/uitpas digest")
            theirs = colleague.message("Digests die hier komen")
            await theirs.get_by_role("button", name="Pauzeren").click()
            await expect(theirs).to_contain_text("Gepauzeerd: er komt niets")
            await colleague.picture("paused")
        await shown.get_by_role("button", name="Aanpassen").click()
        await desk.form.get_by_role("button", name="Gemeenschapscentrum 't Hof").click()
        await desk.form.get_by_label("Hoe laat?").fill("02:30")
        await desk.form.get_by_role("button", name="Bewaren").click()
        await expect(desk.form).to_contain_text("Kies een uur vóór 01:00 of vanaf 04:00.")
        await desk.picture("quiet-hours")
        await desk.form.get_by_label("Hoe laat?").fill("07:30")
        await desk.form.get_by_role("button", name="Bewaren").click()
        await expect(desk.form).to_contain_text("De digest is aangepast.")
        await desk.page.keyboard.press("Escape")
        await desk.type("/uitpas digest")
        await expect(shown.last).to_contain_text("om 07:30 (Europe/Brussels)")
        await shown.last.get_by_role("button", name="Hervatten").click()
        await expect(shown.last).to_contain_text("Hervat: de digest loopt weer.")
        await desk.picture("resumed")


async def test_one_in_direct_messages_speaks_english(demo: Stage) -> None:
    async with sitting(demo.slack.url, ENGLISH, "digest-mine") as desk:
        await desk.type("/uitpas digest")
        await desk.form.get_by_role("combobox", name="Desks").fill("molen")
        await desk.form.get_by_role("option", name="Molenschoot").click()
        await desk.form.get_by_label("When a month has ended").check()
        await desk.form.get_by_label("On which day?").click()
        await desk.picture("days")
        await desk.form.get_by_role("option", name="The 31st, or the last day").click()
        await desk.form.get_by_role("combobox", name="Time zone").fill("york")
        await desk.form.get_by_role("option", name="America/New_York").click()
        await desk.form.get_by_label("English").check()
        await expect(desk.form).to_contain_text("you alone see the amounts and the files")
        await desk.picture("form")
        await desk.form.get_by_role("button", name="Set up").click()
        await expect(desk.form).to_contain_text("(America/New_York)")
        await desk.form.get_by_role("button", name="Try now").click()
        await expect(desk.form).to_contain_text("I am trying it now")
        await desk.page.keyboard.press("Escape")
        await expect(desk.message("Expense claim")).to_contain_text("Molenschoot")
        await desk.open_thread("2 replies")
        await expect(desk.reply("the expense claim is ready.")).to_be_visible()
        await desk.picture("thread")
