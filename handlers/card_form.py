"""The form of a card, opened: by `/uitpas kaart` with nothing after it, by the shortcut `card`, by "another period"."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards import CardQuestion
from bot.clients.slack import SlackClient
from bot.clock import Clock
from bot.errors import SlackError
from bot.models import Balie
from bot.services.balies import Balies
from bot.services.cards import Cards
from bot.services.periods import past_year
from handlers.balie_select import BalieSelect
from handlers.card_reply import CardReply
from handlers.card_state import CardFormState, CardSeal
from handlers.card_submission import CardSubmission
from handlers.render.card_answers import barred
from handlers.render.card_form import BALIE, CALLBACK, OPEN, TOO_LATE, CardForm, form, notice
from handlers.render.report_answers import simple
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)
SHORTCUT = "card"


class CardForms:
    """Opens the form."""

    def __init__(
        self,
        *,
        cards: Cards,
        balies: Balies,
        slack: SlackClient,
        turns: Turns,
        select: BalieSelect,
        reply: CardReply,
        submission: CardSubmission,
        seal: CardSeal,
        clock: Clock,
        zone: ZoneInfo,
    ) -> None:
        self._cards = cards
        self._balies = balies
        self._slack = slack
        self._turns = turns
        self._select = select
        self._reply = reply
        self._submission = submission
        self._seal = seal
        self._clock = clock
        self._zone = zone

    def register(self, app: AsyncApp) -> None:
        """Listen for the shortcut, the select and the form itself."""
        app.shortcut(SHORTCUT)(self.handle_shortcut)
        app.action(OPEN)(self.handle_button)
        app.options(BALIE)(self._select.handle)
        app.view(CALLBACK)(self._submission.handle)

    async def open(self, turn: Turn, shown: CardForm) -> None:
        """Open the form for whoever typed the command."""
        await turn.done()
        language = await turn.language()
        sealed = (
            "" if shown.number is None else self._seal.seal(turn.caller, CardQuestion(shown.number, 0, shown.period))
        )
        await self._open(turn, shown, CardFormState(language, turn.response_url, sealed=sealed))

    async def open_again(self, turn: Turn, question: CardQuestion) -> None:
        """Open the form for a card that was asked for before; its number is not shown."""
        barrier = await self._reply.barrier(turn)
        if barrier is not None:
            await turn.say(partial(barred, barrier))
            return
        shown = CardForm(
            period=question.period,
            balie=await self._balies.get(turn.caller.team, question.balie),
            number=question.number,
            sort=question.sort,
            order=question.order,
        )
        sealed = self._seal.seal(turn.caller, question)
        await self._open(turn, shown, CardFormState(await turn.language(), turn.response_url, turn.is_whisper, sealed))

    async def handle_shortcut(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form where there is no channel."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        language = await turn.language()
        barrier = await self._reply.barrier(turn)
        if barrier is None:
            await self._open_direct(turn)
        else:
            await self._put(turn, notice(barrier.say(language), language))

    async def handle_button(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form for whoever pressed the button in their Home."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        barrier = await self._reply.barrier(turn)
        if barrier is None:
            await self._open_direct(turn)
        else:
            await turn.say(partial(barred, barrier))

    async def _open_direct(self, turn: Turn) -> None:
        caller = turn.caller
        balie = await self._cards.meant(caller.team, caller.user, channel="", alias=None)
        days = past_year(self._clock.today(self._zone))
        shown = CardForm(days, balie if isinstance(balie, Balie) else None, is_direct=True)
        await self._open(turn, shown, CardFormState(await turn.language(), ""))

    async def _open(self, turn: Turn, shown: CardForm, state: CardFormState) -> None:
        await self._put(turn, {**form(shown, state.language), "private_metadata": state.encode()})

    async def _put(self, turn: Turn, view: dict[str, Any]) -> None:
        try:
            await self._slack.open_view(turn.caller.trigger, view)
        except SlackError as error:
            log.warning("form_not_opened", error=str(error))
            await turn.say(partial(simple, TOO_LATE), beside=True)
