"""What is remembered of people in Slack: language, standing, last used balie. Nothing about cardholders."""

from dataclasses import dataclass
from datetime import datetime

from bot.models import Person, Standing
from storage import moments
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Remembered:
    """A person as last seen; `checked_at` says when Slack was asked, None when never."""

    locale: str | None = None
    standing: Standing | None = None
    checked_at: datetime | None = None
    last_balie: int | None = None


def get(tx: Transaction, team: str, user: str) -> Remembered:
    """Return what is remembered; an empty memory for a stranger."""
    row = next(tx.query("SELECT * FROM people WHERE team = ? AND user = ?", [team, user]), None)
    if row is None:
        return Remembered()
    return Remembered(
        locale=row["locale"],
        standing=None if row["standing"] is None else Standing(row["standing"]),
        checked_at=moments.read(row["checked_at"]),
        last_balie=row["last_balie"],
    )


def seen(tx: Transaction, person: Person, now: datetime) -> None:
    """Remember what Slack said of a person just now."""
    tx.execute(
        "INSERT INTO people (team, user, locale, standing, checked_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (team, user) DO UPDATE SET locale = excluded.locale, standing = excluded.standing,"
        " checked_at = excluded.checked_at",
        [person.team, person.user, person.locale, person.standing.value, moments.write(now)],
    )


def used(tx: Transaction, team: str, user: str, balie: int) -> None:
    """Remember the balie this person used last."""
    tx.execute(
        "INSERT INTO people (team, user, last_balie) VALUES (?, ?, ?)"
        " ON CONFLICT (team, user) DO UPDATE SET last_balie = excluded.last_balie",
        [team, user, balie],
    )
