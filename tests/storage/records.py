"""What storage tests write: one balie, and reports for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.digests import Digest, DigestRun, Purpose, Rhythm, Schedule
from bot.models import Balie, Language, Period, Report, State
from storage import balies, reports
from storage.database import Transaction

NOW = datetime(2026, 7, 15, 8, 0, 0, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
SLUIS = Balie(1, "T1", "de-sluis", "CC De Sluis", "key-1", channels=("C1",))
QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30))
REPORT = Report(
    id="r1",
    team="T1",
    balie=SLUIS,
    channel="C1",
    asked_in="C1",
    asker="U1",
    account="mark-1",
    period=QUARTER,
    clipped=False,
    state=State.REQUESTED,
    face="requested",
    shown_face="",
    requested_at=NOW,
    due_at=NOW,
    deadline_at=NOW + 6 * HOUR,
)

DIGEST = Digest(
    id="d1",
    team="T1",
    channel="C1",
    owner="U1",
    account="mark-1",
    language=Language.NL,
    schedule=Schedule(Rhythm.QUARTER, time(9), "Europe/Brussels", weekday=0),
    balies=(SLUIS,),
    planned_at=datetime(2026, 10, 5, 7, tzinfo=UTC),
)
RUN = DigestRun(1, DIGEST, Purpose.PLANNED, planned_at=NOW, channel="C1", period=QUARTER)


def add(tx: Transaction, name: str = "r1", **other: Any) -> Report:
    """Write a report, by default `REPORT` under another name, and return it; its balie is mapped with it."""
    report = replace(REPORT, id=name, **other)
    if balies.by_key(tx, report.team, report.balie.consumer_key) is None:
        balies.save(tx, report.balie)
    reports.add(tx, report, request_key=f"request of {name}")
    return report
