"""The page over HTTP: its files, its stream of changes, downloads, and whom it keeps out."""

import asyncio
import json

import aiohttp
import httpx
import pytest
from yarl import URL

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.browser import opened

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def test_a_browser_gets_the_page_and_curl_its_words(slack: SlackSandbox) -> None:
    async with httpx.AsyncClient(base_url=slack.url) as client:
        page, words = await client.get("/", headers=HTML), await client.get("/")
        same = await client.get("/page/index.html")
    assert page.text == same.text
    assert (page.text[:15].lower(), words.text[:31]) == ("<!doctype html>", "This is a stand-in for Slack. E")
    told = ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy")
    assert [page.headers[name] for name in told] == [same.headers[name] for name in told]
    assert [page.headers[name] for name in told] == [
        "text/html; charset=utf-8",
        "no-store",
        "nosniff",
        "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    ]


@pytest.mark.parametrize(
    "path", ["routes.py", "__init__.py", "..", "%2e%2e%2fserver.py", "..%2fpage%2findex.html", "x.js", "index"]
)
async def test_only_its_own_files_are_given(slack: SlackSandbox, path: str) -> None:
    url = f"{slack.url}/page/{path}"
    async with aiohttp.ClientSession() as session, session.get(URL(url, encoded=True)) as answer:
        assert answer.status == 404


async def test_every_part_of_the_page_comes_as_what_it_is(slack: SlackSandbox) -> None:
    async with httpx.AsyncClient(base_url=slack.url) as client:
        main, sheet = await client.get("/page/main.js"), await client.get("/page/page.css")
        icon = await client.get("/favicon.ico")
    kinds = [main.headers["Content-Type"], sheet.headers["Content-Type"]]
    assert kinds == ["text/javascript; charset=utf-8", "text/css; charset=utf-8"]
    assert icon.status_code == 204


async def test_changes_are_told_at_once_and_together(slack: SlackSandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}/page/changes") as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        first = await told(stream)
        for _ in range(3):
            slack.world.say("bram", "algemeen", "nieuws")
        assert (first, await told(stream)) == (0, 3)
        await slack.aclose()
        assert (await stream.content.read()).replace(b'data: {"revision": 3}\n\n', b"") == b""


async def test_a_page_that_goes_away_is_forgotten(slack: SlackSandbox) -> None:
    async with aiohttp.ClientSession() as session:
        stays, leaves = [await session.get(f"{slack.url}/page/changes") for _ in range(2)]
        assert [await told(stays), await told(leaves), slack.page.stream.listeners] == [0, 0, 2]
        leaves.close()
        async with asyncio.timeout(10):
            while slack.page.stream.listeners > 1:
                slack.world.say("bram", "algemeen", "nieuws")
                await told(stays)
        stays.close()


async def test_a_file_is_for_who_is_where_it_was_shared(slack: SlackSandbox) -> None:
    upload = slack.world.filing.expect('nota "juni" é.zip', 3)
    upload.content = b"PK!"
    slack.world.filing.complete(upload.id, "Nota juni", slack.bot_user_id)
    slack.world.share([upload.id], "C0DIRECTIE1", text="", thread_ts=None, user=slack.bot_user_id)
    async with opened(slack, "noor") as noor, httpx.AsyncClient(base_url=slack.url) as client:
        [message] = (await noor.in_("directie"))["messages"]
        [file] = message["files"]
        got = await client.get(file["url"])
        others = [
            (await client.get(f"/page/file/{found}", params={"as": name})).status_code
            for found, name in [(upload.id, "lien"), (upload.id, "niemand"), (upload.id, "sofie"), ("F404", "noor")]
        ]
    url = f"/page/file/{upload.id}?as=noor"
    assert file == {"id": upload.id, "name": upload.name, "title": "Nota juni", "size": 3, "url": url}
    disposition = "attachment; filename*=UTF-8''nota%20%22juni%22%20%C3%A9.zip"
    assert (got.content, got.headers["Content-Disposition"]) == (b"PK!", disposition)
    assert others == [404, 404, 403, 404]


@pytest.mark.parametrize(("name", "status"), [("niemand", 404), ("", 404), ("sofie", 403), ("baliebot", 403)])
async def test_only_people_of_the_workspace_look(slack: SlackSandbox, name: str, status: int) -> None:
    async with httpx.AsyncClient(base_url=slack.url) as client:
        assert (await client.get("/page/snapshot", params={"as": name})).status_code == status
        assert (await client.post("/page/read", json={"as": name, "channel": "algemeen"})).status_code == status


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/page/index.html"),
        ("GET", "/page/changes"),
        ("GET", "/page/snapshot?as=lien"),
        ("GET", "/page/file/F1?as=lien"),
        ("POST", "/page/message"),
    ],
)
async def test_other_hosts_and_origins_are_kept_out(
    slack: SlackSandbox, method: str, path: str, headers: dict[str, str]
) -> None:
    body = {"as": "lien", "channel": "algemeen", "text": "van elders"} if method == "POST" else None
    async with httpx.AsyncClient(base_url=slack.url) as client:
        answer = await client.request(method, path, headers={**HTML, **headers}, json=body)
    assert answer.status_code == 403
    assert slack.world.messages("algemeen") == []


async def told(stream: aiohttp.ClientResponse) -> int:
    """Return the next revision that a stream tells."""
    async with asyncio.timeout(5):
        line, end = await stream.content.readline(), await stream.content.readline()
    assert (line[:6], end) == (b"data: ", b"\n")
    answer = json.loads(line[6:])
    assert list(answer) == ["revision"]
    return int(answer["revision"])
