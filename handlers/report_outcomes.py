"""What stands in the way of a report, as a sentence; and where the thread of one that is there already can be read."""

from bot.clients.slack import Identity
from bot.models import Language, Message, Report
from bot.services.balies import NoBalies
from bot.services.reports import NotAllowed, NotLinked, Refusal, TooMany
from handlers.render import report_answers as answers
from handlers.render.blocks import message
from handlers.render.link_button import with_link_button


def sentence(refusal: Refusal, language: Language) -> str:
    """Say why nothing was asked, and what to do."""
    match refusal:
        case NotLinked(ended, waits):
            text = answers.NOT_LINKED_YET if waits else answers.NOT_LINKED
            return (answers.LINK_ENDED if ended else text).say(language)
        case NotAllowed():
            return answers.NOT_ALLOWED.say(language)
        case TooMany(most):
            return answers.TOO_MANY.say(language, most=most)
        case NoBalies():
            return answers.NO_BALIES.say(language)


def explained(refusal: Refusal, language: Language) -> Message:
    """Return why nothing was asked, with the button that helps where there is one."""
    text = sentence(refusal, language)
    return with_link_button(text, language) if isinstance(refusal, NotLinked) else message(text)


def thread_of(report: Report, identity: Identity) -> str | None:
    """Return the address of a report's thread; None while it has none."""
    return None if report.root_ts is None else identity.thread(report.channel, report.root_ts)
