"""Slack waits three seconds: whatever is brought is acknowledged first, after one write to our own file at most.

`ACTS` is everything that people or Slack can bring to the bot, also what nobody listens for.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bot.sandbox.slack.records import Json, Message
from storage.database import BUSY_SECONDS
from tests.support.forms import BALIE, CHANNEL, FIRST, OFFERS, PLACE, Form, by_block
from tests.support.stage import Stage, staged

LIEN = "U0LIEN00001"
ASK = "rapport vorig kwartaal"
OPEN = "algemeen"
"""A channel that is the default of no balie."""
CHOOSE = "report_balie"
IN_TIME, HANGING = 1.0, 1.5
"""Well within the three seconds of Slack, and longer than the first: whoever asks it something first is too late."""
LOCKED = 1.0
FULL = "De bot kan nu niets bewaren, dus is er niets aangevraagd. Probeer het over een minuut opnieuw."

Act: TypeAlias = Callable[[], Awaitable[object]]
Prepare: TypeAlias = Callable[[Stage], Awaitable[Act]]
"""Gets everything ready on a stage; what it returns is the act itself, which is then the last of `deliveries`."""


@dataclass
class Ledger:
    """How often a database was read, was to be written, and was written; one that `is_full` takes nothing more."""

    is_full: bool = False
    read: int = 0
    begun: int = 0
    written: int = 0


class CountedConnection(sqlite3.Connection):
    """Counts what is asked of it."""

    ledger: Ledger
    _changes = 0

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement, and count it."""
        self.ledger.read += sql == "BEGIN"
        self.ledger.begun += sql == "BEGIN IMMEDIATE"
        if self.ledger.is_full and sql == "BEGIN IMMEDIATE":
            raise sqlite3.OperationalError("database or disk is full")
        cursor = super().execute(sql, *parameters)
        if not self.in_transaction:
            self.ledger.written += self.total_changes > self._changes and sql != "ROLLBACK"
            self._changes = self.total_changes
        return cursor


def counting(ledger: Ledger, path: str) -> sqlite3.Connection:
    """Open a database as the bot does, and count in this ledger."""
    made = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=CountedConnection)
    made.ledger = ledger
    return made


@contextmanager
def locked(stage: Stage) -> Iterator[sqlite3.Connection]:
    """Hold the lock on the bot's database, as another program may; `rollback` lets it go."""
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield holder


async def running(stage: Stage) -> Message:
    """Ask for a report that UiTPAS does not end; return its root."""
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    return stage.roots()[0]


async def failed(stage: Stage) -> Message:
    """Ask for a report that UiTPAS refuses; return the reply that says so."""
    stage.uitpas.faults.add("start_report", "code", code="UNKNOWN_BALIE_CONSUMERKEY")
    await stage.type(ASK)
    await stage.pass_time(2)
    return stage.replies()[0]


async def delivered_before(stage: Stage) -> Message:
    """Ask for a report once more after it was delivered; return the offer to make it again."""
    await stage.type(ASK)
    await stage.pass_time(2)
    await stage.type(ASK)
    return stage.slack.world.ephemerals("lien", stage.where)[0]


async def choosing(stage: Stage) -> Message:
    """Ask where several balies could be meant; return the message with the select."""
    await stage.type(ASK, channel=OPEN)
    return stage.slack.world.ephemerals("lien", OPEN)[0]


async def opened(stage: Stage) -> Form:
    """Return the form, open before Lien."""
    form = Form(stage)
    await form.type()
    return form


async def words(text: str, stage: Stage) -> Act:
    """Lien types something."""
    return partial(stage.slack.command, LIEN, stage.slack.world.channel(stage.where).id, text)


async def pressed(get: Callable[[Stage], Awaitable[Message]], action: str, stage: Stage) -> Act:
    """Lien presses a button of this message."""
    return partial(stage.slack.click, LIEN, await get(stage), action)


