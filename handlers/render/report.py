"""The root message of a report: what was asked, by whom, and how far it is."""

import slackblocks as slack

from bot.models import Language, Message, Report
from handlers.render.blocks import button, context, message, section
from handlers.render.formats import day, desk, period
from handlers.render.texts import Button, ConfirmText, ConfirmTitle, Text

CANCEL = "report_cancel"
RETRY = "report_retry"
AGAIN = "report_again"
CHOOSE = "report_balie"
_MENDED_BY_INVITING = frozenset({"not_in_channel", "channel_not_found"})
""""There is no such channel" is what Slack says of a private one without the bot."""

TITLE = Text(nl="*Onkostennota van {balie}*", en="*Expense claim of {balie}*")
ASKED = Text(nl="{period}, gevraagd door {asker}", en="{period}, asked for by {asker}")
POINT = Text(
    nl="Onkostennota van {balie}, {period}: {state}",
    en="Expense claim of {balie}, {period}: {state}",
)
CLIPPED = Text(
    nl="De einddatum lag na vandaag; ik nam {last} als laatste dag.",
    en="The end date was after today; I took {last} as the last day.",
)
ELSEWHERE = Text(
    nl="Ik kan niet schrijven in {channel}, dus volg je het hier. Typ daar `/invite @baliebot`, dan lukt het"
    " de volgende keer wel.",
    en="I can't write in {channel}, so you can follow it here. Type `/invite @baliebot` there and it will work"
    " next time.",
)
ELSEWHERE_SHUT = Text(
    nl="In {channel} kan ik niet schrijven, dus volg je het hier.",
    en="I can't write in {channel}, so you can follow it here.",
)
ELSEWHERE_DM = Text(
    nl="In het gesprek waar je dit vroeg, kan ik niet schrijven. Je volgt het hier.",
    en="I can't write in the conversation where you asked this. You can follow it here.",
)
CANCEL_LABEL = Button(nl="Annuleren", en="Cancel")
CANCEL_TITLE = ConfirmTitle(nl="Onkostennota annuleren?", en="Cancel this expense claim?")
CANCEL_TEXT = ConfirmText(
    nl="Ik stop met volgen en meld dat in de draad. Je kan ze later opnieuw vragen.",
    en="I stop following it and say so in the thread. You can ask for it again later.",
)
CANCEL_YES = Button(nl="Ja, annuleren", en="Yes, cancel it")
CANCEL_NO = Button(nl="Nee, laat lopen", en="No, keep going")

STATES: dict[str, Text] = {
    "requested": Text(
        nl="Wordt aangevraagd bij UiTPAS. Het antwoord komt in deze draad.",
        en="Being asked of UiTPAS. The answer will come in this thread.",
    ),
    "submitted": Text(
        nl="UiTPAS maakt ze klaar, dat duurt meestal enkele minuten. Het antwoord komt in deze draad.",
        en="UiTPAS is making it, which usually takes a few minutes. The answer will come in this thread.",
    ),
    "slow": Text(
        nl="Het duurt langer dan gewoonlijk. Ik blijf het volgen en antwoord in deze draad.",
        en="It takes longer than usual. I keep following it and will answer in this thread.",
    ),
    "silent": Text(
        nl="UiTPAS antwoordt nu niet. Ik blijf proberen en antwoord in deze draad.",
        en="UiTPAS does not answer now. I keep trying and will answer in this thread.",
    ),
    "ready": Text(
        nl="UiTPAS is klaar. Ik haal het bestand op.",
        en="UiTPAS is done. I am fetching the file.",
    ),
    "paused": Text(
        nl="Staat stil: de UiTiD-koppeling van {asker} is verlopen of ingetrokken.",
        en="On hold: the UiTiD link of {asker} has expired or was revoked.",
    ),
    "unmapped": Text(
        nl="Staat stil: de balie is van de lijst gehaald. Komt ze er weer op, dan gaat het vanzelf verder.",
        en="On hold: the desk was taken off the list. It goes on by itself when the desk is added again.",
    ),
    "delivered": Text(nl="Klaar. Het antwoord staat in de draad.", en="Done. The answer is in the thread."),
    "empty": Text(
        nl="Afgerond: er is in deze periode niets geregistreerd.",
        en="Finished: nothing was registered in this period.",
    ),
    "failed": Text(nl="Niet gelukt. In de draad staat waarom.", en="It did not work. The thread says why."),
    "expired": Text(
        nl="Opgegeven: UiTPAS werd niet op tijd klaar. In de draad staat wat je kan doen.",
        en="Given up: UiTPAS was not done in time. The thread says what you can do.",
    ),
    "cancelled": Text(nl="Geannuleerd door {actor}.", en="Cancelled by {actor}."),
    "by_dm": Text(
        nl="Afgerond. Het antwoord stuurde ik in een privébericht aan {asker}: hier kan ik het niet plaatsen.",
        en="Finished. I sent the answer in a direct message to {asker}: I can't place it here.",
    ),
    "unsaid": Text(
        nl="Het antwoord kon ik nergens plaatsen. Vraag de onkostennota opnieuw, in een privébericht met mij.",
        en="I could not place the answer anywhere. Ask for the expense claim again, in a direct message with me.",
    ),
}


def root(report: Report, language: Language, why_moved: str = "") -> Message:
    """Return the root as it should look for the report's present face.

    `why_moved` is the code for which Slack did not take it where it was asked.
    """
    days = period(report.period, language)
    state = STATES[report.face].say(language, asker=_mention(report.asker), actor=_mention(report.actor))
    blocks: list[slack.Block] = [
        section(
            TITLE.say(language, balie=desk(report.balie))
            + "\n"
            + ASKED.say(language, period=days, asker=_mention(report.asker))
        ),
        context(state, *_remarks(report, language, why_moved)),
    ]
    if report.state.runs:
        blocks.append(slack.ActionsBlock([_cancel_button(report, language)]))
    point = POINT.say(language, balie=desk(report.balie), period=days, state=state)
    return message(point, *blocks)


def _remarks(report: Report, language: Language, why_moved: str) -> list[str]:
    remarks = []
    if report.clipped:
        remarks.append(CLIPPED.say(language, last=day(report.period.last, language)))
    if report.channel != report.asked_in and report.asked_in.startswith("D"):
        remarks.append(ELSEWHERE_DM.say(language))
    elif report.channel != report.asked_in:
        text = ELSEWHERE if why_moved in _MENDED_BY_INVITING else ELSEWHERE_SHUT
        remarks.append(text.say(language, channel=f"<#{report.asked_in}>"))
    return remarks


def _cancel_button(report: Report, language: Language) -> slack.Button:
    return button(
        CANCEL_LABEL,
        language,
        action_id=CANCEL,
        value=report.id,
        confirm=slack.ConfirmationDialogue(
            slack.PlainText(CANCEL_TITLE.say(language)),
            slack.PlainText(CANCEL_TEXT.say(language)),
            CANCEL_YES.say(language),
            CANCEL_NO.say(language),
        ),
    )


def _mention(user: str | None) -> str:
    return f"<@{user}>" if user else ""
