"""What the message of a digest's run tells, and that it is brought up to date when more is known."""

from datetime import timedelta

from bot.clock import Clock
from bot.digests import Digest, DigestRun, RunResults
from bot.errors import SlackError
from bot.models import Language, Parcel, Report
from bot.services.troubles import PLAIN, WITHOUT_CHART, Plain, Simpler, Wait, after_editing
from storage import digest_runs, digests, outbox
from storage.database import Database


class DigestTelling:
    """Reads what there is to tell; the telling itself is done by whoever sends."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def results(self, run: DigestRun) -> RunResults:
        """Return what a run has to tell now."""
        return await self._database.read(lambda tx: digest_runs.results(tx, run))

    async def note_of(self, run: DigestRun) -> str | None:
        """Return what had to be left out of a run's message as Slack refused it."""
        return await self._database.read(lambda tx: outbox.of_digest_run(tx, run.id).note)

    async def digest_of(self, parcel: Parcel) -> Digest:
        """Return the digest that a row tells of, as it is now.

        Raises:
            LookupError: it tells of none.
        """
        number = parcel.digest or ""
        found = await self._database.read(lambda tx: digests.get(tx, parcel.team, number))
        if found is None:
            raise LookupError(number)
        return found

    async def language_of(self, report: Report) -> Language | None:
        """Return the language of the digest that asked for a report, None when a person did."""
        number = report.digest_run
        if number is None:
            return None
        run = await self._database.read(lambda tx: digest_runs.get(tx, report.team, number))
        return None if run is None else run.digest.language

    async def shown(self, told: RunResults) -> None:
        """Store that a message tells this much."""
        await self._database.transact(lambda tx: digest_runs.shown(tx, told.run.id, told.done))

    async def not_shown(self, told: RunResults, error: SlackError, note: str | None) -> str | None:
        """Write down what a failed edit leads to; return what is to be left out of it now, if it is to be made again.

        `note` says what was left out of it already.
        """
        match after_editing(error, is_plain=note == PLAIN, is_charted=told.is_charted and note is None):
            case Simpler():
                return WITHOUT_CHART
            case Plain():
                return PLAIN
            case Wait(seconds):
                moment = self._clock.now() + timedelta(seconds=seconds)
                await self._database.transact(lambda tx: digest_runs.edit_later(tx, told.run.id, moment))
            case _:
                await self.shown(told)
        return None
