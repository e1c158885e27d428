"""After linking: the balies of that account that are not mapped yet, offered to whoever may map them."""

from functools import partial

from bot.services.balie_rights import Listing, Rights
from bot.services.balies import Balies
from handlers.render.linking import unmapped
from handlers.turn import Turn


class LinkedBalies:
    """Offers; the button is that of `/uitpas balies synchroniseer`."""

    def __init__(self, *, rights: Rights, balies: Balies) -> None:
        self._rights = rights
        self._balies = balies

    async def offer(self, turn: Turn) -> None:
        """Show what this person may map and is not mapped; nothing when there is none, or nobody can tell."""
        listing = await self._rights.listing(turn.caller.team, turn.caller.user)
        if not isinstance(listing, Listing):
            return
        missing = await self._balies.missing(turn.caller.team, listing.own)
        if missing:
            await turn.say(partial(unmapped, missing), beside=True)
