"""Trouble on demand: what the Web API does now and then, done when a test asks for it."""

import asyncio
from dataclasses import asdict, dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.slack.records import Json

KINDS = ("error", "ratelimited", "status", "drop", "delay", "html")
_HTML = "<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>{}</h1></body></html>"


@dataclass(slots=True)
class Fault:
    """One kind of trouble for one method, or for all with `*`.

    `left` is how often it still happens, -1 for ever. `detail` may hold `code` (error), `retry_after` in
    seconds (ratelimited), `status` (status), `seconds` (delay), and for all kinds `processed`: the call is
    done first and only its answer is lost. What else an error's holds stands in its answer, like the `needed`
    and `provided` of Slack's `missing_scope`.
    """

    method: str
    kind: str
    left: int = 1
    detail: Json = field(default_factory=dict)

    @property
    def processed(self) -> bool:
        """Whether the call is done before the trouble comes."""
        return bool(self.detail.get("processed"))

    async def happen(self) -> web.Response | None:
        """Return the answer that stands in for the real one, None when the real one follows.

        Raises:
            ConnectionAbortedError: the connection closes without an answer.
        """
        if self.kind == "drop":
            raise ConnectionAbortedError
        if self.kind == "delay":
            await asyncio.sleep(float(self.detail.get("seconds", 1)))
            return None
        return self._answer()

    def _answer(self) -> web.Response:
        if self.kind == "error":
            more = {name: value for name, value in self.detail.items() if name not in {"code", "processed"}}
            return web.json_response({**more, "ok": False, "error": self.detail.get("code", "internal_error")})
        if self.kind == "ratelimited":
            after = {"Retry-After": str(self.detail.get("retry_after", 1))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=after)
        status = int(self.detail.get("status", 503)) if self.kind == "status" else 200
        return web.Response(text=_HTML.format(status), status=status, content_type="text/html")


class Faults:
    """The trouble that is still to come."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, method: str, kind: str, times: int = 1, **detail: Any) -> Fault:
        """Have a kind of trouble happen at the next calls of a method (`upload` and `response_url` too).

        Raises:
            ValueError: there is no such kind.
        """
        if kind not in KINDS:
            raise ValueError(f"no fault is called {kind!r}; there are {KINDS}")
        fault = Fault(method, kind, times, detail)
        self._waiting.append(fault)
        return fault

    def take(self, method: str) -> Fault | None:
        """Return the trouble this call meets, and count it down."""
        for fault in self._waiting:
            if fault.method in {method, "*"} and fault.left:
                fault.left -= 1 if fault.left > 0 else 0
                return fault
        return None

    def clear(self) -> None:
        """Forget all of it."""
        self._waiting.clear()

    def listed(self) -> list[Json]:
        """Return what is still to come, as JSON."""
        return [asdict(fault) for fault in self._waiting if fault.left]
