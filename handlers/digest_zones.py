"""The time zones that the form of a digest knows, and the select in which one is searched as one types."""

from contextlib import suppress
from typing import Any
from zoneinfo import available_timezones

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import SlackError
from bot.models import Standing
from bot.services.people import People
from handlers.context import CALLER, Caller
from handlers.render.digest_form import zones_offered

MOST = 100
"""Slack: "Select menu element", options."""
_HIDDEN = ("Etc/", "SystemV/", "posix/", "right/")


class Zones:
    """The zones that carry a place's name, UTC, and the bot's own; those of its part of the world go first."""

    def __init__(self, *, home: str) -> None:
        region = home.partition("/")[0]
        named = {zone for zone in available_timezones() if "/" in zone and not zone.startswith(_HIDDEN)}
        self._all = sorted({*named, "UTC", home}, key=lambda zone: (zone != home, not zone.startswith(region), zone))

    def __contains__(self, zone: str) -> bool:
        """Return whether there is such a zone."""
        return zone in self._all

    def matching(self, words: str) -> list[str]:
        """Return the zones whose names hold all these words."""
        wanted = words.casefold().replace("_", " ").split()
        return [zone for zone in self._all if all(word in zone.casefold().replace("_", " ") for word in wanted)]


class ZoneSelect:
    """Answers what somebody types into the select of zones."""

    def __init__(self, *, zones: Zones, people: People) -> None:
        self._zones = zones
        self._people = people

    async def handle(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Offer the zones that match what is typed; nothing to who is not known to be a member."""
        caller: Caller = context[CALLER]
        known = await self._people.remembered(caller.team, caller.user)
        if known.standing is Standing.MEMBER:
            found = self._zones.matching(str(body.get("value") or ""))
            await ack(**zones_offered(found[:MOST], len(found), self._people.language(known.locale)))
            return
        await ack(options=[])
        if known.standing is None:
            with suppress(SlackError):  # the next letter they type is then answered
                await self._people.ask(caller.team, caller.user)
