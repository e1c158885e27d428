"""What travels between the floors: frozen values without behaviour of their own beyond conversion."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.summary import Summary


class Language(StrEnum):
    """The languages the bot speaks."""

    NL = "nl"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Period:
    """Two inclusive calendar days, in the zone that says what a day is."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class UserToken:
    """The access token of one employee at UiTPAS (OAuth 1.0a); nothing of it shows in a repr."""

    token: str
    secret: str
    user_id: str

    def __repr__(self) -> str:
        return "UserToken(…)"


@dataclass(frozen=True, slots=True)
class BalieListing:
    """A balie as UiTPAS lists it for one employee (`balie/list`). `role` is `admin` or `member`."""

    number: int | None
    consumer_key: str
    name: str
    role: str
    card_systems: tuple[str, ...]


class Progress(StrEnum):
    """How far UiTPAS is with a report."""

    BUSY = "busy"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Balie:
    """A balie mapped in one workspace. `channels` are the ids of the channels it is the default of."""

    id: int
    team: str
    alias: str
    name: str
    consumer_key: str
    number: int | None = None
    card_systems: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class State(StrEnum):
    """A report's life; the first three and `PAUSED` run, the others are ends."""

    REQUESTED = "requested"
    SUBMITTED = "submitted"
    READY = "ready"
    PAUSED = "paused"
    DELIVERED = "delivered"
    EMPTY = "empty"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def runs(self) -> bool:
        """Whether the report still has work ahead."""
        return self in RUNNING


RUNNING = frozenset({State.REQUESTED, State.SUBMITTED, State.READY, State.PAUSED})


@dataclass(frozen=True, slots=True)
class Report:
    """One onkostennota that somebody asked for.

    `channel` is the conversation its root message belongs in; `asked_in` is where it was typed. `face` is what the root
    should show, `shown_face` what it shows. `account` is the mark of the UiTiD it was asked with: another UiTiD of the
    same person does not go on with it. `private_file`: the asker wants the file in their own direct messages, wherever
    the report is. `reason` is why it ended as it did: a code of UiTPAS or a word of ours. Moments are UTC; `due_at` is
    when it next needs something of UiTPAS, None when it needs nothing.
    """

    id: str
    team: str
    balie: Balie
    channel: str
    asked_in: str
    asker: str
    account: str
    period: Period
    clipped: bool
    state: State
    face: str
    shown_face: str
    requested_at: datetime
    due_at: datetime | None = None
    deadline_at: datetime | None = None
    paused_at: datetime | None = None
    submitted_at: datetime | None = None
    ended_at: datetime | None = None
    attempts: int = 0
    sheet_attempts: int = 0
    sheets_problem: str | None = None
    trouble: int = 0
    uitpas_id: str | None = None
    root_ts: str | None = None
    reason: str | None = None
    actor: str | None = None
    summary: Summary | None = None
    digest_run: int | None = None
    private_file: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether it lives in somebody's direct messages; until their channel is known, their own id stands there."""
        return self.channel.startswith("D") or self.channel == self.asker

    @property
    def is_announced(self) -> bool:
        """Whether UiTPAS may be asked: once its root stands, or from the start when a digest asks."""
        return self.root_ts is not None or self.digest_run is not None


class Kind(StrEnum):
    """What a row of the outbox tells.

    Of one person alone, and of no report: `LINKED`, their UiTiD was just linked; `LINK_ENDED`, UiTPAS takes it no more;
    `LINK_BROKEN`, another browser came back from UiTiD in their stead; `LINK_CLAIMED`, a colleague tried to link it.

    Of a digest: `DIGEST`, the one message of a run; and to its owner `DIGEST_PAUSED`, it runs no more; `DIGEST_MISSED`,
    a run was too late to be made up; `DIGEST_UNSURE`, nobody can tell whether its message arrived.
    """

    ROOT = "root"
    FILE = "file"
    REPLY = "reply"
    LINKED = "linked"
    LINK_ENDED = "link_ended"
    LINK_BROKEN = "link_broken"
    LINK_CLAIMED = "link_claimed"
    NOT_ALLOWED = "not_allowed"
    DUPLICATE = "duplicate"
    DIGEST = "digest"
    DIGEST_PAUSED = "digest_paused"
    DIGEST_MISSED = "digest_missed"
    DIGEST_UNSURE = "digest_unsure"


class Sending(StrEnum):
    """How far a row of the outbox is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message or file to be said exactly once; `key` travels in the message's metadata.

    `recipient` is set when it goes to a person's direct message instead of the report's conversation. `note` says where
    a file went (`thread`, or `dm:` and the audience that kept it out of the thread), what is left out of a message as
    Slack refused it with that, or why a row was given up.
    """

    id: int
    key: str
    team: str
    kind: Kind
    state: Sending
    due_at: datetime
    report: str | None = None
    after: int | None = None
    recipient: str | None = None
    started_at: datetime | None = None
    attempts: int = 0
    channel: str | None = None
    thread_ts: str | None = None
    ts: str | None = None
    file_id: str | None = None
    note: str | None = None
    digest: str | None = None
    digest_run: int | None = None


@dataclass(frozen=True, slots=True)
class TemporaryFile:
    """A file of ours in Slack that is to be deleted at `due_at`."""

    team: str
    file_id: str
    due_at: datetime


class Standing(StrEnum):
    """What kind of member of the workspace somebody is; only a full member may work with the bot."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"
    BOT = "bot"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack, as `users.info` tells. `locale` is a BCP 47 tag; `name` is what they chose, and never kept."""

    team: str
    user: str
    standing: Standing
    locale: str | None
    is_admin: bool = False
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to Slack: `text` carries the point for notifications and screen readers."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A modal that somebody has open: Slack's id of it, and the hash of how it looks now."""

    id: str
    hash: str


class Audience(StrEnum):
    """Who can read a conversation: only those invited, the whole workspace, outsiders too, or we can't tell."""

    INVITED = "invited"
    WORKSPACE = "workspace"
    OUTSIDERS = "outsiders"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel or direct message: who can read it, and whether the bot can write in it; an archived one nobody can."""

    audience: Audience
    is_writable: bool
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """The periods that UiTPAS has ready for a balie, newest first; or why there are none.

    `trouble` is `silent` (no answer now), `ended` (the asker's link is), `everybody` (UiTPAS refuses whatever the
    bot asks) or the code with which UiTPAS refused.
    """

    periods: tuple[Period, ...] = ()
    trouble: str | None = None
