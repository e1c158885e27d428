"""What is logged: one JSON object a line, without card numbers and tokens, whoever logs it and however it ends.

Each case runs in a process of its own, as logging belongs to the whole process.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.redaction import mask_numbers

ROOT = Path(__file__).parents[1]
CARD = "0930000420206"
TOKEN = "abcDEF123ghiJKL"


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines in a process whose logs are configured."""
    head = "import logging, sys, structlog\nfrom bot import logs\nlogs.configure()\n"
    return subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-X", "utf8", "-c", head + script, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return what was logged; every line of stderr must be an object of JSON."""
    return [json.loads(line) for line in done.stderr.splitlines()]


def logged(text: str) -> str:
    """Return what becomes of a text that structlog logs as a value."""
    (line,) = lines(run("structlog.get_logger('x').info('said', text=sys.argv[1])", text))
    return str(line["text"])


SPELLINGS = [
    CARD,
    "0930 0004 20206",
    "0930 000 420 206",
    "0930.000.420.206",
    "0930-0004-20206",
    "0930/0004/20206",
    "0 9 3 0 0 0 0 4 2 0 2 0 6",
    "0930  -  000420206",
    "0930\u00a0000\u202f420\u2009206",
    "0930\u20110004\u201320206",
    "\u0660\u0669\u0663\u0660\u0660\u0660\u0660\u0664\u0662\u0660\u0662\u0660\u0666",
    "85.07.30-033.61",
    "850730 033 61",
]


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_is_masked_however_it_is_spelled(number: str) -> None:
    assert mask_numbers(f"kaart {number} van Lien") == "kaart ••• van Lien"


@pytest.mark.parametrize("number", [*SPELLINGS, "0930000\t420206", "0930000\n420206", "0930+0004+20206"])
def test_a_number_is_masked_in_the_log_however_it_is_spelled(number: str) -> None:
    assert logged(f"kaart {number} van Lien") == "kaart ••• van Lien"


def test_a_number_in_a_url_is_masked() -> None:
    assert logged(f"GET https://x.example/uitpas/passholder/uitpasNumber/{CARD}?a=1") == (
        "GET https://x.example/uitpas/passholder/uitpasNumber/•••?a=1"
    )
    assert CARD[-6:] not in logged("GET https://x.example/?number=0930%200004%20420206")


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-15",
        "2026-07-15 08:00:00.123456+00:00",
        "2026-07-15T08:00:00.123456Z",
        "2026-07-01 2026-09-30",
        "2026-07-01 – 2026-09-30",
        "01/07/2026",
        "12345678",
        "€ 1.031,25",
        "balie 77, 12 sales",
    ],
)
def test_dates_amounts_and_short_numbers_stay(text: str) -> None:
    assert mask_numbers(text) == text


@pytest.mark.parametrize("text", ["2026-07-15 0930000420206", "0930000420206 2026-07-15", "2026-07-15 08 0930000"])
def test_a_date_beside_a_number_does_not_save_it(text: str) -> None:
    assert "0930000" not in mask_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        f"xoxb-1234-5678-{TOKEN}",
        f"xapp-1-A012-5678-{TOKEN}",
        f"xoxe.xoxp-1-{TOKEN}",
        f"oauth_token={TOKEN}&x=1",
        f"oauth_token_secret={TOKEN}",
        f"oauth_verifier={TOKEN}",
        f"token={TOKEN}",
        f'Authorization: OAuth oauth_consumer_key="x", oauth_token="{TOKEN}", oauth_version="1.0"',
        f"Authorization: Bearer {TOKEN}",
        json.dumps({"token": TOKEN}),
    ],
)
def test_a_token_is_masked_and_the_line_stays_json(text: str) -> None:
    assert TOKEN not in logged(text)


def test_a_number_that_is_a_value_of_its_own_leaves_the_line_json() -> None:
    done = run(f"structlog.get_logger('x').info('said', number=int('9{CARD}'))")
    assert CARD not in done.stderr
    assert [line["event"] for line in lines(done)] == ["said"]


def test_libraries_go_through_the_same_mask_and_the_chatty_ones_are_quiet() -> None:
    done = run(
        f"""
for name in ("httpx", "httpcore.http11", "slack_sdk.web", "slack_bolt.app", "aiohttp.access", "lxml", "ours"):
    logging.getLogger(name).info("GET /card/%s", "{CARD}")
logging.getLogger("httpx").warning("GET /card/%s", "{CARD}")
logging.getLogger("slack_bolt.AsyncApp").setLevel(logging.INFO)
logging.getLogger("slack_bolt.AsyncApp").info("Invalid request signature, body: Jan Peeters")
"""
    )
    assert [(line["logger"], line["level"], line["event"]) for line in lines(done)] == [
        ("lxml", "info", "GET /card/•••"),
        ("ours", "info", "GET /card/•••"),
        ("httpx", "warning", "GET /card/•••"),
    ]
    assert done.stdout == ""


def test_a_line_says_when_where_and_how_bad() -> None:
    (line,) = lines(run("structlog.get_logger('bot.x').warning('said', team='T1')"))
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "said", "level": "warning", "logger": "bot.x", "team": "T1"}


RAISE = f"""
def ask(number):
    local = "inside " + number
    raise ValueError("no such card " + number + " oauth_token={TOKEN}")
"""


TASK = """
import asyncio, gc
async def later():
    ask('{card}')
async def work():
    asyncio.create_task(later())
    await asyncio.sleep(0)
asyncio.run(work())
gc.collect()
"""


@pytest.mark.parametrize(
    "fail",
    [
        "try:\n    ask('{card}')\nexcept ValueError:\n    structlog.get_logger('x').exception('failed')",
        "try:\n    ask('{card}')\nexcept ValueError:\n    logging.getLogger('x').exception('failed')",
        "ask('{card}')",
        "import threading\nthread = threading.Thread(target=ask, args=['{card}'])\nthread.start()\nthread.join()",
        "class Bad:\n    def __del__(self):\n        ask('{card}')\nBad()",
        TASK,
    ],
    ids=["structlog", "logging", "uncaught", "in a thread", "in a finaliser", "in a task"],
)
def test_an_exception_is_logged_without_the_number_the_token_or_locals(fail: str) -> None:
    done = run(RAISE + fail.replace("{card}", CARD))
    assert done.stderr != ""
    for secret in (CARD, TOKEN, "inside "):
        assert secret not in done.stderr
    assert lines(done) != []


def test_an_uncaught_exception_is_one_line_and_fails_the_process() -> None:
    done = run(RAISE + f"ask('{CARD}')")
    assert done.returncode == 1
    (line,) = lines(done)
    assert (line["event"], line["level"], line["logger"]) == ("uncaught", "critical", "baliebot")
    assert line["exception"].endswith("ValueError: no such card ••• •••")


def test_of_a_quiet_process_only_warnings_are_seen() -> None:
    done = run(
        """
logs.configure(verbose=False)
structlog.get_logger("x").info("info")
structlog.get_logger("x").warning("warning")
"""
    )
    assert [line["event"] for line in lines(done)] == ["warning"]
