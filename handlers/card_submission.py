"""The form of a card, handed in: everything wrong is told at its field, and UiTPAS is asked once the form is closed."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self
from zoneinfo import ZoneInfo

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards import CardNumber, CardQuestion, Order, Sort
from bot.clock import Clock
from bot.models import Language
from bot.sealing import SealError
from bot.services.balies import Balies
from bot.services.card_numbers import CardNumberError, read_number
from bot.services.periods import PeriodError, Words, whole
from handlers.card_reply import CardReply
from handlers.card_state import CardFormState, CardSeal
from handlers.context import CALLER, Caller
from handlers.render import card_answers, report_form_texts
from handlers.render.card_form import BALIE, FIRST, LAST, LOOKING, NUMBER, ORDER, notice
from handlers.repeats import Repeats
from handlers.turn import Turns


@dataclass(frozen=True, slots=True)
class CardEntry:
    """What is filled in; `number` as typed, None when it is not to be typed."""

    number: str | None = field(repr=False)
    balie: int | None
    first: date | None
    last: date | None
    sort: Sort
    order: Order

    @classmethod
    def read(cls, view: dict[str, Any]) -> Self:
        """Return what stands in the form (Slack: payload `view_submission`)."""
        values = {action: value for block in view["state"]["values"].values() for action, value in block.items()}
        balie = values[BALIE].get("selected_option")
        sort, order = str(values[ORDER]["selected_option"]["value"]).split("/")
        return cls(
            number=str(values[NUMBER].get("value") or "") if NUMBER in values else None,
            balie=int(balie["value"]) if balie else None,
            first=_day(values[FIRST]),
            last=_day(values[LAST]),
            sort=Sort(sort),
            order=Order(order),
        )


class CardSubmission:
    """Takes the form in."""

    def __init__(
        self,
        *,
        balies: Balies,
        turns: Turns,
        reply: CardReply,
        seal: CardSeal,
        repeats: Repeats,
        clock: Clock,
        zone: ZoneInfo,
    ) -> None:
        self._balies = balies
        self._turns = turns
        self._reply = reply
        self._seal = seal
        self._repeats = repeats
        self._clock = clock
        self._zone = zone

    async def handle(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Look the card up, or say at which fields something is wrong."""
        caller: Caller = context[CALLER]
        state, entry = CardFormState.decode(body["view"]["private_metadata"]), CardEntry.read(body["view"])
        try:
            question, problems = await self._read(caller, state, entry)
        except SealError:
            view = notice(card_answers.AGAIN.say(state.language), state.language)
            await ack(response_action="update", view=view)
            return
        if question is None:
            await ack(response_action="errors", errors=problems)
            return
        await self._taken(ack, state)
        if self._repeats.is_first(caller.trigger):
            turn = self._turns.after_form(
                ack,
                caller,
                language=state.language,
                response_url=state.response_url,
                is_whisper=state.is_whisper,
            )
            await self._reply.show(turn, question)

    async def _taken(self, ack: AsyncAck, state: CardFormState) -> None:
        if state.response_url:
            await ack()
        else:
            await ack(response_action="update", view=notice(LOOKING.say(state.language), state.language))

    async def _read(
        self, caller: Caller, state: CardFormState, entry: CardEntry
    ) -> tuple[CardQuestion | None, dict[str, str]]:
        number, problems = self._number(caller, state, entry)
        days, wrong = _days(entry, self._clock.today(self._zone), state.language)
        balie = None if entry.balie is None else await self._balies.get(caller.team, entry.balie)
        problems |= wrong | ({} if balie else {BALIE: report_form_texts.NO_SUCH_BALIE.say(state.language)})
        if number is None or days is None or days.period is None or balie is None:
            return None, problems
        question = CardQuestion(number, balie.id, days.period, entry.sort, entry.order)
        return replace(question, clipped=days.clipped), problems

    def _number(
        self, caller: Caller, state: CardFormState, entry: CardEntry
    ) -> tuple[CardNumber | None, dict[str, str]]:
        if entry.number is None:
            return self._seal.open(caller, state.sealed)[0].number, {}
        try:
            return read_number(entry.number), {}
        except CardNumberError as error:
            return None, {NUMBER: card_answers.number(error.kind, error.digits, state.language)}


def _days(entry: CardEntry, today: date, language: Language) -> tuple[Words | None, dict[str, str]]:
    if entry.first is None or entry.last is None:
        empty = [block for block, day in ((FIRST, entry.first), (LAST, entry.last)) if day is None]
        return None, {block: report_form_texts.NO_DAY.say(language) for block in empty}
    try:
        return whole(entry.first, entry.last, today=today), {}
    except PeriodError as error:
        if error.kind == "reversed":
            return None, {LAST: report_form_texts.REVERSED.say(language)}
        return None, {FIRST: report_form_texts.FUTURE.say(language)}


def _day(value: dict[str, Any]) -> date | None:
    chosen = value.get("selected_date")
    return None if chosen is None else date.fromisoformat(chosen)
