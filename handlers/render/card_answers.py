"""What the asker alone reads when there is no table to show: what is wrong with number, card or question."""

from bot.cards import CardQuestion, CardStatus
from bot.models import Language, Message
from handlers.render import refusals
from handlers.render.blocks import message
from handlers.render.formats import day, escape, period
from handlers.render.link_button import with_link_button
from handlers.render.report import CLIPPED
from handlers.render.texts import Alert, Text

NUMBERS: dict[str, Text] = {
    "missing": Text(nl="Typ de 13 cijfers van de kaart.", en="Type the 13 digits of the card."),
    "signs": Text(
        nl="Dat is geen kaartnummer. Typ eerst de 13 cijfers van de kaart, met of zonder spaties, en dan de rest.",
        en="That is no card number. Type the 13 digits of the card first, with or without blanks, then the rest.",
    ),
    "length": Text(
        nl="Een kaartnummer heeft 13 cijfers, en ik tel er {digits}. Kijk of er een ontbreekt of dubbel staat.",
        en="A card number has 13 digits, and I count {digits}. See whether one is missing or doubled.",
    ),
    "national": Text(
        nl="Dat lijkt een rijksregisternummer: 11 cijfers. Ik heb het nergens opgezocht of bewaard. Typ de 13 cijfers"
        " van de kaart.",
        en="That looks like a national number: 11 digits. I did not look it up or keep it. Type the 13 digits of the"
        " card.",
    ),
    "check": Text(
        nl="In dat kaartnummer staat een tikfout: het laatste cijfer past niet bij de andere. Vergelijk met de kaart.",
        en="That card number has a typing error: its last digit does not fit the others. Compare it with the card.",
    ),
    "flag": Text(
        nl="Dat is geen kaartnummer: het voorlaatste cijfer is altijd 0 of 1. Vergelijk met de kaart.",
        en="That is no card number: the last digit but one is always 0 or 1. Compare it with the card.",
    ),
}
NOTHING = Text(
    nl="Met deze kaart zijn in deze periode geen punten omgeruild: {period}. Dat geldt voor alle balies. Zoek je iets"
    " ouders? Typ het nummer opnieuw met een periode, zoals `2024`.",
    en="No points were swapped with this card in this period: {period}. That goes for all desks. Looking for something"
    " older? Type the number again with a period, such as `2024`.",
)
UNKNOWN_CARD = Text(
    nl="UiTPAS kent geen kaart met dit nummer. Vergelijk het met de kaart zelf.",
    en="UiTPAS knows no card with this number. Compare it with the card itself.",
)
HOLDERLESS = Text(
    nl="UiTPAS kent deze kaart, maar geen pashouder erbij. Zoek de pashouder op in de balie-app.",
    en="UiTPAS knows this card, but no holder of it. Look the holder up in the desk app.",
)
STATUSES: dict[CardStatus, Text] = {
    CardStatus.BLOCKED: Text(
        nl="Deze kaart is geblokkeerd. Vraag de pashouder naar de nieuwe kaart en typ dat nummer.",
        en="This card is blocked. Ask the holder for the new card and type that number.",
    ),
    CardStatus.DELETED: Text(
        nl="Deze kaart is verwijderd. Vraag de pashouder naar de huidige kaart en typ dat nummer.",
        en="This card was removed. Ask the holder for the current card and type that number.",
    ),
    CardStatus.NOT_GIVEN_OUT: Text(
        nl="Deze kaart is nog aan niemand gegeven, dus is er niets mee omgeruild. Vergelijk het nummer met de kaart.",
        en="This card was not given to anyone yet, so nothing was swapped with it. Compare the number with the card.",
    ),
}
NOT_LINKED = Alert(
    nl="Je UiTiD is nog niet gekoppeld, en zonder mag ik UiTPAS niets vragen in jouw naam. Typ `/uitpas koppel`, en"
    " typ daarna het kaartnummer opnieuw.",
    en="Your UiTiD is not linked yet, and without it I may not ask UiTPAS anything for you. Type `/uitpas connect`,"
    " then type the card number again.",
)
LINK_ENDED = Alert(
    nl="Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen, en typ daarna het"
    " kaartnummer opnieuw.",
    en="Your UiTiD link has expired or was revoked. Type `/uitpas connect` to link again, then type the card number"
    " again.",
)
NOT_ALLOWED = Alert(
    nl="Kaarten opzoeken is voor volwaardige leden van deze werkruimte. Vraag het aan een collega.",
    en="Looking up cards is for full members of this workspace. Ask a colleague.",
)
OFTEN: dict[str, Text] = {
    "minute": Text(
        nl="Je zocht net veel kaarten op. Wacht een minuut en probeer het opnieuw.",
        en="You looked up many cards just now. Wait a minute and try again.",
    ),
    "day": Text(
        nl="Je zocht vandaag al 300 keer kaarten op, meer laat ik niet toe. Morgen kan het weer, of vraag een collega.",
        en="You looked up cards 300 times today, and I allow no more. Tomorrow you can again, or ask a colleague.",
    ),
}
SILENT = Text(
    nl="UiTPAS antwoordt nu niet. Probeer het over enkele minuten opnieuw, of kijk in de balie-app.",
    en="UiTPAS does not answer now. Try again in a few minutes, or look in the desk app.",
)
AGAIN = Text(
    nl="Dit werkt na een half uur niet meer, want van een kaart onthoud ik niets. Typ het nummer opnieuw: `/uitpas"
    " kaart`.",
    en="This no longer works after half an hour, as I remember nothing of a card. Type the number again: `/uitpas"
    " card`.",
)
REFUSALS: dict[str, Text] = {
    "PARSE_INVALID_UITPASNUMBER": Text(
        nl="UiTPAS aanvaardt dit kaartnummer niet. Typ de 13 cijfers van de kaart opnieuw over.",
        en="UiTPAS does not accept this card number. Retype the 13 digits of the card.",
    ),
    "INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE": Text(
        nl="De begindatum valt na de einddatum. Draai ze om.", en="The start date is after the end date. Swap them."
    ),
    "INVALID_INTERVAL_MIN_HIGHER_THAN_MAX": Text(
        nl="UiTPAS aanvaardt deze grenzen niet. Kies een andere periode.",
        en="UiTPAS does not accept these limits. Choose another period.",
    ),
    "INVALID_PARAMETERS": Text(
        nl="UiTPAS weigert deze vraag. Kies een andere periode of volgorde; blijft het, verwittig dan de beheerder van"
        " de bot.",
        en="UiTPAS refuses this question. Choose another period or order; if that does not help, tell the bot's"
        " manager.",
    ),
    "everybody": refusals.EVERYBODY,
    "UNKNOWN_BALIE_CONSUMERKEY": refusals.REFUSALS["UNKNOWN_BALIE_CONSUMERKEY"],
    "ACCESS_DENIED": Text(
        nl="Je UiTiD mag aan deze balie geen kaarten opzoeken. Kies een balie waar je werkt, of vraag het aan de"
        " beheerder van je balie.",
        en="Your UiTiD may not look up cards at this desk. Choose a desk where you work, or ask your desk's admin.",
    ),
    "INVALID_CARD": Text(
        nl="Deze kaart of pashouder is verwijderd. Vraag naar de huidige kaart en typ dat nummer.",
        en="This card or its holder was removed. Ask for the current card and type that number.",
    ),
}
LEFT_OVER = Text(
    nl="Ik begrijp niet alles na het kaartnummer. Typ eerst het nummer, dan de periode en dan de balie, zoals"
    " `vorig jaar de-werf`.",
    en="I don't understand all that follows the card number. Type the number, then the period, then the desk, such as"
    " `last year de-werf`.",
)


def barred(text: Text, language: Language) -> Message:
    """Return what stands in the way of a question, with the button to link where that is what it takes."""
    said = text.say(language)
    return with_link_button(said, language) if text in {NOT_LINKED, LINK_ENDED} else message(said)


def number(kind: str, digits: int, language: Language) -> str:
    """Say which check the number did not pass; never the number."""
    return NUMBERS[kind].say(language, digits=digits)


def nothing(status: CardStatus | None, question: CardQuestion, language: Language, *, is_known: bool) -> Message:
    """Return why there is nothing to show of a card."""
    if status in STATUSES:
        return message(STATUSES[status].say(language))
    if is_known:
        said = NOTHING.say(language, period=period(question.period, language))
        last = day(question.period.last, language)
        return message(f"{said} {CLIPPED.say(language, last=last)}" if question.clipped else said)
    return message((UNKNOWN_CARD if status is None else HOLDERLESS).say(language))


def refused(code: str, language: Language) -> Message:
    """Return what a "no" of UiTPAS means."""
    known = REFUSALS.get(code)
    return message(known.say(language) if known else refusals.UNKNOWN.say(language, code=escape(code or "?")))
