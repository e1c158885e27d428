"""A stage on which the bot is a process that dies and is started again, and people who do not give up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any

import httpx

from bot.app import running
from bot.demo import EMPLOYEES
from bot.models import Language
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.records import Message
from bot.sandbox.uitpas import UitpasSandbox
from handlers.manifest import manifest
from tests.conversations.test_kill_walk import alive
from tests.linking.rows import rows
from tests.support.browser import Journey, authorize_url, browsing, code_on, number_of, start_url
from tests.support.clock import StillClock
from tests.support.lives import FastClock, Nursery, kill
from tests.support.stage import Stage, map_balies, settings_for
from tests.test_program_running import free_port

SPEED = 20
"""Ten minutes are then half a minute, which a busy machine has for a link as well."""
PAUSE = 30
"""Seconds between a death and the next start; whoever held the lease is missed by then."""
ASKED, OPENED, LEFT, BACK, CODE, DONE = range(1, 7)
"""How many steps a person took."""
LONGEST = 600 / SPEED
"""Real seconds that anything may take."""
GLANCE = 0.01
"""Real seconds between two looks at what another process may have done."""


class Shown(StillClock):
    """The fast clock, as a stage has one; nobody moves it."""

    def __init__(self, fast: FastClock) -> None:
        super().__init__()
        self.fast = fast

    def now(self) -> Any:
        """Return the fast moment."""
        return self.fast.now()

    def advance(self, seconds: float) -> None:
        """Leave it to time."""


@dataclass
class Axe:
    """Observes UiTPAS, and kills the bot in one phase of one call, once."""

    phase: str = ""
    call: str = ""
    strike: Callable[[], None] = lambda: None
    fell: bool = False

    async def __call__(self, phase: str, call: str) -> None:
        """Kill, if this is the moment."""
        if not self.fell and (phase, call) == (self.phase, self.call):
            self.fell = True
            self.strike()
            raise ConnectionAbortedError


@dataclass
class Lived(Stage):
    """A stage that is told when to begin; from then on the bot is started again whenever it died."""

    nursery: Nursery | None = None
    life: int = 0
    number: int = 0
    later: float = PAUSE
    is_over: bool = False

    async def begin(self, *, commits: int = 0) -> None:
        """Start the bot, and return when it answers or is dead."""
        assert self.nursery is not None
        fast = self.clock.fast if isinstance(self.clock, Shown) else FastClock(0)
        self.life = await self.nursery.bear(self.settings, fast.began, commits=commits, speed=SPEED)
        self.number += 1
        while alive(self.life) and not await self._answers():  # noqa: ASYNC110 - another process has no event of ours
            await asyncio.sleep(GLANCE)

    async def keep_alive(self) -> None:
        """Start it again, some time later, whenever it died; until it is over."""
        while not self.is_over:
            await asyncio.sleep(GLANCE)
            if not alive(self.life):
                await self.begin_again()

    async def begin_again(self) -> None:
        """Start it again after a while."""
        assert isinstance(self.clock, Shown)
        self.clock.fast.leap(self.later)
        await self.begin()

    async def die(self) -> None:
        """Kill it, and return when it is dead."""
        kill(self.life)
        await self.until(lambda: not alive(self.life))

    async def settle(self) -> None:
        """Leave it to whoever waits for something."""

    async def until(self, what: Callable[[], object]) -> None:
        """Return when something is so.

        Raises:
            TimeoutError: it was not in as long as a link may take.
        """
        async with asyncio.timeout(LONGEST):
            while not what():  # noqa: ASYNC110 - another process has no event of ours
                await asyncio.sleep(GLANCE)

    def tokens(self) -> list[str]:
        """Return whose access tokens UiTiD takes, an entry for each."""
        return sorted(token.uid for token in self.uitpas._access._valid.values())

    def said(self) -> bool:
        """Return whether nothing waits to be said."""
        return rows(self, "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')") == [0]

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.settings.port)
        except OSError:
            return False
        writer.close()
        return True


@asynccontextmanager
async def lived(folder: Path, nursery: Nursery, axe: Axe, linked: tuple[str, ...] = ()) -> AsyncIterator[Lived]:
    """Set the stage, with the balies mapped and some linked; the bot is still to begin."""
    fast = FastClock(time(), SPEED)
    async with AsyncExitStack() as stack:
        uitpas = UitpasSandbox(report_seconds=0, now=fast.now, observer=axe)
        slack = SlackSandbox(now=fast.now, manifest=manifest(language=Language.NL, url=None))
        for stand_in in (uitpas, slack):
            await stand_in.start()
            stack.push_async_callback(stand_in.aclose)
        settings = settings_for(folder, slack, uitpas).model_copy(update={"port": free_port()})
        async with running(settings, clock=fast, timers=False) as bot:
            stage = Lived(slack, uitpas, bot, Shown(fast), settings, nursery=nursery)
            await map_balies(stage)
            for user in linked:
                await stage.link(user)
        slack.connect_http(f"{stage.bot.url}/slack/events")
        axe.strike = lambda: kill(stage.life)
        stack.callback(lambda: kill(stage.life))
        yield stage
        assert slack.world.checks.complaints == []


@dataclass
class Person:
    """Somebody who links their UiTiD: does again what came to nothing, and begins again when they are told to."""

    stage: Lived
    user: str
    journey: Journey
    told: list[str] = field(default_factory=list)
    """What they read instead of the next step."""

    @property
    def dms(self) -> list[str]:
        """What the bot wrote to them."""
        return [message.text for message in self.stage.dms(self.user)]

    async def link(self) -> None:
        """Go on until their UiTiD is linked, and they were told so."""
        while not self.dms:
            await self._try()

    async def _try(self) -> None:
        if not await self.take(0, CODE):
            return
        while not self.dms and self.button("link_yes"):
            if await self.press("link_yes"):
                await self.stage.until(lambda: self.dms)
            await self.stage.until(self.stage.said)

    async def take(self, first: int, last: int) -> bool:
        """Take the steps from one place to another; False where one of them does not lead on."""
        for step in (self.ask, self.open, self.leave, self.come_back, self.enter, self.agree)[first:last]:
            if not await step():
                return False
        return True

    async def ask(self) -> bool:
        """S1."""
        self.journey.url = start_url(await self.type("koppel"))
        return True

    async def open(self) -> bool:
        """S2 and S3."""
        await self._answer(lambda: self.journey.browser.get(self.journey.url))
        form = {"l": number_of(self.journey.url)}
        return self._is_next(await self._answer(lambda: self.journey.browser.post(self.journey.page("start"), form)))

    async def leave(self) -> bool:
        """S4, and the login."""
        page = await self._answer(lambda: self.journey.browser.get(self.journey.page("go")))
        self.journey.authorize = authorize_url(page)
        await self.journey.consent(EMPLOYEES[self.user])
        return True

    async def come_back(self) -> bool:
        """S5 and S6."""
        if not self._is_next(await self._answer(lambda: self.journey.browser.get(self.journey.callback))):
            return False
        self.journey.code = code_on(await self._answer(lambda: self.journey.browser.get(self.journey.page("done"))))
        return True

    async def enter(self) -> bool:
        """S7 and S8."""
        shown = await self.type(f"koppel {self.journey.code}")
        if not self.button("link_yes"):
            self.told.append(shown.text)
        return self.button("link_yes")

    async def agree(self) -> bool:
        """S9."""
        return await self.press("link_yes")

    async def unlink(self) -> None:
        """Take their UiTiD away."""
        await self.type("ontkoppel")
        while not await self.press("unlink"):
            pass

    async def type(self, text: str) -> Message:
        """Type a command until there is an answer, and return that."""
        while not await self._answered(lambda: self.stage.type(text, user=self.user)):
            pass
        return self.journey.whisper

    async def press(self, action: str) -> bool:
        """Press a button under the last answer, once; return whether anything came of it."""
        shown = self.journey.whisper
        return await self._answered(lambda: self.stage.click(action, shown, user=self.user))

    def button(self, action: str) -> bool:
        """Return whether the last answer has this button."""
        return any(part.get("action_id") == action for one in self.journey.whisper.blocks for part in elements(one))

    def _is_next(self, answer: httpx.Response) -> bool:
        if answer.status_code == httpx.codes.SEE_OTHER:
            return True
        self.told.append(f"{answer.status_code}")
        return False

    async def _answered(self, act: Callable[[], Awaitable[Any]]) -> bool:
        """Do something; return whether it was answered before the bot died."""
        before, number = self._whispers(), self.stage.number
        if (await act()).error is None:
            await self.stage.until(lambda: self._whispers() != before or self.stage.number != number)
            return self._whispers() != before
        await asyncio.sleep(GLANCE)
        return False

    def _whispers(self) -> list[tuple[str, str]]:
        world = self.stage.slack.world
        return [(one.ts, one.text) for one in world.ephemerals(self.user, self.stage.where)]

    async def _answer(self, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        """Return the answer of a page, asked again as long as there is none."""
        while True:
            try:
                return await ask()
            except httpx.TransportError:
                await asyncio.sleep(GLANCE)


@asynccontextmanager
async def person(stage: Lived, user: str) -> AsyncIterator[Person]:
    """Give somebody a browser of their own."""
    async with browsing() as browser:
        yield Person(stage, user, Journey(stage, browser, user))
