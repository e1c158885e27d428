"""The form of a report: `/uitpas rapport` with nothing after it, and the shortcut `report`."""

from dataclasses import replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import SlackClient
from bot.clock import Clock
from bot.errors import SlackError
from bot.models import Balie, Language, Message
from bot.services.balies import Balies
from bot.services.periods import last_quarter
from bot.services.reports import Reports
from handlers.balie_select import BalieSelect
from handlers.context import Caller
from handlers.render import report_form_texts as texts
from handlers.render.report_answers import simple
from handlers.render.report_form import BALIE, CALLBACK, CHANNEL, OFFERS, OPEN, PLACE, Form, Place, notice
from handlers.report_entry import Entry, period_of, restored
from handlers.report_outcomes import explained, sentence
from handlers.report_screen import Screen
from handlers.report_submission import Submission
from handlers.state import FormState
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)
SHORTCUT = "report"


class ReportForm:
    """Opens the form and follows what is chosen in it."""

    def __init__(
        self,
        *,
        reports: Reports,
        balies: Balies,
        slack: SlackClient,
        turns: Turns,
        select: BalieSelect,
        screen: Screen,
        submission: Submission,
        clock: Clock,
        zone: ZoneInfo,
    ) -> None:
        self._reports = reports
        self._balies = balies
        self._slack = slack
        self._turns = turns
        self._select = select
        self._screen = screen
        self._submission = submission
        self._clock = clock
        self._zone = zone

    def register(self, app: AsyncApp) -> None:
        """Listen for the shortcut, the elements of the form and its submission."""
        app.shortcut(SHORTCUT)(self.handle_shortcut)
        app.action(OPEN)(self.handle_button)
        for element in (BALIE, PLACE, CHANNEL):
            app.action(element)(self.handle_choice)
        app.action(OFFERS)(self.handle_period)
        app.options(BALIE)(self._select.handle)
        app.view(CALLBACK)(self._submission.handle)

    async def open(self, turn: Turn, balie: Balie | None = None) -> None:
        """Open the form for whoever typed the command, with this balie or their usual one; or say why not."""
        if turn.caller.language is None:
            await turn.done()
        language = await turn.language()  # asking Slack tells, besides, whether they are a member
        refusal = await self._reports.refusal(turn.caller.team, turn.caller.user)
        if refusal is not None:
            await turn.say(partial(explained, refusal))
            return
        await turn.done()
        try:
            await self._open(turn, language, balie)
        except SlackError as error:
            log.warning("form_not_opened", error=str(error))
            await turn.say(partial(simple, texts.TOO_LATE))

    async def handle_button(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form for whoever pressed the button."""
        await self.open(self._turns.of(ack, body, context))

    async def handle_shortcut(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form where there is no channel."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        language = await turn.language()
        refusal = await self._reports.refusal(turn.caller.team, turn.caller.user)
        try:
            if refusal is None:
                await self._open(turn, language, None)
            else:
                await self._slack.open_view(turn.caller.trigger, notice(sentence(refusal, language), language))
        except SlackError as error:
            log.warning("form_not_opened", error=str(error))
            await self._tell(turn.caller, simple(texts.TOO_LATE, language))

    async def handle_choice(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Show the form for the balie, place or channel that was just chosen."""
        turn, action = self._turns.of(ack, body, context), body["actions"][0]["action_id"]
        await turn.done()
        shown, state = await self._restored(turn.caller, body["view"])
        shown = replace(shown, offer=None) if action == BALIE else replace(shown, readers=None)
        await self._screen.change(body["view"]["id"], shown, state, turn.caller.user)

    async def handle_period(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Take the days of the period that was just chosen over."""
        turn, chosen = self._turns.of(ack, body, context), body["actions"][0]["selected_option"]
        await turn.done()
        shown, state = await self._restored(turn.caller, body["view"])
        taken = replace(shown, period=period_of(chosen["value"]), picked=shown.picked + 1)
        await self._screen.change(body["view"]["id"], taken, state, turn.caller.user)

    async def _open(self, turn: Turn, language: Language, balie: Balie | None) -> None:
        caller = turn.caller
        # a direct message with a colleague is no place the bot can write in, and the one with the bot is "only to me"
        origin = "" if caller.channel.startswith("D") else caller.channel
        shown = Form(
            origin=origin,
            period=last_quarter(self._clock.today(self._zone)),
            balie=balie or await self._balies.usual(caller.team, channel=caller.channel, user=caller.user),
            place=Place.HERE if origin else Place.ME,
        )
        state = FormState(language, origin, caller.trigger)
        if turn.view:
            await self._screen.change(turn.view, shown, state, caller.user)
        else:
            await self._screen.open(caller.trigger, shown, state, caller.user)

    async def _tell(self, caller: Caller, said: Message) -> None:
        """Say something in direct messages, once at most: a hint that is lost costs a click."""
        try:
            direct = await self._slack.open_dm(caller.user)
            await self._slack.post(direct, said, key=f"{SHORTCUT}:{caller.trigger}")
        except SlackError as error:
            log.warning("answer_lost", error=str(error))

    async def _restored(self, caller: Caller, view: dict[str, Any]) -> tuple[Form, FormState]:
        state, entry = FormState.decode(view["private_metadata"]), Entry.read(view)
        balie = None if entry.balie is None else await self._balies.get(caller.team, entry.balie)
        return restored(view, state, entry, balie, otherwise=last_quarter(self._clock.today(self._zone))), state
