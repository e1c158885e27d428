"""Runs of digests: rows and the questions asked of them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bot.digests import BalieResult, Digest, DigestRun, Purpose, RunResults
from bot.models import Period
from bot.summary import Summary
from storage import digests, moments, reports, summaries
from storage.database import Transaction

_DONE = "NOT (r.state IN ('requested', 'submitted', 'paused') OR (r.state = 'ready' AND r.due_at IS NOT NULL))"
_DONE_COUNT = f"(SELECT count(*) FROM reports r WHERE r.digest_run = digest_runs.id AND {_DONE})"
_STALE = f"message_ts IS NOT NULL AND told < balies AND told < {_DONE_COUNT}"
_BEFORE = """
    SELECT summary FROM reports
    WHERE team = ? AND balie = ? AND first_day = ? AND last_day = ? AND (summary IS NOT NULL OR state = 'empty')
    ORDER BY requested_at DESC LIMIT 1
"""


def add(
    tx: Transaction,
    digest: Digest,
    purpose: Purpose,
    *,
    now: datetime,
    planned_at: datetime,
    local_day: date | None = None,
    request_key: str | None = None,
) -> bool:
    """Write down that a digest is to run; return False when it did already, on that day or for that request."""
    cursor = tx.execute(
        "INSERT OR IGNORE INTO digest_runs (team, digest, purpose, local_day, request_key, channel, planned_at, due_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            digest.team,
            digest.id,
            purpose.value,
            None if local_day is None else local_day.isoformat(),
            request_key,
            digest.channel,
            moments.write(planned_at),
            moments.write(now),
        ],
    )
    return cursor.rowcount == 1


def begin(
    tx: Transaction, run: int, period: Period, before: Period | None, *, balies: int, is_late: bool = False
) -> bool:
    """Store of which period and how many balies a run is, and what it is compared with; False when it had begun."""
    query = (
        "UPDATE digest_runs SET first_day = ?, last_day = ?, before_first = ?, before_last = ?, balies = ?,"
        " is_late = ?, due_at = NULL WHERE id = ? AND due_at IS NOT NULL"
    )
    days = period.first.isoformat(), period.last.isoformat()
    earlier = (None, None) if before is None else (before.first.isoformat(), before.last.isoformat())
    return tx.execute(query, [*days, *earlier, balies, int(is_late), run]).rowcount == 1


def postpone(tx: Transaction, run: int, due_at: datetime) -> None:
    """Begin a run that has not begun later."""
    tx.execute("UPDATE digest_runs SET due_at = ? WHERE id = ? AND due_at IS NOT NULL", [moments.write(due_at), run])


def leave(tx: Transaction, run: int) -> bool:
    """Never begin a run; return False when it had begun, or was left before."""
    query = "UPDATE digest_runs SET due_at = NULL WHERE id = ? AND due_at IS NOT NULL"
    return tx.execute(query, [run]).rowcount == 1


def forget(tx: Transaction, run: int) -> bool:
    """Let a run that had nothing to tell be none, so that its day is free; return False when it had begun."""
    return tx.execute("DELETE FROM digest_runs WHERE id = ? AND due_at IS NOT NULL", [run]).rowcount == 1


def has_run(tx: Transaction, digest: str, local_day: date) -> bool:
    """Return whether a digest ran on this day, or is to."""
    query = "SELECT 1 FROM digest_runs WHERE digest = ? AND local_day = ?"
    return next(tx.query(query, [digest, local_day.isoformat()]), None) is not None


def leave_all(tx: Transaction, digest: str) -> None:
    """Never begin what has not begun of a digest."""
    tx.execute("UPDATE digest_runs SET due_at = NULL WHERE digest = ? AND due_at IS NOT NULL", [digest])


def is_tried(tx: Transaction, digest: str) -> bool:
    """Return whether a digest is being tried whose message is not sent."""
    query = (
        "SELECT 1 FROM digest_runs d WHERE d.digest = ? AND d.purpose = 'trial' AND d.message_ts IS NULL"
        " AND (d.due_at IS NOT NULL OR EXISTS (SELECT 1 FROM outbox o WHERE o.digest_run = d.id AND o.kind = 'digest'"
        " AND o.state IN ('waiting', 'sending')))"
    )
    return next(tx.query(query, [digest]), None) is not None


def is_to_be_tried(tx: Transaction, digest: str) -> bool:
    """Return whether a digest is to be tried and that has not begun."""
    query = "SELECT 1 FROM digest_runs WHERE digest = ? AND purpose = 'trial' AND due_at IS NOT NULL"
    return next(tx.query(query, [digest]), None) is not None


def get(tx: Transaction, team: str, run: int) -> DigestRun | None:
    """Return one run of this team."""
    return next(_select(tx, "team = ? AND id = ?", team, run), None)


def due(tx: Transaction, now: datetime, limit: int) -> list[DigestRun]:
    """Return the runs that are to begin, longest waiting first."""
    return list(_select(tx, "due_at <= ? ORDER BY due_at LIMIT ?", moments.write(now), limit))


def to_edit(tx: Transaction, now: datetime, limit: int) -> list[DigestRun]:
    """Return the runs of whose balies more is known than their message says."""
    where = f"{_STALE} AND (edit_at IS NULL OR edit_at <= ?) LIMIT ?"
    return list(_select(tx, where, moments.write(now), limit))


def next_moment(tx: Transaction) -> datetime | None:
    """Return when the next run is to begin, or a message may be edited again."""
    row = next(
        tx.query(
            "SELECT min(moment) AS moment FROM (SELECT min(due_at) AS moment FROM digest_runs WHERE due_at IS NOT NULL"
            f" UNION ALL SELECT min(coalesce(edit_at, planned_at)) FROM digest_runs WHERE {_STALE})"
        )
    )
    moment: str | None = row["moment"]
    return moments.read(moment)


def results(tx: Transaction, run: DigestRun) -> RunResults:
    """Return what a run has to tell.

    Raises:
        LookupError: it has not begun.
    """
    row = next(tx.query("SELECT before_first, before_last FROM digest_runs WHERE id = ?", [run.id]))
    before = _period(row["before_first"], row["before_last"])
    if run.period is None:
        raise LookupError(run.id)
    found = tuple(
        BalieResult(report, None if before is None else _summary(tx, run.digest.team, report.balie.id, before))
        for report in reports.of_digest_run(tx, run.id)
    )
    return RunResults(run, run.period, before, found)


def is_over(tx: Transaction, run: int) -> bool:
    """Return whether nothing more is to be learned of any of its balies."""
    query = f"SELECT 1 FROM reports r WHERE r.digest_run = ? AND NOT {_DONE}"
    return next(tx.query(query, [run]), None) is None


def placed(tx: Transaction, run: int, *, channel: str, ts: str, told: int) -> None:
    """Store where the message of a run stands, and of how many balies it tells."""
    values = [channel, ts, told, run]
    tx.execute("UPDATE digest_runs SET channel = ?, message_ts = ?, told = ? WHERE id = ?", values)


def shown(tx: Transaction, run: int, told: int) -> None:
    """Store of how many balies the message tells by now."""
    tx.execute("UPDATE digest_runs SET told = ?, edit_at = NULL WHERE id = ?", [told, run])


def edit_later(tx: Transaction, run: int, moment: datetime) -> None:
    """Edit the message not before this moment."""
    tx.execute("UPDATE digest_runs SET edit_at = ? WHERE id = ?", [moments.write(moment), run])


def _summary(tx: Transaction, team: str, balie: int, period: Period) -> Summary | None:
    row = next(tx.query(_BEFORE, [team, balie, period.first.isoformat(), period.last.isoformat()]), None)
    return None if row is None else summaries.read(row["summary"]) or Summary(())


def _select(tx: Transaction, where: str, *values: object) -> Iterator[DigestRun]:
    rows = list(tx.query(f"SELECT * FROM digest_runs WHERE {where}", list(values)))
    return (_model(tx, row) for row in rows)


def _model(tx: Transaction, row: dict[str, Any]) -> DigestRun:
    digest = digests.get(tx, row["team"], row["digest"])
    if digest is None:
        raise LookupError(row["digest"])
    return DigestRun(
        id=row["id"],
        digest=digest,
        purpose=Purpose(row["purpose"]),
        planned_at=moments.read(row["planned_at"]),
        channel=row["channel"],
        period=_period(row["first_day"], row["last_day"]),
        is_late=bool(row["is_late"]),
        message_ts=row["message_ts"],
    )


def _period(first: str | None, last: str | None) -> Period | None:
    if first is None or last is None:
        return None
    return Period(date.fromisoformat(first), date.fromisoformat(last))
