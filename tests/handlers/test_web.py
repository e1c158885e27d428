"""What reaches the bot over HTTP: whatever is wrong with a request is refused, quietly and without a traceback."""

import asyncio
import hashlib
import hmac
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from bot.app import running
from bot.clock import Clock
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.uitpas import UitpasSandbox
from tests.support.stage import Stage, settings_for

MARKED = "4930123456789"
FORM = "application/x-www-form-urlencoded"
GOOD = urlencode({"command": "/uitpas", "text": f"kaart {MARKED}", "team_id": "T0VOORBEELD"}).encode()
ODD: dict[str, tuple[bytes, str]] = {
    "not UTF-8": (b"payload=\xff\xfe" + MARKED.encode(), FORM),
    "broken JSON": (b'{"text": "' + MARKED.encode(), "application/json"),
    "a broken payload": (urlencode({"payload": '{"text": "' + MARKED}).encode(), FORM),
    "deep JSON": (b"[" * 100_000, "application/json"),
    "a deep payload": (b"payload=" + b"%5B" * 100_000, FORM),
    "a list as payload": (b"payload=[]", FORM),
    "a text as payload": (b"payload=%22" + MARKED.encode() + b"%22", FORM),
    "null as payload": (b"payload=null", FORM),
    "a list": (b"[]", "application/json"),
    "a number": (MARKED.encode(), "application/json"),
    "null": (b"null", "application/json"),
    "a number beyond reason": (b'{"team_id": "T0VOORBEELD", "event_ts": ' + b"9" * 5000 + b"}", "application/json"),
    "a text as action": (b'payload={"type":"block_actions","team":{"id":"T0VOORBEELD"},"actions":"x","user":7}', FORM),
    "no actions": (
        b'payload={"type":"block_actions","team":{"id":"T0VOORBEELD"},"actions":[],"user":{"id":"U1"}}',
        FORM,
    ),
    "a text as event": (
        b'{"team_id":"T0VOORBEELD","type":"event_callback","event":"type ' + MARKED.encode() + b'"}',
        "application/json",
    ),
    "a number as view": (
        b'payload={"type":"view_submission","team":{"id":"T0VOORBEELD"},"view":' + MARKED.encode() + b"}",
        FORM,
    ),
}
"""What can't be read, or what Bolt itself stumbles over."""
FOREIGN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", FORM),
    "texts where objects belong": (
        b'{"team": "' + MARKED.encode() + b'", "type": "event_callback"}',
        "application/json",
    ),
    "no team": (urlencode({"command": "/uitpas", "text": MARKED}).encode(), FORM),
    "another team": (urlencode({"command": "/uitpas", "text": MARKED, "team_id": "T0ANDERS"}).encode(), FORM),
}
"""What can be read and is not for us: Slack is told that it came, so that it does not come again."""

Post = Callable[..., "asyncio.Future[httpx.Response]"]


