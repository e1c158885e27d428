"""Whom a refusal of UiTPAS concerns: one account, or everybody.

HTTP 401 or 403 without a code says that something we signed is not accepted, not why: a token that was revoked, our
key, our clock, or a fault at UiTPAS. So the bot itself asks something, and then others who are linked. Only when one of
them is accepted is it this account alone, and its owner has to link again. When nobody is, people can do nothing about
it: `is_refused` makes `/readyz` red, the log says so as an error, and it is tried again until it works.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

import structlog

from bot.clients.uitpas import UitpasClient
from bot.clock import Clock
from bot.errors import UnavailableError
from bot.models import UserToken
from bot.services.linking import Linking

log = structlog.get_logger(__name__)

MOST = 3
"""How many others are asked for, when the bot itself is refused."""
PATIENCE = 15.0
"""Seconds that all of it may take: somebody may wait for the answer."""
EVERY = timedelta(minutes=1)
"""How often it is tried again while everybody is refused."""


class Verdict(Enum):
    """Whom a refusal concerns."""

    ENDED = auto()
    """This account alone: its owner must link again."""
    EVERYBODY = auto()
    UNKNOWN = auto()
    """Nobody can tell now, or another token is kept by now; ask again later."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the latest look told: the `number` of the look, whether the bot is accepted, which of the others is.

    `is_accepted` is None when there was no answer; `is_nobody` is set when every other one was refused.
    """

    number: int = 0
    is_accepted: bool | None = None
    accepted: UserToken | None = None
    is_nobody: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.is_accepted or self.accepted is not None:
            return Verdict.ENDED
        return Verdict.EVERYBODY if self.is_accepted is False and self.is_nobody else Verdict.UNKNOWN


class Trust:
    """Remembers whether UiTPAS refuses everybody, and finds out."""

    def __init__(self, *, uitpas: UitpasClient, linking: Linking, clock: Clock) -> None:
        self._uitpas = uitpas
        self._linking = linking
        self._clock = clock
        self._turn = asyncio.Lock()
        self._begun = 0
        self._found = _Found()
        self._is_refused = False
        self._again_at = clock.now()

    @property
    def is_refused(self) -> bool:
        """Whether UiTPAS refused everybody when it was last asked."""
        return self._is_refused

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time to find out if it still refuses everybody."""
        return self._is_refused and now >= self._again_at

    def accepted(self) -> None:
        """Hear that UiTPAS answered somebody: if it refused everybody, find out soon whether it still does."""
        self._again_at = self._clock.now()

    async def refused(self, team: str, user: str, token: UserToken, *, asked: bool = False) -> Verdict:
        """Return whom the refusal of this token concerns, right after it; end the link when it is this one alone.

        `asked` says that this person is waiting for an answer, which will tell them.
        """
        begun = self._begun
        state = await self._linking.state_of(team, user, token)
        if state != "linked":
            return Verdict.UNKNOWN if state is None else Verdict.ENDED
        found = await self._look(token, begun)
        if found.verdict is not Verdict.ENDED:
            return found.verdict
        is_meant = found.accepted != token and await self._linking.end(team, user, token, asked=asked)
        return Verdict.ENDED if is_meant else Verdict.UNKNOWN

    async def look_again(self) -> None:
        """Find out whether UiTPAS still refuses everybody."""
        self._again_at = self._clock.now() + EVERY
        await self._look(None, self._begun)

    async def _look(self, token: UserToken | None, begun: int) -> _Found:
        """Return what a look tells that is later than the first `begun` ones: our own, or one somebody else began."""
        async with self._turn:
            if self._found.number <= begun:
                self._begun += 1
                self._found = await self._patiently(self._begun, token)
                self._note(self._found.verdict)
            return self._found

    async def _patiently(self, number: int, token: UserToken | None) -> _Found:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(number, token)
        except TimeoutError:
            return _Found(number)

    async def _ask(self, number: int, token: UserToken | None) -> _Found:
        is_accepted = await self._accepts(None)
        if is_accepted:
            return _Found(number, is_accepted)
        answers: list[bool | None] = []
        for other in await self._linking.others(token, MOST):
            answers.append(await self._accepts(other))
            if answers[-1]:
                return _Found(number, is_accepted, other)
        return _Found(number, is_accepted, is_nobody=None not in answers)

    async def _accepts(self, token: UserToken | None) -> bool | None:
        try:
            return await self._uitpas.accepts(token)
        except UnavailableError as error:
            log.info("trust_unknown", error=str(error))
            return None

    def _note(self, verdict: Verdict) -> None:
        if verdict is Verdict.EVERYBODY and not self.is_refused:
            log.error("uitpas_refuses_everybody", look_at="UITPAS_CONSUMER_KEY, UITPAS_CONSUMER_SECRET, the clock")
            self._is_refused, self._again_at = True, self._clock.now() + EVERY
        elif verdict is Verdict.ENDED and self.is_refused:
            log.warning("uitpas_accepts_us_again")
            self._is_refused = False
