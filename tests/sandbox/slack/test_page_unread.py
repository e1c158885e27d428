"""Unread marks: what counts, and what makes it seen."""

from pathlib import Path

import pytest

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.browser import opened
from tests.sandbox.slack.clocks import HandClock

DESK = "C0DESLUIS01"


async def test_messages_and_replies_of_others_count_until_they_are_read(slack: SlackSandbox) -> None:
    world = slack.world
    root = world.say("bram", DESK, "een")
    world.say("lien", DESK, "van mij")
    world.say("baliebot", DESK, "twee", root.ts)
    world.talk.whisper(DESK, slack.bot_user_id, "telt niet", only_for=world.person("lien").id)
    async with opened(slack, "lien") as lien, opened(slack, "bram") as bram:
        assert [(await one.in_("balie-de-sluis"))["unread"] for one in (lien, bram)] == [2, 2]
        assert await lien.does("read", channel=DESK) == (200, {"ok": True})
        assert [(await one.in_("balie-de-sluis"))["unread"] for one in (lien, bram)] == [0, 2]
        world.say("noor", DESK, "drie", root.ts)
        assert [(await one.in_("balie-de-sluis"))["unread"] for one in (lien, bram)] == [1, 3]


async def test_reading_what_was_read_changes_nothing(slack: SlackSandbox) -> None:
    slack.world.say("bram", DESK, "een")
    async with opened(slack, "lien") as lien:
        before = (await lien.sees())["revision"]
        await lien.does("read", channel=DESK)
        await lien.does("read", channel=DESK)
        assert (await lien.sees())["revision"] == before + 1


async def test_only_who_is_in_a_conversation_reads_it(slack: SlackSandbox) -> None:
    async with opened(slack, "lien") as lien:
        status, answer = await lien.does("read", channel="C0DIRECTIE1")
    assert (status, answer) == (403, {"ok": False, "error": "lien isn't in that conversation"})


@pytest.mark.parametrize("said_later", [0, 1])
async def test_after_a_restart_only_what_is_new_counts(tmp_path: Path, clock: HandClock, said_later: int) -> None:
    first = SlackSandbox(now=clock.now, journal=tmp_path / "journal.jsonl")
    first.world.say("bram", DESK, "oud")
    first.world.say("baliebot", first.world.open_im("lien"), "oud")
    second = SlackSandbox(now=clock.now, journal=tmp_path / "journal.jsonl")
    await second.start()
    for _ in range(said_later):
        second.world.say("bram", DESK, "nieuw")
    async with opened(second, "lien") as lien:
        assert (await lien.in_("balie-de-sluis"))["unread"] == said_later
        assert (await lien.in_("Baliebot"))["unread"] == 0
    await second.aclose()
