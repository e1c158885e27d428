"""One request to UiTPAS and its answer: signing, limits, time-outs, and what a silence means.

Everything that goes wrong on the way becomes an UnavailableError. The errors of httpx hold the request, with its URL
and its token, so none is kept as a cause: ours are raised after the `except`, not in it.
"""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import BinaryIO, TypeVar
from urllib.parse import quote, urlencode

import httpx

from bot.clients.answers import take_file, take_form, take_xml
from bot.clients.oauth import UitpasAuth
from bot.clock import Clock
from bot.errors import UnavailableError
from bot.links import RequestToken
from bot.models import UserToken

T = TypeVar("T")

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""No connection was made, so the server can't have acted."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long each step may take, in seconds; `answer` and `download` are for a whole call, however it drips in."""

    connect: float = 5
    read: float = 30
    write: float = 10
    pool: float = 30
    answer: float = 60
    download: float = 300

    def of_steps(self) -> httpx.Timeout:
        """Return those that httpx keeps."""
        return httpx.Timeout(connect=self.connect, read=self.read, write=self.write, pool=self.pool)


@dataclass(frozen=True, slots=True)
class Call:
    """One request: our name of it, the method, the path in parts, the parameters.

    `wants_xml` is off for starting and downloading a report, which are sent without an Accept header.
    """

    name: str
    method: str
    path: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    wants_xml: bool = True


class Exchange:
    """Sends signed requests over one pool of connections.

    Args:
        base_url: `{server}/uitid/rest`; https, or http on this machine.
        consumer_key: the bot's own key.
        consumer_secret: its secret.
        clock: for the timestamps, and for a Retry-After that names a moment.
        transport: for tests.
        timeouts: how long each step may take.

    Raises:
        ValueError: base_url is neither https nor on this machine.
    """

    def __init__(
        self,
        *,
        base_url: str,
        consumer_key: str,
        consumer_secret: str,
        clock: Clock,
        transport: httpx.AsyncBaseTransport | None,
        timeouts: Timeouts,
    ) -> None:
        local, secure = is_local(base_url), httpx.URL(base_url).scheme == "https"
        if not (local or secure):
            raise ValueError("the UiTPAS API must be reached over https, or be on this machine")
        self._base_url = base_url.rstrip("/")
        self._consumer_key = consumer_key
        self._consumer_secret = consumer_secret
        self._clock = clock
        self._timeouts = timeouts
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=timeouts.of_steps(),
            limits=httpx.Limits(max_connections=50, max_keepalive_connections=20),
            follow_redirects=False,
            # Reading the certificates of the world takes 25 ms; plain http on this machine has no use for them.
            verify=secure,
            # A proxy of the environment is for the outside; this machine is not reached through it.
            trust_env=not local,
            # A session cookie set for one employee must not travel with the request of another.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            headers={"User-Agent": "baliebot", "Accept-Encoding": "identity"},
        )
        del self._http.headers["Accept"]

    async def aclose(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def ask(self, call: Call, token: UserToken | None) -> bytes:
        """Return the body of a successful XML answer; without a token the consumer itself asks.

        Raises:
            UitpasError: what the answer, or the absence of one, means.
        """

        async def take(response: httpx.Response) -> bytes:
            return await take_xml(call.name, response, self._clock.now())

        return await self._send(call, self._auth(token), self._timeouts.answer, take)

    async def log_in(
        self,
        call: Call,
        token: RequestToken | None = None,
        *,
        callback: str | None = None,
        verifier: str | None = None,
    ) -> bytes:
        """Return the body of a step of a login that was answered with HTTP 200.

        Raises:
            UitpasError: what any other answer, or the absence of one, means.
        """

        async def take(response: httpx.Response) -> bytes:
            return await take_form(call.name, response, self._clock.now())

        auth = self._auth(token, callback=callback, verifier=verifier)
        return await self._send(call, auth, self._timeouts.answer, take)

    async def save(self, call: Call, token: UserToken, file: BinaryIO, limit: int) -> None:
        """Write the body of an answer with HTTP 200 to a file, at most `limit` bytes, whatever it is.

        Raises:
            SheetsError: `too_large`.
            UitpasError: what any other answer, or the absence of one, means.
        """

        async def take(response: httpx.Response) -> None:
            if response.status_code == httpx.codes.OK:
                await take_file(call.name, response, file, limit)
            else:
                await take_xml(call.name, response, self._clock.now())

        await self._send(call, self._auth(token), self._timeouts.download, take)

    async def _send(
        self, call: Call, auth: UitpasAuth, seconds: float, take: Callable[[httpx.Response], Awaitable[T]]
    ) -> T:
        try:
            async with asyncio.timeout(seconds), self._stream(call, auth) as response:
                return await take(response)
        except (httpx.HTTPError, TimeoutError) as silence:
            # The kind of silence is all that may be told: its text can hold the URL.
            kind, reached = type(silence).__name__, not isinstance(silence, NOT_SENT)
        raise UnavailableError(call.name, kind, reached=reached)

    def _stream(self, call: Call, auth: UitpasAuth) -> AbstractAsyncContextManager[httpx.Response]:
        url = "/".join((self._base_url, *(quote(part, safe="") for part in call.path)))
        # Encoded here, to the letter of RFC 3986: what is signed must be what is sent.
        fields = urlencode(call.fields, quote_via=quote, safe="")
        in_body = call.method == "POST"
        headers = {"Accept": "application/xml"} if call.wants_xml else {}
        return self._http.stream(
            call.method,
            url if in_body else f"{url}?{fields}",
            content=fields.encode() if in_body else None,
            headers=headers | (FORM if in_body else {}),
            auth=auth,
        )

    def _auth(
        self, token: UserToken | RequestToken | None, *, callback: str | None = None, verifier: str | None = None
    ) -> UitpasAuth:
        return UitpasAuth(
            consumer_key=self._consumer_key,
            consumer_secret=self._consumer_secret,
            clock=self._clock,
            token=token,
            callback=callback,
            verifier=verifier,
        )


def is_local(url: str) -> bool:
    """Tell whether a URL leads to this machine."""
    host = httpx.URL(url).host
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
