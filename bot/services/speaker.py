"""One speaker for one database: the lease, and what there is to do."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digests import Digest, DigestRun
from bot.homes import StaleHome
from bot.links import Link
from bot.models import Parcel, Report, TemporaryFile
from storage import (
    accounts,
    digest_runs,
    digests,
    homes,
    lease,
    links,
    outbox,
    reports,
    temporary_files,
    waiting_reports,
)
from storage.accounts import Account
from storage.database import BRIEFLY, Database, Transaction

TTL = timedelta(seconds=20)
"""How long the others wait for a speaker that died. Longer than any pause between two renewals."""
PACE = timedelta(seconds=1)
"""Slack takes one message a second and conversation (docs.slack.dev: Rate limits)."""
TIDY = timedelta(hours=1)
"""How often what ran out is forgotten; nobody reads it by then."""
TRIES = timedelta(days=1)
"""How long it is kept that somebody began a link or typed a wrong code."""


@dataclass(frozen=True, slots=True)
class Due:
    """What may be done now.

    That is rows to send or look for, roots that show an old state, reports that need a step, files to be deleted, links
    whose time has come, accounts of which Slack is to be asked who has them, Homes to be drawn anew, digests whose time
    has come, runs of them that are to begin, and those whose message shows an old state. `next_moment` is when the
    first row is due, in the past when it is; None when there is none.
    """

    parcels: list[Parcel]
    edits: list[Report]
    steps: list[Report]
    files: list[TemporaryFile]
    links: list[Link]
    accounts: list[Account]
    homes: list[StaleHome]
    digests: list[Digest]
    runs: list[DigestRun]
    run_edits: list[DigestRun]
    next_moment: datetime | None


class Speaker:
    """This process in the line of those that may run the timers and send."""

    def __init__(self, *, database: Database) -> None:
        self._database = database
        self._name = secrets.token_hex(8)
        self._tidy_at: datetime | None = None

    async def look(self, now: datetime, limit: int) -> Due | None:
        """Take or renew the lease; return what is due, None when another speaks. One transaction, mostly of reads."""
        tidies = self._tidy_at is None or now >= self._tidy_at

        def work(tx: Transaction) -> Due | None:
            if not lease.hold(tx, self._name, now, TTL):
                return None
            if tidies:
                links.forget_tries(tx, now - TRIES)
                waiting_reports.forget(tx, now)
            return _due(tx, now, limit)

        found = await self._database.transact(work, patience=BRIEFLY)
        if tidies and found is not None:
            self._tidy_at = now + TIDY
        return found

    async def release(self) -> None:
        """Let another speak at once."""
        await self._database.transact(lambda tx: lease.release(tx, self._name))


def _due(tx: Transaction, now: datetime, limit: int) -> Due:
    tables = (reports, outbox, temporary_files, links, homes, digests, digest_runs)
    moments = [*(table.next_moment(tx) for table in tables), accounts.next_sweep(tx)]
    return Due(
        parcels=outbox.due(tx, now, limit, PACE),
        edits=reports.to_edit(tx, now, limit),
        steps=reports.due(tx, now, limit),
        files=temporary_files.due(tx, now, limit),
        links=links.due(tx, now, limit),
        accounts=accounts.sweep_due(tx, now, limit),
        homes=homes.due(tx, now, limit),
        digests=digests.due(tx, now, limit),
        runs=digest_runs.due(tx, now, limit),
        run_edits=digest_runs.to_edit(tx, now, limit),
        next_moment=min((moment for moment in moments if moment is not None), default=None),
    )
