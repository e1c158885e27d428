"""The composition root: every long-lived object is made here once, wired, and closed in reverse."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.clients.workbook import Workbooks
from bot.clock import Clock
from bot.config import Settings
from bot.features import link_pages, verbs
from bot.listening import listening
from bot.parts import Parts, assembled
from bot.scheduling import Wakeups
from bot.services.balies import Balies
from bot.services.digest_runs import DigestRuns
from bot.services.digest_telling import DigestTelling
from bot.services.following import Following, Pace
from bot.services.home import Homes
from bot.services.linking import Linking
from bot.services.speaker import Speaker
from handlers import command
from handlers.context import Gate
from handlers.delivery import Delivery
from handlers.digest_delivery import DigestDelivery
from handlers.digest_runner import DigestRunner
from handlers.errors import Unforeseen
from handlers.files import Files
from handlers.home import HomePainter
from handlers.leftovers import Leftovers
from handlers.temporary_files import FileSender
from handlers.timers import Timers
from handlers.turn import Turns
from storage.database import Connect, connect

log = structlog.get_logger(__name__)

GRACE = 7.0
"""Seconds that what is in flight gets at the end; a supervisor waits ten before it kills."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, as far as whoever started it needs to know."""

    team: str
    url: str
    linking: Linking
    balies: Balies
    timers: Timers


@asynccontextmanager
async def running(
    settings: Settings, *, clock: Clock, kind: str = "serve", connect: Connect = connect, timers: bool = True
) -> AsyncIterator[Bot]:
    """Start the bot; stop it, draining, when the block ends.

    `timers` False leaves it to a test to call `run_due` with moments of its choice.

    Raises:
        BaliebotError: the database can't be opened, the keys do not fit it, or Slack refuses the token.
    """
    async with AsyncExitStack() as stack:
        parts = await assembled(stack, settings, clock, kind, connect)
        work = _clockwork(parts)
        wakeups = Wakeups(clock=clock, run_due=work.run_due)
        work.call_when_done(wakeups.wake)
        stack.push_async_callback(work.aclose, GRACE)
        stack.push_async_callback(wakeups.aclose)
        app = _bolt(parts, wakeups)
        door = listening(parts, app, link_pages(parts), wakeups)
        url = await stack.enter_async_context(door)
        if timers:
            wakeups.start()
        log.info("started", team=parts.identity.team)
        yield Bot(parts.identity.team, url, parts.linking, parts.balies, work)


def _clockwork(parts: Parts) -> Timers:
    settings = parts.settings
    following = Following(
        database=parts.database,
        uitpas=parts.uitpas,
        workbooks=Workbooks(),
        linking=parts.linking,
        trust=parts.trust,
        clock=parts.clock,
        pace=Pace(settings.baliebot_poll_first, settings.baliebot_poll_max, settings.baliebot_poll_deadline),
    )
    telling = DigestTelling(database=parts.database, clock=parts.clock)
    digest_delivery = DigestDelivery(telling=telling, slack=parts.slack, people=parts.people)
    sender = FileSender(files=parts.temporary_files, slack=parts.slack)
    home_painter = HomePainter(
        homes=Homes(database=parts.database, clock=parts.clock),
        people=parts.people,
        slack=parts.slack,
        identity=parts.identity,
        clock=parts.clock,
        zone=settings.zone,
    )
    return Timers(
        following=following,
        delivery=_delivery(parts, following, digest_delivery),
        file_sender=sender,
        link_endings=parts.link_endings,
        unlinking=parts.unlinking,
        home_painter=home_painter,
        digest_runner=_digest_runner(parts),
        digest_delivery=digest_delivery,
        speaker=Speaker(database=parts.database),
        trust=parts.trust,
    )


def _delivery(parts: Parts, following: Following, digests: DigestDelivery) -> Delivery:
    return Delivery(
        outbox=parts.outbox,
        slack=parts.slack,
        people=parts.people,
        files=Files(outbox=parts.outbox, following=following, slack=parts.slack, people=parts.people),
        held=parts.held_reports,
        digests=digests,
        language=parts.settings.baliebot_locale,
        zone=parts.settings.zone,
    )


def _digest_runner(parts: Parts) -> DigestRunner:
    runs = DigestRuns(
        database=parts.database,
        uitpas=parts.uitpas,
        linking=parts.linking,
        trust=parts.trust,
        clock=parts.clock,
        patience=parts.patience,
    )
    return DigestRunner(runs=runs, people=parts.people, slack=parts.slack)


def _bolt(parts: Parts, wakeups: Wakeups) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=parts.identity.team,
            bot_user_id=parts.identity.user,
            bot_token=parts.settings.slack_bot_token.get_secret_value(),
        )

    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)  # Bolt would take them as a wish for its OAuth mode, with tokens in clear-text files
    # without a name Bolt reads the source of every caller for one
    app = AsyncApp(name="baliebot", authorize=authorize, request_verification_enabled=False)
    app.middleware(Gate(team=parts.identity.team, people=parts.people).check)
    turns = Turns(people=parts.people, slack=parts.slack)
    command.register(app, verbs(parts, app, turns, wakeups.wake), turns=turns)
    Leftovers(turns=turns, language=parts.settings.baliebot_locale).register(app)
    Unforeseen(slack=parts.slack, language=parts.settings.baliebot_locale).register(app)
    return app
