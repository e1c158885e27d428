"""The stand-in by `curl`: what one types, reads and fetches."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.sandbox.slack import SlackSandbox


@pytest.fixture
async def slack() -> AsyncIterator[SlackSandbox]:
    """A stand-in whose app does not listen."""
    sandbox = SlackSandbox(now=lambda: datetime(2026, 7, 15, 8, tzinfo=UTC))
    sandbox.patience = 0.05
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


@pytest.fixture
async def http(slack: SlackSandbox) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of it."""
    async with httpx.AsyncClient(base_url=slack.url) as client:
        yield client


async def test_the_front_page_says_what_to_type(http: httpx.AsyncClient, slack: SlackSandbox) -> None:
    page = (await http.get("/")).text
    assert f"curl {slack.url}/say" in page
    assert "People: lien, bram" in page
    assert "Channels: balie-de-sluis, algemeen" in page


async def test_a_command_is_typed_and_what_the_person_sees_comes_back(http: httpx.AsyncClient) -> None:
    answer = await http.post("/say", data={"text": "help", "as": "bram", "in": "algemeen"})
    assert answer.text.splitlines()[0] == "#algemeen"
    assert "operation_timeout" in answer.text or "dispatch_failed" in answer.text
    seen_by_another = await http.get("/conversation", params={"as": "lien", "in": "algemeen"})
    assert "only visible to you" not in seen_by_another.text


async def test_a_direct_message_is_read_by_its_own_name(http: httpx.AsyncClient, slack: SlackSandbox) -> None:
    slack.world.say("baliebot", slack.world.open_im("lien"), "voor jou alleen")
    assert "voor jou alleen" in (await http.get("/conversation", params={"in": "dm"})).text


async def test_a_file_is_fetched_by_name(http: httpx.AsyncClient, slack: SlackSandbox) -> None:
    upload = slack.world.filing.expect("nota.zip", 3)
    upload.content = b"PK!"
    slack.world.filing.complete(upload.id, "nota.zip", slack.bot_user_id)
    answer = await http.get("/file/nota.zip")
    assert (answer.content, answer.headers["Content-Disposition"]) == (b"PK!", 'attachment; filename="nota.zip"')
    assert (await http.get("/file/andere.zip")).status_code == 404


@pytest.mark.parametrize(
    ("form", "status"), [({"as": "niemand"}, 404), ({"in": "nergens"}, 404), ({"as": "bram", "in": "directie"}, 403)]
)
async def test_who_or_where_that_is_not_is_refused(http: httpx.AsyncClient, form: dict[str, str], status: int) -> None:
    assert (await http.post("/say", data={"text": "help", **form})).status_code == status
