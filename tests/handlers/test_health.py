"""Able to work: what an operator's monitor is told over Socket Mode, and of a disk that is full."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import running
from bot.clock import Clock
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.uitpas import UitpasSandbox
from storage.database import BUSY_SECONDS, Connect, connect
from tests.support.stage import settings_for

Answer = tuple[int, str]
ALL = (200, "database: ok\ntimers: ok\nslack: ok\nuitpas: ok\n")


class Full(sqlite3.Connection):
    """A database whose disk is full as soon as `is_full` says so: reading works, changing does not."""

    is_full = False

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement, unless it changes something on a full disk."""
        if self.is_full and sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "CREATE")):
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *parameters)


@asynccontextmanager
async def monitored(folder: Path, *, socket: bool = False, connect: Connect = connect) -> AsyncIterator["Monitor"]:
    """Run the bot with its timers, and a monitor that asks after it."""
    uitpas, slack = UitpasSandbox(), SlackSandbox()
    await uitpas.start()
    await slack.start()
    try:
        settings = settings_for(folder, slack, uitpas, socket=socket)
        async with (
            running(settings, clock=Clock(), connect=connect) as bot,
            aiohttp.ClientSession(bot.url) as session,
        ):
            if socket:
                await slack.sockets_ready()
            yield Monitor(session, slack)
    finally:
        await slack.aclose()
        await uitpas.aclose()


class Monitor:
    """Asks the bot how it is."""

    def __init__(self, session: aiohttp.ClientSession, slack: SlackSandbox) -> None:
        self._session = session
        self.slack = slack

    async def get(self, path: str) -> Answer:
        """Return status and text of a page."""
        async with self._session.get(path) as response:
            return response.status, await response.text()

    async def until(self, expected: Answer) -> None:
        """Return when `/readyz` answers this; the test's own time limit ends the wait."""
        while await self.get("/readyz") != expected:
            pass


async def test_over_socket_mode_a_bot_that_can_work_says_so_too(tmp_path: Path) -> None:
    async with monitored(tmp_path, socket=True) as monitor:
        await monitor.until(ALL)
        assert await monitor.get("/healthz") == (200, "ok\n")


async def test_a_database_that_can_be_read_but_not_written_is_named(tmp_path: Path) -> None:
    made: list[Full] = []

    def connect_full(path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=Full)
        made.append(connection)
        return connection

    async with monitored(tmp_path, connect=connect_full) as monitor:
        await monitor.until(ALL)
        made[0].is_full = True
        status, text = await monitor.get("/readyz")
        made[0].is_full = False
        assert (status, text.splitlines()[0]) == (503, "database: not ok")


async def test_over_socket_mode_nothing_of_slack_is_taken_over_http(tmp_path: Path) -> None:
    async with (
        monitored(tmp_path, socket=True) as monitor,
        monitor._session.post("/slack/events", data={"command": "/uitpas"}) as response,
    ):
        assert response.status == 404
