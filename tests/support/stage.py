"""The whole bot between the two stand-ins, on a clock that a test moves: commands go in, messages come out."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import Bot, running
from bot.config import Settings
from bot.demo import ALIASES, EMPLOYEES
from bot.models import Language, UserToken
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.page import unknown_blocks
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Message, View
from bot.sandbox.uitpas import UitpasSandbox
from bot.sealing import new_key
from handlers.manifest import manifest
from storage.database import Connect, connect
from tests.support.clock import StillClock

KEY = new_key()
CHANNEL = "balie-de-sluis"
PACE = 1.0
"""Seconds in which nobody does two things, as in one conversation Slack takes no two messages in them."""
ENOUGH = 200
"""Rounds of work after which something must be turning in circles."""
LISTENER = "run_ack_function_asynchronously"
"""How Bolt calls the task in which a listener runs."""


@dataclass
class Stage:
    """What a test acts on and looks at. `where` is the channel in which people act unless told otherwise."""

    slack: SlackSandbox
    uitpas: UitpasSandbox
    bot: Bot
    clock: StillClock
    settings: Settings
    where: str = CHANNEL

    async def type(
        self, text: str, *, user: str = "lien", channel: str | None = None, then_settle: bool = True
    ) -> Delivery:
        """Have somebody type `/uitpas` and let the bot do all that is due."""
        place = self.slack.world.channel(channel or self.where)
        self.clock.advance(PACE)
        delivery = await self.slack.command(self.slack.world.person(user).id, place.id, text)
        if then_settle:
            await self.settle()
        return delivery

    async def click(self, action: str, where: Message | View, *, user: str = "lien", selected: Any = None) -> Delivery:
        """Have somebody press a button or choose an option, and let the bot do all that is due."""
        self.clock.advance(PACE)
        delivery = await self.slack.click(self.slack.world.person(user).id, where, action, selected=selected)
        await self.settle()
        return delivery

    async def settle(self) -> None:
        """Let listeners finish what they do after the acknowledgement; do what is due, and what that makes due."""
        while answering := [task for task in asyncio.all_tasks() if LISTENER in repr(task.get_coro())]:
            await asyncio.wait(answering)
        for _ in range(ENOUGH):
            await self.bot.timers.run_due(self.clock.now())
            if self.bot.timers.is_idle:
                return
            await self.bot.timers.settled()
        raise AssertionError("the bot does not come to rest\n" + self.transcript())

    async def pass_time(self, seconds: float, *, steps: int = 1) -> None:
        """Let time pass, in so many equal steps, doing what is due at each."""
        for _ in range(steps):
            self.clock.advance(seconds / steps)
            await self.settle()

    def roots(self, channel: str | None = None) -> list[Message]:
        """Return the messages of a channel."""
        return self.slack.world.messages(channel or self.where)

    def replies(self, root: Message | None = None, channel: str | None = None) -> list[Message]:
        """Return the thread under a root, by default the only one."""
        place = channel or self.where
        (root,) = [root] if root else self.roots(place)
        return self.slack.world.thread(place, root.ts)

    def whispers(self, user: str = "lien", channel: str | None = None) -> list[str]:
        """Return the texts that only this person sees in a channel."""
        return [message.text for message in self.slack.world.ephemerals(user, channel or self.where)]

    def dms(self, user: str = "lien") -> list[Message]:
        """Return the messages in somebody's direct messages with the bot."""
        channel = self.slack.world.im(user)
        return [] if channel is None else self.slack.world.messages(channel)

    def transcript(self, channel: str | None = None) -> str:
        """Return a conversation as Slack would show it."""
        return self.slack.world.transcript(self.slack.world.channel(channel or self.where).id)

    async def link(self, user: str) -> None:
        """Link somebody, as a person who just consented would be."""
        person = self.slack.world.person(user)
        employee = self.uitpas.employee(EMPLOYEES[user])
        token, secret = self.uitpas.issue_token(employee.uid)
        await self.bot.linking.keep(self.bot.team, person.id, UserToken(token, secret, employee.uid))


@asynccontextmanager
async def staged(
    folder: Path,
    *,
    socket: bool = False,
    report_seconds: float = 0,
    mapped: bool = True,
    linked: tuple[str, ...] = tuple(EMPLOYEES),
    clock: StillClock | None = None,
    scopes: set[str] | None = None,
    connect: Connect = connect,
    **settings: Any,
) -> AsyncIterator[Stage]:
    """Set the stage: the stand-ins, the balies mapped with De Sluis as the channel's default, employees linked."""
    clock = clock or StillClock()
    async with AsyncExitStack() as stack:
        uitpas = UitpasSandbox(report_seconds=report_seconds, now=clock.now, sleep=clock.sleep)
        await uitpas.start()
        stack.push_async_callback(uitpas.aclose)
        slack = SlackSandbox(now=clock.now, scopes=scopes, manifest=manifest(language=Language.NL, url=None))
        await slack.start()
        stack.push_async_callback(slack.aclose)
        chosen = settings_for(folder, slack, uitpas, socket=socket, **settings)
        bot = await stack.enter_async_context(running(chosen, clock=clock, connect=connect, timers=False))
        if socket:
            await slack.sockets_ready()
        else:
            slack.connect_http(f"{bot.url}/slack/events")
        stage = Stage(slack, uitpas, bot, clock, chosen)
        if mapped:
            await map_balies(stage)
        for user in linked:
            await stage.link(user)
        with everything_shown(slack):
            yield stage


@contextmanager
def everything_shown(slack: SlackSandbox) -> Iterator[None]:
    """Hold what the bot says to what Slack takes and people can use, and to what the page can show."""
    world, unknown = slack.world, set[str]()

    def look(_: int = 0) -> None:
        for person in world.people:
            whispers = [one for channel in world.talk.channels for one in world.ephemerals(person, channel)]
            home = world.home(person)
            views = [*world.views(person), *([home] if home else [])]
            for blocks in [*(one.blocks for one in views), *(one.blocks for one in whispers)]:
                unknown.update(unknown_blocks(blocks))

    forget = world.subscribe(look)
    yield
    forget()
    for channel in world.talk.channels:
        for root in world.messages(channel):
            for message in [root, *world.thread(channel, root.ts)]:
                unknown.update(unknown_blocks(message.blocks))
    assert unknown == set()
    assert world.checks.complaints == []


def settings_for(
    folder: Path, slack: SlackSandbox, uitpas: UitpasSandbox, *, socket: bool = False, **settings: Any
) -> Settings:
    """Return the settings of a bot between these two stand-ins."""
    return Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_app_token=SecretStr(slack.app_token if socket else ""),
        slack_api_url=slack.api_url,
        uitpas_api_url=uitpas.api_url,
        uitpas_consumer_key=uitpas.consumer_key,
        uitpas_consumer_secret=SecretStr(uitpas.consumer_secret),
        baliebot_database=folder / "baliebot.db",
        baliebot_secret_keys=SecretStr(KEY),
        port=0,
        **settings,
    )


async def map_balies(stage: Stage) -> None:
    """Map every balie of the UiTPAS stand-in, De Sluis as the default of the channel."""
    place = stage.slack.world.channel(CHANNEL).id
    rows = [
        f'{ALIASES[balie.number]},"{balie.name}",{balie.consumer_key},{place if balie.number == 77 else ""}'
        for balie in stage.uitpas.world.balies
    ]
    await stage.bot.balies.import_csv(stage.bot.team, "\n".join(["alias,name,consumer_key,channels", *rows]))
