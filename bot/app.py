"""The composition root: every long-lived object is made here once, wired, and closed in reverse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.clients.slack import Identity, SlackClient
from bot.clients.uitpas import UitpasClient
from bot.clients.workbook import Workbooks
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SettingsError, SlackInstallationError, SlackUncertainError, SlackWaitError, StorageError
from bot.scheduling import Wakeups
from bot.sealing import Sealer
from bot.services.balies import Balies
from bot.services.following import Following, Pace
from bot.services.linking import Linking
from bot.services.outbox import Outbox
from bot.services.people import People
from bot.services.reports import Reports
from bot.services.speaker import Speaker
from handlers import command, status
from handlers.context import Gate
from handlers.delivery import Delivery
from handlers.errors import Unforeseen
from handlers.files import Files
from handlers.report import ReportHandlers
from handlers.timers import Timers
from handlers.turn import Turns
from handlers.web import Web
from storage import facts
from storage.database import Connect, Database, connect

log = structlog.get_logger(__name__)

GRACE = 7.0
"""Seconds that what is in flight gets at the end; a supervisor waits ten before it kills."""
LAST_ANSWERS = 1.5
"""Seconds for acknowledgements that are under way; they take milliseconds."""
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
        database = await Database.open(settings.baliebot_database, kind=kind, connect=connect)
        stack.push_async_callback(database.aclose)
        sealer = Sealer(settings.secret_keys)
        linking = await Linking.open(database=database, sealer=sealer, clock=clock)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)))
        token = settings.slack_bot_token.get_secret_value()
        slack = SlackClient(token=token, base_url=settings.slack_api_url, session=session)
        identity = await _introduce(slack, clock)
        people = People(database=database, slack=slack, clock=clock, language=settings.baliebot_locale)
        patience = timedelta(seconds=settings.baliebot_poll_deadline)
        outbox = Outbox(database=database, clock=clock, patience=patience)
        balies = Balies(database=database)
        work = _clockwork(stack, settings, database, slack, people, linking, outbox, clock)
        wakeups = Wakeups(clock=clock, run_due=work.run_due)
        work.call_when_done(wakeups.wake)
        stack.push_async_callback(work.aclose, GRACE)
        stack.push_async_callback(wakeups.aclose)
        app = _bolt(settings, identity, database, slack, people, balies, outbox, clock, wakeups)
        url = await _listen(stack, settings, app, database, wakeups, clock)
        if timers:
            wakeups.start()
        log.info("started", team=identity.team)
        yield Bot(identity.team, url, linking, balies, work)


def _clockwork(
    stack: AsyncExitStack,
    settings: Settings,
    database: Database,
    slack: SlackClient,
    people: People,
    linking: Linking,
    outbox: Outbox,
    clock: Clock,
) -> Timers:
    uitpas = UitpasClient(
        base_url=settings.uitpas_api_url,
        consumer_key=settings.uitpas_consumer_key,
        consumer_secret=settings.uitpas_consumer_secret.get_secret_value(),
        clock=clock,
    )
    stack.push_async_callback(uitpas.aclose)
    pace = Pace(settings.baliebot_poll_first, settings.baliebot_poll_max, settings.baliebot_poll_deadline)
    following = Following(
        database=database, uitpas=uitpas, workbooks=Workbooks(), linking=linking, clock=clock, pace=pace
    )
    files = Files(outbox=outbox, following=following, slack=slack, people=people)
    delivery = Delivery(outbox=outbox, slack=slack, people=people, files=files, language=settings.baliebot_locale)
    return Timers(following=following, delivery=delivery, speaker=Speaker(database=database))


def _bolt(
    settings: Settings,
    identity: Identity,
    database: Database,
    slack: SlackClient,
    people: People,
    balies: Balies,
    outbox: Outbox,
    clock: Clock,
    wakeups: Wakeups,
) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_user_id=identity.user,
            bot_token=settings.slack_bot_token.get_secret_value(),
        )

    app = AsyncApp(authorize=authorize, request_verification_enabled=False)
    app.middleware(Gate(team=identity.team, people=people).check)
    turns = Turns(people=people, slack=slack)
    reports = Reports(database=database, clock=clock)
    report_verb = ReportHandlers(
        reports=reports,
        balies=balies,
        outbox=outbox,
        people=people,
        slack=slack,
        turns=turns,
        clock=clock,
        zone=settings.zone,
        wake=wakeups.wake,
    ).register(app)
    status_verb = status.verb(reports=reports, people=people, zone=settings.zone)
    command.register(app, [report_verb, status_verb], turns=turns)
    Unforeseen(slack=slack, language=settings.baliebot_locale).register(app)
    return app


async def _listen(
    stack: AsyncExitStack,
    settings: Settings,
    app: AsyncApp,
    database: Database,
    wakeups: Wakeups,
    clock: Clock,
) -> str:
    app_token = settings.slack_app_token.get_secret_value()
    socket: AsyncSocketModeHandler | None = None
    if app_token:
        client = AsyncWebClient(token=app_token, base_url=settings.slack_api_url)
        socket = AsyncSocketModeHandler(app, app_token=app_token, web_client=client)

    async def ready() -> dict[str, bool]:
        connected = socket is None or await socket.client.is_connected()
        return {"database": await _is_writable(database), "timers": wakeups.works, "slack": connected}

    pages = Web(
        app=None if socket else app,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        clock=clock,
        ready=ready,
    )
    runner = web.AppRunner(pages.application(), access_log=None, shutdown_timeout=LAST_ANSWERS, lingering_time=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"PORT {settings.port} on HOST {settings.host} can't be had: {reason}") from None
    if socket is not None:
        stack.push_async_callback(socket.close_async)
        await socket.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk left it without types
    port = runner.addresses[0][1]
    return f"http://{settings.host}:{port}"


async def _introduce(slack: SlackClient, clock: Clock) -> Identity:
    for attempt in range(1, SLACK_TRIES + 1):
        try:
            return await slack.identity()
        except (SlackUncertainError, SlackWaitError) as error:
            log.warning("slack_does_not_answer", error=str(error), attempt=attempt)
            await clock.sleep(2**attempt)
    raise SlackInstallationError("auth.test", "no_answer", "Slack can't be reached; look at SLACK_API_URL")


async def _is_writable(database: Database) -> bool:
    try:
        await asyncio.wait_for(database.transact(lambda tx: facts.put(tx, "pulse", "beats")), 5)
    except (StorageError, TimeoutError):
        return False
    return True
