"""Slack said when: until then nobody is asked (docs.slack.dev: Rate limits)."""

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import SlackWaitError

_EVERYWHERE = "message_limit_exceeded"
"""The one limit on posting that counts for the whole workspace; any other is of one conversation."""


class Holds:
    """Remembers, for each method, how long Slack wants to be left alone; for posts, in which conversation.

    Only in memory: after a restart Slack says it again.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[tuple[str, str], datetime] = {}

    def check(self, method: str, channel: str) -> None:
        """Raise SlackWaitError, with the seconds that are left, while Slack wants to be left alone."""
        now = self._clock.now()
        self._until = {place: until for place, until in self._until.items() if until > now}
        for place in ((method, ""), (method, channel)):
            if place in self._until:
                raise SlackWaitError(method, "held", (self._until[place] - now).total_seconds())

    def keep(self, error: SlackWaitError, channel: str) -> None:
        """Remember what Slack just said."""
        is_of_channel = error.method == "chat.postMessage" and error.code != _EVERYWHERE
        until = self._clock.now() + timedelta(seconds=error.retry_after)
        self._until[error.method, channel if is_of_channel else ""] = until
