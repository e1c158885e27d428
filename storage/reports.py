"""Reports: rows and the questions asked of them."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from bot.models import RUNNING, Period, Report, State
from bot.summary import Summary
from storage import balies, moments, summaries
from storage.database import Transaction

_MOMENTS = frozenset({"due_at", "deadline_at", "paused_at", "submitted_at", "ended_at", "edit_at"})
_STALE = (
    "face <> shown_face AND root_ts IS NOT NULL AND digest_run IS NULL AND (state = 'paused' OR NOT EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.report = reports.id AND o.state IN ('waiting', 'sending')))"
)
_RUNS = "state IN ('requested', 'submitted', 'ready', 'paused')"


def add(tx: Transaction, report: Report, *, request_key: str) -> None:
    """Write a new report."""
    tx.table("reports").insert(
        {
            "id": report.id,
            "team": report.team,
            "balie": report.balie.id,
            "channel": report.channel,
            "asked_in": report.asked_in,
            "asker": report.asker,
            "account": report.account,
            "first_day": report.period.first.isoformat(),
            "last_day": report.period.last.isoformat(),
            "clipped": int(report.clipped),
            "request_key": request_key,
            "digest_run": report.digest_run,
            "private_file": int(report.private_file),
            "state": report.state.value,
            "face": report.face,
            "requested_at": moments.write(report.requested_at),
            "due_at": moments.write(report.due_at),
            "deadline_at": moments.write(report.deadline_at),
        }
    )


def change(tx: Transaction, report: str, *, expect: Collection[State] = RUNNING, **values: object) -> bool:
    """Set columns of a report whose state is one of `expect`; return whether it still was.

    Moments are given as datetimes, a summary as `Summary`, a state as `State`.
    """
    columns = {name: _value(name, value) for name, value in values.items()}
    settings = ", ".join(f"{name} = ?" for name in columns)
    marks = ", ".join("?" for _ in expect)
    cursor = tx.execute(
        f"UPDATE reports SET {settings} WHERE id = ? AND state IN ({marks})",
        [*columns.values(), report, *(state.value for state in expect)],
    )
    return cursor.rowcount == 1


def shown(tx: Transaction, report: str, face: str) -> None:
    """Store what the root shows now."""
    tx.execute("UPDATE reports SET shown_face = ?, edit_at = NULL WHERE id = ?", [face, report])


def get(tx: Transaction, team: str, report: str) -> Report | None:
    """Return one report of this team."""
    return next(_select(tx, "team = ? AND id = ?", team, report), None)


def by_request_key(tx: Transaction, team: str, request_key: str) -> Report | None:
    """Return the report that this very request already made."""
    return next(_select(tx, "team = ? AND request_key = ?", team, request_key), None)


def running_by_button(tx: Transaction, team: str, button: str) -> Report | None:
    """Return the report that runs since this button was pressed: its request key begins with the button."""
    where = f"team = ? AND request_key >= ? AND request_key < ? AND {_RUNS}"
    return next(_select(tx, where, team, f"{button}:", f"{button};"), None)


def running(tx: Transaction, team: str, balie: int, period: Period, channel: str) -> Report | None:
    """Return the report that runs for the same balie and period in the same conversation."""
    return next(_same(tx, _RUNS, team, balie, period, channel), None)


def delivered(tx: Transaction, team: str, balie: int, period: Period, channel: str) -> Report | None:
    """Return the latest report delivered for the same balie and period in the same conversation."""
    return next(_same(tx, "state = 'delivered'", team, balie, period, channel), None)


def count_running(tx: Transaction, team: str, asker: str) -> int:
    """Return how many reports of this person run, but for those of a digest."""
    where = f"team = ? AND asker = ? AND digest_run IS NULL AND {_RUNS}"
    return int(tx.table("reports").count_where(where, [team, asker]))


def paused_of(tx: Transaction, team: str, asker: str) -> list[Report]:
    """Return the paused reports of this person."""
    return list(_select(tx, "team = ? AND asker = ? AND state = 'paused'", team, asker))


def running_of(tx: Transaction, team: str, asker: str, account: str) -> list[Report]:
    """Return the reports of this person that run, asked with this account, the oldest first."""
    where = f"team = ? AND asker = ? AND account = ? AND {_RUNS} ORDER BY requested_at"
    return list(_select(tx, where, team, asker, account))


def of_balie(tx: Transaction, team: str, balie: int, states: Collection[State]) -> list[Report]:
    """Return the reports of a balie that are in one of these states, the oldest first."""
    marks = ", ".join("?" for _ in states)
    where = f"team = ? AND balie = ? AND state IN ({marks}) ORDER BY requested_at"
    return list(_select(tx, where, team, balie, *(state.value for state in states)))


def paused_for(tx: Transaction, team: str, reason: str) -> list[Report]:
    """Return the reports that are paused for this reason though their balie is mapped."""
    mapped = "balie IN (SELECT id FROM balies WHERE removed_at IS NULL)"
    return list(_select(tx, f"team = ? AND state = 'paused' AND reason = ? AND {mapped}", team, reason))


def direct_of(tx: Transaction, team: str, asker: str) -> str | None:
    """Return our direct messages with this person, known from a report that was announced there."""
    query = "SELECT channel FROM reports WHERE team = ? AND asker = ? AND channel LIKE 'D%' AND root_ts IS NOT NULL"
    row = next(tx.query(f"{query} ORDER BY requested_at DESC LIMIT 1", [team, asker]), None)
    return None if row is None else str(row["channel"])


def of_digest_run(tx: Transaction, run: int) -> list[Report]:
    """Return the reports that a run of a digest asked for, by the names of their balies."""
    found = _select(tx, "digest_run = ?", run)
    return sorted(found, key=lambda report: (report.balie.name, report.balie.id))


def stand_under(tx: Transaction, run: int, *, channel: str, root_ts: str) -> None:
    """Store where the message stands under which the reports of a run are told."""
    tx.execute("UPDATE reports SET channel = ?, root_ts = ? WHERE digest_run = ?", [channel, root_ts, run])


def due(tx: Transaction, now: datetime, limit: int) -> list[Report]:
    """Return the reports that need something of UiTPAS now, longest waiting first."""
    return list(_select(tx, "due_at <= ? ORDER BY due_at LIMIT ?", moments.write(now), limit))


def to_edit(tx: Transaction, now: datetime, limit: int) -> list[Report]:
    """Return the reports whose root shows an old state; what is still to be said goes first, unless it is on hold."""
    return list(_select(tx, f"{_STALE} AND (edit_at IS NULL OR edit_at <= ?) LIMIT ?", moments.write(now), limit))


def next_moment(tx: Transaction) -> datetime | None:
    """Return when the next report is due, or its root may be edited again."""
    row = next(
        tx.query(
            "SELECT min(moment) AS moment FROM (SELECT min(due_at) AS moment FROM reports WHERE due_at IS NOT NULL"
            f" UNION ALL SELECT min(coalesce(edit_at, requested_at)) FROM reports WHERE {_STALE})"
        )
    )
    moment: str | None = row["moment"]
    return moments.read(moment)


def lately(tx: Transaction, team: str, *, asker: str, channel: str, since: datetime) -> list[Report]:
    """Return what runs or was asked since then, by this person or in this conversation; newest first."""
    return list(
        _select(
            tx,
            f"team = ? AND (asker = ? OR channel = ?) AND ({_RUNS} OR requested_at >= ?)"
            " ORDER BY requested_at DESC LIMIT 20",
            team,
            asker,
            channel,
            moments.write(since),
        )
    )


def _same(tx: Transaction, state: str, team: str, balie: int, period: Period, channel: str) -> Iterator[Report]:
    return _select(
        tx,
        f"team = ? AND balie = ? AND first_day = ? AND last_day = ? AND channel = ? AND digest_run IS NULL"
        f" AND {state} ORDER BY requested_at DESC",
        team,
        balie,
        period.first.isoformat(),
        period.last.isoformat(),
        channel,
    )


def _select(tx: Transaction, where: str, *values: object) -> Iterator[Report]:
    rows = list(tx.query(f"SELECT * FROM reports WHERE {where}", list(values)))
    return (_model(tx, row) for row in rows)


def _model(tx: Transaction, row: dict[str, Any]) -> Report:
    return Report(
        id=row["id"],
        team=row["team"],
        balie=balies.kept(tx, row["team"], row["balie"]),
        channel=row["channel"],
        asked_in=row["asked_in"],
        asker=row["asker"],
        account=row["account"],
        period=Period(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])),
        clipped=bool(row["clipped"]),
        state=State(row["state"]),
        face=row["face"],
        shown_face=row["shown_face"],
        requested_at=moments.read(row["requested_at"]),
        due_at=moments.read(row["due_at"]),
        deadline_at=moments.read(row["deadline_at"]),
        paused_at=moments.read(row["paused_at"]),
        submitted_at=moments.read(row["submitted_at"]),
        ended_at=moments.read(row["ended_at"]),
        attempts=row["attempts"],
        sheet_attempts=row["sheet_attempts"],
        sheets_problem=row["sheets_problem"],
        trouble=row["trouble"],
        uitpas_id=row["uitpas_id"],
        root_ts=row["root_ts"],
        reason=row["reason"],
        actor=row["actor"],
        summary=summaries.read(row["summary"]),
        digest_run=row["digest_run"],
        private_file=bool(row["private_file"]),
    )


def _value(name: str, value: object) -> object:
    if isinstance(value, Summary):
        return summaries.write(value)
    if name in _MOMENTS and isinstance(value, datetime):
        return moments.write(value)
    return value.value if isinstance(value, State) else value
