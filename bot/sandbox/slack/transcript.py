"""A conversation as plain text, the way Slack would show it to a person in Flanders."""

from zoneinfo import ZoneInfo

from bot.sandbox.slack.blocktext import lines_of
from bot.sandbox.slack.conversations import Conversations
from bot.sandbox.slack.filing import Filing
from bot.sandbox.slack.mrkdwn import Reader
from bot.sandbox.slack.records import Channel, File, Message, Person
from bot.sandbox.slack.stamps import moment_of

_ZONE = "Europe/Brussels"


class Transcript:
    """Writes out conversations of one world."""

    def __init__(self, people: dict[str, Person], talk: Conversations, filing: Filing) -> None:
        self._people = people
        self._talk = talk
        self._filing = filing
        self._reader = Reader(people, talk.channels)

    def write(self, channel: Channel, viewer: Person | None) -> str:
        """Return the conversation: a title, then every message with its replies indented under it.

        With a viewer, the ephemeral messages that only they see stand among the others.
        """
        shown = list(self._talk.roots(channel.id))
        if viewer is not None:
            shown.extend(self._talk.ephemerals(viewer.id, channel.id))
        lines = [self._title(channel)]
        day = ""
        for message in sorted(shown, key=lambda one: one.ts):
            if (today := self._local(message, "%d/%m/%Y")) != day:
                day = today
                lines += ["", f"──── {day} ────"]
            lines += ["", *self._message(message)]
            for reply in self._talk.replies(channel.id, message.ts):
                lines += ["", *(f"    {line}".rstrip() for line in self._message(reply))]
        return "\n".join(lines)

    def _title(self, channel: Channel) -> str:
        if channel.is_im:
            return " en ".join(self._people[user].real_name for user in channel.members)
        return f"#{channel.name}"

    def _message(self, message: Message) -> list[str]:
        who = self._people.get(message.user)
        name = who.real_name if who else "Slackbot"
        app = " (app)" if who and who.is_bot else ""
        private = "   (only visible to you)" if message.only_for else ""
        lines = [f"{self._local(message, '%H:%M')}  {name}{app}{private}"]
        body = lines_of(message.blocks, self._reader) or self._reader.read(message.text).splitlines()
        edited = ["(edited)"] if message.edited and not message.blocks else []
        files = [self._file(self._filing.files[one]) for one in message.files if one in self._filing.files]
        return lines + [f"       {line}".rstrip() for line in body + edited + files]

    def _file(self, file: File) -> str:
        size = f"{file.size / 1000:.1f} kB" if file.size >= 1000 else f"{file.size} bytes"
        title = f"{file.title} – " if file.title != file.name else ""
        return f"📎 {title}{file.name} ({size})"

    def _local(self, message: Message, form: str) -> str:
        return moment_of(message.ts).astimezone(ZoneInfo(_ZONE)).strftime(form)
