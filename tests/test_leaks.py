"""What libraries would tell: each says it when nobody stops it, and none of it comes out of the bot.

Whatever is not tried here is tried by a test that `ELSEWHERE` names.
"""

import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import aiohttp
import pytest
from pydantic import ValidationError

from bot.clients.slack import SlackClient
from bot.clients.uitpas import UitpasClient
from bot.config import Settings
from bot.errors import BaliebotError
from bot.models import Message, Period, UserToken
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.uitpas import UitpasSandbox
from tests import test_bolt_mode, test_config, test_logs, test_sealing
from tests.clients import test_uitpas_secrets
from tests.clients.test_uitpas_secrets import chain, everything_said
from tests.handlers import test_door, test_web
from tests.storage import test_database
from tests.support.clock import WEDNESDAY, StillClock

ROOT = Path(__file__).parents[1]
CARD = "0930000420206"
TOKEN = "abcDEF123ghiJKL"
NAME = "Jan Peeters"

UNGUARDED = "import logging, sys, structlog\nlogging.basicConfig(level=logging.INFO, stream=sys.stderr)\n"
GUARDED = "import logging, sys, structlog\nfrom bot import logs\nlogs.configure()\n"

BOLT = """
import asyncio
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
async def authorize():
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="b")
async def fail(ack):
    await ack()
    raise ValueError("number {card}")
async def work(**more):
    app = AsyncApp(authorize=authorize, **more)
    app.command("/uitpas")(fail)
    request = AsyncBoltRequest(body="team_id=T1&command=/uitpas&text={card}+Jan+Peeters")
    await app.async_dispatch(request)
    await asyncio.sleep(0)
"""
"""A Bolt of its own, without our settings and our error handler."""

AIOHTTP = """
import asyncio
from aiohttp import ClientSession, web
async def work():
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        await session.get(f"http://127.0.0.1:{runner.addresses[0][1]}/uitid/callback?oauth_verifier={token}")
    await runner.cleanup()
asyncio.run(work())
"""

HTTPX = """
import httpx
client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(500)))
answer = client.get("https://uitid.example/passholder/uitpasNumber/{card}?oauth_token={token}")
"""

DICT_TRACEBACKS = """
def ask(number):
    local = "{name}"
    raise ValueError("no such card")
try:
    ask("{card}")
except ValueError:
    structlog.get_logger("x").exception("failed")
"""

LEAKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "httpx logs the address": (HTTPX, (CARD, TOKEN)),
    "the error of an HTTP status holds the address": (HTTPX + "answer.raise_for_status()", (CARD, TOKEN)),
    "Bolt logs the text of a listener's error": (
        BOLT + "asyncio.run(work(request_verification_enabled=False))",
        (CARD,),
    ),
    "Bolt logs the body of a request with a wrong signature": (
        BOLT + "asyncio.run(work(signing_secret='s'))",
        (CARD, "Jan+Peeters"),
    ),
    "aiohttp logs the address": (AIOHTTP, (TOKEN,)),
    "pydantic's errors show what was put in": (
        "import pydantic\nclass A(pydantic.BaseModel):\n    a: int\nA(a='card {card} oauth_token={token}')",
        (CARD, TOKEN),
    ),
    "authlib's errors quote the answer": (
        "from authlib.oauth1.client import OAuth1Client as A\nA(0, 1).parse_response_token(401, 'token={token}{card}')",
        (CARD, TOKEN),
    ),
    "lxml's errors quote the document": (
        "from lxml import etree\netree.fromstring('<response><n{card}></response>')",
        (f"n{CARD}",),
    ),
    "structlog's tracebacks show locals": (DICT_TRACEBACKS, (NAME, CARD)),
}
"""What a library does, and what of it would be read in a log."""

