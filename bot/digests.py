"""A digest: the onkostennota's of several balies, asked for by itself whenever a period has closed."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from bot.models import Balie, Language, Period, Report
from bot.summary import WORTH_A_CHART, Summary

MOST_BALIES = 30
"""Balies of one digest: each is a row of its table, and a reply under it."""
MOST_IN_CHANNEL = 10
"""Digests of one channel."""


class Rhythm(StrEnum):
    """What a digest waits for: a month or a quarter that closes, or a period that UiTPAS lists for the first time."""

    MONTH = "month"
    QUARTER = "quarter"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a digest runs, as its owner said it: a zone's name and what its clocks show there, never an offset.

    Either `weekday` (0 is Monday) or `month_day` (1 to 31) is set. After a month or quarter closed it runs on the first
    such day of the month that follows; in a month without that day, on its last. For `LISTED` it looks at UiTPAS every
    such weekday, or every month on that day.
    """

    rhythm: Rhythm
    at: time
    zone: str
    weekday: int | None = None
    month_day: int | None = None


class Standstill(StrEnum):
    """Why a digest is paused: a person did it, or it could not run as it was set up."""

    MEMBER = "member"
    LINK = "link"
    OWNER_GONE = "owner_gone"
    OWNER_LEFT = "owner_left"
    ARCHIVED = "archived"
    OUTSIDERS = "outsiders"
    NOT_THERE = "not_there"
    NO_BALIES = "no_balies"


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of one channel.

    It runs in the name of `owner`, with the UiTiD that `account` is the mark of. `balies` are those that are mapped,
    `missing` those that no longer are. `planned_at` is when it runs next, None while it is paused; `standstill` says
    why, and `paused_by` who did it. `listed` is the newest period that UiTPAS was seen to list.
    """

    id: str
    team: str
    channel: str
    owner: str
    account: str
    language: Language
    schedule: Schedule
    balies: tuple[Balie, ...]
    missing: tuple[Balie, ...] = ()
    planned_at: datetime | None = None
    standstill: Standstill | None = None
    paused_by: str | None = None
    listed: Period | None = None
    is_removed: bool = False


class Purpose(StrEnum):
    """What a run is for: its time came, its owner tries it now, or it learns what UiTPAS lists already."""

    PLANNED = "planned"
    TRIAL = "trial"
    FIRST_LOOK = "first_look"


@dataclass(frozen=True, slots=True)
class DigestRun:
    """One run of a digest. `channel` is where its message goes, or stands (`message_ts`).

    `period` is None until it has begun. `planned_at` is when it was to, `is_late` says that it began well after that.
    """

    id: int
    digest: Digest
    purpose: Purpose
    planned_at: datetime
    channel: str
    period: Period | None = None
    is_late: bool = False
    message_ts: str | None = None

    @property
    def asker(self) -> str:
        """In whose name UiTPAS is asked, and to whom what fits nowhere else goes."""
        return self.digest.owner

    @property
    def is_direct(self) -> bool:
        """Whether it is told in somebody's direct messages."""
        return self.channel.startswith("D") or self.channel == self.asker


@dataclass(frozen=True, slots=True)
class BalieResult:
    """What a run has of one balie so far, and what the stored report of the period before came to."""

    report: Report
    before: Summary | None

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to be learned: it ended, or its sheets were read."""
        return not self.report.state.runs or (self.report.state == "ready" and self.report.due_at is None)


@dataclass(frozen=True, slots=True)
class RunResults:
    """All that a run has to tell, its balies by name. `before` is the period that it is compared with."""

    run: DigestRun
    period: Period
    before: Period | None
    results: tuple[BalieResult, ...] = field(default=())

    @property
    def done(self) -> int:
        """How many balies nothing more is to be learned of."""
        return sum(result.is_done for result in self.results)

    @property
    def counted(self) -> tuple[tuple[Report, Summary, Summary | None], ...]:
        """The balies whose sheets were read: report, what they came to, and what the period before did."""
        return tuple(
            (one.report, one.report.summary, one.before)
            for one in self.results
            if one.report.summary is not None and one.is_done
        )

    @property
    def is_charted(self) -> bool:
        """Whether a chart goes with it."""
        return len(self.counted) >= WORTH_A_CHART
