"""What a call that Slack refused, or never answered, leads to: decided here and nowhere else.

Which error a code of Slack's becomes stands in `bot.clients.slack_codes`; what each error leads to:

| Slack says                | a message or file                       | a search for one   | an edit of a root  |
| ------------------------- | --------------------------------------- | ------------------ | ------------------ |
| not now                   | waits as long as Slack says             | likewise           | likewise           |
| nothing usable            | is looked for once Slack has settled    | later              | again once settled |
| the app must be mended    | tried every ten minutes, nothing lost   | likewise           | likewise           |
| a scope is missing        | likewise                                | it goes again      | likewise           |
| not in this conversation  | the asker's direct messages             | it goes again      | left               |
| it is gone                | a reply: likewise; a file: from the start | it goes again    | left               |
| what we made is wrong     | once more in plain text, then left      | later              | left               |
| not to this person        | left                                    | it goes again      | left               |
| not this file             | left; the reply says so                 | later              | left               |
| a code nobody knows       | five times, a minute apart, then left   | later              | left               |

While the app must be mended, or a scope is missing, the log says so as an error, and `/readyz` is red for the former.
An edit that is left is made good by the reply under the root.
"""

from dataclasses import dataclass
from datetime import timedelta

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
from bot.models import Kind, Parcel, Report

SETTLE = timedelta(seconds=30)
"""How long Slack may take to finish what it did not answer."""
MEND = timedelta(minutes=10)
"""How often a dead installation is tried."""
AGAIN = 60.0
"""Seconds between attempts that a code nobody knows ended."""
MOST_ATTEMPTS = 5
PLAIN = "plain"
"""Note on a row whose blocks were refused."""

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
    """Send it to the asker's direct messages instead."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Say it once more, without blocks."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave it, for good, because of this code."""

    code: str


Next = Wait | LookLater | Direct | Plain | Leave


def after_sending(parcel: Parcel, report: Report, error: SlackError) -> Next:
    """Return what a failed attempt to send a row leads to."""
    match error:
        case SlackWaitError() | SlackInstallationError() | SlackScopeError():
            return _not_now(error)
        case SlackUncertainError():
            return LookLater()
        case SlackPayloadError() if parcel.note != PLAIN and parcel.kind is not Kind.FILE:
            return Plain()
        case SlackElsewhereError() | SlackGoneError() if _may_move(parcel, report, error):
            return Direct()
        case SlackGoneError() if parcel.kind is Kind.FILE:
            return _again(parcel, 0, "not_confirmed")
        case _:
            return Leave(error.code) if isinstance(error, _FINAL) else _again(parcel, AGAIN, error.code)


def after_looking(error: SlackError) -> Wait | LookLater:
    """Return what a failed search for a row leads to; where nobody can look, it is sent again."""
    match error:
        case SlackWaitError():
            return LookLater(error.retry_after)
        case SlackScopeError() | SlackGoneError() | SlackElsewhereError() | SlackRecipientError():
            return Wait(0)
        case SlackInstallationError():
            return LookLater(MEND.total_seconds())
        case _:
            return LookLater()


def after_editing(error: SlackError) -> Wait | Leave:
    """Return what a failed edit of a root leads to."""
    match error:
        case SlackWaitError() | SlackInstallationError() | SlackScopeError():
            return _not_now(error)
        case SlackUncertainError():
            return Wait(SETTLE.total_seconds())
        case _:
            return Leave(error.code)


def _not_now(error: SlackError) -> Wait:
    return Wait(error.retry_after if isinstance(error, SlackWaitError) else MEND.total_seconds(), counts=False)


def _again(parcel: Parcel, seconds: float, code: str) -> Wait | Leave:
    return Wait(seconds) if parcel.attempts < MOST_ATTEMPTS else Leave(code)


def _may_move(parcel: Parcel, report: Report, error: SlackError) -> bool:
    if parcel.recipient is not None:
        return False
    match parcel.kind:
        case Kind.ROOT | Kind.FILE:
            return isinstance(error, SlackElsewhereError)
        case Kind.REPLY:
            return not report.is_direct
        case _:
            return False
