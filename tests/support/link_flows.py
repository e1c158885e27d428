"""All that becomes of a link: what people do with it, in the browser and in Slack, in any weather."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

import httpx

from tests.support.browser import browsing, number_of
from tests.support.link_traces import COOKIE, Traced

Flow: TypeAlias = Callable[[Traced], Awaitable[object]]
"""One link, and what becomes of it."""
CODE = "BCDFGHJK"


async def linked(link: Traced) -> None:
    """Take every step."""
    await link.link()


async def unlinked(link: Traced) -> None:
    """Take every step, and take it all back."""
    await link.link()
    await link.stage.type("ontkoppel", user=link.user)
    await link.say("unlink")


async def stopped(link: Traced) -> None:
    """Stop on the first page, and on the one with the code."""
    await link.ask()
    await link.browser.get(link.url)
    await link.browser.post(link.page("stop"), {"l": number_of(link.url)})
    await link.see_code()
    await link.browser.post(link.page("stop"))


async def refused(link: Traced) -> None:
    """Do not consent."""
    await link.ask()
    await link.go()
    await link.browser.get(f"{link.page('callback')}?oauth_token={link.authorize.partition('oauth_token=')[2][:32]}")


async def elsewhere(link: Traced) -> None:
    """Come back from UiTiD in another browser."""
    await link.ask()
    await link.go()
    await link.consent()
    async with browsing() as other:
        link.answers.append(await other.get(link.callback))
    await link.stage.pass_time(5)
    link.answers.append(await link.browser.get(link.callback))


async def guessed(link: Traced) -> None:
    """Type wrong codes until the link is over."""
    await link.see_code()
    for _ in range(6):
        await link.stage.type(f"koppel {CODE}", user=link.user)
    await link.type_code()


async def in_form(link: Traced) -> None:
    """Hand the code in with the form, after a mistake."""
    await link.see_code()
    await link.stage.click("link_enter", link.whisper, user=link.user)
    world, who = link.stage.slack.world, link.stage.slack.world.person(link.user).id
    for code in (CODE, link.code):
        (view,) = world.views(link.user)
        await link.stage.slack.submit(who, view.id, {"link_code": {"link_code": code}})
        await link.stage.settle()
    link.secrets.learn_link(link)
    await link.say("link_yes")


async def denied(link: Traced) -> None:
    """Say that it is somebody else's account."""
    await link.see_code()
    await link.type_code()
    await link.say("link_no")


async def left_alone(link: Traced) -> None:
    """Answer nothing until it is over."""
    await link.see_code()
    await link.type_code()
    await link.stage.pass_time(700)


async def claimed(link: Traced) -> None:
    """Link what is a colleague's."""
    await link.see_code("lien")
    await link.type_code()
    await link.stage.pass_time(5)


async def another(link: Traced) -> None:
    """Link another UiTiD than before."""
    await link.link("greet")
    await link.link("bram")
    await link.stage.pass_time(5)


async def revoked(link: Traced) -> None:
    """Find out that a token ended."""
    await link.link()
    link.stage.uitpas.faults.add("start_report", "revoked")
    await link.stage.type("rapport vorig kwartaal", user=link.user)
    await link.stage.pass_time(60, steps=3)


async def hostile(link: Traced) -> None:
    """Ask for pages as nobody should."""
    await link.see_code()
    number, cookie = number_of(link.url), link.browser.cookies[COOKIE]
    odd = (f"start?l={number}&l={number}", number, f"done?c={cookie}", f"callback?oauth_verifier={cookie * 20}")
    for path in odd:
        await link.browser.get(link.page(path))
    for name, form in (("start", {"l": number * 20}), ("callback", {"l": number}), ("stop", {"x": cookie * 400})):
        await link.browser.post(link.page(name), form)
    await link.browser.post(link.page("stop"), {"l": number}, {"Origin": f"https://{number}.example"})
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(link.stage.bot.url).port)
    writer.write(f"GET /uitid/start?l={number} HTTP/9\r\nCookie: {COOKIE}={cookie}\r\n\r\n".encode())
    await reader.read()  # it says what it could not read, to whoever sent that
    writer.close()


async def not_begun(kind: str, detail: dict[str, Any], link: Traced) -> None:
    """Ask for a login while UiTiD is in trouble."""
    await link.ask()
    link.stage.uitpas.faults.add("request_token", kind, **detail)
    opened = await link.browser.post(link.page("start"), {"l": number_of(link.url)})
    link.secrets.learn_link(link)
    silent = await link.browser.get(opened.headers["location"])
    assert silent.status_code == httpx.codes.SERVICE_UNAVAILABLE


async def not_ended(call: str, kind: str, detail: dict[str, Any], link: Traced) -> None:
    """Type the code while UiTiD is in trouble."""
    await link.see_code()
    link.stage.uitpas.faults.add(call, kind, **detail)
    await link.type_code()


async def not_unlinked(link: Traced) -> None:
    """Unlink while UiTiD is in trouble."""
    link.stage.uitpas.faults.add("service_consumers", "status", status=500)
    await unlinked(link)


async def unanswered(link: Traced) -> None:
    """Link while Slack loses what the bot answers."""
    await link.see_code()
    link.stage.slack.faults.add("response_url", "status", status=500)
    await link.type_code()


FINE: dict[str, Flow] = {
    flow.__name__: flow
    for flow in (linked, unlinked, stopped, refused, elsewhere, guessed, in_form, denied, left_alone, claimed, another)
}
TROUBLED: dict[str, Flow] = {
    **{flow.__name__: flow for flow in (revoked, hostile, not_unlinked, unanswered)},
    **{
        f"request_token {kind}": partial(not_begun, kind, detail)
        for kind, detail in {"status": {"status": 401}, "drop": {}, "doubled_key": {}, "html": {}}.items()
    },
    **{
        f"{call} {kind}": partial(not_ended, call, kind, detail)
        for call, kind, detail in (
            ("access_token", "status", {"status": 401}),
            ("access_token", "drop", {"processed": True}),
            ("access_token", "doubled_key", {}),
            ("access_token", "without_user", {}),
            ("balie_list", "malformed", {}),
        )
    },
}
