"""One file, one thread: all or nothing, for this user's eyes only, and quick to say when it can't."""

import asyncio
import os
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage import facts
from storage.database import BUSY_SECONDS, Database, Transaction, connect


async def read(database: Database, name: str) -> str | None:
    """Return a fact."""
    return await database.transact(lambda tx: facts.get(tx, name))


async def write(database: Database, name: str, value: str) -> None:
    """Write a fact."""
    await database.transact(lambda tx: facts.put(tx, name, value))


async def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "baliebot.db"
    first = await Database.open(path, kind="serve")
    await write(first, "a", "1")
    await first.aclose()
    second = await Database.open(path, kind="serve")
    assert await read(second, "a") == "1"
    await second.aclose()


async def test_migrations_are_applied_once_and_recorded(tmp_path: Path) -> None:
    path = tmp_path / "baliebot.db"
    applied: list[list[tuple[str, str]]] = []
    for _ in range(2):
        database = await Database.open(path, kind="serve")
        applied.append(
            await database.transact(
                lambda tx: [tuple(row.values()) for row in tx.query("SELECT name, applied_at FROM _sqlite_migrations")]
            )
        )
        await database.aclose()
    assert applied[0] == applied[1]
    assert applied[0][0][0] == "m0001_first"


async def test_every_table_of_people_and_their_work_carries_the_team(database: Database) -> None:
    def without_team(tx: Transaction) -> set[str]:
        tables = {str(row["name"]) for row in tx.query("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            table
            for table in tables
            if not table.startswith(("sqlite_", "_sqlite_"))
            and "team" not in {row["name"] for row in tx.query(f"PRAGMA table_info({table})")}
        }

    assert await database.transact(without_team) == {"facts", "lease"}


async def test_the_file_is_safe_by_its_pragmas(database: Database) -> None:
    def pragmas(tx: Transaction) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return {name: tx.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    assert await database.transact(pragmas) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


async def test_work_that_raises_leaves_nothing_behind_and_its_error_comes_through(database: Database) -> None:
    def work(tx: Transaction) -> None:
        facts.put(tx, "a", "1")
        tx.table("facts").insert({"name": "b", "value": "2"})
        raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        await database.transact(work)
    assert (await read(database, "a"), await read(database, "b")) == (None, None)
    await write(database, "a", "3")
    assert await read(database, "a") == "3"


async def test_an_integrity_error_comes_through_and_undoes_what_stood_before_it(database: Database) -> None:
    def work(tx: Transaction) -> None:
        facts.put(tx, "a", "1")
        tx.table("facts").insert({"name": "kind", "value": "twice"})

    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(work)
    assert (await read(database, "a"), await read(database, "kind")) == (None, "serve")


async def test_an_error_that_work_deals_with_itself_keeps_the_rest(database: Database) -> None:
    def work(tx: Transaction) -> None:
        facts.put(tx, "a", "1")
        with pytest.raises(sqlite3.IntegrityError):
            tx.table("facts").insert({"name": "kind", "value": "twice"})
        facts.put(tx, "b", "2")

    await database.transact(work)
    assert (await read(database, "a"), await read(database, "b")) == ("1", "2")


async def test_a_transaction_in_a_transaction_is_refused_whole(database: Database) -> None:
    def work(tx: Transaction) -> None:
        facts.put(tx, "a", "1")
        tx.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageError):
        await database.transact(work)
    assert await read(database, "a") is None


async def test_a_referred_row_must_exist(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(
            lambda tx: tx.execute("INSERT INTO default_balies (team, channel, balie) VALUES ('T1', 'C1', 99)")
        )


async def test_work_handed_over_runs_in_that_order(database: Database) -> None:
    order: list[int] = []

    async def note(number: int) -> None:
        await database.transact(lambda _: order.append(number))

    await asyncio.gather(*(note(number) for number in range(20)))
    assert order == list(range(20))


async def test_a_locked_database_is_a_storage_error_before_slack_gives_up(database: Database, tmp_path: Path) -> None:
    other = connect(str(tmp_path / "baliebot.db"))
    try:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StorageError, match="locked"):
            await write(database, "a", "1")
        assert time.monotonic() - began < BUSY_SECONDS + 0.8
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert await read(database, "a") is None
    await write(database, "a", "2")
    assert await read(database, "a") == "2"


async def test_a_full_database_is_a_storage_error_and_changes_nothing(database: Database) -> None:
    def fill(tx: Transaction) -> None:
        facts.put(tx, "a", "1")
        facts.put(tx, "b", "x" * 1_000_000)

    await database.transact(lambda tx: tx.execute("PRAGMA max_page_count = 1").fetchall())
    with pytest.raises(StorageError, match="full"):
        await database.transact(fill)
    assert await read(database, "a") is None


async def test_a_read_only_database_is_a_storage_error(database: Database) -> None:
    await database.transact(lambda tx: tx.execute("PRAGMA query_only = ON").fetchall())
    with pytest.raises(StorageError, match="readonly"):
        await write(database, "a", "1")


@pytest.mark.parametrize(("maker", "other"), [("serve", "demo"), ("demo", "serve")])
async def test_a_file_made_by_the_other_program_is_refused_and_left_as_it_was(
    tmp_path: Path, maker: str, other: str
) -> None:
    path = tmp_path / "baliebot.db"
    database = await Database.open(path, kind=maker)
    await write(database, "a", "1")
    await database.aclose()
    before = path.read_bytes()
    with pytest.raises(StorageError, match=f"made by `baliebot {maker}`; choose another file"):
        await Database.open(path, kind=other)
    assert path.read_bytes() == before


async def test_a_file_that_is_no_database_is_a_storage_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database at all, but long enough to be looked at as one. " * 100)
    with pytest.raises(StorageError, match=r"notes\.db can't be opened"):
        await Database.open(path, kind="serve")


async def test_a_folder_that_can_not_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="can't be opened"):
        await Database.open(tmp_path / "file" / "baliebot.db", kind="serve")


async def test_only_this_user_may_look_into_the_files_and_their_folder(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        database = await Database.open(tmp_path / "new" / "data" / "baliebot.db", kind="serve")
        await write(database, "a", "1")
        folder = tmp_path / "new" / "data"
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
        await database.aclose()
    finally:
        os.umask(before)
    assert modes == {"data": 0o700, "baliebot.db": 0o600, "baliebot.db-wal": 0o600, "baliebot.db-shm": 0o600}
