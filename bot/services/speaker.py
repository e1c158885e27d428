"""One speaker for one database: the lease, and when there is something to do."""

import secrets
from datetime import datetime, timedelta

from bot.models import Report
from storage import lease, outbox, reports
from storage.database import Database, Transaction

TTL = timedelta(seconds=20)
"""How long the others wait for a speaker that died. Longer than any pause between two renewals."""
BRIEFLY = 0.2
"""Seconds to wait for a lock: the timers look again in a moment, and a person may be waiting behind them."""


class Speaker:
    """This process in the line of those that may run the timers and send."""

    def __init__(self, *, database: Database) -> None:
        self._database = database
        self._name = secrets.token_hex(8)

    async def hold(self, now: datetime) -> bool:
        """Take or renew the lease; return whether this process may speak."""
        return await self._database.transact(lambda tx: lease.hold(tx, self._name, now, TTL), patience=BRIEFLY)

    async def release(self) -> None:
        """Let another speak at once."""
        await self._database.transact(lambda tx: lease.release(tx, self._name))

    async def to_edit(self, now: datetime, limit: int) -> list[Report]:
        """Return the reports whose root shows an old state."""
        return await self._database.read(lambda tx: reports.to_edit(tx, now, limit))

    async def next_moment(self) -> datetime | None:
        """Return when the next row is due."""

        def read(tx: Transaction) -> datetime | None:
            moments = [reports.next_moment(tx), outbox.next_moment(tx)]
            return min((moment for moment in moments if moment is not None), default=None)

        return await self._database.read(read)
