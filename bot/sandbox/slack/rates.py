"""How often the Web API may be called. Follows "Rate limits" and the "Rate limits" of each method page."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.sandbox.slack.refusals import RateLimitedError

POST = "chat.postMessage"

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute, by tier. Slack says "at least" and tolerates bursts now and then; here it is as many and no more."""

TIER_OF = {
    "apps.connections.open": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.delete": 3,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "users.info": 4,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
"""The tier of each method, from its page. `history` and `replies` as for an app that a customer built for itself."""

SPECIAL = {"auth.test": 300, "chat.getPermalink": 300, POST: 300}
"""Calls a minute where the page says "special".

Slack gives no number: of the first two it says hundreds a minute, of posts that the workspace has a limit of its own.
"""

_PER_MINUTE = {**{method: TIERS[tier] for method, tier in TIER_OF.items()}, **SPECIAL}
_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)
_NONE = timedelta(0)


class Refused(NamedTuple):
    """One call that came too soon. `channel` is where a post would have landed, empty for other methods."""

    moment: datetime
    method: str
    channel: str


class _Window:
    """So many calls in any stretch of that length."""

    def __init__(self, limit: int, length: timedelta) -> None:
        self._last: deque[datetime] = deque(maxlen=limit)
        self._length = length

    def wait(self, now: datetime) -> timedelta:
        """Return how long until the next call may come, nothing or less when it may come now."""
        return self._last[0] + self._length - now if len(self._last) == self._last.maxlen else _NONE

    def count(self, now: datetime) -> None:
        """Take one call in."""
        self._last.append(now)


class Rates:
    """Counts the calls of one app in one workspace, by the clock that was passed in.

    `refused` holds what came too soon, oldest first. While `enforced` is off nothing is refused, nor counted.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.enforced = True
        self.refused: list[Refused] = []
        self._now = now
        self._methods = {method: _Window(limit, _MINUTE) for method, limit in _PER_MINUTE.items()}
        self._channels: dict[str, _Window] = {}

    def count(self, method: str, channel: str = "") -> None:
        """Count a call; `channel` is where a post lands: one message a second there.

        A call counts whatever the method makes of it, but not when it is refused here.

        Raises:
            RateLimitedError: it comes too soon, and says how long to wait.
        """
        if not self.enforced:
            return
        now, windows = self._now(), [self._methods[method]]
        if method == POST:
            windows.append(self._channels.setdefault(channel, _Window(1, _SECOND)))
        wait = max(window.wait(now) for window in windows)
        if wait > _NONE:
            self.refused.append(Refused(now, method, channel))
            raise RateLimitedError(-(-wait // _SECOND))
        for window in windows:
            window.count(now)
