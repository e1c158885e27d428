"""A question about a card, answered to whoever asked it alone: whatever comes of it becomes one sentence or a table."""

from functools import partial
from zoneinfo import ZoneInfo

from bot.cards import CardQuestion
from bot.models import Language, Message
from bot.services.balies import NoBalies
from bot.services.cards import Cards, Gone, NoLink, NoTable, NothingSwapped, Refused, Silent, Swapped, TooOften
from bot.services.people import People
from handlers.card_state import CardSeal
from handlers.members import is_member
from handlers.render import card_answers as texts
from handlers.render.blocks import message
from handlers.render.card import swapped
from handlers.render.report_answers import NO_BALIES
from handlers.render.report_form_texts import NO_SUCH_BALIE
from handlers.render.texts import Text
from handlers.turn import Turn


class CardReply:
    """Asks, and says what came of it."""

    def __init__(self, *, cards: Cards, people: People, seal: CardSeal, zone: ZoneInfo) -> None:
        self._cards = cards
        self._people = people
        self._seal = seal
        self._zone = zone

    async def show(self, turn: Turn, question: CardQuestion, start: int = 0) -> None:
        """Show what a card was swapped for, from row `start` on; or say why not."""
        answer = await self.find(turn, question)
        if answer is not None:
            seal = partial(self._seal.seal, turn.caller)
            await turn.say(partial(swapped, question, start, answer.cashed, self._zone, seal))

    async def barrier(self, turn: Turn) -> Text | None:
        """Return what to say of what stands in the way of any question of this person, None when nothing does."""
        if not await is_member(turn, self._people):
            return texts.NOT_ALLOWED
        match await self._cards.refusal(turn.caller.team, turn.caller.user):
            case NoLink() as barrier:
                return _no_link(barrier)
            case NoBalies():
                return NO_BALIES
            case None:
                return None

    async def find(self, turn: Turn, question: CardQuestion) -> Swapped | None:
        """Return what a card was swapped for; where there is nothing, the person is told why."""
        await turn.done()
        if not await is_member(turn, self._people):
            await turn.say(lambda language: message(texts.NOT_ALLOWED.say(language)))
            return None
        answer = await self._cards.ask(turn.caller.team, turn.caller.user, question)
        if isinstance(answer, Swapped):
            return answer
        await turn.say(partial(_instead, answer, question))
        return None


def _instead(answer: NoTable, question: CardQuestion, language: Language) -> Message:
    match answer:
        case NothingSwapped(status, is_known):
            return texts.nothing(status, question, language, is_known=is_known)
        case NoLink():
            return texts.barred(_no_link(answer), language)
        case Gone():
            return message(NO_SUCH_BALIE.say(language))
        case TooOften(span):
            return message(texts.OFTEN[span].say(language))
        case Silent():
            return message(texts.SILENT.say(language))
        case Refused(code):
            return texts.refused(code, language)


def _no_link(barrier: NoLink) -> Text:
    return texts.LINK_ENDED if barrier.ended else texts.NOT_LINKED
