"""What the pages of a link say."""

from handlers.render.texts import Text

START_TITLE = Text(nl="Je UiTiD koppelen aan Slack", en="Link your UiTiD to Slack")
WHO = Text(nl="Gevraagd door", en="Asked by")
WHEN = Text(nl="Wanneer", en="When")
WHERE = Text(nl="Slack-werkruimte", en="Slack workspace")
QUESTION = Text(
    nl="Heb je dit net zelf gevraagd, in je eigen Slack?",
    en="Did you ask for this yourself just now, in your own Slack?",
)
FORWARDED = Text(
    nl="Kreeg je deze link van iemand anders, of herken je dit niet? Kies dan “Stop”. Anders kan die persoon in jouw"
    " naam in UiTPAS werken.",
    en="Did somebody send you this link, or don't you recognise this? Then choose “Stop”. Otherwise that person can"
    " work in UiTPAS in your name.",
)
SHARED_COMPUTER = Text(
    nl="Je meldt je zo meteen aan bij UiTiD. Gebruik daar je eigen account, ook als er nog een collega is aangemeld.",
    en="You will log in at UiTiD in a moment. Use your own account there, even when a colleague is still logged in.",
)
CONTINUE = Text(nl="Ja, verder", en="Yes, go on")
STOP = Text(nl="Stop", en="Stop")

LEAVE_TITLE = Text(nl="Naar UiTiD", en="On to UiTiD")
LEAVE = Text(
    nl="Je gaat nu naar UiTiD om je aan te melden en toestemming te geven. Daarna kom je hier terug.",
    en="You are going to UiTiD now, to log in and give your consent. Then you come back here.",
)
LEAVE_LABEL = Text(nl="Naar UiTiD", en="Go to UiTiD")

CODE_TITLE = Text(nl="Nog één stap, in Slack", en="One more step, in Slack")
CODE = Text(
    nl="Ga terug naar Slack, klik op “Code invullen” en typ daar deze code:",
    en="Go back to Slack, press “Enter the code” and type this code there:",
)
CODE_TYPED = Text(nl="Of typ in Slack: /uitpas koppel {code}", en="Or type in Slack: /uitpas connect {code}")
CODE_IS_YOURS = Text(
    nl="Typ de code zelf, in je eigen Slack. Lees ze aan niemand voor en stuur ze niet door: wij vragen er nooit naar.",
    en="Type the code yourself, in your own Slack. Never read it out or pass it on: we never ask for it.",
)
CODE_LASTS = Text(nl="De code werkt tot {time}.", en="The code works until {time}.")

SILENT_TITLE = Text(nl="UiTiD antwoordt nu niet", en="UiTiD is not answering right now")
SILENT = Text(
    nl="Wacht even en probeer het opnieuw. Lukt het niet binnen tien minuten, typ dan in Slack opnieuw /uitpas koppel.",
    en="Wait a moment and try again. If it takes more than ten minutes, type /uitpas connect in Slack once more.",
)
RETRY = Text(nl="Opnieuw proberen", en="Try again")

PLAIN: dict[str, tuple[Text, Text]] = {
    "gone": (
        Text(nl="Deze pagina werkt niet meer", en="This page no longer works"),
        Text(
            nl="De koppeling is al klaar, gestopt of ouder dan tien minuten, of ze begon in een andere browser. Is je"
            " UiTiD nog niet gekoppeld? Typ dan in Slack opnieuw /uitpas koppel.",
            en="The link was finished, stopped, is older than ten minutes, or began in another browser. Is your UiTiD"
            " not linked yet? Then type /uitpas connect in Slack once more.",
        ),
    ),
    "cookies": (
        Text(nl="Je browser houdt cookies tegen", en="Your browser blocks cookies"),
        Text(
            nl="Zonder cookie kan ik niet weten dat jij het bent die terugkomt van UiTiD. Sta cookies toe voor deze"
            " site, of gebruik een andere browser, en typ in Slack opnieuw /uitpas koppel. Dat helpt ook als het langer"
            " dan tien minuten duurde.",
            en="Without a cookie I can't tell that it is you who comes back from UiTiD. Allow cookies for this site, or"
            " use another browser, and type /uitpas connect in Slack once more. That also helps when it took more than"
            " ten minutes.",
        ),
    ),
    "refused": (
        Text(nl="Niet gekoppeld", en="Not linked"),
        Text(
            nl="Je gaf bij UiTiD geen toestemming, dus is er niets gekoppeld. Wil je toch koppelen? Typ dan in Slack"
            " /uitpas koppel.",
            en="You did not consent at UiTiD, so nothing was linked. Do you want to link after all? Then type"
            " /uitpas connect in Slack.",
        ),
    ),
    "stopped": (
        Text(nl="Gestopt", en="Stopped"),
        Text(
            nl="Er is niets gekoppeld. Je kan deze pagina sluiten. Stuurde iemand je die link? Zeg het aan de"
            " beheerder van je Slack.",
            en="Nothing was linked. You can close this page. Did somebody send you that link? Tell the admin of your"
            " Slack.",
        ),
    ),
    "broken": (
        Text(nl="Er ging iets mis", en="Something went wrong"),
        Text(
            nl="Er is niets gekoppeld. Typ in Slack opnieuw /uitpas koppel; blijft het misgaan, verwittig dan de"
            " beheerder van de bot.",
            en="Nothing was linked. Type /uitpas connect in Slack once more; if it keeps happening, tell the bot's"
            " manager.",
        ),
    ),
}
"""Title and sentence of the pages with one thing to say."""
