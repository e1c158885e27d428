"""What a person is told in their direct messages without having asked."""

from datetime import datetime
from zoneinfo import ZoneInfo

import slackblocks as slack

from bot.models import Language, Message, Report
from handlers.render.blocks import button, message, section
from handlers.render.formats import day, desk, period
from handlers.render.link_button import with_link_button
from handlers.render.report_answers import NOT_ALLOWED
from handlers.render.texts import Button, ConfirmText, ConfirmTitle, Plural, Text

GO_ON = "held_go_on"
DROP = "held_drop"

DUPLICATE = Text(
    nl="De onkostennota van *{balie}* voor {period} loopt al in dit gesprek; ik vroeg ze niet nog eens.",
    en="The expense claim of *{balie}* for {period} is running in this conversation already; I did not ask twice.",
)
LINKED = Text(
    nl="Je UiTiD is gekoppeld op {day} om {time}. Wat je mij vraagt, gebeurt voortaan in jouw naam. Was jij dat niet?"
    " Typ `/uitpas ontkoppel`.",
    en="Your UiTiD was linked on {day} at {time}. What you ask me is done in your name from now on. Was that not you?"
    " Type `/uitpas disconnect`.",
)
HELD = Plural(
    one=Text(
        nl="Er staat nog 1 onkostennota stil; die vroeg je met een ander UiTiD. Wat doe ik ermee?",
        en="1 expense claim is still on hold; you asked for it with another UiTiD. What shall I do with it?",
    ),
    other=Text(
        nl="Er staan nog {n} onkostennota's stil; die vroeg je met een ander UiTiD. Wat doe ik ermee?",
        en="{n} expense claims are still on hold; you asked for them with another UiTiD. What shall I do with them?",
    ),
)
GO_ON_LABEL = Button(nl="Verder met dit UiTiD", en="Go on with this UiTiD")
DROP_LABEL = Button(nl="Annuleren", en="Cancel")
DROP_TITLE = ConfirmTitle(nl="Annuleren wat stilstaat?", en="Cancel what is on hold?")
DROP_TEXT = ConfirmText(
    nl="In elke draad meld ik dat je de onkostennota annuleerde. Je kan ze later opnieuw vragen.",
    en="Each thread will say that you cancelled the expense claim. You can ask for it again later.",
)
DROP_YES = Button(nl="Ja, annuleren", en="Yes, cancel")
DROP_NO = Button(nl="Nee, laat staan", en="No, keep it")
GOING_ON = Plural(
    one=Text(
        nl="Ik vraag 1 onkostennota opnieuw met dit UiTiD; het antwoord komt waar je ze vroeg.",
        en="I am asking for 1 expense claim again with this UiTiD; the answer will come where you asked for it.",
    ),
    other=Text(
        nl="Ik vraag {n} onkostennota's opnieuw met dit UiTiD; de antwoorden komen waar je ze vroeg.",
        en="I am asking for {n} expense claims again with this UiTiD; the answers will come where you asked for them.",
    ),
)
DROPPED = Plural(
    one=Text(nl="Ik annuleerde 1 onkostennota.", en="I cancelled 1 expense claim."),
    other=Text(nl="Ik annuleerde {n} onkostennota's.", en="I cancelled {n} expense claims."),
)
NOTHING_HELD = Text(
    nl="Er staat niets meer stil dat je met een ander UiTiD vroeg. Typ `/uitpas status` om te zien wat loopt.",
    en="Nothing that you asked for with another UiTiD is on hold any more. Type `/uitpas status` to see what is"
    " running.",
)
NO_LINK = Text(
    nl="Er is nu geen UiTiD aan je gekoppeld, dus kan ik hier niets mee doen. Koppel eerst je UiTiD.",
    en="No UiTiD is linked to you now, so there is nothing I can do with this. Link your UiTiD first.",
)
LINK_ENDED = Text(
    nl="UiTPAS aanvaardt je UiTiD-koppeling niet meer: ze is verlopen of ingetrokken.{held} Koppel je UiTiD opnieuw;"
    " daarna gaat alles vanzelf verder.",
    en="UiTPAS no longer accepts your UiTiD link: it has expired or was revoked.{held} Link your UiTiD again; after"
    " that everything goes on by itself.",
)
STANDING_STILL = Plural(
    one=Text(nl=" Er staat 1 onkostennota stil.", en=" 1 expense claim is on hold."),
    other=Text(nl=" Er staan {n} onkostennota's stil.", en=" {n} expense claims are on hold."),
)
DIGESTS_PAUSED = Plural(
    one=Text(nl=" Je digest loopt niet meer.", en=" Your digest no longer runs."),
    other=Text(nl=" Je {n} digests lopen niet meer.", en=" Your {n} digests no longer run."),
)
LINK_BROKEN = Text(
    nl="Iemand opende jouw koppeling in een andere browser. Ik heb ze gestopt en er is niets gekoppeld. Was jij het"
    " zelf? Begin dan opnieuw, en doe alles in dezelfde browser. Stuur de link nooit door, ook niet naar wie erom"
    " vraagt.",
    en="Somebody opened your link in another browser. I stopped it and nothing was linked. Was it you? Then begin"
    " again, and do everything in the same browser. Never forward the link, not even to somebody who asks for it.",
)
LINK_CLAIMED = Text(
    nl="Een collega probeerde het UiTiD te koppelen dat al aan jou gekoppeld is. Er is niets veranderd. Wist je hier"
    " niets van? Kijk dan wie op een gedeelde computer met jouw account aangemeld kan zijn, en wijzig het wachtwoord"
    " van je UiTiD.",
    en="A colleague tried to link the UiTiD that is linked to you already. Nothing was changed. Did you not know of"
    " this? Then check who may be logged in with your account on a shared computer, and change the password of your"
    " UiTiD.",
)


