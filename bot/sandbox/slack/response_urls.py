"""`response_url`: answering an interaction without a token.

Follows "Handling user interaction": five uses in thirty minutes; `response_type`, `replace_original`,
`delete_original`, `thread_ts`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.records import Json, Message
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.world import World

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass(slots=True)
class Grant:
    """What one response_url allows: speaking to one person in one channel, or changing one message."""

    channel: str
    user: str
    issued: datetime
    source: Message | None = None
    uses: int = 0


class ResponseUrls:
    """Gives response_urls out and acts on what is sent to them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._grants: dict[str, Grant] = {}

    def issue(self, channel: str, user: str, source: Message | None = None) -> str:
        """Return the path of a new response_url; `source` is the message that was acted on."""
        key = secrets.token_urlsafe(18)
        self._grants[key] = Grant(channel, user, self._world.stamps.now(), source)
        return f"/actions/{self._world.team.id}/{key}"

    def respond(self, key: str, values: Json) -> None:
        """Do what was sent to a response_url.

        Raises:
            RefusalError: `expired_url`, `used_url`, `no_text` and what a message is refused for.
        """
        grant = self._grants.get(key)
        if grant is None or self._world.stamps.now() - grant.issued > LIFETIME:
            raise RefusalError("expired_url")
        if grant.uses >= USES:
            raise RefusalError("used_url")
        args = Arguments(values)
        content = None if args.flag("delete_original") else self._world.checks.message(args, "response_url")
        grant.uses += 1
        self._act(grant, args, content)

    def _act(self, grant: Grant, args: Arguments, content: Json | None) -> None:
        source = self._current(grant.source)
        if content is None:
            if source is not None:
                self._world.talk.delete(source)
        elif args.flag("replace_original") and source is not None:
            self._world.talk.edit(source, **content)
        else:
            speak(self._world, grant.channel, grant.user, args, content)

    def _current(self, source: Message | None) -> Message | None:
        if source is None:
            return None
        if source.only_for is not None:
            return self._world.talk.ephemeral(source.ts)
        return self._world.talk.find(source.channel, source.ts)


def speak(world: World, channel: str, user: str, args: Arguments, content: Json) -> Message:
    """Say something in answer to a person: to them alone unless `response_type` is `in_channel`."""
    bot = world.team.bot_user_id
    content = {**content, "thread_ts": args.text("thread_ts") or None}
    text = content.pop("text")
    if args.text("response_type") == "in_channel":
        return world.talk.say(channel, bot, text, **content)
    return world.talk.whisper(channel, bot, text, only_for=user, **content)
