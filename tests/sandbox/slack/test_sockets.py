"""Socket Mode and signed posts, seen from the wire."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.clocks import START, HandClock
from tests.sandbox.slack.conftest import client_of
from tests.sandbox.slack.desk_app import make_app, over_socket


@asynccontextmanager
async def socket_of(slack: SlackSandbox) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """Open a socket by hand and take the hello off it."""
    opened = await client_of(slack, "").apps_connections_open(app_token=slack.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json(timeout=5)
        assert (hello["type"], hello["connection_info"]) == ("hello", {"app_id": slack.app_id})
        yield socket


async def greeting(slack: SlackSandbox) -> dict[str, Any]:
    """Open a socket and return the first frame."""
    opened = await client_of(slack, "").apps_connections_open(app_token=slack.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        return dict(await socket.receive_json(timeout=5))


async def answered(slack: SlackSandbox, socket: aiohttp.ClientWebSocketResponse) -> str | None:
    """Have a shortcut chosen and acknowledge it over that socket; return what error the person saw."""
    chosen = asyncio.create_task(slack.shortcut("lien", "report"))
    envelope = await socket.receive_json(timeout=5)
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    return (await chosen).error


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


@pytest.mark.parametrize("reason", ["refresh_requested", "too_many_websockets"])
async def test_nothing_goes_over_a_socket_that_was_told_to_leave(slack: SlackSandbox, reason: str) -> None:
    async with socket_of(slack) as socket:
        await slack.disconnect_sockets(reason)
        frame = await socket.receive_json(timeout=5)
        assert (frame["type"], frame["reason"]) == ("disconnect", reason)
        assert (await slack.command("lien", "balie-de-sluis", "help")).error == "dispatch_failed"
        async with socket_of(slack):
            await slack.sockets_ready()


async def test_a_warned_socket_is_used_for_ten_seconds(slack: SlackSandbox, clock: HandClock) -> None:
    async with socket_of(slack) as socket:
        await slack.disconnect_sockets("warning")
        assert (await socket.receive_json(timeout=5))["reason"] == "warning"
        clock.forward(seconds=9)
        await slack.disconnect_sockets("warning")
        assert (await socket.receive_json(timeout=5))["reason"] == "warning"
        assert await answered(slack, socket) is None
        clock.forward(seconds=1)
        assert (await slack.command("lien", "balie-de-sluis", "help")).error == "dispatch_failed"


async def test_a_warned_socket_that_the_app_closed_is_used_no_more(slack: SlackSandbox) -> None:
    async with socket_of(slack) as steady:
        async with socket_of(slack) as leaving:
            await slack.disconnect_sockets("warning")
            assert [(await one.receive_json(timeout=5))["reason"] for one in (steady, leaving)] == ["warning"] * 2
        for _ in range(3):
            assert await answered(slack, steady) is None


async def test_a_warned_socket_is_not_one_to_count_on(slack: SlackSandbox) -> None:
    async with socket_of(slack) as leaving:
        await slack.disconnect_sockets("warning")
        ready = asyncio.create_task(slack.sockets_ready())
        await leaving.receive_json(timeout=5)
        assert not ready.done()
        async with socket_of(slack):
            await asyncio.wait_for(ready, 5)


async def test_an_app_that_was_warned_goes_on_over_its_new_socket(slack: SlackSandbox) -> None:
    app = make_app(slack)

    @app.command("/uitpas")
    async def answer(ack: Any) -> None:
        await ack("Bezig")

    async with over_socket(slack, app):
        await slack.disconnect_sockets("warning")
        async with asyncio.timeout(5):
            await slack.sockets_ready()
        assert (await slack.command("lien", "balie-de-sluis", "help")).ack == {"text": "Bezig"}


async def test_a_link_that_was_disabled_lets_no_socket_in(slack: SlackSandbox) -> None:
    async with socket_of(slack) as socket:
        telling = asyncio.create_task(slack.disconnect_sockets("link_disabled"))
        frame, end = await socket.receive_json(timeout=5), await socket.receive(timeout=5)
        await telling
        assert (frame["reason"], end.type) == ("link_disabled", aiohttp.WSMsgType.CLOSE)
    assert await greeting(slack) == {"type": "disconnect", "reason": "link_disabled"}
    slack.connect_socket()
    assert (await greeting(slack))["type"] == "hello"


async def test_an_acknowledgement_counts_over_whichever_socket_it_comes(slack: SlackSandbox) -> None:
    async with socket_of(slack) as old:
        typed = asyncio.create_task(slack.command("lien", "balie-de-sluis", "help"))
        envelope = await old.receive_json(timeout=5)
        await slack.disconnect_sockets()
        async with socket_of(slack) as new:
            await old.close()
            await new.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Toch nog"}})
            assert (await typed).ack == {"text": "Toch nog"}


async def test_only_the_first_acknowledgement_counts(slack: SlackSandbox) -> None:
    async with socket_of(slack) as socket:
        typed = asyncio.create_task(slack.command("lien", "balie-de-sluis", "help"))
        envelope = await socket.receive_json(timeout=5)
        for text in ("Eén", "Twee"):
            await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": text}})
        assert (await typed).ack == {"text": "Eén"}
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Drie"}})
        assert await answered(slack, socket) is None
    assert [one.text for one in slack.world.ephemerals("lien", "balie-de-sluis")] == ["Eén"]


@pytest.mark.parametrize("sent", ["{", "[]", "1", '{"envelope_id": []}', '{"envelope_id": "onbekend"}'])
async def test_what_makes_no_sense_over_a_socket_is_left_alone(slack: SlackSandbox, sent: str) -> None:
    async with socket_of(slack) as socket:
        await socket.send_str(sent)
        assert await answered(slack, socket) is None


async def test_a_socket_that_breaks_before_it_answers_is_a_timeout_for_the_person(slack: SlackSandbox) -> None:
    slack.patience = 0.2
    async with socket_of(slack) as socket:
        typed = asyncio.create_task(slack.command("lien", "balie-de-sluis", "help"))
        await socket.receive_json(timeout=5)
    assert (await typed).error == "operation_timeout"
    [seen] = slack.world.ephemerals("lien", "balie-de-sluis")
    assert seen.text == '/uitpas failed with the error "operation_timeout"'


async def test_an_event_over_a_socket_that_broke_comes_again_over_another(slack: SlackSandbox) -> None:
    slack.patience = 0.2
    event = {"type": "app_home_opened", "user": "U0LIEN00001"}
    async with socket_of(slack) as socket:
        brought = asyncio.create_task(slack.event(event, event_id="Ev1"))
        envelopes = [await socket.receive_json(timeout=5)]
    assert (await brought).error == "operation_timeout"
    slack.patience = 3
    async with socket_of(slack) as socket:
        again = asyncio.create_task(slack.redeliver_due())
        envelopes.append(await socket.receive_json(timeout=5))
        await socket.send_json({"envelope_id": envelopes[1]["envelope_id"]})
        [delivery] = await again
    assert [(one["retry_attempt"], one["retry_reason"]) for one in envelopes] == [(0, ""), (1, "timeout")]
    assert [one["payload"] for one in envelopes] == [delivery.payload] * 2
    assert (envelopes[0]["envelope_id"] != envelopes[1]["envelope_id"], delivery.error) == (True, None)
    assert await slack.redeliver_due() == []


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
