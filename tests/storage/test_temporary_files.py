"""Files that are to be deleted from Slack: no sooner, no later, and then forgotten."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.models import TemporaryFile
from storage import temporary_files
from storage.database import Database, Transaction
from tests.storage.records import HOUR, NOW, SECOND

ONE = TemporaryFile("T1", "F1", NOW + 24 * HOUR)
TWO = TemporaryFile("T2", "F2", NOW + HOUR)
EARLY = timedelta(microseconds=1)


async def test_a_file_is_due_from_its_moment_on_the_longest_due_first(database: Database) -> None:
    def work(tx: Transaction) -> list[list[TemporaryFile]]:
        temporary_files.add(tx, ONE)
        temporary_files.add(tx, TWO)
        moments = (NOW, TWO.due_at - EARLY, TWO.due_at, ONE.due_at)
        return [temporary_files.due(tx, moment, 10) for moment in moments]

    assert await database.transact(work) == [[], [], [TWO], [TWO, ONE]]


async def test_only_so_many_are_taken_at_once(database: Database) -> None:
    def work(tx: Transaction) -> list[TemporaryFile]:
        for place in (3, 1, 2):
            temporary_files.add(tx, TemporaryFile("T1", f"F{place}", NOW - place * SECOND))
        return temporary_files.due(tx, NOW, 2)

    assert [file.file_id for file in await database.transact(work)] == ["F3", "F2"]


async def test_the_next_moment_is_that_of_the_first_one_or_none(database: Database) -> None:
    def work(tx: Transaction) -> list[object]:
        seen: list[object] = [temporary_files.next_moment(tx)]
        temporary_files.add(tx, ONE)
        seen.append(temporary_files.next_moment(tx))
        temporary_files.add(tx, TWO)
        seen.append(temporary_files.next_moment(tx))
        temporary_files.remove(tx, TWO)
        temporary_files.remove(tx, ONE)
        return [*seen, temporary_files.next_moment(tx)]

    assert await database.transact(work) == [None, ONE.due_at, TWO.due_at, None]


async def test_a_file_that_could_not_be_deleted_is_due_later_and_the_others_are_not(database: Database) -> None:
    def work(tx: Transaction) -> list[list[TemporaryFile]]:
        temporary_files.add(tx, ONE)
        temporary_files.add(tx, TWO)
        temporary_files.postpone(tx, TWO, NOW + 30 * HOUR)
        return [temporary_files.due(tx, NOW + hours * HOUR, 10) for hours in (24, 30)]

    assert await database.transact(work) == [[ONE], [ONE, replace(TWO, due_at=NOW + 30 * HOUR)]]


async def test_a_file_of_another_workspace_is_neither_postponed_nor_forgotten(database: Database) -> None:
    def work(tx: Transaction) -> list[TemporaryFile]:
        temporary_files.add(tx, ONE)
        temporary_files.postpone(tx, replace(ONE, team="T2"), NOW)
        temporary_files.remove(tx, replace(ONE, team="T2"))
        return temporary_files.due(tx, ONE.due_at, 10)

    assert await database.transact(work) == [ONE]


async def test_a_file_is_promised_once(database: Database) -> None:
    await database.transact(lambda tx: temporary_files.add(tx, ONE))
    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(lambda tx: temporary_files.add(tx, replace(ONE, due_at=NOW)))
    assert await database.read(temporary_files.next_moment) == ONE.due_at


async def test_nothing_but_its_id_and_its_end_is_written_of_a_file(database: Database) -> None:
    await database.transact(lambda tx: temporary_files.add(tx, ONE))
    rows = await database.read(lambda tx: list(tx.table("temporary_files").rows))
    assert rows == [{"file_id": "F1", "team": "T1", "due_at": "2026-07-16T08:00:00.123456+00:00"}]
