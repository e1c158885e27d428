"""Slack's mrkdwn as a person reads it. Follows "Formatting message text"."""

import html
import re
from collections.abc import Mapping

from bot.sandbox.slack.records import Channel, Person

_TOKEN = re.compile(r"<([^<>]+)>")
_MARKS = (
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])"), r"\1"),
    (re.compile(r"```\n?(.*?)\n?```", re.DOTALL), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)


class Reader:
    """Turns mrkdwn into plain text, with the names of people and channels filled in."""

    def __init__(self, people: Mapping[str, Person], channels: Mapping[str, Channel]) -> None:
        self._people = people
        self._channels = channels

    def read(self, text: str) -> str:
        """Return the text without marks, references by name, entities decoded."""
        for mark, shown in _MARKS:
            text = mark.sub(shown, text)
        return html.unescape(_TOKEN.sub(lambda found: self._token(found[1]), text))

    def person(self, user: str) -> str:
        """Return somebody's name as a mention shows it, or their id when nobody knows it."""
        return "@" + (self._people[user].real_name if user in self._people else user)

    def channel(self, channel: str) -> str:
        """Return a channel's name as a mention shows it."""
        found = self._channels.get(channel)
        return "#" + (found.name if found and found.name else channel)

    def _token(self, token: str) -> str:
        target, _, label = token.partition("|")
        if target.startswith("@"):
            return self.person(target[1:])
        if target.startswith("#"):
            return self.channel(target[1:])
        if target.startswith("!"):
            return label or "@" + target[1:].partition("^")[0]
        return f"{label} ({target})" if label else target.removeprefix("mailto:")
