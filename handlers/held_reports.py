"""The two buttons under "your UiTiD is linked", for what was asked with another UiTiD: go on with it, or cancel it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.models import Language, Message
from bot.services.held_reports import HeldReports, NoLink
from bot.services.people import People
from handlers.members import is_member
from handlers.render import notices
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)


class HeldReportHandlers:
    """Takes in those clicks, which are about the reports of whoever clicks. `wake` lets the clock look at once."""

    def __init__(self, *, held: HeldReports, people: People, turns: Turns, wake: Callable[[], None]) -> None:
        self._held = held
        self._people = people
        self._turns = turns
        self._wake = wake

    def register(self, app: AsyncApp) -> None:
        """Listen for the buttons."""
        app.action(notices.GO_ON)(self.handle_go_on)
        app.action(notices.DROP)(self.handle_drop)

    async def handle_go_on(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Ask for the reports again with the UiTiD that is linked now."""
        await self._settle(self._turns.of(ack, body, context), self._held.go_on, notices.going_on)

    async def handle_drop(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Cancel the reports."""
        await self._settle(self._turns.of(ack, body, context), self._held.drop, notices.dropped)

    async def _settle(
        self,
        turn: Turn,
        settle: Callable[[str, str], Awaitable[int | NoLink]],
        told: Callable[[int, Language], Message],
    ) -> None:
        if not await is_member(turn, self._people):
            await turn.say(notices.not_allowed)
            return
        done = await settle(turn.caller.team, turn.caller.user)
        if isinstance(done, NoLink):
            await turn.say(notices.no_link)
            return
        log.info("held_reports", verb=settle.__name__, count=done)
        self._wake()
        await turn.say(partial(told, done))
