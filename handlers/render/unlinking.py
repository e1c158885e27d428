"""What is asked before somebody's UiTiD is unlinked, and told afterwards."""

import slackblocks as slack

from bot.models import Language, Message
from handlers.render.blocks import message, section
from handlers.render.texts import Button, Plural, Text

UNLINK = "unlink"

QUESTION = Text(
    nl="Wil je je UiTiD ontkoppelen? Ik laat UiTiD dan mijn toegang intrekken en vergeet je koppeling. Daarna kan ik"
    " UiTPAS niets meer vragen in jouw naam.",
    en="Do you want to unlink your UiTiD? I then have UiTiD revoke my access and forget your link. After that I can"
    " ask UiTPAS nothing in your name.",
)
AT_STAKE = Plural(
    one=Text(
        nl=" 1 onkostennota van jou loopt nog; die staat dan stil tot je hetzelfde UiTiD weer koppelt.",
        en=" 1 expense claim of yours is running; it will be on hold until you link the same UiTiD again.",
    ),
    other=Text(
        nl=" {n} onkostennota's van jou lopen nog; die staan dan stil tot je hetzelfde UiTiD weer koppelt.",
        en=" {n} expense claims of yours are running; they will be on hold until you link the same UiTiD again.",
    ),
)
DIGESTS_AT_STAKE = Plural(
    one=Text(
        nl=" Je digest loopt dan niet meer, tot je hetzelfde UiTiD weer koppelt.",
        en=" Your digest will no longer run, until you link the same UiTiD again.",
    ),
    other=Text(
        nl=" Je {n} digests lopen dan niet meer, tot je hetzelfde UiTiD weer koppelt.",
        en=" Your {n} digests will no longer run, until you link the same UiTiD again.",
    ),
)
UNLINK_LABEL = Button(nl="Ja, ontkoppel", en="Yes, unlink")
NOT_LINKED = Text(
    nl="Er is geen UiTiD aan je gekoppeld, dus is er niets te ontkoppelen. Koppelen doe je met `/uitpas koppel`.",
    en="No UiTiD is linked to you, so there is nothing to unlink. You link one with `/uitpas connect`.",
)
STOPPED = Text(
    nl="Er was nog geen UiTiD aan je gekoppeld. De koppeling die je begonnen was, heb ik gestopt.",
    en="No UiTiD was linked to you yet. I stopped the link that you had begun.",
)
DONE: dict[str, Text] = {
    "revoked": Text(
        nl="Je UiTiD is ontkoppeld, en UiTiD heeft mijn toegang ingetrokken.{held}",
        en="Your UiTiD is unlinked, and UiTiD revoked my access.{held}",
    ),
    "ended": Text(
        nl="Je UiTiD is ontkoppeld. Bij UiTiD was mijn toegang al beëindigd.{held}",
        en="Your UiTiD is unlinked. At UiTiD my access had ended already.{held}",
    ),
    "unknown": Text(
        nl="Je UiTiD is ontkoppeld en ik heb niets bewaard, maar UiTiD bevestigde niet dat mijn toegang ingetrokken is."
        " Neem die zelf weg: in je profiel bij UiTiD, bij de toepassingen die toegang hebben.{held}",
        en="Your UiTiD is unlinked and I kept nothing, but UiTiD did not confirm that my access was revoked. Take it"
        " away yourself: in your profile at UiTiD, at the applications that have access.{held}",
    ),
}
HELD = Plural(
    one=Text(
        nl=" 1 onkostennota staat stil tot je hetzelfde UiTiD weer koppelt met `/uitpas koppel`.",
        en=" 1 expense claim is on hold until you link the same UiTiD again with `/uitpas connect`.",
    ),
    other=Text(
        nl=" {n} onkostennota's staan stil tot je hetzelfde UiTiD weer koppelt met `/uitpas koppel`.",
        en=" {n} expense claims are on hold until you link the same UiTiD again with `/uitpas connect`.",
    ),
)
DIGESTS_PAUSED = Plural(
    one=Text(
        nl=" Je digest loopt niet meer, tot je hetzelfde UiTiD weer koppelt.",
        en=" Your digest no longer runs, until you link the same UiTiD again.",
    ),
    other=Text(
        nl=" Je {n} digests lopen niet meer, tot je hetzelfde UiTiD weer koppelt.",
        en=" Your {n} digests no longer run, until you link the same UiTiD again.",
    ),
)


def question(reports: int, digests: int, language: Language) -> Message:
    """Return what will stop, with the button that does it: so many reports and digests."""
    text = QUESTION.say(language) + (AT_STAKE.say(reports, language) if reports else "")
    text += DIGESTS_AT_STAKE.say(digests, language) if digests else ""
    yes = slack.Button(UNLINK_LABEL.say(language), action_id=UNLINK, value=UNLINK, style="danger")
    return message(text, section(text), slack.ActionsBlock([yes]))


def done(access: str, held: int, digests: int, language: Language) -> Message:
    """Return that it is done; `access` is what UiTiD says of our access: `revoked`, `ended` or `unknown`."""
    standing_still = HELD.say(held, language) if held else ""
    standing_still += DIGESTS_PAUSED.say(digests, language) if digests else ""
    return message(DONE[access].say(language, held=standing_still))


def nothing(*, stopped: bool, language: Language) -> Message:
    """Return that there was no UiTiD to unlink; `stopped` says that one was being linked."""
    return message((STOPPED if stopped else NOT_LINKED).say(language))
