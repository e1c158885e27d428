"""A browser without a screen, and the way of a link through it: our pages, UiTiD's login, and back."""

import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx

from bot.sandbox.slack.records import Message
from tests.support.stage import Stage

OWN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form that our own page sent."""


def plain_http() -> httpx.AsyncClient:
    """Return a client for this machine alone: reading the certificates of the world would take 50 ms."""
    return httpx.AsyncClient(trust_env=False, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@dataclass
class Browser:
    """Keeps the cookies of our pages, as they were set; follows a redirect only when told to."""

    http: httpx.AsyncClient
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, url: str) -> httpx.Response:
        """Open an address."""
        return self._kept(await self.http.get(url, headers=self._headers()))

    async def post(
        self, url: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Send a form; from our own page unless told otherwise."""
        sent = self._headers() | (OWN if headers is None else headers)
        return self._kept(await self.http.post(url, data=fields or {}, headers=sent))

    def _headers(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": pairs} if pairs else {}

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Open a browser with no cookies."""
    async with plain_http() as http:
        yield Browser(http)


def start_url(message: Message) -> str:
    """Return the address behind the button that leads to our first page."""
    return next(
        str(element["url"])
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if "url" in element
    )


def number_of(url: str) -> str:
    """Return the number in the address of the first page."""
    return parse_qs(urlsplit(url).query)["l"][0]


def authorize_url(page: httpx.Response) -> str:
    """Return where the page before UiTiD leads."""
    found = re.search(r'<a class="deed" href="([^"]+)"', page.text)
    assert found is not None, page.text
    return unescape(found[1])


def code_on(page: httpx.Response) -> str:
    """Return the code that a page shows."""
    found = re.search(r'class="code">([^<]+)<', page.text)
    assert found is not None, page.text
    return found[1]


@dataclass
class Journey:
    """One person's link, a step at a time."""

    stage: Stage
    browser: Browser
    user: str = "bram"
    url: str = ""
    authorize: str = ""
    callback: str = ""
    code: str = ""

    async def ask(self) -> None:
        """S1: type `/uitpas koppel`."""
        await self.stage.type("koppel", user=self.user)
        self.url = start_url(self.whisper)

    async def go(self) -> None:
        """S2 to S4: say on our first page that it was them, and be led to UiTiD."""
        await self.browser.get(self.url)
        opened = await self.browser.post(self.page("start"), {"l": number_of(self.url)})
        self.authorize = authorize_url(await self.browser.get(opened.headers["location"]))

    async def consent(self, nick: str = "bram") -> None:
        """Log in at UiTiD as an employee, and consent."""
        token = parse_qs(urlsplit(self.authorize).query)["oauth_token"][0]
        form = {"oauth_token": token, "employee": self.stage.uitpas.employee(nick).uid, "decision": "allow"}
        async with plain_http() as elsewhere:
            answer = await elsewhere.post(self.authorize.partition("?")[0], data=form)
        self.callback = answer.headers["location"]

    async def come_back(self) -> None:
        """S5 and S6: come back from UiTiD, and see the code."""
        answer = await self.browser.get(self.callback)
        self.code = code_on(await self.browser.get(answer.headers["location"]))

    async def see_code(self, nick: str = "bram") -> None:
        """Take every step up to the code."""
        await self.ask()
        await self.go()
        await self.consent(nick)
        await self.come_back()

    async def type_code(self) -> None:
        """S7 and S8: type the code."""
        await self.stage.type(f"koppel {self.code}", user=self.user)

    async def say(self, action: str) -> None:
        """S9: answer whose account it is, `link_yes` or `link_no`."""
        await self.stage.click(action, self.whisper, user=self.user)

    async def link(self, nick: str = "bram") -> None:
        """Take every step."""
        await self.see_code(nick)
        await self.type_code()
        await self.say("link_yes")

    def page(self, name: str) -> str:
        """Return the address of one of our pages."""
        return f"{self.stage.bot.url}/uitid/{name}"

    @property
    def whisper(self) -> Message:
        """What only this person saw last."""
        place = self.stage.slack.world.channel(self.stage.where)
        return self.stage.slack.world.ephemerals(self.stage.slack.world.person(self.user).id, place.id)[-1]


@asynccontextmanager
async def journey(stage: Stage, user: str = "bram") -> AsyncIterator[Journey]:
    """Begin a link in a browser of its own."""
    async with browsing() as browser:
        yield Journey(stage, browser, user)
