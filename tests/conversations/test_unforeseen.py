"""What nobody foresaw: the person gets a sentence, the log gets the rest, and the bot goes on."""

import gc
import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage.database import BUSY_SECONDS
from tests.support.forms import BALIE, FIRST, LAST, Form
from tests.support.stage import Stage, staged


class Trouble:
    """What every statement that holds these words raises, while there is something to raise."""

    error: Exception | None = None
    words: str = ""


class TroubledConnection(sqlite3.Connection):
    """A connection that fails when told to."""

    trouble: Trouble

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement, or fail."""
        if self.trouble.error is not None and self.trouble.words in sql and not sql.startswith("ROLLBACK"):
            raise self.trouble.error
        return super().execute(sql, *parameters)


@pytest.fixture
def trouble() -> Trouble:
    """No trouble yet."""
    return Trouble()


@pytest.fixture
async def stage(tmp_path: Path, trouble: Trouble, *, socket: bool) -> AsyncIterator[Stage]:
    """A stage over a database that can be made to fail."""

    def connect(path: str) -> sqlite3.Connection:
        made = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=TroubledConnection)
        made.trouble = trouble
        return made

    async with staged(tmp_path, socket=socket, connect=connect) as ready:
        yield ready


async def test_a_full_disk_is_told_and_nothing_is_promised(stage: Stage, trouble: Trouble) -> None:
    trouble.error = sqlite3.OperationalError("database or disk is full")
    delivery = await stage.type("rapport vorig kwartaal", then_settle=False)
    assert delivery.error is None
    assert stage.whispers() == [
        "De bot kan nu niets bewaren, dus is er niets aangevraagd. Probeer het over een minuut opnieuw."
    ]
    trouble.error = None
    await stage.settle()
    assert (stage.roots(), len(stage.uitpas.calls)) == ([], 0)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(2)
    assert len(stage.replies()) == 2


async def test_a_bug_is_told_with_a_reference_and_nothing_of_it_shows(stage: Stage, trouble: Trouble) -> None:
    trouble.error = RuntimeError("what nobody thought of")
    delivery = await stage.type("rapport vorig kwartaal", then_settle=False)
    trouble.error = None
    assert delivery.error is None
    (said,) = stage.whispers()
    assert re.fullmatch(
        r"Er ging iets mis in de bot\. Typ `/uitpas status` om te zien of je vraag loopt, en probeer het anders"
        r" opnieuw; blijft het misgaan, geef dan `[a-z]{10}` door aan de beheerder\.",
        said,
    )


async def test_what_breaks_at_a_click_in_the_home_is_told_in_a_modal(stage: Stage, trouble: Trouble) -> None:
    await stage.slack.open_home("lien")
    await stage.settle()
    home = stage.slack.world.home("lien")
    assert home is not None
    trouble.error, trouble.words = RuntimeError("what nobody thought of"), "FROM accounts WHERE team"
    delivery = await stage.click("report_open", home)
    trouble.error = None
    (modal,) = stage.slack.world.views("lien")
    assert delivery.error is None
    assert modal.blocks[0]["text"]["text"].startswith("Er ging iets mis in de bot.")


async def test_what_was_acknowledged_stays_so_when_the_rest_breaks_at_once(stage: Stage, trouble: Trouble) -> None:
    trouble.error, trouble.words = RuntimeError("what nobody thought of"), "FROM accounts WHERE team"
    delivery = await stage.type("kaart 0930 0123 45607")
    trouble.error = None
    assert (delivery.error, delivery.ack) == (None, {})
    (said,) = stage.whispers()
    assert said.startswith("Er ging iets mis in de bot.")


async def test_a_form_that_nothing_can_be_stored_of_stays_open_with_the_sentence(
    stage: Stage, trouble: Trouble
) -> None:
    form = Form(stage)
    await form.type()
    trouble.error = sqlite3.OperationalError("database or disk is full")
    days = {f"{FIRST}/0": {FIRST: "2026-06-01"}, f"{LAST}/0": {LAST: "2026-06-30"}}
    delivery = await stage.slack.submit(form.who, form.open[-1].id, days)
    trouble.error = None
    assert delivery.error is None
    (view,) = form.open
    assert view.errors == {
        BALIE: "De bot kan nu niets bewaren, dus is er niets aangevraagd. Probeer het over een minuut opnieuw."
    }
    assert (form.shown["Van"], form.shown["Tot en met"]) == ("2026-06-01", "2026-06-30")
    await form.submit()
    await stage.pass_time(2)
    assert [root.text.partition(": ")[0] for root in stage.roots()] == [
        "Onkostennota van CC De Sluis, 1 juni – 30 juni 2026"
    ]


async def test_stopping_while_a_form_is_filled_in_is_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], *, socket: bool
) -> None:
    async with staged(tmp_path, socket=socket) as stage:
        stage.uitpas.faults.add("periods", "delay", seconds=30)
        await stage.type("rapport", then_settle=False)
        await stage.slack.world.until(lambda: [call for call in stage.uitpas.calls if call.name == "periods"])
    gc.collect()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert "[error" not in capsys.readouterr().out
