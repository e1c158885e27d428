"""What somebody's Home in Slack tells them, as it travels between floors."""

from dataclasses import dataclass
from datetime import datetime

from bot.digests import Digest
from bot.models import Period, Standing


@dataclass(frozen=True, slots=True)
class HomeReport:
    """One of their reports: how its root shows it, when it was asked for or ended, and where that root stands."""

    balie: str
    period: Period
    face: str
    moment: datetime
    channel: str
    root_ts: str | None


@dataclass(frozen=True, slots=True)
class HomeBalie:
    """A balie that they may choose; `is_last` is the one they used last."""

    alias: str
    name: str
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """How many of their reports stand still, by what they wait for.

    That is any link at all, the UiTiD they were asked with (another one is linked now), or a balie that was taken off
    the list.
    """

    link: int = 0
    other: int = 0
    balie: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """All that a Home shows; two that are equal look the same.

    Lists are cut, what there is in all stands beside them. `linked_at` is None while no link stands, and `has_ended`
    says that there was one. Somebody who is no full member (`standing`) has nothing here.
    """

    locale: str | None
    standing: Standing | None
    linked_at: datetime | None = None
    has_ended: bool = False
    held: Held = Held()
    running: tuple[HomeReport, ...] = ()
    running_total: int = 0
    finished: tuple[HomeReport, ...] = ()
    finished_total: int = 0
    balies: tuple[HomeBalie, ...] = ()
    balies_total: int = 0
    digests: tuple[Digest, ...] = ()
    digests_total: int = 0


@dataclass(frozen=True, slots=True)
class StaleHome:
    """A Home that no longer shows how things are; `attempts` to mend that came to nothing."""

    team: str
    user: str
    attempts: int = 0
