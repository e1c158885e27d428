"""What nobody listens for: buttons of older messages, forms of older versions, events somebody subscribed by hand.

Whatever is not acknowledged shows a warning to a person, or is brought again by Slack (docs.slack.dev: Handling user
interaction). So everything gets its acknowledgement, and a person who clicked is told what to do.
"""

import re
from functools import partial
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.models import Language
from handlers.context import CALLER, Caller
from handlers.render.blocks import modal, section
from handlers.render.report_answers import simple
from handlers.render.texts import Text
from handlers.turn import CLOSE, TITLE, Turns

log = structlog.get_logger(__name__)

ANYTHING = re.compile("")
"""Found in every name, the empty one too."""
OLD = Text(
    nl="Dit werkt niet meer, want de bot is intussen vernieuwd. Typ `/uitpas help` om te zien wat je kan vragen.",
    en="This no longer works, as the bot has changed since. Type `/uitpas help` to see what you can ask.",
)


class Leftovers:
    """Answers what no other listener took; to be registered last, as Bolt takes the first that fits."""

    def __init__(self, *, turns: Turns, language: Language) -> None:
        self._turns = turns
        self._language = language

    def register(self, app: AsyncApp) -> None:
        """Listen for everything."""
        app.action(ANYTHING)(self.handle_click)
        app.options(ANYTHING)(self.handle_typing)
        app.view_submission(ANYTHING)(self.handle_submission)
        for hear in (app.view_closed, app.shortcut, app.command, app.event):
            hear(ANYTHING)(self.handle_rest)

    async def handle_click(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Tell whoever clicked; what stands in a form was taken along with it."""
        _note(body)
        turn = self._turns.of(ack, body, context)
        await turn.done()
        if turn.response_url or turn.is_at_home:
            await turn.say(partial(simple, OLD))

    async def handle_typing(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Offer nothing."""
        _note(body)
        await ack(options=[])

    async def handle_submission(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Tell whoever handed in a form that nobody reads any more."""
        _note(body)
        caller: Caller = context[CALLER]
        language = caller.language or self._language
        await ack(response_action="update", view=modal(TITLE, language, [section(OLD.say(language))], close=CLOSE))

    async def handle_rest(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Acknowledge, so that it is not brought again."""
        _note(body)
        await ack()


def _note(body: dict[str, Any]) -> None:
    log.info("nobody_listens", kind=str(body.get("type") or "command"))
