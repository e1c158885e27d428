"""The cards in Slack: their verb, and the buttons under what was found. Nothing of a card is logged or kept."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards import CardNumber, CardQuestion
from bot.clock import Clock
from bot.models import Balie
from bot.sealing import SealError
from bot.services.balies import NoBalies, UnknownBalie, WhichBalie
from bot.services.card_numbers import CardNumberError, take_number
from bot.services.cards import Cards
from bot.services.periods import PeriodError, Words, past_year, read
from handlers.card_file import CardFile
from handlers.card_form import CardForms
from handlers.card_reply import CardReply
from handlers.card_state import CardSeal
from handlers.command import Verb
from handlers.render import card_answers as texts
from handlers.render import report_answers
from handlers.render.blocks import message
from handlers.render.card import FILE, PERIOD, SHOWS
from handlers.render.card_form import CardForm
from handlers.render.help import Topic
from handlers.render.texts import Text
from handlers.repeats import Repeats
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)

TOPIC = Topic(
    usage=Text(nl="kaart [nummer] [periode]", en="card [number] [period]"),
    form=Text(nl="kaart [nummer] [periode] [balie]", en="card [number] [period] [desk]"),
    purpose=Text(
        nl="toont alleen aan jou waarvoor de punten van een kaart zijn omgeruild",
        en="shows you alone what the points of a card were swapped for",
    ),
)


class CardHandlers:
    """Takes in what people type and click about cards."""

    def __init__(
        self,
        *,
        cards: Cards,
        turns: Turns,
        reply: CardReply,
        forms: CardForms,
        file: CardFile,
        seal: CardSeal,
        repeats: Repeats,
        clock: Clock,
        zone: ZoneInfo,
    ) -> None:
        self._cards = cards
        self._turns = turns
        self._reply = reply
        self._forms = forms
        self._file = file
        self._seal = seal
        self._repeats = repeats
        self._clock = clock
        self._zone = zone

    def register(self, app: AsyncApp) -> Verb:
        """Listen for the buttons and the form; return the verb."""
        self._forms.register(app)
        for action in SHOWS:
            app.action(action)(self.handle_show)
        app.action(PERIOD)(self.handle_period)
        app.action(FILE)(self.handle_file)
        return Verb("kaart", "card", TOPIC, self.handle_words)

    async def handle_words(self, turn: Turn, words: str) -> None:
        """Look up the card that the words name; open the form when they name none."""
        if not self._repeats.is_first(turn.caller.trigger):
            await turn.done()
            return
        today = self._clock.today(self._zone)
        try:
            number, rest = take_number(words)
            found = read(rest, today=today)
        except CardNumberError as error:
            said = partial(texts.number, error.kind, error.digits)
            await turn.say(lambda language: message(said(language)))
        except PeriodError as error:
            await turn.say(partial(report_answers.unreadable, error.kind, error.period))
        else:
            await self._look(turn, number, found)

    async def handle_show(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Show the same card from another row, or in another order."""
        turn, question, start = await self._pressed(ack, body, context)
        if question is not None:
            await self._reply.show(turn, question, start)

    async def handle_period(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form for the same card."""
        turn, question, _ = await self._pressed(ack, body, context)
        if question is not None:
            await self._forms.open_again(turn, question)

    async def handle_file(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Send what was found as a file."""
        turn, question, _ = await self._pressed(ack, body, context)
        if question is not None:
            await self._file.send(turn, question)

    async def _look(self, turn: Turn, number: CardNumber | None, found: Words) -> None:
        barrier = await self._reply.barrier(turn)
        if barrier is not None or len(found.rest) > 1:
            said = barrier or texts.LEFT_OVER
            await turn.say(partial(texts.barred, said))
            return
        caller, alias = turn.caller, found.rest[0].casefold() if found.rest else None
        days = found.period or past_year(self._clock.today(self._zone))
        match await self._cards.meant(caller.team, caller.user, channel=caller.channel, alias=alias):
            case Balie() as balie if number is not None:
                await self._reply.show(turn, CardQuestion(number, balie.id, days, clipped=found.clipped))
            case Balie() as balie:
                await self._forms.open(turn, CardForm(days, balie))
            case UnknownBalie(unknown, nearest):
                await turn.say(lambda language: report_answers.unknown_balie(unknown, nearest, language))
            case WhichBalie():
                await self._forms.open(turn, CardForm(days, number=number))
            case NoBalies():
                await turn.say(lambda language: message(report_answers.NO_BALIES.say(language)))

    async def _pressed(
        self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]
    ) -> tuple[Turn, CardQuestion | None, int]:
        """Return what a button stands for; None when it is too old, somebody else's, or was taken before."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        if not self._repeats.is_first(turn.caller.trigger):
            return turn, None, 0
        try:
            return turn, *self._seal.open(turn.caller, str(body["actions"][0].get("value") or ""))
        except SealError as error:
            log.info("card_button_refused", error=str(error))
            await turn.say(lambda language: message(texts.AGAIN.say(language)))
            return turn, None, 0
