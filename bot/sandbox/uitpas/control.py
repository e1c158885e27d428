"""The control route: faults on demand over HTTP, for whoever is on this machine."""

import json
from ipaddress import ip_address
from typing import Any

from aiohttp import web

from bot.sandbox.uitpas.answers import not_found
from bot.sandbox.uitpas.faults import Faults

PATH = "/_control/faults"


class Control:
    """`POST` adds a fault and `DELETE` clears them; each method, `GET` too, answers the list of those that wait."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve all three methods. From another machine the route does not exist.

        A `POST` has a JSON object with `call`, `kind` and what `Faults.add` takes beside them; anything else is
        HTTP 400 with a sentence. Its content type must be application/json, which no foreign web page can send.
        """
        if not _is_local(request):
            return not_found()
        if request.method == "DELETE":
            self._faults.clear()
        if request.method == "POST":
            try:
                self._faults.add(**await _read(request))
            except (ValueError, TypeError) as mistake:
                return web.json_response({"error": str(mistake)}, status=400)
        return web.json_response(self._faults.listed())


def _is_local(request: web.Request) -> bool:
    return request.remote is not None and ip_address(request.remote).is_loopback


async def _read(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise ValueError("the content type is not application/json")
    try:
        asked = json.loads(await request.read())
    except ValueError:
        raise ValueError("the body is not JSON") from None
    if not isinstance(asked, dict) or not {"call", "kind"} <= asked.keys():
        raise ValueError("the body is an object with call and kind")
    return asked
