"""`/uitpas ontkoppel`: says what stops, and unlinks after one more click. Guests may, too: it is their own UiTiD."""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.services.unlinking import Unlinking
from handlers.command import Verb
from handlers.render import unlinking as pictures
from handlers.render.help import Topic
from handlers.render.texts import Text
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)

TOPIC = Topic(
    usage=Text(nl="ontkoppel", en="disconnect"),
    form=Text(nl="ontkoppel", en="disconnect"),
    purpose=Text(nl="maakt je UiTiD los van deze bot", en="unlinks your UiTiD from this bot"),
)


class UnlinkHandlers:
    """Takes in the verb and the click. `wake` lets the clock look at once."""

    def __init__(self, *, unlinking: Unlinking, turns: Turns, wake: Callable[[], None]) -> None:
        self._unlinking = unlinking
        self._turns = turns
        self._wake = wake

    def register(self, app: AsyncApp) -> Verb:
        """Listen for the button; return the verb."""
        app.action(pictures.UNLINK)(self.handle_click)
        return Verb("ontkoppel", "disconnect", TOPIC, self.handle_words)

    async def handle_words(self, turn: Turn, words: str) -> None:
        """Ask whether they mean it; stop a link that is only under way at once, as nothing is lost by that."""
        del words
        team, user = turn.caller.team, turn.caller.user
        at_stake = await self._unlinking.stakes(team, user)
        if at_stake is not None:
            await turn.say(partial(pictures.question, at_stake.reports, at_stake.digests))
            return
        stopped = await self._unlinking.stop(team, user)
        await turn.say(lambda language: pictures.nothing(stopped=stopped, language=language))

    async def handle_click(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Unlink whoever clicks."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        done = await self._unlinking.unlink(turn.caller.team, turn.caller.user)
        if done is None:
            await turn.say(lambda language: pictures.nothing(stopped=False, language=language))
            return
        log.info("unlinked", access=done.access, held=done.held)
        self._wake()
        await turn.say(partial(pictures.done, done.access.value, done.held, done.digests))
