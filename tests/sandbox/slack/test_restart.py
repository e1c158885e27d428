"""A whole stand-in that is stopped and started on the same folder."""

from pathlib import Path

import aiohttp

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.clocks import HandClock
from tests.sandbox.slack.conftest import client_of

METADATA = {"event_type": "baliebot_root", "event_payload": {"key": "abc"}}


async def test_a_restart_gives_the_bot_its_messages_and_files_back(tmp_path: Path, clock: HandClock) -> None:
    path = tmp_path / "slack" / "journal.jsonl"
    first = SlackSandbox(now=clock.now, journal=path)
    await first.start()
    client, desk = client_of(first, first.bot_token), first.world.channel("balie-de-sluis").id
    root = (await client.chat_postMessage(channel=desk, text="root", metadata=METADATA))["ts"]
    uploaded = await client.files_upload_v2(channel=desk, thread_ts=root, file=b"zip", filename="nota.zip")
    shares = (await client.files_info(file=uploaded["file"]["id"]))["file"]["shares"]
    await first.aclose()

    second = SlackSandbox(now=clock.now, journal=path)
    await second.start()
    client = client_of(second, second.bot_token)
    found = (await client.conversations_history(channel=desk, include_all_metadata=True))["messages"]
    assert [(one["ts"], one["metadata"], one["reply_count"]) for one in found] == [(root, METADATA, 1)]
    file = (await client.files_info(file=uploaded["file"]["id"]))["file"]
    assert file["shares"] == shares
    bearer = {"Authorization": f"Bearer {second.bot_token}"}
    async with aiohttp.ClientSession(headers=bearer) as session, session.get(file["url_private"]) as got:
        assert await got.read() == b"zip"
    await client.chat_update(channel=desk, ts=root, text="klaar")
    await second.aclose()
    assert [one.text for one in second.world.messages(desk)] == ["klaar"]