ELSEWHERE: dict[str, Callable[..., object]] = {
    "an exception nobody caught, wherever it is raised": (
        test_logs.test_an_exception_is_logged_without_the_number_the_token_or_locals
    ),
    "numbers however they are spelled": test_logs.test_a_number_is_masked_in_the_log_however_it_is_spelled,
    "tokens of every shape": test_logs.test_a_token_is_masked_and_the_line_stays_json,
    "libraries that log below a warning": (
        test_logs.test_libraries_go_through_the_same_mask_and_the_chatty_ones_are_quiet
    ),
    "values of settings": test_config.test_a_malformed_setting_is_named_and_its_value_is_not,
    "settings that are printed": test_config.test_what_is_set_is_read_and_does_not_show,
    "errors of UiTPAS, on answers made by hand": (test_uitpas_secrets.test_an_error_says_nothing_of_url_body_or_secret),
    "a client that is printed": test_uitpas_secrets.test_a_client_shows_no_secret,
    "bodies without a signature": test_web.test_whatever_is_not_signed_is_refused,
    "bodies with one": test_web.test_whatever_is_signed_and_senseless_is_refused_and_breaks_nothing,
    "bytes that are no HTTP": test_door.test_of_what_is_no_http_only_the_kind_is_logged,
    "a sealed text of another purpose, team, user or row": test_sealing.test_it_opens_in_no_other_context,
    "a sealed text that was changed": (
        test_sealing.test_what_was_changed_does_not_open_and_the_error_holds_nothing_of_it
    ),
    "tokens in the clear-text files of Bolt's OAuth mode": (
        test_bolt_mode.test_names_of_bolts_oauth_mode_in_the_environment_do_not_start_it
    ),
    "the database, its log, its index and their folder": (
        test_database.test_only_this_user_may_look_into_the_files_and_their_folder
    ),
}
"""What is held by a test beside the code that holds it."""


def said(head: str, script: str) -> str:
    """Return all that a process says that runs a few lines."""
    for name, value in {"{card}": CARD, "{token}": TOKEN, "{name}": NAME}.items():
        script = script.replace(name, value)
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-X", "utf8", "-c", head + script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("leak", LEAKS)
def test_a_library_would_say_it_if_nobody_stopped_it(leak: str) -> None:
    script, secrets = LEAKS[leak]
    told = said(UNGUARDED, script)
    assert [secret for secret in secrets if secret not in told] == []


@pytest.mark.parametrize("leak", LEAKS)
def test_a_library_says_nothing_of_it_once_logs_are_configured(leak: str) -> None:
    script, secrets = LEAKS[leak]
    told = said(GUARDED, script)
    assert [secret for secret in secrets if secret in told] == []


@pytest.mark.parametrize("leak", ELSEWHERE)
def test_every_other_leak_is_held_by_a_test_that_runs(leak: str) -> None:
    test = ELSEWHERE[leak]
    assert test.__name__.startswith("test_")
    assert test.__module__.rpartition(".")[2].startswith("test_")


def test_settings_that_are_refused_do_not_show_what_was_put_in() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate({"port": f"{NAME} {CARD}", "baliebot_secret_keys": TOKEN})
    assert [secret for secret in (NAME, CARD, TOKEN) if secret in f"{caught.value} {caught.value!r}"] == []


@pytest.fixture
async def slack() -> AsyncIterator[SlackSandbox]:
    """A stand-in of Slack."""
    sandbox = SlackSandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


@pytest.fixture
async def uitpas() -> AsyncIterator[UitpasSandbox]:
    """A stand-in of UiTPAS."""
    sandbox = UitpasSandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


SLACK_TROUBLES: dict[str, tuple[str, dict[str, Any]]] = {
    "refused": ("error", {"code": "channel_not_found", "text": CARD}),
    "crowded": ("ratelimited", {}),
    "broken": ("status", {"status": 500}),
    "hung up": ("drop", {}),
    "a web page": ("html", {}),
}
SLACK_VERBS: dict[str, Callable[[SlackClient, str, BinaryIO], Awaitable[object]]] = {
    "chat.postMessage": lambda client, _, __: client.post("C0DESLUIS01", Message(f"{NAME} {CARD}"), key=TOKEN),
    "response_url": lambda client, url, _: client.respond(f"{url}{TOKEN}", Message(f"{NAME} {CARD}")),
    "upload": lambda client, url, file: client.upload(f"{url}{TOKEN}", file),
}