def not_allowed(language: Language) -> Message:
    """Return that the bot is not for this person."""
    return message(NOT_ALLOWED.say(language))


def duplicate(report: Report, language: Language) -> Message:
    """Return that the same report runs already where this one was to be announced."""
    return message(DUPLICATE.say(language, balie=desk(report.balie), period=period(report.period, language)))


def linked(at: datetime, held: int, zone: ZoneInfo, language: Language) -> Message:
    """Return that a UiTiD was linked, and ask about the `held` reports that were asked for with another."""
    local = at.astimezone(zone)
    text = LINKED.say(language, day=day(local.date(), language), time=f"{local:%H:%M}")
    if not held:
        return message(text)
    question = HELD.say(held, language)
    choices = slack.ActionsBlock([go_on_button(language), drop_button(language)])
    return message(f"{text} {question}", section(text), section(question), choices)


def link_ended(held: int, digests: int, language: Language) -> Message:
    """Return that UiTPAS takes a link no more, what stands still for it, and how to go on."""
    standing_still = STANDING_STILL.say(held, language) if held else ""
    standing_still += DIGESTS_PAUSED.say(digests, language) if digests else ""
    return with_link_button(LINK_ENDED.say(language, held=standing_still), language)


def link_broken(language: Language) -> Message:
    """Return that another browser came back from UiTiD, so that the link was stopped."""
    return with_link_button(LINK_BROKEN.say(language), language)


def link_claimed(language: Language) -> Message:
    """Return that somebody else tried to link the UiTiD of this person."""
    return message(LINK_CLAIMED.say(language))


def going_on(n: int, language: Language) -> Message:
    """Return how many reports are asked for again; none when nothing stood still any more."""
    return message(GOING_ON.say(n, language) if n else NOTHING_HELD.say(language))


def dropped(n: int, language: Language) -> Message:
    """Return how many reports were cancelled; none when nothing stood still any more."""
    return message(DROPPED.say(n, language) if n else NOTHING_HELD.say(language))


def no_link(language: Language) -> Message:
    """Return that a UiTiD must be linked first."""
    return with_link_button(NO_LINK.say(language), language)


def go_on_button(language: Language) -> slack.Button:
    """Return the button that asks for what is on hold again, with the UiTiD that is linked now."""
    return button(GO_ON_LABEL, language, action_id=GO_ON, value=GO_ON)


def drop_button(language: Language) -> slack.Button:
    """Return the button that cancels what is on hold."""
    return button(
        DROP_LABEL,
        language,
        action_id=DROP,
        value=DROP,
        confirm=slack.ConfirmationDialogue(
            slack.PlainText(DROP_TITLE.say(language)),
            slack.PlainText(DROP_TEXT.say(language)),
            DROP_YES.say(language),
            DROP_NO.say(language),
            style="danger",
        ),
    )
