"""What can go wrong, one tree for each boundary, named by what the caller can do about it.

    BaliebotError
    ├── UitpasError                 the UiTPAS API
    │   ├── CorrectableError        the asker can mend the question
    │   ├── LinkEndedError          the asker's link with UiTPAS has ended: link again
    │   ├── UnavailableError        no answer now: wait and ask again
    │   ├── AdministratorError      somebody with more rights must act
    │   ├── NothingRegisteredError  a normal outcome: there is nothing to report
    │   └── UnexpectedAnswerError   an answer nobody knows: tell whoever keeps the bot
    ├── SheetsError                 the sheets of a report can't be read; the zip itself may still be delivered
    ├── StorageError                the database can't take it now
    ├── SettingsError               the settings or the call are wrong: mend them and start again
    └── SlackError                  Slack did not do what was asked, see `bot.clients.slack`

No message here holds a URL, a body, a card number or a secret: they are made to be logged.
"""


class BaliebotError(Exception):
    """Base of everything the bot raises on purpose."""


class UitpasError(BaliebotError):
    """UiTPAS did not do what was asked.

    Attributes:
        call: our name of the call, such as `start_report`.
        code: the code UiTPAS answered with, when it gave one.
    """

    def __init__(self, call: str, code: str | None = None, detail: str = "") -> None:
        super().__init__(": ".join(part for part in (call, code, detail) if part))
        self.call = call
        self.code = code


class CorrectableError(UitpasError):
    """The question itself must change; the code says how."""


class LinkEndedError(UitpasError):
    """HTTP 401 or 403 without a code: the token of this employee is no longer accepted."""


class UnavailableError(UitpasError):
    """No usable answer: a time-out, a dropped connection, 5xx, something that is not the documented XML.

    Attributes:
        reached: False only when the request certainly was not acted upon (no connection; 429; 503), so that
            repeating a call that is not idempotent is safe.
        retry_after: seconds the server asked to wait, if it did.
    """

    def __init__(self, call: str, detail: str = "", *, reached: bool = True, retry_after: float | None = None) -> None:
        super().__init__(call, None, detail)
        self.reached = reached
        self.retry_after = retry_after


class AdministratorError(UitpasError):
    """The account has no right to this, or the balie is unknown to UiTPAS.

    Attributes:
        required_permission: what UiTPAS says is missing; for the log.
    """

    def __init__(self, call: str, code: str, required_permission: str = "") -> None:
        super().__init__(call, code, required_permission)
        self.required_permission = required_permission


class NothingRegisteredError(UitpasError):
    """No reduced ticket was registered in the period, so there is no report (ACTION_FAILED on a report)."""


class UnexpectedAnswerError(UitpasError):
    """A code that is not documented for this call, or an answer that contradicts itself."""


class SheetsError(BaliebotError):
    """The sheets can't be summarised.

    Attributes:
        reason: `not_a_zip`, `too_large`, `unsafe` (a zip no one should unpack), `unknown_layout` or `reader_died`.
        deliverable: whether the zip is safe enough to hand on as it is.
    """

    def __init__(self, reason: str, *, deliverable: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.deliverable = deliverable


class StorageError(BaliebotError):
    """The database can't be opened, or refused a change (locked, full, read-only). Nothing was changed."""


class SettingsError(BaliebotError):
    """Settings or arguments are wrong; the message names every one of them, never a value."""


class SlackError(BaliebotError):
    """Slack did not do what was asked.

    Attributes:
        method: the Web API method, such as `chat.postMessage`.
        code: Slack's code, or a word of ours where there was none.
    """

    def __init__(self, method: str, code: str, detail: str = "") -> None:
        super().__init__(": ".join(part for part in (method, code, detail) if part))
        self.method = method
        self.code = code


class SlackWaitError(SlackError):
    """Not now and certainly not done. `retry_after` is in seconds."""

    def __init__(self, method: str, code: str, retry_after: float) -> None:
        super().__init__(method, code)
        self.retry_after = retry_after


class SlackUncertainError(SlackError):
    """No usable answer: it may or may not have been done."""


class SlackElsewhereError(SlackError):
    """This conversation can't be written in; another may."""


class SlackGoneError(SlackError):
    """The message, file or view is not there, or has become another; or the moment to open one has passed."""


class SlackPayloadError(SlackError):
    """Slack refuses what we made; the detail holds Slack's pointer into it."""


class SlackScopeError(SlackError):
    """The app misses a scope; the detail names it."""


class SlackInstallationError(SlackError):
    """The workspace refuses the app itself: nothing can be sent before somebody there mends it."""


class SlackRecipientError(SlackError):
    """This person can't be written to."""


class SlackFileRefusedError(SlackError):
    """The workspace does not take this file."""
