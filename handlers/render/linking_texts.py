"""What is said in Slack about linking a UiTiD."""

from handlers.render.texts import Button, Placeholder, Plural, Text, Title

BEGIN = Text(
    nl="*Koppel je UiTiD*\n1. Klik op *Naar UiTiD* en meld je daar aan met je eigen account.\n2. Je krijgt een code"
    " van 8 letters. Klik hier op *Code invullen* en typ ze.",
    en="*Link your UiTiD*\n1. Press *Go to UiTiD* and log in there with your own account.\n2. You get a code of 8"
    " letters. Press *Enter the code* here and type it.",
)
BEGIN_AGAIN = Text(
    nl="Je had al een koppeling; de nieuwe komt in de plaats.",
    en="You were linked already; the new link takes its place.",
)
BEGIN_HINT = Text(
    nl="Dit werkt tien minuten. Geef de link en de code aan niemand door.",
    en="This works for ten minutes. Pass the link and the code on to nobody.",
)
BEGIN_POINT = Text(nl="Koppel je UiTiD: klik op Naar UiTiD.", en="Link your UiTiD: press Go to UiTiD.")
GO_LABEL = Button(nl="Naar UiTiD", en="Go to UiTiD")
CODE_LABEL = Button(nl="Code invullen", en="Enter the code")

FORM_TITLE = Title(nl="UiTiD koppelen", en="Link your UiTiD")
FORM_SUBMIT = Title(nl="Koppelen", en="Link")
FORM_CLOSE = Title(nl="Annuleren", en="Cancel")
CLOSE = Title(nl="Sluiten", en="Close")
ASKING = Text(nl="Ik vraag het aan UiTiD …", en="Asking UiTiD …")
FORM_FIELD = Text(nl="Code", en="Code")
FORM_HINT = Placeholder(
    nl="De 8 letters die je na het aanmelden zag. Typ ze zelf; niemand heeft ze nodig behalve jij.",
    en="The 8 letters you saw after logging in. Type them yourself; nobody needs them but you.",
)
FORM_TOO_LATE = Text(
    nl="Slack opende het formulier niet op tijd. Klik nog eens, of typ `/uitpas koppel` met de code erachter.",
    en="Slack did not open the form in time. Press again, or type `/uitpas connect` with the code after it.",
)

NO_CODE = Text(
    nl="Dat is geen code: die heeft 8 letters, zonder klinkers of cijfers. Kijk na wat op de pagina staat.",
    en="That is no code: it has 8 letters, no vowels and no digits. Look at the page again.",
)
WRONG = Plural(
    Text(
        nl="Die code klopt niet. Je kan het nog {n} keer proberen.",
        en="That code is not right. You can try {n} more time.",
    ),
    Text(
        nl="Die code klopt niet. Je kan het nog {n} keer proberen.",
        en="That code is not right. You can try {n} more times.",
    ),
)
NO_LINK = Text(
    nl="Die code past bij geen koppeling van jou; misschien duurde het langer dan tien minuten. Begin opnieuw met"
    " /uitpas koppel.",
    en="That code fits no link of yours; perhaps it took more than ten minutes. Begin again with /uitpas connect.",
)
TOO_MANY_LINKS = Text(
    nl="Je begon het voorbije uur al 5 keer. Wacht een uur en probeer het dan opnieuw.",
    en="You began 5 times in the past hour. Wait an hour and try again.",
)
TOO_MANY_WRONG = Text(
    nl="Je typte vandaag 10 verkeerde codes. Probeer het morgen opnieuw, of vraag hulp aan de beheerder van de bot.",
    en="You typed 10 wrong codes today. Try again tomorrow, or ask the bot's manager for help.",
)
SILENT_RETRY = Text(
    nl="UiTiD antwoordt nu niet. Je code werkt nog: vul ze over een minuut opnieuw in.",
    en="UiTiD does not answer now. Your code still works: enter it again in a minute.",
)
SILENT = Text(
    nl="UiTiD gaf geen bruikbaar antwoord, dus is er niets gekoppeld. Begin opnieuw over enkele minuten.",
    en="UiTiD gave no usable answer, so nothing was linked. Begin again in a few minutes.",
)
CLAIMED = Text(
    nl="Dit UiTiD is al gekoppeld aan iemand anders in deze werkruimte, dus is er niets gewijzigd. Was er nog een"
    " collega aangemeld op deze computer? Begin opnieuw en meld je aan met je eigen account.",
    en="This UiTiD is linked to somebody else in this workspace, so nothing was changed. Was a colleague still logged"
    " in on this computer? Begin again and log in with your own account.",
)
OVER = Text(
    nl="Deze koppeling is voorbij: ze is al klaar, of ze duurde langer dan tien minuten. Is je UiTiD nog niet"
    " gekoppeld, begin dan opnieuw.",
    en="This link is over: it is finished, or it took more than ten minutes. If your UiTiD is not linked yet, begin"
    " again.",
)

