"""What is said about the mapped balies."""

from handlers.render.refusals import EVERYBODY
from handlers.render.report_answers import LINK_ENDED, NOT_LINKED
from handlers.render.texts import Button, ConfirmText, ConfirmTitle, Option, Placeholder, Plural, Text, Title

POINT = Text(nl="Balies van deze werkruimte", en="Desks of this workspace")
HEAD = Text(
    nl="*Balies van deze werkruimte*, {first}–{last} van {total}",
    en="*Desks of this workspace*, {first}–{last} of {total}",
)
NONE = Text(
    nl="Er zijn nog geen balies ingesteld in deze werkruimte. Typ `/uitpas balies synchroniseer` om de balies toe te"
    " voegen waarvan je beheerder bent, of vraag de beheerder van de bot om ze in te laden.",
    en="No desks are set up in this workspace yet. Type `/uitpas counters sync` to add the desks of which you are an"
    " admin, or ask the bot's manager to load them.",
)
LINE = Text(nl="• *{balie}* (`{alias}`)", en="• *{balie}* (`{alias}`)")
ONE = Text(nl="*{balie}* (`{alias}`)", en="*{balie}* (`{alias}`)")
DEFAULT_IN = Text(nl="standaard in {channels}", en="default in {channels}")
DEFAULT_ALSO = Text(nl="ook in {channels}", en="in {channels} too")
DEFAULT_HERE = Text(nl="*de standaard van dit kanaal*", en="*the default of this channel*")
AND_MORE = Plural(Text(nl="en nog {n}", en="and {n} more"), Text(nl="en nog {n}", en="and {n} more"))
WHO_MAY = Text(
    nl="Wijzigen kan een beheerder van deze balie of van deze werkruimte. De standaard is de balie die bedoeld wordt"
    " als er geen genoemd wordt.",
    en="An admin of this desk or of this workspace can change this. The default is the desk that is meant when none is"
    " named.",
)
SEARCH_HINT = Placeholder(nl="Zoek een balie", en="Search a desk")
MORE = Option(nl="{shown} van {total}, typ verder", en="{shown} of {total}, keep typing")
PREVIOUS_LABEL = Button(nl="Vorige", en="Previous")
NEXT_LABEL = Button(nl="Volgende", en="Next")
BACK_LABEL = Button(nl="Naar de lijst", en="To the list")
DEFAULT_LABEL = Button(nl="Maak hier de standaard", en="Make the default here")
RENAME_LABEL = Button(nl="Alias wijzigen", en="Change the alias")
REMOVE_LABEL = Button(nl="Van de lijst halen", en="Take off the list")
REMOVE_TITLE = ConfirmTitle(nl="Deze balie van de lijst halen?", en="Take this desk off the list?")
REMOVE_TEXT = ConfirmText(
    nl="Onkostennota's van deze balie die nog lopen, komen stil te staan, en in haar kanalen noem je voortaan zelf de"
    " balie. Zet je de balie terug op de lijst, dan lopen ze verder.",
    en="Expense claims of this desk that are running are put on hold, and in its channels you name the desk yourself"
    " from then on. They go on when you put the desk back on the list.",
)
REMOVE_YES = Button(nl="Ja, van de lijst", en="Yes, take it off")
REMOVE_NO = Button(nl="Nee, laat staan", en="No, keep it")

