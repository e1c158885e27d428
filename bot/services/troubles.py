"""What a call that Slack refused, or never answered, leads to: decided here and nowhere else.

Which error a code of Slack's becomes stands in `bot.clients.slack_codes`; what each error leads to:

| Slack says                | a message or file                         | a search for one   | an edit of a root  |
| ------------------------- | ----------------------------------------- | ------------------ | ------------------ |
| not now                   | waits as long as Slack says               | likewise           | likewise           |
| nothing usable            | is looked for once Slack has settled      | later              | again once settled |
| the app must be mended    | tried every ten minutes, nothing lost     | likewise           | likewise           |
| a scope is missing        | likewise; a file is left                  | it goes again;     | likewise           |
|                           |                                           | a digest is left   |                    |
| not in this conversation  | the asker's direct messages               | it goes again      | left               |
| it is gone                | likewise; a file: from the start          | it goes again      | left               |
| a block is refused        | without its chart, then as below          | later, then again  | in plain text      |
| what we made is wrong     | once more in plain text, then as below    | later, then again  | in plain text      |
| not to this person        | left                                      | it goes again      | left               |
| not this file             | left                                      | later, then again  | left               |
| a code nobody knows       | five times, a minute apart, then as below | later, then again  | left               |

What concerns one person alone is in their direct messages from the start.
A root or reply that would be left in a conversation goes to the asker's direct messages first. What is left there too
is shown in the root, as far as that can be edited. A file that is left is told of in the reply, an edit that is left is
made good by it. Only a message with a chart is said, or edited, once without it: a workspace may not know charts yet.
The message of a digest is the root of its balies' replies; it pauses the digest when it has to go to its owner, and is
left where it would go again because a search ended in a code nobody knows. While the app must be mended, or a scope is
missing, the log says so as an error, and `/readyz` is red for the former.

A Home is drawn again where an edit is made again, as drawing it twice harms nobody. When what we made is wrong, or a
code nobody knows came five times, it is left until something in it changes; when it is not for this person, or the app
has no Home, it is forgotten until somebody opens it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.digests import DigestRun
from bot.errors import (
    SlackElsewhereError,
    SlackError,
    SlackFileRefusedError,
    SlackGoneError,
    SlackInstallationError,
    SlackPayloadError,
    SlackRecipientError,
    SlackScopeError,
    SlackUncertainError,
    SlackWaitError,
)
from bot.models import Kind, Parcel, Report, State

SETTLE = timedelta(seconds=30)
"""How long Slack may take to finish what it did not answer."""
MEND = timedelta(minutes=10)
"""How often a dead installation is tried."""
AGAIN = 60.0
"""Seconds between attempts that a code nobody knows ended."""
MOST_ATTEMPTS = 5
PLAIN = "plain"
"""Note on a row whose blocks were refused."""
WITHOUT_CHART = "without_chart"
"""Note on a row whose blocks were refused while there was a chart among them."""

_OF_BLOCKS = frozenset({"invalid_blocks", "msg_blocks_too_long"})
"""Codes that one block less may help against."""

_FINAL = (SlackPayloadError, SlackElsewhereError, SlackGoneError, SlackRecipientError, SlackFileRefusedError)


@dataclass(frozen=True, slots=True)
class Wait:
    """Try again after so many seconds; `counts` says whether this was one of the attempts it has."""

    seconds: float
    counts: bool = True


@dataclass(frozen=True, slots=True)
class LookLater:
    """It may have been done: look for it after so many seconds."""

    seconds: float = SETTLE.total_seconds()


@dataclass(frozen=True, slots=True)
class Direct:
    """Send it to the asker's direct messages instead, because of this code."""

    code: str


