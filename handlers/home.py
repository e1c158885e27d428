"""App Home: opening it, and drawing it whenever it no longer shows how things are.

That somebody opened theirs is a row. Slack may bring the event again, or twice over two sockets: that makes the same
row again, and at most one more drawing, so no event is remembered (docs/decisions/0010).
"""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.app.async_app import AsyncApp

from bot.clients.slack import Identity, SlackClient
from bot.clock import Clock
from bot.errors import SlackError
from bot.homes import Home, HomeReport, StaleHome
from bot.models import Standing
from bot.services.home import Homes
from bot.services.people import People
from handlers.context import CALLER, Caller
from handlers.render import home as pictures

log = structlog.get_logger(__name__)
EVENT = "app_home_opened"
TAB = "home"


class HomeHandlers:
    """Hears that somebody opened their Home. `wake` lets the clock look at once."""

    def __init__(self, *, homes: Homes, wake: Callable[[], None]) -> None:
        self._homes = homes
        self._wake = wake

    def register(self, app: AsyncApp) -> None:
        """Listen for the event; Bolt acknowledges it by itself."""
        app.event(EVENT)(self.handle_opened)

    async def handle_opened(self, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Have the Home drawn of whoever opened it; the other tab, of messages, says the same and is not meant."""
        caller: Caller = context[CALLER]
        if body["event"].get("tab") == TAB and caller.user:
            await self._homes.opened(caller.team, caller.user)
            self._wake()


class HomePainter:
    """Draws Homes, as the timers find them stale."""

    def __init__(
        self, *, homes: Homes, people: People, slack: SlackClient, identity: Identity, clock: Clock, zone: ZoneInfo
    ) -> None:
        self._homes = homes
        self._people = people
        self._slack = slack
        self._identity = identity
        self._clock = clock
        self._zone = zone

    async def draw(self, stale: StaleHome) -> None:
        """Draw a Home as things are now; write it down afterwards, so that a crash in between draws it again."""
        try:
            await self._draw(stale)
        except SlackError as error:
            await self._homes.failed(stale, error)
        except Exception:
            await self._homes.postpone(stale)
            raise

    async def _draw(self, stale: StaleHome) -> None:
        standing = await self._people.standing(stale.team, stale.user)
        if standing is Standing.GONE:
            await self._homes.forget(stale)
            return
        home = await self._homes.read(stale)
        await self._slack.publish_home(stale.user, self._picture(home))
        if standing is Standing.MEMBER:
            await self._homes.shown(stale, home)
        else:
            await self._homes.forget(stale)  # nothing in it ever changes

    def _picture(self, home: Home) -> dict[str, Any]:
        language = self._people.language(home.locale)
        return pictures.home(home, self._thread, self._clock.now(), self._zone, language)

    def _thread(self, report: HomeReport) -> str | None:
        return None if report.root_ts is None else self._identity.thread(report.channel, report.root_ts)
