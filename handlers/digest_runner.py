"""What the clock calls for digests: their time has come, or a run is to begin; Slack is asked whether it still may."""

import structlog

from bot.clients.slack import SlackClient
from bot.digests import Digest, DigestRun, Standstill
from bot.errors import SlackElsewhereError, SlackError, SlackRecipientError
from bot.models import Audience, Standing
from bot.services.digest_runs import DigestRuns
from bot.services.people import People

log = structlog.get_logger(__name__)


class DigestRunner:
    """Takes one step of one digest at a time."""

    def __init__(self, *, runs: DigestRuns, people: People, slack: SlackClient) -> None:
        self._runs = runs
        self._people = people
        self._slack = slack

    async def open(self, digest: Digest) -> None:
        """Write down that a digest is to run now."""
        await self._runs.open(digest)

    async def begin(self, run: DigestRun) -> None:
        """Begin a run, unless something stands in its way; later, when nobody can tell now."""
        try:
            obstacle = await self._obstacle(run.digest)
            await self._runs.begin(run, obstacle)
        except SlackError as error:
            log.warning("digest_not_begun", digest=run.digest.id, error=str(error))
            await self._runs.postpone(run)
        except Exception:
            await self._runs.postpone(run)
            raise

    async def _obstacle(self, digest: Digest) -> Standstill | None:
        """Return why a digest may not run: its owner must be of the house and in the channel, and outsiders not."""
        if await self._standing(digest) is not Standing.MEMBER:
            return Standstill.OWNER_GONE
        try:
            place = await self._slack.conversation(digest.channel)
        except SlackElsewhereError:
            return Standstill.NOT_THERE
        if place.audience is Audience.OUTSIDERS:
            return Standstill.OUTSIDERS
        if not place.is_writable:
            return Standstill.ARCHIVED if place.is_archived else Standstill.NOT_THERE
        if digest.channel.startswith("D") or await self._slack.has_member(digest.channel, digest.owner):
            return None
        return Standstill.OWNER_LEFT

    async def _standing(self, digest: Digest) -> Standing:
        try:
            return (await self._people.ask(digest.team, digest.owner)).standing
        except SlackRecipientError:
            return Standing.GONE
