"""Lives of the bot as processes of their own, so that they can be killed as an operating system kills.

One process imports everything once and forks a life whenever it is asked to; a life then starts in a few milliseconds.
All clocks, those of the stand-ins and of every life, run many times faster than the wall, from a shared beginning.
"""

import asyncio
import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from bot import logs
from bot.app import running
from bot.clock import Clock
from bot.config import Settings
from storage.database import BUSY_SECONDS
from tests.support.clock import WEDNESDAY

SPEED = 100


class FastClock(Clock):
    """Runs so many times as fast since `began`, a moment of the wall clock in seconds."""

    def __init__(self, began: float, speed: float = SPEED) -> None:
        self.began = began
        self.speed = speed

    def now(self) -> datetime:
        """Return this fast moment."""
        return WEDNESDAY + timedelta(seconds=(time.time() - self.began) * self.speed)

    async def sleep(self, seconds: float) -> None:
        """Sleep that much less."""
        await asyncio.sleep(seconds / self.speed)

    def on_the_wall(self, moment: datetime) -> datetime:
        """Return when the wall clock gets there."""
        return datetime.fromtimestamp(self.began + (moment - WEDNESDAY).total_seconds() / self.speed, UTC)

    def leap(self, seconds: float) -> None:
        """Be so much later at once; whoever lives already does not notice."""
        self.began -= seconds / self.speed


class DyingConnection(sqlite3.Connection):
    """Kills its process right after a COMMIT that changed something, the lease and reading apart."""

    commits_left = 0
    _changed = False

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement, and perhaps die of it."""
        cursor = super().execute(sql, *parameters)
        statement = sql.lstrip().upper()
        if statement.startswith("BEGIN"):
            self._changed = False
        elif statement.startswith(("INSERT", "UPDATE", "DELETE", "CREATE")) and " LEASE " not in statement:
            self._changed = True
        elif statement.startswith("COMMIT") and self._changed:
            self.commits_left -= 1
            if self.commits_left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return cursor


def dying_after(commits: int) -> Callable[[str], sqlite3.Connection]:
    """Return a connection factory; 0 commits never kills."""

    def connect(path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=DyingConnection)
        connection.commits_left = commits
        return connection

    return connect


@dataclass
class Nursery:
    """The process that forks lives."""

    process: asyncio.subprocess.Process
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    async def open(cls) -> Self:
        """Start it; the imports take a second, once."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.lives", stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[2]
        )
        return cls(process)

    async def bear(self, settings: Settings, began: float, *, commits: int = 0, speed: float = SPEED) -> int:
        """Start a life and return its process id."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        values = {name: _plain(value) for name, value in settings}
        async with self.one_at_a_time:
            self.process.stdin.write(json.dumps([values, began, commits, speed]).encode() + b"\n")
            return int(await self.process.stdout.readline())

    async def aclose(self) -> None:
        """End it; the lives in it are ended by whoever bore them."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()


def kill(life: int) -> None:
    """Kill a life as an operating system does; nothing if it is dead already."""
    try:
        os.kill(life, signal.SIGKILL)
    except ProcessLookupError:
        return


def _plain(value: Any) -> Any:
    if hasattr(value, "get_secret_value"):
        return value.get_secret_value()
    return str(value) if isinstance(value, Path) else value


def _live(line: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # a life waits for the child that reads its sheets
    values, began, commits, speed = json.loads(line)
    logs.configure(verbose=False)

    async def life() -> None:
        async with running(Settings(**values), clock=FastClock(began, speed), connect=dying_after(commits)):
            await asyncio.Event().wait()

    try:
        asyncio.run(life())
    finally:
        os._exit(1)


def _bear_all() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(line)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _bear_all()
