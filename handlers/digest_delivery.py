"""The messages of digests: the one of each run, its edits, and what an owner is told when one can't run."""

import structlog

from bot.clients.slack import SlackClient
from bot.digests import DigestRun, RunResults
from bot.errors import SlackError
from bot.models import Kind, Language, Message, Parcel, Report
from bot.services.digest_telling import DigestTelling
from bot.services.people import People
from bot.services.troubles import PLAIN, WITHOUT_CHART
from handlers.render import digest_notices as notices
from handlers.render.digest import digest

log = structlog.get_logger(__name__)


class DigestDelivery:
    """Renders what happened in a digest; who sends it is the same as for everything else."""

    def __init__(self, *, telling: DigestTelling, slack: SlackClient, people: People) -> None:
        self._telling = telling
        self._slack = slack
        self._people = people

    async def message(self, parcel: Parcel, run: DigestRun) -> tuple[Message, int]:
        """Return the one message of a run, and of how many balies it tells."""
        told = await self._telling.results(run)
        return _picture(told, parcel.note), told.done

    async def notice(self, parcel: Parcel, run: DigestRun | None) -> Message | None:
        """Return what a row says to one person, or to a channel whose digest has lost its owner."""
        found = await self._telling.digest_of(parcel)
        language = found.language
        if parcel.recipient is not None:
            language = self._people.language((await self._people.remembered(parcel.team, parcel.recipient)).locale)
        match parcel.kind, run:
            case Kind.DIGEST_MISSED, DigestRun():
                return notices.missed(run, language)
            case Kind.DIGEST_UNSURE, DigestRun():
                return notices.unsure(run, language)
            case Kind.DIGEST_PAUSED, _ if found.standstill is not None and not found.is_removed:
                return notices.paused(found, language)
            case _:
                return None

    async def channel_of(self, parcel: Parcel) -> str:
        """Return where a row goes that has no recipient."""
        return (await self._telling.digest_of(parcel)).channel

    async def language_of(self, report: Report) -> Language | None:
        """Return the language of the digest that asked for a report, None when a person did."""
        return await self._telling.language_of(report)

    async def edit(self, run: DigestRun) -> None:
        """Bring a message up to date; an edit of unknown outcome is made again."""
        await self._edit(await self._telling.results(run), await self._telling.note_of(run))

    async def _edit(self, told: RunResults, note: str | None) -> None:
        try:
            await self._slack.edit(told.run.channel, told.run.message_ts or "", _picture(told, note))
        except SlackError as error:
            log.warning("digest_not_edited", error=str(error))
            less = await self._telling.not_shown(told, error, note)
            if less is not None:
                await self._edit(told, less)
        else:
            await self._telling.shown(told)


def _picture(told: RunResults, note: str | None) -> Message:
    """Return the message of a run without what the note says that Slack refused."""
    shown = digest(told, told.run.digest.language, charted=note != WITHOUT_CHART)
    return Message(shown.text) if note == PLAIN else shown
