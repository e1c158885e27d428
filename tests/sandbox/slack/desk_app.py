"""A small real Bolt app, reached over HTTP or Socket Mode, for the tests of deliveries."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.conftest import client_of


def make_app(slack: SlackSandbox) -> AsyncApp:
    """Return an app without listeners that speaks to the stand-in only."""
    return AsyncApp(client=client_of(slack, slack.bot_token), signing_secret=slack.signing_secret)


@asynccontextmanager
async def over_http(slack: SlackSandbox, app: AsyncApp) -> AsyncIterator[None]:
    """Have deliveries go to the app through a signed POST."""

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post("/slack/events", events)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def over_socket(slack: SlackSandbox, app: AsyncApp) -> AsyncIterator[None]:
    """Have deliveries go to the app through Socket Mode."""
    handler = AsyncSocketModeHandler(app, slack.app_token, web_client=client_of(slack, slack.app_token))
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    slack.connect_socket()
    try:
        async with asyncio.timeout(5):
            await slack.sockets_ready()
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


Way = Callable[[SlackSandbox, AsyncApp], Any]
WAYS: dict[str, Way] = {"http": over_http, "socket": over_socket}