async def balie_chosen(stage: Stage) -> Act:
    """Lien chooses a balie in the select."""
    select = await choosing(stage)
    (option,) = await stage.slack.options(LIEN, select, CHOOSE, "t-hof")
    return partial(stage.slack.click, LIEN, select, CHOOSE, selected=option["value"])


async def typed(action: str, stage: Stage) -> Act:
    """Lien types into a select, of a message or of the form."""
    where = (await opened(stage)).view if action == BALIE else await choosing(stage)
    return partial(stage.slack.options, LIEN, where, action, "hof")


async def chosen(action: str, value: str, stage: Stage) -> Act:
    """Lien chooses something in the form."""
    form = await opened(stage)
    if action == CHANNEL:
        await form.choose(PLACE, "elsewhere")
    wanted = await form.balie(value) if action == BALIE else value
    return partial(stage.slack.click, LIEN, form.view, action, selected=wanted)


async def handed_in(typed: Json, stage: Stage) -> Act:
    """Lien hands the form in."""
    view = (await opened(stage)).view
    return partial(stage.slack.submit, LIEN, view.id, by_block(view, typed))


async def shortcut(stage: Stage) -> Act:
    """Lien takes the shortcut."""
    return partial(stage.slack.shortcut, LIEN, "report")


async def changed(prepare: Prepare, change: Callable[[Json], Json], stage: Stage) -> Act:
    """Change what an act brings, before anybody else does."""
    act = await prepare(stage)

    async def do() -> None:
        other = stage.slack.tamper
        stage.slack.tamper = lambda payload: other(change(payload)) if other else change(payload)
        await act()
        stage.slack.tamper = other

    return do


def of_old(payload: Json) -> Json:
    """Return a payload under names that no listener has."""
    old, view = "of_long_ago", payload.get("view")
    named: Json = {name: old for name in ("action_id", "callback_id", "command") if name in payload}
    acted = {"actions": [{**one, "action_id": old} for one in payload["actions"]]} if "actions" in payload else {}
    return {**payload, **named, **acted, **({"view": {**view, "callback_id": old}} if view else {})}


def at_a_message(payload: Json) -> Json:
    """Return a shortcut that was taken at a message."""
    said = {"type": "message", "ts": "1784102400.000100", "user": LIEN, "text": "hallo"}
    return {**of_old(payload), "type": "message_action", "channel": {"id": "C0DESLUIS01"}, "message": said}


WRITES: dict[str, Prepare] = {
    "a report in words": partial(words, ASK),
    "cancel": partial(pressed, running, "report_cancel"),
    "retry": partial(pressed, failed, "report_retry"),
    "make again": partial(pressed, delivered_before, "report_again"),
    "a balie chosen": balie_chosen,
    "a form handed in": partial(handed_in, {}),
}
READS: dict[str, Prepare] = {
    "help": partial(words, "help"),
    "status": partial(words, "status"),
    "no verb": partial(words, "rappotr"),
    "no period": partial(words, "rapport ooit"),
    "the form": partial(words, "rapport"),
    "the shortcut": shortcut,
    "typed in the select": partial(typed, CHOOSE),
    "typed in the form": partial(typed, BALIE),
    "a balie in the form": partial(chosen, BALIE, "t-hof"),
    "a period in the form": partial(chosen, OFFERS, "2026-01-01/2026-03-31"),
    "a place in the form": partial(chosen, PLACE, "me"),
    "a channel in the form": partial(chosen, CHANNEL, "C0ALGEMEEN1"),
    "a form handed in wrong": partial(handed_in, {FIRST: "2026-08-02"}),
    "an old command": partial(changed, partial(words, ASK), of_old),
    "an old button": partial(changed, partial(pressed, running, "report_cancel"), of_old),
    "an old select": partial(changed, partial(typed, CHOOSE), of_old),
    "an old choice in a form": partial(changed, partial(chosen, PLACE, "me"), of_old),
    "an old select in a form": partial(changed, partial(typed, BALIE), of_old),
    "an old form": partial(changed, partial(handed_in, {}), of_old),
    "an old form closed": partial(changed, partial(handed_in, {}), lambda form: {**form, "type": "view_closed"}),
    "an old shortcut": partial(changed, shortcut, of_old),
    "an old shortcut at a message": partial(changed, shortcut, at_a_message),
}
ACTS = WRITES | READS


