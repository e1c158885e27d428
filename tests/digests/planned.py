"""Digests set up by the form as people do, their times as a test lets them come, and what was told then."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import running
from bot.sandbox.slack.records import Message
from storage.database import Connect, connect
from tests.digests.desk import BALIES, DAY, EDIT, NEW, RHYTHM, TIME, ZONE, DigestForm, listed, press, whisper
from tests.home.tab import lines
from tests.support.stage import Stage

BRUSSELS = "Europe/Brussels"
JULY = "Onkostennota's van 1 juli – 31 juli 2026"
AUGUST = "Onkostennota's van 1 augustus – 31 augustus 2026"
NOTHING = "• *Niets geregistreerd:* Cultuurcafé Wilgendries. Verwachtte je er verkopen, vraag het dan na bij de balie."
"""All there is to say of the balie that never sells a ticket."""
LATE = "Dit komt later dan gepland: het moest er zijn op {planned} (Europe/Brussels), maar toen ging dat niet."
FINISH = 6
"""Seconds in which a report that is ready at once is asked for, read and told of."""


@dataclass(frozen=True)
class Plan:
    """What somebody fills in: `day` is `w0` for a Monday, or `d31`."""

    rhythm: str = "month"
    day: str = "w0"
    at: str = "09:00"
    zone: str = BRUSSELS
    balies: Sequence[str] = ("wilgendries",)


async def set_up(stage: Stage, plan: Plan, *, channel: str | None = None) -> None:
    """Have Lien set a digest up in a channel."""
    form = DigestForm(stage)
    await stage.type("digest", channel=channel)
    if not form.open:
        await stage.click(NEW, whisper(stage, channel=channel))
    typed = {
        BALIES: await form.balies(*plan.balies),
        RHYTHM: plan.rhythm,
        DAY: plan.day,
        TIME: plan.at,
        ZONE: (await form.find(ZONE, plan.zone))[0],
    }
    await form.submit(typed)
    assert form.complaints() == {}
    await form.close()


async def change(stage: Stage, **typed: Any) -> None:
    """Have Lien change the one digest of the channel."""
    form = DigestForm(stage)
    await listed(stage)
    await press(stage, EDIT)
    await form.submit(typed)
    await form.close()


def moment(words: str, zone: str = BRUSSELS) -> datetime:
    """Return when the clocks of a zone show this: `2026-08-03 09:00`."""
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone))


def turn_to(stage: Stage, words: str) -> None:
    """Turn the clock to what it will show in Brussels; nobody looks at it."""
    stage.clock.advance((moment(words) - stage.clock.now()).total_seconds())


async def at(stage: Stage, words: str) -> None:
    """Let the bot look when it is this late in Brussels, and finish what it began."""
    turn_to(stage, words)
    await stage.settle()
    await stage.pass_time(FINISH, steps=FINISH)


def told(stage: Stage, channel: str | None = None) -> list[tuple[str, str]]:
    """Return what stands in a channel: when it was posted in Brussels, to the minute, and its text."""
    return [(posted(message), message.text) for message in stage.roots(channel)]


def late(title: str, planned: str) -> str:
    """Return a digest that says at what time it should have come."""
    return f"{title}\n{LATE.format(planned=planned)}\n{NOTHING}"


def warned(stage: Stage) -> list[tuple[str, str]]:
    """Return what stands in Lien's direct messages, likewise."""
    channel = stage.slack.world.im("lien")
    return [] if channel is None else told(stage, channel)


def posted(message: Message, zone: str = BRUSSELS) -> str:
    """Return when a message was posted, as the clocks of a zone showed it."""
    return f"{datetime.fromtimestamp(float(message.ts), ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def foot(message: Message) -> str:
    """Return the small print of a digest, in which its next time stands."""
    return lines(message.blocks)[-1]


class Disk:
    """The file of one bot, which can stand still, as on a machine that goes to sleep, or fail, as it dies."""

    def __init__(self) -> None:
        self._turns = Event()
        self._turns.set()
        self._is_dead = False

    def sleep(self) -> None:
        """Let every write wait from now on."""
        self._turns.clear()

    def die(self) -> None:
        """Let every write fail from now on, one that waits too."""
        self._is_dead = True
        self._turns.set()

    def wake(self) -> None:
        """Let all go on."""
        self._is_dead = False
        self._turns.set()

    def connect(self, path: str) -> sqlite3.Connection:
        """Open the file for such a bot."""
        connection = sqlite3.connect(path, isolation_level=None, factory=_Watched)
        connection.before_write = self._before_write
        return connection

    def _before_write(self) -> None:
        self._turns.wait()
        if self._is_dead:
            raise sqlite3.OperationalError("disk I/O error")


class _Watched(sqlite3.Connection):
    before_write: Callable[[], None]

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        if sql == "BEGIN IMMEDIATE":
            self.before_write()
        return super().execute(sql, *parameters)


@asynccontextmanager
async def another_life(stage: Stage, connect: Connect = connect) -> AsyncIterator[Stage]:
    """Start one more bot over the same file and between the same stand-ins; Slack still brings all to the first."""
    async with running(stage.settings, clock=stage.clock, connect=connect, timers=False) as bot:
        yield replace(stage, bot=bot)


@asynccontextmanager
async def frail_life(stage: Stage) -> AsyncIterator[tuple[Stage, Disk]]:
    """Start one more bot likewise, whose file can stand still or fail."""
    disk = Disk()
    async with another_life(stage, disk.connect) as life:
        try:
            yield life, disk
        finally:
            disk.wake()


async def died_before_beginning(stage: Stage, words: str) -> None:
    """Have a life of the bot write down, at this time, what is to run, and no more."""
    turn_to(stage, words)
    async with another_life(stage) as life:
        await life.bot.timers.run_due(stage.clock.now())
        await life.bot.timers.settled()
