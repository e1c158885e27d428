"""The three-legged login, from request token to access token."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from bot.sandbox.uitpas.signature import read_signed

from .support import Caller

CALLBACK = "http://127.0.0.1:9/uitid/callback?l=a%20b"


async def begin(application: Caller, fields: dict[str, str] | None = None) -> dict[str, str]:
    answer = await application.post("/requestToken", fields, callback_uri=CALLBACK)
    assert answer.status_code == 200, answer.text
    return dict(parse_qsl(answer.text))


async def decide(application: Caller, token: str, employee: str, decision: str) -> httpx.Response:
    fields = {"oauth_token": token, "employee": employee, "decision": decision}
    return await application.http.post(f"{application.sandbox.api_url}/auth/authorize", data=fields)


async def verifier(application: Caller, token: str, nick: str = "bram") -> str:
    answer = await decide(application, token, application.sandbox.employee(nick).uid, "allow")
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["oauth_verifier"]


async def finish(application: Caller, given: dict[str, str], word: str) -> httpx.Response:
    return await application.post(
        "/accessToken",
        resource_owner_key=given["oauth_token"],
        resource_owner_secret=given["oauth_token_secret"],
        verifier=word,
    )


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


async def test_the_page_lets_choose_between_all_employees(application: Caller) -> None:
    given = await begin(application)
    url = f"{application.sandbox.api_url}/auth/authorize?oauth_token={given['oauth_token']}&type=forcelogin"
    answer = await application.http.get(url)
    offered = re.findall(r'name="employee" value="([^"]+)"', answer.text)
    assert offered == [employee.uid for employee in application.sandbox.world.employees]
    assert re.findall(r'<form method="(\w+)" action="(\w+)">', answer.text) == [("post", "authorize")]
    assert re.findall(r"<button [^>]*>(\w+)<", answer.text) == ["Toestaan", "Weigeren"]


@pytest.mark.parametrize(("kind", "choices"), [("regular", 1), ("forcelogin", 8)])
async def test_a_browser_stays_logged_in_unless_login_is_forced(application: Caller, kind: str, choices: int) -> None:
    first, second = await begin(application), await begin(application)
    await verifier(application, first["oauth_token"], "greet")
    url = f"{application.sandbox.api_url}/auth/authorize?oauth_token={second['oauth_token']}&type={kind}"
    page = (await application.http.get(url)).text
    assert page.count('name="employee"') == choices
    assert ("Je bent aangemeld als Greet Lambrecht." in page) == (kind == "regular")


async def test_an_unknown_or_used_request_token_shows_no_form(application: Caller) -> None:
    given = await begin(application)
    await verifier(application, given["oauth_token"])
    page = f"{application.sandbox.api_url}/auth/authorize?oauth_token="
    answers = [await application.http.get(page + token) for token in (given["oauth_token"], "unknown", "")]
    answers.append(await decide(application, "unknown", application.sandbox.employee("bram").uid, "allow"))
    assert [(answer.status_code, "<form" in answer.text) for answer in answers] == [(400, False)] * 4


async def test_nobody_consents_without_being_chosen(application: Caller) -> None:
    given = await begin(application)
    answer = await decide(application, given["oauth_token"], "stranger", "allow")
    assert (answer.status_code, "Kies eerst wie je bent." in answer.text) == (400, True)


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
