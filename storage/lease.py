"""One speaker: the process that holds the lease runs the timers and sends; any other waits."""

from datetime import datetime, timedelta

from storage import moments
from storage.database import Transaction


def hold(tx: Transaction, holder: str, now: datetime, ttl: timedelta) -> bool:
    """Take or renew the lease until `now + ttl`; return whether it is this holder's.

    One that lasts for more than half of that is left as it is: a look at what is due then writes nothing.
    """
    half = moments.write(now + ttl / 2)
    if any(tx.query("SELECT 1 FROM lease WHERE name = 'speaker' AND holder = ? AND until > ?", [holder, half])):
        return True
    cursor = tx.execute(
        "INSERT INTO lease (name, holder, until) VALUES ('speaker', ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
        " WHERE lease.holder = excluded.holder OR lease.until <= ?",
        [holder, moments.write(now + ttl), moments.write(now)],
    )
    return cursor.rowcount == 1


def release(tx: Transaction, holder: str) -> None:
    """Give the lease up, so that another need not wait for its end."""
    tx.execute("DELETE FROM lease WHERE name = 'speaker' AND holder = ?", [holder])
