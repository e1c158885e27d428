"""What more than one branch of the program stands on: made once, and closed in reverse."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import structlog

from bot.clients.slack import Identity, SlackClient
from bot.clients.uitpas import UitpasClient
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SlackInstallationError, SlackUncertainError, SlackWaitError
from bot.sealing import Sealer
from bot.services.balies import Balies
from bot.services.linking import Linking
from bot.services.outbox import Outbox
from bot.services.people import People
from bot.services.suggestions import Suggestions
from bot.services.temporary_files import TemporaryFiles
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
    identity: Identity
    people: People
    sealer: Sealer
    linking: Linking
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
    database = await Database.open(settings.baliebot_database, kind=kind, connect=connect)
    stack.push_async_callback(database.aclose)
    sealer = Sealer(settings.secret_keys)
    linking = await Linking.open(database=database, sealer=sealer, clock=clock)
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
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        slack=slack,
        uitpas=uitpas,
        identity=await _introduce(slack, clock),
        people=People(database=database, slack=slack, clock=clock, language=settings.baliebot_locale),
        sealer=sealer,
        linking=linking,
        balies=Balies(database=database, clock=clock),
        outbox=Outbox(database=database, clock=clock, patience=patience),
        temporary_files=TemporaryFiles(database=database, clock=clock),
        patience=patience,
        screen=screen,
    )


async def _introduce(slack: SlackClient, clock: Clock) -> Identity:
    for attempt in range(1, SLACK_TRIES + 1):
        try:
            return await slack.identity()
        except (SlackUncertainError, SlackWaitError) as error:
            log.warning("slack_does_not_answer", error=str(error), attempt=attempt)
            await clock.sleep(max(2**attempt, getattr(error, "retry_after", 0)))
    raise SlackInstallationError("auth.test", "no_answer", "Slack can't be reached; look at SLACK_API_URL")
