"""The kill walk: one report, the bot killed at every point there is, and a new start that ends it as it should.

A point is the moment before, after processing or after answering call N of either stand-in, or the moment after COMMIT
N of the bot's own database.
"""

import asyncio
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.demo import EMPLOYEES
from bot.models import UserToken
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Message
from bot.sandbox.slack.scopes import GRANTED
from bot.sandbox.uitpas import UitpasSandbox
from bot.sealing import Sealer
from bot.services.balies import Balies
from bot.services.linking import Linking
from storage.database import Database
from tests.support.lives import SPEED, FastClock, Nursery, kill
from tests.support.stage import CHANNEL, KEY, settings_for

AT_ONCE = 3
HISTORIES = frozenset({"channels:history", "groups:history", "im:history", "files:read"})
QUIET = 45
"""Seconds of the fast clock after the end in which a second message would have come."""


@dataclass(frozen=True)
class Point:
    """Where to kill: a phase of call N, or (phase `commit`) after COMMIT N. N 0 is never."""

    phase: str
    number: int


@dataclass
class Outcome:
    """What came of one walk: the call at which the bot died ("" when it lived), and what stands in Slack."""

    point: Point
    died_at: str = ""
    roots: list[Message] = field(default_factory=list)
    replies: list[Message] = field(default_factory=list)
    files: int = 0


@dataclass
class Executioner:
    """Observes both stand-ins, counts their calls, and kills the life at its point."""

    point: Point
    life: int = 0
    calls: int = 0
    died_at: str = ""

    async def __call__(self, phase: str, call: str) -> None:
        """Count, and perhaps kill."""
        if self.died_at and self.point.phase != "commit":
            return
        self.calls += phase == "before"
        if phase == self.point.phase and self.calls == self.point.number:
            self.died_at = call
            kill(self.life)
            raise ConnectionAbortedError


@pytest.fixture
async def nursery() -> AsyncIterator[Nursery]:
    """The process that lives are forked from."""
    opened = await Nursery.open()
    yield opened
    await opened.aclose()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("scopes", ["with_history", "without_history"])
async def test_a_report_survives_a_kill_at_every_point(
    nursery: Nursery, scopes: str, record_property: Callable[[str, object], None]
) -> None:
    granted = set(GRANTED) if scopes == "with_history" else set(GRANTED - HISTORIES)
    walk = Walk(nursery, granted)
    calls = [outcome for phase in ("before", "processed", "answered") for outcome in await walk.along(phase)]
    commits = await walk.along("commit")
    record_property(f"kill walk {scopes}", f"{len(calls)} points at calls, {len(commits)} after commits")
    assert len(calls) >= 30
    assert len(commits) >= 8
    for outcome in [*calls, *commits]:
        check(outcome, can_look=scopes == "with_history")


def check(outcome: Outcome, *, can_look: bool) -> None:
    """Assert what docs/decisions/0002 promises of one walk."""
    texts = [reply for reply in outcome.replies if not reply.files]
    told = (
        f"{outcome.point} at {outcome.died_at}: {len(outcome.roots)} roots, {len(texts)} replies, {outcome.files} files"
    )
    repeated = 2 if not can_look and outcome.point.phase != "commit" else 1
    posts = repeated if outcome.died_at == "chat.postMessage" else 1
    shares = repeated if outcome.died_at.startswith("files.") else 1
    assert 1 <= len(outcome.roots) <= posts, told
    assert 1 <= len(texts) <= posts, told
    assert len(outcome.roots) + len(texts) <= 1 + posts, told
    assert 1 <= outcome.files <= shares, told
    assert outcome.roots[-1].text.endswith("Klaar. Het antwoord staat in de draad."), told
    assert "is klaar." in texts[-1].text, told


@dataclass
class Walk:
    """Walks along the points of one kind until the bot outlives one."""

    nursery: Nursery
    scopes: set[str]

    async def along(self, phase: str) -> list[Outcome]:
        """Return the outcomes of all points of this phase at which the bot died."""
        outcomes: list[Outcome] = []
        for first in itertools.count(1, AT_ONCE):
            batch = await asyncio.gather(*(self.once(Point(phase, first + n)) for n in range(AT_ONCE)))
            outcomes += [outcome for outcome in batch if outcome.died_at]
            if not all(outcome.died_at for outcome in batch):
                return outcomes
        raise AssertionError

    async def once(self, point: Point) -> Outcome:
        """Have one report asked for, the bot killed at the point, and started again."""
        began = time.time()
        clock = FastClock(began)
        executioner = Executioner(point)
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            uitpas = UitpasSandbox(report_seconds=5, now=clock.now, observer=executioner)
            await uitpas.start()
            stack.push_async_callback(uitpas.aclose)
            slack = SlackSandbox(now=clock.now, observer=executioner, scopes=set(self.scopes))
            await slack.start()
            stack.push_async_callback(slack.aclose)
            settings = settings_for(folder, slack, uitpas, socket=True)
            await furnish(settings.baliebot_database, clock, slack, uitpas)
            commits = point.number if point.phase == "commit" else 0
            executioner.life = await self.nursery.bear(settings, began, commits=commits)
            stack.callback(lambda: kill(executioner.life))
            asked = asyncio.create_task(ask(slack))
            stack.callback(asked.cancel)
            while not (finished(slack) or executioner.died_at):
                await asyncio.sleep(0.02)
                if commits and not alive(executioner.life):
                    executioner.died_at = "commit"
            if executioner.died_at:
                executioner.life = await self.nursery.bear(settings, began)
            await slack.world.until(lambda: finished(slack), timeout=60)
            await asyncio.sleep(QUIET / SPEED)
            assert slack.world.checks.complaints == []
            roots = slack.world.messages(CHANNEL)
            replies = [reply for root in roots for reply in slack.world.thread(CHANNEL, root.ts)]
            return Outcome(point, executioner.died_at, roots, replies, len(slack.world.files))


async def furnish(database: Path, clock: FastClock, slack: SlackSandbox, uitpas: UitpasSandbox) -> None:
    """Map one balie and link one employee, before the first life."""
    opened = await Database.open(database, kind="serve")
    try:
        balie = uitpas.world.balies[0]
        place = slack.world.channel(CHANNEL).id
        line = f"de-sluis,{balie.name},{balie.consumer_key},{place}"
        await Balies(database=opened, clock=clock).import_csv(
            slack.team_id, f"alias,name,consumer_key,channels\n{line}\n"
        )
        linking = await Linking.open(database=opened, sealer=Sealer([KEY]), clock=clock)
        employee = uitpas.employee(EMPLOYEES["lien"])
        token, secret = uitpas.issue_token(employee.uid)
        await linking.keep(slack.team_id, slack.world.person("lien").id, UserToken(token, secret, employee.uid))
    finally:
        await opened.aclose()


async def ask(slack: SlackSandbox) -> None:
    """Type the command; when Slack shows an error and no root comes of it, type it again, as a person would."""
    lien, place = slack.world.person("lien").id, slack.world.channel(CHANNEL).id
    while True:
        await slack.sockets_ready()
        delivery = await slack.command(lien, place, "rapport vorig kwartaal")
        if delivery.error is None or await comes(lambda: bool(slack.world.messages(CHANNEL)), slack):
            return


async def comes(what: Callable[[], bool], slack: SlackSandbox) -> bool:
    """Return whether it comes within two minutes of the fast clock."""
    try:
        await slack.world.until(what, timeout=120 / SPEED)
    except TimeoutError:
        return False
    return True


def finished(slack: SlackSandbox) -> bool:
    """Return whether a root shows its end and its thread has an answer."""
    return any(
        root.text.endswith("in de draad.") and "Klaar" in root.text and slack.world.thread(CHANNEL, root.ts)
        for root in slack.world.messages(CHANNEL)
    )


def alive(life: int) -> bool:
    """Return whether a life still lives."""
    return Path(f"/proc/{life}").exists()
