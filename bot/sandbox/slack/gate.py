"""The way in of every call: it is written down, watched, and may meet trouble."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.sandbox.slack.faults import Fault, Faults
from bot.sandbox.slack.records import Json

Observer = Callable[[str, str], Awaitable[None]]
"""Awaited with (phase, method): `before` anything is done, when it is `processed`, when it is `answered`."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that arrived, whatever became of it. The token is never among the arguments."""

    method: str
    args: Json
    moment: datetime


class Gate:
    """Lets calls through one by one."""

    def __init__(self, faults: Faults, observer: Observer | None) -> None:
        self.calls: deque[Call] = deque(maxlen=10_000)
        self._faults = faults
        self._observer = observer

    async def let_through(
        self,
        request: web.Request,
        call: Call,
        work: Callable[[], Awaitable[web.Response]],
        *,
        watched: bool = True,
    ) -> web.Response:
        """Return the answer, already written out, so that `answered` comes after its last byte."""
        self.calls.append(call)
        fault = self._faults.take(call.method)
        observer = self._observer if watched else None
        try:
            response = await self._answer(call.method, work, fault, observer)
            await response.prepare(request)
            await response.write_eof()
            if observer:
                await observer("answered", call.method)
        except ConnectionError:  # the observer, a fault, or a caller that is gone
            _hang_up(request)
            return web.Response()
        return response

    async def _answer(
        self,
        method: str,
        work: Callable[[], Awaitable[web.Response]],
        fault: Fault | None,
        observer: Observer | None,
    ) -> web.Response:
        if observer:
            await observer("before", method)
        instead = await fault.happen() if fault and not fault.processed else None
        if instead is not None:
            return instead
        response = await work()
        if observer:
            await observer("processed", method)
        late = await fault.happen() if fault and fault.processed else None
        return late or response


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
