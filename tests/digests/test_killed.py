"""One run of a digest, the bot killed at every point there is, and a new start that ends it as it should."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import time as local_time
from pathlib import Path

import pytest

from bot.digests import Rhythm, Schedule
from bot.models import Language
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.scopes import GRANTED
from bot.sandbox.uitpas import UitpasSandbox
from bot.services.balies import Balies
from bot.services.digests import DigestRequest, Digests, Done, Saved
from storage.database import Database
from tests.conversations.test_kill_walk import QUIET, Executioner, Outcome, Point, Walk, alive, furnish
from tests.digests.runs import PERIOD
from tests.support.lives import SPEED, FastClock, Nursery, kill
from tests.support.stage import CHANNEL, settings_for

SUM = (
    "niet geteld",
    "*Samen voor 1 van de 2 balies: ",
    "*Samen voor 2 balies: 102 verkopen, te vorderen €\xa0917,00.*",
)
"""What the message says when the sheets of so many balies were read."""
COMING = "Komt nog"
READY = [f"*{name}*, {PERIOD}: de onkostennota is" for name in ("CC De Sluis", "Gemeenschapscentrum 't Hof")]
TWO = ("de-sluis", "t-hof")


@pytest.fixture
async def nursery() -> AsyncIterator[Nursery]:
    """The process that lives are forked from."""
    opened = await Nursery.open()
    yield opened
    await opened.aclose()


@pytest.mark.timeout(600)
async def test_a_run_survives_a_kill_at_every_point(
    nursery: Nursery, record_property: Callable[[str, object], None]
) -> None:
    walk = DigestWalk(nursery, set(GRANTED))
    # what dies when a call is answered has stored as little as what dies when it is processed
    calls = [outcome for phase in ("before", "processed") for outcome in await walk.along(phase)]
    commits = await walk.along("commit")
    record_property("kill walk of a digest", f"{len(calls)} points at calls, {len(commits)} after commits")
    assert len(calls) >= 40
    assert len(commits) >= 20
    for outcome in [*calls, *commits]:
        check(outcome)


def check(outcome: Outcome) -> None:
    """Assert that everything came once, and that the message tells what the replies do.

    Sheets that were being read when the bot died are not read again, as they may have taken it with them.
    """
    texts = sorted(reply.text for reply in outcome.replies if not reply.files)
    read = sum("*Samen: " in text for text in texts)
    told = f"{outcome.point} at {outcome.died_at}: {[root.text for root in outcome.roots]} {texts} {outcome.files}"
    assert ([text.partition(" klaar.")[0] for text in texts], outcome.files) == (READY, 2), told
    assert [SUM[read] in root.text and COMING not in root.text for root in outcome.roots] == [True], told


@dataclass
class DigestWalk(Walk):
    """Walks along the points of a run of two balies."""

    async def once(self, point: Point) -> Outcome:
        """Have a digest tried, the bot killed at the point, and started again."""
        began = time.time()
        clock, executioner = FastClock(began), Executioner(point)
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            uitpas = UitpasSandbox(report_seconds=5, now=clock.now, observer=executioner)
            slack = SlackSandbox(now=clock.now, observer=executioner, scopes=self.scopes)
            for stand_in in (uitpas, slack):
                await stand_in.start()
                stack.push_async_callback(stand_in.aclose)
            settings = settings_for(folder, slack, uitpas, socket=True)
            await furnish(settings.baliebot_database, clock, slack, uitpas)
            await have_it_tried(settings.baliebot_database, clock, slack, uitpas)
            commits = point.number if point.phase == "commit" else 0
            executioner.life = await self.nursery.bear(settings, began, commits=commits)
            stack.callback(lambda: kill(executioner.life))
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


async def have_it_tried(database: Path, clock: FastClock, slack: SlackSandbox, uitpas: UitpasSandbox) -> None:
    """Map a second balie, and write a digest of both down that is to be tried now."""
    opened = await Database.open(database, kind="serve")
    try:
        rows = [f"{alias},{one.name},{one.consumer_key}," for alias, one in zip(TWO, uitpas.world.balies, strict=False)]
        text = "\n".join(["alias,name,consumer_key,channels", *rows])
        await Balies(database=opened, clock=clock).import_csv(slack.team_id, text)
        digests, lien = Digests(database=opened, clock=clock), slack.world.person("lien").id
        schedule = Schedule(Rhythm.QUARTER, local_time(9), "Europe/Brussels", weekday=0)
        place = slack.world.channel(CHANNEL).id
        request = DigestRequest(slack.team_id, lien, place, (1, 2), schedule, Language.NL, "form")
        saved = await digests.save(request)
        assert isinstance(saved, Saved)
        assert isinstance(await digests.try_now(slack.team_id, saved.digest.id, user=lien, key="click"), Done)
    finally:
        await opened.aclose()


def finished(slack: SlackSandbox) -> bool:
    """Return whether a message tells of both balies and there are two files and two replies under it."""
    return any(
        COMING not in root.text and len(slack.world.thread(CHANNEL, root.ts)) >= 4
        for root in slack.world.messages(CHANNEL)
    )
