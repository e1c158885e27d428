"""Files in Slack that are to be deleted at a moment: their ids, and nothing of what is in them."""

from datetime import datetime

from bot.models import TemporaryFile
from storage import moments
from storage.database import Transaction


def add(tx: Transaction, file: TemporaryFile) -> None:
    """Write down that a file is to be deleted."""
    tx.table("temporary_files").insert(
        {"file_id": file.file_id, "team": file.team, "due_at": moments.write(file.due_at)}
    )


def postpone(tx: Transaction, file: TemporaryFile, due_at: datetime) -> None:
    """Try to delete a file later."""
    query = "UPDATE temporary_files SET due_at = ? WHERE team = ? AND file_id = ?"
    tx.execute(query, [moments.write(due_at), file.team, file.file_id])


def remove(tx: Transaction, file: TemporaryFile) -> None:
    """Forget a file that is gone."""
    tx.execute("DELETE FROM temporary_files WHERE team = ? AND file_id = ?", [file.team, file.file_id])


def due(tx: Transaction, now: datetime, limit: int) -> list[TemporaryFile]:
    """Return the files to delete now, longest due first."""
    query = "SELECT * FROM temporary_files WHERE due_at <= ? ORDER BY due_at LIMIT ?"
    return [
        TemporaryFile(row["team"], row["file_id"], moments.read(row["due_at"]))
        for row in tx.query(query, [moments.write(now), limit])
    ]


def next_moment(tx: Transaction) -> datetime | None:
    """Return when the next file is to be deleted."""
    moment: str | None = next(tx.query("SELECT min(due_at) AS moment FROM temporary_files"))["moment"]
    return moments.read(moment)
