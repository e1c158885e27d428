"""What became of a link, and of what waited for it, in words."""

from bot.clients.slack import Identity
from bot.models import Language, Message
from bot.services.balies import UnknownBalie, WhichBalie
from bot.services.link_codes import Claimed, Linked, Over, Silent, TooManyWrong, WrongCode
from bot.services.reports import AlreadyRunning, DeliveredBefore, Outcome, Repeated, Started
from handlers.render import linking as pictures
from handlers.render import linking_texts as texts
from handlers.render import report_answers as answers
from handlers.report_outcomes import sentence, thread_of


def wrong(outcome: WrongCode | TooManyWrong, language: Language) -> str:
    """Say what is wrong with a code."""
    match outcome:
        case TooManyWrong():
            return texts.TOO_MANY_WRONG.say(language)
        case WrongCode(0):
            return texts.NO_LINK.say(language)
        case WrongCode(left):
            return texts.WRONG.say(left, language)


def ended(outcome: Silent | Claimed | Over, language: Language) -> str:
    """Say why nothing was linked."""
    match outcome:
        case Silent(may_retry):
            return (texts.SILENT_RETRY if may_retry else texts.SILENT).say(language)
        case Claimed():
            return texts.CLAIMED.say(language)
        case Over():
            return texts.OVER.say(language)


def linked(done: Linked, identity: Identity, language: Language) -> Message:
    """Say that it is done, what goes on again, and what became of each report that waited for it."""
    told = [_told(outcome, identity, language) for outcome in done.reports]
    again = [texts.RESUMED.say(done.resumed, language)] if done.resumed else []
    shown = pictures.linked([*again, *(one.text for one in told if not one.blocks)], language)
    return Message(shown.text, (*shown.blocks, *(block for one in told for block in one.blocks)))


def _told(outcome: Outcome, identity: Identity, language: Language) -> Message:
    match outcome:
        case Started(report):
            return Message(answers.asked(report, language).text)
        case Repeated(report) | AlreadyRunning(report):
            return Message(answers.running(report, thread_of(report, identity), language).text)
        case DeliveredBefore(report):
            return answers.before(report, thread_of(report, identity) or "", language)
        case UnknownBalie() | WhichBalie():
            return answers.simple(answers.GONE, language)
        case refusal:
            return Message(sentence(refusal, language))
