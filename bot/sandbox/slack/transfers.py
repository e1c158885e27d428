"""What goes over HTTP beside the Web API: bytes up, bytes down, and `response_url`."""

from aiohttp import BodyPartReader, web

from bot.sandbox.slack.arguments import read_arguments
from bot.sandbox.slack.gate import Call, Gate
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.workspace import Workspace

_GONE = {"expired_url", "used_url"}


class Transfers:
    """Answers upload URLs, `url_private` and response_urls."""

    def __init__(self, workspace: Workspace, gate: Gate) -> None:
        self._workspace = workspace
        self._gate = gate

    async def upload(self, request: web.Request) -> web.Response:
        """Take the bytes of an expected file, raw or multipart: 200 with `OK`, 404 or 400 with a reason."""
        file_id = request.match_info["file_id"]
        content = await _bytes_of(request)

        async def work() -> web.Response:
            upload = self._workspace.world.filing.uploads.get(file_id)
            if upload is None:
                return web.Response(status=404, text="file_not_found")
            if len(content) != upload.length:
                return web.Response(status=400, text="length_mismatch")
            upload.content = content
            return web.Response(text=f"OK - {len(content)}")

        return await self._gate.let_through(
            request, self._call("upload", {"file_id": file_id, "length": len(content)}), work
        )

    async def download(self, request: web.Request) -> web.Response:
        """Give a file to whoever shows the bot's token and has `files:read`; a sign-in page to others."""
        team = self._workspace.world.team
        allowed = request.headers.get("Authorization") == f"Bearer {team.bot_token}"
        if not allowed or "files:read" not in self._workspace.scopes:
            return web.Response(text="<html><title>Sign in</title></html>", content_type="text/html")
        file_id = request.match_info["file"].partition("-")[2]
        if file_id not in self._workspace.world.files:
            raise web.HTTPNotFound
        content = self._workspace.world.file_bytes(file_id)
        return web.Response(body=content, content_type="application/octet-stream")

    async def respond(self, request: web.Request) -> web.Response:
        """Act on a POST to a response_url: `ok`, or 404 or 400 with a code."""
        key = request.match_info["key"]
        try:
            values = (await read_arguments(request))[1]
        except RefusalError as refusal:
            return web.json_response(refusal.answer, status=400)

        async def work() -> web.Response:
            try:
                self._workspace.response_urls.respond(key, values)
            except RefusalError as refusal:
                status = 404 if refusal.answer["error"] in _GONE else 400
                return web.json_response(refusal.answer, status=status)
            return web.Response(text="ok")

        return await self._gate.let_through(request, self._call("response_url", values), work, watched=False)

    def _call(self, method: str, args: Json) -> Call:
        return Call(method, args, self._workspace.world.stamps.now())


async def _bytes_of(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.filename:
            return bytes(await part.read())
    return b""
