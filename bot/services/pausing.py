"""Reports on hold: why, and how each goes on from where it was.

A report is paused because its asker's link ended, which has no reason of its own, or because its balie was taken out of
the mapping (`UNMAPPED`). What ended the one never takes up the other.

While UiTPAS refuses everybody nothing is on hold, but no deadline comes nearer: `paused_at` says since when.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.models import RUNNING, Kind, Parcel, Report, Sending, State
from storage import accounts, outbox, reports
from storage.database import Transaction

UNMAPPED = "unmapped"
"""Why a report is paused whose balie is no longer mapped; its face has the same name."""
A_LAST_LOOK = timedelta(minutes=1)
"""Whatever else is left of its deadline, a report gets so long after its deadline stood still."""
_WITHOUT_BALIE = frozenset({State.REQUESTED, State.SUBMITTED, State.PAUSED})


def pause(tx: Transaction, report: Report, now: datetime) -> bool:
    """Put a report on hold because its asker's link ended; return False when it does not run, or is on hold."""
    return reports.change(
        tx,
        report.id,
        expect=RUNNING - {State.PAUSED},
        state=State.PAUSED,
        face=State.PAUSED.value,
        paused_at=report.paused_at or now,
        due_at=None,
    )


def pause_of(tx: Transaction, team: str, user: str, account: str, now: datetime) -> bool:
    """Put on hold what this person asked with this account; return whether anything depends on that account.

    A zip that is being fetched or sent at this moment is left to whoever does that: the next step finds no token.
    """
    depending = [
        (report, rows)
        for report in reports.running_of(tx, team, user, account)
        if report.state is not State.PAUSED and _needs_uitpas(report, rows := outbox.of_report(tx, report.id))
    ]
    for report, rows in depending:
        is_later = report.due_at is not None and report.due_at > now
        waits = is_later or any(row.kind is Kind.FILE and row.state is Sending.WAITING for row in rows)
        if waits or report.state is not State.READY:
            pause(tx, report, now)
    return bool(depending)


def stop_deadline(tx: Transaction, report: Report, now: datetime, **values: object) -> None:
    """Let the deadline of a running report stand still from now on, and set these columns, too."""
    reports.change(tx, report.id, expect={report.state}, paused_at=report.paused_at or now, **values)


def start_deadline(tx: Transaction, report: Report, now: datetime) -> Report:
    """Let a deadline that stood still run on, moved by as long as it did; return the report as it is then."""
    deadline = report.deadline_at
    if report.paused_at is not None and deadline is not None:
        deadline = max(deadline + (now - report.paused_at), now + A_LAST_LOOK)
    moved = replace(report, paused_at=None, deadline_at=deadline)
    reports.change(tx, report.id, expect={report.state}, paused_at=None, deadline_at=deadline)
    return moved


def pause_without(tx: Transaction, team: str, balie: int, now: datetime) -> list[Report]:
    """Put the reports of a balie that was taken out of the mapping on hold; return them as they were.

    What UiTPAS has ready is delivered all the same.
    """
    found = reports.of_balie(tx, team, balie, _WITHOUT_BALIE)
    for report in found:
        reports.change(
            tx,
            report.id,
            state=State.PAUSED,
            face=UNMAPPED,
            reason=UNMAPPED,
            paused_at=report.paused_at or now,
            due_at=None,
        )
    return found


def resume_mapped(tx: Transaction, team: str, now: datetime) -> int:
    """Let go on what was on hold for want of its balie and has it again; return how many reports that are.

    One whose asker's link has ended meanwhile is on hold for that from now on, and not counted.
    """
    going = 0
    for report in reports.paused_for(tx, team, UNMAPPED):
        if _has_link(tx, report):
            resume(tx, report, now)
            going += 1
        else:
            reports.change(tx, report.id, expect={State.PAUSED}, face=State.PAUSED.value, reason=None)
    return going


def resume(tx: Transaction, report: Report, now: datetime) -> None:
    """Let a paused report go on where it was; its deadline moves by as long as it stood."""
    state = _before_pause(tx, report)
    waited = now - (report.paused_at or now)
    reports.change(
        tx,
        report.id,
        expect={State.PAUSED},
        state=state,
        face=state.value,
        reason=None,
        paused_at=None,
        due_at=now if report.is_announced and state is not State.READY else None,
        deadline_at=None if report.deadline_at is None else report.deadline_at + waited,
    )
    outbox.hasten(tx, report.id, now)


def _needs_uitpas(report: Report, rows: list[Parcel]) -> bool:
    """Tell whether something must still be had from UiTPAS: a report that is ready may lack its zip."""
    if report.state is not State.READY:
        return True
    is_read = any(row.kind is Kind.REPLY for row in rows)
    return not is_read or any(row.kind is Kind.FILE and row.state in {Sending.WAITING, Sending.SENDING} for row in rows)


def _has_link(tx: Transaction, report: Report) -> bool:
    account = accounts.get(tx, report.team, report.asker)
    return account is not None and account.state == "linked" and account.mark == report.account


def _before_pause(tx: Transaction, report: Report) -> State:
    if any(row.kind is Kind.REPLY for row in outbox.of_report(tx, report.id)):
        return State.READY
    return State.REQUESTED if report.uitpas_id is None else State.SUBMITTED
