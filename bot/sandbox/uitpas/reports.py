"""The reports that were asked for, and how far each is (UiTPAS API, start a financial report and its status)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from bot.sandbox.uitpas.journal import Journal
from bot.sandbox.uitpas.moments import brussels_day
from bot.sandbox.uitpas.people import Balie
from bot.sandbox.uitpas.sales import Sale
from bot.sandbox.uitpas.world import World


class Standing(Enum):
    """How far a report is. A report without sales is `EMPTY` once its time is over."""

    BUSY = "busy"
    READY = "ready"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `balie` is a number, both days are inclusive, `asked_at` is in UTC."""

    id: str
    balie: int
    first: date
    last: date
    asked_at: datetime


class ReportBook:
    """All reports of this stand-in, by id. `archive` is what every report holds instead of its own sheets."""

    FIRST_ID = 4711

    def __init__(self, world: World, journal: Journal, seconds: float, now: Callable[[], datetime]) -> None:
        self._world = world
        self._journal = journal
        self._takes = timedelta(seconds=seconds)
        self._now = now
        self._reports: dict[str, Report] = {}
        self.archive: bytes | None = None

    def start(self, balie: Balie, first: date, last: date) -> Report:
        """Take up a report; asking again makes another."""
        made = Report(str(self.FIRST_ID + len(self._reports)), balie.number, first, last, self._now())
        self._reports[made.id] = made
        self._journal.record(
            "report",
            id=made.id,
            balie=str(made.balie),
            first=first.isoformat(),
            last=last.isoformat(),
            asked_at=made.asked_at.isoformat(),
        )
        return made

    def restore(self, entry: dict[str, str]) -> None:
        """Take up a report again as the journal wrote it."""
        self._reports[entry["id"]] = Report(
            entry["id"],
            int(entry["balie"]),
            date.fromisoformat(entry["first"]),
            date.fromisoformat(entry["last"]),
            datetime.fromisoformat(entry["asked_at"]),
        )

    def find(self, report_id: str, balie: Balie) -> Report | None:
        """Return the report with that id when it is one of that balie; any of its employees may see it."""
        found = self._reports.get(report_id)
        return found if found is not None and found.balie == balie.number else None

    def standing(self, report: Report) -> Standing:
        """Say how far it is now."""
        if self._now() < self.completed_at(report):
            return Standing.BUSY
        return Standing.READY if self.sales(report) else Standing.EMPTY

    def completed_at(self, report: Report) -> datetime:
        """Return the moment its time is over, in UTC."""
        return report.asked_at + self._takes

    def sales(self, report: Report) -> tuple[Sale, ...]:
        """Return what it reports on: the sales of its days, up to the day it was asked for."""
        balie = self._world.balie_numbered(report.balie)
        until = brussels_day(report.asked_at)
        return self._world.sales(balie, report.first, report.last, until=until)
