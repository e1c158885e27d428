"""Signatures, against vectors that other implementations of OAuth 1.0a computed."""

import subprocess
import sys
from urllib.parse import quote, unquote, urlencode

import httpx
import pytest

from bot.clients.oauth import UitpasAuth, random_nonce
from bot.models import UserToken
from tests.clients.stage import BASE, StillClock

STAFF = UserToken("staff-token", "staff-token-secret", "")
KEY = "0A1B2C3D-4E5F-6071-8293A4B5C6D7E8F9"
REPORT = f"{BASE}/uitpas/report/financialoverview/organiser"
FORM = {"balieConsumerKey": KEY, "startDate": "2026-01-01T00:00:00+01:00", "endDate": "2026-03-31"}
FILTER = urlencode([("city", "Erpe-Mere"), ("city", "Aalst"), ("title", "'t Hof & co")], quote_via=quote, safe="")


def signed(request: httpx.Request, token: UserToken | None) -> dict[str, str]:
    """Return the OAuth parameters that a request is sent with."""
    auth = UitpasAuth(
        consumer_key="bot-consumer",
        consumer_secret="bot-secret",
        clock=StillClock(),
        token=token,
        nonce=lambda: "n0nce1234",
    )
    header = next(auth.sync_auth_flow(request)).headers["Authorization"]
    assert header.startswith("OAuth ")
    pairs = (pair.split("=", 1) for pair in header.removeprefix("OAuth ").split(", "))
    return {name: unquote(value.strip('"')) for name, value in pairs}


def parameters(signature: str) -> dict[str, str]:
    return {
        "oauth_nonce": "n0nce1234",
        "oauth_timestamp": "1700000000",
        "oauth_version": "1.0",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_consumer_key": "bot-consumer",
        "oauth_signature": signature,
    }


def test_a_form_is_signed_with_its_body() -> None:
    request = httpx.Request("POST", REPORT, data=FORM)

    assert signed(request, STAFF) == parameters("atzhCuQcaMOn7+m+lhlCfU8Vznw=") | {"oauth_token": "staff-token"}


def test_a_form_is_signed_with_its_body_however_its_content_type_is_written() -> None:
    headers = {"CONTENT-TYPE": "application/x-www-form-urlencoded"}
    request = httpx.Request("POST", REPORT, content=urlencode(FORM), headers=headers)

    assert signed(request, STAFF)["oauth_signature"] == "atzhCuQcaMOn7+m+lhlCfU8Vznw="


def test_a_question_for_an_employee_is_signed_with_its_query() -> None:
    request = httpx.Request("GET", f"{REPORT}/19/status?balieConsumerKey={KEY}")

    assert signed(request, STAFF) == parameters("+rgrPI/u3ff7L+E4dplJcmYTP54=") | {"oauth_token": "staff-token"}


def test_without_a_token_two_legs_sign_repeated_and_quoted_parameters() -> None:
    request = httpx.Request("GET", f"{BASE}/uitpas/promotion/welcomeAdvantages?{FILTER}")

    assert signed(request, None) == parameters("vommlV5WF/UmHh41/44nRbBSABI=")


def test_signing_changes_neither_url_nor_body() -> None:
    request = httpx.Request("POST", REPORT, data=FORM)
    before = str(request.url), request.content

    signed(request, STAFF)

    assert (str(request.url), request.content) == before


def test_no_nonce_comes_twice() -> None:
    assert len({random_nonce() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("secret", ["bot-secret", "staff-token", "staff-token-secret"])
def test_a_signer_shows_no_secret(secret: str) -> None:
    auth = UitpasAuth(consumer_key="k", consumer_secret="bot-secret", clock=StillClock(), token=STAFF)

    assert secret not in repr(auth) + repr(STAFF)


def test_importing_the_client_warns_of_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import bot.clients.uitpas"], capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")
