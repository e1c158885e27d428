"""Deliveries over HTTP, signed. Follows "Verifying requests from Slack"."""

import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.slack.parcels import EVENT, Parcel, UndeliveredError
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.signatures import sent, signed

_FORM = "application/x-www-form-urlencoded"


class SignedPosts:
    """Posts to one events URL. `aclose` frees its connections. `forgery` is one of `FORGERIES`, or None."""

    silence = "http_timeout"

    def __init__(self, url: str, secret: str, now: Callable[[], datetime], forgery: str | None = None) -> None:
        self.forgery = forgery
        self._url = url
        self._secret = secret
        self._now = now
        self._session: aiohttp.ClientSession | None = None

    async def send(self, parcel: Parcel) -> Json:
        """Post one parcel; anything but HTTP 200 (for an event any 2xx) is `dispatch_failed`."""
        body, content_type = _encoded(parcel)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0"}
        headers |= signed(body, self._secret, self._now(), self.forgery)
        body = sent(body, self.forgery)
        if parcel.retry:
            headers |= {"X-Slack-Retry-Num": str(parcel.retry), "X-Slack-Retry-Reason": parcel.reason}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(self._url, data=body, headers=headers) as response:
                answer = await response.read()
                _check(parcel, response)
                return _decoded(answer)
        except aiohttp.ClientError as trouble:
            raise UndeliveredError("dispatch_failed", "connection_failed") from trouble

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def _check(parcel: Parcel, response: aiohttp.ClientResponse) -> None:
    taken = response.status // 100 == 2 if parcel.kind == EVENT else response.status == 200
    if not taken:
        wants_no_more = response.headers.get("X-Slack-No-Retry") == "1"
        raise UndeliveredError("dispatch_failed", None if wants_no_more else "http_error")


def _encoded(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == EVENT:
        return json.dumps(parcel.payload).encode(), "application/json"
    if parcel.kind == "slash_commands":
        return urlencode(parcel.payload).encode(), _FORM
    return urlencode({"payload": json.dumps(parcel.payload)}).encode(), _FORM


def _decoded(answer: bytes) -> Json:
    if not answer.strip():
        return {}
    try:
        body = json.loads(answer)
    except ValueError:
        return {"text": answer.decode(errors="replace")}
    return body if isinstance(body, dict) else {"text": answer.decode()}
