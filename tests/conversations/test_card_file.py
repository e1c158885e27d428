"""What was found as a file: in the asker's direct messages, for a day, and never longer."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.slack.records import File
from tests.support.cards import SWAPPED, Desk, rows
from tests.support.forms import anew
from tests.support.stage import Stage, staged

DAY = 24 * 3600
SENT = "Het bestand staat in je privéberichten met mij. Ik verwijder het daar op 16 juli 2026, 10:00."
COMMENT = (
    "De omruilingen waar je om vroeg, aan alle balies, 1 juli – 15 juli 2026. Ik verwijder dit bestand op 16 juli 2026,"
    " 10:00; bewaar het niet langer dan nodig."
)
CSV = (
    "\ufeffDatum;Voordeel;Punten;Balie\r\n"
    "2026-07-15;Koffie aan de balie;-5;CC De Sluis\r\n"
    "2026-07-13;Koffie aan de balie;-5;CC De Sluis\r\n"
    "2026-07-11;Rondleiding in het depot;-4;Bibliotheek Oosterwal\r\n"
    "2026-07-04;Koffie & taart < 5 euro;-6;Stadsloket Molenschoot\r\n"
    "2026-07-03;Gratis zwembeurt;-12;Gemeenschapscentrum 't Hof\r\n"
)


def files(stage: Stage) -> list[File]:
    """Return all files that are in Slack."""
    return list(stage.slack.world.files.values())


async def ask(stage: Stage, words: str = f"kaart {SWAPPED} 2026-07-01 2026-07-15") -> Desk:
    """Have Lien ask for a card and press the button for the file."""
    lien = Desk(stage)
    await lien.type(words)
    await lien.press("Als CSV")
    return lien


async def test_it_comes_in_direct_messages_and_the_table_stays(stage: Stage) -> None:
    lien = await ask(stage)
    table, note = lien.answers
    assert (len(rows(table)), note.text) == (5, SENT)
    (file,) = files(stage)
    assert (file.name, stage.slack.world.filing.content(file.id).decode()) == (
        "omruilingen_2026-07-01_2026-07-15.csv",
        CSV,
    )
    (message,) = stage.dms()
    assert (message.text, message.files) == (COMMENT, (file.id,))
    assert (stage.roots(), stage.dms("bram")) == ([], [])


async def test_it_holds_every_row_not_only_the_page(stage: Stage) -> None:
    await ask(stage, f"kaart {SWAPPED}")
    (file,) = files(stage)
    lines = stage.slack.world.filing.content(file.id).decode("utf-8-sig").splitlines()
    assert len(lines) == 46
    assert any(";-2,5;" in line for line in lines)
    assert any(";'=Zwemles+1;" in line for line in lines)


async def test_it_is_gone_after_a_day_and_not_before(stage: Stage) -> None:
    await ask(stage)
    await stage.pass_time(DAY - 10)
    assert len(files(stage)) == 1
    await stage.pass_time(20)
    assert files(stage) == []
    await stage.pass_time(DAY)
    assert [call.method for call in stage.slack.calls].count("files.delete") == 1


@pytest.mark.parametrize("kind", ["drop", "ratelimited", "status", "error"])
async def test_it_is_deleted_in_the_end_whatever_slack_says_first(stage: Stage, kind: str) -> None:
    await ask(stage)
    detail: dict[str, Any] = {"code": "cant_delete_file"} if kind == "error" else {}
    stage.slack.faults.add("files.delete", kind, times=2, **detail)
    await stage.pass_time(DAY + 10)
    assert len(files(stage)) == 1
    await stage.pass_time(3 * 3600, steps=180)
    assert files(stage) == []


async def test_a_file_somebody_else_deleted_is_no_trouble(stage: Stage) -> None:
    await ask(stage)
    (file,) = files(stage)
    stage.slack.world.discard(file.id)
    await stage.pass_time(2 * DAY, steps=4)
    assert [call.method for call in stage.slack.calls].count("files.delete") == 1


async def test_the_promise_outlives_a_restart(tmp_path: Path) -> None:
    async with staged(tmp_path) as first:
        await ask(first)
        async with anew(first) as second:
            await second.pass_time(DAY + 10)
            assert files(second) == []


REFUSED = {
    "file_type_not_allowed": (
        "Slack nam het bestand niet aan: deze werkruimte laat zulke bestanden niet toe. Neem de tabel over, of vraag"
        " je Slack-beheerder om csv-bestanden toe te laten."
    ),
    "fatal_error": (
        "Slack bevestigde het bestand niet. Kijk in je privéberichten met mij; staat het er niet, probeer dan opnieuw."
    ),
    "invalid_arguments": "Ik kreeg het bestand niet in je privéberichten. Probeer het over een minuut opnieuw.",
}


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("code", REFUSED)
async def test_a_file_that_slack_does_not_take_is_said_beside_the_table(stage: Stage, method: str, code: str) -> None:
    stage.slack.faults.add(method, "error", code=code)
    lien = await ask(stage)
    table, note = lien.answers
    assert (len(rows(table)), note.text, files(stage)) == (5, REFUSED[code], [])
    await stage.pass_time(DAY + 10)
    assert stage.dms() == []


async def test_trouble_at_uitpas_makes_no_file(stage: Stage) -> None:
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    stage.uitpas.faults.add("cashed_promotions", "status", times=-1)
    await lien.press("Als CSV")
    assert (lien.answer.text.startswith("UiTPAS antwoordt nu niet."), files(stage)) == (True, [])
