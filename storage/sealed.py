"""Every row that holds a sealed text, whatever it is for: to seal them all with another key, or to forget them all.

Whose a text is stands inside it, where only its owner looks; here it is opaque.
"""

from collections.abc import Callable

from storage import facts
from storage.database import Transaction

TABLES = ("accounts", "links")
"""Each has its sealed text in the column `sealed`."""
MARK_KEY = "mark_key"
"""The fact that holds the key of the marks, by which a UiTiD is recognised."""
FACTS = (MARK_KEY,)
"""The facts that are sealed."""
_OF_LINKING = ("accounts", "links", "link_tries", "waiting_reports")


def renew(tx: Transaction, renewed: Callable[[str], str]) -> int:
    """Put what `renewed` makes of it in the place of every sealed text; return how many there are.

    Whatever `renewed` raises comes through, so that the transaction changes nothing.
    """
    number = 0
    for table in TABLES:
        for row in list(tx.query(f"SELECT rowid AS row, sealed FROM {table}")):
            tx.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", [renewed(row["sealed"]), row["row"]])
            number += 1
    for name in FACTS:
        if (text := facts.get(tx, name)) is not None:
            facts.put(tx, name, renewed(text))
            number += 1
    return number


def forget(tx: Transaction) -> int:
    """Delete every sealed text and all that is about linking, and nothing else; return how many accounts that were."""
    number = int(next(tx.query("SELECT count(*) AS n FROM accounts"))["n"])
    for table in _OF_LINKING:
        tx.execute(f"DELETE FROM {table}")
    for name in FACTS:
        tx.execute("DELETE FROM facts WHERE name = ?", [name])
    return number
