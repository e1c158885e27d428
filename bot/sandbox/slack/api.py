"""The Web API: which method was called, by whom, and what it answers. Follows "Using the Slack Web API"."""

from aiohttp import web

from bot.sandbox.slack.arguments import Arguments, read_arguments
from bot.sandbox.slack.gate import Call, Gate
from bot.sandbox.slack.methods import BOT_METHODS
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.scopes import OF_METHOD, need
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.slack.workspace import Workspace

OPEN_SOCKET = "apps.connections.open"


class WebApi:
    """Answers `/api/METHOD`."""

    def __init__(self, workspace: Workspace, sockets: Sockets, gate: Gate) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._gate = gate

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call, `ok: false` with HTTP 200 when it is refused."""
        method = request.match_info["method"]
        refused: Json | None = None
        token, values = "", Json()
        try:
            token, values = await read_arguments(request)
        except RefusalError as refusal:
            refused = refusal.answer

        async def work() -> web.Response:
            answer = refused or self._answer(method, token, Arguments(values))
            return web.json_response(answer, headers=self._headers(token))

        call = Call(method, values, self._workspace.world.stamps.now())
        return await self._gate.let_through(request, call, work)

    def _answer(self, method: str, token: str, args: Arguments) -> Json:
        try:
            self._admit(method, token)
            if method == OPEN_SOCKET:
                return {"ok": True, "url": self._sockets.ticket()}
            return {"ok": True, **BOT_METHODS[method](self._workspace, args)}
        except RefusalError as refusal:
            return refusal.answer

    def _admit(self, method: str, token: str) -> None:
        team = self._workspace.world.team
        if method not in BOT_METHODS and method != OPEN_SOCKET:
            raise RefusalError("unknown_method", req_method=method)
        if not token:
            raise RefusalError("not_authed")
        if token not in {team.bot_token, team.app_token}:
            raise RefusalError("invalid_auth")
        if (token == team.app_token) != (method == OPEN_SOCKET):
            raise RefusalError("not_allowed_token_type")
        if method in OF_METHOD:
            need(self._workspace.scopes, OF_METHOD[method])

    def _headers(self, token: str) -> dict[str, str]:
        if token != self._workspace.world.team.bot_token:
            return {}
        return {"X-OAuth-Scopes": ",".join(sorted(self._workspace.scopes))}
