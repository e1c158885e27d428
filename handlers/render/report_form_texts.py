"""What the form of a report says."""

from bot.models import Audience
from handlers.render.texts import Alert, Option, Placeholder, Text, Title

TITLE = Title(nl="Onkostennota", en="Expense claim")
SUBMIT = Title(nl="Aanvragen", en="Request")
CANCEL = Title(nl="Annuleren", en="Cancel")
CLOSE = Title(nl="Sluiten", en="Close")

BALIE_LABEL = Text(nl="Balie", en="Desk")
BALIE_HINT = Placeholder(nl="Typ een naam of kies uit de lijst", en="Type a name or choose from the list")
FIRST_LABEL = Text(nl="Van", en="From")
LAST_LABEL = Text(nl="Tot en met", en="Up to and including")

OFFERED = Text(
    nl="*Periodes van UiTPAS*\nvullen de datums in",
    en="*Periods at UiTPAS*\nfill in the dates",
)
OFFER_HINT = Placeholder(nl="Kies een periode", en="Choose a period")
NO_BALIE_YET = Text(
    nl="Kies een balie, dan zoek ik op welke periodes UiTPAS voor haar klaarzette.",
    en="Choose a desk, and I look up which periods UiTPAS has ready for it.",
)
WAITING = Text(
    nl="Ik zoek op welke periodes UiTPAS klaarzette. Intussen kan je zelf datums kiezen.",
    en="I am looking up which periods UiTPAS has ready. Meanwhile you can choose dates yourself.",
)
NONE = Text(
    nl="UiTPAS heeft voor deze balie nog geen periodes klaargezet. Kies zelf de datums.",
    en="UiTPAS has no periods ready for this desk yet. Choose the dates yourself.",
)
SILENT = Text(
    nl="UiTPAS antwoordt nu niet op de vraag naar periodes. Kies zelf de datums, dat werkt even goed.",
    en="UiTPAS does not tell its periods now. Choose the dates yourself, that works just as well.",
)
DENIED = Text(
    nl="Je UiTiD heeft geen rechten aan deze balie. Kies een andere, of vraag het aan de beheerder van je balie.",
    en="Your UiTiD has no rights at this desk. Choose another, or ask your desk's admin.",
)
ENDED = Text(
    nl="Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen.",
    en="Your UiTiD link has expired or was revoked. Type `/uitpas connect` to link again.",
)

PLACE_LABEL = Text(nl="Waar komt het antwoord?", en="Where should the answer go?")
HERE_OPTION = Option(nl="In dit kanaal", en="In this channel")
ELSEWHERE_OPTION = Option(nl="In een ander kanaal", en="In another channel")
SOMEWHERE_OPTION = Option(nl="In een kanaal", en="In a channel")
ME_OPTION = Option(nl="Alleen aan mij, in een privébericht", en="Only to me, in a direct message")
CHANNEL_LABEL = Text(nl="Welk kanaal?", en="Which channel?")
CHANNEL_HINT = Placeholder(nl="Kies een kanaal", en="Choose a channel")

