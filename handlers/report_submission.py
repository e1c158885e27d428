"""The form of a report, handed in: everything wrong is told at its field at once, and nothing typed is lost.

Slack waits three seconds for the answer, so nothing but our own database is asked before it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import Identity, SlackClient
from bot.clock import Clock
from bot.errors import SlackError
from bot.models import Balie, Period
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


class Submission:
    """Takes forms that were handed in."""

    def __init__(
        self,
        *,
        reports: Reports,
        balies: Balies,
        slack: SlackClient,
        identity: Identity,
        screen: Screen,
        clock: Clock,
        zone: ZoneInfo,
        wake: Callable[[], None],
    ) -> None:
        self._reports = reports
        self._balies = balies
        self._slack = slack
        self._identity = identity
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
        period, problems = _days(entry, shown, today)
        problems |= _places(shown) | ({} if balie else {BALIE: texts.NO_SUCH_BALIE})
        problems |= (shut := _shut(shown))
        if problems or period is None or period.period is None or balie is None:
            errors = {block: text.say(state.language) for block, text in problems.items()}
            await ack(response_action="errors", errors=errors)
            if problems == shut:
                await self._look_again(view["id"], shown, state)
            return
        request = _request(caller, entry, shown.target or "", balie, period.period, state, clipped=period.clipped)
        await self._answer(ack, shown, state, await self._reports.ask(request))

    async def _answer(self, ack: AsyncAck, shown: Form, state: FormState, outcome: Outcome) -> None:
        if isinstance(outcome, Started | Repeated):
            self._wake()
            if shown.place is Place.HERE:
                await ack()
                return
        await ack(response_action="update", view=self._outcome(shown, state, outcome))

    async def _look_again(self, view_id: str, shown: Form, state: FormState) -> None:
        """Tell them to go on if the bot can write there by now: somebody may have invited it since it was shown."""
        readers = await self._screen.readers(shown.target or "")
        if not readers.is_writable:
            return
        told = replace(shown, readers=readers, alert=texts.CAN_WRITE_NOW.say(state.language))
        try:
            await self._slack.update_view(view_id, picture(told, state))
        except SlackError as error:
            log.warning("form_not_changed", error=str(error))

    def _outcome(self, shown: Form, state: FormState, outcome: Outcome) -> dict[str, Any]:
        match outcome:
            case Started(report) | Repeated(report):
                return asked(report, state.language)
            case AlreadyRunning(report):
                said = running(report, thread_of(report, self._identity), state.language)
                return notice(said.text, state.language)
            case DeliveredBefore(report):
                link = thread_of(report, self._identity)
                alert = texts.BEFORE.say(state.language)
                return picture(replace(shown, alert=alert, link=link, was_before=True), state)
            case WhichBalie() | UnknownBalie():
                return picture(replace(shown, alert=texts.NO_SUCH_BALIE.say(state.language)), state)
            case refusal:
                return picture(replace(shown, alert=sentence(refusal, state.language)), state)


def _request(
    caller: Caller, entry: Entry, channel: str, balie: Balie, days: Period, state: FormState, *, clipped: bool
) -> Request:
    return Request(
        team=caller.team,
        user=caller.user,
        channel=channel,
        period=days,
        clipped=clipped,
        balie=balie.id,
        anew=entry.anew,
        private_file=bool(entry.private_file),
        key=f"{state.key}:{balie.id}:{days.first}:{days.last}:{channel or 'me'}",
    )


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


def _shut(shown: Form) -> dict[str, Text]:
    if shown.readers is None or shown.readers.is_writable:
        return {}
    return {CHANNEL if shown.place is Place.ELSEWHERE else PLACE: texts.CAN_NOT_WRITE}


def _places(shown: Form) -> dict[str, Text]:
    return {PLACE: texts.NO_CHANNEL} if shown.place is Place.ELSEWHERE and not shown.channel else {}
