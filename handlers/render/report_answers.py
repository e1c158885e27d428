"""What the asker alone reads at once: why a report was not started, or what to choose first."""

import slackblocks as slack

from bot.models import Language, Message, Period, Report
from handlers.render.blocks import button, hint, message, section
from handlers.render.formats import desk, echo, escape, period
from handlers.render.report import AGAIN, CHOOSE
from handlers.render.texts import Alert, Button, Placeholder, Text

FORMS = Text(
    nl="Dit werkt: `vorig kwartaal`, `vorige maand`, `vorig jaar`, `juli 2026`, `q3 2026`, `2026`,"
    " `2026-07-01 2026-09-30` of `01/07/2026-30/09/2026`.",
    en="These work: `last quarter`, `last month`, `last year`, `July 2026`, `q3 2026`, `2026`,"
    " `2026-07-01 2026-09-30` or `01/07/2026-30/09/2026`.",
)
UNREADABLE = Text(nl="Die periode begrijp ik niet.", en="I don't understand that period.")
REVERSED = Text(
    nl="De begindatum valt na de einddatum. Bedoelde je `{first} {last}`?",
    en="The start date is after the end date. Did you mean `{first} {last}`?",
)
IMPOSSIBLE = Text(
    nl="Die datum bestaat niet. Kijk de dag en de maand na.", en="That date does not exist. Check day and month."
)
FUTURE = Text(
    nl="Die periode moet nog komen. Kies er een die al begonnen is.",
    en="That period is still to come. Choose one that has begun.",
)
LEFT_OVER = Text(
    nl="Ik begrijp niet alles van wat je typte. Typ eerst de periode en dan de balie, zoals `vorig kwartaal de-werf`.",
    en="I don't understand all of what you typed. Type the period, then the desk, such as `last quarter de-werf`.",
)
RUNNING = Text(
    nl="De onkostennota van *{balie}* voor {period} loopt al. <{link}|Bekijk de draad>; het antwoord komt daar.",
    en="The expense claim of *{balie}* for {period} is running already. <{link}|Open the thread>; the answer will"
    " come there.",
)
JUST_ASKED = Text(
    nl="De onkostennota van *{balie}* voor {period} is daarnet al gevraagd. Zie je ze over een minuut niet, vraag ze"
    " dan opnieuw.",
    en="The expense claim of *{balie}* for {period} was just asked for. If you don't see it in a minute, ask again.",
)
BEFORE = Text(
    nl="De onkostennota van *{balie}* voor {period} is hier al bezorgd: <{link}|bekijk de draad>. Wil je ze opnieuw"
    " laten maken?",
    en="The expense claim of *{balie}* for {period} was delivered here before: <{link}|open the thread>. Shall I have"
    " it made again?",
)
AGAIN_LABEL = Button(nl="Opnieuw maken", en="Make it again")
NOT_LINKED = Alert(
    nl="Je UiTiD is nog niet gekoppeld, en zonder mag ik UiTPAS niets vragen in jouw naam. Typ `/uitpas koppel` om het"
    " te koppelen.",
    en="Your UiTiD is not linked yet, and without it I may not ask UiTPAS anything for you. Type `/uitpas connect` to"
    " link it.",
)
NOT_LINKED_YET = Alert(
    nl="Koppel eerst je UiTiD met `/uitpas koppel`: zonder mag ik UiTPAS niets vragen in jouw naam. Daarna gaat je"
    " onkostennota vanzelf verder.",
    en="Link your UiTiD first with `/uitpas connect`: without it I may not ask UiTPAS anything for you. Your expense"
    " claim then goes on by itself.",
)
LINK_ENDED = Alert(
    nl="Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen; wat stilstaat, gaat"
    " dan vanzelf verder.",
    en="Your UiTiD link has expired or was revoked. Type `/uitpas connect` to link again; what is on hold then goes on"
    " by itself.",
)
NOT_ALLOWED = Alert(
    nl="De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de onkostennota op te vragen.",
    en="The bot is for full members of this workspace. Ask a colleague to request the expense claim.",
)
TOO_MANY = Alert(
    nl="Er lopen al {most} onkostennota's voor jou. Wacht tot er een klaar is, of annuleer er een.",
    en="{most} expense claims are running for you. Wait until one is ready, or cancel one.",
)
NO_BALIES = Alert(
    nl="Er zijn nog geen balies ingesteld in deze werkruimte. Ben je beheerder van een balie, typ dan `/uitpas balies"
    " synchroniseer`; of vraag het aan de beheerder van de bot.",
    en="No desks are set up in this workspace yet. If you are an admin of one, type `/uitpas counters sync`; or ask the"
    " bot's manager.",
)
UNKNOWN_BALIE = Text(
    nl="Ik ken geen balie die `{alias}` heet.{hint} Laat de balie weg om er een te kiezen.",
    en="I know no desk called `{alias}`.{hint} Leave the desk out to choose one.",
)
NEAREST = Text(nl=" Bedoelde je `{alias}`?", en=" Did you mean `{alias}`?")
CHOICE = Text(nl="Voor welke balie? De periode is {period}.", en="For which desk? The period is {period}.")
CHOICE_HINT = Placeholder(nl="Kies een balie", en="Choose a desk")
ASKED = Text(
    nl="Gevraagd: de onkostennota van *{balie}* voor {period}.",
    en="Asked for: the expense claim of *{balie}* for {period}.",
)
NOT_YOURS = Text(
    nl="Alleen wie de onkostennota vroeg of een beheerder van deze werkruimte kan ze annuleren.",
    en="Only whoever asked for the expense claim or an admin of this workspace can cancel it.",
)
OVER = Text(nl="Deze onkostennota is al afgerond.", en="This expense claim has already ended.")
GONE = Text(
    nl="Deze onkostennota ken ik niet meer. Vraag ze opnieuw.", en="I no longer know this expense claim. Ask again."
)


