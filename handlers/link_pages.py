"""The pages of a link, in the browser of whoever asked for it: `/uitid/…` (S2 to S6).

A GET changes nothing but what its own cookie allows; whatever is unknown, used or over gets the same page. No address,
cookie or token is ever logged.
"""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import structlog
from aiohttp import web

from bot.models import Language
from bot.services.link_browser import Answer, Leave, LinkBrowser
from handlers.address import Address
from handlers.render import link_page as pages
from handlers.render.link_page import Page

log = structlog.get_logger(__name__)

COOKIE = "__Host-baliebot-link"
COOKIE_SECONDS = 600
MOST_BYTES = 8 * 1024
SLOWEST_SECONDS = 5
LONGEST = 512
"""Characters of anything that a browser shows a link by."""

Handler = Callable[[web.Request], Awaitable[web.Response]]


class LinkPages:
    """Serves the pages."""

    def __init__(
        self, *, browser: LinkBrowser, address: Address, workspace: str, zone: ZoneInfo, language: Language
    ) -> None:
        self._browser = browser
        self._address = address
        self._workspace = workspace
        self._zone = zone
        self._language = language

    def add_to(self, application: web.Application) -> None:
        """Add the routes. HEAD is answered on the first page alone, as GET is."""
        router = application.router
        router.add_get("/uitid/start", self._guarded(self.handle_start))
        router.add_post("/uitid/start", self._guarded(self.handle_continue))
        router.add_post("/uitid/stop", self._guarded(self.handle_stop))
        router.add_get("/uitid/go", self._guarded(self.handle_go), allow_head=False)
        router.add_get("/uitid/callback", self._guarded(self.handle_callback), allow_head=False)
        router.add_get("/uitid/done", self._guarded(self.handle_done), allow_head=False)

    async def handle_start(self, request: web.Request) -> web.Response:
        """Ask whether it was them: previews, scanners and prefetching change nothing (S2)."""
        number = _single(request, "l")
        asker = await self._browser.asker(number)
        if asker is None:
            return self._gone(request)
        return _shown(pages.start(asker.name, asker.moment, self._workspace, number, self._zone, asker.language))

    async def handle_continue(self, request: web.Request) -> web.Response:
        """Bind the link to this browser, if the click was made on our own page (S3)."""
        number = await self._posted_number(request)
        cookie = None if number is None else await self._browser.open(number, _cookie(request))
        if cookie is None:
            return self._gone(request)
        answer = self._redirect("/uitid/go")
        answer.set_cookie(COOKIE, cookie, path="/", max_age=COOKIE_SECONDS, secure=True, httponly=True, samesite="Lax")
        return answer

    async def handle_stop(self, request: web.Request) -> web.Response:
        """Destroy the link of this page; that nothing was linked is said only where this prevented it."""
        number = await self._posted_number(request)
        if number is None or not await self._browser.stop(number=number, cookie=_cookie(request)):
            return self._gone(request)
        return self._plain("stopped", request)

    async def handle_go(self, request: web.Request) -> web.Response:
        """Lead on to UiTiD; where the cookie did not hold, nothing is asked there (S4)."""
        cookie = _cookie(request)
        if not cookie:
            return self._plain("cookies", request, HTTPStatus.BAD_REQUEST)
        match await self._browser.leave(cookie, self._address.of("/uitid/callback")):
            case Leave(url, language):
                return _shown(pages.leave(url, language))
            case Answer.DONE:
                return self._redirect("/uitid/done")
            case Answer.SILENT:
                return _shown(pages.silent(self._spoken(request)), HTTPStatus.SERVICE_UNAVAILABLE)
            case _:
                return self._gone(request)

    async def handle_callback(self, request: web.Request) -> web.Response:
        """Take the browser back from UiTiD (S5)."""
        token, verifier = _single(request, "oauth_token"), _single(request, "oauth_verifier")
        match await self._browser.come_back(token, verifier, _cookie(request)):
            case Answer.DONE:
                return self._redirect("/uitid/done")
            case Answer.REFUSED:
                return self._plain("refused", request)
            case _:
                return self._gone(request)

    async def handle_done(self, request: web.Request) -> web.Response:
        """Show the code to the browser of its link (S6)."""
        shown = await self._browser.code(_cookie(request))
        return (
            self._gone(request)
            if shown is None
            else _shown(pages.code(shown.code, shown.until, self._zone, shown.language))
        )

    def _guarded(self, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            try:
                return await handler(request)
            except Exception as error:
                # the last resort of a page: aiohttp's own would say less to the person and more to the log
                log.exception("page_failed", kind=type(error).__name__)
                return self._plain("broken", request, HTTPStatus.INTERNAL_SERVER_ERROR)

        return handle

    async def _posted_number(self, request: web.Request) -> str | None:
        """Return the number in a form of ours, empty when it has none; None when it was not posted by our own page."""
        size = request.content_length
        if not self._is_ours(request) or size is None or size > MOST_BYTES:
            return None
        try:
            body = await asyncio.wait_for(request.read(), SLOWEST_SECONDS)
            fields = parse_qs(body.decode("ascii"), max_num_fields=5)
        except (TimeoutError, ValueError):
            return None
        given = fields.get("l", [""])
        return given[0] if len(given) == 1 and len(given[0]) <= LONGEST else None

    def _is_ours(self, request: web.Request) -> bool:
        """Say whether our own page sent this (W3C: Fetch Metadata); older browsers send their origin alone."""
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site == "same-origin"
        return request.headers.get("Origin") == self._address.origin

    def _redirect(self, path: str) -> web.Response:
        return _guarding(web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": self._address.of(path)}))

    def _gone(self, request: web.Request) -> web.Response:
        return self._plain("gone", request, HTTPStatus.NOT_FOUND)

    def _plain(self, kind: str, request: web.Request, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
        return _shown(pages.plain(kind, self._spoken(request)), status)

    def _spoken(self, request: web.Request) -> Language:
        """Return the language to speak to a browser whose person we don't know."""
        for spoken in request.headers.get("Accept-Language", "").lower().split(","):
            if (tag := spoken.strip()[:2]) in set(Language):
                return Language(tag)
        return self._language


def _shown(page: Page, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    return _guarding(web.Response(text=pages.html(page), content_type="text/html", charset="utf-8", status=status))


def _guarding(response: web.Response) -> web.Response:
    response.headers.update(
        {
            "Content-Security-Policy": pages.policy(),
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",  # "no-referrer" would make the origin of our own forms `null`
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
    )
    return response


def _single(request: web.Request, name: str) -> str:
    """Return a parameter that stands there once, else nothing."""
    given = request.query.getall(name, [])
    return given[0] if len(given) == 1 and len(given[0]) <= LONGEST else ""


def _cookie(request: web.Request) -> str:
    return request.cookies.get(COOKIE, "")[:LONGEST]
