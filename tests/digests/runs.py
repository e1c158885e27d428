"""Runs of digests as people see them: tried at a word, with what stands in the channel, its threads and elsewhere."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from bot.demo import ALIASES
from bot.digests import Rhythm, Schedule
from bot.models import Language
from bot.sandbox.slack.blocktext import lines_of
from bot.sandbox.slack.mrkdwn import Reader
from bot.sandbox.slack.records import Message
from bot.services.digests import DigestRequest, Digests, Saved
from storage.database import Database
from tests.digests.desk import TRY, listed, press
from tests.linking.rows import rows
from tests.support.outcomes import conversation
from tests.support.stage import Stage

PERIOD = "1 april – 30 juni 2026"
THREE = ("de-sluis", "t-hof", "oosterwal")
TWO = ("de-sluis", "wilgendries")
POST, EDIT = "chat.postMessage", "chat.update"
HOUR = 3600
SOON = Schedule(Rhythm.MONTH, time(11), "Europe/Brussels", month_day=15)
"""An hour after the clock of a stage begins, and a month after that."""
QUARTERLY = Schedule(Rhythm.QUARTER, time(9), "Europe/Brussels", weekday=0)
IN_THREAD = "Het bestand staat in deze draad, klaar om te versturen."
SUMS = {
    "de-sluis": (
        "*CC De Sluis*, {period}: de onkostennota is klaar. *Samen: 63 verkopen, te vorderen €\xa0589,00* (volle prijs"
        " €\xa01.472,50) Het meest van Lokale overheid Vossenrode: €\xa0254,30."
    ),
    "t-hof": (
        "*Gemeenschapscentrum 't Hof*, {period}: de onkostennota is klaar. *Samen: 39 verkopen, te vorderen"
        " €\xa0328,00* (volle prijs €\xa0820,00) Het meest van Lokale overheid Zandhove: €\xa0109,90."
    ),
    "oosterwal": (
        "*Bibliotheek Oosterwal*, {period}: de onkostennota is klaar. *Samen: 54 verkopen, te vorderen"
        " €\xa0537,70* (volle prijs €\xa01.344,25)"
    ),
}
FOOT = ["In de draad staan de details per balie, en waar elk bestand is.", "Ingesteld door @Lien Vermeire."]
NEXT = "Volgende keer: maandag 5 oktober 2026, 09:00 (Europe/Brussels)"
CHANGE = "Aanpassen: typ /uitpas digest."
TRIAL = "Dit is een proef: aan de planning verandert niets."
NO_RIGHTS = (
    "Het UiTiD van wie de digest instelde heeft daar geen rechten. Vraag ze aan de beheerder van de balie, of laat een"
    " collega met rechten op de knop in de draad klikken."
)
DENIED = f"> *Jeugdhuis Het Vlot*, {PERIOD}: de onkostennota is niet gelukt. {NO_RIGHTS}"
DENIED_LINE = f"• Niet gelukt: Jeugdhuis Het Vlot. {NO_RIGHTS}"
EMPTY = (
    f"> *Cultuurcafé Wilgendries*, {PERIOD}: er zijn geen kansentarieven geregistreerd, dus is er geen onkostennota."
    " Vraag het na bij de balie als je er wel verwachtte."
)
EMPTY_LINE = "• Niets geregistreerd: Cultuurcafé Wilgendries. Verwachtte je er verkopen, vraag het dan na bij de balie."
ZIP = "> zip"
SLUIS_ALONE = (
    "Balie        Verkopen  Te vorderen (€)  Verschil (€)",
    "CC De Sluis        63           589,00             –",
    "Samen              63           589,00             –",
    "Van 1 januari – 31 maart 2026 ken ik geen bedragen, dus is er nog geen verschil.",
)
"""The table of De Sluis, of which nothing earlier is known, and what stands under it."""
ALL_THREE = (
    "Samen voor 3 balies: 156 verkopen, te vorderen €\xa01.454,70.",
    "Balie                       Verkopen  Te vorderen (€)  Verschil (€)",
    "CC De Sluis                       63           589,00             –",
    "Bibliotheek Oosterwal             54           537,70             –",
    "Gemeenschapscentrum 't Hof        39           328,00             –",
    "Samen                            156         1.454,70             –",
    "Het hoogste bedrag staat bovenaan.",
    "Van 1 januari – 31 maart 2026 ken ik geen bedragen, dus is er nog geen verschil.",
)
"""What is told of the three, but for the chart."""
CHART = "(chart: Te vorderen per balie (€))"

PLAIN_THREE = [
    f"Onkostennota's van {PERIOD}",
    TRIAL,
    ALL_THREE[0],
]


def digest(*told: str, remark: str = TRIAL, following: str = NEXT, title: str = PERIOD) -> list[str]:
    """Return the message of a run that tells this."""
    head = f"Onkostennota's van {title}"
    return [head, "─" * len(head), *([remark] if remark else []), *told, *FOOT, following, CHANGE]


async def set_up(
    stage: Stage,
    *aliases: str,
    channel: str | None = None,
    user: str = "lien",
    language: Language = Language.NL,
    schedule: Schedule = QUARTERLY,
) -> None:
    """Write a digest of these balies down, as the form does when it is handed in."""
    database = await Database.open(stage.settings.baliebot_database, kind="serve")
    try:
        who, place = stage.slack.world.person(user).id, stage.slack.world.channel(channel or stage.where).id
        known = dict(rows(stage, "SELECT alias, id FROM balies WHERE removed_at IS NULL"))
        request = DigestRequest(
            team=stage.bot.team,
            user=who,
            channel=place,
            balies=tuple(known[alias] for alias in aliases),
            schedule=schedule,
            language=language,
            key=f"{place}:{stage.clock.now().isoformat()}:{aliases}",
        )
        outcome = await Digests(database=database, clock=stage.clock).save(request)
    finally:
        await database.aclose()
    assert isinstance(outcome, Saved), outcome


async def try_now(stage: Stage, channel: str | None = None, user: str = "lien") -> None:
    """Press "Nu proberen" at the first digest of the channel that is theirs, and let what is due at once be done."""
    await listed(stage, user, channel)
    await press(stage, TRY, user, channel)


async def begun(stage: Stage, *aliases: str) -> None:
    """Let a digest be tried, with reports asked for and none ready yet."""
    await set_up(stage, *(aliases or TWO))
    await try_now(stage)


async def tried(stage: Stage, *aliases: str, channel: str | None = None, user: str = "lien", **typed: Any) -> None:
    """Have a digest set up and tried at once; return when nothing more is to come of it soon."""
    await set_up(stage, *aliases, channel=channel, user=user, **typed)
    await try_now(stage, channel, user)
    await finish(stage)


async def finish(stage: Stage, seconds: float = 20) -> None:
    """Let reports be made that are ready when they are asked after, and everything be said."""
    await stage.pass_time(seconds, steps=int(seconds))


def hold(stage: Stage, alias: str, seconds: float) -> None:
    """Let UiTPAS be so much longer busy with what it was asked for this balie."""
    book = stage.uitpas._book._reports
    number = next(one for one, name in ALIASES.items() if name == alias)
    for report in [one for one in book.values() if one.balie == number]:
        book[report.id] = replace(report, asked_at=report.asked_at + timedelta(seconds=seconds))


def picture(stage: Stage, message: Message) -> list[str]:
    """Return a message as a person sees it, line by line."""
    world = stage.slack.world
    reader = Reader(world.people, world.talk.channels)
    return lines_of(message.blocks, reader) or reader.read(message.text).splitlines()


def pictures(stage: Stage, channel: str | None = None) -> list[list[str]]:
    """Return what stands in a channel itself."""
    return [picture(stage, root) for root in stage.roots(channel)]


def threads(stage: Stage, channel: str | None = None) -> list[str]:
    """Return every reply and file of a channel, sorted, as the order of balies that end at once is chance."""
    return sorted(line for line in conversation(stage, channel or stage.where) if line.startswith("> "))


def direct(stage: Stage, user: str = "lien") -> list[str]:
    """Return what stands in somebody's direct messages with the bot."""
    channel = stage.slack.world.im(user)
    return [] if channel is None else conversation(stage, channel)


def ready(alias: str, where: str = IN_THREAD, period: str = PERIOD) -> str:
    """Return the reply of a balie whose sheets were read."""
    return f"> {SUMS[alias].format(period=period)} {where}"


def files(stage: Stage) -> list[str]:
    """Return the names of all files in Slack, sorted."""
    return sorted(file.name for file in stage.slack.world.files.values())


def planned(stage: Stage) -> list[tuple[str | None, str | None]]:
    """Return when each digest runs next and why it does not, as the database has it."""
    return [tuple(row) for row in rows(stage, "SELECT planned_at, standstill FROM digests ORDER BY made_at, id")]


def asked(stage: Stage, method: str) -> list[dict[str, Any]]:
    """Return what was sent to a method."""
    return [call.args for call in stage.slack.calls if call.method == method]
