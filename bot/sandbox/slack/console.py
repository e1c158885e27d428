"""Typing and reading over plain HTTP, for whoever has `curl` and no browser at hand."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.slack.deliver import Deliveries
from bot.sandbox.slack.world import World

USAGE = """\
This is a stand-in for Slack. Everybody in it is invented. Open {url}/ in a browser to use it there.

Type a command as somebody, in a channel:
  curl {url}/say --data-urlencode "text=rapport vorig kwartaal" -d as=lien -d in=balie-de-sluis
Read a conversation as somebody sees it (in=dm for their direct messages with the bot):
  curl "{url}/conversation?as=lien&in=balie-de-sluis"
Fetch a file that was posted:
  curl -OJ {url}/file/NAME

People: {people}
Channels: {channels}
"""


class Console:
    """Answers in plain text. `as` and `in` are names; by default the first person in the first channel.

    `page` is what a browser gets at the front door instead.
    """

    def __init__(
        self, world: World, deliveries: Deliveries, page: Callable[[web.Request], Awaitable[web.Response]]
    ) -> None:
        self._world = world
        self._deliveries = deliveries
        self._page = page

    def routes(self) -> list[web.RouteDef]:
        """Return what to add to the server."""
        return [
            web.get("/", self.usage),
            web.post("/say", self.say),
            web.get("/conversation", self.conversation),
            web.get("/file/{name}", self.file),
        ]

    async def usage(self, request: web.Request) -> web.Response:
        """Tell what can be done; show the page to who reads HTML."""
        if "text/html" in request.headers.get("Accept", ""):
            return await self._page(request)
        people = ", ".join(person.name for person in self._world.people.values() if not person.is_bot)
        channels = ", ".join(channel.name for channel in self._world.talk.channels.values() if channel.name)
        url = f"http://{request.host}"
        return web.Response(text=USAGE.format(url=url, people=people, channels=channels))

    async def say(self, request: web.Request) -> web.Response:
        """Type a command; return the conversation once it is acknowledged."""
        form = await request.post()
        user, channel = self._who_and_where(str(form.get("as", "")), str(form.get("in", "")))
        try:
            await self._deliveries.command(user, channel, "/uitpas", str(form.get("text", "")))
        except PermissionError as error:
            raise web.HTTPForbidden(text=f"{error}\n") from None
        return web.Response(text=f"{self._world.transcript(channel, user)}\n")

    async def conversation(self, request: web.Request) -> web.Response:
        """Return a conversation as one person sees it."""
        user, channel = self._who_and_where(request.query.get("as", ""), request.query.get("in", ""))
        return web.Response(text=f"{self._world.transcript(channel, user)}\n")

    async def file(self, request: web.Request) -> web.Response:
        """Return the latest file of that name."""
        name = request.match_info["name"]
        found = [file for file in self._world.files.values() if file.name == name]
        if not found:
            raise web.HTTPNotFound(text="no file of that name was posted\n")
        headers = {"Content-Disposition": f'attachment; filename="{found[-1].name}"'}
        return web.Response(body=self._world.file_bytes(found[-1].id), headers=headers)

    def _who_and_where(self, user: str, channel: str) -> tuple[str, str]:
        everybody = [person.id for person in self._world.people.values()]
        try:
            who = self._world.person(user).id if user else everybody[0]
            if channel == "dm":
                return who, self._world.open_im(who)
            return who, self._world.channel(channel).id if channel else next(iter(self._world.talk.channels))
        except LookupError as error:
            raise web.HTTPNotFound(text=f"{error}\n") from None
