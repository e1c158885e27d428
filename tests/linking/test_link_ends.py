"""What ends a link that is under way: ten minutes, a new one, and a row that was tampered with."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import replace

import httpx

from bot.links import LinkState
from bot.sandbox.uitpas import UitpasSandbox
from handlers.render import link_page_texts
from handlers.render import linking_texts as texts
from tests.linking.doors import COOKIE, GONE, linked, said, states
from tests.linking.rows import REVOKING, calls, rows
from tests.linking.rows import under_way as written
from tests.support.browser import Journey, journey, number_of
from tests.support.forms import Form, anew
from tests.support.stage import Stage

PEOPLE = {"new": "bram", "opened": "noor", "asked": "joris", "returned": "emily", "confirming": "chloe"}
"""Whose link stands at which state."""
NICKS = {"bram": "bram", "noor": "katrien", "joris": "joris", "emily": "amina", "chloe": "tibo"}
FAILING = "UiTPAS antwoordt nu niet. Ik blijf proberen en antwoord in deze draad."
BROKEN = [text.nl for text in link_page_texts.PLAIN["broken"]]


@asynccontextmanager
async def everywhere(stage: Stage) -> AsyncIterator[list[Journey]]:
    """Have five people begin a link, and each stop at another state."""
    async with AsyncExitStack() as stack:
        links = [await stack.enter_async_context(journey(stage, user)) for user in PEOPLE.values()]
        new, opened, asked, returned, confirming = links
        await new.ask()
        await opened.ask()
        await opened.browser.post(opened.page("start"), {"l": number_of(opened.url)})
        for link in (asked, returned, confirming):
            await link.ask()
            await link.go()
            await link.consent(NICKS[link.user])
        await returned.come_back()
        await confirming.come_back()
        await confirming.type_code()
        assert states(stage) == list(PEOPLE)
        yield links


async def pages(link: Journey) -> list[tuple[int, list[str]]]:
    """Try every page with what this browser has of its link; return what each says."""
    browser, number = link.browser, {"l": number_of(link.url)}
    browser.cookies.setdefault(COOKIE, "A" * 43)
    callback = link.callback or f"{link.page('callback')}?oauth_token=x&oauth_verifier=y"
    answers = [await browser.get(url) for url in (link.url, link.page("go"), callback, link.page("done"))]
    answers += [await browser.post(link.page(name), number) for name in ("start", "stop")]
    return [(answer.status_code, said(answer)) for answer in answers]


async def test_after_ten_minutes_every_state_is_over_at_every_door_and_the_rows_are_gone(link: Journey) -> None:
    stage = link.stage
    async with everywhere(stage) as links:
        stage.clock.advance(600)
        for one in links:
            assert await pages(one) == [(404, GONE)] * 6, one.user
        question = links[-1].whisper
        for one in links[3:]:
            await stage.type(f"koppel {one.code}", user=one.user, then_settle=False)
        await stage.slack.click("U0CHLOE0006", question, "link_yes")
        await stage.settle()
    assert (states(stage), linked(stage)) == ([], ["U0LIEN00001"])
    assert (calls(stage).count("access_token"), calls(stage)[-2:]) == (1, REVOKING)


async def test_a_link_that_a_kill_left_fetching_its_token_is_gone_after_ten_minutes(link: Journey) -> None:
    await written(link.stage, state=LinkState.EXCHANGING, user="bram")
    await link.stage.pass_time(600)
    assert states(link.stage) == []


async def test_a_new_link_ends_the_older_one_whatever_its_state(link: Journey) -> None:
    stage = link.stage
    async with everywhere(stage) as links:
        old, question = rows(stage, "SELECT id FROM links"), links[-1].whisper
        for one in links:
            await stage.type("koppel", user=one.user)
        assert (states(stage), calls(stage)[-2:]) == (["new"] * 5, REVOKING)
        assert set(old).isdisjoint(rows(stage, "SELECT id FROM links"))
        for one in links:
            assert await pages(one) == [(404, GONE)] * 6, one.user
        for one in links[3:]:
            await stage.type(f"koppel {one.code}", user=one.user)
            assert one.whisper.text == (texts.NO_LINK.en if one.user == "emily" else texts.NO_LINK.nl)
        await stage.click("link_yes", question, user="chloe")
    assert (states(stage), linked(stage)) == (["new"] * 5, ["U0LIEN00001"])
    assert not stage.uitpas._access.has_any(stage.uitpas.employee("tibo").uid)


async def test_a_link_begun_anew_while_the_token_of_the_older_is_fetched_revokes_that_token(link: Journey) -> None:
    first = link.stage

    async def begin_anew(phase: str, call: str) -> None:
        if (phase, call) == ("processed", "access_token"):
            before = len(first.whispers("bram"))
            await first.slack.command("U0BRAM00002", first.slack.world.channel(first.where).id, "koppel")
            await first.slack.world.until(lambda: len(first.whispers("bram")) > before)

    uitpas = UitpasSandbox(now=first.clock.now, sleep=first.clock.sleep, observer=begin_anew)
    await uitpas.start()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(uitpas.aclose)
        second = await stack.enter_async_context(anew(first, uitpas_api_url=uitpas.api_url))
        link.stage = replace(second, uitpas=uitpas)
        await link.see_code()
        await link.type_code()
        assert link.whisper.text == texts.OVER.nl
        assert (states(link.stage), calls(link.stage)[-2:]) == (["new"], REVOKING)
        assert not uitpas._access.has_any(uitpas.employee("bram").uid)


def swap(stage: Stage, table: str) -> None:
    """Give each of two rows what was sealed for the other."""
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as database:
        (one, first), (two, second) = database.execute(f"SELECT rowid, sealed FROM {table}").fetchall()  # noqa: S608
        for row, sealed in ((one, second), (two, first)):
            database.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", [sealed, row])  # noqa: S608


async def test_two_links_whose_sealed_texts_were_swapped_show_no_code_and_fetch_nothing(link: Journey) -> None:
    async with journey(link.stage, "noor") as other:
        await link.see_code()
        await other.see_code("katrien")
        form = Form(link.stage, "bram")
        await link.say("link_enter")
        swap(link.stage, "links")
        page: httpx.Response = await link.browser.get(link.page("done"))
        assert (page.status_code, said(page)) == (500, BROKEN)
        for code in (link.code, other.code):
            await link.stage.type(f"koppel {code}", user="bram")
            assert link.whisper.text.startswith("Er ging iets mis in de bot.")
        await form.submit({"link_code": link.code})
        assert [text.startswith("Er ging iets mis") for text in form.complaints().values()] == [True]
    assert "access_token" not in calls(link.stage)


async def test_two_questions_whose_sealed_texts_were_swapped_link_nobody(link: Journey) -> None:
    async with journey(link.stage, "noor") as other:
        for one, nick in ((link, "bram"), (other, "katrien")):
            await one.see_code(nick)
            await one.type_code()
        swap(link.stage, "links")
        for one in (link, other):
            await one.say("link_yes")
            assert one.whisper.text.startswith("Er ging iets mis in de bot.")
    await link.stage.pass_time(600)
    assert (linked(link.stage), states(link.stage)) == (["U0LIEN00001"], [])


async def test_two_accounts_whose_sealed_texts_were_swapped_ask_nothing_in_anybodys_name(link: Journey) -> None:
    await link.stage.link("bram")
    swap(link.stage, "accounts")
    for words in ("koppel", "kaart 0930000420206", "balies synchroniseer"):
        await link.stage.type(words, user="bram")
        assert link.whisper.text.startswith("Er ging iets mis in de bot.")
    await link.stage.type("rapport vorig kwartaal", user="bram")
    await link.stage.pass_time(600, steps=3)
    assert [root.text.partition(": ")[2] for root in link.stage.roots()] == [FAILING]
    assert calls(link.stage) == []
