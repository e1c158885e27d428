"""To UiTiD and back (S4, S5): what the login is asked with, and whom it may come back with."""

import asyncio
from urllib.parse import parse_qsl, urlsplit

import httpx

from handlers.render import linking_texts as texts
from handlers.render.notices import LINK_BROKEN
from tests.linking.doors import COOKIE, GONE, REFUSED, dump, linked, said, sealed, states
from tests.linking.rows import calls, rows
from tests.support.browser import Browser, Journey, browsing, journey


def told(link: Journey, user: str) -> list[str]:
    """Return what stands in somebody's direct messages."""
    return [message.text for message in link.stage.dms(user)]


async def back(browser: Browser, url: str) -> tuple[int, list[str]]:
    """Come back from UiTiD in this browser; return what the page says."""
    answer = await browser.get(url)
    return answer.status_code, said(answer)


async def test_the_login_is_asked_for_anew_and_nothing_is_skipped(link: Journey) -> None:
    for link.user, language in (("bram", "nl"), ("emily", "en"), ("chloe", "nl")):
        await link.ask()
        await link.go()
        url, token = urlsplit(link.authorize), (await sealed(link))["request"]
        assert f"{url.scheme}://{url.netloc}{url.path}" == f"{link.stage.uitpas.api_url}/auth/authorize"
        assert parse_qsl(url.query) == [("oauth_token", token), ("type", "forcelogin"), ("lang", language)]
    await link.consent()
    assert link.callback.partition("?")[0] == link.page("callback")


async def test_a_login_that_comes_back_without_the_cookie_ends_the_link_and_its_asker_hears_it_once(
    link: Journey,
) -> None:
    await link.ask()
    await link.go()
    await link.consent("greet")
    async with browsing() as other:
        assert [await back(other, link.callback) for _ in range(2)] == [(404, GONE)] * 2
        await link.stage.pass_time(5, steps=2)
        assert other.cookies == {}
    assert (states(link.stage), told(link, "bram")) == ([], [LINK_BROKEN.nl])
    assert [await back(link.browser, url) for url in (link.callback, link.page("done"), link.page("go"))] == [
        (404, GONE)
    ] * 3
    await link.stage.pass_time(5, steps=2)
    assert (told(link, "bram"), calls(link.stage)) == ([LINK_BROKEN.nl], ["request_token", "consent"])


async def test_a_login_with_the_cookie_of_another_link_ends_its_own_link_alone(link: Journey) -> None:
    async with journey(link.stage, "noor") as other:
        for one in (link, other):
            await one.ask()
            await one.go()
        await link.consent()
        assert await back(other.browser, link.callback) == (404, GONE)
        await link.stage.settle()
        assert (told(link, "bram"), told(link, "noor")) == ([LINK_BROKEN.nl], [])
        await other.consent("katrien")
        await other.come_back()
        await other.type_code()
        await other.say("link_yes")
    assert linked(link.stage) == ["U0LIEN00001", "U0NOOR00003"]


async def test_a_link_that_somebody_else_takes_to_its_end_gives_nobody_anything(link: Journey) -> None:
    await link.ask()
    asker = link.browser
    async with browsing() as link.browser:
        await link.go()
        await link.consent("greet")
        await link.come_back()
    link.user = "noor"
    await link.type_code()
    assert link.whisper.text == texts.NO_LINK.nl
    async with browsing() as link.browser:
        assert [await back(link.browser, link.page(name)) for name in ("done", "start")] == [(404, GONE)] * 2
    assert await back(asker, link.url) == (404, GONE)
    link.user = "bram"
    for guess in ("BCDFGHJK", "ZXWVTSRQ"):
        await link.stage.type(f"koppel {guess}", user="bram")
    await link.stage.pass_time(601)
    assert (linked(link.stage), states(link.stage)) == (["U0LIEN00001"], [])
    assert "access_token" not in calls(link.stage)


async def test_a_login_without_one_verifier_is_a_refusal_and_ends_the_link(link: Journey) -> None:
    for change in (
        "&oauth_verifier=x",
        "",
        "&oauth_verifier=",
        "&oauth_verifier=a%20b",
        f"&oauth_verifier={'a' * 600}",
    ):
        await link.ask()
        await link.go()
        await link.consent()
        bare = link.callback.partition("&oauth_verifier")[0]
        url = link.callback + change if change.endswith("=x") else bare + change
        assert await back(link.browser, url) == (200, REFUSED), change
        assert states(link.stage) == []
        assert await back(link.browser, link.callback) == (404, GONE)
        link.stage.clock.advance(3600)
    assert "access_token" not in calls(link.stage)


async def test_whoever_does_not_consent_at_uitid_is_told_that_nothing_was_linked(link: Journey) -> None:
    await link.ask()
    await link.go()
    form = {"oauth_token": (await sealed(link))["request"], "decision": "deny"}
    async with httpx.AsyncClient(trust_env=False) as elsewhere:
        answer = await elsewhere.post(link.authorize.partition("?")[0], data=form)
    assert await back(link.browser, answer.headers["location"]) == (200, REFUSED)
    await link.stage.pass_time(5)
    assert (states(link.stage), told(link, "bram")) == ([], [])


async def test_a_token_that_is_unknown_or_stands_there_twice_changes_nothing(link: Journey) -> None:
    await link.ask()
    await link.go()
    await link.consent()
    token, before = (await sealed(link))["request"], dump(link.stage)
    page = link.page("callback")
    for query in ("", "?oauth_token=&oauth_verifier=x", "?oauth_token=unknown&oauth_verifier=x"):
        assert await back(link.browser, page + query) == (404, GONE)
    assert await back(link.browser, f"{link.callback}&oauth_token={token}") == (404, GONE)
    assert dump(link.stage) == before
    await link.come_back()


async def test_a_login_that_comes_back_again_changes_nothing(link: Journey) -> None:
    await link.see_code()
    before = dump(link.stage)
    forged = link.callback.partition("&")[0] + "&oauth_verifier=forged"
    async with browsing() as other:
        for url in (link.callback, forged, link.callback.partition("&")[0]):
            again = await link.browser.get(url)
            assert (again.status_code, again.headers["location"]) == (303, link.page("done"))
            assert await back(other, url) == (404, GONE)
        assert dump(link.stage) == before
        await link.type_code()
        before = dump(link.stage)
        for browser in (link.browser, other):
            assert await back(browser, link.callback) == (404, GONE)
        assert dump(link.stage) == before
        await link.say("link_yes")
        await link.stage.pass_time(10, steps=5)
        before = dump(link.stage)
        for browser in (link.browser, other):
            assert await back(browser, link.callback) == (404, GONE)
    assert (dump(link.stage), rows(link.stage, "SELECT kind FROM outbox")) == (before, ["linked"])


async def test_of_two_browsers_that_come_back_at_once_the_other_never_sees_a_code(link: Journey) -> None:
    await link.ask()
    await link.go()
    await link.consent()
    async with browsing() as other:
        other.cookies[COOKIE] = "B" * 43
        await asyncio.gather(*(browser.get(link.callback) for browser in (other, link.browser, other)))
        assert await back(other, link.page("done")) == (404, GONE)
