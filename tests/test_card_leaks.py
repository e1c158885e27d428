"""Of a card, its holder and a national number nothing is left anywhere, whatever people do and whatever goes wrong."""

import base64
import hashlib
import json
import logging
import re
import sqlite3
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGTERM
from typing import Any

import aiohttp
import pytest
import structlog

from bot.app import running
from bot.clock import Clock
from bot.demo import EMPLOYEES
from bot.models import Language
from bot.redaction import MASK
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from bot.sandbox.uitpas import UitpasSandbox
from handlers.manifest import manifest
from storage.database import BUSY_SECONDS
from tests.support.card_flows import GROUPS, SPACED, clean, handed_in, pressed, walk
from tests.support.card_traces import CARD, NATIONAL, Finder, Witness, files, overheard
from tests.support.cards import Desk
from tests.support.clock import StillClock
from tests.support.forms import eventually
from tests.support.program import Program, stop
from tests.support.stage import Stage, map_balies, settings_for, staged
from tests.test_program_running import free_port, ready

BROKEN = "Er ging iets mis in de bot. Typ `/uitpas status` om te zien of je vraag loopt"


def finder(stage: Stage) -> Finder:
    """Return what finds the card, whoever holds it, and what it was swapped for."""
    world = stage.uitpas.world
    holder = world.card(CARD)
    assert holder is not None
    assert holder.holder_uid is not None
    return Finder(uid=holder.holder_uid, titles=[swap.title for swap in world.swaps])


@pytest.mark.parametrize("group", GROUPS)
async def test_whatever_is_done_with_a_number_leaves_nothing_of_it(tmp_path: Path, group: str) -> None:
    with overheard() as log:
        async with staged(tmp_path) as stage:
            witness = Witness(stage, finder(stage), log)
            assert await walk(witness, group) == clean(group)
        assert witness.look("lien").leaks == (), "nor is anything written when the bot stops"


@pytest.mark.parametrize("fault", ["drop", "error"])
async def test_a_file_that_is_deleted_after_a_day_leaves_nothing_even_where_slack_fails(
    tmp_path: Path, fault: str
) -> None:
    with overheard() as log:
        async with staged(tmp_path) as stage:
            witness, lien = Witness(stage, finder(stage), log), Desk(stage)
            await pressed(("Als CSV",), lien)
            (file,) = stage.slack.world.files.values()
            assert witness.finder.everything(stage.slack.world.file_bytes(file.id)) != [], "it holds the titles"
            assert witness.look("lien").leaks == ()
            stage.slack.faults.add("files.delete", fault)
            await stage.pass_time(26 * 3600, steps=26)
            assert (stage.slack.world.files, witness.look("lien").leaks) == ({}, ())


