"""What more than one branch of the program stands on: made once, and closed in reverse."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import structlog

from bot.clients.slack import Identity, SlackClient
from bot.clients.uitid import UitidClient
from bot.clients.uitpas import UitpasClient
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SlackInstallationError, SlackUncertainError, SlackWaitError
from bot.sealing import Sealer
from bot.services.balies import Balies
from bot.services.held_reports import HeldReports
from bot.services.link_endings import LinkEndings
from bot.services.link_seal import LinkSeal
from bot.services.linking import Linking
from bot.services.outbox import Outbox
from bot.services.people import People
from bot.services.suggestions import Suggestions
from bot.services.temporary_files import TemporaryFiles
from bot.services.trust import Trust
from bot.services.unlinking import Unlinking
from handlers.address import Address
from handlers.report_screen import Screen
from storage.database import Connect, Database

log = structlog.get_logger(__name__)

SLACK_TRIES = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """The long-lived objects, by what they are."""

    settings: Settings
    clock: Clock
    database: Database
    slack: SlackClient
    uitpas: UitpasClient
    uitid: UitidClient
    address: Address
    identity: Identity
    people: People
    sealer: Sealer
    linking: Linking
    link_seal: LinkSeal
    link_endings: LinkEndings
    trust: Trust
    unlinking: Unlinking
    held_reports: HeldReports
    balies: Balies
    outbox: Outbox
    temporary_files: TemporaryFiles
    patience: timedelta
    screen: Screen


async def assembled(stack: AsyncExitStack, settings: Settings, clock: Clock, kind: str, connect: Connect) -> Parts:
    """Make them; `stack` closes them.

    Raises:
        BaliebotError: the database can't be opened, the keys do not fit it, or Slack refuses the token.
    """
    database = await _database(stack, settings, kind, connect)
    sealer = Sealer(settings.secret_keys)
    linking = await Linking.open(database=database, sealer=sealer, clock=clock)
    slack = await _slack(stack, settings, clock)
    uitpas, uitid = _uitpas(stack, settings, clock)
    link_seal = LinkSeal(sealer=sealer)
    trust = Trust(uitpas=uitpas, linking=linking, clock=clock)
    people = People(database=database, slack=slack, clock=clock, language=settings.baliebot_locale)
    endings = LinkEndings(database=database, seal=link_seal, linking=linking, uitid=uitid, trust=trust, clock=clock)
    screen = Screen(slack=slack, suggestions=Suggestions(uitpas=uitpas, linking=linking, trust=trust))
    stack.push_async_callback(screen.aclose)
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        slack=slack,
        uitpas=uitpas,
        uitid=uitid,
        address=Address(settings.baliebot_public_url),
        identity=await _introduce(slack, clock),
        people=people,
        sealer=sealer,
        linking=linking,
        link_seal=link_seal,
        link_endings=endings,
        trust=trust,
        unlinking=Unlinking(database=database, linking=linking, endings=endings, people=people, clock=clock),
        held_reports=HeldReports(database=database, clock=clock),
        balies=Balies(database=database, clock=clock),
        outbox=Outbox(database=database, clock=clock, patience=settings.patience),
        temporary_files=TemporaryFiles(database=database, clock=clock),
        patience=settings.patience,
        screen=screen,
    )


async def _database(stack: AsyncExitStack, settings: Settings, kind: str, connect: Connect) -> Database:
    database = await Database.open(settings.baliebot_database, kind=kind, connect=connect)
    stack.push_async_callback(database.aclose)
    return database


async def _slack(stack: AsyncExitStack, settings: Settings, clock: Clock) -> SlackClient:
    session = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)))
    token = settings.slack_bot_token.get_secret_value()
    return SlackClient(token=token, base_url=settings.slack_api_url, session=session, clock=clock)


def _uitpas(stack: AsyncExitStack, settings: Settings, clock: Clock) -> tuple[UitpasClient, UitidClient]:
    url, key = settings.uitpas_api_url, settings.uitpas_consumer_key
    secret = settings.uitpas_consumer_secret.get_secret_value()
    uitpas = UitpasClient(base_url=url, consumer_key=key, consumer_secret=secret, clock=clock)
    uitid = UitidClient(base_url=url, consumer_key=key, consumer_secret=secret, clock=clock)
    stack.push_async_callback(uitpas.aclose)
    stack.push_async_callback(uitid.aclose)
    return uitpas, uitid


async def _introduce(slack: SlackClient, clock: Clock) -> Identity:
    for attempt in range(1, SLACK_TRIES + 1):
        try:
            return await slack.identity()
        except (SlackUncertainError, SlackWaitError) as error:
            log.warning("slack_does_not_answer", error=str(error), attempt=attempt)
            await clock.sleep(max(2**attempt, getattr(error, "retry_after", 0)))
    raise SlackInstallationError("auth.test", "no_answer", "Slack can't be reached; look at SLACK_API_URL")
