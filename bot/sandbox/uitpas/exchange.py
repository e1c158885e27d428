"""The way of one request through the stand-in: observed, noted, perhaps made to fail, answered, flushed."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web

from bot.sandbox.uitpas.answers import not_found
from bot.sandbox.uitpas.arrivals import FAULT, SIGNED, Call, named_parameters, read_request
from bot.sandbox.uitpas.faults import Fault, Faults
from bot.sandbox.uitpas.gate import Handler
from bot.sandbox.uitpas.spoiling import instead, spoiled
from bot.sandbox.uitpas.tokens import AccessTokens
from bot.sandbox.uitpas.wire import hang_up, send

Observer = Callable[[str, str], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]


class Exchange:
    """One middleware around every call.

    The observer is awaited with a phase and the name of the call: `before` anything was done, `processed` when
    only the answer is missing, `answered` when that has left the process. A ConnectionAbortedError from it closes
    the connection.
    """

    def __init__(
        self,
        *,
        faults: Faults,
        access: AccessTokens,
        calls: deque[Call],
        now: Callable[[], datetime],
        sleep: Sleep,
        observer: Observer | None,
    ) -> None:
        self._faults = faults
        self._access = access
        self._calls = calls
        self._now = now
        self._sleep = sleep
        self._observer = observer

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Carry one request from its arrival to its last byte."""
        if request.match_info.http_exception is not None:
            return not_found()
        name = request.match_info.route.name
        if name is None:  # the control route and the pages of an account are no calls of the API
            return await handler(request)
        try:
            return await self._carry(request, handler, name)
        except ConnectionError:
            return hang_up(request)

    async def _carry(self, request: web.Request, handler: Handler, name: str) -> web.StreamResponse:
        request[SIGNED] = await read_request(request)
        self._note(request, name)
        await self._observe("before", name)
        fault = self._faults.take(name)
        answer = await self._process(request, handler, fault)
        await self._observe("processed", name)
        if fault is not None and fault.processed:
            answer = instead(fault) or answer
        sent = await send(request, answer, fault)
        await self._observe("answered", name)
        return sent

    async def _process(self, request: web.Request, handler: Handler, fault: Fault | None) -> web.StreamResponse:
        if fault is None:
            return await handler(request)
        request[FAULT] = fault
        if fault.seconds:
            await self._sleep(fault.seconds)
        if fault.kind == "revoked":
            self._access.revoke(request[SIGNED].oauth.get("oauth_token", ""))
        early = None if fault.processed else instead(fault)
        if early is not None:
            return early
        answer = await handler(request)
        return spoiled(fault, answer) if isinstance(answer, web.Response) else answer

    def _note(self, request: web.Request, name: str) -> None:
        signed = request[SIGNED]
        token = self._access.find(signed.oauth.get("oauth_token", ""))
        params = named_parameters(signed, request.match_info)
        self._calls.append(Call(name, None if token is None else token.uid, params, self._now()))

    async def _observe(self, phase: str, name: str) -> None:
        if self._observer is not None:
            await self._observer(phase, name)
