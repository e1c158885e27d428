"""The root of a report and the reply under it: what it means that they stand in Slack, or could not be placed."""

from datetime import datetime, timedelta

from bot.models import Kind, Parcel, Report, Sending, State
from storage import digest_runs, outbox, reports
from storage.database import Transaction

_POINTING = frozenset({State.DELIVERED, State.FAILED, State.EXPIRED})
"""Ends whose root points to the thread for more."""
_BEFORE = timedelta(seconds=1)


def reply(tx: Transaction, report: Report, now: datetime, *, has_file: bool = False) -> None:
    """Write down the reply of a report, after its file if it has one, both after its root.

    The root of a report that a digest asked for is the message of that run; when nothing more is to be learned for it,
    it need not wait any longer.
    """
    root = _root(tx, report)
    to, last = report.asker if _is_unsaid(root) else None, root.id
    if has_file:
        last = outbox.add(tx, report.team, Kind.FILE, due_at=now, report=report.id, after=last, recipient=to)
    outbox.add(tx, report.team, Kind.REPLY, due_at=now, report=report.id, after=last, recipient=to)
    if report.digest_run is not None and digest_runs.is_over(tx, report.digest_run):
        outbox.change(tx, root.id, expect=Sending.WAITING, due_at=now)


def told(tx: Transaction, message: Parcel, *, channel: str, ts: str, balies: int) -> None:
    """Store that the message of a run was posted, with the results of so many balies: replies come under it."""
    run = message.digest_run or 0
    digest_runs.placed(tx, run, channel=channel, ts=ts, told=balies)
    reports.stand_under(tx, run, channel=channel, root_ts=ts)


def untold(tx: Transaction, message: Parcel) -> None:
    """Store that nobody can tell whether the message of a run arrived: its owner gets the replies, and is told why."""
    run = digest_runs.get(tx, message.team, message.digest_run or 0)
    if run is None:
        return
    outbox.direct_run(tx, run.id, run.asker)
    digest, kind = message.digest, Kind.DIGEST_UNSURE
    first = run.planned_at - _BEFORE  # it is read before the replies, which have been due since their reports ended
    outbox.add(tx, message.team, kind, due_at=first, digest=digest, digest_run=run.id, recipient=run.asker)


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
    if found is None or found.root_ts == ts or found.digest_run is not None:
        return
    reports.change(tx, report, expect=set(State), root_ts=ts, shown_face="", edit_at=None)
    root = _root(tx, found)
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


def _root(tx: Transaction, report: Report) -> Parcel:
    if report.digest_run is not None:
        return outbox.of_digest_run(tx, report.digest_run)
    return next(row for row in outbox.of_report(tx, report.id) if row.kind is Kind.ROOT)


def _is_unsaid(root: Parcel) -> bool:
    """Tell whether a digest's message was left, so that nothing can stand under it."""
    return root.kind is Kind.DIGEST and root.state is Sending.GAVE_UP