class Failing(sqlite3.Connection):
    """A database that fails at statements in which something is found, once it was told what."""

    pattern = ""

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement, or fail."""
        if self.pattern and re.search(self.pattern, sql, re.DOTALL):
            raise RuntimeError("what nobody thought of")
        return super().execute(sql, *parameters)


CRASHES: dict[str, Callable[[Desk], Awaitable[object]]] = {
    "FROM balies": lambda desk: desk.type(f"kaart {SPACED}"),
    "INSERT INTO people .*last_balie": lambda desk: desk.type(f"kaart {SPACED}"),
    "INSERT .*temporary_files": lambda desk: desk.press("Als CSV", desk.answers[-1]),
}
"""What fails before UiTPAS is asked, after it answered, and when its answer becomes a file."""


@pytest.mark.parametrize("statement", CRASHES)
async def test_a_listener_that_crashes_over_a_number_leaves_nothing_of_it(tmp_path: Path, statement: str) -> None:
    made: list[Failing] = []

    def connect(path: str) -> sqlite3.Connection:
        made.append(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=Failing))
        return made[-1]

    with overheard() as log:
        async with staged(tmp_path, connect=connect) as stage:
            witness, lien = Witness(stage, finder(stage), log), Desk(stage)
            await lien.type(f"kaart {CARD}")
            made[-1].pattern = statement
            await CRASHES[statement](lien)
            made[-1].pattern = ""
            crashes = [event["exception"] for event in log.events if event["event"] == "listener_failed"]
            assert [crash.splitlines()[-1] for crash in crashes] == ["RuntimeError: what nobody thought of"]
            assert [answer.text.startswith(BROKEN) for answer in lien.answers].count(True) == 1
            assert witness.look("lien").leaks == ()


SHAPES: dict[str, str] = {
    CARD: "card",
    f"kaart {SPACED}, van Wout": "card",
    "_".join(CARD): "card",
    "k0930w0481x51608": "card",
    SPACED.replace(" ", "%20"): "card",
    SPACED.replace(" ", r"\u00a0"): "card",
    str(int(CARD)): "card",
    base64.b64encode(f"kaart {CARD}".encode()).decode(): "card as base64",
    hashlib.sha256(f"{CARD}\n".encode()).hexdigest(): "card as sha256 in hex",
    base64.b64encode(hashlib.sha1(SPACED.encode(), usedforsecurity=False).digest()).decode(): "card as sha1 in base64",
    "79.11.09-000.11": "national number",
    hashlib.md5(NATIONAL.encode(), usedforsecurity=False).hexdigest().upper(): "national number as md5 in hex",
}


@pytest.mark.parametrize("text", SHAPES)
def test_a_number_is_found_however_it_was_written_down(text: str) -> None:
    find = Finder(uid="3f2504e0-4f89-41d3-9a0c-0305e82c3301", titles=["Halve snack"])
    assert find.everything(f"one {text} two".encode()) == [SHAPES[text]]
    assert find.everything(b"one two 0930 0481 1234") == []


def write(stage: Stage, value: object) -> None:
    """Leave something in the database of the bot."""
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as database:
        database.execute("CREATE TABLE IF NOT EXISTS left_behind (value)")
        database.execute("INSERT INTO left_behind VALUES (?)", [value])


def whisper(stage: Stage, user: str, text: str) -> None:
    """Have the bot say something to one person."""
    world = stage.slack.world
    world.talk.whisper(world.channel("algemeen").id, stage.slack.bot_user_id, text, only_for=world.person(user).id)


PLACES: dict[str, Callable[[Stage, Any], object]] = {
    "log": lambda _, text: structlog.get_logger("handlers.card").debug("x", known_to_no_mask=[text]),
    "log, past structlog": lambda _, text: logging.getLogger("handlers.card").debug("typed: %s", text),
    "file baliebot.db-wal": write,
    "messages in C0ALGEMEEN1": lambda stage, text: stage.slack.world.say("baliebot", "algemeen", text),
    "what bram sees": lambda stage, text: whisper(stage, "bram", text),
    "what the asker sees": lambda stage, text: whisper(stage, "lien", text),
}


@pytest.mark.parametrize("place", PLACES)
async def test_what_was_left_somewhere_after_all_is_found_there(stage: Stage, place: str) -> None:
    with overheard() as log:
        witness = Witness(stage, finder(stage), log)
        assert witness.look("lien").leaks == ()
        PLACES[place](stage, "_".join(CARD))
        assert witness.look("lien").leaks[:1] == (f"{place.partition(',')[0]}: card",)


async def test_a_number_stored_as_a_number_is_found_and_so_is_the_holder(stage: Stage) -> None:
    witness, card = Witness(stage, finder(stage)), stage.uitpas.world.card(CARD)
    assert card is not None
    write(stage, int(CARD))
    assert witness.look("lien").leaks == ("file baliebot.db-wal: card as an integer",)
    write(stage, str(card.holder_uid).upper())
    assert witness.look("lien").leaks[1:] == ("file baliebot.db-wal: holder",)
    assert {name for name, _ in files(stage)} == {f"file baliebot.db{end}" for end in ("", "-wal", "-shm")}


async def test_what_only_the_asker_may_see_is_found_before_somebody_else(stage: Stage) -> None:
    witness, lien = Witness(stage, finder(stage)), Desk(stage)
    await lien.type(f"kaart {CARD}")
    assert witness.look("lien").leaks == ()
    await lien.type(f"kaart {SPACED}")
    assert "what lien sees: Koffie aan de balie" in witness.look("bram").leaks
    whisper(stage, "lien", f"Kaart {CARD[:4]} 48•••")
    assert witness.look("lien").leaks == (f"what the asker reads: the digits {CARD[:4]}",)


@dataclass
class Served(Stage):
    """A stage on which the bot is a process of its own: to settle is to wait for what it answers."""

    heard: int = 0
    forms: set[str] = field(default_factory=set)

    async def settle(self) -> None:
        """Return once the last delivery is refused, answered in its acknowledgement, or answered after it."""
        last = self.slack.deliveries[-1]
        is_over = bool(last.error or last.ack) and last.ack.get("response_action") != "update"
        await eventually(lambda: is_over or self._answers() > self.heard)
        self.heard = self._answers()

    def _answers(self) -> int:
        # a form that Slack refused to open is none, and is answered for in words
        self.forms |= {view.id for user in EMPLOYEES for view in self.slack.world.views(user)}
        return len(self.forms) + sum(call.method in {"response_url", "chat.postEphemeral"} for call in self.slack.calls)


class WallClock(StillClock):
    """Shows the time of the process that serves; nobody moves it."""

    def now(self) -> datetime:
        """Return this moment."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Leave it to time."""