SLACK_STEPS = [(verb, trouble) for verb in SLACK_VERBS for trouble in (*SLACK_TROUBLES, "closed")]
for _verb in ("response_url", "upload"):  # these answer with a status and no code, and 200 is all they look for
    SLACK_STEPS.remove((_verb, "refused"))
    SLACK_STEPS.remove((_verb, "a web page"))


@pytest.mark.parametrize(("verb", "trouble"), SLACK_STEPS)
async def test_an_error_of_slack_says_nothing_of_address_body_or_token(
    slack: SlackSandbox, tmp_path: Path, verb: str, trouble: str
) -> None:
    (tmp_path / "file").write_text(CARD)
    if trouble == "closed":
        await slack.aclose()
    else:
        kind, detail = SLACK_TROUBLES[trouble]
        slack.faults.add("*", kind, **detail)
    async with aiohttp.ClientSession() as session:
        client = SlackClient(token=slack.bot_token, base_url=slack.api_url, session=session, clock=StillClock())
        with (tmp_path / "file").open("rb") as file, pytest.raises(BaliebotError) as caught:
            await SLACK_VERBS[verb](client, slack.api_url, file)
    assert list(leaked(caught.value, (slack.bot_token, slack.api_url, "127.0.0.1", NAME, CARD, TOKEN))) == []


UITPAS_TROUBLES: dict[str, tuple[str, dict[str, Any]]] = {
    "broken": ("status", {}),
    "crowded": ("status", {"status": 429, "retry_after": 30}),
    "hung up": ("drop", {}),
    "broken off": ("cut", {}),
    "malformed": ("malformed", {}),
    "a web page": ("html", {}),
    "a doctype": ("doctype", {}),
    "refused": ("code", {"code": "UNKNOWN_USER", "message": f"{NAME} {CARD}"}),
    "unheard of": ("code", {"code": f"X{CARD}", "message": f"{NAME} {CARD}", "status": 500}),
    "revoked": ("revoked", {}),
}
UITPAS_VERBS: dict[str, Callable[[UitpasClient, UserToken, str], Awaitable[object]]] = {
    "periods": lambda client, token, balie: client.periods(token, balie),
    "balie_list": lambda client, token, _: client.balies(token),
    "start_report": lambda client, token, balie: client.start_report(
        token, balie, Period(WEDNESDAY.date(), WEDNESDAY.date())
    ),
    "report_download": lambda client, token, balie: client.download(token, balie, "1"),
}


@pytest.mark.parametrize("verb", UITPAS_VERBS)
@pytest.mark.parametrize("trouble", [*UITPAS_TROUBLES, "closed"])
async def test_an_error_of_uitpas_says_nothing_of_address_body_or_token(
    uitpas: UitpasSandbox, verb: str, trouble: str
) -> None:
    employee, balie = uitpas.world.employees[0], uitpas.world.balies[0]
    token = UserToken(*uitpas.issue_token(employee.uid), employee.uid)
    client = UitpasClient(
        base_url=uitpas.api_url,
        consumer_key=uitpas.consumer_key,
        consumer_secret=uitpas.consumer_secret,
        clock=StillClock(),
    )
    if trouble == "closed":
        await uitpas.aclose()
    else:
        kind, detail = UITPAS_TROUBLES[trouble]
        uitpas.faults.add("*", kind, times=-1, **detail)
    with pytest.raises(BaliebotError) as caught:
        await UITPAS_VERBS[verb](client, token, balie.consumer_key)
    await client.aclose()
    secrets = (token.token, token.secret, token.user_id, uitpas.consumer_secret, balie.consumer_key)
    assert list(leaked(caught.value, (*secrets, uitpas.api_url, "127.0.0.1", NAME, CARD))) == []


def leaked(error: BaliebotError, secrets: tuple[str, ...]) -> Iterator[str]:
    """Yield the secrets that an error tells, and whatever it drags along."""
    told = everything_said(error)
    yield from (secret for secret in secrets if secret in told)
    yield from (type(link).__name__ for link in chain(error) if link is not error)
