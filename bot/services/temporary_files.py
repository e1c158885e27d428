"""Files for one person that are gone from Slack after a day: promised in the database before their bytes leave."""

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.models import TemporaryFile
from storage import temporary_files
from storage.database import Database

LIFE = timedelta(hours=24)


class TemporaryFiles:
    """Keeps the promises."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def end(self) -> datetime:
        """Return when a file that is shared now will be gone."""
        return self._clock.now() + LIFE

    async def promise(self, file: TemporaryFile) -> None:
        """Write down that a file is to be deleted; to be done while it can't be seen yet."""
        await self._database.transact(lambda tx: temporary_files.add(tx, file))

    async def postpone(self, file: TemporaryFile, seconds: float) -> None:
        """Try to delete a file in so many seconds."""
        due_at = self._clock.now() + timedelta(seconds=seconds)
        await self._database.transact(lambda tx: temporary_files.postpone(tx, file, due_at))

    async def gone(self, file: TemporaryFile) -> None:
        """Note that a file is deleted."""
        await self._database.transact(lambda tx: temporary_files.remove(tx, file))
