"""The composition root: every long-lived object is made here once, wired, and closed in reverse."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.clients.slack import Identity, SlackClient
from bot.clients.uitpas import UitpasClient
from bot.clients.workbook import Workbooks
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SlackInstallationError, SlackUncertainError, SlackWaitError
from bot.listening import listening
from bot.scheduling import Wakeups
from bot.sealing import Sealer
from bot.services.balies import Balies
from bot.services.following import Following, Pace
from bot.services.linking import Linking
from bot.services.outbox import Outbox
from bot.services.people import People
from bot.services.reports import Reports
from bot.services.speaker import Speaker
from bot.services.suggestions import Suggestions
from handlers import command, status
from handlers.balie_select import BalieSelect
from handlers.context import Gate
from handlers.delivery import Delivery
from handlers.errors import Unforeseen
from handlers.files import Files
from handlers.leftovers import Leftovers
from handlers.report import ReportHandlers
from handlers.report_form import ReportForm
from handlers.report_screen import Screen
from handlers.report_submission import Submission
from handlers.timers import Timers
from handlers.turn import Turns
from storage.database import Connect, Database, connect

log = structlog.get_logger(__name__)

GRACE = 7.0
"""Seconds that what is in flight gets at the end; a supervisor waits ten before it kills."""
SLACK_TRIES = 5


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
        parts = await _parts(stack, settings, clock, kind, connect)
        work = _clockwork(parts)
        wakeups = Wakeups(clock=clock, run_due=work.run_due)
        work.call_when_done(wakeups.wake)
        stack.push_async_callback(work.aclose, GRACE)
        stack.push_async_callback(wakeups.aclose)
        app = _bolt(parts, wakeups)
        door = listening(settings, app=app, slack=parts.slack, database=parts.database, wakeups=wakeups, clock=clock)
        url = await stack.enter_async_context(door)
        if timers:
            wakeups.start()
        log.info("started", team=parts.identity.team)
        yield Bot(parts.identity.team, url, parts.linking, parts.balies, work)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What more than one branch of the program stands on."""

    settings: Settings
    clock: Clock
    database: Database
    slack: SlackClient
    uitpas: UitpasClient
    identity: Identity
    people: People
    linking: Linking
    balies: Balies
    outbox: Outbox
    patience: timedelta
    screen: Screen


async def _parts(stack: AsyncExitStack, settings: Settings, clock: Clock, kind: str, connect: Connect) -> _Parts:
    database = await Database.open(settings.baliebot_database, kind=kind, connect=connect)
    stack.push_async_callback(database.aclose)
    linking = await Linking.open(database=database, sealer=Sealer(settings.secret_keys), clock=clock)
    session = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)))
    token = settings.slack_bot_token.get_secret_value()
    slack = SlackClient(token=token, base_url=settings.slack_api_url, session=session, clock=clock)
    uitpas = UitpasClient(
        base_url=settings.uitpas_api_url,
        consumer_key=settings.uitpas_consumer_key,
        consumer_secret=settings.uitpas_consumer_secret.get_secret_value(),
        clock=clock,
    )
    stack.push_async_callback(uitpas.aclose)
    patience = timedelta(seconds=settings.baliebot_poll_deadline)
    screen = Screen(slack=slack, suggestions=Suggestions(uitpas=uitpas, linking=linking))
    stack.push_async_callback(screen.aclose)
    return _Parts(
        settings=settings,
        clock=clock,
        database=database,
        slack=slack,
        uitpas=uitpas,
        identity=await _introduce(slack, clock),
        people=People(database=database, slack=slack, clock=clock, language=settings.baliebot_locale),
        linking=linking,
        balies=Balies(database=database),
        outbox=Outbox(database=database, clock=clock, patience=patience),
        patience=patience,
        screen=screen,
    )


def _clockwork(parts: _Parts) -> Timers:
    settings = parts.settings
    following = Following(
        database=parts.database,
        uitpas=parts.uitpas,
        workbooks=Workbooks(),
        linking=parts.linking,
        clock=parts.clock,
        pace=Pace(settings.baliebot_poll_first, settings.baliebot_poll_max, settings.baliebot_poll_deadline),
    )
    files = Files(outbox=parts.outbox, following=following, slack=parts.slack, people=parts.people)
    delivery = Delivery(
        outbox=parts.outbox,
        slack=parts.slack,
        people=parts.people,
        files=files,
        language=settings.baliebot_locale,
    )
    return Timers(following=following, delivery=delivery, speaker=Speaker(database=parts.database))


def _bolt(parts: _Parts, wakeups: Wakeups) -> AsyncApp:
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
    reports = Reports(database=parts.database, clock=parts.clock, patience=parts.patience)
    verbs = [
        _report(parts, reports, turns, wakeups).register(app),
        status.verb(reports=reports, people=parts.people, zone=parts.settings.zone),
    ]
    command.register(app, verbs, turns=turns)
    Leftovers(turns=turns, language=parts.settings.baliebot_locale).register(app)
    Unforeseen(slack=parts.slack, language=parts.settings.baliebot_locale).register(app)
    return app


def _report(parts: _Parts, reports: Reports, turns: Turns, wakeups: Wakeups) -> ReportHandlers:
    select = BalieSelect(balies=parts.balies, people=parts.people)
    zone, clock = parts.settings.zone, parts.clock
    submission = Submission(
        reports=reports,
        balies=parts.balies,
        slack=parts.slack,
        identity=parts.identity,
        screen=parts.screen,
        clock=clock,
        zone=zone,
        wake=wakeups.wake,
    )
    form = ReportForm(
        reports=reports,
        balies=parts.balies,
        slack=parts.slack,
        turns=turns,
        select=select,
        screen=parts.screen,
        submission=submission,
        clock=clock,
        zone=zone,
    )
    return ReportHandlers(
        reports=reports,
        balies=parts.balies,
        people=parts.people,
        identity=parts.identity,
        turns=turns,
        select=select,
        form=form,
        clock=clock,
        zone=zone,
        wake=wakeups.wake,
    )


async def _introduce(slack: SlackClient, clock: Clock) -> Identity:
    for attempt in range(1, SLACK_TRIES + 1):
        try:
            return await slack.identity()
        except (SlackUncertainError, SlackWaitError) as error:
            log.warning("slack_does_not_answer", error=str(error), attempt=attempt)
            await clock.sleep(max(2**attempt, getattr(error, "retry_after", 0)))
    raise SlackInstallationError("auth.test", "no_answer", "Slack can't be reached; look at SLACK_API_URL")
