"""One turn of a conversation: acknowledge what somebody did, and answer them alone.

Slack wants its acknowledgement within three seconds, so nothing but SQLite is waited for before it. When the language
of the person is known the answer travels in the acknowledgement of a command; otherwise Slack is asked for it
afterwards and the answer follows by the `response_url`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import SlackClient
from bot.errors import SlackError
from bot.models import Language, Message
from bot.services.people import People
from handlers.context import CALLER, Caller
from handlers.render.blocks import window
from handlers.render.texts import Title

log = structlog.get_logger(__name__)

Saying: TypeAlias = Callable[[Language], Message]
"""Something to say, in a language still to be chosen."""
TITLE = Title(nl="UiTPAS", en="UiTPAS")
CLOSE = Title(nl="Sluiten", en="Close")


@dataclass(slots=True)
class Turn:
    """What a listener answers with. `is_whisper` says that they clicked in a message that only they see.

    Where there is no `response_url` they read the answer where they look: what is pressed in the Home opens a modal,
    and what is pressed in a modal (`view`) changes that one. After a shortcut there is neither, and the answer goes to
    their direct messages, for them alone to see.
    """

    caller: Caller
    ack: AsyncAck
    response_url: str
    is_command: bool
    is_whisper: bool
    people: People
    slack: SlackClient
    is_acknowledged: bool = False
    is_at_home: bool = False
    view: str = ""
    shown: Message | None = None

    async def done(self) -> None:
        """Acknowledge, and say nothing (more)."""
        if not self.is_acknowledged:
            self.is_acknowledged = True
            await self.ack()

    async def say(self, saying: Saying, *, beside: bool = False) -> None:
        """Answer the person alone, acknowledging first if that was not done.

        A whisper they clicked in is replaced, unless the answer is to stand `beside` it. In a modal it then stands
        under what was said before.
        """
        if self.is_command and not self.is_acknowledged and self.caller.language is not None:
            self.is_acknowledged = True
            answer = saying(self.caller.language)
            await self.ack(text=answer.text, blocks=list(answer.blocks))
            return
        await self.done()
        language = await self.language()
        message = saying(language)
        try:
            if self.response_url:
                await self.slack.respond(self.response_url, message, replace=self.is_whisper and not beside)
            elif not await self._say_in_modal(message, language, beside=beside):
                direct = await self.slack.open_dm(self.caller.user)
                await self.slack.whisper(direct, self.caller.user, message)
        except SlackError as error:
            log.warning("answer_lost", error=str(error))

    async def put(self, view: dict[str, Any]) -> None:
        """Put a modal before them: in place of the one they clicked in, else by the trigger of what they did.

        Raises:
            SlackError: it could not be opened.
        """
        if self.view:
            await self.slack.update_view(self.view, view)
        else:
            self.view = (await self.slack.open_view(self.caller.trigger, view)).id

    async def _say_in_modal(self, message: Message, language: Language, *, beside: bool) -> bool:
        """Say it in a modal; return False where they look at none, or have closed it, or Slack opened it too late."""
        if not (self.view or self.is_at_home):
            return False
        if beside and self.shown is not None:
            message = Message(self.shown.text, (*self.shown.blocks, *message.blocks))
        self.shown = message
        try:
            await self.put(window(TITLE, language, message, close=CLOSE))
        except SlackError as error:
            log.info("modal_not_shown", error=str(error))
            return False
        return True

    async def language(self) -> Language:
        """Return the language to answer in; after the acknowledgement, as Slack may have to be asked."""
        if self.caller.language is not None:
            return self.caller.language
        known = await self.people.remembered(self.caller.team, self.caller.user)
        if self.people.is_fresh(known):  # by now: somebody asked since the turn began
            return self.people.language(known.locale)
        try:
            person = await self.people.ask(self.caller.team, self.caller.user)
        except SlackError as error:
            log.warning("person_unknown", error=str(error))
            return self.people.language(None)
        return self.people.language(person.locale)


class Turns:
    """Makes a `Turn` of what Bolt hands to a listener."""

    def __init__(self, *, people: People, slack: SlackClient) -> None:
        self._people = people
        self._slack = slack

    def of(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> Turn:
        """Return the turn that this command or click begins."""
        caller: Caller = context[CALLER]
        url = str(body.get("response_url", ""))
        is_whisper = bool((body.get("container") or {}).get("is_ephemeral"))
        turn = Turn(caller, ack, url, "command" in body, is_whisper, self._people, self._slack)
        view: Mapping[str, Any] = body.get("view") or {}
        turn.is_at_home = view.get("type") == "home"
        turn.view = str(view["id"]) if view.get("type") == "modal" else ""
        return turn

    def after_form(
        self,
        ack: AsyncAck,
        caller: Caller,
        *,
        language: Language,
        response_url: str,
        is_whisper: bool,
        view: str = "",
    ) -> Turn:
        """Return the turn that goes on after a form was taken in and acknowledged: where what opened it is answered.

        Where nothing can be answered there, `view` may say which modal is still before them.
        """
        asker = replace(caller, language=language)
        turn = Turn(asker, ack, response_url, False, is_whisper, self._people, self._slack)  # noqa: FBT003 - no command
        turn.is_acknowledged = True
        turn.view = view
        return turn
