"""What Slack brings twice, where nothing may be written down to recognise it by.

Kept in memory: after a restart a command that Slack brings again is answered again, to the same person alone.
"""

from datetime import datetime, timedelta

from bot.clock import Clock

LONGEST = timedelta(minutes=10)
"""Slack brings nothing again after five."""


class Repeats:
    """Remembers triggers for a while."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, datetime] = {}

    def is_first(self, trigger: str) -> bool:
        """Return whether this trigger was not seen in the past minutes; one that is empty never was."""
        now = self._clock.now()
        self._seen = {one: moment for one, moment in self._seen.items() if now - moment < LONGEST}
        if not trigger or trigger in self._seen:
            return not trigger
        self._seen[trigger] = now
        return True
