"""The forms of our pages (S3): taken from our own page alone, and whatever is wrong with them is one refusal."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from handlers.render import linking_texts as texts
from tests.linking.doors import COOKIE, GONE, STOPPED, dump, linked, said, states
from tests.linking.rows import calls
from tests.support.browser import OWN, Journey, browsing, number_of

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"
FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://elders.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {},
]
"""What a browser says of a form that another page sent, or that came from nowhere."""

BODIES: dict[str, tuple[bytes, str]] = {
    "too big": (b"l={l}&x=" + b"a" * 8192, FORM),
    "the number twice": (b"l={l}&l={l}", FORM),
    "too many fields": (b"l={l}&a=1&b=1&c=1&d=1&e=1", FORM),
    "not ASCII": (b"l={l}&x=\xff\xfe", FORM),
    "no form": (b'{"l": "{l}"}', "application/json"),
    "in parts": (
        b'--x\r\nContent-Disposition: form-data; name="l"\r\n\r\n{l}\r\n--x--',
        "multipart/form-data; boundary=x",
    ),
    "parts without a boundary": (b"l", PARTS),
    "too long a number": (b"l={l}" + b"A" * 600, FORM),
    "half a character": (b"l={l}%ED%A0%80", FORM),
    "nothing": (b"", FORM),
}
"""Bodies that are none of our forms; {l} is a number that would do."""


async def test_a_form_of_another_page_changes_nothing(link: Journey) -> None:
    await link.ask()
    before, fields = dump(link.stage), {"l": number_of(link.url)}
    own = link.stage.bot.url
    mixed = {"Sec-Fetch-Site": "cross-site", "Origin": own}
    for sent in [*FOREIGN, mixed, {"Origin": own.replace("http:", "https:")}, {"Origin": f"{own}0"}]:
        answers = [await link.browser.post(link.page(name), fields, sent) for name in ("start", "stop")]
        assert [(one.status_code, said(one)) for one in answers] == [(404, GONE)] * 2, sent
    assert (dump(link.stage), link.browser.cookies) == (before, {})


async def test_a_browser_that_tells_its_origin_alone_is_taken_at_that(link: Journey) -> None:
    await link.ask()
    sent = {"Origin": link.stage.bot.url}
    assert (await link.browser.post(link.page("start"), {"l": number_of(link.url)}, sent)).status_code == 303
    assert said(await link.browser.post(link.page("stop"), {}, sent)) == STOPPED


async def test_a_body_that_is_none_of_our_forms_is_refused_like_any_other(
    link: Journey, capsys: pytest.CaptureFixture[str]
) -> None:
    await link.ask()
    before, number = dump(link.stage), number_of(link.url).encode()
    http = link.browser.http
    for what, (body, kind) in BODIES.items():
        content, sent = body.replace(b"{l}", number), OWN | {"Content-Type": kind}
        answers = [await http.post(link.page(name), content=content, headers=sent) for name in ("start", "stop")]
        assert [(one.status_code, said(one)) for one in answers] == [(404, GONE)] * 2, what
    assert dump(link.stage) == before
    assert "page_failed" not in capsys.readouterr().out


async def test_a_body_of_no_stated_length_is_refused(link: Journey) -> None:
    await link.ask()

    async def form() -> AsyncIterator[bytes]:
        yield f"l={number_of(link.url)}".encode()

    answer = await link.browser.http.post(link.page("start"), content=form(), headers=OWN | {"Content-Type": FORM})
    assert (answer.status_code, said(answer), states(link.stage)) == (404, GONE, ["new"])


async def test_a_cookie_that_is_no_text_is_an_unknown_one(link: Journey, capsys: pytest.CaptureFixture[str]) -> None:
    await link.ask()
    sent = {b"Cookie": f"{COOKIE}=".encode() + b"a\xff\xfe", b"Sec-Fetch-Site": b"same-origin"}
    http, number = link.browser.http, {"l": number_of(link.url)}
    pages = ("go", "done", "callback?oauth_token=x&oauth_verifier=y")
    answers = [await http.get(link.page(page), headers=sent) for page in pages]
    answers.append(await http.post(link.page("stop"), headers=sent))
    assert [(one.status_code, said(one)) for one in answers] == [(404, GONE)] * 4
    posted = await http.post(link.page("start"), data=number, headers=sent)
    assert posted.status_code == 303
    assert "page_failed" not in capsys.readouterr().out


async def _nothing(_: Journey) -> None:
    pass


async def _go(link: Journey) -> None:
    await link.go()


async def _come_back(link: Journey) -> None:
    await link.go()
    await link.consent()
    await link.come_back()


@pytest.mark.parametrize("until", [_nothing, _go, _come_back])
async def test_stop_destroys_the_link_of_this_browser(
    link: Journey, until: Callable[[Journey], Awaitable[None]]
) -> None:
    await link.ask()
    await until(link)
    number = {"l": number_of(link.url)} if until is _nothing else {}
    assert said(await link.browser.post(link.page("stop"), number)) == STOPPED
    assert states(link.stage) == []
    again = await link.browser.post(link.page("stop"), number)
    assert (again.status_code, said(again)) == (404, GONE)


async def test_another_browser_can_stop_only_what_nobody_opened(link: Journey) -> None:
    await link.ask()
    await link.go()
    async with browsing() as other:
        answer = await other.post(link.page("stop"), {"l": number_of(link.url)})
        assert (said(answer), states(link.stage)) == (GONE, ["asked"])


async def test_whoever_read_their_code_out_can_stop_until_the_account_is_confirmed(link: Journey) -> None:
    await link.see_code()
    await link.type_code()
    assert said(await link.browser.post(link.page("stop"))) == STOPPED
    assert states(link.stage) == ["revoking"]
    await link.say("link_yes")
    assert (link.whisper.text, states(link.stage), linked(link.stage)) == (texts.OVER.nl, [], ["U0LIEN00001"])
    assert calls(link.stage).count("revoke_service_consumer") == 1


async def test_stop_says_that_nothing_was_linked_only_where_it_prevented_it(link: Journey) -> None:
    await link.link()
    stopped = await link.browser.post(link.page("stop"))
    assert (stopped.status_code, said(stopped), linked(link.stage)) == (404, GONE, ["U0BRAM00002", "U0LIEN00001"])
