"""Digests: rows and the questions asked of them. What was removed stays as long as its runs are told of."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from bot.digests import Digest, Rhythm, Schedule, Standstill
from bot.models import Balie, Language, Period
from storage import balies, moments
from storage.database import Transaction

_LIVES = "removed_at IS NULL"


def add(tx: Transaction, digest: Digest, *, request_key: str, now: datetime) -> None:
    """Write a new digest."""
    columns = {
        "id": digest.id,
        "team": digest.team,
        "channel": digest.channel,
        "owner": digest.owner,
        "request_key": request_key,
        "made_at": moments.write(now),
        **_columns(digest),
    }
    tx.table("digests").insert(columns)
    _set_balies(tx, digest)


def save(tx: Transaction, digest: Digest) -> None:
    """Write a digest over as it is now: all but where it is, and whose."""
    columns = _columns(digest)
    settings = ", ".join(f"{name} = ?" for name in columns)
    tx.execute(f"UPDATE digests SET {settings} WHERE id = ?", [*columns.values(), digest.id])
    _set_balies(tx, digest)


def plan(tx: Transaction, digest: str, *, expect: datetime | None, planned_at: datetime | None) -> bool:
    """Plan the next run in place of the one expected; return False when another was planned meanwhile."""
    query = f"UPDATE digests SET planned_at = ? WHERE id = ? AND planned_at IS ? AND {_LIVES}"
    cursor = tx.execute(query, [moments.write(planned_at), digest, moments.write(expect)])
    return cursor.rowcount == 1


def pause(tx: Transaction, digest: str, why: Standstill, by: str | None = None) -> bool:
    """Let a digest run no more; return False when it did not anyway."""
    settings = "standstill = ?, paused_by = ?, planned_at = NULL"
    query = f"UPDATE digests SET {settings} WHERE id = ? AND standstill IS NULL AND {_LIVES}"
    return tx.execute(query, [why.value, by, digest]).rowcount == 1


def remove(tx: Transaction, digest: str, now: datetime) -> bool:
    """Let a digest be seen no more; return False when that was done before."""
    query = f"UPDATE digests SET removed_at = ?, planned_at = NULL WHERE id = ? AND {_LIVES}"
    return tx.execute(query, [moments.write(now), digest]).rowcount == 1


def listed(tx: Transaction, digest: str, period: Period) -> None:
    """Store the newest period that UiTPAS was seen to list."""
    days = period.first.isoformat(), period.last.isoformat()
    tx.execute("UPDATE digests SET listed_first = ?, listed_last = ? WHERE id = ?", [*days, digest])


def get(tx: Transaction, team: str, digest: str) -> Digest | None:
    """Return one digest of this team, even one that was removed."""
    return next(_select(tx, "team = ? AND id = ?", team, digest), None)


def by_request_key(tx: Transaction, team: str, request_key: str) -> Digest | None:
    """Return the digest that this very request already made."""
    return next(_select(tx, "team = ? AND request_key = ?", team, request_key), None)


def of_channel(tx: Transaction, team: str, channel: str) -> list[Digest]:
    """Return the digests of a channel, the oldest first."""
    return list(_select(tx, f"team = ? AND channel = ? AND {_LIVES} ORDER BY made_at, id", team, channel))


def of_owner(tx: Transaction, team: str, owner: str) -> list[Digest]:
    """Return the digests of a person, the oldest first."""
    return list(_select(tx, f"team = ? AND owner = ? AND {_LIVES} ORDER BY made_at, id", team, owner))


def due(tx: Transaction, now: datetime, limit: int) -> list[Digest]:
    """Return the digests whose time has come, longest waiting first."""
    return list(_select(tx, "planned_at <= ? ORDER BY planned_at LIMIT ?", moments.write(now), limit))


def next_moment(tx: Transaction) -> datetime | None:
    """Return when the time of the next digest comes."""
    query = "SELECT min(planned_at) AS moment FROM digests WHERE planned_at IS NOT NULL"
    moment: str | None = next(tx.query(query))["moment"]
    return moments.read(moment)


def _columns(digest: Digest) -> dict[str, Any]:
    schedule = digest.schedule
    return {
        "account": digest.account,
        "language": digest.language.value,
        "rhythm": schedule.rhythm.value,
        "weekday": schedule.weekday,
        "month_day": schedule.month_day,
        "local_time": f"{schedule.at:%H:%M}",
        "zone": schedule.zone,
        "planned_at": moments.write(digest.planned_at),
        "standstill": None if digest.standstill is None else digest.standstill.value,
        "paused_by": digest.paused_by,
        "listed_first": None if digest.listed is None else digest.listed.first.isoformat(),
        "listed_last": None if digest.listed is None else digest.listed.last.isoformat(),
    }


def _set_balies(tx: Transaction, digest: Digest) -> None:
    tx.execute("DELETE FROM digest_balies WHERE digest = ?", [digest.id])
    for balie in (*digest.balies, *digest.missing):
        tx.table("digest_balies").insert({"team": digest.team, "digest": digest.id, "balie": balie.id})


def _select(tx: Transaction, where: str, *values: object) -> Iterator[Digest]:
    rows = list(tx.query(f"SELECT * FROM digests WHERE {where}", list(values)))
    return (_model(tx, row) for row in rows)


def _model(tx: Transaction, row: dict[str, Any]) -> Digest:
    mapped, missing = _balies(tx, row["team"], row["id"])
    first, last = row["listed_first"], row["listed_last"]
    return Digest(
        id=row["id"],
        team=row["team"],
        channel=row["channel"],
        owner=row["owner"],
        account=row["account"],
        language=Language(row["language"]),
        schedule=Schedule(
            rhythm=Rhythm(row["rhythm"]),
            at=time.fromisoformat(row["local_time"]),
            zone=row["zone"],
            weekday=row["weekday"],
            month_day=row["month_day"],
        ),
        balies=mapped,
        missing=missing,
        planned_at=moments.read(row["planned_at"]),
        standstill=None if row["standstill"] is None else Standstill(row["standstill"]),
        paused_by=row["paused_by"],
        listed=None if last is None else Period(date.fromisoformat(first), date.fromisoformat(last)),
        is_removed=row["removed_at"] is not None,
    )


def _balies(tx: Transaction, team: str, digest: str) -> tuple[tuple[Balie, ...], tuple[Balie, ...]]:
    query = (
        "SELECT b.id, b.removed_at IS NULL AS is_mapped FROM digest_balies d JOIN balies b ON b.id = d.balie"
        " WHERE d.digest = ? ORDER BY b.name, b.id"
    )
    found = [(balies.kept(tx, team, row["id"]), bool(row["is_mapped"])) for row in tx.query(query, [digest])]
    return tuple(one for one, is_mapped in found if is_mapped), tuple(one for one, is_mapped in found if not is_mapped)
