"""One speaker for one database: the lease, and what there is to do."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models import Parcel, Report, TemporaryFile
from storage import lease, outbox, reports, temporary_files
from storage.database import BRIEFLY, Database, Transaction

TTL = timedelta(seconds=20)
"""How long the others wait for a speaker that died. Longer than any pause between two renewals."""
PACE = timedelta(seconds=1)
"""Slack takes one message a second and conversation (docs.slack.dev: Rate limits)."""


@dataclass(frozen=True, slots=True)
class Due:
    """What may be done now.

    That is rows to send or look for, roots that show an old state, reports that need a step, files to be deleted.
    `next_moment` is when the first row is due, in the past when it is; None when there is none.
    """

    parcels: list[Parcel]
    edits: list[Report]
    steps: list[Report]
    files: list[TemporaryFile]
    next_moment: datetime | None


class Speaker:
    """This process in the line of those that may run the timers and send."""

    def __init__(self, *, database: Database) -> None:
        self._database = database
        self._name = secrets.token_hex(8)

    async def look(self, now: datetime, limit: int) -> Due | None:
        """Take or renew the lease; return what is due, None when another speaks. One transaction, mostly of reads."""

        def work(tx: Transaction) -> Due | None:
            if not lease.hold(tx, self._name, now, TTL):
                return None
            moments = [reports.next_moment(tx), outbox.next_moment(tx), temporary_files.next_moment(tx)]
            return Due(
                parcels=outbox.due(tx, now, limit, PACE),
                edits=reports.to_edit(tx, now, limit),
                steps=reports.due(tx, now, limit),
                files=temporary_files.due(tx, now, limit),
                next_moment=min((moment for moment in moments if moment is not None), default=None),
            )

        return await self._database.transact(work, patience=BRIEFLY)

    async def release(self) -> None:
        """Let another speak at once."""
        await self._database.transact(lambda tx: lease.release(tx, self._name))
