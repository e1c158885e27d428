"""The Web API: which method was called, by whom, and what it answers. Follows "Using the Slack Web API"."""

from aiohttp import web

from bot.sandbox.slack.arguments import Arguments, read_arguments
from bot.sandbox.slack.conversations import direct_id
from bot.sandbox.slack.gate import Call, Gate
from bot.sandbox.slack.methods import BOT_METHODS
from bot.sandbox.slack.rates import POST
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
        """Answer one call, `ok: false` with HTTP 200 when it is refused, or 429 when it came too soon."""
        method = request.match_info["method"]
        unread: RefusalError | None = None
        token, values = "", Json()
        try:
            token, values = await read_arguments(request)
        except RefusalError as refusal:
            unread = refusal

        async def work() -> web.Response:
            headers = self._headers(token)
            try:
                if unread:
                    raise unread
                return web.json_response(self._answer(method, token, Arguments(values)), headers=headers)
            except RefusalError as no:
                return web.json_response(no.answer, status=no.status, headers=headers | no.headers)

        call = Call(method, values, self._workspace.world.stamps.now())
        return await self._gate.let_through(request, call, work)

    def _answer(self, method: str, token: str, args: Arguments) -> Json:
        self._admit(method, token)
        self._workspace.rates.count(method, self._landing(args) if method == POST else "")
        if method == OPEN_SOCKET:
            return {"ok": True, "url": self._sockets.ticket()}
        return {"ok": True, **BOT_METHODS[method](self._workspace, args)}

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

    def _landing(self, args: Arguments) -> str:
        target = args.text("channel")
        # a person's direct message counts under its own id, also before the first post opens it
        return direct_id(target) if target in self._workspace.world.people else target

    def _headers(self, token: str) -> dict[str, str]:
        if token != self._workspace.world.team.bot_token:
            return {}
        return {"X-OAuth-Scopes": ",".join(sorted(self._workspace.scopes))}