def unreadable(kind: str, swapped: Period | None, language: Language) -> Message:
    """Return the sentence for a period that can't be taken, with the forms that work."""
    if kind == "reversed" and swapped is not None:
        days = {"first": swapped.first.isoformat(), "last": swapped.last.isoformat()}
        return message(REVERSED.say(language, **days))
    why = {"impossible_date": IMPOSSIBLE, "future": FUTURE, "left_over": LEFT_OVER}
    return message(f"{why.get(kind, UNREADABLE).say(language)} {FORMS.say(language)}")


def asked(report: Report, language: Language) -> Message:
    """Return what takes the place of a select or an offer once it was used."""
    return message(ASKED.say(language, **_facts(report, language)))


def running(report: Report, link: str | None, language: Language) -> Message:
    """Return where the same report already runs."""
    if link is None:
        return message(JUST_ASKED.say(language, **_facts(report, language)))
    return message(RUNNING.say(language, link=escape(link), **_facts(report, language)))


def before(report: Report, link: str, language: Language) -> Message:
    """Return where the same report was delivered, and the offer to make it again."""
    text = BEFORE.say(language, link=escape(link), **_facts(report, language))
    again = button(AGAIN_LABEL, language, action_id=AGAIN, value=report.id)
    return message(text, section(text), slack.ActionsBlock([again]))


def choose(days: Period, state: str, language: Language) -> Message:
    """Return the select of balies; `state` comes back with the choice."""
    text = CHOICE.say(language, period=period(days, language))
    menu = slack.ExternalSelectMenu(action_id=CHOOSE, placeholder=hint(CHOICE_HINT, language), min_query_length=0)
    return message(text, section(text), slack.ActionsBlock([menu], block_id=state))


def unknown_balie(alias: str, nearest: str | None, language: Language) -> Message:
    """Return that no balie has this alias, with the nearest that one has."""
    hint = NEAREST.say(language, alias=nearest) if nearest else ""
    return message(UNKNOWN_BALIE.say(language, alias=echo(alias), hint=hint))


def simple(text: Text, language: Language, **facts: object) -> Message:
    """Return one sentence."""
    return message(text.say(language, **facts))


def _facts(report: Report, language: Language) -> dict[str, str]:
    return {"balie": desk(report.balie), "period": period(report.period, language)}
