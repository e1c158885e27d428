"""A clock that stands still, and a client that signs with oauthlib what it sends to the stand-in."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
from lxml import etree
from oauthlib.oauth1 import Client

from bot.sandbox.uitpas import KNOWN_CARDS, Balie, UitpasSandbox

REPORT = "/uitpas/report/financialoverview/organiser"
HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"

Fields = dict[str, str] | list[tuple[str, str]]


class StillClock:
    """Tells the time it was set to: 7 October 2026, 14:04 in Brussels."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 10, 7, 12, 4, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.moment += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once, and note how much."""
        self.slept.append(seconds)
        self.advance(seconds)


class Caller:
    """Whoever calls the API: an application, with the token of an employee or without."""

    def __init__(
        self,
        sandbox: UitpasSandbox,
        http: httpx.AsyncClient,
        clock: StillClock,
        token: tuple[str, str] = ("", ""),
    ) -> None:
        self.sandbox = sandbox
        self.http = http
        self.clock = clock
        self.token = token

    def signer(self, **changes: str) -> Client:
        """Return an oauthlib client; `changes` are its constructor's arguments."""
        settings = {
            "client_key": self.sandbox.consumer_key,
            "client_secret": self.sandbox.consumer_secret,
            "resource_owner_key": self.token[0],
            "resource_owner_secret": self.token[1],
            "timestamp": str(int(self.clock.now().timestamp())),
        }
        return Client(**{**settings, **changes})

    async def get(self, path: str, fields: Fields | None = None, **changes: str) -> httpx.Response:
        """Send a signed GET; `fields` go into the query."""
        url = self.sandbox.api_url + path + (f"?{urlencode(fields)}" if fields else "")
        url, headers, _ = self.signer(**changes).sign(url)
        return await self.http.get(url, headers=headers)

    async def post(self, path: str, fields: Fields | None = None, **changes: str) -> httpx.Response:
        """Send a signed POST; `fields` are the form."""
        body = urlencode(fields or {})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        url, headers, body = self.signer(**changes).sign(self.sandbox.api_url + path, "POST", body, form)
        return await self.http.post(url, headers=headers, content=body)

    async def start_report(self, balie: Balie, first: str = "2026-07-01", last: str = "2026-09-30") -> httpx.Response:
        """Ask for a report."""
        fields = {"balieConsumerKey": balie.consumer_key, "startDate": first, "endDate": last}
        return await self.post(REPORT, fields)

    async def status(self, report: str, balie: Balie) -> httpx.Response:
        """Ask how far a report is."""
        return await self.get(f"{REPORT}/{report}/status", {"balieConsumerKey": balie.consumer_key})

    async def download(self, report: str, balie: Balie) -> httpx.Response:
        """Ask for the zip of a report."""
        return await self.get(f"{REPORT}/{report}/download", {"balieConsumerKey": balie.consumer_key})

    async def swaps(self, number: str, balie: Balie | None = None, **fields: str) -> httpx.Response:
        """Ask what the holder of a card swapped, for a balie or for oneself."""
        acting = {} if balie is None else {"balieConsumerKey": balie.consumer_key}
        return await self.get(f"/uitpas/passholder/{number}/cashedPointsPromotions", {**acting, **fields})

    async def card(self, balie: Balie, **fields: str) -> httpx.Response:
        """Ask what a card is."""
        return await self.get("/uitpas/card", {"balieConsumerKey": balie.consumer_key, **fields})


def holder_of(caller: Caller, name: str) -> Caller:
    """Return the application with the token of the holder of a known card."""
    card = caller.sandbox.world.card(KNOWN_CARDS[name])
    token = caller.sandbox.issue_token((card and card.holder_uid) or "")
    return Caller(caller.sandbox, caller.http, caller.clock, token)


def swap_numbers(answer: httpx.Response) -> list[int]:
    """Return the numbers of the swaps of an answer, in its order."""
    return [int(number.text or "") for number in etree.fromstring(answer.content).iterfind(".//cashedPromotion/id")]


def swap_total(answer: httpx.Response) -> int:
    """Return how many swaps an answer says there are."""
    return int(etree.fromstring(answer.content).findtext("total", ""))


def refusal(code: str, message: str, extra: str = "") -> bytes:
    """Return the failure envelope as bytes."""
    body = f"<response><code>{code}</code><message>{message}</message>{extra}</response>"
    return HEAD + body.encode()


def progress(message: str, step: str, balie: Balie, report: str = "4711") -> bytes:
    """Return the answer of a report that is under way or ready."""
    resource = f"{REPORT}/{report}/{step}?consumerKey={balie.consumer_key}"
    return (
        HEAD
        + (
            f"<response><code>ACTION_SUCCEEDED</code><message>{message}</message>"
            f"<resource>{resource}</resource> +\n</response>"
        ).encode()
    )
