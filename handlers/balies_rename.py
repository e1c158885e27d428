"""The form in which a balie gets another alias.

Slack waits three seconds for the form, and as long for the answer to it; so rights, which Slack and UiTPAS are asked
for, are looked at after the form is closed, and the answer goes where the button was.
"""

from functools import partial
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import SlackClient
from bot.errors import SlackError
from bot.models import Balie, Message
from bot.services.aliases import tidied
from bot.services.balie_changes import BalieChanges, Gone, Refused
from bot.services.balie_rights import Rights
from bot.services.balies import Balies
from handlers.balies_state import RenameState, number_of
from handlers.context import CALLER, Caller
from handlers.render import balies as pictures
from handlers.render import balies_answers as answers
from handlers.render import balies_texts as texts
from handlers.render.formats import desk
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)


class BalieRename:
    """Opens the form and takes it in."""

    def __init__(
        self, *, balies: Balies, changes: BalieChanges, rights: Rights, slack: SlackClient, turns: Turns
    ) -> None:
        self._balies = balies
        self._changes = changes
        self._rights = rights
        self._slack = slack
        self._turns = turns

    def register(self, app: AsyncApp) -> None:
        """Listen for the button and the form."""
        app.action(pictures.RENAME)(self.handle_button)
        app.view(pictures.CALLBACK)(self.handle_form)

    async def handle_button(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        balie = await self._balies.get(turn.caller.team, number_of(body["actions"][0]))
        if balie is None:
            await turn.say(lambda language: pictures.note(texts.GONE.say(language), language))
            return
        try:
            await self._open(turn, balie)
        except SlackError as error:
            log.warning("form_not_opened", error=str(error))
            told = partial(pictures.one, balie, turn.caller.channel)
            await turn.say(lambda language: told(language, note=texts.NOT_OPENED.say(language)))

    async def handle_form(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Change the alias, or say at the field what is wrong with it."""
        caller: Caller = context[CALLER]
        state = RenameState.decode(body["view"]["private_metadata"])
        alias = tidied(_typed(body["view"]))
        refusal = await self._changes.refusal(caller.team, state.balie, alias)
        if refusal is not None:
            why = refusal.why if isinstance(refusal, Refused) else "gone"
            await ack(response_action="errors", errors={pictures.ALIAS: texts.WRONG[why].say(state.language)})
            return
        await ack()
        answer = await self._answer(caller, state, alias)
        try:
            await self._slack.respond(state.response_url, answer, replace=state.is_whisper)
        except SlackError as error:
            log.warning("answer_lost", error=str(error))

    async def _open(self, turn: Turn, balie: Balie) -> None:
        language = await turn.language()
        caller = turn.caller
        state = RenameState(balie.id, caller.channel, language, turn.response_url, turn.is_whisper)
        view = {**pictures.form(balie, language), "private_metadata": state.encode()}
        await self._slack.open_view(caller.trigger, view)

    async def _answer(self, caller: Caller, state: RenameState, alias: str) -> Message:
        language = state.language
        balie = await self._balies.get(caller.team, state.balie)
        if balie is None:
            return pictures.note(texts.GONE.say(language), language)
        denial = await self._rights.denial(balie, caller.user)
        if denial is not None:
            return answers.denied(balie, state.channel, denial, language)
        done = await self._changes.rename(caller.team, balie.id, alias)
        match done:
            case Gone():
                return pictures.note(texts.GONE.say(language), language)
            case Refused():
                said = texts.TAKEN_SINCE.say(language, alias=alias)
                return pictures.one(balie, state.channel, language, note=said)
        log.info("balie_changed", verb="rename", balie=balie.id)
        said = texts.RENAMED.say(language, balie=desk(done), alias=done.alias)
        return pictures.one(done, state.channel, language, note=said)


def _typed(view: dict[str, Any]) -> str:
    values = view["state"]["values"]
    return str(values[pictures.ALIAS][pictures.ALIAS].get("value") or "")
