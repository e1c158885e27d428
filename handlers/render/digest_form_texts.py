"""What the form of a digest says."""

from bot.digests import Rhythm
from bot.models import Audience, Language
from handlers.render.texts import Alert, Option, Placeholder, Plural, Text, Title

TITLE = Title(nl="Digest", en="Digest")
CREATE = Title(nl="Instellen", en="Set up")
CHANGE = Title(nl="Bewaren", en="Save")
CANCEL = Title(nl="Annuleren", en="Cancel")
CLOSE = Title(nl="Sluiten", en="Close")

BALIES_LABEL = Text(nl="Balies", en="Desks")
BALIES_HINT = Placeholder(nl="Typ een naam of kies uit de lijst", en="Type a name or choose from the list")
BALIES_SMALL = Text(
    nl="Kies er een of meer, hoogstens {most}. Ze komen samen in één bericht.",
    en="Choose one or more, {most} at most. They come together in one message.",
)
MISSING = Plural(
    one=Text(
        nl="{balies} staat niet meer op de lijst en vraag ik niet meer op.",
        en="{balies} is no longer on the list, so I no longer ask for it.",
    ),
    other=Text(
        nl="{balies} staan niet meer op de lijst en vraag ik niet meer op.",
        en="{balies} are no longer on the list, so I no longer ask for them.",
    ),
)

RHYTHM_LABEL = Text(nl="Wanneer?", en="When?")
RHYTHMS: dict[Rhythm, Option] = {
    Rhythm.MONTH: Option(nl="Als een maand is afgelopen", en="When a month has ended"),
    Rhythm.QUARTER: Option(nl="Als een kwartaal is afgelopen", en="When a quarter has ended"),
    Rhythm.LISTED: Option(nl="Als UiTPAS een nieuwe periode toont", en="When UiTPAS lists a new period"),
}
RHYTHMS_SMALL: dict[Rhythm, Option] = {
    Rhythm.MONTH: Option(nl="Elke maand, over de maand ervoor", en="Every month, about the month before"),
    Rhythm.QUARTER: Option(
        nl="Vier keer per jaar, over het kwartaal ervoor", en="Four times a year, about the quarter"
    ),
    Rhythm.LISTED: Option(
        nl="Ik kijk geregeld, en zwijg als er niets nieuws is", en="I look now and then, else I am quiet"
    ),
}
DAY_LABEL = Text(nl="Op welke dag?", en="On which day?")
DAY_SMALL = Text(
    nl="Na een maand of kwartaal: de eerste keer dat het die dag is. Maandag is dus de eerste maandag van de nieuwe"
    " maand. Bij een nieuwe periode: de dag waarop ik kijk, elke week of elke maand.",
    en="After a month or quarter: the first time it is that day. So Monday is the first Monday of the new month. For a"
    " new period: the day on which I look, every week or every month.",
)
WEEKDAYS = Text(nl="Een dag van de week", en="A day of the week")
MONTH_DAYS = Text(nl="Een dag van de maand", en="A day of the month")
MONTH_DAY = Option(nl="De {day}", en="The {day}")
MONTH_DAY_OR_LAST = Option(nl="De {day}, of de laatste dag", en="The {day}, or the last day")
TIME_LABEL = Text(nl="Hoe laat?", en="At what time?")
TIME_SMALL = Text(
    nl="Niet tussen 01:00 en 04:00, want dan kan de klok verspringen.",
    en="Not between 01:00 and 04:00, as clocks may change then.",
)
ZONE_LABEL = Text(nl="Tijdzone", en="Time zone")
ZONE_HINT = Placeholder(nl="Typ een stad, zoals Brussels", en="Type a city, such as Brussels")
MORE_ZONES = Text(nl="Er zijn er {n}: typ een stad om te zoeken", en="There are {n}: type a city to search")
LANGUAGE_LABEL = Text(nl="Taal van het bericht", en="Language of the message")
LANGUAGES: dict[Language, Option] = {
    Language.NL: Option(nl="Nederlands", en="Nederlands"),
    Language.EN: Option(nl="English", en="English"),
}

