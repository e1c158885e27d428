"""The commands that stay: they say where they are, do their work, and stop cleanly when told to."""

import asyncio
import json
import re
import signal
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.keys import LOST
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.uitpas import UitpasSandbox
from bot.sealing import new_key
from tests.support.program import Program, stop

SAID = "vorig kwartaal"
AMOUNT = re.compile(r"€\s?\d")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with nothing set."""
    return Program(tmp_path, {})


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Program]:
    """The program set up for two stand-ins that run here."""
    uitpas, slack = UitpasSandbox(), SlackSandbox()
    await uitpas.start()
    await slack.start()
    yield Program(
        tmp_path,
        {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "UITPAS_API_URL": uitpas.api_url,
            "UITPAS_CONSUMER_KEY": uitpas.consumer_key,
            "UITPAS_CONSUMER_SECRET": uitpas.consumer_secret,
            "BALIEBOT_SECRET_KEYS": new_key(),
        },
    )
    await slack.aclose()
    await uitpas.aclose()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def line_of(process: Process) -> str:
    """Return the next line that a process prints."""
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 30)).decode().rstrip("\n")


async def ready(url: str) -> str:
    """Return what `/readyz` says once it is green; the test's own time limit ends the wait."""
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{url}/readyz") as response:
                    if response.status == 200:
                        return await response.text()
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0)


async def test_the_demo_says_what_slack_would_show(program: Program) -> None:
    done = await program.run("demo", "--say", f"rapport {SAID}")
    assert (done.status, done.err) == (0, "")
    assert "CC De Sluis" in done.out
    assert re.search(r"onkostennota_de-sluis_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.zip", done.out)
    assert AMOUNT.search(done.out)


async def test_the_demo_shows_what_only_the_asker_sees(program: Program) -> None:
    done = await program.run("demo", "--say", "rapport ooit eens")
    assert (done.status, done.err) == (0, "")
    assert "Die periode begrijp ik niet." in done.out


async def test_the_demo_goes_on_where_it_was(program: Program) -> None:
    first = await program.run("demo", "--data", "world", "--say", f"rapport {SAID}")
    second = await program.run("demo", "--data", "world", "--say", f"rapport {SAID}")
    assert (first.status, second.status) == (0, 0)
    assert second.out.startswith(first.out.rstrip("\n"))
    assert "is hier al bezorgd" in second.out.removeprefix(first.out.rstrip("\n"))


async def test_the_demo_does_not_look_at_the_environment(program: Program) -> None:
    (program.folder / ".env").write_text("PORT=nonsense\nSLACK_BOT_TOKEN=xoxb-real\n")
    done = await program.run(
        "demo", "--say", "help", SLACK_API_URL="https://slack.invalid/api/", BALIEBOT_DATABASE="elsewhere.db"
    )
    assert (done.status, done.err) == (0, "")
    assert "/uitpas" in done.out
    assert [path.name for path in program.folder.iterdir()] == [".env"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_demo_stays_up_at_one_url_until_it_is_stopped(program: Program, number: int) -> None:
    async with program.started("demo", "--port", "0", "--data", "world") as process:
        url = await line_of(process)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{url}/api/auth.test", headers={"Authorization": "Bearer nobody"}) as response,
        ):
            assert await response.json() == {"ok": False, "error": "invalid_auth"}
        done = await stop(process, number)
    assert (done.status, done.out) == (0, "")
    assert "Traceback" not in done.err


async def test_the_stand_in_of_uitpas_prints_what_a_client_needs(program: Program) -> None:
    async with program.started("sandbox", "uitpas", "--port", "0") as process:
        said = dict([(await line_of(process)).split("=", 1) for _ in range(3)])
        async with aiohttp.ClientSession() as session, session.get(f"{said['UITPAS_API_URL']}/uitpas/balie/list") as it:
            assert it.status == 403
        done = await stop(process, signal.SIGINT)
    assert list(said) == ["UITPAS_API_URL", "UITPAS_CONSUMER_KEY", "UITPAS_CONSUMER_SECRET"]
    assert (done.status, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_serving_ends_with_0_when_told_to_stop(served: Program, number: int) -> None:
    port = free_port()
    async with served.started("serve", PORT=str(port)) as process:
        assert await ready(f"http://127.0.0.1:{port}") == "database: ok\ntimers: ok\nslack: ok\nuitpas: ok\n"
        done = await stop(process, number)
    assert (done.status, done.out) == (0, "")
    assert "Traceback" not in done.err


async def test_serving_can_be_stopped_while_slack_does_not_answer(served: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/api/"
    async with served.started("serve", PORT="0", SLACK_API_URL=nobody) as process:
        assert process.stderr is not None
        line = (await asyncio.wait_for(process.stderr.readline(), 20)).decode()
        assert json.loads(line)["event"] == "slack_does_not_answer"
        done = await stop(process, signal.SIGTERM)
    assert (done.status, done.out) == (0, "")
    assert "Traceback" not in done.err


async def test_serving_on_a_port_in_use_is_one_plain_sentence(served: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = await served.run("serve", PORT=str(taken.getsockname()[1]))
    assert (done.status, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert "PORT" in done.err


async def test_a_token_that_slack_refuses_is_one_plain_sentence(served: Program) -> None:
    done = await served.run("serve", SLACK_BOT_TOKEN="xoxb-somebody-elses", PORT="0")
    assert (done.status, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert "invalid_auth" in done.err
    assert "elses" not in done.err


async def test_other_keys_than_the_databases_are_one_plain_sentence(served: Program) -> None:
    port = free_port()
    async with served.started("serve", PORT=str(port)) as process:
        await ready(f"http://127.0.0.1:{port}")
        await stop(process, signal.SIGTERM)
    done = await served.run("serve", BALIEBOT_SECRET_KEYS=new_key(), PORT="0")
    assert (done.status, done.out) == (1, "")
    assert done.err == f"baliebot: {LOST}\n"


async def test_the_team_is_asked_of_slack_where_nobody_names_it(served: Program) -> None:
    (served.folder / "balies.csv").write_text("alias,name,consumer_key,channels\nde-kuil,De Kuil,key-1,\n")
    done = await served.run("balies", "import", "balies.csv")
    assert (done.status, done.out) == (0, "1 balies imported\n")
    there = await served.run("balies", "export")
    named = await served.run("balies", "export", "--team", SlackSandbox().team_id)
    assert there.out == named.out == "alias,name,consumer_key,channels\nde-kuil,De Kuil,key-1,\n"
