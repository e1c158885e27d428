"""Reports that were asked for before their asker was linked. They are kept for an hour, and then forgotten."""

from datetime import date, datetime
from typing import Any

from bot.links import WaitingReport
from bot.models import Period
from storage import balies, moments
from storage.database import Transaction


def add(tx: Transaction, waiting: WaitingReport, due_at: datetime) -> None:
    """Keep a report until `due_at`; one that was asked for before is kept anew."""
    tx.table("waiting_reports").insert(
        {
            "team": waiting.team,
            "user": waiting.user,
            "balie": waiting.balie.id,
            "channel": waiting.channel,
            "first_day": waiting.period.first.isoformat(),
            "last_day": waiting.period.last.isoformat(),
            "clipped": int(waiting.clipped),
            "anew": int(waiting.anew),
            "private_file": int(waiting.private_file),
            "request_key": waiting.key,
            "due_at": moments.write(due_at),
        },
        pk="id",
        replace=True,
    )


def of_user(tx: Transaction, team: str, user: str, now: datetime) -> list[WaitingReport]:
    """Return what waits for somebody's link, in the order it was asked; nothing of a balie that is gone."""
    query = "SELECT * FROM waiting_reports WHERE team = ? AND user = ? AND due_at > ? ORDER BY id"
    found = [_model(tx, row) for row in list(tx.query(query, [team, user, moments.write(now)]))]
    return [waiting for waiting in found if waiting is not None]


def clear(tx: Transaction, team: str, user: str) -> None:
    """Forget what waits for somebody's link."""
    tx.execute("DELETE FROM waiting_reports WHERE team = ? AND user = ?", [team, user])


def forget(tx: Transaction, now: datetime) -> None:
    """Forget what waited long enough."""
    tx.execute("DELETE FROM waiting_reports WHERE due_at <= ?", [moments.write(now)])


def _model(tx: Transaction, row: dict[str, Any]) -> WaitingReport | None:
    balie = balies.by_id(tx, row["team"], row["balie"])
    if balie is None:
        return None
    return WaitingReport(
        team=row["team"],
        user=row["user"],
        balie=balie,
        channel=row["channel"],
        period=Period(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])),
        clipped=bool(row["clipped"]),
        anew=bool(row["anew"]),
        private_file=bool(row["private_file"]),
        key=row["request_key"],
    )
