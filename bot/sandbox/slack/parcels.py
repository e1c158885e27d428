"""What is on its way to the app, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.sandbox.slack.records import Json

EVENT = "events_api"
"""The kind of an event: the only one that Slack delivers again by itself."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A payload and the kind Socket Mode names it by: `slash_commands`, `interactive` or `events_api`.

    `retry` and `reason` are Slack's number and reason of a repeated event.
    """

    kind: str
    payload: Json
    retry: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a parcel.

    `ack` is what the app put in its acknowledgement (`{}` for nothing), `seconds` how long that took in real
    time, `error` the code the person saw: `operation_timeout` or `dispatch_failed`. What Slack itself refused has no
    kind and no payload, and says why: `invalid_command`, `invalid_input` or `not_subscribed`. `shown` does to
    what people see what the acknowledgement asks; it gives the delivery back, with the error they saw in it.
    """

    parcel: Parcel
    ack: Json
    seconds: float
    error: str | None = None
    shown: Callable[["Delivery"], "Delivery"] = field(default=lambda same: same, compare=False, repr=False)

    @property
    def kind(self) -> str:
        """The kind of its parcel."""
        return self.parcel.kind

    @property
    def payload(self) -> Json:
        """What the app was sent."""
        return self.parcel.payload

    @property
    def trigger_id(self) -> str:
        """The trigger the payload carried."""
        return str(self.payload.get("trigger_id", ""))

    @property
    def response_url(self) -> str:
        """The response_url the payload carried."""
        return str(self.payload.get("response_url", ""))


class UndeliveredError(Exception):
    """The app did not acknowledge; the text is the code the person sees.

    Attributes:
        reason: why an event comes again, in Slack's word; None when the app wants no more of it.
    """

    def __init__(self, code: str, reason: str | None) -> None:
        super().__init__(code)
        self.reason = reason


class Target(Protocol):
    """A way to the app. `silence` is the reason with which an event comes again that was not answered in time."""

    silence: str

    async def send(self, parcel: Parcel) -> Json:
        """Return what the acknowledgement held.

        Raises:
            UndeliveredError: the app refused, or could not be reached.
        """
        ...
