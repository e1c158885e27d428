"""How a report ends without a delivery: its state and its one final reply, in one transaction."""

from datetime import datetime

from bot.models import Kind, Report, Sending, State
from bot.services.roots import reply
from storage import outbox, reports
from storage.database import Transaction


def end(
    tx: Transaction, report: Report, state: State, now: datetime, *, reason: str | None = None, actor: str | None = None
) -> bool:
    """End a running report and write its final reply down; return False when it is too late for that.

    Too late is: it ended already, or the reply that delivers it is being sent at this moment.
    """
    rows = outbox.of_report(tx, report.id)
    if any(row.kind is Kind.REPLY and row.state in {Sending.SENDING, Sending.SENT} for row in rows):
        return False
    ended = reports.change(
        tx, report.id, state=state, face=state.value, reason=reason, actor=actor, ended_at=now, due_at=None
    )
    if ended:
        outbox.drop_waiting(tx, report.id, {Kind.FILE, Kind.REPLY})
        reply(tx, report, now)
    return ended
