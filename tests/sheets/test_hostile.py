"""Zips that were made to do harm: the bot lives and says so, and hands on what is safe to hand on."""

import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import pytest

from bot.sandbox.slack.records import Message
from tests.clients.sheets_made import claim, sprawling_xls, xlsx, zip_bytes
from tests.support.forms import anew
from tests.support.readers import readers
from tests.support.stage import Stage

AALST = "Lokale overheid Aalst"
CLAIM = claim(AALST, (12.5, 8.1), printed=8.1)
UNREAD = "De bladen kon ik niet lezen, dus zet ik er geen bedragen bij. Het bestand zelf is onaangeroerd."
UNKNOWN = "De bladen zien er anders uit dan ik ken, dus zet ik er geen bedragen bij. Het bestand is onaangeroerd."
TOO_LARGE = "De bladen zijn te groot om na te tellen, dus zet ik er geen bedragen bij."
COUNTED = "*Samen: 1 verkoop, te vorderen €\xa08,10* (volle prijs €\xa012,50)"
HANDED_ON = "Het bestand staat in deze draad, klaar om te versturen."
KEPT_BACK = "Het bestand dat UiTPAS gaf vertrouw ik niet, dus geef ik het niet door. Verwittig de beheerder van de bot."
ZEROS = bytes(41_000_000)


def bomb() -> bytes:
    """Return 41 MB in 40 kB."""
    return zip_bytes({"a.xls": ZEROS})


def bomb_inside() -> bytes:
    """Return a workbook, sound but for a picture that swells."""
    return zip_bytes({"a.xlsx": xlsx({"A1": 1}, {"xl/media/image1.png": ZEROS})})


def damaged() -> bytes:
    """Return a zip whose list is whole and whose workbook is not."""
    whole = zip_bytes({"a.xls": CLAIM})
    return whole[:200] + bytes(200) + whole[400:]


def a_million_entries() -> bytes:
    """Return 49 MB of list, every entry of it the same empty file."""
    first = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    listed = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listed) * 1_000_000, len(first), 0)
    return first + listed * 1_000_000 + end


@dataclass(frozen=True, slots=True)
class Trap:
    """A zip, what is said of its sheets, and whether the file itself is handed on."""

    make: Callable[[], bytes]
    said: str
    handed_on: bool


TRAPS = {
    "a grid of 17 billion cells": Trap(
        lambda: zip_bytes({"a.xlsx": xlsx({"A1": 1, "XFD1048576": 1})}), UNREAD, handed_on=True
    ),
    "an old grid of 17 million cells": Trap(lambda: zip_bytes({"a.xls": sprawling_xls()}), UNREAD, handed_on=True),
    "a bomb": Trap(bomb, "", handed_on=False),
    "a bomb inside a workbook": Trap(bomb_inside, "", handed_on=False),
    "a bomb beside a claim, in a zip of its own": Trap(
        lambda: zip_bytes({"a.xls": CLAIM, "b.zip": bomb()}), COUNTED, handed_on=True
    ),
    "nothing but zips in zips": Trap(
        lambda: zip_bytes({"b.zip": zip_bytes({"c.zip": bomb()})}), UNKNOWN, handed_on=True
    ),
    "a name that leads out": Trap(lambda: zip_bytes({"a.xls": CLAIM, "../../b.xls": CLAIM}), "", handed_on=False),
    "a workbook cut short": Trap(lambda: zip_bytes({"a.xls": CLAIM[:2000]}), UNKNOWN, handed_on=True),
    "an entry that is damaged": Trap(damaged, "", handed_on=False),
    "a picture called a workbook": Trap(
        lambda: zip_bytes({"a.xls": b"\x89PNG\r\n\x1a\n" + bytes(500)}), UNKNOWN, handed_on=True
    ),
    "five thousand tiny entries": Trap(
        lambda: zip_bytes({f"{number}.xls": b"" for number in range(5_000)}), TOO_LARGE, handed_on=True
    ),
    "a million tiny entries": Trap(a_million_entries, "", handed_on=False),
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
async def test_a_trap_is_told_of_and_handed_on_only_if_it_is_safe(stage: Stage, trap: Trap) -> None:
    stage.uitpas.archive = content = trap.make()
    await ask(stage, "rapport vorig kwartaal")
    reply = answer(stage)
    assert reply.text.split(" is klaar. ")[1] == " ".join(
        filter(None, (trap.said, HANDED_ON if trap.handed_on else KEPT_BACK))
    )
    assert [stage.slack.world.file_bytes(file) for file in stage.slack.world.files] == [content] * trap.handed_on
    assert sum(len(one.files) for one in stage.replies()) == trap.handed_on
    before = downloads(stage)
    assert before == 1 + trap.handed_on, "read once, and fetched again to hand it on"
    async with anew(stage) as other:
        await other.pass_time(100, steps=4)
        assert (downloads(stage), len(stage.replies())) == (before, 1 + trap.handed_on), "what is over stays over"
        other.uitpas.archive = zip_bytes({"a.xls": CLAIM})
        await ask(other, "rapport mei 2026")
        assert COUNTED in answer(other).text, "and the next one goes well"
    assert list(readers()) == []


async def test_sheets_that_took_the_bot_with_them_are_not_read_again(stage: Stage) -> None:
    stage.uitpas.archive = zip_bytes({"a.xls": CLAIM})
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await ask(stage, "rapport vorig kwartaal")
    with closing(sqlite3.connect(stage.settings.baliebot_database)) as database, database:
        # what the attempt to read them left behind
        database.execute("UPDATE reports SET sheet_attempts = 1")
    stage.uitpas.faults.clear()
    async with anew(stage) as other:
        await other.pass_time(100, steps=10)
    assert answer(stage).text.endswith(f"{UNREAD} {HANDED_ON}")
    assert (downloads(stage), len(stage.slack.world.files)) == (1, 1)


async def ask(stage: Stage, words: str) -> None:
    """Ask for a report and let what belongs to it happen."""
    await stage.type(words)
    await stage.pass_time(3, steps=3)


def answer(stage: Stage) -> Message:
    """Return the reply of the latest report."""
    (reply,) = [one for one in stage.replies(stage.roots()[-1]) if not one.files]
    return reply


def downloads(stage: Stage) -> int:
    """Return how often a zip was fetched."""
    return sum(call.name == "report_download" for call in stage.uitpas.calls)
