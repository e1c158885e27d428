"""The page on which an employee logs in and consents: its languages, its form, and a login that was left open."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from .logins import begin, decide, finish, link, look
from .support import Caller

DUTCH = ("nl", "Aanmelden met UiTiD", "Dit is een nagebouwd UiTiD om mee te oefenen. Hier is geen wachtwoord nodig.")
ENGLISH = ("en", "Log in with UiTiD", "This is a UiTiD rebuilt for practice. No password is needed here.")
READ = re.compile(r'<html lang="(\w+)">.*<h1>(.*)</h1>\n<p class="note">(.*?)</p>', re.DOTALL)


def nicks(page: str) -> list[str]:
    """Return who can be chosen."""
    return re.findall(r'<label for="(\w+)">', page)


def chosen(page: str) -> list[str]:
    """Return who is chosen already."""
    return re.findall(r'id="(\w+)" required checked', page)


@pytest.mark.parametrize(("lang", "words"), [("nl", DUTCH), ("en", ENGLISH), ("fr", DUTCH), ("", DUTCH)])
async def test_the_page_is_dutch_unless_english_is_asked_for(
    application: Caller, lang: str, words: tuple[str, str, str]
) -> None:
    given = await begin(application)
    shown = await look(application, given["oauth_token"], lang=lang)
    kept = await decide(application, given["oauth_token"], "", "allow", lang=words[0])
    over = await look(application, "unknown", lang=lang)
    assert [READ.search(page.text).groups() for page in (shown, kept)] == [words] * 2  # type: ignore[union-attr]
    assert f'name="lang" value="{words[0]}"' in shown.text
    assert f'<html lang="{words[0]}">' in over.text


async def test_the_page_has_no_script_and_lets_none_in(application: Caller) -> None:
    given = await begin(application)
    answer = await look(application, given["oauth_token"])
    policy = answer.headers["Content-Security-Policy"]
    assert re.sub(r"sha256-[\w+/=]+", "sha256", policy) == (
        "default-src 'none'; style-src 'sha256'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    )
    assert ("<script" in answer.text, "password" in answer.text) == (False, False)
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in answer.text


async def test_every_choice_says_where_that_employee_works(application: Caller) -> None:
    given = await begin(application)
    page = (await look(application, given["oauth_token"])).text
    found = dict(re.findall(r'<label for="(\w+)">.*?</label><small id="\1-at">(.*?)</small>', page))
    assert list(found) == [one.nick for one in application.sandbox.world.employees]
    assert (found["bram"], found["noor"]) == ("CC De Sluis", "werkt aan geen balie")
    assert found["joris"] == "Zwembad De Kuil &amp; Zonen, Jeugdhuis Het Vlot"


async def test_an_address_chooses_its_employee_and_nothing_else_does(application: Caller) -> None:
    token = (await begin(application))["oauth_token"]
    pages = [await look(application, token, **query) for query in ({}, {"email": "greet@uitid.example"})]
    assert [chosen(page.text) for page in pages] == [[], ["greet"]]


async def test_at_a_login_left_open_the_next_person_consents_in_that_name(application: Caller) -> None:
    application.http.cookies.set(*application.sandbox.open_session("katrien"))
    given = await begin(application)
    page = (await look(application, given["oauth_token"])).text
    assert ("Je bent aangemeld als Katrien Dewitte." in page, nicks(page)) == (True, [])
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    answer = await application.http.post(
        f"{application.sandbox.api_url}/auth/authorize", data={**fields, "decision": "allow"}
    )
    word = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["oauth_verifier"]
    ended = dict(parse_qsl((await finish(application, given, word)).text))
    assert ended["userId"] == application.sandbox.employee("katrien").uid


async def test_a_forced_login_asks_at_a_login_left_open_with_nobody_chosen(application: Caller) -> None:
    application.http.cookies.set(*application.sandbox.open_session("katrien"))
    given = await begin(application)
    page = (await look(application, given["oauth_token"], type="forcelogin")).text
    assert (len(nicks(page)), chosen(page), "aangemeld als" in page) == (8, [], False)


def test_only_an_employee_can_leave_a_login_open(application: Caller) -> None:
    with pytest.raises(KeyError):
        application.sandbox.open_session("nobody")


async def test_who_consents_takes_the_place_of_who_was_logged_in(application: Caller) -> None:
    name, left_open = application.sandbox.open_session("katrien")
    application.http.cookies.set(name, left_open, domain="127.0.0.1", path="/uitid")
    await link(application, "bram")
    now = await look(application, (await begin(application))["oauth_token"])
    application.http.cookies.set(name, left_open, domain="127.0.0.1", path="/uitid")
    before = await look(application, (await begin(application))["oauth_token"])
    assert "Je bent aangemeld als Bram Cosemans." in now.text
    assert nicks(before.text) == [one.nick for one in application.sandbox.world.employees]