@pytest.fixture
async def http(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the bot."""
    async with httpx.AsyncClient(base_url=stage.bot.url) as client:
        yield client


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return all that was logged or printed until now."""
    told: list[str] = []

    def read() -> str:
        told.extend(capsys.readouterr())
        return caplog.text + "".join(told)

    return read


def signed(stage: Stage, body: bytes, kind: str, *, seconds: int = 0) -> dict[str, str]:
    """Return the headers that Slack would send with this body, so many seconds from now."""
    timestamp = str(int(stage.clock.now().timestamp()) + seconds)
    base = f"v0:{timestamp}:".encode() + body
    signature = hmac.new(stage.slack.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature}"}


def quiet(log: str) -> bool:
    """Return whether there is no traceback in a log, and nothing of a body."""
    return "Traceback" not in log and MARKED not in log and "Error handling request" not in log


async def test_what_slack_signed_is_taken(stage: Stage, http: httpx.AsyncClient) -> None:
    await stage.type("help")
    delivery = await stage.type("help")
    assert delivery.ack != {}, "the language is known by now, so the answer is in the acknowledgement"
    body = urlencode(delivery.payload).encode()
    for seconds in (-299, 0, 299):
        answer = await http.post("/slack/events", content=body, headers=signed(stage, body, FORM, seconds=seconds))
        assert answer.status_code == 200
        assert answer.json() == delivery.ack


async def test_a_charset_nobody_knows_changes_nothing(stage: Stage, http: httpx.AsyncClient) -> None:
    headers = signed(stage, GOOD, f"{FORM}; charset=nonsense")
    assert (await http.post("/slack/events", content=GOOD, headers=headers)).status_code == 200


UNSIGNED = {**ODD, **FOREIGN, "an odd charset": (GOOD, f"{FORM}; charset=nonsense"), "a good one": (GOOD, FORM)}


@pytest.mark.parametrize("what", UNSIGNED)
async def test_whatever_is_not_signed_is_refused(http: httpx.AsyncClient, log: Callable[[], str], what: str) -> None:
    body, kind = UNSIGNED[what]
    answer = await http.post("/slack/events", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.content, quiet(log())) == (401, b"", True)


@pytest.mark.parametrize("what", ODD)
async def test_whatever_is_signed_and_senseless_is_refused_and_breaks_nothing(
    stage: Stage, http: httpx.AsyncClient, log: Callable[[], str], what: str
) -> None:
    body, kind = ODD[what]
    answer = await http.post("/slack/events", content=body, headers=signed(stage, body, kind))
    assert (answer.status_code, answer.content, quiet(log())) == (401, b"", True)
    assert (await stage.type("help")).error is None


@pytest.mark.parametrize("what", FOREIGN)
async def test_whatever_is_signed_and_of_another_team_is_taken_and_nothing_comes_of_it(
    stage: Stage, http: httpx.AsyncClient, log: Callable[[], str], what: str
) -> None:
    body, kind = FOREIGN[what]
    answer = await http.post("/slack/events", content=body, headers=signed(stage, body, kind))
    assert (answer.status_code, answer.content, quiet(log())) == (200, b"", True)
    assert stage.slack.calls[-1].method == "auth.test"


async def wrong_headers(stage: Stage) -> dict[str, dict[str, bytes]]:
    """Return headers that are wrong in one thing each."""
    good = {name: value.encode() for name, value in signed(stage, GOOD, FORM).items()}
    old, new = (signed(stage, GOOD, FORM, seconds=seconds) for seconds in (-301, 301))
    return {
        "another signature": {**good, "X-Slack-Signature": b"v0=" + b"0" * 64},
        "no signature": {**good, "X-Slack-Signature": b""},
        "a signature that is not ASCII": {**good, "X-Slack-Signature": "v0=één".encode()},
        "a version of tomorrow": {**good, "X-Slack-Signature": good["X-Slack-Signature"].replace(b"v0", b"v1")},
        "no timestamp": {**good, "X-Slack-Request-Timestamp": b""},
        "another timestamp": {**good, "X-Slack-Request-Timestamp": b"1784102401"},
        "a timestamp of letters": {**good, "X-Slack-Request-Timestamp": b"abc"},
        "a timestamp below zero": {**good, "X-Slack-Request-Timestamp": b"-1"},
        "a timestamp of fractions": {**good, "X-Slack-Request-Timestamp": b"1e9"},
        "a timestamp of other digits": {**good, "X-Slack-Request-Timestamp": "١٢٣".encode()},
        "a timestamp without end": {**good, "X-Slack-Request-Timestamp": b"9" * 5000},
        "an old one": {name: value.encode() for name, value in old.items()},
        "one of later": {name: value.encode() for name, value in new.items()},
    }


def raw(headers: dict[str, bytes]) -> list[tuple[bytes, bytes]]:
    """Return headers as they go over the wire, so that they may be no text at all."""
    return [(name.encode(), value) for name, value in headers.items()]


async def test_a_request_that_is_signed_wrongly_is_refused(
    stage: Stage, http: httpx.AsyncClient, log: Callable[[], str]
) -> None:
    answers = {
        what: (await http.post("/slack/events", content=GOOD, headers=raw(headers))).status_code
        for what, headers in (await wrong_headers(stage)).items()
    }
    assert answers == dict.fromkeys(answers, 401)
    assert quiet(log())
    assert stage.slack.calls[-1].method == "auth.test", "nothing came of it"


async def test_a_changed_body_is_refused(stage: Stage, http: httpx.AsyncClient) -> None:
    answer = await http.post("/slack/events", content=GOOD + b"+", headers=signed(stage, GOOD, FORM))
    assert answer.status_code == 401


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_refused(
    stage: Stage, http: httpx.AsyncClient, log: Callable[[], str], *, chunked: bool
) -> None:
    body = b"text=" + MARKED.encode() * 41_000
    assert len(body) > 512 * 1024

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    headers = signed(stage, body, FORM)
    answer = await http.post("/slack/events", content=pieces() if chunked else body, headers=headers)
    assert (answer.status_code, answer.content, quiet(log())) == (401, b"", True)


async def test_it_tells_that_it_is_alive(http: httpx.AsyncClient) -> None:
    answer = await http.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_unknown_addresses_are_unknown(http: httpx.AsyncClient) -> None:
    assert (await http.get("/")).status_code == 404
    assert (await http.get("/slack/events")).status_code == 405


async def test_a_bot_whose_timers_stand_still_is_not_ready(http: httpx.AsyncClient) -> None:
    answer = await http.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "database: ok\ntimers: not ok\nslack: ok\nuitpas: ok\n")


@pytest.fixture
async def awake(tmp_path: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Path]]:
    """A bot whose timers run, by the clock of this machine; and its database."""
    slack, uitpas = SlackSandbox(), UitpasSandbox()
    await slack.start()
    await uitpas.start()
    settings = settings_for(tmp_path, slack, uitpas)
    try:
        async with running(settings, clock=Clock()) as bot, httpx.AsyncClient(base_url=bot.url, timeout=20) as client:
            yield client, settings.baliebot_database
    finally:
        await slack.aclose()
        await uitpas.aclose()


async def test_a_bot_that_can_work_says_so(awake: tuple[httpx.AsyncClient, Path]) -> None:
    http, _ = awake
    answer = await ready(http)
    assert (answer.status_code, answer.text) == (200, "database: ok\ntimers: ok\nslack: ok\nuitpas: ok\n")


async def test_a_database_that_can_not_be_written_is_named(awake: tuple[httpx.AsyncClient, Path]) -> None:
    http, database = awake
    assert (await ready(http)).status_code == 200
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await http.get("/readyz")
        other.execute("ROLLBACK")
    assert answer.status_code == 503
    assert "database: not ok\n" in answer.text
    assert (await ready(http)).status_code == 200


async def ready(http: httpx.AsyncClient) -> httpx.Response:
    """Ask until the timers looked for the first time, for at most ten seconds."""
    async with asyncio.timeout(10):
        while (answer := await http.get("/readyz")).status_code != 200:
            pass
    return answer
