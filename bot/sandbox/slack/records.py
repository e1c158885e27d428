"""What the stand-in's world is made of: frozen values, replaced and never changed in place.

Ids look like Slack's (`U…`, `C…`, `D…`, `F…`, `V…`); a `ts` is a string of seconds with six decimals.
"""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""An object as JSON carries it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or the bot) with an account. `locale` is BCP 47, `tz` an IANA zone.

    `is_restricted` is a guest of this team; `is_stranger` belongs to another team, named by `team_id`.
    """

    id: str
    name: str
    real_name: str
    team_id: str
    locale: str = "nl-BE"
    tz: str = "Europe/Brussels"
    is_admin: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation. `kind` is `public`, `private` or `im`; `created` is in seconds since 1970."""

    id: str
    name: str
    kind: str
    members: tuple[str, ...]
    creator: str
    created: int
    is_archived: bool = False
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    is_org_shared: bool = False
    topic: str = ""

    @property
    def is_private(self) -> bool:
        """Whether it is a private channel; Slack does not call a direct message private."""
        return self.kind == "private"

    @property
    def is_im(self) -> bool:
        """Whether it is the direct message of one person and the bot."""
        return self.kind == "im"


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    `thread_ts` is the root's ts of a reply and None of a root. `only_for` makes it an ephemeral message: the
    one person who sees it. `edited` is the ts of the last edit. `tombstone` is what stays of a deleted root
    that has replies. `files` are ids.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    files: tuple[str, ...] = ()
    edited: str | None = None
    only_for: str | None = None
    broadcast: bool = False
    tombstone: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """Where a file can be seen: the message that carries it."""

    channel: str
    ts: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file whose upload was completed. `size` in bytes, `created` in seconds since 1970."""

    id: str
    name: str
    title: str
    size: int
    user: str
    created: int
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home tab as one person has it before them.

    `content` is what the app sent, with the ids Slack adds; `state` is what was filled in, by block and action.
    `errors` are the sentences under inputs after a refused submission; `trouble` the code of a failed delivery.
    """

    id: str
    user: str
    kind: str
    content: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def blocks(self) -> list[Json]:
        """The blocks shown."""
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """The app's own id of it, or nothing."""
        return str(self.content.get("external_id") or "")
