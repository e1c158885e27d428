"""Only requests signed as the documentation says come through."""

from urllib.parse import parse_qsl, urlencode

import httpx
import pytest

from bot.sandbox.uitpas import Balie
from bot.sandbox.uitpas.signature import read_signed

from .support import REPORT, Caller

HOST = "https://uitid.example/uitid/rest"
KEY = "0A1B2C3D-4E5F-6071-8293A4B5C6D7E8F9"
STAFF = 'oauth_token="staff-token", '


def header(signature: str, token: str) -> str:
    return (
        f'OAuth oauth_consumer_key="bot-consumer", oauth_nonce="n0nce1234", {token}'
        'oauth_timestamp="1700000000", oauth_version="1.0", oauth_signature_method="HMAC-SHA1", '
        f'oauth_signature="{signature}"'
    )


VECTORS = [
    pytest.param(
        "POST",
        "/uitpas/report/financialoverview/organiser",
        "",
        urlencode({"balieConsumerKey": KEY, "startDate": "2026-01-01T00:00:00+01:00", "endDate": "2026-03-31"}),
        header("atzhCuQcaMOn7%2Bm%2BlhlCfU8Vznw%3D", STAFF),
        "staff-token-secret",
        id="start",
    ),
    pytest.param(
        "GET",
        "/uitpas/report/financialoverview/organiser/19/status",
        f"balieConsumerKey={KEY}",
        "",
        header("%2BrgrPI%2Fu3ff7L%2BE4dplJcmYTP54%3D", STAFF),
        "staff-token-secret",
        id="status",
    ),
    pytest.param(
        "GET",
        "/uitpas/promotion/welcomeAdvantages",
        "city=Erpe-Mere&city=Aalst&title=%27t%20Hof%20%26%20co",
        "",
        header("vommlV5WF%2FUmHh41%2F44nRbBSABI%3D", ""),
        "",
        id="two-legged",
    ),
]


@pytest.mark.parametrize(("method", "path", "query", "form", "authorization", "secret"), VECTORS)
def test_the_documented_signatures_verify(
    method: str, path: str, query: str, form: str, authorization: str, secret: str
) -> None:
    signed = read_signed(method, HOST + path, query, form, authorization)
    verdicts = [
        signed.is_signed_with("bot-secret", secret),
        signed.is_signed_with("bot-secret", f"{secret}x"),
        signed.is_signed_with("other-secret", secret),
    ]
    assert verdicts == [True, False, False]


@pytest.mark.parametrize(("method", "path", "query", "form", "authorization", "secret"), VECTORS)
def test_a_changed_parameter_breaks_the_signature(
    method: str, path: str, query: str, form: str, authorization: str, secret: str
) -> None:
    signed = read_signed(method, HOST + path, f"{query}&one=more", form, authorization)
    assert not signed.is_signed_with("bot-secret", secret)


async def test_oauth_parameters_in_query_and_header_count_once(lien: Caller) -> None:
    """The official PHP client sends them so on every GET."""
    uid = lien.sandbox.employee("lien").uid
    url = f"{lien.sandbox.api_url}/uitpas/balie/list?uid={uid}"
    _, headers, _ = lien.signer().sign(url)
    header_only = read_signed("GET", url, "", "", headers["Authorization"])
    answer = await lien.http.get(f"{url}&{urlencode(dict(header_only.oauth))}", headers=headers)
    assert (answer.status_code, answer.text.count("<role>")) == (200, 5)


async def test_oauth_parameters_that_contradict_each_other_are_refused(lien: Caller) -> None:
    url = f"{lien.sandbox.api_url}/uitpas/balie/list?uid=x"
    _, headers, _ = lien.signer().sign(url)
    answer = await lien.http.get(f"{url}&oauth_nonce=other", headers=headers)
    assert (answer.status_code, answer.text) == (401, "Contradictory oauth parameters\n")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"client_secret": "wrong"}, "Invalid signature"),
        ({"resource_owner_secret": "wrong"}, "Invalid signature"),
        ({"client_key": "somebody"}, "Unknown consumer"),
        ({"resource_owner_key": "gone"}, "Unknown or revoked token"),
        ({"resource_owner_key": "", "resource_owner_secret": ""}, "User access token required"),
        ({"timestamp": "1791374340"}, "Timestamp refused"),
        ({"timestamp": "1791375000"}, "Timestamp refused"),
        ({"timestamp": "soon"}, "Timestamp refused"),
        ({"signature_method": "HMAC-SHA256"}, "Unsupported signature method"),
        ({"signature_method": "PLAINTEXT"}, "Unsupported signature method"),
    ],
)
async def test_a_bad_signature_is_refused_without_xml(
    lien: Caller, sluis: Balie, changes: dict[str, str], reason: str
) -> None:
    lien.clock.moment = lien.clock.moment.fromtimestamp(1791374660, lien.clock.moment.tzinfo)
    fields = {"balieConsumerKey": sluis.consumer_key}
    answer = await lien.get(f"{REPORT}/periods", fields, **changes)
    assert (answer.status_code, answer.headers["Content-Type"], answer.text) == (
        401,
        "text/plain; charset=utf-8",
        f"{reason}\n",
    )


