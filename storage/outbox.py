"""What has to be said exactly once: one row for each message or file."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from bot.models import Kind, Parcel, Sending
from storage import moments
from storage.database import Transaction

_OPEN = "state IN ('waiting', 'sending')"
_FREE = (
    "(after IS NULL OR EXISTS (SELECT 1 FROM outbox first WHERE first.id = outbox.after"
    " AND first.state IN ('sent', 'gave_up')))"
)
_SAID = "NOT (state = 'gave_up' AND note IS 'dropped')"
_PLACE = (
    "coalesce(recipient, (SELECT iif(channel LIKE 'D%', asker, channel) FROM reports WHERE id = outbox.report),"
    " (SELECT iif(d.channel LIKE 'D%', d.owner, d.channel) FROM digests d WHERE d.id = outbox.digest), '')"
)
"""The conversation a row goes to: a person's direct messages by the person, any other by its channel."""
_POSTS = "kind <> 'file'"
"""Files are shared by another method than messages, one with a limit of its own."""
_DUE = f"""
    WITH open_rows AS (
        SELECT *, state = 'waiting' AND {_POSTS} AS posts, {_PLACE} AS place
        FROM outbox WHERE {_OPEN} AND due_at <= :now AND {_FREE}
    ),
    queued AS (
        SELECT *, row_number() OVER (PARTITION BY posts, place ORDER BY due_at, id) AS turn FROM open_rows
    )
    SELECT * FROM queued
    WHERE NOT posts
        OR (turn = 1 AND place NOT IN (SELECT {_PLACE} FROM outbox WHERE started_at > :recent AND {_POSTS}))
    ORDER BY due_at, id LIMIT :limit
"""


def add(
    tx: Transaction,
    team: str,
    kind: Kind,
    *,
    due_at: datetime,
    report: str | None = None,
    digest: str | None = None,
    digest_run: int | None = None,
    after: int | None = None,
    recipient: str | None = None,
) -> int:
    """Write down something to say, not before the row `after` is done; return its id."""
    row = tx.table("outbox").insert(
        {
            "key": secrets.token_urlsafe(16),
            "team": team,
            "kind": kind.value,
            "report": report,
            "digest": digest,
            "digest_run": digest_run,
            "after": after,
            "recipient": recipient,
            "state": Sending.WAITING.value,
            "due_at": moments.write(due_at),
        }
    )
    return int(str(row.last_pk))


def change(tx: Transaction, parcel: int, *, expect: Sending, **values: object) -> bool:
    """Set columns of a row that is in the state `expect`; return whether it still was."""
    columns = {name: _value(value) for name, value in values.items()}
    settings = ", ".join(f"{name} = ?" for name in columns)
    cursor = tx.execute(
        f"UPDATE outbox SET {settings} WHERE id = ? AND state = ?", [*columns.values(), parcel, expect.value]
    )
    return cursor.rowcount == 1


def due(tx: Transaction, now: datetime, limit: int, pace: timedelta) -> list[Parcel]:
    """Return what may be sent or looked up now; what waits for another row only when that one is done.

    Of the messages for one conversation only the first, and none within `pace` of the last that set out for it.
    """
    values = {"now": moments.write(now), "recent": moments.write(now - pace), "limit": limit}
    return [_model(row) for row in tx.query(_DUE, values)]


def next_moment(tx: Transaction) -> datetime | None:
    """Return when the next row may be sent or looked up."""
    row = next(tx.query(f"SELECT min(due_at) AS moment FROM outbox WHERE {_OPEN} AND {_FREE}"))
    moment: str | None = row["moment"]
    return moments.read(moment)


def of_report(tx: Transaction, report: str) -> list[Parcel]:
    """Return the rows of a report in the order they were written, but for those that were dropped."""
    return _select(tx, f"report = ? AND {_SAID} ORDER BY id", report)


def of_digest_run(tx: Transaction, run: int) -> Parcel:
    """Return the row of the one message of a run.

    Raises:
        LookupError: the run has not begun.
    """
    found = _select(tx, "digest_run = ? AND kind = ?", run, Kind.DIGEST.value)
    if not found:
        raise LookupError(run)
    return found[0]


def direct_run(tx: Transaction, run: int, recipient: str) -> None:
    """Let whatever waits for the reports of this run go to a person's direct messages."""
    tx.execute(
        "UPDATE outbox SET recipient = ? WHERE state = 'waiting'"
        " AND report IN (SELECT id FROM reports WHERE digest_run = ?)",
        [recipient, run],
    )


def drop_waiting(tx: Transaction, report: str, kinds: Collection[Kind]) -> None:
    """Leave unsaid whatever of these kinds still waits for this report."""
    _drop(tx, "report = ? AND state = 'waiting'", report, kinds=kinds)


def drop_open(tx: Transaction, report: str, kinds: Collection[Kind]) -> None:
    """Leave unsaid whatever of these kinds is not done for this report; what is being sent no longer counts."""
    _drop(tx, f"report = ? AND {_OPEN}", report, kinds=kinds)


def drop_for(tx: Transaction, team: str, recipient: str, kinds: Collection[Kind]) -> None:
    """Leave unsaid whatever of these kinds still waits for this person."""
    _drop(tx, "team = ? AND recipient = ? AND state = 'waiting'", team, recipient, kinds=kinds)


def hasten(tx: Transaction, report: str, now: datetime) -> None:
    """Make whatever waits for this report due now."""
    tx.execute("UPDATE outbox SET due_at = ? WHERE report = ? AND state = 'waiting'", [moments.write(now), report])


def _drop(tx: Transaction, where: str, *values: object, kinds: Collection[Kind]) -> None:
    marks = ", ".join("?" for _ in kinds)
    tx.execute(
        f"UPDATE outbox SET state = 'gave_up', note = 'dropped' WHERE {where} AND kind IN ({marks})",
        [*values, *(kind.value for kind in kinds)],
    )


def _select(tx: Transaction, where: str, *values: object) -> list[Parcel]:
    return [_model(row) for row in tx.query(f"SELECT * FROM outbox WHERE {where}", list(values))]


def _model(row: dict[str, Any]) -> Parcel:
    return Parcel(
        id=row["id"],
        key=row["key"],
        team=row["team"],
        kind=Kind(row["kind"]),
        state=Sending(row["state"]),
        due_at=moments.read(row["due_at"]),
        report=row["report"],
        digest=row["digest"],
        digest_run=row["digest_run"],
        after=row["after"],
        recipient=row["recipient"],
        started_at=moments.read(row["started_at"]),
        attempts=row["attempts"],
        channel=row["channel"],
        thread_ts=row["thread_ts"],
        ts=row["ts"],
        file_id=row["file_id"],
        note=row["note"],
    )


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return moments.write(value)
    return value.value if isinstance(value, Sending) else value
