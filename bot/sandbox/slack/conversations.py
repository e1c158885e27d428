"""Channels, direct messages, and what was said in them."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from bot.sandbox.slack.blocks import with_ids
from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.journal import Journal
from bot.sandbox.slack.records import Channel, Json, Message
from bot.sandbox.slack.stamps import Stamps


def direct_id(user: str) -> str:
    """Return the id of the direct message of the bot and that person, open or not."""
    return f"D{user[1:]}"


class Conversations:
    """Keeps every message by channel and ts. It knows no permissions: those are the Web API's."""

    def __init__(
        self, channels: Iterable[Channel], bot: str, stamps: Stamps, changes: Changes, journal: Journal
    ) -> None:
        self.channels = {channel.id: channel for channel in channels}
        self._bot = bot
        self._stamps = stamps
        self._changes = changes
        self._journal = journal
        self._messages: dict[str, dict[str, Message]] = {}
        self._ephemerals: dict[str, Message] = {}

    def restore(self, kind: str, fact: Json) -> None:
        """Take in one fact of the journal; other kinds than its own are left alone."""
        if kind == "channel":
            channel = Channel(**{**fact, "members": tuple(fact["members"])})
            self.channels[channel.id] = channel
        elif kind == "message":
            message = Message(**{**fact, "files": tuple(fact["files"])})
            self._messages.setdefault(message.channel, {})[message.ts] = message
            self._stamps.seen(message.edited or message.ts)
        elif kind == "message_deleted":
            self._messages.get(fact["channel"], {}).pop(fact["ts"], None)

    def keep_channel(self, channel: Channel) -> Channel:
        """Store a new or changed channel."""
        self.channels[channel.id] = channel
        self._journal.write("channel", asdict(channel))
        self._changes.happened()
        return channel

    def join(self, channel: str, user: str) -> None:
        """Make somebody a member; nothing happens when they are one."""
        found = self.channels[channel]
        if user not in found.members:
            self.keep_channel(replace(found, members=(*found.members, user)))

    def leave(self, channel: str, user: str) -> None:
        """End somebody's membership."""
        found = self.channels[channel]
        self.keep_channel(replace(found, members=tuple(one for one in found.members if one != user)))

    def im(self, user: str) -> Channel | None:
        """Return the open direct message of the bot and that person."""
        return self.channels.get(direct_id(user))

    def open_im(self, user: str) -> Channel:
        """Return the direct message of the bot and that person, opened if it was not."""
        return self.im(user) or self.keep_channel(
            Channel(direct_id(user), "", "im", (user, self._bot), user, self._stamps.seconds())
        )

    def say(self, channel: str, user: str, text: str, **content: Any) -> Message:
        """Add a message. An unknown `thread_ts` is no error: the message then lands in the channel itself."""
        content["thread_ts"] = self._root_ts(channel, content.get("thread_ts"))
        return self.keep(self._made(channel, user, text, content))

    def whisper(self, channel: str, user: str, text: str, *, only_for: str, **content: Any) -> Message:
        """Show one person an ephemeral message; it is gone after a restart, as after a reload of Slack."""
        message = self._made(channel, user, text, {**content, "only_for": only_for})
        self._ephemerals[message.ts] = message
        self._changes.happened()
        return message

    def keep(self, message: Message) -> Message:
        """Store a new or changed message, ephemeral or not."""
        if message.only_for is not None:
            self._ephemerals[message.ts] = message
        else:
            self._messages.setdefault(message.channel, {})[message.ts] = message
            self._journal.write("message", asdict(message))
        self._changes.happened()
        return message

    def edit(self, message: Message, **content: Any) -> Message:
        """Change a message; `content` names the fields that change."""
        edited = self._stamps.ts()
        if "blocks" in content:
            content["blocks"] = with_ids(content["blocks"], edited)
        return self.keep(replace(message, edited=edited, **content))

    def delete(self, message: Message) -> None:
        """Remove a message; a root with replies leaves a tombstone."""
        if message.only_for is not None:
            self._ephemerals.pop(message.ts, None)
        elif any(self.replies(message.channel, message.ts)):
            text = "This message was deleted."
            self.keep(replace(message, tombstone=True, text=text, blocks=[], attachments=[], metadata=None, files=()))
            return
        else:
            self._messages[message.channel].pop(message.ts, None)
            self._journal.write("message_deleted", {"channel": message.channel, "ts": message.ts})
        self._changes.happened()

    def find(self, channel: str, ts: str) -> Message | None:
        """Return the message that everybody in the channel sees under that ts."""
        return self._messages.get(channel, {}).get(ts)

    def ephemeral(self, ts: str) -> Message | None:
        """Return the ephemeral message of that ts."""
        return self._ephemerals.get(ts)

    def roots(self, channel: str) -> Iterator[Message]:
        """Yield what stands in the channel itself, oldest first."""
        return (one for one in self._ordered(channel) if one.thread_ts is None)

    def replies(self, channel: str, ts: str) -> Iterator[Message]:
        """Yield the replies of a root, oldest first, without the root."""
        return (one for one in self._ordered(channel) if one.thread_ts == ts)

    def ephemerals(self, user: str, channel: str) -> Iterator[Message]:
        """Yield what only that person sees there, oldest first."""
        return (one for one in self._ephemerals.values() if (one.only_for, one.channel) == (user, channel))

    def _ordered(self, channel: str) -> list[Message]:
        return sorted(self._messages.get(channel, {}).values(), key=lambda one: one.ts)

    def _root_ts(self, channel: str, thread_ts: str | None) -> str | None:
        root = self.find(channel, thread_ts) if thread_ts else None
        return root.ts if root is not None and root.thread_ts is None else None

    def _made(self, channel: str, user: str, text: str, content: Json) -> Message:
        ts = self._stamps.ts()
        content["blocks"] = with_ids(content.get("blocks") or [], ts)
        return Message(channel=channel, ts=ts, user=user, text=text, **content)
