"""The balies mapped in a workspace, and the channels each is the default of."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.models import Balie
from storage import moments
from storage.database import Transaction

_SELECT = """
    SELECT b.*, (SELECT group_concat(channel, ' ') FROM
                 (SELECT channel FROM default_balies d WHERE d.balie = b.id ORDER BY channel)) AS channels
    FROM balies b
"""


def model(row: dict[str, Any]) -> Balie:
    """Return the balie a row stands for."""
    return Balie(
        id=row["id"],
        team=row["team"],
        alias=row["alias"],
        name=row["name"],
        consumer_key=row["consumer_key"],
        number=row["number"],
        card_systems=tuple(json.loads(row["card_systems"])),
        channels=tuple((row["channels"] or "").split()),
    )


def everything(tx: Transaction, team: str) -> list[Balie]:
    """Return all mapped balies of a team, by alias."""
    rows = tx.query(f"{_SELECT} WHERE b.team = ? AND b.removed_at IS NULL ORDER BY b.alias", [team])
    return [model(row) for row in rows]


def count(tx: Transaction, team: str) -> int:
    """Return how many balies of a team are mapped."""
    return int(tx.table("balies").count_where("team = ? AND removed_at IS NULL", [team]))


def labels(tx: Transaction, team: str) -> list[tuple[int, str, str]]:
    """Return id, alias and name of every mapped balie, by alias: what is searched while somebody types."""
    rows = tx.execute("SELECT id, alias, name FROM balies WHERE team = ? AND removed_at IS NULL ORDER BY alias", [team])
    return [(row[0], row[1], row[2]) for row in rows]


def some(tx: Transaction, team: str, wanted: Sequence[int]) -> list[Balie]:
    """Return these balies in this order, without any that is not (or no longer) mapped."""
    marks = ", ".join("?" for _ in wanted)
    found = tx.query(f"{_SELECT} WHERE b.team = ? AND b.removed_at IS NULL AND b.id IN ({marks})", [team, *wanted])
    by_id = {row["id"]: model(row) for row in found}
    return [by_id[one] for one in wanted if one in by_id]


def page(tx: Transaction, team: str, *, after: int, most: int) -> list[Balie]:
    """Return at most so many mapped balies by alias, leaving out the first `after`."""
    where = "WHERE b.team = ? AND b.removed_at IS NULL ORDER BY b.alias LIMIT ? OFFSET ?"
    return [model(row) for row in tx.query(f"{_SELECT} {where}", [team, most, after])]


def by_id(tx: Transaction, team: str, balie: int) -> Balie | None:
    """Return a mapped balie, None when it is not (or no longer) mapped."""
    return _one(tx, "b.team = ? AND b.id = ? AND b.removed_at IS NULL", team, balie)


def kept(tx: Transaction, team: str, balie: int) -> Balie:
    """Return a balie that something refers to, even when it is no longer mapped."""
    found = _one(tx, "b.team = ? AND b.id = ?", team, balie)
    if found is None:
        raise LookupError(balie)
    return found


def by_alias(tx: Transaction, team: str, alias: str) -> Balie | None:
    """Return the balie with this alias."""
    return _one(tx, "b.team = ? AND b.alias = ? AND b.removed_at IS NULL", team, alias)


def by_key(tx: Transaction, team: str, consumer_key: str) -> Balie | None:
    """Return the balie with this consumer key, compared without case."""
    return _one(tx, "b.team = ? AND b.consumer_key = ? AND b.removed_at IS NULL", team, consumer_key)


def removed(tx: Transaction, team: str, consumer_key: str) -> Balie | None:
    """Return the balie with this key that was last taken out of the mapping, as it was then but for its channels."""
    where = "b.team = ? AND b.consumer_key = ? AND b.removed_at IS NOT NULL ORDER BY b.removed_at DESC LIMIT 1"
    return _one(tx, where, team, consumer_key)


def default_of(tx: Transaction, team: str, channel: str) -> Balie | None:
    """Return the balie this channel uses when none is named."""
    return _one(
        tx,
        "b.team = ? AND b.removed_at IS NULL AND b.id ="
        " (SELECT balie FROM default_balies WHERE team = b.team AND channel = ?)",
        team,
        channel,
    )


def save(tx: Transaction, balie: Balie) -> int:
    """Add the balie, or update the one with the same consumer key; its channels become exactly these. Return its id.

    One that was taken out of the mapping comes back as what it was, so that what refers to it goes on.
    """
    found = by_key(tx, balie.team, balie.consumer_key) or removed(tx, balie.team, balie.consumer_key)
    values = {
        "team": balie.team,
        "alias": balie.alias,
        "name": balie.name,
        "consumer_key": balie.consumer_key,
        "number": balie.number,
        "card_systems": json.dumps(balie.card_systems, ensure_ascii=False),
        "removed_at": None,
    }
    table = tx.table("balies")
    if found is None:
        number = int(str(table.insert(values).last_pk))
    else:
        number = found.id
        table.update(number, values)
    _set_channels(tx, balie.team, number, balie.channels)
    return number


def rename(tx: Transaction, balie: Balie, alias: str) -> None:
    """Give a balie another alias, which no other mapped balie of its team may have."""
    tx.execute("UPDATE balies SET alias = ? WHERE id = ?", [alias, balie.id])


def make_default(tx: Transaction, balie: Balie, channel: str) -> None:
    """Let this channel use the balie when none is named, in place of the one it used."""
    tx.execute(
        "INSERT OR REPLACE INTO default_balies (team, channel, balie) VALUES (?, ?, ?)", [balie.team, channel, balie.id]
    )


def free_aliases(tx: Transaction, team: str, consumer_keys: Iterable[str]) -> None:
    """Take the aliases of these balies away until each is saved again, so that two may swap theirs."""
    for key in consumer_keys:
        tx.execute(
            "UPDATE balies SET alias = 'free ' || id WHERE team = ? AND consumer_key = ? AND removed_at IS NULL",
            [team, key],
        )


def remove(tx: Transaction, balie: Balie, now: datetime) -> None:
    """Take the balie out of the mapping; what refers to it can still name it."""
    tx.execute("UPDATE balies SET removed_at = ? WHERE id = ?", [moments.write(now), balie.id])
    tx.execute("DELETE FROM default_balies WHERE balie = ?", [balie.id])


def _set_channels(tx: Transaction, team: str, balie: int, channels: Iterable[str]) -> None:
    tx.execute("DELETE FROM default_balies WHERE balie = ?", [balie])
    for channel in channels:
        tx.execute(
            "INSERT OR REPLACE INTO default_balies (team, channel, balie) VALUES (?, ?, ?)",
            [team, channel, balie],
        )


def _one(tx: Transaction, where: str, *values: object) -> Balie | None:
    row = next(iter(tx.query(f"{_SELECT} WHERE {where}", list(values))), None)
    return None if row is None else model(row)
