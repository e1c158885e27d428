"""`/uitpas`: finds the verb, knows no feature."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeAlias

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.redaction import mask_digits
from handlers.render import help as pages
from handlers.render.help import Topic
from handlers.render.texts import Text
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)

COMMAND = "/uitpas"

Run: TypeAlias = Callable[[Turn, str], Awaitable[None]]
"""What a verb does with the words after it."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A first word of the command: its Dutch name, its English alias, its line in the help, what it does."""

    name: str
    alias: str
    topic: Topic
    run: Run


HELP = Topic(
    usage=Text(nl="help", en="help"),
    form=Text(nl="help", en="help"),
    purpose=Text(nl="toont wat je kan typen", en="shows what you can type"),
)


def register(app: AsyncApp, verbs: Sequence[Verb], *, turns: Turns) -> None:
    """Listen for the command; the help lists exactly these verbs."""
    topics = [verb.topic for verb in verbs]

    async def show(turn: Turn, words: str) -> None:
        del words
        await turn.say(partial(pages.overview, [*topics, HELP]))

    every = [*verbs, Verb("help", "help", HELP, show)]
    known = {name: verb for verb in every for name in (verb.name, verb.alias)}

    async def handle(ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Hand the words to their verb."""
        turn = turns.of(ack, body, context)
        word, rest = [*str(body.get("text") or "").split(maxsplit=1), "", ""][:2]
        verb = known.get(word.casefold() or "help")
        log.info("command", verb=verb.name if verb else "unknown")  # never the words: a card number may be among them
        if verb is None:
            nearest = next(iter(get_close_matches(word[:40].casefold(), known, 1)), None)
            # a card may have been typed in groups, of which this word is the first
            shown = mask_digits(f"{word} {rest}").split()[0][:200]
            await turn.say(lambda language: pages.unknown(shown, nearest, language))
        else:
            await verb.run(turn, rest)

    app.command(COMMAND)(handle)
