"""The select in which a balie is searched as one types."""

from contextlib import suppress
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import SlackError
from bot.models import Standing
from bot.services.balies import Balies
from bot.services.people import People
from handlers.context import CALLER, Caller
from handlers.render.balies import offered


class BalieSelect:
    """Answers what somebody types into any such select."""

    def __init__(self, *, balies: Balies, people: People) -> None:
        self._balies = balies
        self._people = people

    async def handle(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Offer the balies that match what is typed; nothing to who is not known to be a member."""
        caller: Caller = context[CALLER]
        known = await self._people.remembered(caller.team, caller.user)
        if known.standing is Standing.MEMBER:
            found = await self._balies.matching(caller.team, str(body.get("value") or ""))
            await ack(**offered(found.balies, found.total, self._people.language(known.locale)))
            return
        await ack(options=[])
        if known.standing is None:
            with suppress(SlackError):  # the next letter they type is then answered
                await self._people.ask(caller.team, caller.user)
