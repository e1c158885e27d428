"""A link under way between somebody in Slack and a UiTiD, and what waits for it, as both travel between floors."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.models import Balie, Period


@dataclass(frozen=True, slots=True)
class RequestToken:
    """A login under way at UiTiD (OAuth 1.0a temporary credentials); nothing of it shows in a repr."""

    token: str
    secret: str

    def __repr__(self) -> str:
        return "RequestToken(…)"


class LinkState(StrEnum):
    """How far a link is, by the steps S1 to S9; each is stored before anybody is told.

    `NEW`: asked for in Slack. `OPENED`: a browser said to go on, and is bound to it. `ASKED`: UiTiD gave a request
    token. `RETURNED`: UiTiD sent the browser back, a code is shown. `EXCHANGING`: the code was right and the access
    token is being fetched. `CONFIRMING`: the person is asked whether this is their own account. `REVOKING`: the token
    is nobody's, and is to be ended at UiTiD.
    """

    NEW = "new"
    OPENED = "opened"
    ASKED = "asked"
    RETURNED = "returned"
    EXCHANGING = "exchanging"
    CONFIRMING = "confirming"
    REVOKING = "revoking"


@dataclass(frozen=True, slots=True)
class Link:
    """A link under way between somebody in Slack and a UiTiD. `sealed` is opaque; `due_at` is when it ends."""

    id: str
    team: str
    user: str
    state: LinkState
    made_at: datetime
    due_at: datetime
    sealed: str
    number_hash: str | None = None
    cookie_hash: str | None = None
    request_hash: str | None = None
    attempts: int = 0

    def __repr__(self) -> str:
        return f"Link({self.id}, {self.state})"


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report somebody asked for before they were linked; it is asked for in their name once they are."""

    team: str
    user: str
    balie: Balie
    channel: str
    period: Period
    clipped: bool
    anew: bool
    private_file: bool
    key: str