@pytest.fixture
def ledger() -> Ledger:
    """Nothing asked yet."""
    return Ledger()


@pytest.fixture
async def stage(tmp_path: Path, ledger: Ledger, *, socket: bool) -> AsyncIterator[Stage]:
    """A stage whose database is counted."""
    async with staged(tmp_path, socket=socket, connect=partial(counting, ledger)) as ready:
        yield ready


@pytest.mark.parametrize("act", ACTS)
async def test_all_is_acknowledged_before_slack_is_asked_and_after_one_write_at_most(
    stage: Stage, ledger: Ledger, act: str
) -> None:
    do = await ACTS[act](stage)
    stage.clock.advance(25 * 3600)  # what was known of people is too old to go by
    written = ledger.written
    stage.slack.faults.add("*", "delay", times=-1, seconds=HANGING)
    await do()
    stage.slack.faults.clear()
    delivery = stage.slack.deliveries[-1]
    assert (delivery.error, delivery.seconds < IN_TIME) == (None, True)
    assert ledger.written - written == (1 if act in WRITES else 0)


@pytest.mark.parametrize("act", WRITES)
async def test_what_is_written_waits_for_a_lock_of_a_second(stage: Stage, ledger: Ledger, act: str) -> None:
    do = await ACTS[act](stage)
    written = ledger.written
    with locked(stage) as holder:
        asyncio.get_running_loop().call_later(LOCKED, holder.rollback)
        await do()
        delivery = stage.slack.deliveries[-1]
    assert (delivery.error, LOCKED / 2 < delivery.seconds < 3, ledger.written - written) == (None, True, 1)


@pytest.mark.parametrize("act", READS)
async def test_what_is_only_read_waits_for_no_lock(stage: Stage, act: str) -> None:
    do = await ACTS[act](stage)
    with locked(stage):
        await do()
        delivery = stage.slack.deliveries[-1]
    assert (delivery.error, delivery.seconds < BUSY_SECONDS / 2) == (None, True)


@pytest.mark.parametrize("act", WRITES)
async def test_what_can_not_be_stored_is_acknowledged_first(stage: Stage, ledger: Ledger, act: str) -> None:
    do = await ACTS[act](stage)
    ledger.is_full = True
    stage.slack.faults.add("*", "delay", times=-1, seconds=HANGING)
    await do()
    delivery, ledger.is_full = stage.slack.deliveries[-1], False
    stage.slack.faults.clear()
    assert (delivery.error, delivery.seconds < IN_TIME) == (None, True)


async def test_timers_that_wait_for_the_same_lock_for_a_second_hold_up_nobody(stage: Stage) -> None:
    with locked(stage) as holder:
        asyncio.get_running_loop().call_later(LOCKED, holder.rollback)
        timers = asyncio.create_task(stage.bot.timers.run_due(stage.clock.now()))
        delivery = await stage.type(ASK)
        await asyncio.gather(timers, return_exceptions=True)
    assert (delivery.error, stage.whispers(), len(stage.roots())) == (None, [], 1)


@pytest.mark.parametrize("beside", ["nothing", "the timers"])
async def test_a_database_that_stays_locked_is_told_in_time(stage: Stage, beside: str) -> None:
    with locked(stage):
        looks = [stage.bot.timers.run_due(stage.clock.now())] if beside == "the timers" else []
        timers = asyncio.gather(*looks, return_exceptions=True)
        delivery = await stage.type(ASK, then_settle=False)
        await timers
    await stage.settle()
    assert (delivery.error, stage.whispers(), stage.roots()) == (None, [FULL], [])
