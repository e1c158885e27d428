"""The cookie that binds a link to one browser (S3, S4), and what stands on every page and in no page."""

import asyncio
import re

from tests.linking.doors import COOKIE, COOKIES, GONE, SILENT, dump, guards, headers, said, sealed, states
from tests.linking.rows import calls
from tests.support.browser import Journey, authorize_url, browsing, number_of


async def opened(link: Journey) -> str:
    """Say on the first page that it was them; return the line that sets the cookie."""
    answer = await link.browser.post(link.page("start"), {"l": number_of(link.url)})
    return str(answer.headers["set-cookie"])


async def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts_and_other_sites(link: Journey) -> None:
    await link.ask()
    first, *attributes = (await opened(link)).split("; ")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax", "Secure"]
    await link.ask()
    second = (await opened(link)).split("; ")[0]
    assert all(re.fullmatch(rf"{COOKIE}=[\w-]{{43}}", pair) for pair in (first, second))
    assert first != second


async def test_a_link_once_opened_is_nobody_elses(link: Journey) -> None:
    await link.ask()
    await link.go()
    async with browsing() as other:
        answer = await other.post(link.page("start"), {"l": number_of(link.url)})
        assert (answer.status_code, said(answer), other.cookies) == (404, GONE, {})
        other.cookies[COOKIE] = "A" * 43
        pages = [await other.get(link.page(name)) for name in ("go", "done")]
        assert [(one.status_code, said(one)) for one in pages] == [(404, GONE)] * 2
    assert calls(link.stage) == ["request_token"]
    await link.consent()
    await link.come_back()


async def test_there_is_no_code_before_the_login_came_back(link: Journey) -> None:
    await link.ask()
    await opened(link)
    answers = [await link.browser.get(link.page(name)) for name in ("done", "go", "done")]
    assert [(one.status_code, said(one) == GONE) for one in answers] == [(404, True), (200, False), (404, True)]


async def test_where_cookies_are_blocked_nothing_is_asked_of_uitid(link: Journey) -> None:
    await link.ask()
    await opened(link)
    link.browser.cookies.clear()
    before = dump(link.stage)
    answer = await link.browser.get(link.page("go"))
    assert (answer.status_code, said(answer)) == (400, COOKIES)
    assert (dump(link.stage), calls(link.stage)) == (before, [])


async def test_a_second_tab_goes_the_same_way_with_one_request_token(link: Journey) -> None:
    await link.ask()
    await opened(link)
    cookies = dict(link.browser.cookies)
    await opened(link)
    assert link.browser.cookies == cookies
    tabs = await asyncio.gather(*(link.browser.get(link.page("go")) for _ in range(4)))
    tabs.append(await link.browser.get(link.page("go")))
    (link.authorize,) = {authorize_url(tab) for tab in tabs}
    assert calls(link.stage) == ["request_token"]
    await link.consent()
    await link.come_back()
    assert [link.code in said(await link.browser.get(link.page("done"))) for _ in range(2)] == [True, True]
    late = await link.browser.get(link.page("go"))
    assert (late.status_code, late.headers["location"]) == (303, link.page("done"))
    assert calls(link.stage).count("request_token") == 1


async def test_while_uitid_is_silent_or_answers_nonsense_the_page_offers_to_try_again(link: Journey) -> None:
    await link.ask()
    await opened(link)
    before = dump(link.stage)
    kinds = ("status", "drop", "html", "doubled_key", "without_secret", "refused_all")
    for kind in kinds:
        call = "*" if kind == "refused_all" else "request_token"
        link.stage.uitpas.faults.add(call, kind, times=1)
        answer = await link.browser.get(link.page("go"))
        assert (answer.status_code, said(answer)) == (503, SILENT), kind
    assert dump(link.stage) == before
    link.authorize = authorize_url(await link.browser.get(link.page("go")))
    await link.consent()
    await link.come_back()


async def test_every_page_and_redirect_is_guarded_and_holds_no_script(link: Journey) -> None:
    await link.ask()
    browser, number = link.browser, {"l": number_of(link.url)}
    answers = [await browser.get(link.url), await browser.get(link.page("go")), await browser.get(link.page("done"))]
    link.stage.uitpas.faults.add("request_token", "drop")
    answers += [await browser.post(link.page("start"), number)]
    answers += [await browser.get(link.page("go")) for _ in range(2)]
    link.authorize = authorize_url(answers[-1])
    await link.consent()
    answers += [await browser.get(link.callback), await browser.get(link.page("done"))]
    answers += [await browser.post(link.page("stop")), await browser.get(link.callback)]
    expected = guards(answers[0])
    for answer in answers:
        told = {name: value for name, value in headers(answer).items() if name not in {"set-cookie", "location"}}
        kind = {} if answer.status_code == 303 else {"content-type": "text/html; charset=utf-8"}
        assert told == expected | kind
        assert re.search(r"<script|javascript:|\son\w+=|<iframe|<object", answer.text, re.IGNORECASE) is None
    assert [one.status_code for one in answers] == [200, 400, 404, 303, 503, 200, 303, 200, 200, 404]


async def test_cookie_number_tokens_and_code_stand_only_where_they_must(link: Journey) -> None:
    await link.ask()
    start = await link.browser.get(link.url)
    posted = await link.browser.post(link.page("start"), {"l": number_of(link.url)})
    go = await link.browser.get(posted.headers["location"])
    link.authorize = authorize_url(go)
    await link.consent()
    back = await link.browser.get(link.callback)
    done = await link.browser.get(back.headers["location"])
    content = await sealed(link)
    secrets = {
        "number": number_of(link.url),
        "cookie": link.browser.cookies[COOKIE],
        "request": content["request"],
        "request_secret": content["request_secret"],
        "verifier": content["verifier"],
        "code": content["code"],
        "code as shown": f"{content['code'][:4]}-{content['code'][4:]}",
    }
    places = {
        name: f"{page.headers.get('location')} {page.text}"
        for name, page in (("start", start), ("posted", posted), ("go", go), ("back", back), ("done", done))
    }
    found = {(what, place) for what, secret in secrets.items() for place, text in places.items() if secret in text}
    assert found == {("number", "start"), ("request", "go"), ("code as shown", "done")}
    assert states(link.stage) == ["returned"]
