"""The UiTiD accounts that people linked: sealed tokens, and a mark that recognises an account without naming it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage import moments
from storage.database import Transaction

State = Literal["linked", "ended"]


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


def save(tx: Transaction, account: Account, now: datetime) -> None:
    """Write a person's account, in place of the one they had."""
    tx.execute(
        "INSERT INTO accounts (team, user, mark, sealed, state, linked_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (team, user) DO UPDATE SET mark = excluded.mark, sealed = excluded.sealed,"
        " state = excluded.state, linked_at = excluded.linked_at",
        [account.team, account.user, account.mark, account.sealed, account.state, moments.write(now)],
    )


def end(tx: Transaction, team: str, user: str) -> bool:
    """Note that UiTPAS no longer accepts the token; return whether that is news. The token is kept."""
    cursor = tx.execute(
        "UPDATE accounts SET state = 'ended' WHERE team = ? AND user = ? AND state = 'linked'", [team, user]
    )
    return cursor.rowcount == 1


def _one(tx: Transaction, where: str, *values: object) -> Account | None:
    row = next(tx.query(f"SELECT team, user, mark, sealed, state FROM accounts WHERE {where}", list(values)), None)
    return None if row is None else Account(**row)
