"""How often one person may ask for a card, so that nobody reads out a whole town.

Kept in memory: a restart begins anew, which is no way around it for anyone who can't restart the bot.
"""

from collections import deque
from datetime import datetime, timedelta
from typing import Literal

from bot.clock import Clock

A_MINUTE = 30
A_DAY = 300

Span = Literal["minute", "day"]


class Ration:
    """Counts the questions of each person over the last minute and the last day."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._asked: dict[tuple[str, str], deque[datetime]] = {}

    def take(self, team: str, user: str) -> Span | None:
        """Count a question; return None when it may be asked, else the span in which there were too many."""
        now = self._clock.now()
        self._forget(now - timedelta(days=1))
        asked = self._asked.setdefault((team, user), deque())
        if len(asked) >= A_DAY:
            return "day"
        if sum(moment > now - timedelta(minutes=1) for moment in asked) >= A_MINUTE:
            return "minute"
        asked.append(now)
        return None

    def _forget(self, before: datetime) -> None:
        for who, asked in list(self._asked.items()):
            while asked and asked[0] <= before:
                asked.popleft()
            if not asked:
                del self._asked[who]