@asynccontextmanager
async def served(folder: Path, *arguments: str) -> AsyncIterator[tuple[Served, Process]]:
    """Have `baliebot serve` run between the stand-ins, everything mapped and everybody linked before it began."""
    async with AsyncExitStack() as stack:
        uitpas, slack = UitpasSandbox(), SlackSandbox(manifest=manifest(language=Language.NL, url=None))
        for stand_in in (uitpas, slack):
            await stand_in.start()
            stack.push_async_callback(stand_in.aclose)
        settings, port = settings_for(folder, slack, uitpas), free_port()
        async with running(settings, clock=Clock(), timers=False) as bot:
            stage = Served(slack, uitpas, replace(bot, url=f"http://127.0.0.1:{port}"), WallClock(), settings)
            await map_balies(replace(stage, bot=bot))
            for user in EMPLOYEES:
                await stage.link(user)
        program = Program(folder, {name.upper(): plain(value) for name, value in settings})
        process = await stack.enter_async_context(program.started("serve", *arguments, PORT=str(port)))
        await ready(stage.bot.url)
        slack.connect_http(f"{stage.bot.url}/slack/events")
        yield stage, process


@pytest.mark.parametrize(("argument", "groups"), [((), tuple(GROUPS)), (("--debug",), ("typed", "hostile"))])
async def test_the_program_itself_tells_nothing_of_a_number(
    tmp_path: Path, argument: tuple[str, ...], groups: tuple[str, ...]
) -> None:
    async with served(tmp_path, *argument) as (stage, process):
        witness = Witness(stage, finder(stage))
        assert {group: await walk(witness, group) for group in groups} == {group: clean(group) for group in groups}
        told = await pages(stage)
        stage.slack.tamper = of_no_day
        await handed_in((CARD,), Desk(stage, "bram"))  # Lien's token was revoked on the way
        done = await stop(process, SIGTERM)
    assert witness.finder.everything(f"{told} {done.out} {done.err}".encode()) == []
    assert (witness.look("lien").leaks, done.status, done.out) == ((), 0, "")
    # a reference is random, and may by chance look like a number
    lines = [{**json.loads(line), "request_id": ""} for line in done.err.splitlines()]
    assert {line["event"] for line in lines if MASK in str(line)} == {"listener_failed"}, "else nothing was masked"
    assert [line["kind"] for line in lines if line["event"] == "listener_failed"] == ["ValueError"]


async def pages(stage: Stage) -> str:
    """Return what anybody can read of the bot without Slack."""
    told = ""
    async with aiohttp.ClientSession(stage.bot.url) as session:
        for path in ("/healthz", "/readyz", "/metrics", f"/{CARD}"):
            async with session.get(path) as answer:
                told += f"{answer.headers} {await answer.text()}"
    return told


def of_no_day(payload: Json) -> Json:
    """Put the number where a day belongs, so that what reads it raises an error that quotes it."""
    for fields in payload.get("view", {}).get("state", {}).get("values", {}).values():
        for value in fields.values():
            if value.get("type") == "datepicker":
                value["selected_date"] = CARD
    return payload


def plain(value: Any) -> str:
    """Return a setting as the environment holds it."""
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value)
