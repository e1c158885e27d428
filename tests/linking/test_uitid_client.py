"""The client of UiTiD's logins: what it signs and asks, and how little it takes of what comes back."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import oauthlib.oauth1
import pytest

from bot.clients.uitid import UitidClient
from bot.clients.xml_parser import MAX_BYTES
from bot.errors import LinkEndedError, UitpasError, UnavailableError, UnexpectedAnswerError
from bot.links import RequestToken
from bot.models import Language, UserToken
from bot.sandbox.uitpas import UitpasSandbox
from bot.sandbox.uitpas.moments import utc_now
from tests.clients.stage import BASE, MOMENT, TOKEN, StillClock
from tests.clients.test_uitpas_secrets import chain, everything_said
from tests.linking.uitid_answers import (
    CALLBACK,
    CONSUMER,
    ENDED,
    OTHER,
    REQUEST,
    SECRETS,
    STEPS,
    VERIFIER,
    Verb,
    asking,
    begin,
    end,
    failure,
    finish,
    form,
    listed,
    ours,
)
from tests.support.browser import plain_http


def signed(request: httpx.Request) -> dict[str, str]:
    """Return the OAuth parameters that a request has, and that another library would give it."""
    found = _of_header(request.headers["Authorization"])
    assert not request.url.query
    return found


def by_another(path: str, nonce: str, **more: str) -> dict[str, str]:
    """Return the OAuth parameters that another library gives to a request."""
    moment = str(int(MOMENT.timestamp()))
    signer = oauthlib.oauth1.Client("bot-consumer", "bot-secret", nonce=nonce, timestamp=moment, **more)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    _, headers, _ = signer.sign(f"{BASE}/{path}", http_method="POST", body="", headers=kind)
    return _of_header(headers["Authorization"])


def _of_header(header: str) -> dict[str, str]:
    assert header.startswith("OAuth ")
    return {name: unquote(value) for name, value in re.findall(r'(\w+)="([^"]*)"', header)}


async def test_the_first_step_signs_where_the_browser_returns_to_as_another_library_does() -> None:
    async with asking(httpx.Response(200, content=form(userId=None))) as (client, (requests)):
        assert await client.request_token(CALLBACK) == RequestToken("fresh-token", "fresh-secret")
    (request,) = requests
    assert (request.method, str(request.url), request.content) == ("POST", f"{BASE}/requestToken", b"")
    found = signed(request)
    assert found == by_another("requestToken", found["oauth_nonce"], callback_uri=CALLBACK)
    assert found["oauth_callback"] == CALLBACK


async def test_the_last_step_signs_with_the_login_and_its_verifier_as_another_library_does() -> None:
    async with asking(httpx.Response(200, content=form(weg="een") + b"\n")) as (client, requests):
        assert await client.access_token(REQUEST, VERIFIER) == UserToken("fresh-token", "fresh-secret", "fresh-user")
    (request,) = requests
    assert (request.method, str(request.url), request.content) == ("POST", f"{BASE}/accessToken", b"")
    found, login = signed(request), {"resource_owner_key": REQUEST.token, "resource_owner_secret": REQUEST.secret}
    assert found == by_another("accessToken", found["oauth_nonce"], verifier=VERIFIER, **login)
    assert (found["oauth_verifier"], "oauth_callback" in found) == (VERIFIER, False)


async def test_the_browser_is_sent_to_a_login_that_always_asks_and_to_nothing_else() -> None:
    odd = RequestToken("a&type=regular#b=c+d%20e é\n", "")
    async with asking(ENDED) as (client, _):
        url = client.authorize_url(odd, Language.EN)
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{BASE}/auth/authorize"
    assert parse_qsl(parts.query) == [("oauth_token", odd.token), ("type", "forcelogin"), ("lang", "en")]
    assert (parts.fragment, url.isascii(), url.isprintable()) == ("", True, True)


HOSTILE = {
    "a doubled token": form() + b"&oauth_token=another",
    "a doubled secret": form() + b"&oauth_token_secret=another",
    "a doubled extra": form() + b"&weg=1&weg=2",
    "no token": form(oauth_token=None),
    "no secret": form(oauth_token_secret=None),
    "an empty token": form(oauth_token=""),
    "an empty secret": form(oauth_token_secret=""),
    "a line break in the token": form(oauth_token="fresh\r\ntoken"),
    "a line break at its end": form(oauth_token="fresh-token\n"),
    "a blank in the secret": form(oauth_token_secret="fresh secret"),
    "a nul": form(oauth_token="fresh\0token"),
    "a letter beyond ASCII": form(oauth_token="frésh"),
    "bytes beyond ASCII": b"oauth_token=fr\xe9sh&oauth_token_secret=fresh-secret&userId=fresh-user",
    "a token too long": form(oauth_token="t" * 513),
    "other signs between": form().replace(b"&", b";"),
    "too many fields": form() + b"".join(f"&x{number}=y".encode() for number in range(20)),
    "a field without a value": form() + b"&fresh",
    "nothing": b"",
    "a page": b"<!doctype html><html><body>fresh-token</body></html>",
    "XML": f"<response><oauth_token>fresh-token</oauth_token>{ours()}</response>".encode(),
    "JSON": b'{"oauth_token": "fresh-token", "oauth_token_secret": "fresh-secret", "userId": "fresh-user"}',
}
NOBODY = {
    "nobody": form(userId=None),
    "an empty userId": form(userId=""),
    "two people": form() + b"&userId=another",
    "a blank userId": form(userId=" "),
    "a userId that climbs out of its path": form(userId=".."),
}


@STEPS
async def test_a_form_that_says_too_little_too_much_or_nonsense_is_refused(step: Verb) -> None:
    answers = HOSTILE | (NOBODY if step is finish else {})
    found = {why: (await failure(step, httpx.Response(200, content=body)))[0] for why, body in answers.items()}
    assert {why: type(error) for why, error in found.items()} == dict.fromkeys(answers, UnexpectedAnswerError)


STATUSES: dict[str, tuple[httpx.Response, type[UitpasError], bool | None]] = {
    "401": (httpx.Response(401, content=form()), LinkEndedError, None),
    "403": (httpx.Response(403, content=form()), LinkEndedError, None),
    "500": (httpx.Response(500, content=form()), UnavailableError, True),
    "503": (httpx.Response(503, content=form()), UnavailableError, False),
    "another success": (httpx.Response(201, content=form()), UnavailableError, True),
    "elsewhere": (httpx.Response(302, headers={"Location": f"{BASE}/else"}, content=form()), UnavailableError, True),
    "the same elsewhere": (httpx.Response(307, headers={"Location": f"{BASE}/else"}), UnavailableError, True),
    "10 MB": (httpx.Response(200, content=form() + b"&x=" + b"y" * 10_000_000), UnavailableError, True),
    "just too long": (httpx.Response(200, content=form() + b" " * MAX_BYTES), UnavailableError, True),
    "packed": (httpx.Response(200, headers={"Content-Encoding": "br"}, content=form()), UnavailableError, True),
}


@STEPS
async def test_only_a_whole_200_is_an_answer_and_nothing_is_asked_twice(step: Verb) -> None:
    found = {why: await failure(step, answer) for why, (answer, *_) in STATUSES.items()}
    assert {why: (type(error), getattr(error, "reached", None)) for why, (error, _) in found.items()} == {
        why: (kind, reached) for why, (_, kind, reached) in STATUSES.items()
    }
    assert {len(asked) for _, asked in found.values()} == {1}


async def test_a_cookie_of_one_login_goes_with_no_other() -> None:
    async with asking(httpx.Response(200, headers={"Set-Cookie": "session=1; Path=/"}, content=form())) as (
        client,
        requests,
    ):
        await begin(client)
        await finish(client)
    assert ["cookie" in request.headers for request in requests] == [False, False]


async def test_access_is_ended_under_our_own_number_among_the_linked_applications() -> None:
    async with asking(listed(OTHER, ours()), ENDED) as (client, requests):
        await client.revoke(UserToken(TOKEN.token, TOKEN.secret, "a/b?c#d"))
    path = f"{BASE}/user/a%2Fb%3Fc%23d/serviceconsumers"
    assert [(request.method, str(request.url).rstrip("?")) for request in requests] == [
        ("GET", path),
        ("POST", f"{path}/42/revoke"),
    ]
    assert [signed_by["oauth_token"] for signed_by in map(_token_of, requests)] == [TOKEN.token] * 2


def _token_of(request: httpx.Request) -> dict[str, str]:
    return _of_header(request.headers["Authorization"])


UNLISTED = {
    "nobody": listed(),
    "another": listed(OTHER),
    "another that begins alike": listed(CONSUMER.format("43", "bot-consumer-2")),
    "without a number": listed(ours("")),
    "with a way elsewhere for a number": listed(ours("../41")),
    "with a line break in it": listed(ours("4\n2")),
    "with a number too long": listed(ours("4" * 65)),
    "a number of another and our key apart": listed(
        "<serviceconsumer><ID>41</ID></serviceconsumer><serviceconsumer><consumerKey>bot-consumer</consumerKey>"
        "</serviceconsumer>"
    ),
}


async def test_nothing_is_ended_where_we_are_not_listed_as_ourselves() -> None:
    found = {why: await failure(end, answer, ENDED) for why, answer in UNLISTED.items()}
    assert {why: (type(error), len(asked)) for why, (error, asked) in found.items()} == dict.fromkeys(
        UNLISTED, (UnexpectedAnswerError, 1)
    )


UNSAID: dict[str, tuple[httpx.Response, type[UitpasError]]] = {
    "another success": (
        httpx.Response(200, content="<response><code>ACTION_SUCCEEDED</code></response>"),
        UnexpectedAnswerError,
    ),
    "an unknown code": (
        httpx.Response(200, content="<response><code>ServiceConsumerKept</code></response>"),
        UnexpectedAnswerError,
    ),
    "no code": (httpx.Response(200, content="<response/>"), UnexpectedAnswerError),
    "the code in passing": (
        httpx.Response(200, content="<response><message>ServiceConsumerRevoked</message></response>"),
        UnexpectedAnswerError,
    ),
    "a page": (httpx.Response(200, content="<html>ServiceConsumerRevoked</html>"), UnavailableError),
    "nothing": (httpx.Response(200), UnavailableError),
    "10 MB": (httpx.Response(200, content=b"<response>" + b" " * 10_000_000), UnavailableError),
    "500": (httpx.Response(500), UnavailableError),
    "401": (httpx.Response(401), LinkEndedError),
}


async def test_access_has_ended_only_when_uitid_says_so() -> None:
    found = {why: (await failure(end, listed(ours()), answer))[0] for why, (answer, _) in UNSAID.items()}
    assert {why: type(error) for why, error in found.items()} == {why: kind for why, (_, kind) in UNSAID.items()}


SILENCES = tuple(
    kind(f"{BASE}/?oauth_token={TOKEN.token}&oauth_verifier={VERIFIER}")
    for kind in (httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError)
)


@pytest.mark.parametrize("verb", [begin, finish, end])
async def test_no_error_drags_a_token_an_address_or_an_answer_along(verb: Verb) -> None:
    bodies = (form(), form() + b"&oauth_token=fresh-token", b"<response><code>fresh-token", b"\xff" + form())
    quoting = httpx.Response(400, content=f"<response><code>ODD</code><message>{TOKEN.token}</message></response>")
    answers = [httpx.Response(status, content=body) for status in (201, 401, 500) for body in bodies]
    answers += [httpx.Response(200, content=body) for body in bodies[1:]]
    answers += [listed(OTHER.replace("41", "fresh-token")), quoting]
    for answer in (*answers, *SILENCES):
        error, _ = await failure(verb, answer)
        assert [secret for secret in SECRETS if secret in everything_said(error)] == []
        assert list(chain(error)) == [error]


async def test_a_client_and_what_it_gives_show_no_secret() -> None:
    async with asking(httpx.Response(200, content=form())) as (client, _):
        shown = f"{client!r} {await begin(client)!r} {await finish(client)!r} {REQUEST!s}"
    assert [secret for secret in SECRETS if secret in shown] == []


async def test_a_login_gives_a_token_once_and_ending_its_access_ends_every_other_of_that_account() -> None:
    uitid, clock = UitpasSandbox(), StillClock(utc_now())
    await uitid.start()
    key, secret = uitid.consumer_key, uitid.consumer_secret
    client = UitidClient(base_url=uitid.api_url, consumer_key=key, consumer_secret=secret, clock=clock)
    bram = uitid.employee("bram").uid
    older = UserToken(*uitid.issue_token(bram), bram)
    request = await client.request_token("http://127.0.0.1:9/uitid/callback")
    verifier = await _consent(client.authorize_url(request, Language.NL), request, bram)
    token = await client.access_token(request, verifier)
    with pytest.raises(LinkEndedError):
        await client.access_token(request, verifier)
    await client.revoke(token)
    assert token.user_id == bram
    for ended in (token, older):
        with pytest.raises(LinkEndedError):
            await client.revoke(ended)
    await client.aclose()
    await uitid.aclose()


async def _consent(url: str, request: RequestToken, uid: str) -> str:
    form = {"oauth_token": request.token, "employee": uid, "decision": "allow"}
    async with plain_http() as browser:
        answer = await browser.post(url.partition("?")[0], data=form)
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))["oauth_verifier"]


def test_uitid_is_never_asked_over_an_open_line() -> None:
    with pytest.raises(ValueError, match="https"):
        UitidClient(base_url=BASE.replace("https", "http"), consumer_key="k", consumer_secret="s", clock=StillClock())
