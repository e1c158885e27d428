"""The Slack stand-in itself: one server on a loopback address, and everything one can do with it."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.serving import Serving
from bot.sandbox.slack.api import WebApi
from bot.sandbox.slack.console import Console
from bot.sandbox.slack.control import Control
from bot.sandbox.slack.courier import Courier, Tamper
from bot.sandbox.slack.deliver import Deliveries
from bot.sandbox.slack.faults import Faults
from bot.sandbox.slack.filling import Values
from bot.sandbox.slack.gate import Call, Gate, Observer
from bot.sandbox.slack.page import Page
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Json, Message, View
from bot.sandbox.slack.signatures import FORGERIES
from bot.sandbox.slack.signed_posts import SignedPosts
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.slack.stamps import utc_now
from bot.sandbox.slack.transfers import Transfers
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.slack.world import World

_LARGEST_BODY = 100_000_000


class SlackSandbox:
    """Slack for one app in one workspace, without Slack.

    `now` gives aware datetimes and rules timestamps, signatures, triggers and response_urls. `observer` is
    awaited around Web API calls and uploads. `journal` is a file of JSON lines that a restart goes on from;
    bytes of files lie in `files/` beside it. The app is installed from its `manifest` (Slack's v2), which says
    what commands, shortcuts, events, Home tab and scopes it has; without one it has all of them. `scopes`
    replaces what the bot's token is granted.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = utc_now,
        observer: Observer | None = None,
        journal: Path | None = None,
        scopes: set[str] | None = None,
        manifest: Json | None = None,
    ) -> None:
        self.world = World(now=now, journal=journal)
        self.workspace = Workspace(self.world, scopes, manifest)
        self.faults = Faults()
        self.url = ""
        team = self.world.team
        self.bot_token, self.app_token, self.signing_secret = team.bot_token, team.app_token, team.signing_secret
        self.team_id, self.app_id, self.bot_user_id = team.id, team.app_id, team.bot_user_id
        self._gate = Gate(self.faults, observer)
        self._sockets = Sockets(team.app_id, now)
        self._courier = Courier(self._sockets, now)
        self._deliveries = Deliveries(self.workspace, self._courier)
        self.page = Page(self.workspace, self._deliveries)
        self._forgery: str | None = None
        self._posts: list[SignedPosts] = []
        self._serving: Serving | None = None

    @property
    def api_url(self) -> str:
        """The base of the Web API, with a slash at its end."""
        return f"{self.url}/api/"

    @property
    def calls(self) -> deque[Call]:
        """The last calls that arrived: Web API methods, `upload` and `response_url`; tokens left out."""
        return self._gate.calls

    @property
    def scopes(self) -> set[str]:
        """What the bot's token is granted; change it to see what the app does without."""
        return self.workspace.scopes

    @property
    def patience(self) -> float:
        """How many real seconds an acknowledgement may take."""
        return self._courier.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._courier.patience = seconds

    @property
    def deliveries(self) -> deque[Delivery]:
        """What became of the last payloads that were sent, the oldest first."""
        return self._courier.deliveries

    @property
    def tamper(self) -> Tamper | None:
        """What is done to a copy of every payload right before it is sent: the app gets what it returns."""
        return self._courier.tamper

    @tamper.setter
    def tamper(self, change: Tamper | None) -> None:
        self._courier.tamper = change

    @property
    def forgery(self) -> str | None:
        """What is wrong with the signature of every post over HTTP, None for nothing.

        `wrong_secret`; `old` or `early`, 301 seconds before or after the clock; `reencoded`, made over other bytes
        than are sent; `missing`, no headers. Setting another raises ValueError.
        """
        return self._forgery

    @forgery.setter
    def forgery(self, forgery: str | None) -> None:
        if forgery not in {None, *FORGERIES}:
            raise ValueError(f"no forgery {forgery!r}; there are {FORGERIES}")
        self._forgery = forgery
        for posts in self._posts:
            posts.forgery = forgery

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; with port 0 on a free one. `url` is known from here on."""
        self._serving = await Serving.begin(self._application(host), host, port, patience=1)
        self.url = f"http://{host}:{self._serving.port}"
        self.workspace.url = self._sockets.url = self.url

    async def aclose(self) -> None:
        """Stop listening and close every socket and connection."""
        self.workspace.close()
        await self._sockets.aclose()
        for posts in self._posts:
            await posts.aclose()
        if self._serving is not None:
            await self._serving.end()
            self._serving = None

    def connect_http(self, events_url: str) -> None:
        """Deliver to this URL from now on, signed."""
        posts = SignedPosts(events_url, self.signing_secret, self.world.stamps.now, self._forgery)
        self._posts.append(posts)
        self._courier.target = posts

    def connect_socket(self) -> None:
        """Deliver over the open sockets from now on, as in the beginning; the app may open them."""
        self._sockets.enable()
        self._courier.target = self._sockets

    async def sockets_ready(self) -> None:
        """Return once a socket is open that has been said hello to and was not told to go."""
        await self._sockets.ready()

    async def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        """Send every open socket a `disconnect` frame.

        After a `warning` they are used for ten more seconds by the clock, or until the app closes them. Otherwise
        nothing more goes over them. `link_disabled` closes them and lets no new ones in before `connect_socket`.
        """
        await self._sockets.disconnect(reason)

    async def command(self, user: str, channel: str, text: str, command: str = "/uitpas") -> Delivery:
        """Have a person type a slash command. Raises PermissionError where they can't type."""
        return await self._deliveries.command(user, channel, command, text)

    async def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: str | None = None,
        selected: Any = None,
        *,
        values: Values | None = None,
    ) -> Delivery:
        """Have a person press a button, or choose `selected` in a select, picker or menu.

        In a view, `values` is what else they filled in so far, by block and action as in `submit`.

        Raises:
            LookupError: there is no such element, or no such option.
            PermissionError: that person does not see it.
        """
        return await self._deliveries.click(user, where, action_id, value, selected, values=values)

    async def options(self, user: str, where: Message | View, action_id: str, query: str) -> list[Json]:
        """Have a person type into an external or conversations select; return the options it shows."""
        return await self._deliveries.options(user, where, action_id, query)

    async def submit(self, user: str, view_id: str, values: Values) -> Delivery:
        """Have a person fill in a modal, by block and action, and submit it. Raises LookupError.

        What Slack refuses by itself is not delivered: the answer then has the error `invalid_input` and an
        empty payload, and the sentences are the `errors` of the view.
        """
        return await self._deliveries.submit(user, view_id, values)

    async def close_view(self, user: str, view_id: str) -> Delivery | None:
        """Have a person close a modal; None when the app did not want to know."""
        return await self._deliveries.close_view(user, view_id)

    async def shortcut(self, user: str, callback_id: str) -> Delivery:
        """Have a person choose a global shortcut. Raises LookupError when the manifest has none of that name."""
        return await self._deliveries.shortcut(user, callback_id)

    async def open_home(self, user: str) -> Delivery:
        """Have a person open the Home tab."""
        return await self._deliveries.open_home(user)

    async def event(self, event: Json, *, event_id: str | None = None, retry: int = 0, reason: str = "") -> Delivery:
        """Deliver an event; the same `event_id` with a `retry` number delivers it again.

        One that the manifest does not subscribe to stays away: the error is `not_subscribed`.
        """
        return await self._deliveries.event(event, event_id=event_id, retry=retry, reason=reason)

    async def again(self, delivery: Delivery) -> Delivery:
        """Bring the same payload once more, with its trigger, response_url and ids, and show what comes of it.

        What a person did in the page, or typed into a select, is among `deliveries`. Raises ValueError for what
        Slack kept from the app.
        """
        return await self._courier.again(delivery)

    async def redeliver_due(self) -> list[Delivery]:
        """Deliver again the events that were not acknowledged, as far as the clock says so.

        Slack tries three times more: at once, a minute after that failed, and five minutes after that. An answer
        with `X-Slack-No-Retry: 1` ends it. Nothing comes by itself.
        """
        return await self._courier.redeliver_due()

    def _application(self, host: str) -> web.Application:
        api = WebApi(self.workspace, self._sockets, self._gate)
        transfers = Transfers(self.workspace, self._gate)
        app = web.Application(middlewares=[_only_for(host)], client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/_control/faults", Control(self.faults).faults)
        app.add_routes(Console(self.world, self._deliveries, self.page.front).routes())
        self.page.add_to(app)
        app.router.add_route("*", "/api/{method}", api.handle)
        app.router.add_post("/upload/v1/{file_id}", transfers.upload)
        app.router.add_get("/files-pri/{file}/{name}", transfers.download)
        app.router.add_post("/actions/{team}/{key}", transfers.respond)
        app.router.add_get("/link/", self._sockets.handle)
        return app


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _only_for(host: str) -> Any:
    """Return a middleware that refuses other names for this machine, and pages from elsewhere."""
    names = {host, "127.0.0.1", "localhost"}

    @web.middleware
    async def refuse_others(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.url.host not in names or (origin and origin != f"http://{request.host}"):
            raise web.HTTPForbidden(text="this host name or origin is not served")
        return await handler(request)

    return refuse_others
