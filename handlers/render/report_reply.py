"""The one final reply in a report's thread: what came, where it is, or why nothing came."""

import slackblocks as slack

from bot.models import Language, Message, Parcel, Report, Sending, State
from handlers.render.blocks import button, message, section
from handlers.render.digest_refusals import why
from handlers.render.formats import desk, escape, period
from handlers.render.refusals import NO_USE_RETRYING, REFUSALS, UNKNOWN
from handlers.render.report import RETRY
from handlers.render.report_amounts import amounts, in_words
from handlers.render.texts import Button, Text

DELIVERED = Text(
    nl="{asker}, de onkostennota van *{balie}* voor *{period}* is klaar.",
    en="{asker}, the expense claim of *{balie}* for *{period}* is ready.",
)
EMPTY = Text(
    nl="{asker}, voor *{balie}* zijn van *{period}* geen kansentarieven geregistreerd, dus is er geen onkostennota."
    " Kijk de datums na als je er wel verwachtte.",
    en="{asker}, no reduced tickets were registered for *{balie}* in *{period}*, so there is no expense claim."
    " Check the dates if you expected some.",
)
FAILED = Text(
    nl="{asker}, de onkostennota van *{balie}* voor *{period}* is niet gelukt. {why}",
    en="{asker}, the expense claim of *{balie}* for *{period}* did not work. {why}",
)
EXPIRED = Text(
    nl="{asker}, UiTPAS kreeg de onkostennota van *{balie}* voor *{period}* niet op tijd klaar. Probeer het later"
    " opnieuw; blijft het duren, vraag dan een kortere periode.",
    en="{asker}, UiTPAS did not finish the expense claim of *{balie}* for *{period}* in time. Try again later; if it"
    " keeps taking long, ask for a shorter period.",
)
CANCELLED = Text(
    nl="De onkostennota van *{balie}* voor *{period}* is geannuleerd door {actor}. Vraag ze gerust opnieuw.",
    en="The expense claim of *{balie}* for *{period}* was cancelled by {actor}. Feel free to ask again.",
)
OPENINGS: dict[State, Text] = {
    State.EMPTY: EMPTY,
    State.FAILED: FAILED,
    State.EXPIRED: EXPIRED,
    State.CANCELLED: CANCELLED,
}
DIGEST_DELIVERED = Text(
    nl="*{balie}*, {period}: de onkostennota is klaar.", en="*{balie}*, {period}: the expense claim is ready."
)
DIGEST_OPENINGS: dict[State, Text] = {
    State.EMPTY: Text(
        nl="*{balie}*, {period}: er zijn geen kansentarieven geregistreerd, dus is er geen onkostennota. Vraag het na"
        " bij de balie als je er wel verwachtte.",
        en="*{balie}*, {period}: no reduced tickets were registered, so there is no expense claim. Ask the desk if you"
        " expected some.",
    ),
    State.FAILED: Text(
        nl="*{balie}*, {period}: de onkostennota is niet gelukt. {why}",
        en="*{balie}*, {period}: the expense claim did not work. {why}",
    ),
    State.EXPIRED: Text(
        nl="*{balie}*, {period}: UiTPAS kreeg de onkostennota niet op tijd klaar. Probeer het later opnieuw; blijft"
        " het duren, vraag dan een kortere periode.",
        en="*{balie}*, {period}: UiTPAS did not finish the expense claim in time. Try again later; if it keeps taking"
        " long, ask for a shorter period.",
    ),
    State.CANCELLED: Text(
        nl="*{balie}*, {period}: de onkostennota is geannuleerd. Vraag ze gerust opnieuw met `/uitpas rapport`.",
        en="*{balie}*, {period}: the expense claim was cancelled. Feel free to ask again with `/uitpas report`.",
    ),
}
"""A digest brings many replies at once: they mention nobody, and begin with what tells them apart."""
FILES: dict[str, Text] = {
    "thread": Text(
        nl="Het bestand staat in deze draad, klaar om te versturen.", en="The file is in this thread, ready to send."
    ),
    "dm:workspace": Text(
        nl="Het bestand stuurde ik in een privébericht aan {asker}: dit kanaal is openbaar en er staan gegevens van"
        " pashouders in.",
        en="I sent the file in a direct message to {asker}: this channel is public and the file holds passholders'"
        " data.",
    ),
    "dm:outsiders": Text(
        nl="Het bestand stuurde ik in een privébericht aan {asker}: dit kanaal wordt met anderen gedeeld en er staan"
        " gegevens van pashouders in.",
        en="I sent the file in a direct message to {asker}: this channel is shared with others and the file holds"
        " passholders' data.",
    ),
    "dm:unknown": Text(
        nl="Het bestand stuurde ik in een privébericht aan {asker}: ik kon niet nagaan wie hier meeleest.",
        en="I sent the file in a direct message to {asker}: I could not tell who can read this channel.",
    ),
    "dm:elsewhere": Text(
        nl="Het bestand stuurde ik in een privébericht aan {asker}: hier kan ik geen bestanden plaatsen.",
        en="I sent the file in a direct message to {asker}: I can't place files here.",
    ),
    "dm:chosen": Text(
        nl="Het bestand stuurde ik in een privébericht aan {asker}, zoals gevraagd.",
        en="I sent the file in a direct message to {asker}, as asked.",
    ),
    "file_type_not_allowed": Text(
        nl="Slack weigerde het bestand: zip-bestanden zijn in deze werkruimte niet toegelaten. Haal het in de"
        " balie-app, of vraag je Slack-beheerder om zip toe te laten.",
        en="Slack refused the file: zip files are not allowed in this workspace. Fetch it in the desk app, or ask your"
        " Slack admin to allow zip.",
    ),
    "missing_scope": Text(
        nl="Het bestand kon ik niet plaatsen: de bot mist daarvoor een recht in Slack. Verwittig de beheerder van de"
        " bot en probeer het daarna opnieuw.",
        en="I could not place the file: the bot misses a right in Slack for it. Tell the bot's manager, then try"
        " again.",
    ),
    "no_answer": Text(
        nl="Het bestand kon ik bij UiTPAS niet meer ophalen. Probeer het opnieuw.",
        en="I could not fetch the file from UiTPAS any more. Try again.",
    ),
    "no_file": Text(
        nl="UiTPAS gaf geen bruikbaar bestand. Probeer het opnieuw.",
        en="UiTPAS gave no usable file. Try again.",
    ),
    "not_confirmed": Text(
        nl="Slack bevestigde het bestand niet. Zie je het niet, probeer het dan opnieuw.",
        en="Slack did not confirm the file. If you don't see it, try again.",
    ),
    "unsafe": Text(
        nl="Het bestand dat UiTPAS gaf vertrouw ik niet, dus geef ik het niet door. Verwittig de beheerder van de bot.",
        en="I do not trust the file that UiTPAS gave, so I do not hand it on. Tell the bot's manager.",
    ),
}
FILE_REFUSED = Text(
    nl="Slack nam het bestand niet aan ({code}). Probeer het opnieuw, of haal het in de balie-app.",
    en="Slack did not take the file ({code}). Try again, or fetch it in the desk app.",
)
PROBLEMS: dict[str, Text] = {
    "unknown_layout": Text(
        nl="De bladen zien er anders uit dan ik ken, dus zet ik er geen bedragen bij. Het bestand is onaangeroerd.",
        en="The sheets look different from what I know, so I give no amounts. The file itself is untouched.",
    ),
    "too_large": Text(
        nl="De bladen zijn te groot om na te tellen, dus zet ik er geen bedragen bij.",
        en="The sheets are too large to count, so I give no amounts.",
    ),
    "reader_died": Text(
        nl="De bladen kon ik niet lezen, dus zet ik er geen bedragen bij. Het bestand zelf is onaangeroerd.",
        en="I could not read the sheets, so I give no amounts. The file itself is untouched.",
    ),
}
RETRY_LABEL = Button(nl="Opnieuw proberen", en="Try again")


