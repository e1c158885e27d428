"""What a "no" of UiTPAS means at a desk, and what to do about it (UiTPAS API, error codes of each call)."""

from handlers.render.texts import Text

EVERYBODY = Text(
    nl="UiTPAS weigert nu alle vragen van de bot. Dat ligt niet aan jou; de beheerder ziet het ook. Probeer het later"
    " opnieuw.",
    en="UiTPAS refuses all questions of the bot now. That is not your doing; the manager sees it too. Try again later.",
)
REFUSALS: dict[str, Text] = {
    "UNKNOWN_REPORT_ID": Text(
        nl="UiTPAS kent deze onkostennota niet meer. Vraag ze opnieuw voor dezelfde periode.",
        en="UiTPAS no longer knows this claim. Ask for it again for the same period.",
    ),
    "PARSE_INVALID_DATE": Text(
        nl="UiTPAS aanvaardt deze datums niet. Kies de periode opnieuw.",
        en="UiTPAS does not accept these dates. Choose the period again.",
    ),
    "UNKNOWN_BALIE_CONSUMERKEY": Text(
        nl="UiTPAS kent deze balie niet. Vraag aan de beheerder van de bot om de koppeling van de balie na te kijken.",
        en="UiTPAS does not know this desk. Ask the bot's manager to check how the desk is mapped.",
    ),
    "ACCESS_DENIED": Text(
        nl="Je UiTiD heeft hiervoor geen rechten aan deze balie. Vraag het aan de beheerder van je balie, of laat een"
        " collega met rechten op de knop klikken.",
        en="Your UiTiD has no right to this at this desk. Ask your desk's admin, or let a colleague who has it press"
        " the button.",
    ),
    "MISSING_REQUIRED_FIELDS": Text(
        nl="Mijn aanvraag was onvolledig. Dat is een fout van de bot: verwittig de beheerder.",
        en="My request was incomplete. That is a fault of the bot: tell its manager.",
    ),
    "UNKNOWN_USER": Text(
        nl="UiTPAS kent je UiTiD niet meer. Typ `/uitpas koppel` om opnieuw te koppelen.",
        en="UiTPAS no longer knows your UiTiD. Type `/uitpas connect` to link again.",
    ),
    "everybody": EVERYBODY,
    "no_answer": Text(
        nl="UiTPAS gaf geen bruikbaar antwoord op de aanvraag. Er is niets verloren: probeer het over enkele minuten"
        " opnieuw.",
        en="UiTPAS gave no usable answer to the request. Nothing is lost: try again in a few minutes.",
    ),
    "unexpected": Text(
        nl="UiTPAS gaf een antwoord dat ik niet ken. De beheerder van de bot kan het opzoeken.",
        en="UiTPAS gave an answer that I do not know. The bot's manager can look it up.",
    ),
}

UNKNOWN = Text(
    nl="UiTPAS gaf een antwoord dat ik niet ken ({code}). De beheerder van de bot kan het opzoeken.",
    en="UiTPAS gave an answer that I do not know ({code}). The bot's manager can look it up.",
)

NO_USE_RETRYING = frozenset({"PARSE_INVALID_DATE", "MISSING_REQUIRED_FIELDS"})
"""Asking the same again would get the same answer."""
