"""Who somebody is in Slack: language, and whether they may work with the bot at all."""

from datetime import timedelta

from bot.clients.slack import SlackClient
from bot.clock import Clock
from bot.models import Language, Person, Standing
from storage import people
from storage.database import Database
from storage.people import Remembered

FRESH = timedelta(hours=24)
"""How long an answer of Slack about somebody is good enough for language and standing."""


class People:
    """Asks Slack about people, and remembers it."""

    def __init__(self, *, database: Database, slack: SlackClient, clock: Clock, language: Language) -> None:
        self._database = database
        self._slack = slack
        self._clock = clock
        self._language = language

    async def remembered(self, team: str, user: str) -> Remembered:
        """Return what is known of somebody without asking Slack."""
        return await self._database.read(lambda tx: people.get(tx, team, user))

    async def ask(self, team: str, user: str) -> Person:
        """Ask Slack who somebody is, and remember it.

        Raises:
            SlackError: Slack did not say.
        """
        person = await self._slack.person(team, user)
        await self._database.transact(lambda tx: people.seen(tx, person, self._clock.now()))
        return person

    async def standing(self, team: str, user: str) -> Standing:
        """Return somebody's standing, asked again when the last answer is a day old.

        Raises:
            SlackError: it had to be asked, and Slack did not say.
        """
        known = await self.remembered(team, user)
        if known.standing is not None and self.is_fresh(known):
            return known.standing
        return (await self.ask(team, user)).standing

    def is_fresh(self, known: Remembered) -> bool:
        """Return whether what is known need not be asked again."""
        return known.checked_at is not None and self._clock.now() - known.checked_at < FRESH

    def language(self, locale: str | None) -> Language:
        """Return the language for a Slack locale; the bot's own for people whose Slack is neither."""
        spoken = (locale or "").partition("-")[0].lower()
        return Language(spoken) if spoken in set(Language) else self._language
