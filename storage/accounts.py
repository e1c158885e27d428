"""The UiTiD accounts that people linked: sealed tokens, and a mark that recognises an account without naming it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from storage import moments
from storage.database import Transaction

State = Literal["linked", "ended"]
SWEEP = timedelta(days=1)
"""How long somebody who was linked just now need not be looked at: whether they are still of the house."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account. `sealed` is opaque here; `mark` is the same for the same UiTiD."""

    team: str
    user: str
    mark: str
    sealed: str
    state: State


def get(tx: Transaction, team: str, user: str) -> Account | None:
    """Return a person's account, whether its link still stands or has ended."""
    return _one(tx, "team = ? AND user = ?", team, user)


def by_mark(tx: Transaction, team: str, mark: str) -> Account | None:
    """Return the account of this UiTiD in this team."""
    return _one(tx, "team = ? AND mark = ?", team, mark)


def others(tx: Transaction, mark: str, most: int) -> list[Account]:
    """Return at most so many linked accounts of another UiTiD than this, of any team; those linked last come first."""
    query = "SELECT team, user, mark, sealed, state FROM accounts WHERE state = 'linked' AND mark <> ?"
    return [Account(**row) for row in tx.query(f"{query} ORDER BY linked_at DESC, id LIMIT ?", [mark, most])]


def save(tx: Transaction, account: Account, now: datetime) -> None:
    """Write a person's account, in place of the one they had."""
    told = [moments.write(now), moments.write(now + SWEEP)]
    tx.execute(
        "INSERT INTO accounts (team, user, mark, sealed, state, linked_at, sweep_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (team, user) DO UPDATE SET mark = excluded.mark, sealed = excluded.sealed,"
        " state = excluded.state, linked_at = excluded.linked_at, sweep_at = excluded.sweep_at",
        [account.team, account.user, account.mark, account.sealed, account.state, *told],
    )


def end(tx: Transaction, team: str, user: str) -> bool:
    """Note that UiTPAS no longer accepts the token; return whether that is news. The token is kept."""
    cursor = tx.execute(
        "UPDATE accounts SET state = 'ended' WHERE team = ? AND user = ? AND state = 'linked'", [team, user]
    )
    return cursor.rowcount == 1


def remove(tx: Transaction, team: str, user: str) -> bool:
    """Destroy a person's account; return whether there was one."""
    return tx.execute("DELETE FROM accounts WHERE team = ? AND user = ?", [team, user]).rowcount == 1


def linked_at(tx: Transaction, team: str, user: str) -> datetime | None:
    """Return since when a person's link stands; None when it does not."""
    query = "SELECT linked_at FROM accounts WHERE team = ? AND user = ? AND state = 'linked'"
    row = next(tx.query(query, [team, user]), None)
    return None if row is None else moments.read(str(row["linked_at"]))


def is_linked(tx: Transaction, mark: str) -> bool:
    """Return whether this UiTiD is linked to anybody, in whatever team."""
    return bool(tx.table("accounts").count_where("mark = ? AND state = 'linked'", [mark]))


def sweep_due(tx: Transaction, now: datetime, limit: int) -> list[Account]:
    """Return the accounts of which it is time to ask Slack who has them; those that never were come first."""
    where = "sweep_at IS NULL OR sweep_at <= ? ORDER BY sweep_at LIMIT ?"
    return list(_select(tx, where, moments.write(now), limit))


def swept(tx: Transaction, team: str, user: str, again_at: datetime) -> None:
    """Ask who has an account again at that moment."""
    query = "UPDATE accounts SET sweep_at = ? WHERE team = ? AND user = ?"
    tx.execute(query, [moments.write(again_at), team, user])


def next_sweep(tx: Transaction) -> datetime | None:
    """Return when the next account is to be looked at, in the past when it is time."""
    moment: str | None = next(tx.query("SELECT min(coalesce(sweep_at, linked_at)) AS moment FROM accounts"))["moment"]
    return moments.read(moment)


def _one(tx: Transaction, where: str, *values: object) -> Account | None:
    return next(_select(tx, where, *values), None)


def _select(tx: Transaction, where: str, *values: object) -> Iterator[Account]:
    query = f"SELECT team, user, mark, sealed, state FROM accounts WHERE {where}"
    return (Account(**row) for row in list(tx.query(query, list(values))))
