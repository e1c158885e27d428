"""Links under way between people in Slack and their UiTiD, and how often each person tried.

What a link is found by (its number, the cookie of its browser, the request token) stands here as SHA-256 alone; what
only we may read is sealed. A link that has ended is deleted, and `secure_delete` overwrites it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from bot.links import Link, LinkState
from storage import moments
from storage.database import Transaction

Found = Literal["number_hash", "cookie_hash", "request_hash"]
"""What a browser shows a link by."""
What = Literal["link", "code"]
"""What was tried: to begin a link, or a code that was wrong."""


def add(tx: Transaction, link: Link) -> None:
    """Write a new link down."""
    tx.table("links").insert({**_row(link), "id": link.id, "team": link.team, "user": link.user})


def get(tx: Transaction, team: str, link: str) -> Link | None:
    """Return one link of this team."""
    return _one(tx, "team = ? AND id = ?", team, link)


def of_user(tx: Transaction, team: str, user: str) -> Link | None:
    """Return the link that somebody has under way; what is only to be revoked is none."""
    return _one(tx, "team = ? AND user = ? AND state <> 'revoking'", team, user)


def by_hash(tx: Transaction, by: Found, value: str, now: datetime) -> Link | None:
    """Return the link with this hash, while it lasts."""
    return _one(tx, f"{by} = ? AND due_at > ? AND state <> 'revoking'", value, moments.write(now))


def save(tx: Transaction, link: Link, *, expect: Collection[LinkState]) -> bool:
    """Write a link as it is now, unless it is in another state than expected; return whether it was written."""
    row = _row(link)
    marks = ", ".join("?" for _ in expect)
    settings = ", ".join(f"{name} = ?" for name in row)
    cursor = tx.execute(
        f"UPDATE links SET {settings} WHERE id = ? AND state IN ({marks})",
        [*row.values(), link.id, *(state.value for state in expect)],
    )
    return cursor.rowcount == 1


def attempt(tx: Transaction, team: str, user: str, *, most: int, now: datetime) -> Link | None:
    """Count an attempt at the code of somebody's link and return that link, in one statement.

    None when there is none that waits for a code, or it had `most` attempts already.
    """
    query = (
        "UPDATE links SET attempts = attempts + 1 WHERE team = ? AND user = ? AND state = 'returned'"
        " AND due_at > ? AND attempts < ? RETURNING *"
    )
    row = next(iter(list(tx.query(query, [team, user, moments.write(now), most]))), None)
    return None if row is None else _model(row)


def remove(tx: Transaction, link: str) -> bool:
    """Destroy a link; return whether it was there."""
    return tx.execute("DELETE FROM links WHERE id = ?", [link]).rowcount == 1


def due(tx: Transaction, now: datetime, limit: int) -> list[Link]:
    """Return the links whose time has come: to end, or to be revoked."""
    query = "SELECT * FROM links WHERE due_at <= ? ORDER BY due_at LIMIT ?"
    return [_model(row) for row in tx.query(query, [moments.write(now), limit])]


def next_moment(tx: Transaction) -> datetime | None:
    """Return when the next link is due."""
    moment: str | None = next(tx.query("SELECT min(due_at) AS moment FROM links"))["moment"]
    return moments.read(moment)


def tried(tx: Transaction, team: str, user: str, what: What, now: datetime) -> None:
    """Note that somebody tried."""
    query = "INSERT INTO link_tries (team, user, what, at) VALUES (?, ?, ?, ?)"
    tx.execute(query, [team, user, what, moments.write(now)])


def tries(tx: Transaction, team: str, user: str, what: What, since: datetime) -> int:
    """Return how often somebody tried since then."""
    query = "SELECT count(*) AS n FROM link_tries WHERE team = ? AND user = ? AND what = ? AND at > ?"
    return int(next(tx.query(query, [team, user, what, moments.write(since)]))["n"])


def forget_tries(tx: Transaction, before: datetime) -> None:
    """Forget what was tried earlier."""
    tx.execute("DELETE FROM link_tries WHERE at <= ?", [moments.write(before)])


def _row(link: Link) -> dict[str, Any]:
    return {
        "state": link.state.value,
        "number_hash": link.number_hash,
        "cookie_hash": link.cookie_hash,
        "request_hash": link.request_hash,
        "made_at": moments.write(link.made_at),
        "due_at": moments.write(link.due_at),
        "attempts": link.attempts,
        "sealed": link.sealed,
    }


def _one(tx: Transaction, where: str, *values: object) -> Link | None:
    row = next(tx.query(f"SELECT * FROM links WHERE {where}", list(values)), None)
    return None if row is None else _model(row)


def _model(row: dict[str, Any]) -> Link:
    return Link(
        id=row["id"],
        team=row["team"],
        user=row["user"],
        state=LinkState(row["state"]),
        made_at=moments.read(row["made_at"]),
        due_at=moments.read(row["due_at"]),
        sealed=row["sealed"],
        number_hash=row["number_hash"],
        cookie_hash=row["cookie_hash"],
        request_hash=row["request_hash"],
        attempts=row["attempts"],
    )
