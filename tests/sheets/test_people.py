"""Nothing that tells a holder leaves the process that reads the sheets, whichever column it stands in."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.clients.sheets.__main__ import answer
from bot.sandbox.slack.records import Message
from tests.clients.sheets_made import HEADS, Cell, file_of, sale, xls, zip_bytes
from tests.support.card_traces import Witness, overheard
from tests.support.link_traces import Secrets
from tests.support.stage import Stage, staged

ASK = "rapport vorig kwartaal"
AALST = "Lokale overheid Aalst"
PUBLIC = {"OVERHEID", "EVENT"}
"""Columns that hold the names of governments and events, and are told as such."""
AMOUNTS = {"TOTALPRICE", "CONTRIBUTION"}


class Holders(Secrets):
    """Finds what it was told in the bytes of a file too."""

    def numbers(self, content: bytes) -> list[str]:
        """Return what of it is in there."""
        return self.everything(content)


class People:
    """Invents a holder for every cell, and knows again what it invented."""

    def __init__(self) -> None:
        self.secrets = Holders()
        self._last = 0

    def marked(self, column: str, *, with_name: bool) -> str:
        """Return a uid, a card and, if told so, a name; they are looked for from now on."""
        self._last += 1
        uid, card = f"5f0c1d7e-89ab-4cde-8f01-{self._last:012x}", f"09300004{self._last:05}"
        name = f"Vermeulen{self._last} Jozefien{self._last}"
        self.secrets.learn(f"uid in {column}", uid)
        self.secrets.learn(f"uid in {column}, its hyphens gone", uid.replace("-", ""))
        self.secrets.learn(f"card in {column}", card)
        if not with_name:
            return f"{uid} {card}"
        for part in (name, *name.split()):
            self.secrets.learn(f"name in {column}", part)
        return f"{name} {uid} {card}"

    def row(self, columns: Sequence[str], *, named: bool) -> list[Cell]:
        """Return a sale with somebody in each of these columns; names in the public ones too if told so."""
        row = sale(AALST, 12.5, 8.1)
        for column in columns:
            marked = self.marked(column, with_name=named or column not in PUBLIC)
            row[HEADS.index(column)] = f"Lokale overheid {marked}" if column == "OVERHEID" else marked
        return row


def told(content: bytes) -> bytes:
    """Return what the process that reads the sheets would print."""
    with file_of(zip_bytes({"a.xls": content})) as file:
        return json.dumps(answer(file.fileno()), ensure_ascii=False).encode()


@pytest.mark.parametrize("column", HEADS)
def test_who_stands_in_one_column_stays_in_the_process(column: str) -> None:
    people = People()
    said = told(xls([people.row([column], named=False), sale(AALST, 12.5, 8.1)]))
    assert people.secrets.everything(said) == []
    assert (b"unknown_layout" in said) == (column in AMOUNTS), "and the rest is counted"


@pytest.mark.parametrize("column", sorted({*HEADS} - {"OVERHEID"}))
def test_who_stands_anywhere_in_a_layout_of_another_kind_stays_there_too(column: str) -> None:
    people = People()
    row = people.row([column], named=True)
    for heads in ((*HEADS, "NAAM"), tuple(reversed(HEADS))):
        cells = [*row, people.marked("NAAM", with_name=True)] if len(heads) > len(HEADS) else [*reversed(row)]
        assert people.secrets.everything(told(xls([cells], heads))) == []


async def test_of_holders_in_every_column_nothing_is_left_anywhere_but_in_the_file(tmp_path: Path) -> None:
    people = People()
    texts = sorted({*HEADS} - AMOUNTS)
    rows = [people.row(texts, named=False) for _ in range(3)]
    with overheard() as log:
        async with staged(tmp_path, linked=("lien",)) as stage:
            witness = Witness(stage, people.secrets, log)
            for content in (
                xls(rows),
                xls([[*row, people.marked("NAAM", with_name=True)] for row in rows], (*HEADS, "NAAM")),
                xls([people.row([*texts, "CONTRIBUTION"], named=True)]),
            ):
                stage.uitpas.archive = zip_bytes({"a.xls": content})
                await report(stage)
                assert witness.look("lien").leaks == ()
            tables = [any(block["type"] == "table" for block in one.blocks) for one in answers(stage)]
        assert witness.look("lien").leaks == (), "nor is anything written when the bot stops"
    assert tables == [True, True, False]
    assert len(people.secrets.known) > 100


async def report(stage: Stage) -> None:
    """Have a report made of a period that nobody asked for yet."""
    month = ("april", "mei", "juni")[len(stage.roots())]
    await stage.type(f"rapport {month} 2026")
    await stage.pass_time(3, steps=3)


def answers(stage: Stage) -> list[Message]:
    """Return the reply of every report."""
    return [stage.replies(root)[1] for root in stage.roots()]
