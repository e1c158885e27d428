"""What a person is told in their direct messages without having asked."""

from bot.models import Kind, Language, Message, Report
from handlers.render.blocks import message
from handlers.render.formats import desk, period
from handlers.render.report_answers import NOT_ALLOWED
from handlers.render.texts import Text

LINK_ENDED = Text(
    nl="UiTPAS aanvaardt je UiTiD-koppeling niet meer, dus staat de onkostennota van *{balie}* voor {period} stil."
    " Vraag de beheerder van de bot om je opnieuw te koppelen; daarna gaat ze vanzelf verder.",
    en="UiTPAS no longer accepts your UiTiD link, so the expense claim of *{balie}* for {period} is on hold. Ask the"
    " bot's manager to link you again; it then goes on by itself.",
)


DUPLICATE = Text(
    nl="De onkostennota van *{balie}* voor {period} loopt al in dit gesprek; ik vroeg ze niet nog eens.",
    en="The expense claim of *{balie}* for {period} is running in this conversation already; I did not ask twice.",
)


def notice(kind: Kind, report: Report, language: Language) -> Message:
    """Return the message for an event that concerns one person."""
    if kind is Kind.NOT_ALLOWED:
        return message(NOT_ALLOWED.say(language))
    facts = {"balie": desk(report.balie), "period": period(report.period, language)}
    return message((DUPLICATE if kind is Kind.DUPLICATE else LINK_ENDED).say(language, **facts))
