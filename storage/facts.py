"""Single facts about this database: which program made it, and its own keys in sealed form."""

from storage.database import Transaction


def get(tx: Transaction, name: str) -> str | None:
    """Return the fact of this name."""
    row = next(tx.query("SELECT value FROM facts WHERE name = ?", [name]), None)
    return None if row is None else str(row["value"])


def put(tx: Transaction, name: str, value: str) -> None:
    """Write the fact of this name."""
    tx.execute(
        "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )
