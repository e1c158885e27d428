"""An app that is nothing but an events URL: it keeps what is posted to it and answers as the test says."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json


@dataclass(frozen=True)
class Post:
    """One post that arrived."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def payload(self) -> Json:
        """What the body holds, whether JSON, a form or JSON in a form."""
        if self.body.startswith(b"{"):
            return dict(json.loads(self.body))
        form = dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        return dict(json.loads(form["payload"])) if "payload" in form else form


@dataclass(frozen=True)
class Answer:
    """What the app says. `silent` says nothing at all, `gone` breaks the connection."""

    body: Json | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    silent: bool = False
    gone: bool = False


@dataclass
class Receiver:
    """Gives its `answers` one by one, and the last of them from then on."""

    url: str = ""
    answers: list[Answer] = field(default_factory=lambda: [Answer()])
    posts: list[Post] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: web.Request) -> web.Response:
        """Keep one post and answer it."""
        self.posts.append(Post(request.headers, await request.read()))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.silent:
            await self.closing.wait()
        if answer.gone and request.transport is not None:
            request.transport.abort()
        body = "" if answer.body is None else json.dumps(answer.body)
        return web.Response(text=body, status=answer.status, headers=answer.headers)


@asynccontextmanager
async def receiving(slack: SlackSandbox, *answers: Answer) -> AsyncIterator[Receiver]:
    """Have deliveries go to an app that gives these answers, and says yes to everything without any."""
    receiver = Receiver(answers=[*answers] or [Answer()])
    server = web.Application()
    server.router.add_post("/", receiver.receive)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    slack.connect_http(receiver.url)
    try:
        yield receiver
    finally:
        receiver.closing.set()
        await runner.cleanup()