def reply(report: Report, file: Parcel | None, language: Language, *, charted: bool = True) -> Message:
    """Return the reply for a report that is ready or has ended; `file` is the row of its file, if it has one.

    Without its chart where Slack does not know charts.
    """
    opening = _opening(report, language)
    if report.state is State.EXPIRED or (report.state is State.FAILED and report.reason not in NO_USE_RETRYING):
        return _said(opening, _retry(report, language))
    if report.state in OPENINGS:
        return _said(opening)
    return _delivered(report, file, language, opening, charted=charted)


def _opening(report: Report, language: Language) -> str:
    of_digest = report.digest_run is not None
    text = (DIGEST_OPENINGS if of_digest else OPENINGS).get(report.state, DIGEST_DELIVERED if of_digest else DELIVERED)
    return text.say(
        language,
        asker=f"<@{report.asker}>",
        actor=f"<@{report.actor or report.asker}>",
        balie=desk(report.balie),
        period=period(report.period, language),
        why=why(report.reason, language) if of_digest else _why(report, language),
    )


def _said(text: str, *blocks: slack.Block) -> Message:
    return message(text, section(text), *blocks)


def _delivered(report: Report, file: Parcel | None, language: Language, opening: str, *, charted: bool) -> Message:
    where = _where(report, file, language)
    offer = [_retry(report, language)] if file is None or file.state is Sending.GAVE_UP else []
    if report.summary is not None:
        told, shown = in_words(report.summary, language), amounts(report.summary, language, charted=charted)
    else:
        told = "" if file is None else _problem(report, language)
        shown = [section(told)] if told else []
    text = " ".join(filter(None, (opening, told, where)))
    return message(text, section(opening), *shown, section(where), *offer)


def _problem(report: Report, language: Language) -> str:
    return PROBLEMS.get(report.sheets_problem or "", PROBLEMS["reader_died"]).say(language)


def _where(report: Report, file: Parcel | None, language: Language) -> str:
    if file is None:
        return FILES["unsafe"].say(language)
    note = file.note or ""
    if note in FILES:
        return FILES[note].say(language, asker=f"<@{report.asker}>")
    return FILE_REFUSED.say(language, code=escape(note))


def _why(report: Report, language: Language) -> str:
    reason = report.reason or ""
    known = REFUSALS.get(reason)
    return known.say(language) if known else UNKNOWN.say(language, code=escape(reason))


def _retry(report: Report, language: Language) -> slack.ActionsBlock:
    return slack.ActionsBlock([button(RETRY_LABEL, language, action_id=RETRY, value=report.id)])
