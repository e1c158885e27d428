"""The sockets that are open, and which of them is used next. Follows "Using Socket Mode", disconnecting."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

LARGEST_NUMBER = 10
AHEAD = timedelta(seconds=10)
"""How long a socket is still used after a warning."""


@dataclass(slots=True, eq=False)
class Link:
    """An open socket. `until` is when nothing goes over it any more, None while it was not told to go."""

    socket: web.WebSocketResponse
    until: datetime | None = None


class Links:
    """Takes turns between sockets. `disabled` is whether the app may open none."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.disabled = False
        self._now = now
        self._open: list[Link] = []
        self._steady = asyncio.Event()
        self._turn = 0

    @property
    def sockets(self) -> list[web.WebSocketResponse]:
        """Every open socket that may still be used, or soon not any more."""
        return [link.socket for link in self._open]

    @property
    def refusal(self) -> str | None:
        """Why a new socket is sent away; None when it is welcome."""
        if self.disabled:
            return "link_disabled"
        return "too_many_websockets" if len(self._open) >= LARGEST_NUMBER else None

    async def ready(self) -> None:
        """Return once there is a socket that was not told to go."""
        await self._steady.wait()

    def add(self, socket: web.WebSocketResponse) -> None:
        """Use a socket from now on."""
        self._open.append(Link(socket))
        self._tell()

    def remove(self, socket: web.WebSocketResponse) -> None:
        """Use a socket no more; nothing happens when it is not among them."""
        self._open = [link for link in self._open if link.socket is not socket]
        self._tell()

    def warn(self) -> None:
        """Use what is open for ten more seconds."""
        for link in self._open:
            link.until = link.until or self._now() + AHEAD
        self._tell()

    def next(self) -> web.WebSocketResponse | None:
        """Return the socket whose turn it is."""
        now = self._now()
        usable = [link.socket for link in self._open if link.until is None or now < link.until]
        self._turn += 1
        return usable[self._turn % len(usable)] if usable else None

    def _tell(self) -> None:
        if any(link.until is None for link in self._open):
            self._steady.set()
        else:
            self._steady.clear()
