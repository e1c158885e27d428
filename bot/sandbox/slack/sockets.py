"""Socket Mode: tickets, open sockets, envelopes and their acknowledgements. Follows "Using Socket Mode"."""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from aiohttp import WSMsgType, web

from bot.sandbox.slack.links import Links
from bot.sandbox.slack.parcels import EVENT, Parcel, UndeliveredError
from bot.sandbox.slack.records import Json


class Sockets:
    """The sockets the app has open; each payload goes to one of them, in turn, by the clock `now`."""

    silence = "timeout"

    def __init__(self, app_id: str, now: Callable[[], datetime]) -> None:
        self.url = ""
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._links = Links(now)
        self._awaited: dict[str, asyncio.Future[Json]] = {}

    def ticket(self) -> str:
        """Return the address of a socket that can be opened once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"{self.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._app_id}"

    def enable(self) -> None:
        """Let the app open sockets again after `link_disabled`."""
        self._links.disabled = False

    async def ready(self) -> None:
        """Return once a socket is open that was said hello to and not told to go."""
        await self._links.ready()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Hold one socket open and take in its acknowledgements."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="the ticket is unknown or was used")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if reason := self._links.refusal:
            await socket.send_json({"type": "disconnect", "reason": reason})
            await socket.close()
            return socket
        try:
            await self._greet(socket)
            await self._listen(socket)
        finally:
            self._links.remove(socket)
        return socket

    async def send(self, parcel: Parcel) -> Json:
        """Send one envelope and return the payload of its acknowledgement, over whichever socket that comes."""
        socket = self._links.next()
        if socket is None:
            raise UndeliveredError("dispatch_failed", "connection_failed")
        envelope_id = secrets.token_hex(16)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._awaited[envelope_id] = answer
        try:
            await socket.send_json(_envelope(envelope_id, parcel))
            return await answer
        except ConnectionError as gone:
            raise UndeliveredError("dispatch_failed", "connection_failed") from gone
        finally:
            del self._awaited[envelope_id]

    async def disconnect(self, reason: str) -> None:
        """Tell every socket to go, and why; the app is expected to open new ones.

        After a `warning` they are used for ten more seconds, else not at all. With `link_disabled` they are closed,
        and new ones are sent away until `enable`.
        """
        leaving, frame = self._links.sockets, {"type": "disconnect", "reason": reason, "debug_info": self._debug()}
        self._links.disabled = self._links.disabled or reason == "link_disabled"
        if reason == "warning":
            self._links.warn()
        for socket in leaving:
            if reason != "warning":
                self._links.remove(socket)
            with suppress(ConnectionError):
                await socket.send_json(frame)
            if reason == "link_disabled":
                await socket.close()

    async def aclose(self) -> None:
        """Close every socket."""
        for socket in self._links.sockets:
            await socket.close()

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        number = len(self._links.sockets) + 1
        hello: Json = {"type": "hello", "num_connections": number, "connection_info": {"app_id": self._app_id}}
        await socket.send_json({**hello, "debug_info": self._debug()})
        self._links.add(socket)

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type != WSMsgType.TEXT:
                continue
            try:
                acknowledgement = json.loads(frame.data)
            except ValueError:
                continue
            if isinstance(acknowledgement, dict):
                self._take_in(acknowledgement)

    def _take_in(self, acknowledgement: Json) -> None:
        answer = self._awaited.get(str(acknowledgement.get("envelope_id")))
        if answer is not None and not answer.done():
            answer.set_result(acknowledgement.get("payload") or {})

    def _debug(self) -> Json:
        return {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": 18060}


def _envelope(envelope_id: str, parcel: Parcel) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.kind != EVENT,
    }
    if parcel.kind == EVENT:
        envelope |= {"retry_attempt": parcel.retry, "retry_reason": parcel.reason}
    return envelope
