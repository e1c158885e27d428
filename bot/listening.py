"""Where the bot is reached: its HTTP door, and Slack's Socket Mode where there is an app-level token."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.errors import SettingsError, StorageError
from bot.parts import Parts
from bot.scheduling import Wakeups
from handlers import door
from handlers.link_pages import LinkPages
from handlers.web import Web
from storage import facts
from storage.database import BRIEFLY, Database


@asynccontextmanager
async def listening(parts: Parts, app: AsyncApp, pages: LinkPages, wakeups: Wakeups) -> AsyncIterator[str]:
    """Hand what comes from Slack to `app`; yield where the pages are, which is the public address if none was set.

    At the end the socket closes first, then the door, and what is being answered still is.

    Raises:
        SettingsError: the port can't be had.
    """
    settings = parts.settings
    socket = _socket(settings, app)

    async def ready() -> dict[str, bool]:
        connected = parts.slack.is_installed and (socket is None or await socket.client.is_connected())
        return {
            "database": await _is_writable(parts.database),
            "timers": wakeups.works,
            "slack": connected,
            "uitpas": not parts.trust.is_refused,
        }

    site = Web(
        app=None if socket else app,
        pages=pages,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        clock=parts.clock,
        ready=ready,
    )
    async with AsyncExitStack() as stack:
        url = f"http://{settings.host}:{await _open(stack, settings, site)}"
        parts.address.settle(url)
        if socket is not None:
            stack.push_async_callback(socket.close_async)
            await socket.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk left it without types
        yield url


def _socket(settings: Settings, app: AsyncApp) -> AsyncSocketModeHandler | None:
    app_token = settings.slack_app_token.get_secret_value()
    if not app_token:
        return None
    client = AsyncWebClient(token=app_token, base_url=settings.slack_api_url)
    return AsyncSocketModeHandler(app, app_token=app_token, web_client=client)


async def _open(stack: AsyncExitStack, settings: Settings, site: Web) -> int:
    serving = door.serving(site.application(), host=settings.host, port=settings.port)
    try:
        return await stack.enter_async_context(serving)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"PORT {settings.port} on HOST {settings.host} can't be had: {reason}") from None


async def _is_writable(database: Database) -> bool:
    try:
        await database.transact(lambda tx: facts.put(tx, "pulse", "beats"), patience=BRIEFLY)
    except StorageError:
        return False
    return True
