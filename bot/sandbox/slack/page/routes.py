"""The page over HTTP: its files, its snapshots, its changes, and what people do on it."""

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.slack.deliver import Deliveries
from bot.sandbox.slack.page.acts import Acts
from bot.sandbox.slack.page.asked import acting
from bot.sandbox.slack.page.snapshot import snapshot
from bot.sandbox.slack.page.stream import Stream
from bot.sandbox.slack.records import Person
from bot.sandbox.slack.sight import reads
from bot.sandbox.slack.workspace import Workspace

_FOLDER = Path(__file__).parent
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"}


class Page:
    """The routes of the page. `stream` holds the pages that are open."""

    def __init__(self, workspace: Workspace, deliveries: Deliveries) -> None:
        self.stream = Stream(workspace.world)
        self._workspace = workspace
        self._world = workspace.world
        self._acts = Acts(workspace.world, deliveries)

    def add_to(self, app: web.Application) -> None:
        """Add the routes to the server; its streams end when it shuts down."""
        app.router.add_get("/page/changes", self.stream.handle)
        app.router.add_get("/page/snapshot", self.snapshot)
        app.router.add_get("/page/file/{id}", self.file)
        app.router.add_get("/page/{file}", self.static)
        app.router.add_post("/page/{act}", self._acts.handle)
        app.router.add_get("/favicon.ico", self.no_icon)
        app.on_shutdown.append(self.stream.close)

    async def front(self, _: web.Request) -> web.Response:
        """Give the page itself."""
        return _static("index.html")

    async def static(self, request: web.Request) -> web.Response:
        """Give one of its files."""
        return _static(request.match_info["file"])

    async def no_icon(self, _: web.Request) -> web.Response:
        """Tell a browser, which asks by itself, that there is no icon."""
        return web.Response(status=204)

    async def snapshot(self, request: web.Request) -> web.Response:
        """Give all that one person sees; their direct message with the app opens as they look."""
        person = self._acting(request)
        self._world.open_im(person.id)
        shown = snapshot(self._world, self._workspace.installation, person)
        return web.json_response(shown, headers=_HEADERS)

    async def file(self, request: web.Request) -> web.Response:
        """Give a file to somebody who is in a conversation where it was shared."""
        person, file = self._acting(request), self._world.files.get(request.match_info["id"])
        channels = self._world.talk.channels
        if file is None or not any(reads(person, channels[share.channel]) for share in file.shares):
            raise web.HTTPNotFound(text="there is no such file")
        headers = {**_HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return web.Response(body=self._world.file_bytes(file.id), headers=headers)

    def _acting(self, request: web.Request) -> Person:
        try:
            return acting(self._world, request.query.get("as", ""))
        except LookupError as error:
            raise web.HTTPNotFound(text=str(error)) from None
        except PermissionError as error:
            raise web.HTTPForbidden(text=str(error)) from None


def _static(name: str) -> web.Response:
    served = {path.name: path for path in _FOLDER.iterdir() if path.suffix in _TYPES}
    if name not in served:
        raise web.HTTPNotFound(text="the page has no such file")
    path = served[name]
    return web.Response(text=path.read_text(encoding="utf-8"), content_type=_TYPES[path.suffix], headers=_HEADERS)
