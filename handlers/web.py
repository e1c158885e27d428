"""What reaches the bot over HTTP: Slack's requests, the pages of a link, and whether it is alive and able to work.

The signature is checked here, over the raw bytes and before anything is decoded; Bolt's own check is switched off, as
it logs whole bodies (docs.slack.dev: Verifying requests from Slack).
"""

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.clock import Clock
from handlers.link_pages import LinkPages

log = structlog.get_logger(__name__)
MOST_BYTES = 512 * 1024
OLDEST_SECONDS = 300
SLOWEST_SECONDS = 5

Ready = Callable[[], Awaitable[dict[str, bool]]]
"""Answers, for each thing the bot can't do without, whether it works."""


def _refused(why: str, error: Exception) -> web.Response:
    log.warning(why, kind=type(error).__name__)
    return web.Response(status=HTTPStatus.UNAUTHORIZED)


class Web:
    """The routes. `app` is None when Slack's traffic comes over Socket Mode."""

    def __init__(
        self, *, app: AsyncApp | None, pages: LinkPages, signing_secret: str, clock: Clock, ready: Ready
    ) -> None:
        self._app = app
        self._pages = pages
        self._secret = signing_secret
        self._clock = clock
        self._ready = ready

    def application(self) -> web.Application:
        """Return the aiohttp application."""
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_get("/healthz", self.handle_health)
        application.router.add_get("/readyz", self.handle_ready)
        self._pages.add_to(application)
        if self._app is not None:
            application.router.add_post("/slack/events", self.handle_slack)
        return application

    async def handle_health(self, request: web.Request) -> web.Response:
        """Alive: this process answers."""
        del request
        return web.Response(text="ok\n")

    async def handle_ready(self, request: web.Request) -> web.Response:
        """Able to work: each part by name; 503 when one is not."""
        del request
        parts = await self._ready()
        lines = "".join(f"{name}: {'ok' if works else 'not ok'}\n" for name, works in parts.items())
        status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return web.Response(text=lines, status=status)

    async def handle_slack(self, request: web.Request) -> web.Response:
        """Hand a signed request to Bolt; whatever is wrong with it is 401, and only the kind of wrong is logged."""
        try:
            raw = await asyncio.wait_for(request.read(), SLOWEST_SECONDS)
        except (TimeoutError, web.HTTPException) as error:
            return _refused("unread_request", error)
        if not self._is_signed(request, raw):
            log.warning("unsigned_request", size=len(raw))
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        try:
            bolt = AsyncBoltRequest(
                body=raw.decode(), query=request.query_string, headers=dict(request.headers.items())
            )
        except (ValueError, RecursionError, AttributeError, TypeError, LookupError) as error:
            return _refused("unreadable_request", error)
        assert self._app is not None  # noqa: S101 - the route exists only with an app
        try:
            answer = await self._app.async_dispatch(bolt)
        except Exception as error:  # noqa: BLE001 - a traceback would quote the body
            # Bolt's own routing stumbles over shapes that Slack never sends; our listeners have their own handler
            return _refused("senseless_request", error)
        kind = answer.headers.get("content-type", ["application/json"])[0].partition(";")[0]
        return web.Response(status=answer.status, text=answer.body, content_type=kind, charset="utf-8")

    def _is_signed(self, request: web.Request, raw: bytes) -> bool:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12 and signature.isascii()):
            return False
        if abs(self._clock.now().timestamp() - int(timestamp)) > OLDEST_SECONDS:
            return False
        base = b"v0:" + timestamp.encode() + b":" + raw  # slack_sdk's verifier decodes the body first, and may raise
        expected = "v0=" + hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, signature)
