"""The onkostennota in Slack: its verb, its buttons, its select."""

from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import Identity
from bot.clock import Clock
from bot.models import Balie, Period
from bot.services.balies import Balies, UnknownBalie, WhichBalie
from bot.services.people import People
from bot.services.periods import PeriodError, Words, read
from bot.services.reports import (
    AlreadyRunning,
    Cancelled,
    DeliveredBefore,
    NotYours,
    Refusal,
    Repeated,
    Reports,
    Request,
    Started,
)
from handlers.balie_select import BalieSelect
from handlers.command import Verb
from handlers.members import is_admin
from handlers.render import report_answers as answers
from handlers.render.help import Topic
from handlers.render.report import AGAIN, CANCEL, CHOOSE, RETRY
from handlers.render.texts import Text
from handlers.report_form import ReportForm
from handlers.report_outcomes import explained, thread_of
from handlers.state import PendingReport
from handlers.turn import Turn, Turns

TOPIC = Topic(
    usage=Text(nl="rapport vorig kwartaal [balie]", en="report last quarter [desk]"),
    form=Text(nl="rapport [periode] [balie]", en="report [period] [desk]"),
    purpose=Text(
        nl="vraagt de onkostennota van een periode en zet ze in een draad",
        en="asks for the expense claim of a period and puts it in a thread",
    ),
)


class ReportHandlers:
    """Takes in what people type and click about reports. `wake` lets the clock look at once."""

    def __init__(
        self,
        *,
        reports: Reports,
        balies: Balies,
        people: People,
        identity: Identity,
        turns: Turns,
        select: BalieSelect,
        form: ReportForm,
        clock: Clock,
        zone: ZoneInfo,
        wake: Callable[[], None],
    ) -> None:
        self._reports = reports
        self._balies = balies
        self._people = people
        self._identity = identity
        self._turns = turns
        self._select = select
        self._form = form
        self._clock = clock
        self._zone = zone
        self._wake = wake

    def register(self, app: AsyncApp) -> Verb:
        """Listen for the buttons, the select and the form; return the verb."""
        self._form.register(app)
        app.action(CANCEL)(self.handle_cancel)
        app.action(RETRY)(self.handle_retry)
        app.action(AGAIN)(self.handle_again)
        app.action(CHOOSE)(self.handle_choice)
        app.options(CHOOSE)(self._select.handle)
        return Verb("rapport", "report", TOPIC, self.handle_words)

    async def handle_words(self, turn: Turn, words: str) -> None:
        """Ask for the report that the words describe; open the form when they leave the period open."""
        try:
            found = read(words, today=self._clock.today(self._zone))
        except PeriodError as error:
            trouble = partial(answers.unreadable, error.kind, error.period)
            await turn.say(trouble)
            return
        if found.period is None:
            await self._open_form(turn, found)
        elif len(found.rest) > 1:
            await turn.say(partial(answers.unreadable, "left_over", None))
        else:
            await self._ask_for(turn, found, found.period)

    async def _open_form(self, turn: Turn, found: Words) -> None:
        named = await self._balies.named(turn.caller.team, found.rest[0]) if len(found.rest) == 1 else None
        match named:
            case Balie():
                await self._form.open(turn, named)
            case UnknownBalie(alias, str(nearest)):
                await turn.say(lambda language: answers.unknown_balie(alias, nearest, language))
            case None if not found.rest:
                await self._form.open(turn)
            case _:
                await turn.say(partial(answers.unreadable, "unreadable", None))

    async def _ask_for(self, turn: Turn, found: Words, period: Period) -> None:
        caller = turn.caller
        request = Request(
            team=caller.team,
            user=caller.user,
            channel=caller.channel,
            period=period,
            clipped=found.clipped,
            alias=found.rest[0].removeprefix("@").casefold() if found.rest else None,
            key=caller.trigger,
        )
        await self._ask(turn, request)

    async def handle_choice(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Ask for the report whose balie was just chosen."""
        turn = self._turns.of(ack, body, context)
        action = body["actions"][0]
        pending = PendingReport.decode(action["block_id"])
        request = Request(
            team=turn.caller.team,
            user=turn.caller.user,
            channel=turn.caller.channel,
            period=pending.period,
            clipped=pending.clipped,
            balie=int(action["selected_option"]["value"]),
            key=f"{pending.key}:{action['selected_option']['value']}",
        )
        await self._ask(turn, request)

    async def handle_retry(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Ask for the same report again, in the name of whoever clicks."""
        await self._repeat(self._turns.of(ack, body, context), body)

    async def handle_again(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Make a delivered report again."""
        await self._repeat(self._turns.of(ack, body, context), body)

    async def handle_cancel(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """End a running report: its asker at once, anyone else if Slack says they are an admin."""
        turn = self._turns.of(ack, body, context)
        team, user, number = turn.caller.team, turn.caller.user, str(body["actions"][0]["value"])
        where = turn.caller.channel, str(body["container"]["message_ts"])
        outcome = await self._reports.cancel(team, number, user=user, is_admin=False, where=where)
        await turn.done()
        if isinstance(outcome, NotYours) and await is_admin(turn.caller, self._people):
            outcome = await self._reports.cancel(team, number, user=user, is_admin=True, where=where)
        if isinstance(outcome, NotYours):
            await turn.say(partial(answers.simple, answers.NOT_YOURS))
        elif isinstance(outcome, Cancelled):
            self._wake()
        else:
            await turn.say(partial(answers.simple, answers.OVER))

    async def _repeat(self, turn: Turn, body: dict[str, Any]) -> None:
        action = body["actions"][0]
        report = await self._reports.get(turn.caller.team, str(action["value"]))
        if report is None:
            await turn.say(partial(answers.simple, answers.GONE))
            return
        place = f"{turn.caller.channel}:{body['container'].get('message_ts')}"
        button = f"{place}:{action['action_id']}:{turn.caller.user}"
        request = Request(
            team=turn.caller.team,
            user=turn.caller.user,
            channel=turn.caller.channel,
            period=report.period,
            clipped=report.clipped,
            balie=report.balie.id,
            anew=True,
            private_file=report.private_file,
            button=button,
            key=f"{button}:{turn.caller.trigger}",
        )
        await self._ask(turn, request)

    async def _ask(self, turn: Turn, request: Request) -> None:
        outcome = await self._reports.ask(request)
        if isinstance(outcome, Started):
            await turn.done()
            self._wake()
            if turn.is_whisper:
                await turn.say(partial(answers.asked, outcome.report))
        elif isinstance(outcome, Repeated) and turn.is_command:
            await turn.done()
        elif isinstance(outcome, Repeated | AlreadyRunning | DeliveredBefore):
            await self._point(turn, outcome)
        else:
            await self._explain(turn, request, outcome)

    async def _point(self, turn: Turn, outcome: Repeated | AlreadyRunning | DeliveredBefore) -> None:
        report = outcome.report
        link = thread_of(report, self._identity)
        if isinstance(outcome, DeliveredBefore) and link is not None:
            await turn.say(lambda language: answers.before(report, link, language))
        else:
            await turn.say(lambda language: answers.running(report, link, language))

    async def _explain(self, turn: Turn, request: Request, outcome: Refusal | UnknownBalie | WhichBalie) -> None:
        match outcome:
            case UnknownBalie(alias, nearest):
                await turn.say(lambda language: answers.unknown_balie(alias, nearest, language))
            case WhichBalie():
                state = PendingReport(request.period, request.clipped, request.key).encode()
                await turn.say(partial(answers.choose, request.period, state))
            case refusal:
                await turn.say(partial(explained, refusal))
