"""What Slack does not show the bot, shows late, or takes away between the root and the reply."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.slack.scopes import GRANTED
from tests.conversations.test_slack_faults import ASK, DONE, READY, actions, count, everything_once, through
from tests.support.stage import Stage, staged

WITHOUT_HISTORY = set(GRANTED) - {"channels:history", "groups:history", "im:history", "files:read"}
NEVER = 10_000
"""Seconds, of this machine, that no test lasts."""
UNCONFIRMED = "Slack bevestigde het bestand niet. Zie je het niet, probeer het dan opnieuw."
BY_DM = "Het bestand stuurde ik in een privébericht aan <@U0LIEN00001>: ik kon niet nagaan wie hier meeleest."
CANCELLED = "is geannuleerd door <@U0LIEN00001>. Vraag ze gerust opnieuw."


@pytest.fixture
async def blind(tmp_path: Path, *, socket: bool) -> AsyncIterator[Stage]:
    """The bot installed without the scopes to read what it said before."""
    async with staged(tmp_path, socket=socket, scopes=set(WITHOUT_HISTORY)) as stage:
        yield stage


async def test_without_history_everything_is_still_said_once_when_nothing_goes_wrong(blind: Stage) -> None:
    await blind.type(ASK)
    await through(blind)
    assert everything_once(blind)


async def test_without_history_a_root_of_unknown_fate_is_repeated_and_answered_once(blind: Stage) -> None:
    blind.slack.faults.add("chat.postMessage", "drop", processed=True)
    await blind.type(ASK)
    await through(blind)
    assert [len(blind.replies(root)) for root in blind.roots()] == [0, 2]
    assert blind.roots()[1].text == DONE


async def test_without_history_a_click_on_a_root_of_unknown_fate_adopts_it(blind: Stage) -> None:
    blind.slack.faults.add("chat.postMessage", "drop", processed=True)
    await blind.type(ASK)
    (root,) = blind.roots()
    await blind.click("report_cancel", root)
    await through(blind)
    assert len(blind.roots()) == 1
    (reply,) = blind.replies()
    assert reply.text.endswith(CANCELLED)
    assert actions(blind.roots()[0]) == []


@pytest.mark.parametrize("which", [0, 1])
async def test_without_history_a_click_on_either_of_two_roots_ends_the_report(blind: Stage, which: int) -> None:
    blind.uitpas.faults.add("report_status", "never_ends", times=-1)
    blind.slack.faults.add("chat.postMessage", "drop", processed=True)
    await blind.type(ASK)
    await through(blind)
    assert len(blind.roots()) == 2
    await blind.click("report_cancel", blind.roots()[which])
    await through(blind)
    replies = [reply for root in blind.roots() for reply in blind.replies(root)]
    assert [reply.text.endswith(CANCELLED) for reply in replies] == [True]
    assert actions(blind.roots()[which]) == [], "what was clicked shows what came of it"


@pytest.mark.parametrize("seconds", [3, 20, 60, 110])
async def test_a_file_that_shows_up_late_is_not_sent_again(stage: Stage, seconds: int) -> None:
    stage.slack.workspace.share_delay = NEVER
    await stage.type(ASK)
    (root,) = stage.roots()
    await stage.pass_time(seconds, steps=20)
    assert stage.replies() == [], "the reply says where the file is, so it waits"
    (file,) = stage.slack.world.files
    stage.slack.world.share([file], root.channel, text="", thread_ts=root.ts, user=stage.slack.bot_user_id)
    await through(stage)
    assert everything_once(stage)


async def test_a_file_that_never_shows_up_is_told(stage: Stage) -> None:
    stage.slack.workspace.share_delay = NEVER
    await stage.type(ASK)
    await stage.pass_time(1200, steps=200)
    (reply,) = stage.replies()
    assert reply.text.startswith(READY)
    assert reply.text.endswith(UNCONFIRMED)
    assert actions(reply) == ["report_retry"]
    assert [root.text for root in stage.roots()] == [DONE]


async def test_a_root_that_a_person_deletes_does_not_stop_the_delivery(stage: Stage) -> None:
    await stage.type(ASK)
    (root,) = stage.roots()
    stage.slack.world.talk.delete(root)
    await through(stage)
    file, reply = stage.roots()
    assert (len(file.files), reply.text.startswith(READY)) == (1, True)
    assert await at_rest(stage)


async def test_a_root_deleted_after_the_file_leaves_one_reply(stage: Stage) -> None:
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "ratelimited", retry_after=20)
    await stage.pass_time(2)
    (root,) = stage.roots()
    assert [len(one.files) for one in stage.replies()] == [1]
    stage.slack.world.talk.delete(root)
    await through(stage)
    (stone,) = stage.roots()
    assert stone.tombstone
    assert [(len(one.files), one.text.startswith(READY)) for one in stage.replies()] == [(1, False), (0, True)]
    assert await at_rest(stage)


async def test_a_bot_removed_from_the_channel_delivers_to_the_asker(stage: Stage) -> None:
    await stage.type(ASK)
    place = stage.slack.world.channel(stage.where)
    stage.slack.world.talk.leave(place.id, stage.slack.bot_user_id)
    await through(stage)
    assert stage.replies() == []
    file, reply = stage.dms()
    assert (len(file.files), len(reply.files)) == (1, 0)
    assert reply.text.startswith(READY)
    assert reply.text.endswith(BY_DM)
    assert (stage.dms("bram"), len(stage.slack.world.files)) == ([], 1)
    assert await at_rest(stage)


async def test_a_bot_removed_after_the_file_gives_the_reply_to_the_asker(stage: Stage) -> None:
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "ratelimited", retry_after=20)
    await stage.pass_time(2)
    assert [len(one.files) for one in stage.replies()] == [1]
    stage.slack.world.talk.leave(stage.slack.world.channel(stage.where).id, stage.slack.bot_user_id)
    await through(stage)
    assert [len(one.files) for one in stage.replies()] == [1]
    assert [one.text.startswith(READY) for one in stage.dms()] == [True]
    assert await at_rest(stage)


async def at_rest(stage: Stage) -> bool:
    """Return whether the bot asks nothing more of either side."""
    before = count(stage, "*"), len(stage.uitpas.calls)
    await stage.pass_time(1200, steps=20)
    return (count(stage, "*"), len(stage.uitpas.calls)) == before
