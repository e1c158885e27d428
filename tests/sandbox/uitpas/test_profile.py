"""The pages of somebody's account at UiTiD: logging in without any application, and taking an access away."""

import re

import httpx
import pytest

from bot.sandbox.uitpas import UitpasSandbox

from .logins import link
from .support import Caller

HERE = {"Sec-Fetch-Site": "same-origin"}
REVOKE = {"consumer": "3042"}


@pytest.fixture
async def bram(application: Caller) -> Caller:
    """The application with the token of Bram, whose browser stayed logged in."""
    token = await link(application, "bram")
    return Caller(application.sandbox, application.http, application.clock, token)


async def send(caller: Caller, page: str, fields: dict[str, str], headers: dict[str, str]) -> httpx.Response:
    """Hand in a form of a page."""
    return await caller.http.post(f"{caller.sandbox.url}/uitid/{page}", data=fields, headers=headers)


async def profile(caller: Caller, lang: str = "nl") -> httpx.Response:
    """Open the page of who is logged in."""
    return await caller.http.get(f"{caller.sandbox.url}/uitid/profile?lang={lang}")


async def works(caller: Caller) -> bool:
    """Tell whether a token is still good."""
    uid = caller.sandbox.employee("bram").uid
    return (await caller.get("/uitpas/balie/list", {"uid": uid})).status_code == 200


def told(page: httpx.Response) -> list[str]:
    """Return the paragraphs and buttons of a page, without the line that all have."""
    return re.findall(r"<(?:p|button [^>]*)>(.*?)</(?:p|button)>", page.text)


async def test_an_employee_takes_access_away_and_every_token_ends(bram: Caller) -> None:
    uid = bram.sandbox.employee("bram").uid
    other = Caller(bram.sandbox, bram.http, bram.clock, bram.sandbox.issue_token(uid))
    before = await profile(bram)
    answer = await send(bram, "profile", REVOKE, HERE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/uitid/profile?lang=nl")
    assert [await works(one) for one in (bram, other)] == [False, False]
    assert told(before) == [
        "Je bent aangemeld als Bram Cosemans.",
        "Deze toepassing heeft toegang tot UiTPAS in jouw naam:",
        "<b>Baliebot</b>: Onkostennota&#x27;s en kaarten vanuit Slack",
        "Toegang intrekken",
        "Afmelden",
    ]
    assert told(await profile(bram, "en")) == [
        "You are logged in as Bram Cosemans.",
        "No application has access in your name.",
        "Log out",
    ]


async def test_the_access_of_others_stays(bram: Caller, lien: Caller) -> None:
    await send(bram, "profile", REVOKE, HERE)
    assert (await lien.get("/uitpas/balie/list", {"uid": lien.sandbox.employee("lien").uid})).status_code == 200
    assert "Geen enkele toepassing heeft toegang in jouw naam." in told(await profile(bram))


async def test_the_forms_of_the_page_hold_what_they_hand_in(bram: Caller) -> None:
    page = (await profile(bram, "en")).text
    assert re.findall(r'<form method="(\w+)" action="(\w+)">', page) == [("post", "profile"), ("post", "logout")]
    held = re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', page)
    assert held == [("lang", "en"), *REVOKE.items(), ("lang", "en")]


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://127.0.0.1:1"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "own"}, False),
        ({"Origin": "own", "Sec-Fetch-Site": "cross-site"}, True),
    ],
)
async def test_only_the_page_itself_can_take_access_away(bram: Caller, headers: dict[str, str], *, kept: bool) -> None:
    own = {name: value.replace("own", bram.sandbox.url) for name, value in headers.items()}
    answer = await send(bram, "profile", REVOKE, own)
    assert (answer.status_code, await works(bram)) == ((403, True) if kept else (303, False))


async def test_nothing_is_taken_away_without_a_login_or_from_another_application(bram: Caller) -> None:
    other = await send(bram, "profile", {"consumer": "1"}, HERE)
    bram.http.cookies.clear()
    nobody = await send(bram, "profile", {**REVOKE, "lang": "en"}, HERE)
    assert [answer.headers["Location"] for answer in (other, nobody)] == [
        "/uitid/profile?lang=nl",
        "/uitid/login?lang=en",
    ]
    assert await works(bram)


async def test_somebody_logs_in_and_out_without_any_application(sandbox: UitpasSandbox, application: Caller) -> None:
    greet = {"employee": sandbox.employee("greet").uid}
    asked = await application.http.get(f"{sandbox.url}/uitid/login")
    let_in = await send(application, "login", greet, HERE)
    inside = await profile(application)
    left = dict(application.http.cookies)
    out = await send(application, "logout", {}, HERE)
    after = await profile(application)
    application.http.cookies.update(left)
    steps = [answer.headers["Location"] for answer in (let_in, out, after, await profile(application))]
    assert (asked.text.count('name="employee"'), told(asked)) == (8, ["Aanmelden"])
    assert told(inside)[0] == "Je bent aangemeld als Greet Lambrecht."
    assert steps == ["/uitid/profile?lang=nl"] + ["/uitid/login?lang=nl"] * 3


@pytest.mark.parametrize("page", ["login", "logout"])
async def test_another_site_logs_nobody_in_or_out(sandbox: UitpasSandbox, application: Caller, page: str) -> None:
    application.http.cookies.set(*sandbox.open_session("bram"))
    fields = {"employee": sandbox.employee("greet").uid}
    answer = await send(application, page, fields, {"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "Dit kan alleen vanaf de pagina van UiTiD zelf." in answer.text) == (403, True)
    assert told(await profile(application))[0] == "Je bent aangemeld als Bram Cosemans."


async def test_nobody_logs_in_without_being_chosen(application: Caller) -> None:
    answer = await send(application, "login", {"lang": "en"}, HERE)
    assert (answer.status_code, "First choose who you are." in answer.text) == (400, True)
    assert answer.text.count('name="employee"') == 8


async def test_the_pages_of_an_account_are_no_calls_of_the_api(application: Caller) -> None:
    application.sandbox.faults.add("*", "status", times=-1)
    answer = await profile(application)
    assert (answer.status_code, list(application.sandbox.calls)) == (303, [])