NOT_MEMBER = Text(
    nl="De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de balies te bekijken.",
    en="The bot is for full members of this workspace. Ask a colleague to look at the desks.",
)
LEFT_OVER = Text(
    nl="Dat begrijp ik niet. Typ `/uitpas balies` voor de lijst, of `/uitpas balies synchroniseer` om je balies uit"
    " UiTPAS over te nemen.",
    en="I don't understand that. Type `/uitpas counters` for the list, or `/uitpas counters sync` to take your desks"
    " over from UiTPAS.",
)
GONE = Text(
    nl="Deze balie staat niet meer op de lijst. Kies een andere, of typ `/uitpas balies`.",
    en="This desk is not on the list any more. Choose another, or type `/uitpas counters`.",
)
DENIALS: dict[str, Text] = {
    "not_member": NOT_MEMBER,
    "not_admin": Text(
        nl="Alleen een beheerder van deze balie of van deze werkruimte kan dat. Vraag het aan een van hen.",
        en="Only an admin of this desk or of this workspace can do that. Ask one of them.",
    ),
    "not_linked": NOT_LINKED,
    "link_ended": LINK_ENDED,
    "slack_silent": Text(
        nl="Slack zegt nu niet of je dit mag, dus heb ik niets veranderd. Probeer het over een minuut opnieuw.",
        en="Slack does not tell now whether you may do this, so I changed nothing. Try again in a minute.",
    ),
    "uitpas_silent": Text(
        nl="UiTPAS antwoordt nu niet, dus weet ik niet waar je beheerder bent en heb ik niets veranderd. Probeer het"
        " over enkele minuten opnieuw.",
        en="UiTPAS does not answer now, so I don't know where you are an admin and changed nothing. Try again in a few"
        " minutes.",
    ),
    "uitpas_refused": Text(
        nl="UiTPAS wil niet zeggen aan welke balies je werkt, dus heb ik niets veranderd. Koppel je UiTiD opnieuw met"
        " `/uitpas koppel`; helpt dat niet, verwittig dan de beheerder van de bot.",
        en="UiTPAS won't tell at which desks you work, so I changed nothing. Link your UiTiD again with `/uitpas"
        " connect`; if that does not help, tell the bot's manager.",
    ),
    "everybody_refused": EVERYBODY,
}
"""Why a change is refused, by the name of the reason."""
MENDED_BY_LINKING = frozenset({"not_linked", "link_ended", "uitpas_refused"})
"""Reasons that go when somebody links their UiTiD."""

DEFAULTED = Text(nl="*{balie}* is nu de standaard van dit kanaal.", en="*{balie}* is the default of this channel now.")
DEFAULTED_AFTER = Text(
    nl="*{balie}* is nu de standaard van dit kanaal. Voordien was dat *{before}*.",
    en="*{balie}* is the default of this channel now. Before, that was *{before}*.",
)
RENAMED = Text(nl="*{balie}* heet voortaan `{alias}`.", en="*{balie}* is called `{alias}` from now on.")
TAKEN_SINCE = Text(
    nl="De alias is niet gewijzigd: intussen heet een andere balie `{alias}`.",
    en="The alias was not changed: meanwhile another desk is called `{alias}`.",
)
NOT_OPENED = Text(
    nl="Slack opende het formulier niet op tijd. Klik nog eens op de knop.",
    en="Slack did not open the form in time. Press the button again.",
)

FORM_TITLE = Title(nl="Alias wijzigen", en="Change the alias")
FORM_SUBMIT = Title(nl="Wijzigen", en="Change")
FORM_CLOSE = Title(nl="Annuleren", en="Cancel")
ALIAS_LABEL = Text(nl="Nieuwe alias", en="New alias")
ALIAS_HINT = Text(
    nl="Zo typt iedereen deze balie in een opdracht. Kleine letters, cijfers en streepjes, hoogstens 31.",
    en="This is how everybody types this desk in a command. Small letters, digits and dashes, at most 31.",
)
WHICH = Text(nl="*{balie}* heet nu `{alias}`.", en="*{balie}* is called `{alias}` now.")
WRONG: dict[str, Text] = {
    "signs": Text(
        nl="Gebruik 1 tot 31 kleine letters, cijfers en streepjes, en begin niet met een streepje.",
        en="Use 1 to 31 small letters, digits and dashes, and don't begin with a dash.",
    ),
    "word": Text(
        nl="Dit is een woord van de opdracht of van een periode. Kies een ander.",
        en="This is a word of the command or of a period. Choose another.",
    ),
    "taken": Text(
        nl="Een andere balie heet al zo. Kies een andere alias.", en="Another desk has this alias. Choose another."
    ),
    "same": Text(nl="Zo heet deze balie al.", en="This desk is called so already."),
    "gone": Text(nl="Deze balie staat niet meer op de lijst.", en="This desk is not on the list any more."),
}
"""What stands at the field, by what is wrong with the alias."""

