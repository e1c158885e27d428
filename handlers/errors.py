"""The one place for what no listener answered: the person gets a sentence, the log gets the rest."""

import asyncio
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from bot.clients.slack import SlackClient
from bot.errors import SlackError, StorageError
from bot.models import Language, Message
from handlers.context import CALLER, Caller
from handlers.references import new_reference
from handlers.render.blocks import window
from handlers.render.report_answers import simple
from handlers.render.texts import Text
from handlers.turn import CLOSE, TITLE

log = structlog.get_logger(__name__)

BROKEN = Text(
    nl="Er ging iets mis in de bot. Typ `/uitpas status` om te zien of je vraag loopt, en probeer het anders opnieuw;"
    " blijft het misgaan, geef dan `{reference}` door aan de beheerder.",
    en="Something went wrong in the bot. Type `/uitpas status` to see whether your request is running, and try again"
    " if not; if it keeps happening, give `{reference}` to its manager.",
)
FULL = Text(
    nl="De bot kan nu niets bewaren, dus is er niets aangevraagd. Probeer het over een minuut opnieuw.",
    en="The bot can't store anything now, so nothing was asked for. Try again in a minute.",
)

UNTIL_TAKEN = 0.1
"""Seconds. Bolt looks every 10 ms whether there is an acknowledgement, and drops the one there is once we return."""


class Unforeseen:
    """Answers for listeners that raised."""

    def __init__(self, *, slack: SlackClient, language: Language) -> None:
        self._slack = slack
        self._language = language

    def register(self, app: AsyncApp) -> None:
        """Take whatever a listener raises."""
        app.error(self.handle)

    async def handle(
        self,
        error: Exception,
        ack: AsyncAck,
        body: dict[str, Any],
        context: dict[str, Any],
        response: BoltResponse | None,
    ) -> BoltResponse | None:
        """Log it, acknowledge unless that was done (`response` is then missing), and tell the person."""
        caller: Caller | None = context.get(CALLER)
        reference = caller.request_id if caller else new_reference()
        log.error("listener_failed", kind=type(error).__name__, exc_info=error, request_id=reference)
        text = FULL if isinstance(error, StorageError) else BROKEN
        language = (caller.language if caller else None) or self._language
        said = simple(text, language, reference=reference)
        if response is not None and "command" in body:
            return await ack(text=said.text)
        if response is None:
            await asyncio.sleep(UNTIL_TAKEN)
        acknowledged = None if response is None else await ack(**_acknowledgement(body, said.text))
        await self._tell(body, said, language)
        return acknowledged

    async def _tell(self, body: dict[str, Any], said: Message, language: Language) -> None:
        try:
            if url := body.get("response_url"):
                await self._slack.respond(str(url), said)
            elif (body.get("view") or {}).get("type") == "home":
                view = window(TITLE, language, said, close=CLOSE)
                await self._slack.open_view(str(body.get("trigger_id", "")), view)
        except SlackError as failure:
            log.warning("answer_lost", error=str(failure))


def _acknowledgement(body: dict[str, Any], sentence: str) -> dict[str, Any]:
    """Keep a form that was handed in open, with the sentence at its first field; an empty one would close it."""
    blocks = (body.get("view") or {}).get("blocks") or []
    fields = [block["block_id"] for block in blocks if block["type"] == "input"]
    if body.get("type") != "view_submission" or not fields:
        return {}
    return {"response_action": "errors", "errors": {fields[0]: sentence.replace("`", "")}}
