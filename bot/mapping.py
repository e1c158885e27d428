"""`baliebot balies import` and `export`: the mapping as a file, without starting the bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.clients.slack import SlackClient
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SettingsError
from bot.services.balies import Balies
from storage.database import Database


async def import_balies(settings: Settings, file: Path, team: str) -> int:
    """Import a CSV; return how many balies it held.

    Raises:
        SettingsError: the file can't be read, or the team is not known.
        ImportFileError: a line is wrong. Nothing was changed.
    """
    text = _read(file)
    async with _balies(settings) as balies:
        return await balies.import_csv(await _team(settings, team), text)


async def export_balies(settings: Settings, team: str) -> str:
    """Return the mapping as CSV."""
    async with _balies(settings) as balies:
        return await balies.export_csv(await _team(settings, team))


@asynccontextmanager
async def _balies(settings: Settings) -> AsyncIterator[Balies]:
    database = await Database.open(settings.baliebot_database, kind="serve")
    try:
        yield Balies(database=database, clock=Clock())
    finally:
        await database.aclose()


async def _team(settings: Settings, team: str) -> str:
    if team:
        return team
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        raise SettingsError("SLACK_BOT_TOKEN is not set, so name the Slack team with --team")
    async with aiohttp.ClientSession() as session:
        slack = SlackClient(token=token, base_url=settings.slack_api_url, session=session, clock=Clock())
        return (await slack.identity()).team


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} can't be read as UTF-8 text: {type(error).__name__}") from None
