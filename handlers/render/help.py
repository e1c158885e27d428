"""What can be typed, made from what is registered; and what to say of a word nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Language, Message
from handlers.render.blocks import message, section, sections
from handlers.render.formats import echo
from handlers.render.texts import Text

INTRO = Text(nl="*Dit kan je typen:*", en="*What you can type:*")
POINT = Text(nl="Hulp bij /uitpas", en="Help for /uitpas")
LINE = Text(nl="• `/uitpas {usage}`: {purpose}", en="• `/uitpas {usage}`: {purpose}")
UNKNOWN = Text(
    nl="`{word}` ken ik niet.{hint} Typ `/uitpas help` om te zien wat kan.",
    en="I don't know `{word}`.{hint} Type `/uitpas help` to see what works.",
)
NEAREST = Text(nl=" Bedoelde je `/uitpas {verb}`?", en=" Did you mean `/uitpas {verb}`?")


@dataclass(frozen=True, slots=True)
class Topic:
    """One verb as the help tells it: an example of how it is typed, its form with what may follow, what it does."""

    usage: Text
    form: Text
    purpose: Text


def overview(topics: Sequence[Topic], language: Language) -> Message:
    """Return a line for each verb."""
    lines = [
        LINE.say(language, usage=topic.usage.say(language), purpose=topic.purpose.say(language)) for topic in topics
    ]
    return message(POINT.say(language), section(INTRO.say(language)), *sections(lines))


def unknown(word: str, nearest: str | None, language: Language) -> Message:
    """Return that a verb is not known, with the nearest that is."""
    hint = NEAREST.say(language, verb=nearest) if nearest else ""
    return message(UNKNOWN.say(language, word=echo(word), hint=hint))
