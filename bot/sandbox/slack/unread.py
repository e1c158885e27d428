"""What each person has not seen yet. Follows what Slack shows in bold in the sidebar."""

from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.conversations import Conversations


class Unread:
    """Remembers up to which message somebody saw a conversation; at the start all that is there was seen."""

    def __init__(self, talk: Conversations, changes: Changes) -> None:
        self._talk = talk
        self._changes = changes
        self._at_start = {channel: self._stamps(channel)[-1:] for channel in talk.channels}
        self._seen: dict[tuple[str, str], str] = {}

    def count(self, user: str, channel: str) -> int:
        """Return how many messages of others, replies too, came since that person looked."""
        seen = self._up_to(user, channel)
        return sum(ts > seen for ts in self._stamps(channel, without=user))

    def saw(self, user: str, channel: str) -> None:
        """Note that somebody saw all there is; nothing changes when there was nothing new."""
        if self.count(user, channel):
            self._seen[user, channel] = self._stamps(channel)[-1]
            self._changes.happened()

    def _up_to(self, user: str, channel: str) -> str:
        return self._seen.get((user, channel)) or "".join(self._at_start.get(channel, []))

    def _stamps(self, channel: str, without: str = "") -> list[str]:
        roots = list(self._talk.roots(channel))
        replies = [reply for root in roots for reply in self._talk.replies(channel, root.ts)]
        return sorted(one.ts for one in [*roots, *replies] if one.user != without)
