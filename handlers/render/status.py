"""What runs and what finished lately, for the person who asks."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.models import Language, Message, Report
from handlers.render.blocks import message, section, sections
from handlers.render.formats import desk, moment, period
from handlers.render.texts import Text

POINT = Text(nl="Onkostennota's van de voorbije week", en="Expense claims of the past week")
HEAD = Text(nl="*Onkostennota's van de voorbije week, hier en van jou*", en="*Expense claims of the past week*")
NONE = Text(
    nl="Er loopt niets, en de voorbije week is hier niets gevraagd. Typ `/uitpas rapport vorig kwartaal` om te"
    " beginnen.",
    en="Nothing is running, and nothing was asked here in the past week. Type `/uitpas report last quarter` to begin.",
)
LINE = Text(
    nl="• *{balie}*, {period}: {state} (gevraagd door <@{asker}>, {moment})",
    en="• *{balie}*, {period}: {state} (asked for by <@{asker}>, {moment})",
)
STATES: dict[str, Text] = {
    "requested": Text(nl="wordt aangevraagd", en="being asked for"),
    "submitted": Text(nl="UiTPAS maakt ze", en="UiTPAS is making it"),
    "slow": Text(nl="duurt langer dan gewoonlijk", en="takes longer than usual"),
    "silent": Text(nl="UiTPAS antwoordt nu niet", en="UiTPAS does not answer now"),
    "ready": Text(nl="wordt bezorgd", en="being delivered"),
    "paused": Text(nl="staat stil, de koppeling is beëindigd", en="on hold, the link has ended"),
    "unmapped": Text(nl="staat stil, de balie is van de lijst gehaald", en="on hold, the desk was taken off the list"),
    "delivered": Text(nl="bezorgd", en="delivered"),
    "empty": Text(nl="niets geregistreerd", en="nothing registered"),
    "failed": Text(nl="niet gelukt", en="did not work"),
    "expired": Text(nl="niet op tijd klaar", en="not done in time"),
    "cancelled": Text(nl="geannuleerd", en="cancelled"),
    "by_dm": Text(nl="afgerond, antwoord in een privébericht", en="finished, answered in a direct message"),
    "unsaid": Text(nl="afgerond, maar het antwoord kon nergens staan", en="finished, but there was no place to answer"),
}


def listing(reports: Sequence[Report], zone: ZoneInfo, language: Language) -> Message:
    """Return a line for each report, newest first."""
    if not reports:
        return message(NONE.say(language))
    lines = [
        LINE.say(
            language,
            balie=desk(report.balie),
            period=period(report.period, language),
            state=STATES[report.face].say(language),
            asker=report.asker,
            moment=moment(report.requested_at, language, zone),
        )
        for report in reports
    ]
    return message(POINT.say(language), section(HEAD.say(language)), *sections(lines))
