"""Socket Mode and signed posts, seen from the wire."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.clocks import START
from tests.sandbox.slack.conftest import client_of


@asynccontextmanager
async def socket_of(slack: SlackSandbox) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """Open a socket by hand and take the hello off it."""
    opened = await client_of(slack, "").apps_connections_open(app_token=slack.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json(timeout=5)
        assert (hello["type"], hello["connection_info"]) == ("hello", {"app_id": slack.app_id})
        yield socket


async def test_a_ticket_opens_one_socket(slack: SlackSandbox) -> None:
    url = (await client_of(slack, "").apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url):
            pass
        async with session.get(url.replace("ws", "http", 1)) as again:
            assert again.status == 403


async def test_each_payload_goes_to_one_of_the_sockets(slack: SlackSandbox) -> None:
    async with socket_of(slack) as one, socket_of(slack) as other:
        got = []
        for expected in (other, one):
            typed = asyncio.create_task(slack.command("lien", "balie-de-sluis", "help"))
            envelope = await expected.receive_json(timeout=5)
            got.append((envelope["type"], envelope["accepts_response_payload"]))
            await expected.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "ja"}})
            assert (await typed).ack == {"text": "ja"}
        assert got == [("slash_commands", True)] * 2


async def test_nothing_goes_over_a_socket_that_was_told_to_leave(slack: SlackSandbox) -> None:
    async with socket_of(slack) as socket:
        await slack.disconnect_sockets("warning")
        frame = await socket.receive_json(timeout=5)
        assert (frame["type"], frame["reason"]) == ("disconnect", "warning")
        assert (await slack.command("lien", "balie-de-sluis", "help")).error == "dispatch_failed"
        async with socket_of(slack):
            await slack.sockets_ready()


async def test_the_eleventh_socket_is_sent_away(slack: SlackSandbox) -> None:
    async with aiohttp.ClientSession() as session:
        kinds, sockets = [], []
        for _ in range(11):
            opened = await client_of(slack, "").apps_connections_open(app_token=slack.app_token)
            sockets.append(await session.ws_connect(opened["url"]))
            kinds.append((await sockets[-1].receive_json(timeout=5))["type"])
        assert kinds == ["hello"] * 10 + ["disconnect"]


async def test_without_an_app_a_command_fails_at_once(slack: SlackSandbox) -> None:
    delivery = await slack.command("lien", "balie-de-sluis", "help")
    assert (delivery.error, delivery.ack) == ("dispatch_failed", {})
    slack.connect_http("http://127.0.0.1:9/nobody")
    assert (await slack.command("lien", "balie-de-sluis", "help")).error == "dispatch_failed"
    assert len(slack.world.ephemerals("lien", "balie-de-sluis")) == 2


async def test_a_post_is_signed_over_its_raw_bytes(slack: SlackSandbox) -> None:
    seen: list[tuple[bool, str]] = []

    async def events(request: web.Request) -> web.Response:
        stamp = request.headers["X-Slack-Request-Timestamp"]
        base = f"v0:{stamp}:".encode() + await request.read()
        digest = hmac.new(slack.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        seen.append((request.headers["X-Slack-Signature"] == f"v0={digest}", stamp))
        return web.Response(status=500)

    server = web.Application()
    server.router.add_post("/", events)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    delivery = await slack.command("lien", "balie-de-sluis", "één & twee")
    await runner.cleanup()
    assert seen == [(True, str(int(START.timestamp())))]
    assert delivery.error == "dispatch_failed"
