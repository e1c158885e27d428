"""Why UiTPAS refused what a digest asked: there the reader is rarely whose UiTiD it was."""

from collections.abc import Mapping

from bot.models import Language
from handlers.render.formats import escape, plain
from handlers.render.refusals import REFUSALS, UNKNOWN
from handlers.render.texts import Text

CODE = 60
"""Characters of a code that we don't know."""

OF_OWNER: Mapping[str, Text] = {
    "ACCESS_DENIED": Text(
        nl="Het UiTiD van wie de digest instelde heeft daar geen rechten. Vraag ze aan de beheerder van de balie, of"
        " laat een collega met rechten op de knop in de draad klikken.",
        en="The UiTiD of whoever set up the digest has no right to this there. Ask the desk's admin, or let a"
        " colleague who has it press the button in the thread.",
    ),
    "UNKNOWN_USER": Text(
        nl="UiTPAS kent het UiTiD niet meer van wie de digest instelde. Die koppelt opnieuw met `/uitpas koppel`.",
        en="UiTPAS no longer knows the UiTiD of whoever set up the digest. They link again with `/uitpas connect`.",
    ),
    "PARSE_INVALID_DATE": Text(
        nl="UiTPAS aanvaardt de datums van deze periode niet. Verwittig de beheerder van de bot.",
        en="UiTPAS does not accept the dates of this period. Tell the bot's manager.",
    ),
    "unreachable": Text(
        nl="UiTPAS was klaar, maar het antwoord kon ik nergens plaatsen. Vraag de onkostennota met `/uitpas rapport`.",
        en="UiTPAS was done, but I could not place the answer anywhere. Ask for the claim with `/uitpas report`.",
    ),
}


def why(reason: str | None, language: Language) -> str:
    """Return a sentence for the code that a report of a digest failed with."""
    known = OF_OWNER.get(reason or "") or REFUSALS.get(reason or "")
    return known.say(language) if known else UNKNOWN.say(language, code=escape(plain(reason or "", CODE)))
