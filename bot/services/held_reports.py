"""Reports that stand still because their asker has another UiTiD now, and what that person wants done with them."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.digests import Standstill
from bot.models import Kind, Report, State
from bot.services.endings import end
from bot.services.pausing import UNMAPPED
from storage import accounts, digests, outbox, reports
from storage.database import Database, Transaction

_DELIVERY = frozenset({Kind.FILE, Kind.REPLY})


@dataclass(frozen=True, slots=True)
class Situation:
    """How somebody stands with UiTPAS.

    `linked_at` is None while no link stands; `has_ended` says that they had one which UiTPAS takes no more. `held` is
    how many of their reports stand still for want of a link; while one stands, they were asked with another UiTiD.
    `digests` is how many of their digests do.
    """

    linked_at: datetime | None
    has_ended: bool
    held: int
    digests: int


@dataclass(frozen=True, slots=True)
class NoLink:
    """Nothing is done before a UiTiD is linked."""


class HeldReports:
    """Tells what stands still, and takes up or drops what was asked with another UiTiD."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def situation(self, team: str, user: str) -> Situation:
        """Return how this person stands now."""

        def read(tx: Transaction) -> Situation:
            account = accounts.get(tx, team, user)
            has_ended = account is not None and account.state == "ended"
            paused = sum(digest.standstill is Standstill.LINK for digest in digests.of_owner(tx, team, user))
            return Situation(accounts.linked_at(tx, team, user), has_ended, len(_held(tx, team, user)), paused)

        return await self._database.read(read)

    async def go_on(self, team: str, user: str) -> int | NoLink:
        """Ask for them again with the UiTiD that is linked now; return how many there are."""
        now = self._clock.now()

        def write(tx: Transaction) -> int | NoLink:
            mark = _mark(tx, team, user)
            if mark is None:
                return NoLink()
            return sum(_begin_anew(tx, report, mark, now) for report in _of_another(tx, team, user, mark))

        return await self._database.transact(write)

    async def drop(self, team: str, user: str) -> int | NoLink:
        """Cancel them on their asker's word; return how many there were."""
        now = self._clock.now()

        def write(tx: Transaction) -> int | NoLink:
            mark = _mark(tx, team, user)
            if mark is None:
                return NoLink()
            found = _of_another(tx, team, user, mark)
            return sum(end(tx, report, State.CANCELLED, now, actor=user) for report in found)

        return await self._database.transact(write)


def _begin_anew(tx: Transaction, report: Report, mark: str, now: datetime) -> bool:
    """Let a report begin from the start with another account: its id and its zip belong to the one it had."""
    outbox.drop_open(tx, report.id, _DELIVERY)
    outbox.hasten(tx, report.id, now)
    waited = now - (report.paused_at or now)
    return reports.change(
        tx,
        report.id,
        expect={State.PAUSED},
        account=mark,
        state=State.REQUESTED,
        face=State.REQUESTED.value,
        reason=None,
        paused_at=None,
        due_at=now if report.is_announced else None,
        deadline_at=None if report.deadline_at is None else report.deadline_at + waited,
        **dict.fromkeys(("uitpas_id", "submitted_at", "summary", "sheets_problem")),
        **dict.fromkeys(("attempts", "sheet_attempts", "trouble"), 0),
    )


def _of_another(tx: Transaction, team: str, user: str, mark: str) -> list[Report]:
    return [report for report in _held(tx, team, user) if report.account != mark]


def _held(tx: Transaction, team: str, user: str) -> list[Report]:
    """Return what stands still for want of a link: what misses its balie too goes first to whoever mends that."""
    return [report for report in reports.paused_of(tx, team, user) if report.reason != UNMAPPED]


def _mark(tx: Transaction, team: str, user: str) -> str | None:
    account = accounts.get(tx, team, user)
    return account.mark if account is not None and account.state == "linked" else None