TO_ME = Text(
    nl="Alleen jij ziet het antwoord en het bestand.",
    en="Only you see the answer and the file.",
)
NO_CHANNEL_YET = Text(
    nl="Kies een kanaal, dan zeg ik wie er meeleest en waar het bestand komt.",
    en="Choose a channel, and I tell who can read there and where the file goes.",
)
LOOKING = Text(nl="Ik kijk na wie er meeleest in {channel}.", en="I am checking who can read {channel}.")
NOT_THERE = Text(
    nl="Ik zit niet in {channel}. Typ er eerst `/invite @baliebot`, of kies een andere plaats.",
    en="I am not in {channel}. Type `/invite @baliebot` there first, or choose another place.",
)
READERS: dict[Audience, Text] = {
    Audience.INVITED: Text(
        nl="Het antwoord en het bestand komen in een draad in {channel}. In het bestand staan gegevens van pashouders:"
        " iedereen in dat kanaal kan het openen.",
        en="The answer and the file go to a thread in {channel}. The file holds passholders' data: everybody in that"
        " channel can open it.",
    ),
    Audience.WORKSPACE: Text(
        nl="{channel} is openbaar. De bedragen komen er in een draad; het bestand stuur ik alleen naar jou, want er"
        " staan gegevens van pashouders in.",
        en="{channel} is public. The amounts go to a thread there; the file I send to you alone, as it holds"
        " passholders' data.",
    ),
    Audience.OUTSIDERS: Text(
        nl="In {channel} lezen mensen van buiten je organisatie mee. De bedragen komen er in een draad; het bestand"
        " stuur ik alleen naar jou, want er staan gegevens van pashouders in.",
        en="People from outside your organisation can read {channel}. The amounts go to a thread there; the file I"
        " send to you alone, as it holds passholders' data.",
    ),
    Audience.UNKNOWN: Text(
        nl="Ik kan niet nagaan wie er meeleest in {channel}. De bedragen komen er in een draad; het bestand stuur ik"
        " dan alleen naar jou, want er staan gegevens van pashouders in.",
        en="I can't tell who can read {channel}. The amounts go to a thread there; the file I then send to you alone,"
        " as it holds passholders' data.",
    ),
}
FILE_LABEL = Text(nl="Het bestand", en="The file")
FILE_OPTION = Option(nl="Stuur het bestand alleen naar mij", en="Send the file to me alone")
FILE_SMALL = Option(nl="In de draad komen dan enkel de bedragen.", en="Only the amounts then go to the thread.")
AGAIN_LABEL = Text(nl="Al bezorgd", en="Delivered before")
AGAIN_OPTION = Option(nl="Laat ze toch opnieuw maken", en="Have it made again anyway")
BEFORE = Alert(
    nl="Deze onkostennota is daar al bezorgd. Vink aan dat je ze opnieuw wil, of sluit dit venster.",
    en="This expense claim was delivered there before. Tick that you want it again, or close this.",
)
BEFORE_LINK = Text(nl="<{link}|Bekijk de draad>", en="<{link}|Open the thread>")

TOO_LATE = Text(
    nl="Slack was te traag om het formulier te openen. Typ `/uitpas rapport` opnieuw, of meteen met de periode:"
    " `/uitpas rapport vorig kwartaal`.",
    en="Slack was too slow to open the form. Type `/uitpas report` again, or with the period at once:"
    " `/uitpas report last quarter`.",
)
NO_SUCH_BALIE = Alert(
    nl="Deze balie is niet meer ingesteld. Kies een andere.", en="This desk is no longer set up. Choose another."
)
NO_DAY = Text(nl="Kies een dag.", en="Choose a day.")
REVERSED = Text(
    nl="Deze dag valt voor de begindatum. Kies een latere.", en="This day is before the first one. Choose a later."
)
FUTURE = Text(
    nl="Deze dag moet nog komen. Kies vandaag of vroeger.", en="This day is still to come. Choose today or earlier."
)
CAN_NOT_WRITE = Text(
    nl="Ik zit niet in dat kanaal. Typ er /invite @baliebot en probeer opnieuw, of kies een andere plaats.",
    en="I am not in that channel. Type /invite @baliebot there and try again, or choose another place.",
)
CAN_WRITE_NOW = Alert(
    nl="Ik zit nu wel in dat kanaal. Kijk na wie er meeleest en vraag het dan opnieuw.",
    en="I am in that channel now. Check who can read it, then ask again.",
)
NO_CHANNEL = Text(nl="Kies ook in welk kanaal.", en="Choose which channel, too.")
ASKED = Text(
    nl="Gevraagd: de onkostennota van *{balie}* voor {period}. Het antwoord komt in {channel}.",
    en="Asked for: the expense claim of *{balie}* for {period}. The answer will come in {channel}.",
)
ASKED_DM = Text(
    nl="Gevraagd: de onkostennota van *{balie}* voor {period}. Het antwoord komt in je privéberichten met mij.",
    en="Asked for: the expense claim of *{balie}* for {period}. The answer will come in your direct messages with me.",
)