CONFIRM_SOME = Text(nl="Met dit UiTiD mag je werken voor:", en="With this UiTiD you may work for:")
CONFIRM_NONE = Text(
    nl="Met dit UiTiD mag je aan geen enkele balie werken.", en="With this UiTiD you may work at no desk at all."
)
CONFIRM_UNKNOWN = Text(
    nl="UiTPAS zegt nu niet aan welke balies je met dit UiTiD mag werken.",
    en="UiTPAS does not tell now at which desks you may work with this UiTiD.",
)
ADMIN_LINE = Text(nl="• *{balie}* (beheerder)", en="• *{balie}* (admin)")
MEMBER_LINE = Text(nl="• *{balie}*", en="• *{balie}*")
AND_MORE = Plural(Text(nl="en nog {n}", en="and {n} more"), Text(nl="en nog {n}", en="and {n} more"))
CONFIRM = Text(
    nl="*Is dit je eigen account?* Op een gedeelde computer kan nog een collega aangemeld zijn.",
    en="*Is this your own account?* On a shared computer a colleague may still be logged in.",
)
CONFIRM_HINT = Text(
    nl="Zonder antwoord vergeet ik dit account na tien minuten.",
    en="Without an answer I forget this account after ten minutes.",
)
YES = Button(nl="Ja, van mij", en="Yes, it's mine")
NO = Button(nl="Nee", en="No")
DENIED = Text(
    nl="Goed dat je het zegt: ik heb niets bewaard. Meld je collega af bij UiTiD en begin opnieuw.",
    en="Good that you say so: I kept nothing. Log your colleague out at UiTiD and begin again.",
)

LINKED = Text(nl="Je UiTiD is gekoppeld.", en="Your UiTiD is linked.")
RESUMED = Plural(
    Text(nl="De onkostennota die stilstond, gaat nu verder.", en="The expense claim that was on hold goes on now."),
    Text(
        nl="De {n} onkostennota's die stilstonden, gaan nu verder.",
        en="The {n} expense claims that were on hold go on now.",
    ),
)
LINKED_HINT = Text(
    nl="Stoppen kan altijd met `/uitpas ontkoppel`.", en="You can always stop with `/uitpas disconnect`."
)
REPORT_LABEL = Button(nl="Onkostennota vragen", en="Ask for a claim")
UNMAPPED = Plural(
    Text(
        nl="Deze balie van je UiTiD staat nog niet op de lijst van deze werkruimte:",
        en="This desk of your UiTiD is not on the list of this workspace yet:",
    ),
    Text(
        nl="Deze {n} balies van je UiTiD staan nog niet op de lijst van deze werkruimte:",
        en="These {n} desks of your UiTiD are not on the list of this workspace yet:",
    ),
)
MAP_LABEL = Button(nl="Zet op de lijst", en="Put on the list")
SLACK_SILENT = Text(
    nl="Slack zegt nu niet of je lid bent van deze werkruimte. Probeer het over een minuut opnieuw.",
    en="Slack does not tell now whether you are a member of this workspace. Try again in a minute.",
)
NOT_MEMBER = Text(
    nl="Koppelen is voor volwaardige leden van deze werkruimte. Vraag een collega om je te helpen.",
    en="Linking is for full members of this workspace. Ask a colleague to help you.",
)
