"""The whole little workspace: who there is, what was said, what everybody has before them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.sandbox.slack import cast
from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.checks import Checks
from bot.sandbox.slack.conversations import Conversations
from bot.sandbox.slack.filing import Filing
from bot.sandbox.slack.journal import Journal
from bot.sandbox.slack.menu import Menu
from bot.sandbox.slack.records import Channel, File, Message, Person, Share, View
from bot.sandbox.slack.stamps import Stamps, utc_now
from bot.sandbox.slack.stuck import Stuck
from bot.sandbox.slack.transcript import Transcript
from bot.sandbox.slack.unread import Unread
from bot.sandbox.slack.views import Views

T = TypeVar("T")


class World:
    """The state of the stand-in and the questions a test, the demo or a page has about it.

    It is used from one event loop only. Every change raises `revision` and calls the subscribers.
    """

    def __init__(self, *, now: Callable[[], datetime] = utc_now, journal: Path | None = None) -> None:
        self.team = cast.Team()
        self.people = {person.id: person for person in cast.people(self.team)}
        self.stamps = Stamps(now)
        self.checks = Checks()
        self._changes = Changes()
        kept = Journal(journal)
        self.talk = Conversations(cast.channels(self.team), self.team.bot_user_id, self.stamps, self._changes, kept)
        self.filing = Filing(self.stamps, self._changes, kept)
        self.menu = Menu(self.people, self.talk.channels)
        self.modals = Views(self.stamps, self._changes, self.menu)
        self.stuck = Stuck(self._changes)
        self._transcript = Transcript(self.people, self.talk, self.filing)
        for kind, fact in kept.read():
            self.talk.restore(kind, fact)
            self.filing.restore(kind, fact)
        self.unread = Unread(self.talk, self._changes)

    @property
    def revision(self) -> int:
        """How many changes there were since the start."""
        return self._changes.revision

    @property
    def files(self) -> dict[str, File]:
        """Every completed file by its id."""
        return self.filing.files

    def subscribe(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Have the listener called with each new revision; the answer ends that."""
        return self._changes.subscribe(listener)

    def person(self, name: str) -> Person:
        """Return somebody by name or id. Raises LookupError when there is nobody of that name."""
        for person in self.people.values():
            if name in {person.name, person.id}:
                return person
        raise LookupError(f"nobody is called {name!r}; there are {[one.name for one in self.people.values()]}")

    def change_person(self, name: str, **changes: object) -> Person:
        """Give somebody another locale, make them a guest, and so on; not kept over a restart."""
        person = replace(self.person(name), **changes)  # type: ignore[arg-type]  # fields by name, wrong ones raise
        self.people[person.id] = person
        self._changes.happened()
        return person

    def channel(self, name: str) -> Channel:
        """Return a conversation by name (with or without `#`) or id. Raises LookupError."""
        for channel in self.talk.channels.values():
            if name.removeprefix("#") in {channel.id, channel.name or channel.id}:
                return channel
        known = [one.name or one.id for one in self.talk.channels.values()]
        raise LookupError(f"no channel {name!r}; there are {known}")

    def messages(self, channel: str) -> list[Message]:
        """Return what stands in a channel itself, oldest first; replies are in `thread`."""
        return list(self.talk.roots(self.channel(channel).id))

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return the replies under a root, oldest first."""
        return list(self.talk.replies(self.channel(channel).id, ts))

    def ephemerals(self, user: str, channel: str) -> list[Message]:
        """Return what only that person sees in that channel, oldest first."""
        return list(self.talk.ephemerals(self.person(user).id, self.channel(channel).id))

    def im(self, user: str) -> str | None:
        """Return the id of somebody's direct message with the bot, None while it isn't open."""
        channel = self.talk.im(self.person(user).id)
        return channel.id if channel else None

    def open_im(self, user: str) -> str:
        """Open somebody's direct message with the bot, as they do in their sidebar; return its id."""
        return self.talk.open_im(self.person(user).id).id

    def file_bytes(self, file_id: str) -> bytes:
        """Return the content of a completed file. Raises KeyError."""
        return self.filing.content(file_id)

    def views(self, user: str) -> list[View]:
        """Return somebody's open modals, the one in front last."""
        return self.modals.stack(self.person(user).id)

    def home(self, user: str) -> View | None:
        """Return somebody's Home tab of the bot, None while nothing was published."""
        return self.modals.home(self.person(user).id)

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Have a person write a message."""
        return self.talk.say(self.channel(channel).id, self.person(user).id, text, thread_ts=thread_ts)

    def share(self, file_ids: list[str], channel: str, *, text: str, thread_ts: str | None, user: str) -> Message:
        """Post the message that carries these files, and note on each file where it is."""
        message = self.talk.say(channel, user, text, thread_ts=thread_ts, files=tuple(file_ids))
        for file_id in file_ids:
            self.filing.shared(file_id, Share(channel, message.ts, message.thread_ts))
        return message

    def discard(self, file_id: str) -> None:
        """Delete a file; a message that held nothing else goes with it."""
        for share in self.files[file_id].shares:
            if message := self.talk.find(share.channel, share.ts):
                left = self.talk.keep(replace(message, files=tuple(one for one in message.files if one != file_id)))
                if not (left.files or left.text or left.blocks):
                    self.talk.delete(left)
        self.filing.delete(file_id)

    async def until(self, predicate: Callable[[], T | None], timeout: float = 10) -> T:  # noqa: ASYNC109 - told in the error
        """Return the first truthy answer of the predicate, asked now and after every change.

        Raises:
            TimeoutError: none came within `timeout` real seconds; its text shows every conversation.
        """
        try:
            return await self._changes.until(predicate, timeout)
        except TimeoutError:
            raise TimeoutError(f"it did not happen in {timeout} s; the world:\n{self._everything()}") from None

    def transcript(self, channel: str, viewer: str | None = None) -> str:
        """Return a conversation as plain text; with a viewer, what only they see is in it too."""
        return self._transcript.write(self.channel(channel), self.person(viewer) if viewer else None)

    def _everything(self) -> str:
        shown = [self.transcript(one) for one in self.talk.channels if any(self.talk.roots(one))]
        for person in self.people.values():
            for channel in self.talk.channels:
                shown.extend(
                    f"only {person.name} in {channel}: {one.text} {one.blocks}"
                    for one in self.talk.ephemerals(person.id, channel)
                )
        return "\n\n".join(shown) or "(nothing was said)"
