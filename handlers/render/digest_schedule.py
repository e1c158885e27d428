"""When a digest runs, in words, always with the name of its zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from bot.digests import Digest, Rhythm, Schedule, Standstill
from bot.models import Language
from handlers.render.formats import escape, moment
from handlers.render.texts import Text

_SHORTEST, _SHORTEST_OF_QUARTERS = 28, 30
"""Days of February, and of April: the months after a quarter are January, April, July and October."""

ON_WEEKDAY: dict[Rhythm, Text] = {
    Rhythm.MONTH: Text(
        nl="op de eerste {weekday} nadat een maand is afgelopen, om {at} ({zone})",
        en="on the first {weekday} after a month has ended, at {at} ({zone})",
    ),
    Rhythm.QUARTER: Text(
        nl="op de eerste {weekday} nadat een kwartaal is afgelopen, om {at} ({zone})",
        en="on the first {weekday} after a quarter has ended, at {at} ({zone})",
    ),
    Rhythm.LISTED: Text(
        nl="elke {weekday} om {at} ({zone}), als UiTPAS dan een nieuwe periode toont",
        en="every {weekday} at {at} ({zone}), if UiTPAS lists a new period by then",
    ),
}
ON_MONTH_DAY: dict[Rhythm, Text] = {
    Rhythm.MONTH: Text(
        nl="elke maand op de {day}, voor de maand ervoor, om {at} ({zone})",
        en="every month on the {day}, for the month before, at {at} ({zone})",
    ),
    Rhythm.QUARTER: Text(
        nl="op de {day} van de maand na elk kwartaal, om {at} ({zone})",
        en="on the {day} of the month after every quarter, at {at} ({zone})",
    ),
    Rhythm.LISTED: Text(
        nl="op de {day} van elke maand om {at} ({zone}), als UiTPAS dan een nieuwe periode toont",
        en="on the {day} of every month at {at} ({zone}), if UiTPAS lists a new period by then",
    ),
}
OR_LAST = Text(nl="{day} (of de laatste dag)", en="{day} (or the last day)")
NEXT = Text(nl="Volgende keer: {planned}", en="Next time: {planned}")
NEXT_LOOK = Text(
    nl="Volgende keer dat ik kijk of er een nieuwe periode is: {planned}",
    en="Next time I look for a new period: {planned}",
)
PLANNED = Text(nl="{weekday} {moment} ({zone})", en="{weekday} {moment} ({zone})")
REMOVED = Text(
    nl="Er komt geen volgende keer: de digest is verwijderd.", en="There is no next time: the digest was removed."
)
STANDING_STILL = Text(nl="Er is geen volgende keer gepland: {why}.", en="No next time is planned: {why}.")
WHY: dict[Standstill | None, Text] = {
    None: Text(nl="de digest is gepauzeerd", en="the digest is paused"),
    Standstill.MEMBER: Text(nl="{member} pauzeerde de digest", en="{member} paused the digest"),
    Standstill.LINK: Text(
        nl="de UiTiD-koppeling van {owner} is verlopen of ingetrokken",
        en="the UiTiD link of {owner} has expired or was revoked",
    ),
    Standstill.OWNER_GONE: Text(
        nl="{owner} is geen volwaardig lid meer van deze werkruimte",
        en="{owner} is no longer a full member of this workspace",
    ),
    Standstill.OWNER_LEFT: Text(nl="{owner} zit niet meer in het kanaal", en="{owner} is no longer in the channel"),
    Standstill.ARCHIVED: Text(nl="het kanaal is gearchiveerd", en="the channel is archived"),
    Standstill.OUTSIDERS: Text(
        nl="het kanaal wordt gedeeld met mensen van buiten de organisatie",
        en="the channel is shared with people from outside the organisation",
    ),
    Standstill.NOT_THERE: Text(nl="ik kan niet schrijven in het kanaal", en="I can't write in the channel"),
    Standstill.NO_BALIES: Text(
        nl="geen van de balies staat nog op de lijst", en="none of the desks is on the list any more"
    ),
}


def in_words(schedule: Schedule, language: Language) -> str:
    """Return when a digest runs as the rest of a sentence, without a full stop."""
    facts = {"at": f"{schedule.at:%H:%M}", "zone": escape(schedule.zone)}
    if schedule.weekday is not None:
        return ON_WEEKDAY[schedule.rhythm].say(language, weekday=_weekday(schedule.weekday, language), **facts)
    return ON_MONTH_DAY[schedule.rhythm].say(language, day=_month_day(schedule, language), **facts)


def next_time(digest: Digest, language: Language) -> str:
    """Return when a digest runs next as a line of mrkdwn, or why it does not."""
    if digest.is_removed:
        return REMOVED.say(language)
    if digest.planned_at is None:
        people = {"owner": f"<@{digest.owner}>", "member": f"<@{digest.paused_by or digest.owner}>"}
        return STANDING_STILL.say(language, why=WHY[digest.standstill].say(language, **people))
    text = NEXT_LOOK if digest.schedule.rhythm is Rhythm.LISTED else NEXT
    return text.say(language, planned=planned(digest.planned_at, digest.schedule, language))


def planned(at: datetime, schedule: Schedule, language: Language) -> str:
    """Write a moment as the clocks of its zone show it: `maandag 5 oktober 2026, 09:00 (Europe/Brussels)`."""
    zone = ZoneInfo(schedule.zone)
    facts = {"moment": moment(at, language, zone), "zone": escape(schedule.zone)}
    return PLANNED.say(language, weekday=_weekday(at.astimezone(zone).weekday(), language), **facts)


def ordinal(day: int, language: Language) -> str:
    """Return a day of the month as it is counted: `1ste`, `2de`, `31ste`; `1st`, `2nd`, `31st`."""
    if language is Language.NL:
        return f"{day}ste" if day in {1, 8} or day >= 20 else f"{day}de"
    ending = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _weekday(number: int, language: Language) -> str:
    return str(get_day_names("wide", locale=language.value)[number])


def _month_day(schedule: Schedule, language: Language) -> str:
    number = schedule.month_day or 1
    shortest = _SHORTEST_OF_QUARTERS if schedule.rhythm is Rhythm.QUARTER else _SHORTEST
    said = ordinal(number, language)
    return OR_LAST.say(language, day=said) if number > shortest else said
