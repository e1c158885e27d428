"""A card's table on somebody's page: how they ask for it, what they press under it, what stands in it."""

import csv
import io
from typing import Any, TypeAlias

from playwright.async_api import Locator, expect

from tests.page.desk import Desk

SWAPPED = "0930012345607"
"""The card of the stand-in that was swapped 45 times in the past year."""
HEAD = "Kaart •••••1234••••"
YEAR = "45 omruilingen, samen −401,5 punten. Aan alle balies, 15 juli 2025 – 15 juli 2026."
COLUMNS = ["Datum", "Voordeel", "Punten", "Balie"]
CELLS = "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"

Row: TypeAlias = list[str]


async def ask(desk: Desk) -> Locator:
    """Type the command for the card; return the message with its table."""
    await desk.type("/uitpas kaart 0930 0123 45607")
    answer = desk.message(HEAD)
    await expect(answer.get_by_role("button", name="Oudere")).to_be_visible()
    return answer


async def press(answer: Locator, label: str, shown: str) -> None:
    """Press a button under the table, and wait until the message says so."""
    await answer.get_by_role("button", name=label).click()
    await expect(answer).to_contain_text(shown)


async def pages(answer: Locator) -> list[list[Row]]:
    """Return all three pages of the table, newest first; the last one stays."""
    found = [await rows(answer)]
    for shown in ("Rij 21 tot 40 van 45, nieuwste eerst", "Rij 41 tot 45 van 45, nieuwste eerst"):
        await press(answer, "Oudere", shown)
        found.append(await rows(answer))
    return found


async def cells(answer: Locator) -> list[Row]:
    """Return the table, its head first."""
    found: list[Row] = await answer.locator("tr").evaluate_all(CELLS)
    return found


async def rows(answer: Locator) -> list[Row]:
    """Return the rows under the head of the table."""
    head, *found = await cells(answer)
    assert head == COLUMNS
    return found


def iso(day: str) -> str:
    """Return 15/07/2026 as 2026-07-15."""
    return "-".join(reversed(day.split("/")))


def table_as_csv(found: list[Row]) -> bytes:
    """Return what the rows of a Dutch table are as a file: UTF-8 with its mark, a sheet takes no cell for a formula."""
    out = io.StringIO()
    writer: Any = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for day, title, points, balie in found:
        writer.writerow([iso(day), f"'{title}" if title.startswith("=") else title, points.replace("−", "-"), balie])
    return out.getvalue().encode("utf-8-sig")
