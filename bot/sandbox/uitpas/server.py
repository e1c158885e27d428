"""The stand-in as a whole: its world, its state, its routes, and the socket it listens on."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.sandbox.serving import Serving
from bot.sandbox.uitpas.arrivals import Call
from bot.sandbox.uitpas.consent import Consent
from bot.sandbox.uitpas.control import Control
from bot.sandbox.uitpas.exchange import Exchange, Observer, Sleep
from bot.sandbox.uitpas.faults import Faults
from bot.sandbox.uitpas.gate import Consumer, Gate
from bot.sandbox.uitpas.journal import Journal
from bot.sandbox.uitpas.moments import brussels_day, utc_now
from bot.sandbox.uitpas.people import Employee
from bot.sandbox.uitpas.profile import Profile
from bot.sandbox.uitpas.questions import HOLDER_PERMISSION
from bot.sandbox.uitpas.reports import ReportBook
from bot.sandbox.uitpas.routes import (
    PREFIX,
    account_routes,
    card_routes,
    control_routes,
    desk_routes,
    login_routes,
    report_routes,
)
from bot.sandbox.uitpas.sessions import COOKIE, Sessions
from bot.sandbox.uitpas.tokens import AccessToken, AccessTokens, RequestTokens
from bot.sandbox.uitpas.world import World

CONSUMER = Consumer(
    3042,
    "b6d1f0a4-sandbox-consumer",
    "sandbox-consumer-secret",
    "Baliebot",
    "Onkostennota's en kaarten vanuit Slack",
    frozenset({HOLDER_PERMISSION}),
)
"""The application that is registered at every stand-in."""


class UitpasSandbox:
    """A UiTPAS of our own on one port, faithful to the documented API for the calls the bot uses.

    Attributes:
        consumer_key: of the one registered application.
        consumer_secret: the same application's secret.
        world: everything that is invented.
        faults: what is to go wrong.
        calls: the latest ten thousand calls that came in.
    """

    def __init__(
        self,
        *,
        seed: int = 1,
        report_seconds: float = 8,
        now: Callable[[], datetime] = utc_now,
        sleep: Sleep = asyncio.sleep,
        observer: Observer | None = None,
        journal: Path | None = None,
        permissions: frozenset[str] = CONSUMER.permissions,
    ) -> None:
        """Make a stand-in that does not listen yet.

        Args:
            seed: of the world; the same seed on the same day is the same world.
            report_seconds: how long a report takes, by `now`; 0 is ready at the first status request.
            now: the clock, aware.
            sleep: what a delay waits with, in seconds.
            observer: see `Exchange`.
            journal: a file from which tokens and reports survive a restart.
            permissions: what the application may do with the token of a holder; see `Consumer`.
        """
        self.consumer_key = CONSUMER.key
        self.consumer_secret = CONSUMER.secret
        self._consumer = replace(CONSUMER, permissions=permissions)
        self.world = World(seed, brussels_day(now()))
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=10_000)
        self._now = now
        kept = Journal(journal)
        self._access = AccessTokens(kept.record)
        self._sessions = Sessions()
        self._book = ReportBook(self.world, kept, report_seconds, now)
        self._restore(kept)
        self._exchange = Exchange(
            faults=self.faults, access=self._access, calls=self.calls, now=now, sleep=sleep, observer=observer
        )
        self._serving: Serving | None = None
        self.url = ""

    @property
    def api_url(self) -> str:
        """What every path of the API follows: `{server}/uitid/rest`."""
        return self.url + PREFIX

    @property
    def archive(self) -> bytes | None:
        """What every report is given as, whatever it is; None for a zip with the sheets of its sales."""
        return self._book.archive

    @archive.setter
    def archive(self, content: bytes | None) -> None:
        self._book.archive = content

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. `url` says where from then on.

        Raises:
            OSError: the port is taken.
        """
        self._serving = await Serving.begin(self._application(), host, port, patience=0.2)
        self.url = f"http://{host}:{self._serving.port}"

    async def aclose(self) -> None:
        """Stop listening and drop what is under way."""
        if self._serving is not None:
            await self._serving.end()
            self._serving = None

    def employee(self, nick: str) -> Employee:
        """Return the employee with that nick.

        Raises:
            KeyError: nobody has it.
        """
        for employee in self.world.employees:
            if employee.nick == nick:
                return employee
        raise KeyError(nick)

    def issue_token(self, uid: str) -> tuple[str, str]:
        """Return token and secret of an employee or of the holder of a card, as if they had just consented.

        Raises:
            KeyError: nobody has that uid.
        """
        if self.world.employee(uid) is None and not self.world.is_holder(uid):
            raise KeyError(uid)
        made = self._access.issue(uid)
        return made.token, made.secret

    def open_session(self, nick: str) -> tuple[str, str]:
        """Return name and value of the cookie of a browser in which an employee logged in and walked away.

        It is for this server's host and the path /uitid; its pages then take that browser for theirs.

        Raises:
            KeyError: nobody has that nick.
        """
        return COOKIE, self._sessions.open(self.employee(nick))

    def revoke(self, token: str) -> None:
        """End an access token, as an employee can at UiTiD."""
        self._access.revoke(token)

    def _restore(self, kept: Journal) -> None:
        for entry in kept.entries():
            match entry["what"]:
                case "token":
                    self._access.restore(AccessToken(entry["token"], entry["secret"], entry["uid"]))
                case "revoked":
                    self._access.forget(entry["token"])
                case "report":
                    self._book.restore(entry)

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[self._exchange.middleware])
        gate = Gate(self._consumer, self.world, self._access, self._now)
        pending = RequestTokens()
        consent = Consent(self.world, pending, self._sessions, self._consumer.name)
        app.add_routes(login_routes(gate, consent, pending, self._access))
        app.add_routes(account_routes(Profile(self.world, self._sessions, self._consumer, self._access)))
        app.add_routes(report_routes(gate, self.world, self._book, self._now))
        app.add_routes(desk_routes(gate, self.world, self._consumer, self._access))
        app.add_routes(card_routes(gate, self.world, self._consumer, self._now))
        app.add_routes(control_routes(Control(self.faults)))
        return app
