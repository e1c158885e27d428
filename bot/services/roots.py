"""The root of a report and the reply under it: what it means that they stand in Slack, or could not be placed."""

from datetime import datetime, timedelta

from bot.models import Kind, Parcel, Sending, State
from storage import outbox, reports
from storage.database import Transaction

_POINTING = frozenset({State.DELIVERED, State.FAILED, State.EXPIRED})
"""Ends whose root points to the thread for more."""


def announced(tx: Transaction, root: Parcel, ts: str | None, now: datetime, patience: timedelta) -> None:
    """Store that a root was posted: from now on UiTPAS may be asked, for as long as the patience lasts."""
    report = root.report or ""
    reports.change(tx, report, expect=set(State), root_ts=ts)
    reports.change(tx, report, expect={State.REQUESTED}, due_at=now, deadline_at=now + patience)
    reports.change(tx, report, expect={State.PAUSED}, deadline_at=now + patience)


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


def answered(tx: Transaction, reply: Parcel, now: datetime) -> None:
    """Store that the reply was posted; a root whose reply had to go to direct messages says so."""
    report, done = reply.report or "", State.DELIVERED
    reports.change(tx, report, expect={State.READY}, state=done, face=done.value, ended_at=now)
    if reply.recipient is not None:
        reports.change(tx, report, expect=_POINTING, face="by_dm")


def unsaid(tx: Transaction, reply: Parcel, now: datetime) -> None:
    """Store that the reply could be posted nowhere: what nobody was told is not delivered."""
    report, failed = reply.report or "", State.FAILED
    reports.change(tx, report, expect={State.READY}, state=failed, reason="unreachable", ended_at=now)
    reports.change(tx, report, expect=_POINTING, face="unsaid")
