"""The root of a report: what it means that it stands in Slack, and which message it is."""

from datetime import datetime, timedelta

from bot.models import Kind, Parcel, Sending, State
from storage import outbox, reports
from storage.database import Transaction


def announced(tx: Transaction, root: Parcel, ts: str | None, now: datetime, patience: timedelta) -> None:
    """Store that a root was posted: from now on UiTPAS may be asked, for as long as the patience lasts."""
    report = root.report or ""
    reports.change(tx, report, expect=set(State), root_ts=ts)
    reports.change(tx, report, expect={State.REQUESTED}, due_at=now, deadline_at=now + patience)


def adopt(
    tx: Transaction, team: str, report: str, *, channel: str, ts: str, now: datetime, patience: timedelta
) -> None:
    """Take a message that carries this report's button for its root, whichever we took for it before.

    Where history can't be read a root may have been posted twice; people then see which one they use.
    """
    found = reports.get(tx, team, report)
    if found is None or found.root_ts == ts:
        return
    reports.change(tx, report, expect=set(State), root_ts=ts, shown_face="", edit_at=None)
    root = next(row for row in outbox.of_report(tx, report) if row.kind is Kind.ROOT)
    if outbox.change(tx, root.id, expect=Sending.SENDING, state=Sending.SENT, channel=channel, ts=ts):
        announced(tx, root, ts, now, patience)
