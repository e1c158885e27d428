"""The code of a link, from the form or typed after `/uitpas koppel` (S7, S8).

It is compared before the acknowledgement, which waits for nobody but SQLite; UiTiD is asked after it.
"""

import asyncio
import json
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import SlackClient
from bot.errors import SlackError
from bot.links import Link
from bot.models import Language
from bot.services.link_codes import Confirm, LinkCodes, letters
from handlers.context import CALLER, Caller
from handlers.errors import UNTIL_TAKEN
from handlers.linking_outcomes import ended, wrong
from handlers.render import linking as pictures
from handlers.render import linking_texts as texts
from handlers.render.blocks import message
from handlers.render.link_button import with_link_button
from handlers.render.report_answers import simple
from handlers.repeats import Repeats
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LinkFormState:
    """What the form must still know when it comes back: how to speak, and where what opened it is answered."""

    language: Language
    response_url: str
    is_whisper: bool

    def encode(self) -> str:
        """Return it as text."""
        return json.dumps(["link", self.language, self.response_url, self.is_whisper])

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what `encode` made a text of.

        Raises:
            ValueError: it is something else.
        """
        kind, language, url, is_whisper = json.loads(text)
        if kind != "link":
            raise ValueError(kind)
        return cls(Language(language), str(url), bool(is_whisper))


class LinkForm:
    """Opens the form, and takes codes."""

    def __init__(self, *, codes: LinkCodes, slack: SlackClient, turns: Turns, repeats: Repeats) -> None:
        self._repeats = repeats
        self._codes = codes
        self._slack = slack
        self._turns = turns

    def register(self, app: AsyncApp) -> None:
        """Listen for the button that opens the form, and for the form."""
        app.action(pictures.ENTER)(self.handle_open)
        app.view(pictures.CALLBACK)(self.handle)

    async def handle_open(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        state = LinkFormState(await turn.language(), turn.response_url, turn.is_whisper)
        view = {**pictures.code_form(state.language), "private_metadata": state.encode()}
        try:
            await turn.put(view)
        except SlackError as error:
            log.warning("form_not_opened", error=str(error))
            await turn.say(partial(simple, texts.FORM_TOO_LATE), beside=True)

    async def handle(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Compare the code; keep the form open while it is not right and may be tried again."""
        caller: Caller = context[CALLER]
        view = body["view"]
        state = LinkFormState.decode(view["private_metadata"])
        typed = str(view["state"]["values"][pictures.CODE][pictures.CODE]["value"] or "")
        if not letters(typed):
            await ack(response_action="errors", errors={pictures.CODE: texts.NO_CODE.say(state.language)})
            return
        link = await self._codes.compare(caller.team, caller.user, typed)
        if not isinstance(link, Link):
            await ack(response_action="errors", errors={pictures.CODE: wrong(link, state.language)})
            return
        await self._taken(ack, state)
        turn = self._turns.after_form(
            ack,
            caller,
            language=state.language,
            response_url=state.response_url,
            is_whisper=state.is_whisper,
            view="" if state.response_url else str(view["id"]),
        )
        await self._exchange(turn, link)

    async def _taken(self, ack: AsyncAck, state: LinkFormState) -> None:
        """Close the form where the answer comes elsewhere; one that was opened from the Home stays, to be answered."""
        if state.response_url:
            await ack()
            return
        await ack(response_action="update", view=pictures.asking(state.language))
        await asyncio.sleep(UNTIL_TAKEN)  # else the answer might be shown first, and be replaced by this

    async def enter(self, turn: Turn, typed: str) -> None:
        """Take a code that was typed after the verb."""
        if not letters(typed):
            await turn.say(partial(simple, texts.NO_CODE))
            return
        if not self._repeats.is_first(turn.caller.trigger):
            await turn.done()
            return
        link = await self._codes.compare(turn.caller.team, turn.caller.user, typed)
        if isinstance(link, Link):
            await turn.done()
            await self._exchange(turn, link)
        else:
            await turn.say(lambda language: message(wrong(link, language)))

    async def _exchange(self, turn: Turn, link: Link) -> None:
        outcome = await self._codes.exchange(link)
        if isinstance(outcome, Confirm):
            await turn.say(partial(pictures.confirm, outcome.link, outcome.balies))
        else:
            await turn.say(lambda language: with_link_button(ended(outcome, language), language))
