"""Of a token, a secret, a verifier, a code, a cookie or a UiTiD nothing is left, whatever becomes of a link."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from signal import SIGTERM

import httpx
import pytest

from storage.database import BUSY_SECONDS
from tests.linking.rows import rows
from tests.support.browser import browsing
from tests.support.card_traces import Witness, overheard
from tests.support.link_flows import FINE, TROUBLED, Flow, in_form, not_begun, not_unlinked, refused, unlinked
from tests.support.link_traces import Secrets, Traced
from tests.support.program import stop
from tests.support.stage import Stage, staged
from tests.test_card_leaks import PLACES, Failing, pages, served, whisper


@pytest.mark.parametrize("flows", [FINE, TROUBLED], ids=["fine", "troubled"])
async def test_whatever_becomes_of_a_link_leaves_nothing_of_it(tmp_path: Path, flows: dict[str, Flow]) -> None:
    secrets, leaks = Secrets(), dict[str, object]()
    with overheard() as log:
        async with staged(tmp_path, linked=("lien",)) as stage:
            witness = Witness(stage, secrets, log)
            for name, flow in flows.items():
                async with browsing() as browser:
                    link = Traced(stage, browser, secrets=secrets)
                    await flow(link)
                    leaks[name] = (*witness.look("bram").leaks, *link.told())
                stage.uitpas.faults.clear()
                stage.clock.advance(26 * 3600)
            assert secrets.everything((await pages(stage)).encode()) == []
        assert witness.look("bram").leaks == (), "nor is anything written when the bot stops"
    assert leaks == dict.fromkeys(flows, ())
    assert {
        "number",
        "cookie",
        "request token",
        "request secret",
        "verifier",
        "code",
        "token",
        "secret",
        "user id",
    } == {*secrets.known.values()}


ON_PAGES: dict[str, Flow] = {
    "FROM links WHERE number_hash": lambda link: link.browser.get(link.url),
    "FROM links WHERE cookie_hash": lambda link: link.browser.get(link.page("done")),
    "FROM links WHERE request_hash": lambda link: link.browser.get(link.callback),
    "UPDATE links SET state": lambda link: link.browser.get(link.callback),
}
IN_SLACK: dict[str, Flow] = {
    "UPDATE links SET attempts": lambda link: link.type_code(),
    "INSERT .*links": lambda link: link.stage.type("koppel", user=link.user),
}
"""What fails, and what somebody did then."""


async def test_a_page_or_a_listener_that_crashes_over_a_link_leaves_nothing_of_it(tmp_path: Path) -> None:
    made: list[Failing] = []

    def connect(path: str) -> sqlite3.Connection:
        made.append(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=Failing))
        return made[-1]

    async def crash(link: Traced, statements: dict[str, Flow]) -> None:
        for made[-1].pattern, act in statements.items():
            await act(link)
        made[-1].pattern = ""

    with overheard() as log:
        async with staged(tmp_path, connect=connect, linked=("lien",)) as stage, browsing() as browser:
            link = Traced(stage, browser)
            await link.ask()
            await link.go()
            await link.consent()
            await crash(link, ON_PAGES)
            assert [answer.status_code for answer in link.answers[-len(ON_PAGES) :]] == [500] * len(ON_PAGES)
            await link.come_back()
            await crash(link, IN_SLACK)
            crashes = [event["event"] for event in log.events if "exception" in event]
            assert crashes == ["page_failed"] * len(ON_PAGES) + ["listener_failed"] * len(IN_SLACK)
            assert (*Witness(stage, link.secrets, log).look("bram").leaks, *link.told()) == ()


SPELLED: dict[str, Callable[[str], str]] = {
    "token": lambda value: value,
    "secret as base64": lambda value: base64.b64encode(f"x{value}".encode()).decode(),
    "user id as sha256 in hex": lambda value: hashlib.sha256(value.encode()).hexdigest(),
    "cookie": lambda value: f"cookie%3D{value}",
    "number": lambda value: f"http://127.0.0.1:1/uitid/start?l={value}",
    "code": lambda value: value.replace("-", "").lower(),
    "verifier as hex": lambda value: value.encode().hex(),
    "request secret": lambda value: f"<{value}>",
}


async def test_what_was_left_somewhere_after_all_is_found_there(tmp_path: Path) -> None:
    with overheard() as log:
        async with staged(tmp_path, linked=("lien",)) as stage, browsing() as browser:
            link = Traced(stage, browser)
            witness = Witness(stage, link.secrets, log)
            await link.see_code()
            await link.type_code()
            assert (*witness.look("bram").leaks, *link.told(), *witness.look("lien").leaks) == ()
            values = {name: value for value, name in reversed(link.secrets.known.items())}
            planted = {name: spell(values[name.partition(" as ")[0]]) for name, spell in SPELLED.items()}
            for place, (name, text) in zip(PLACES, planted.items(), strict=False):
                PLACES[place](stage, text)
                assert f"{place.partition(',')[0]}: {name}" in witness.look("lien").leaks
            for name, text in planted.items():
                link.answers.append(httpx.Response(200, text=text, request=httpx.Request("GET", link.page("callback"))))
                assert link.told() == [f"('GET', '/uitid/callback'): {name}"]


async def test_the_address_of_the_first_page_is_found_in_a_text_and_before_anybody_else(stage: Stage) -> None:
    async with browsing() as browser:
        link = Traced(stage, browser)
        await link.ask()
        witness = Witness(stage, link.secrets)
        assert witness.look("bram").leaks == ()
        assert "what bram sees: number" in Witness(stage, link.secrets).look("lien").leaks
        whisper(stage, "bram", link.url)
        assert witness.look("bram").leaks == ("what the asker sees: number", "what the asker reads: number")


async def test_the_program_itself_tells_nothing_of_a_link(tmp_path: Path) -> None:
    async with served(tmp_path, "--debug") as (stage, process):
        secrets = Secrets()
        witness = Witness(stage, secrets)
        leaks: list[str] = []
        for flow in (unlinked, refused, in_form, partial(not_begun, "drop", {}), not_unlinked):
            async with browsing() as browser:
                link = Traced(stage, browser, secrets=secrets)
                await flow(link)
                leaks += [*witness.look("bram").leaks, *link.told()]
            stage.uitpas.faults.clear()
        told = await pages(stage)
        done = await stop(process, SIGTERM)
    assert secrets.everything(f"{told} {done.out} {done.err}".encode()) == []
    assert ([*leaks, *witness.look("bram").leaks], done.status, done.out) == ([], 0, "")
    assert {"linked", "unlinked", "login_not_begun"} <= {json.loads(line)["event"] for line in done.err.splitlines()}


async def test_what_a_link_kept_is_overwritten_when_it_ends(tmp_path: Path) -> None:
    async with staged(tmp_path, linked=("lien",)) as stage, browsing() as browser:
        link = Traced(stage, browser)
        await link.see_code()
        (kept,) = rows(stage, "SELECT sealed, number_hash, cookie_hash, request_hash FROM links")
        assert written_out(stage, *kept) == [*kept]
        await link.browser.post(link.page("stop"))
        assert written_out(stage, *kept) == []


def written_out(stage: Stage, *texts: str) -> list[str]:
    """Return what of these stands in the file of the database, any part of it, once all writes have reached it."""
    assert rows(stage, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0
    content = stage.settings.baliebot_database.read_bytes()
    return [text for text in texts if any(text[at : at + 16].encode() in content for at in range(0, len(text), 16))]
