"""One SQLite file, one thread for it.

A SQLite connection belongs to its thread and its calls block, so every query runs on one worker thread, in the order it
was handed over. What belongs together runs inside one `transact`: a function without `await`, so that nothing can slip
in between. What only reads goes through `read`: it waits for no lock, so that nobody's three seconds are spent on one.
"""

import asyncio
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias, TypeVar

from sqlite_utils import Database as Tables

from bot.errors import StorageError
from storage.migrations import migrations

Transaction: TypeAlias = Tables
"""What a function handed to `transact` works on."""

Connect: TypeAlias = Callable[[str], sqlite3.Connection]
"""Opens the file; a test may pass one whose connection dies where it wants."""

T = TypeVar("T")

BUSY_SECONDS = 1.5
"""Half of the three seconds in which Slack wants its acknowledgement: a read may have waited before."""
BRIEFLY = 0.2
"""Seconds to wait for a lock with what is tried again in a moment: a person may be waiting behind it."""

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit is on disk before we tell anyone
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def connect(path: str) -> sqlite3.Connection:
    """Open the file without sqlite3's implicit transactions: ours are the only ones."""
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


class Database:
    """The open file. Make it with `Database.open`, end it with `aclose`."""

    def __init__(self, worker: ThreadPoolExecutor, tables: Tables) -> None:
        self._worker = worker
        self._tables = tables

    @classmethod
    async def open(cls, path: Path, *, kind: str, connect: Connect = connect) -> "Database":
        """Open and migrate the file; make it and its folder, for this user's eyes only, when absent.

        What others may do with files of ours that stood there is taken from them. `kind` is `serve` or `demo`: a file
        made by one is refused by the other.

        Raises:
            StorageError: the file can't be opened, or belongs to the other kind.
        """
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        try:
            tables = await asyncio.get_running_loop().run_in_executor(worker, _open, path, kind, connect)
        except BaseException:
            worker.shutdown()
            raise
        return cls(worker, tables)

    async def transact(self, work: Callable[[Transaction], T], *, patience: float = BUSY_SECONDS) -> T:
        """Run `work` inside BEGIN IMMEDIATE; commit what it did, or nothing when it raises.

        `patience` is in seconds, from now on. Work that is tried again anyway should have little: whatever comes after
        it waits with it for a lock.

        Raises:
            StorageError: the database is locked, full or read-only. Nothing was changed.
        """
        return await self._handed_over("BEGIN IMMEDIATE", work, patience)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, which changes nothing, on one consistent picture; another process that writes is not waited for.

        Raises:
            StorageError: the database can't be read.
        """
        return await self._handed_over("BEGIN", work, BUSY_SECONDS)

    async def _handed_over(self, begin: str, work: Callable[[Transaction], T], patience: float) -> T:
        latest = time.monotonic() + patience
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._run, begin, work, latest)

    def _run(self, begin: str, work: Callable[[Transaction], T], latest: float) -> T:
        """Wait for a lock until `latest`: the time spent behind others that waited for it counts too."""
        patience = max(0, int((latest - time.monotonic()) * 1000))
        try:
            self._tables.execute(f"PRAGMA busy_timeout={patience}").fetchall()
            self._tables.execute(begin)
            try:
                result = work(self._tables)
                self._tables.execute("COMMIT")
            except BaseException:
                if self._tables.conn.in_transaction:
                    self._tables.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise StorageError(str(error)) from error
        return result

    async def truncate(self) -> bool:
        """Empty the log of writes (the -wal file), where what was deleted may still stand.

        Returns False when somebody else was reading from it, so that it stands there until they are done.

        Raises:
            StorageError: the database can't be written.
        """
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._truncate)

    def _truncate(self) -> bool:
        try:
            self._tables.execute(f"PRAGMA busy_timeout={int(BRIEFLY * 1000)}").fetchall()
            is_busy, *_ = self._tables.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            raise StorageError(str(error)) from error
        return not is_busy

    async def aclose(self) -> None:
        """Finish what was handed over, then close the file."""
        await asyncio.get_running_loop().run_in_executor(self._worker, self._tables.close)
        self._worker.shutdown()


def _open(path: Path, kind: str, connect: Connect) -> Tables:
    os.umask(0o077)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        tables = Tables(connect(str(path)), execute_plugins=False)
        for pragma in PRAGMAS:
            tables.execute(pragma).fetchall()
        migrations.apply(tables)
        tables.execute("INSERT OR IGNORE INTO facts (name, value) VALUES ('kind', ?)", [kind])
        found = next(tables.query("SELECT value FROM facts WHERE name = 'kind'"))["value"]
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"the database {path} can't be opened: {error}") from error
    if found != kind:
        tables.close()
        raise StorageError(f"the database {path} was made by `baliebot {found}`; choose another file")
    _keep_private(path)  # not before it is known to be ours: a path may be mistaken for another
    return tables


def _keep_private(path: Path) -> None:
    """Take from others what they may do with our files, and with their folder when it holds nothing else.

    A folder that holds more (a home, a project, a volume) may be there for others too; with our files shut, all that it
    gives away is their names and sizes.
    """
    files = {path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal"))}
    for file in files:
        _narrow(file)
    with suppress(OSError):
        if files.issuperset(path.parent.iterdir()):
            _narrow(path.parent)


def _narrow(path: Path) -> None:
    """Leave the mode of a file or folder to its owner alone; what is absent, or not ours to change, stays as it is."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077 and not mode & stat.S_ISVTX:  # a sticky folder, such as /tmp, is everybody's on purpose
            path.chmod(mode & ~0o077)
