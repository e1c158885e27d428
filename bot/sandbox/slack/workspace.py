"""What every Web API method and every delivery works with: the world, and what the app was given for it."""

import asyncio
from collections.abc import Callable

from bot.sandbox.slack.installation import Installation
from bot.sandbox.slack.rates import Rates
from bot.sandbox.slack.records import Channel, Json
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.response_urls import ResponseUrls
from bot.sandbox.slack.shapes import Shapes
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.world import World


class Workspace:
    """One installation of the app in one world.

    `scopes` may be changed at any time. `share_delay` is how many real seconds a completed file takes to
    appear where it was shared. `offered` holds, by (view id or message ts, block id, action id), the options
    that an external select showed so far: somebody may have chosen before they typed something else.
    """

    def __init__(self, world: World, scopes: set[str] | None, manifest: Json | None = None) -> None:
        self.world = world
        self.installation = Installation(manifest)
        self.scopes = self.installation.scopes if scopes is None else scopes
        self.url = ""
        self.share_delay = 0.0
        self.rates = Rates(world.stamps.now)
        self.triggers = Triggers(world.stamps.now)
        self.response_urls = ResponseUrls(world)
        self.offered: dict[tuple[str, str, str], list[Json]] = {}
        self._timers: set[asyncio.TimerHandle] = set()

    @property
    def shapes(self) -> Shapes:
        """The builder of raw objects."""
        return Shapes(self.world, self.url)

    def is_member(self, channel: Channel) -> bool:
        """Whether the bot is in a conversation."""
        return self.world.team.bot_user_id in channel.members

    def visible(self, channel_id: str) -> Channel:
        """Return a conversation the bot knows of. Raises RefusalError `channel_not_found`."""
        channel = self.world.talk.channels.get(channel_id)
        if channel is None or (channel.kind != "public" and not self.is_member(channel)):
            raise RefusalError("channel_not_found")
        return channel

    def joined(self, channel_id: str) -> Channel:
        """Return a conversation the bot is in. Raises RefusalError, `not_in_channel` for a public one."""
        channel = self.visible(channel_id)
        if not self.is_member(channel):
            raise RefusalError("not_in_channel")
        return channel

    def writable(self, channel_id: str) -> Channel:
        """Return a conversation the bot may write in. Raises RefusalError, `is_archived` among others."""
        channel = self.visible(channel_id)
        if channel.is_archived:
            raise RefusalError("is_archived")
        return channel if "chat:write.public" in self.scopes else self.joined(channel_id)

    def later(self, seconds: float, action: Callable[[], object]) -> None:
        """Do something after that many real seconds, at once when there are none."""
        if seconds <= 0:
            action()
        else:
            self._timers.add(asyncio.get_running_loop().call_later(seconds, action))

    def close(self) -> None:
        """Drop what was still to be done later."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
