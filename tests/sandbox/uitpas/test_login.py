"""The three-legged login, from request token to access token."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from bot.sandbox.uitpas.signature import read_signed

from .logins import CALLBACK, begin, decide, finish, look, verifier
from .support import Caller


async def test_an_employee_who_consents_gives_a_token_that_works(application: Caller) -> None:
    bram = application.sandbox.employee("bram")
    given = await begin(application, {"wens": "terug & heen"})
    ended = dict(parse_qsl((await finish(application, given, await verifier(application, given["oauth_token"]))).text))
    assert list(ended) == ["userId", "oauth_token", "oauth_token_secret", "wens"]
    assert (ended["userId"], ended["wens"]) == (bram.uid, "terug & heen")
    application.token = (ended["oauth_token"], ended["oauth_token_secret"])
    assert (await application.get("/uitpas/balie/list", {"uid": bram.uid})).status_code == 200


async def test_the_callback_gets_token_and_verifier_beside_its_own_query(application: Caller) -> None:
    given = await begin(application)
    answer = await decide(application, given["oauth_token"], application.sandbox.employee("bram").uid, "allow")
    location = urlsplit(answer.headers["Location"])
    query = dict(parse_qsl(location.query))
    word = query.pop("oauth_verifier")
    assert (answer.status_code, location.netloc, location.path, len(word)) == (
        303,
        "127.0.0.1:9",
        "/uitid/callback",
        16,
    )
    assert query == {"l": "a b", "oauth_token": given["oauth_token"]}


async def test_who_refuses_goes_back_without_a_verifier_and_the_login_is_over(application: Caller) -> None:
    given = await begin(application)
    answer = await decide(application, given["oauth_token"], "", "deny")
    query = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert query == {"l": "a b", "oauth_token": given["oauth_token"]}
    assert (await finish(application, given, "anything")).status_code == 401
    late = await decide(application, given["oauth_token"], application.sandbox.employee("bram").uid, "allow")
    assert late.status_code == 400


async def test_the_page_lets_choose_between_all_employees(application: Caller) -> None:
    given = await begin(application)
    answer = await look(application, given["oauth_token"], type="forcelogin")
    offered = re.findall(r'name="employee" value="([^"]+)"', answer.text)
    assert offered == [employee.uid for employee in application.sandbox.world.employees]
    assert re.findall(r'<form method="(\w+)" action="(\w+)">', answer.text) == [("post", "authorize")]
    assert re.findall(r"<button [^>]*>(\w+)<", answer.text) == ["Toestaan", "Weigeren"]


@pytest.mark.parametrize(("kind", "choices"), [("regular", 1), ("forcelogin", 8)])
async def test_a_browser_stays_logged_in_unless_login_is_forced(application: Caller, kind: str, choices: int) -> None:
    first, second = await begin(application), await begin(application)
    await verifier(application, first["oauth_token"], "greet")
    page = (await look(application, second["oauth_token"], type=kind)).text
    assert page.count('name="employee"') == choices
    assert ("Je bent aangemeld als Greet Lambrecht." in page) == (kind == "regular")


async def test_an_unknown_or_used_request_token_shows_no_form(application: Caller) -> None:
    given = await begin(application)
    await verifier(application, given["oauth_token"])
    answers = [await look(application, token) for token in (given["oauth_token"], "unknown", "")]
    answers.append(await decide(application, "unknown", application.sandbox.employee("bram").uid, "allow"))
    assert [(answer.status_code, "<form" in answer.text) for answer in answers] == [(400, False)] * 4


async def test_nobody_consents_without_being_chosen(application: Caller) -> None:
    given = await begin(application)
    answer = await decide(application, given["oauth_token"], "stranger", "allow")
    again = await decide(application, given["oauth_token"], "", "allow", lang="en")
    assert [(one.status_code, re.findall(r'role="alert">([^<]+)<', one.text)) for one in (answer, again)] == [
        (400, ["Kies eerst wie je bent."]),
        (400, ["First choose who you are."]),
    ]
    assert (answer.text.count('type="radio"'), len(await verifier(application, given["oauth_token"]))) == (8, 16)


async def test_a_verifier_works_once_and_only_the_right_one(application: Caller) -> None:
    given = await begin(application)
    early = await finish(application, given, "")
    word = await verifier(application, given["oauth_token"])
    answers = [await finish(application, given, each) for each in ("wrong", word, word)]
    assert [answer.status_code for answer in (early, *answers)] == [401, 401, 200, 401]


@pytest.mark.parametrize("callback", ["", "oob", "javascript:alert(1)"])
async def test_a_login_needs_a_web_address_to_come_back_to(application: Caller, callback: str) -> None:
    answer = await application.post("/requestToken", callback_uri=callback)
    assert (answer.status_code, answer.text) == (400, "oauth_callback must be a web address\n")


async def test_oauth_parameters_repeated_in_the_body_are_accepted(application: Caller) -> None:
    """The official PHP client repeats all of them for the request token, and the verifier for the access token."""
    signer = application.signer(callback_uri=CALLBACK)
    url = f"{application.sandbox.api_url}/requestToken"
    _, headers, _ = signer.sign(url, "POST")
    form = dict(read_signed("POST", url, "", "", headers["Authorization"]).oauth)
    given = dict(parse_qsl((await application.http.post(url, headers=headers, data=form)).text))
    word = await verifier(application, given["oauth_token"])
    signer = application.signer(
        resource_owner_key=given["oauth_token"],
        resource_owner_secret=given["oauth_token_secret"],
        verifier=word,
    )
    url = f"{application.sandbox.api_url}/accessToken"
    _, headers, _ = signer.sign(url, "POST")
    form_headers = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    answer = await application.http.post(url, headers=form_headers, content=urlencode({"oauth_verifier": word}))
    assert answer.text.startswith(f"userId={application.sandbox.employee('bram').uid}&oauth_token=")
