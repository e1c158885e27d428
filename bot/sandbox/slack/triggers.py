"""Trigger ids: three seconds in which an interaction may open a modal, once. Follows "Modals"."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.slack.refusals import RefusalError

LIFETIME = timedelta(seconds=3)


@dataclass(slots=True)
class _Trigger:
    user: str
    issued: datetime
    exchanged: bool = False


class Triggers:
    """Gives trigger ids out and takes them back, by the clock that was passed in."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._issued: dict[str, _Trigger] = {}

    def issue(self, user: str) -> str:
        """Return a new trigger id for something this person did."""
        serial = len(self._issued) + 1
        trigger_id = f"{serial}.{serial * 7919}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = _Trigger(user, self._now())
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """Return who caused it, and spend it.

        Raises:
            RefusalError: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise RefusalError("invalid_trigger_id")
        if trigger.exchanged:
            raise RefusalError("exchanged_trigger_id")
        if self._now() - trigger.issued > LIFETIME:
            raise RefusalError("expired_trigger_id")
        trigger.exchanged = True
        return trigger.user