@pytest.mark.parametrize("seconds", [-300, 300])
async def test_a_clock_may_differ_five_minutes(lien: Caller, sluis: Balie, seconds: int) -> None:
    timestamp = str(int(lien.clock.now().timestamp()) + seconds)
    fields = {"balieConsumerKey": sluis.consumer_key}
    answer = await lien.get(f"{REPORT}/periods", fields, timestamp=timestamp)
    assert answer.status_code == 200


@pytest.mark.parametrize("authorization", [None, "Bearer abc", "OAuth", 'OAuth oauth_nonce="1"'])
async def test_an_unsigned_request_is_forbidden(
    lien: Caller, http: httpx.AsyncClient, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = await http.get(f"{lien.sandbox.api_url}/uitpas/balie/list?uid=x", headers=headers)
    assert (answer.status_code, answer.text) == (403, "Missing signature\n")


async def test_a_request_is_accepted_once(lien: Caller) -> None:
    url = f"{lien.sandbox.api_url}/uitpas/balie/list?uid={lien.sandbox.employee('lien').uid}"
    url, headers, _ = lien.signer().sign(url)
    answers = [await lien.http.get(url, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 401]
    assert answers[1].text == "Nonce used before\n"


async def test_a_signature_holds_for_the_host_the_client_called(lien: Caller) -> None:
    uid = lien.sandbox.employee("lien").uid
    called = f"{lien.sandbox.api_url}/uitpas/balie/list?uid={uid}"
    named = called.replace("127.0.0.1", "localhost")
    _, headers, _ = lien.signer().sign(named)
    port = lien.sandbox.url.rpartition(":")[2]
    answers = [
        await lien.http.get(called, headers=headers),
        await lien.http.get(called, headers={**headers, "Host": f"localhost:{port}"}),
    ]
    assert [answer.status_code for answer in answers] == [401, 200]


async def test_a_revoked_token_is_refused_and_others_are_not(lien: Caller) -> None:
    uid = lien.sandbox.employee("lien").uid
    other = Caller(lien.sandbox, lien.http, lien.clock, lien.sandbox.issue_token(uid))
    lien.sandbox.revoke(lien.token[0])
    answers = [await one.get("/uitpas/balie/list", {"uid": uid}) for one in (lien, other)]
    assert [answer.status_code for answer in answers] == [401, 200]


async def test_calls_are_noted_with_their_employee_and_parameters(lien: Caller, sluis: Balie) -> None:
    await lien.status("99", sluis)
    noted = [(call.name, call.uid, call.params, call.moment) for call in lien.sandbox.calls]
    params = {"balieConsumerKey": sluis.consumer_key, "id": "99"}
    assert noted == [("report_status", lien.sandbox.employee("lien").uid, params, lien.clock.now())]


def test_repeated_parameters_are_all_kept() -> None:
    signed = read_signed("GET", HOST, "city=A&city=B&empty=", "", "")
    assert signed.parameters == tuple(parse_qsl("city=A&city=B&empty=", keep_blank_values=True))


@pytest.mark.parametrize(
    ("left", "put", "reason"),
    [
        ('oauth_version="1.0"', 'oauth_version="2.0"', "Unsupported version"),
        ("oauth_nonce", "oauth_other", "Missing nonce"),
    ],
)
async def test_an_oauth_header_that_lacks_something_is_refused(lien: Caller, left: str, put: str, reason: str) -> None:
    url = f"{lien.sandbox.api_url}/uitpas/balie/list"
    _, headers, _ = lien.signer().sign(url)
    answer = await lien.http.get(url, headers={"Authorization": headers["Authorization"].replace(left, put)})
    assert (answer.status_code, answer.text) == (401, f"{reason}\n")


def test_a_url_that_can_not_be_normalised_is_signed_by_nobody() -> None:
    signed = read_signed("GET", "http://localhost:99999/x", "", "", header("x", ""))
    assert not signed.is_signed_with("bot-secret", "")
