"""What goes wrong on demand in the steps of a login, and an application that is refused altogether."""

from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from bot.sandbox.uitpas import Faults

from .logins import CALLBACK, begin, finish, look, verifier
from .support import Caller, refusal

SECRET, TOKEN, USER = "oauth_token_secret", "oauth_token", "userId"


async def ask(application: Caller) -> httpx.Response:
    """Ask for a request token."""
    return await application.post("/requestToken", callback_uri=CALLBACK)


async def exchange(application: Caller, kind: str, **detail: Any) -> httpx.Response:
    """Take a login to its last step, which goes wrong."""
    given = await begin(application)
    word = await verifier(application, given[TOKEN])
    application.sandbox.faults.add("access_token", kind, **detail)
    return await finish(application, given, word)


@pytest.mark.parametrize(("kind", "names"), [("doubled_key", [TOKEN, SECRET, TOKEN]), ("without_secret", [TOKEN])])
async def test_a_request_token_may_be_answered_badly(application: Caller, kind: str, names: list[str]) -> None:
    application.sandbox.faults.add("request_token", kind)
    answer = await ask(application)
    pairs = parse_qsl(answer.text)
    assert (answer.status_code, [name for name, _ in pairs], len({value for _, value in pairs})) == (
        200,
        names,
        len(names),
    )
    assert [name for name, _ in parse_qsl((await ask(application)).text)] == [TOKEN, SECRET]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("doubled_key", [USER, TOKEN, SECRET, TOKEN]),
        ("without_secret", [USER, TOKEN]),
        ("without_user", [TOKEN, SECRET]),
    ],
)
async def test_an_access_token_may_be_answered_badly(application: Caller, kind: str, names: list[str]) -> None:
    answer = await exchange(application, kind)
    pairs = parse_qsl(answer.text)
    assert (answer.status_code, [name for name, _ in pairs], len({value for _, value in pairs})) == (
        200,
        names,
        len(names),
    )
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


async def test_a_bad_answer_leaves_a_refusal_as_it_is(application: Caller) -> None:
    application.sandbox.faults.add("access_token", "without_user")
    answer = await finish(application, await begin(application), "early")
    assert (answer.status_code, answer.text) == (401, "No consent yet\n")


async def test_the_steps_of_a_login_fail_like_every_other_call(application: Caller) -> None:
    faults = application.sandbox.faults
    faults.add("request_token", "status", status=503, retry_after=7)
    faults.add("request_token", "code", code="ACCESS_DENIED", message="No.")
    faults.add("request_token", "delay", seconds=30)
    answers = [await ask(application) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 400, 200]
    assert (answers[0].headers["Retry-After"], answers[1].content) == ("7", refusal("ACCESS_DENIED", "No."))
    assert application.clock.slept == [30]


@pytest.mark.parametrize(("processed", "status"), [(False, 200), (True, 401)])
async def test_an_exchange_without_answer_may_have_been_done(
    application: Caller, *, processed: bool, status: int
) -> None:
    given = await begin(application)
    word = await verifier(application, given[TOKEN])
    application.sandbox.faults.add("access_token", "drop", processed=processed)
    with pytest.raises(httpx.TransportError):
        await finish(application, given, word)
    assert (await finish(application, given, word)).status_code == status


async def test_a_refused_application_gets_401_everywhere_until_that_is_cleared(
    application: Caller, lien: Caller
) -> None:
    given = await begin(application)
    word, fresh = await verifier(application, given[TOKEN]), await begin(application)
    application.sandbox.faults.add("*", "refused_all")

    async def everything() -> list[httpx.Response]:
        uid = application.sandbox.employee("lien").uid
        return [
            await lien.get("/uitpas/balie/list", {"uid": uid}),
            await application.get("/uitpas/balie/search"),
            await ask(application),
            await finish(application, given, word),
        ]

    refused = [*await everything(), *await everything()]
    page = await look(application, fresh[TOKEN], type="forcelogin")
    application.sandbox.faults.clear()
    assert [(one.status_code, one.text) for one in refused] == [(401, "Unknown consumer\n")] * 8
    assert (page.status_code, page.text.count('name="employee"')) == (200, 8)
    assert [one.status_code for one in await everything()] == [200] * 4


async def test_a_refused_application_is_refused_as_often_as_asked(application: Caller) -> None:
    application.sandbox.faults.add("*", "refused_all", times=1)
    assert [(await ask(application)).status_code for _ in range(2)] == [401, 200]


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        ("periods", "doubled_key", "doubled_key is only for access_token request_token"),
        ("request_token", "without_user", "without_user is only for access_token"),
        ("authorize", "refused_all", "refused_all is only for "),
        ("periods", "refused_all", r"refused_all is for every call: \*"),
    ],
)
def test_a_fault_of_another_call_is_refused(call: str, kind: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Faults().add(call, kind)


async def test_faults_of_a_login_wait_for_their_own_calls(application: Caller) -> None:
    application.sandbox.faults.add("*", "without_user", times=-1)
    given = await begin(application)
    word = await verifier(application, given[TOKEN])
    assert [name for name, _ in parse_qsl((await finish(application, given, word)).text)] == [TOKEN, SECRET]