LOOKING = Text(nl="Ik kijk na wie er meeleest in {place}.", en="I am checking who can read {place}.")
HERE = Text(nl="<#{channel}>", en="<#{channel}>")
HERE_DIRECT = Text(nl="dit gesprek", en="this conversation")
READERS: dict[Audience, Text] = {
    Audience.INVITED: Text(
        nl="De digest komt in {place}: iedereen daar ziet de bedragen. De bestanden komen in de draad, met gegevens van"
        " pashouders; ook die kan iedereen daar openen.",
        en="The digest goes to {place}: everybody there sees the amounts. The files go to the thread, with passholders'"
        " data; everybody there can open those, too.",
    ),
    Audience.WORKSPACE: Text(
        nl="De digest komt in {place}, en dat is openbaar: iedereen van de werkruimte kan de bedragen zien. De"
        " bestanden stuur ik alleen naar jou, in een privébericht, want er staan gegevens van pashouders in.",
        en="The digest goes to {place}, which is public: everybody in the workspace can see the amounts. The files I"
        " send to you alone, in a direct message, as they hold passholders' data.",
    ),
    Audience.OUTSIDERS: Text(
        nl="In {place} lezen mensen van buiten je organisatie mee, dus daar kan geen digest komen. Typ `/uitpas digest`"
        " in een ander kanaal.",
        en="People from outside your organisation can read {place}, so no digest can go there. Type `/uitpas digest` in"
        " another channel.",
    ),
    Audience.UNKNOWN: Text(
        nl="Ik kan niet nagaan wie er meeleest in {place}. Wie daar meeleest, ziet de bedragen; de bestanden stuur ik"
        " dan alleen naar jou, in een privébericht, want er staan gegevens van pashouders in.",
        en="I can't tell who can read {place}. Whoever can sees the amounts; the files I then send to you alone, in a"
        " direct message, as they hold passholders' data.",
    ),
}
TO_ME = Text(
    nl="De digest komt hier, in je privéberichten met mij: alleen jij ziet de bedragen en de bestanden.",
    en="The digest comes here, in your direct messages with me: you alone see the amounts and the files.",
)
NOT_THERE = Text(
    nl="Ik zit niet in {place}, dus daar kan geen digest komen. Typ er eerst `/invite @baliebot`.",
    en="I am not in {place}, so no digest can go there. Type `/invite @baliebot` there first.",
)
ARCHIVED = Text(
    nl="{place} is gearchiveerd, dus daar kan geen digest komen. Typ `/uitpas digest` in een ander kanaal.",
    en="{place} is archived, so no digest can go there. Type `/uitpas digest` in another channel.",
)
NOT_IN_DIRECT = Text(
    nl="In dit gesprek zit ik niet. Typ `/uitpas digest` in een kanaal, of in je privéberichten met mij.",
    en="I am not in this conversation. Type `/uitpas digest` in a channel, or in your direct messages with me.",
)
IN_YOUR_NAME = Text(
    nl="Ik vraag alles aan UiTPAS in jouw naam, met het UiTiD dat je koppelde.",
    en="I ask UiTPAS for all of it in your name, with the UiTiD that you linked.",
)

NO_BALIE = Text(nl="Kies minstens één balie.", en="Choose at least one desk.")
TOO_MANY_BALIES = Text(nl="Kies hoogstens {most} balies.", en="Choose {most} desks at most.")
NO_SUCH_BALIE = Text(
    nl="Een van deze balies staat niet meer op de lijst. Haal ze hier weg of kies een andere.",
    en="One of these desks is no longer on the list. Take it out or choose another.",
)
NO_TIME = Text(nl="Kies een uur.", en="Choose a time.")
QUIET = Text(nl="Kies een uur vóór 01:00 of vanaf 04:00.", en="Choose a time before 01:00, or from 04:00 on.")
NO_SUCH_ZONE = Text(nl="Deze tijdzone ken ik niet. Kies er een uit de lijst.", en="I don't know this zone. Choose one.")
STILL_LOOKING = Text(
    nl="Ik kijk nog na wie er meeleest. Lees hieronder wat het wordt en probeer het dan opnieuw.",
    en="I am still checking who can read along. See below what it comes to, then try again.",
)
SHARED = Text(
    nl="In dit kanaal lezen mensen van buiten je organisatie mee. Typ /uitpas digest in een ander kanaal.",
    en="People from outside your organisation can read this channel. Type /uitpas digest in another channel.",
)
CAN_NOT_WRITE = Text(
    nl="Ik zit niet in dit kanaal. Typ er /invite @baliebot en probeer opnieuw.",
    en="I am not in this channel. Type /invite @baliebot there and try again.",
)
ARCHIVED_ERROR = Text(
    nl="Dit kanaal is gearchiveerd. Typ /uitpas digest in een ander kanaal.",
    en="This channel is archived. Type /uitpas digest in another channel.",
)
NOT_IN_DIRECT_ERROR = Text(
    nl="In dit gesprek zit ik niet. Typ /uitpas digest in een kanaal, of in je privéberichten met mij.",
    en="I am not in this conversation. Type /uitpas digest in a channel, or in your direct messages with me.",
)
GOES_NOW = Alert(
    nl="Hier kan de digest komen. Kijk hieronder na wie er meeleest en probeer het dan opnieuw.",
    en="The digest can go here. Check below who can read it, then try again.",
)
BALIE_GONE = Alert(
    nl="Een van deze balies is zonet van de lijst gehaald. Kies opnieuw.",
    en="One of these desks was just taken off the list. Choose again.",
)
CROWDED = Alert(
    nl="Hier komen al {most} digests. Verwijder er een die je niet meer nodig hebt.",
    en="{most} digests come here already. Remove one that is no longer needed.",
)
TOO_LATE = Text(
    nl="Slack was te traag om het formulier te openen. Typ `/uitpas digest` opnieuw.",
    en="Slack was too slow to open the form. Type `/uitpas digest` again.",
)
NO_CHANNEL = Text(
    nl="Een digest hoort bij een kanaal. Typ `/uitpas digest` in het kanaal waar hij moet komen.",
    en="A digest belongs to a channel. Type `/uitpas digest` in the channel where it is to go.",
)
CREATED = Text(nl="*De digest is ingesteld.*", en="*The digest is set up.*")
CHANGED = Text(nl="*De digest is aangepast.*", en="*The digest is changed.*")
GOES_TO = Text(nl="Hij komt in {place}.", en="It goes to {place}.")
GOES_TO_ME = Text(nl="Hij komt in je privéberichten met mij.", en="It goes to your direct messages with me.")
TRY_HINT = Text(
    nl="Nu proberen vraagt alles één keer op, over de laatste afgelopen periode. Aan de planning verandert niets.",
    en="Trying now asks for everything once, about the last period that has ended. It changes nothing about the plan.",
)