REMOVED = Text(nl="*{balie}* (`{alias}`) staat niet meer op de lijst.", en="*{balie}* (`{alias}`) is off the list.")
LOST = Text(
    nl="Zonder standaardbalie zijn nu: {channels}. Wie daar iets vraagt, noemt er de balie bij.",
    en="Without a default desk are now: {channels}. Who asks something there names the desk.",
)
PAUSED = Plural(
    Text(nl="Er staat {n} onkostennota stil.", en="{n} expense claim is on hold."),
    Text(nl="Er staan {n} onkostennota's stil.", en="{n} expense claims are on hold."),
)
PAUSED_LINE = Text(nl="• {period}: <{link}|bekijk de draad>", en="• {period}: <{link}|open the thread>")
PAUSED_LINE_BARE = Text(nl="• {period}", en="• {period}")
UNDO = Text(
    nl="Toch niet de bedoeling? Een beheerder van de balie zet haar terug met `/uitpas balies synchroniseer`; wat"
    " stilstaat, gaat dan vanzelf verder. De kanalen stel je opnieuw in.",
    en="Not what you meant? An admin of the desk adds it again with `/uitpas counters sync`; what is on hold then goes"
    " on by itself. Channels have to be set again.",
)

SYNC_POINT = Text(nl="Balies overgenomen uit UiTPAS", en="Desks taken over from UiTPAS")
ADDED = Plural(
    Text(nl="*{n} balie toegevoegd*", en="*{n} desk added*"), Text(nl="*{n} balies toegevoegd*", en="*{n} desks added*")
)
CHANGED = Plural(
    Text(nl="*{n} balie bijgewerkt*", en="*{n} desk updated*"),
    Text(nl="*{n} balies bijgewerkt*", en="*{n} desks updated*"),
)
NEW_NAME = Text(
    nl="• `{alias}` heet nu *{balie}*, voordien *{before}*", en="• `{alias}` is *{balie}* now, was *{before}*"
)
SAME_NAME = Text(nl="• *{balie}* (`{alias}`)", en="• *{balie}* (`{alias}`)")
CARD_SYSTEMS = Text(nl="kaartsystemen: {systems}", en="card systems: {systems}")
NO_CARD_SYSTEMS = Text(nl="geen kaartsystemen meer", en="no card systems any more")
DETAILS = Text(nl="nummer of sleutel", en="number or key")
UNCHANGED = Text(nl="Er is niets veranderd.", en="Nothing changed.")
UP_TO_DATE = Plural(
    Text(nl="{n} balie stond al goed.", en="{n} desk was up to date."),
    Text(nl="{n} balies stonden al goed.", en="{n} desks were up to date."),
)
NOTHING_LISTED = Text(
    nl="Bij UiTPAS werk je aan geen enkele balie, dus is er niets over te nemen. Vraag de beheerder van je balie om je"
    " toe te voegen.",
    en="At UiTPAS you work at no desk, so there is nothing to take over. Ask your desk's admin to add you.",
)
OTHERS = Plural(
    Text(
        nl="{n} balie heb ik gelaten: daar ben je medewerker en geen beheerder.",
        en="I left {n} desk alone: you are a member there and no admin.",
    ),
    Text(
        nl="{n} balies heb ik gelaten: daar ben je medewerker en geen beheerder.",
        en="I left {n} desks alone: you are a member there and no admin.",
    ),
)
RESUMED = Plural(
    Text(nl="{n} onkostennota gaat weer verder.", en="{n} expense claim goes on again."),
    Text(nl="{n} onkostennota's gaan weer verder.", en="{n} expense claims go on again."),
)