@dataclass(frozen=True, slots=True)
class Simpler:
    """Say it once more, without its chart."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Say it once more, without blocks."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave it, for good, because of this code."""

    code: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Nobody is there to look at it."""


Next = Wait | LookLater | Direct | Simpler | Plain | Leave
Subject: TypeAlias = Report | DigestRun | None
"""What a row tells of; None when it is of one person alone."""


def after_sending(parcel: Parcel, subject: Subject, error: SlackError) -> Next:
    """Return what a failed attempt to send a row leads to."""
    match error:
        case SlackScopeError() if parcel.kind is Kind.FILE:
            return Leave(error.code)
        case SlackWaitError() | SlackInstallationError() | SlackScopeError():
            return _not_now(error)
        case SlackUncertainError():
            return LookLater()
        case SlackPayloadError(code=code) if code in _OF_BLOCKS and _has_chart(parcel, subject):
            return Simpler()
        case SlackPayloadError() if parcel.note != PLAIN and parcel.kind is not Kind.FILE:
            return Plain()
        case _:
            return _another_way(parcel, subject, error)


def after_looking(parcel: Parcel, error: SlackError, now: datetime) -> Wait | LookLater | Leave:
    """Return what a failed search for a row leads to; where nobody can look, it is sent again, but for a digest."""
    match error:
        case SlackWaitError() | SlackInstallationError():
            return LookLater(_not_now(error).seconds)
        case SlackUncertainError():
            return LookLater()
        case SlackScopeError() if parcel.kind is Kind.DIGEST:
            return Leave(error.code)
        case SlackScopeError() | SlackGoneError() | SlackElsewhereError() | SlackRecipientError():
            return Wait(0)
        case _ if now - (parcel.started_at or parcel.due_at) < MEND:
            return LookLater()
        case _:
            return Leave(error.code) if parcel.kind is Kind.DIGEST else Wait(0)


def after_editing(error: SlackError, *, is_plain: bool, is_charted: bool = False) -> Wait | Simpler | Plain | Leave:
    """Return what a failed edit of a root leads to; only that of a digest's run may have a chart."""
    match error:
        case SlackWaitError() | SlackInstallationError() | SlackScopeError():
            return _not_now(error)
        case SlackUncertainError():
            return Wait(SETTLE.total_seconds())
        case SlackPayloadError(code=code) if code in _OF_BLOCKS and is_charted:
            return Simpler()
        case SlackPayloadError() if not is_plain:
            return Plain()
        case _:
            return Leave(error.code)


def after_publishing(attempts: int, error: SlackError) -> Wait | Leave | Forget:
    """Return what a Home that could not be drawn leads to, after so many attempts before this one."""
    match error:
        case SlackWaitError() | SlackInstallationError() | SlackScopeError():
            return _not_now(error)
        case SlackUncertainError():
            return Wait(SETTLE.total_seconds(), counts=False)
        case SlackRecipientError():
            return Forget()
        case SlackPayloadError():
            return Leave(error.code)
        case _:
            return Leave(error.code) if attempts + 1 >= MOST_ATTEMPTS else Wait(AGAIN)


def _has_chart(parcel: Parcel, subject: Subject) -> bool:
    if parcel.note is not None:
        return False
    if isinstance(subject, Report) and parcel.kind is Kind.REPLY:
        return subject.state is State.READY and subject.summary is not None and subject.summary.is_charted
    return isinstance(subject, DigestRun) and parcel.kind is Kind.DIGEST  # without one this is an attempt in vain


def _not_now(error: SlackError) -> Wait:
    return Wait(error.retry_after if isinstance(error, SlackWaitError) else MEND.total_seconds(), counts=False)


def _another_way(parcel: Parcel, subject: Subject, error: SlackError) -> Wait | Direct | Leave:
    if parcel.kind is Kind.FILE:
        return _file_elsewhere(parcel, error)
    tired = isinstance(error, _FINAL) or parcel.attempts >= MOST_ATTEMPTS
    if not tired:
        return Wait(AGAIN)
    is_shared = parcel.kind in {Kind.ROOT, Kind.REPLY, Kind.DIGEST}
    is_of_conversation = subject is not None and is_shared and not subject.is_direct
    return Direct(error.code) if is_of_conversation and parcel.recipient is None else Leave(error.code)


def _file_elsewhere(parcel: Parcel, error: SlackError) -> Wait | Direct | Leave:
    match error:
        case SlackElsewhereError() if parcel.recipient is None:
            return Direct(error.code)
        case SlackGoneError():
            return Wait(0) if parcel.attempts < MOST_ATTEMPTS else Leave("not_confirmed")
        case _ if isinstance(error, _FINAL) or parcel.attempts >= MOST_ATTEMPTS:
            return Leave(error.code)
        case _:
            return Wait(AGAIN)
