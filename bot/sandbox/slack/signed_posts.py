"""Deliveries over HTTP, signed. Follows "Verifying requests from Slack"."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.slack.parcels import Parcel, UndeliveredError
from bot.sandbox.slack.records import Json

_FORM = "application/x-www-form-urlencoded"


class SignedPosts:
    """Posts to one events URL. `aclose` frees its connections."""

    def __init__(self, url: str, secret: str, now: Callable[[], datetime]) -> None:
        self._url = url
        self._secret = secret
        self._now = now
        self._session: aiohttp.ClientSession | None = None

    async def send(self, parcel: Parcel) -> Json:
        """Post one parcel; anything but HTTP 200 is `dispatch_failed`."""
        body, content_type = _encoded(parcel)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0", **self._signature(body)}
        if parcel.retry:
            headers |= {"X-Slack-Retry-Num": str(parcel.retry), "X-Slack-Retry-Reason": parcel.reason}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(self._url, data=body, headers=headers) as response:
                answer = await response.read()
                if response.status != 200:
                    raise UndeliveredError("dispatch_failed")
                return _decoded(answer)
        except aiohttp.ClientError as trouble:
            raise UndeliveredError("dispatch_failed") from trouble

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _signature(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self._now().timestamp()))
        base = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _encoded(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == "events_api":
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
