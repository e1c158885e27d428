"""What a digest says."""

from handlers.render.texts import Plural, Text

TITLE = Text(nl="Onkostennota's van {period}", en="Expense claims of {period}")
TRIAL = Text(
    nl="Dit is een proef: aan de planning verandert niets.",
    en="This is a trial: it changes nothing about the schedule.",
)
LATE = Text(
    nl="Dit komt later dan gepland: het moest er zijn op {planned}, maar toen ging dat niet.",
    en="This comes later than planned: it should have been here on {planned}, but that was not possible then.",
)
MOVED = Text(
    nl="In {channel} kon ik dit niet plaatsen, dus lees je het hier.",
    en="I could not place this in {channel}, so you read it here.",
)

COLUMNS = (
    Text(nl="Balie", en="Desk"),
    Text(nl="Verkopen", en="Sales"),
    Text(nl="Te vorderen (€)", en="To claim (€)"),
    Text(nl="Verschil (€)", en="Change (€)"),
)
NAMELESS = Text(nl="(zonder naam)", en="(no name)")
SUM = Text(nl="Samen", en="In all")
UNKNOWN = "–"
CHART = Text(nl="Te vorderen per balie (€)", en="To claim per desk (€)")

SALES = Plural(one=Text(nl="{n} verkoop", en="{n} sale"), other=Text(nl="{n} verkopen", en="{n} sales"))
TOTAL = Text(
    nl="*{balies}: {sales}, te vorderen {contribution}.*",
    en="*{balies}: {sales}, to claim {contribution}.*",
)
OF_ALL = Plural(
    one=Text(nl="Samen voor {n} balie", en="In all for {n} desk"),
    other=Text(nl="Samen voor {n} balies", en="In all for {n} desks"),
)
OF_SOME = Plural(
    one=Text(nl="Samen voor {n} van de {all} balies", en="In all for {n} of the {all} desks"),
    other=Text(nl="Samen voor {n} van de {all} balies", en="In all for {n} of the {all} desks"),
)
MORE = Text(nl="Tegenover {before} is dat {change} meer", en="Compared with {before} that is {change} more")
LESS = Text(nl="Tegenover {before} is dat {change} minder", en="Compared with {before} that is {change} less")
AS_MUCH = Text(nl="Tegenover {before} is dat evenveel", en="Compared with {before} that is just as much")
COMPARED = Plural(
    one=Text(
        nl="{change}, voor de ene balie waarvan ik ook toen het bedrag ken.",
        en="{change}, for the one desk whose amount I know for then, too.",
    ),
    other=Text(
        nl="{change}, voor de {n} balies waarvan ik ook toen het bedrag ken.",
        en="{change}, for the {n} desks whose amounts I know for then, too.",
    ),
)

SORTED = Text(nl="Het hoogste bedrag staat bovenaan.", en="The highest amount comes first.")
AGAINST = Text(nl="Het verschil is tegenover {before}.", en="The change is compared with {before}.")
AGAINST_SOME = Text(
    nl="Het verschil is tegenover {before}. Waar – staat, ken ik dat bedrag niet; in het totaal van het verschil telt"
    " die balie niet mee.",
    en="The change is compared with {before}. Where it says –, I don't know that amount; the sum of the changes leaves"
    " that desk out.",
)
AGAINST_NONE = Text(
    nl="Van {before} ken ik geen bedragen, dus is er nog geen verschil.",
    en="I know no amounts of {before}, so there is no change to tell yet.",
)
NO_BEFORE = Text(
    nl="Er is geen vorige periode om mee te vergelijken.", en="There is no period before it to compare with."
)

FAILED = Text(nl="• *Niet gelukt:* {balies}. {why}", en="• *Did not work:* {balies}. {why}")
EXPIRED = Text(
    nl="• *Niet op tijd klaar bij UiTPAS:* {balies}. In de draad kan je het opnieuw proberen.",
    en="• *Not done in time at UiTPAS:* {balies}. You can try again in the thread.",
)
ON_HOLD = Text(
    nl="• *Staat stil:* {balies}. De UiTiD-koppeling van wie de digest instelde is verlopen of ingetrokken. Na"
    " `/uitpas koppel` met hetzelfde UiTiD komt het antwoord in de draad.",
    en="• *On hold:* {balies}. The UiTiD link of whoever set up the digest has expired or was revoked. After"
    " `/uitpas connect` with the same UiTiD the answer comes in the thread.",
)
UNMAPPED = Text(
    nl="• *Staat stil, de balie is van de lijst gehaald:* {balies}. Zet een beheerder de balie terug, dan komt het"
    " antwoord in de draad.",
    en="• *On hold, the desk was taken off the list:* {balies}. Once an admin puts the desk back, the answer comes in"
    " the thread.",
)
RUNNING = Text(
    nl="• *Komt nog, in deze draad:* {balies}. UiTPAS is er nog mee bezig.",
    en="• *Still to come, in this thread:* {balies}. UiTPAS is still working on it.",
)
UNCOUNTED = Text(
    nl="• *Klaar, maar niet geteld:* {balies}. De bladen kon ik niet lezen; in de draad staat meer.",
    en="• *Ready, but not counted:* {balies}. I could not read the sheets; the thread says more.",
)
CANCELLED = Text(
    nl="• *Geannuleerd:* {balies}. Nog nodig? Typ `/uitpas rapport`.",
    en="• *Cancelled:* {balies}. Still needed? Type `/uitpas report`.",
)
EMPTY = Text(
    nl="• *Niets geregistreerd:* {balies}. Verwachtte je er verkopen, vraag het dan na bij de balie.",
    en="• *Nothing registered:* {balies}. If you expected sales there, ask the desk.",
)
MISSING = Text(
    nl="• *Niet meer op de lijst, dus niet gevraagd:* {balies}. Pas de digest aan met `/uitpas digest`.",
    en="• *No longer on the list, so not asked for:* {balies}. Change the digest with `/uitpas digest`.",
)
WAS = Text(nl="{balie} (was {before})", en="{balie} (was {before})")
AND_MORE = Plural(
    one=Text(nl="nog {n} balie", en="{n} more desk"), other=Text(nl="nog {n} balies", en="{n} more desks")
)
AND = Text(nl="{balies} en {last}", en="{balies} and {last}")
MORE_LINES = Plural(
    one=Text(
        nl="• Met nog {n} balie is er iets. Kijk in de draad en bij `/uitpas digest`.",
        en="• There is something with {n} more desk. See the thread and `/uitpas digest`.",
    ),
    other=Text(
        nl="• Met nog {n} balies is er iets. Kijk in de draad en bij `/uitpas digest`.",
        en="• There is something with {n} more desks. See the thread and `/uitpas digest`.",
    ),
)

FILES = Text(
    nl="In de draad staan de details per balie, en waar elk bestand is.",
    en="The thread has the details of each desk, and says where each file is.",
)
OWNER = Text(nl="Ingesteld door {owner}.", en="Set up by {owner}.")
CHANGE = Text(nl="Aanpassen: typ `/uitpas digest`.", en="To change it, type `/uitpas digest`.")
