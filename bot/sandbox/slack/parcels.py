"""What is on its way to the app, and what comes of it."""

from dataclasses import dataclass
from typing import Protocol

from bot.sandbox.slack.records import Json


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
    """What became of a payload.

    `ack` is what the app put in its acknowledgement (`{}` for nothing), `seconds` how long that took in real
    time, `error` the code the person saw: `operation_timeout` or `dispatch_failed`. What Slack itself refused has no
    payload and says why: `invalid_command`, `invalid_input` or `not_subscribed`.
    """

    payload: Json
    ack: Json
    seconds: float
    error: str | None = None

    @property
    def trigger_id(self) -> str:
        """The trigger the payload carried."""
        return str(self.payload.get("trigger_id", ""))

    @property
    def response_url(self) -> str:
        """The response_url the payload carried."""
        return str(self.payload.get("response_url", ""))


class UndeliveredError(Exception):
    """The app did not acknowledge; the text is the code the person sees."""


class Target(Protocol):
    """A way to the app."""

    async def send(self, parcel: Parcel) -> Json:
        """Return what the acknowledgement held.

        Raises:
            UndeliveredError: the app refused, or could not be reached.
        """
        ...
