"""`/_control/faults`: asking for trouble over HTTP, for whoever drives the stand-in from another process."""

from aiohttp import web

from bot.sandbox.slack.arguments import read_arguments
from bot.sandbox.slack.faults import Faults
from bot.sandbox.slack.refusals import RefusalError


class Control:
    """GET lists the faults to come, POST adds one (JSON: method, kind, times, detail), DELETE clears them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    async def faults(self, request: web.Request) -> web.Response:
        """Answer with the faults that are still to come; 400 with a sentence for one that can't be."""
        if request.method == "DELETE":
            self._faults.clear()
        elif request.method == "POST":
            try:
                self._add((await read_arguments(request))[1])
            except (RefusalError, KeyError, TypeError, ValueError) as wrong:
                return web.json_response({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)
        return web.json_response(self._faults.listed())

    def _add(self, wanted: dict[str, object]) -> None:
        detail = {name: value for name, value in wanted.items() if name not in {"method", "kind", "times"}}
        times = int(str(wanted.get("times", 1)))
        self._faults.add(str(wanted["method"]), str(wanted["kind"]), times, **detail)
