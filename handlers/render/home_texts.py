"""What a Home says."""

from handlers.render.texts import Button, Plural, Text

NOT_MEMBER = Text(
    nl="Dag! Ik vraag onkostennota's en kaarten op bij UiTPAS, voor volwaardige leden van deze werkruimte. Heb je er"
    " een nodig? Vraag het aan een collega.",
    en="Hello! I fetch expense claims and cards from UiTPAS, for full members of this workspace. Do you need one? Ask a"
    " colleague.",
)

FIRST = Text(nl="Eerst dit", en="First of all")
NOT_LINKED = Text(
    nl="*Je UiTiD is nog niet gekoppeld.* Zonder mag ik UiTPAS niets vragen in jouw naam.",
    en="*Your UiTiD is not linked yet.* Without it I may not ask UiTPAS anything for you.",
)
LINK_ENDED = Text(
    nl="*Je UiTiD-koppeling is verlopen of ingetrokken.* Koppel opnieuw, dan kan je weer alles vragen.",
    en="*Your UiTiD link has expired or was revoked.* Link again, and you can ask for everything once more.",
)
HELD_LINK = Plural(
    Text(
        nl="1 onkostennota staat stil tot je UiTiD weer gekoppeld is; daarna gaat ze vanzelf verder.",
        en="1 expense claim is on hold until your UiTiD is linked again; it then goes on by itself.",
    ),
    Text(
        nl="{n} onkostennota's staan stil tot je UiTiD weer gekoppeld is; daarna gaan ze vanzelf verder.",
        en="{n} expense claims are on hold until your UiTiD is linked again; they then go on by themselves.",
    ),
)
HELD_OTHER = Plural(
    Text(
        nl="*1 onkostennota staat stil*, want je vroeg ze met een ander UiTiD. Wat doe ik ermee?",
        en="*1 expense claim is on hold*, as you asked for it with another UiTiD. What shall I do with it?",
    ),
    Text(
        nl="*{n} onkostennota's staan stil*, want je vroeg ze met een ander UiTiD. Wat doe ik ermee?",
        en="*{n} expense claims are on hold*, as you asked for them with another UiTiD. What shall I do with them?",
    ),
)
HELD_BALIE = Plural(
    Text(
        nl="*1 onkostennota staat stil*, want de balie is van de lijst gehaald. Ze gaat verder zodra een beheerder de"
        " balie terugzet.",
        en="*1 expense claim is on hold*, as its desk was taken off the list. It goes on once an admin puts the desk"
        " back.",
    ),
    Text(
        nl="*{n} onkostennota's staan stil*, want hun balie is van de lijst gehaald. Ze gaan verder zodra een beheerder"
        " de balie terugzet.",
        en="*{n} expense claims are on hold*, as their desk was taken off the list. They go on once an admin puts the"
        " desk back.",
    ),
)

ASK = Text(nl="Wat wil je opzoeken?", en="What are you looking for?")
REPORT_LABEL = Button(nl="Onkostennota vragen", en="Ask for a claim")
CARD_LABEL = Button(nl="Kaart opzoeken", en="Look up a card")
LINKED = Text(
    nl="Je UiTiD is gekoppeld sinds {moment}. Losmaken kan altijd: typ `/uitpas ontkoppel`.",
    en="Your UiTiD has been linked since {moment}. You can always unlink it: type `/uitpas disconnect`.",
)

WELCOME = Text(nl="Zo werkt het", en="How it works")
WHAT = Text(
    nl="• *Onkostennota:* je kiest een balie en een periode, ik vraag ze aan UiTPAS en bezorg ze hier in Slack, met de"
    " bedragen erbij.\n• *Kaart:* je typt het nummer, en alleen jij ziet waarvoor de punten zijn omgeruild.",
    en="• *Expense claim:* you choose a desk and a period, I ask UiTPAS for it and deliver it here in Slack, with the"
    " amounts.\n• *Card:* you type the number, and you alone see what the points were swapped for.",
)
BEGIN = Text(
    nl="Begin met een onkostennota: wat je vraagt, verschijnt daarna op deze pagina.",
    en="Begin with an expense claim: what you ask for then appears on this page.",
)
BEGIN_LINKING = Text(
    nl="Begin met je UiTiD te koppelen; dat duurt twee minuten en is maar één keer nodig.",
    en="Begin by linking your UiTiD; that takes two minutes and is needed only once.",
)

RUNNING = Text(nl="Nu bezig", en="Running now")
FINISHED = Text(nl="Afgerond in de voorbije week", en="Finished in the past week")
REPORT = Text(nl="*{balie}*, {period}\n{state} · {when}", en="*{balie}*, {period}\n{state} · {when}")
ASKED = Text(nl="gevraagd op {moment}", en="asked for on {moment}")
ENDED = Text(nl="op {moment}", en="on {moment}")
THREAD = Text(nl=" · <{link}|Bekijk de draad>", en=" · <{link}|Open the thread>")
MORE_REPORTS = Plural(
    Text(nl="En nog 1 onkostennota. Typ `/uitpas status` voor de lijst.", en="And 1 more. Type `/uitpas status`."),
    Text(
        nl="En nog {n} onkostennota's. Typ `/uitpas status` voor de lijst.",
        en="And {n} more. Type `/uitpas status` for the list.",
    ),
)

BALIES = Text(nl="Balies", en="Desks")
BALIE = Text(nl="• *{balie}* `{alias}`", en="• *{balie}* `{alias}`")
LAST_BALIE = Text(nl="• *{balie}* `{alias}` – laatst gebruikt", en="• *{balie}* `{alias}` – used last")
MORE_BALIES = Plural(
    Text(nl="En nog 1 balie. Typ `/uitpas balies` voor de lijst.", en="And 1 more. Type `/uitpas counters`."),
    Text(
        nl="En nog {n} balies. Typ `/uitpas balies` voor de lijst.",
        en="And {n} more. Type `/uitpas counters` for the list.",
    ),
)
NO_BALIES = Text(
    nl="Er staan nog geen balies op de lijst van deze werkruimte. Ben je beheerder van een balie, typ dan `/uitpas"
    " balies synchroniseer`; of vraag het aan de beheerder van de bot.",
    en="No desks are on the list of this workspace yet. If you are an admin of one, type `/uitpas counters sync`; or"
    " ask the bot's manager.",
)
FOOT = Text(
    nl="Bijgewerkt op {moment}. Typ `/uitpas help` om te zien wat je allemaal kan vragen.",
    en="Updated on {moment}. Type `/uitpas help` to see all that you can ask.",
)
