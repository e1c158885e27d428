"""Socket Mode: tickets, open sockets, envelopes and their acknowledgements. Follows "Using Socket Mode"."""

import asyncio
import json
import secrets

from aiohttp import WSMsgType, web

from bot.sandbox.slack.parcels import Parcel, UndeliveredError
from bot.sandbox.slack.records import Json

LARGEST_NUMBER = 10


class Sockets:
    """The sockets the app has open; each payload goes to one of them, in turn."""

    def __init__(self, app_id: str) -> None:
        self.url = ""
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._awaited: dict[str, asyncio.Future[Json]] = {}
        self._greeted = asyncio.Event()
        self._turn = 0

    def ticket(self) -> str:
        """Return the address of a socket that can be opened once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return f"{self.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._app_id}"

    async def ready(self) -> None:
        """Return once a socket is open and has been said hello to."""
        await self._greeted.wait()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Hold one socket open and take in its acknowledgements."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="the ticket is unknown or was used")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._open) >= LARGEST_NUMBER:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._greet(socket)
        try:
            await self._listen(socket)
        finally:
            self._leave(socket)
        return socket

    async def send(self, parcel: Parcel) -> Json:
        """Send one envelope and return the payload of its acknowledgement."""
        if not self._open:
            raise UndeliveredError("dispatch_failed")
        self._turn += 1
        socket = self._open[self._turn % len(self._open)]
        envelope_id = secrets.token_hex(16)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._awaited[envelope_id] = answer
        try:
            await socket.send_json(_envelope(envelope_id, parcel))
            return await answer
        except ConnectionError as gone:
            raise UndeliveredError("dispatch_failed") from gone
        finally:
            del self._awaited[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to go; nothing more is sent over them. The app is expected to open a new one."""
        leaving, frame = list(self._open), {"type": "disconnect", "reason": reason, "debug_info": self._debug()}
        for socket in leaving:
            self._leave(socket)
            await socket.send_json(frame)

    async def aclose(self) -> None:
        """Close every socket."""
        for socket in list(self._open):
            await socket.close()

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        self._open.append(socket)
        info = {"app_id": self._app_id}
        hello: Json = {"type": "hello", "num_connections": len(self._open), "connection_info": info}
        await socket.send_json({**hello, "debug_info": self._debug()})
        self._greeted.set()

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if frame.type != WSMsgType.TEXT:
                continue
            try:
                acknowledgement = json.loads(frame.data)
            except ValueError:
                continue
            answer = self._awaited.get(acknowledgement.get("envelope_id"))
            if answer is not None and not answer.done():
                answer.set_result(acknowledgement.get("payload") or {})

    def _leave(self, socket: web.WebSocketResponse) -> None:
        if socket in self._open:
            self._open.remove(socket)
        if not self._open:
            self._greeted.clear()

    def _debug(self) -> Json:
        return {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": 18060}


def _envelope(envelope_id: str, parcel: Parcel) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": parcel.kind,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.kind != "events_api",
    }
    if parcel.kind == "events_api":
        envelope |= {"retry_attempt": parcel.retry, "retry_reason": parcel.reason}
    return envelope
