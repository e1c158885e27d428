"""The form of a report, handed in: everything wrong is told at its field at once, and nothing typed is lost.

Slack waits three seconds for the answer, so what Slack itself is asked in between gets one second each.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import SlackClient
from bot.clock import Clock
from bot.errors import SlackError
from bot.models import Audience, Conversation
from bot.services.balies import Balies, UnknownBalie, WhichBalie
from bot.services.periods import PeriodError, Words, last_quarter, whole
from bot.services.reports import AlreadyRunning, DeliveredBefore, Outcome, Repeated, Reports, Request, Started
from handlers.context import CALLER, Caller
from handlers.render import report_form_texts as texts
from handlers.render.report_answers import running
from handlers.render.report_form import BALIE, CHANNEL, FIRST, LAST, PLACE, Form, Place, asked, notice
from handlers.render.texts import Text
from handlers.report_entry import Entry, restored
from handlers.report_outcomes import sentence, thread_of
from handlers.report_screen import Screen, picture
from handlers.state import FormState

log = structlog.get_logger(__name__)

PATIENCE = 1.0
"""Seconds for a question to Slack while a person waits for the answer to theirs."""


class Submission:
    """Takes forms that were handed in."""

    def __init__(
        self,
        *,
        reports: Reports,
        balies: Balies,
        slack: SlackClient,
        screen: Screen,
        clock: Clock,
        zone: ZoneInfo,
        wake: Callable[[], None],
    ) -> None:
        self._reports = reports
        self._balies = balies
        self._slack = slack
        self._screen = screen
        self._clock = clock
        self._zone = zone
        self._wake = wake

    async def handle(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Ask for the report, or say at which fields something is wrong."""
        caller: Caller = context[CALLER]
        view = body["view"]
        state = FormState.decode(view["private_metadata"])
        entry = Entry.read(view)
        today = self._clock.today(self._zone)
        balie = None if entry.balie is None else await self._balies.get(caller.team, entry.balie)
        shown = restored(view, state, entry, balie, otherwise=last_quarter(today))
        shown = replace(shown, readers=await self._readers(shown))
        period, problems = _days(entry, shown, today)
        problems |= _places(shown) | ({} if balie else {BALIE: texts.NO_SUCH_BALIE})
        if problems or period is None or period.period is None or balie is None:
            errors = {block: text.say(state.language) for block, text in problems.items()}
            await ack(response_action="errors", errors=errors)
            return
        channel = await self._channel(caller, shown)
        if channel is None:
            shown = replace(shown, alert=texts.SLACK_SILENT.say(state.language))
            await ack(response_action="update", view=picture(shown, state))
            return
        request = Request(
            team=caller.team,
            user=caller.user,
            channel=channel,
            period=period.period,
            clipped=period.clipped,
            balie=balie.id,
            anew=entry.anew,
            private_file=bool(entry.private_file),
            key=f"{state.key}:{balie.id}:{period.period.first}:{period.period.last}:{channel}",
        )
        await self._answer(ack, shown, state, await self._reports.ask(request))

    async def _answer(self, ack: AsyncAck, shown: Form, state: FormState, outcome: Outcome) -> None:
        match outcome:
            case Started(report) | Repeated(report):
                self._wake()
                if shown.place is Place.HERE:
                    await ack()
                else:
                    await ack(response_action="update", view=asked(report, state.language))
            case AlreadyRunning(report):
                said = running(report, await thread_of(report, self._slack, seconds=PATIENCE), state.language)
                await ack(response_action="update", view=notice(said.text, state.language))
            case DeliveredBefore(report):
                link = await thread_of(report, self._slack, seconds=PATIENCE)
                before = replace(shown, alert=texts.BEFORE.say(state.language), link=link, was_before=True)
                await ack(response_action="update", view=picture(before, state))
            case WhichBalie() | UnknownBalie():
                await ack(response_action="errors", errors={BALIE: texts.NO_SUCH_BALIE.say(state.language)})
            case refusal:
                refused = replace(shown, alert=sentence(refusal, state.language))
                await ack(response_action="update", view=picture(refused, state))

    async def _readers(self, shown: Form) -> Conversation | None:
        if not shown.target:
            return None
        try:
            return await asyncio.wait_for(self._screen.readers(shown.target), PATIENCE)
        except TimeoutError:
            return shown.readers or Conversation(Audience.UNKNOWN, is_writable=True)

    async def _channel(self, caller: Caller, shown: Form) -> str | None:
        if shown.target:
            return shown.target
        try:
            return await asyncio.wait_for(self._slack.open_dm(caller.user), PATIENCE)
        except (SlackError, TimeoutError) as error:
            log.warning("no_direct_message", error=type(error).__name__)
            return None


def _days(entry: Entry, shown: Form, today: date) -> tuple[Words | None, dict[str, Text]]:
    problems: dict[str, Text] = {}
    if entry.first is None or entry.last is None:
        empty = [action for action, day in ((FIRST, entry.first), (LAST, entry.last)) if day is None]
        return None, {shown.block(action): texts.NO_DAY for action in empty}
    if entry.first > today:
        problems[shown.block(FIRST)] = texts.FUTURE
    try:
        return whole(entry.first, entry.last, today=today), problems
    except PeriodError as error:
        if error.kind == "reversed":
            problems[shown.block(LAST)] = texts.REVERSED
        return None, problems


def _places(shown: Form) -> dict[str, Text]:
    if shown.place is Place.ELSEWHERE and not shown.channel:
        return {PLACE: texts.NO_CHANNEL}
    if shown.readers is None or shown.readers.is_writable:
        return {}
    return {CHANNEL if shown.place is Place.ELSEWHERE else PLACE: texts.CAN_NOT_WRITE}
