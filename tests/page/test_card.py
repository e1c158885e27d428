"""The card question as people at a desk have it before them: in the page, for whoever asks alone, its file for a day.

The clock is the tests' own: half an hour and a day pass when a test says so.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.page.card import HEAD, YEAR, Row, ask, cells, iso, pages, press, rows, table_as_csv
from tests.page.desk import Desk, sitting
from tests.page.words import DUTCH, ENGLISH
from tests.support.stage import Stage

DAY = 24 * 3600
FILE = "omruilingen_2025-07-15_2026-07-15.csv"
COMMENT = (
    "De omruilingen waar je om vroeg, aan alle balies, 15 juli 2025 – 15 juli 2026. Ik verwijder dit bestand op"
    " 16 juli 2026, 10:00; bewaar het niet langer dan nodig."
)
WATCH = """
() => {
  window.everSeen = new Set();
  const look = () =>
    document.querySelectorAll("article, dialog[open]").forEach((one) => window.everSeen.add(one.textContent));
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
  look();
}
"""
"""Keeps whatever message or form was on a page at any moment."""


async def test_a_card_is_paged_through_in_one_message(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "card") as desk:
        answer = await ask(desk)
        await expect(answer).to_contain_text(YEAR)
        await expect(answer).to_contain_text("Rij 1 tot 20 van 45, nieuwste eerst")
        await expect(answer).to_contain_text(DUTCH.only_you)
        await desk.picture("table")
        found = await pages(answer)
        every = [row for page in found for row in page]
        assert [len(page) for page in found] == [20, 20, 5]
        assert every == sorted(every, key=lambda row: iso(row[0]), reverse=True)
        await expect(answer.get_by_role("button", name="Oudere")).to_have_count(0)
        await desk.picture("last-page")
        await press(answer, "Nieuwere", "Rij 21 tot 40 van 45")
        assert await rows(answer) == found[1]
        await press(answer, "Nieuwere", "Rij 1 tot 20 van 45")
        assert await rows(answer) == found[0]
        await expect(answer.get_by_role("button", name="Nieuwere")).to_have_count(0)
        await expect(desk.main.get_by_role("article")).to_have_count(1)


async def test_a_card_is_sorted_each_way_and_turned_in_one_message(stage: Stage) -> None:
    towns = {balie.name.strip(): balie.city for balie in stage.uitpas.world.balies}
    ways: list[tuple[str, str, Callable[[Row], str]]] = [
        ("Op voordeel", "voordeel", lambda row: row[1]),
        ("Op balie", "balie", lambda row: row[3]),
        ("Op gemeente", "gemeente van de balie", lambda row: towns[row[3]]),
    ]
    async with sitting(stage.slack.url, DUTCH, "card-sorted") as desk:
        answer = await ask(desk)
        found = await pages(answer)
        every = [row for page in found for row in page]
        for label, way, key in ways:
            in_order = sorted(map(key, every), key=str.casefold)
            await press(answer, label, f"Rij 1 tot 20 van 45, {way}, A tot Z")
            assert [key(row) for row in await rows(answer)] == in_order[:20]
            await press(answer, "Omgekeerde volgorde", f"Rij 1 tot 20 van 45, {way}, Z tot A")
            assert [key(row) for row in await rows(answer)] == in_order[:-21:-1]
        await desk.picture("by-town")
        await press(answer, "Op datum", "Rij 1 tot 20 van 45, nieuwste eerst")
        assert await rows(answer) == found[0]
        await press(answer, "Omgekeerde volgorde", "Rij 1 tot 20 van 45, oudste eerst")
        assert [row[0] for row in await rows(answer)] == [row[0] for row in every[:-21:-1]]
        await expect(desk.main.get_by_role("article")).to_have_count(1)


async def test_the_file_is_the_table_and_is_gone_after_a_day(stage: Stage, tmp_path: Path) -> None:
    async with sitting(stage.slack.url, DUTCH, "card-file") as desk:
        answer = await ask(desk)
        every = [row for page in await pages(answer) for row in page]
        await answer.get_by_role("button", name="Als CSV").click()
        told = desk.message("Het bestand staat in je privéberichten met mij.")
        await expect(told).to_contain_text("Ik verwijder het daar op 16 juli 2026, 10:00.")
        await expect(answer.get_by_role("table")).to_be_visible()
        await desk.picture("told")
        await desk.go_to("Baliebot")
        await expect(desk.main.get_by_role("article")).to_contain_text(COMMENT)
        link = desk.main.get_by_role("link", name=f"{FILE} downloaden")
        download, address = await desk.save(link), await link.get_attribute("href")
        await desk.picture("file")
        await download.save_as(tmp_path / "file.csv")
        assert (download.suggested_filename, (tmp_path / "file.csv").read_bytes()) == (FILE, table_as_csv(every))
        await stage.pass_time(DAY - 1)
        assert (await desk.page.request.get(f"{stage.slack.url}{address}")).status == 200
        await expect(link).to_be_visible()
        await stage.pass_time(1)
        await expect(desk.main.get_by_role("link", name="csv")).to_have_count(0)
        assert (await desk.page.request.get(f"{stage.slack.url}{address}")).status == 404
        await desk.picture("gone")


async def test_a_colleague_sees_nothing_of_it_at_any_moment(stage: Stage) -> None:
    bram = replace(DUTCH, person="bram")
    async with (
        sitting(stage.slack.url, bram, "card-bram") as other,
        sitting(stage.slack.url, DUTCH, "card-lien") as desk,
    ):
        await other.page.evaluate(WATCH)
        await do_everything(desk)
        await desk.type("De kaart is nagekeken")
        await expect(other.message("De kaart is nagekeken")).to_be_visible()
        await other.picture("meanwhile")
        (seen,) = await other.page.evaluate("() => [...window.everSeen]")
        assert re.fullmatch(r"LVLien Vermeire\d\d:\d\dDe kaart is nagekeken", seen)
        await other.go_to("Baliebot")
        await expect(other.main.get_by_role("article")).to_have_count(0)
        await desk.page.get_by_role("combobox", name="Je bent").select_option(label="Bram De Coster")
        await expect(desk.message("De kaart is nagekeken")).to_be_visible()
        await expect(desk.main.get_by_role("article")).to_have_count(1)
        await desk.picture("as-bram")


async def test_a_colleague_who_reads_english_gets_it_in_english(stage: Stage) -> None:
    async with sitting(stage.slack.url, ENGLISH, "card") as desk:
        await desk.type("/uitpas card 0930 0123 45607 molenschoot")
        answer = desk.message("Card •••••1234••••")
        sum_ = "45 swaps, −401.5 points in all. At all desks, 15 July 2025 – 15 July 2026."
        await expect(answer).to_contain_text(sum_)
        assert (await cells(answer))[0] == ["Date", "Advantage", "Points", "Desk"]
        labels = ["Older", "By advantage", "By desk", "By town", "Other direction", "Another period", "As CSV"]
        assert await answer.get_by_role("button").all_inner_texts() == labels
        await press(answer, "Other direction", "Rows 1 to 20 of 45, oldest first")
        await desk.picture("table")
        await answer.get_by_role("button", name="As CSV").click()
        await expect(desk.message("I delete it there on 16 July 2026, 10:00.")).to_be_visible()
        await expect(desk.main.get_by_role("link", name="Download swaps_2025-07-15_2026-07-15.csv")).to_be_visible()
        await desk.picture("file")


async def test_after_half_an_hour_a_button_asks_for_the_number_again(stage: Stage) -> None:
    async with sitting(stage.slack.url, DUTCH, "card-late") as desk:
        answer = await ask(desk)
        await stage.pass_time(1801)
        await answer.get_by_role("button", name="Oudere").click()
        sentence = "Dit werkt na een half uur niet meer, want van een kaart onthoud ik niets."
        await expect(desk.main.get_by_role("article")).to_contain_text(sentence)
        await expect(desk.main.get_by_role("table")).to_have_count(0)
        await desk.picture("expired")


@pytest.mark.parametrize("width", [1280, 720])
async def test_the_table_is_whole_in_a_wide_and_in_a_narrow_window(stage: Stage, width: int) -> None:
    async with sitting(stage.slack.url, DUTCH, f"card-{width}") as desk:
        await desk.page.set_viewport_size({"width": width, "height": 800})
        answer = await ask(desk)
        await desk.picture("end")
        assert await fits(answer.get_by_role("table").locator(".."))
        assert await fits(desk.main)
        points = answer.get_by_role("cell", name=re.compile("^−"))
        styles = await points.evaluate_all("(cells) => cells.map((cell) => getComputedStyle(cell).textAlign)")
        assert styles == ["right"] * 20
        await answer.get_by_text(HEAD).scroll_into_view_if_needed()
        await desk.picture("head")
        await answer.get_by_role("button", name="Andere periode").click()
        await expect(desk.form).to_be_visible()
        assert await fits(desk.form)
        await desk.picture("form")


async def do_everything(desk: Desk) -> None:
    """Look a card up, turn its page, ask it again in the form and as a file, and mistype another."""
    answer = await ask(desk)
    await press(answer, "Oudere", "Rij 21 tot 40")
    await answer.get_by_role("button", name="Andere periode").click()
    await desk.form.get_by_role("button", name="Opzoeken").click()
    await expect(desk.form).to_be_hidden()
    await expect(answer).to_contain_text("Rij 1 tot 20")
    await answer.get_by_role("button", name="Als CSV").click()
    await expect(desk.message("Het bestand staat in je privéberichten")).to_be_visible()
    await desk.type("/uitpas kaart 12345")
    await expect(desk.message("ik tel er 5")).to_contain_text(DUTCH.only_you)


async def fits(box: Locator) -> bool:
    """Tell whether nothing of what is in a box is cut off at its side."""
    return bool(await box.evaluate("(box) => box.scrollWidth <= box.clientWidth"))
