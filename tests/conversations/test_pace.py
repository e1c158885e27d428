"""How fast the bot speaks: one message a second and conversation, and no call before Slack wants one again."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.models import UserToken
from bot.sandbox.slack.gate import Call
from bot.sandbox.slack.records import Person
from bot.sandbox.uitpas.people import Employee, Role
from tests.support.forms import anew
from tests.support.stage import Stage

POST, EDIT = "chat.postMessage", "chat.update"
CROWD = [f"desk{number}" for number in range(10)]
EMPTY = "wilgendries"
"""A balie that never sold anything: its reports end in one reply, without a file."""
MONTHS = [f"2025-{month:02}-01 2025-{month:02}-28" for month in range(1, 11)]
FINISHED = "Afgerond: er is in deze periode niets geregistreerd."


@pytest.fixture
def socket() -> bool:
    """Over HTTP alone: what is tried here are the bot's own calls, and those are the same over either way in."""
    return False


async def ask(stage: Stage, words: str, *, user: str, channel: str) -> None:
    """Have somebody ask at this very moment, and let the bot do no more than take it in."""
    world = stage.slack.world
    delivery = await stage.slack.command(world.person(user).id, world.channel(channel).id, f"rapport {words} {EMPTY}")
    assert delivery.error is None


@pytest.fixture
async def crowd(stage: Stage) -> Stage:
    """The stage with ten people more, each with a UiTiD that may ask for the balie without sales."""
    world, uitpas = stage.slack.world, stage.uitpas
    channels = [world.channel(name).id for name in (stage.where, "algemeen")]
    for number, name in enumerate(CROWD):
        person = Person(f"U0DESK000{number}0", name, name.title(), world.team.id)
        employee = Employee(f"uid-of-{name}", name, person.real_name, (Role(251, "member"),))
        world.people[person.id] = person
        for channel in channels:
            world.talk.join(channel, person.id)
        uitpas.world.employees = (*uitpas.world.employees, employee)
        token, secret = uitpas.issue_token(employee.uid)
        await stage.bot.linking.keep(stage.bot.team, person.id, UserToken(token, secret, employee.uid))
    return stage


async def test_ten_people_who_ask_at_once_get_a_root_a_second(crowd: Stage) -> None:
    for user, month in zip(CROWD, MONTHS, strict=True):
        await ask(crowd, month, user=user, channel=crowd.where)
    came = []
    for _ in CROWD:
        await crowd.settle()
        came.append(len(crowd.roots()))
        crowd.clock.advance(1)
    assert came == list(range(1, 11))
    await crowd.pass_time(30, steps=30)
    assert all_ended(crowd, crowd.where, 10)
    assert crowd.slack.workspace.rates.refused == []


async def test_in_no_conversation_do_two_messages_come_within_a_second(crowd: Stage) -> None:
    for user, month in zip(CROWD, MONTHS, strict=True):
        await ask(crowd, month, user=user, channel=crowd.where)
        await ask(crowd, month, user=user, channel=crowd.slack.world.open_im(user))
    await crowd.pass_time(30, steps=120)
    assert places(crowd) == {crowd.where: 10} | {crowd.slack.world.open_im(user): 1 for user in CROWD}
    assert all(all_ended(crowd, place, count) for place, count in places(crowd).items())
    assert min(gaps(crowd)) >= timedelta(seconds=1)
    assert crowd.slack.workspace.rates.refused == []


async def test_somebodys_direct_messages_come_a_second_apart_however_they_got_there(stage: Stage) -> None:
    direct = stage.slack.world.open_im("lien")
    await ask(stage, "mei 2026", user="lien", channel="evenementen")
    await ask(stage, "juni 2026", user="lien", channel=direct)
    await stage.settle()
    assert len(stage.dms()) == 1
    await stage.pass_time(30, steps=30)
    assert all_ended(stage, direct, 2)
    assert [refused.channel for refused in stage.slack.workspace.rates.refused] == []


async def test_more_edits_than_slack_takes_in_a_minute_all_come_in_the_end(crowd: Stage) -> None:
    direct = [crowd.slack.world.open_im(user) for user in CROWD]
    for month in MONTHS[:6]:
        for user, channel in zip(CROWD, direct, strict=True):
            await ask(crowd, month, user=user, channel=channel)
    await crowd.pass_time(30, steps=30)
    refused = crowd.slack.workspace.rates.refused
    (crowded,) = {one.moment for one in refused}
    await crowd.pass_time(120, steps=120)
    first, later = edits(crowd)[0].moment, [call.moment for call in edits(crowd) if call.moment > crowded]
    assert min(later) >= first + timedelta(seconds=60), "what Slack counted a minute ago counts no more"
    assert {one.method for one in refused} == {EDIT}, "posts and questions stay below what Slack takes"
    assert all(all_ended(crowd, channel, 6) for channel in direct)
    assert Counter(call.args["channel"] for call in posts(crowd)) == dict.fromkeys(direct, 12)


async def test_a_crowded_conversation_waits_as_long_as_slack_says_and_the_others_go_on(crowd: Stage) -> None:
    crowd.slack.faults.add(POST, "ratelimited", retry_after=30)
    await ask(crowd, MONTHS[0], user=CROWD[0], channel=crowd.where)
    await crowd.settle()
    await ask(crowd, MONTHS[1], user=CROWD[1], channel=crowd.where)
    await ask(crowd, MONTHS[2], user=CROWD[2], channel="algemeen")
    await crowd.settle()
    assert places(crowd) == {"algemeen": 1}
    await crowd.pass_time(29, steps=29)
    crowded = crowd.slack.world.channel(crowd.where).id
    assert sum(call.args["channel"] == crowded for call in posts(crowd)) == 1
    await crowd.pass_time(1)
    assert len(crowd.roots()) == 1
    await crowd.pass_time(10, steps=10)
    assert all_ended(crowd, crowd.where, 2)
    assert all_ended(crowd, "algemeen", 1)


async def test_a_crowded_workspace_waits_in_every_conversation(crowd: Stage) -> None:
    crowd.slack.faults.add(POST, "error", code="message_limit_exceeded")
    await ask(crowd, MONTHS[0], user=CROWD[0], channel=crowd.where)
    await crowd.settle()
    await ask(crowd, MONTHS[1], user=CROWD[1], channel="algemeen")
    await crowd.pass_time(0.9, steps=3)
    assert (len(posts(crowd)), places(crowd)) == (1, {})
    await crowd.pass_time(20, steps=40)
    assert all_ended(crowd, crowd.where, 1)
    assert all_ended(crowd, "algemeen", 1)


async def test_crowded_edits_wait_in_every_conversation_and_messages_go_on(crowd: Stage) -> None:
    crowd.slack.faults.add(EDIT, "ratelimited", retry_after=60)
    await ask(crowd, MONTHS[0], user=CROWD[0], channel=crowd.where)
    await crowd.settle()
    await ask(crowd, MONTHS[1], user=CROWD[1], channel="algemeen")
    await crowd.pass_time(59, steps=59)
    assert len(edits(crowd)) == 1
    assert [len(crowd.replies(channel=channel)) for channel in (crowd.where, "algemeen")] == [1, 1]
    await crowd.pass_time(10, steps=10)
    assert all_ended(crowd, crowd.where, 1)
    assert all_ended(crowd, "algemeen", 1)


async def test_after_a_restart_the_queue_goes_on_where_it_was(crowd: Stage) -> None:
    async with anew(crowd) as first:
        for user, month in zip(CROWD, MONTHS, strict=True):
            await ask(first, month, user=user, channel=first.where)
        await first.settle()
        await first.pass_time(2, steps=2)
        assert len(first.roots()) == 3
    async with anew(crowd) as second:
        await second.settle()
        assert len(second.roots()) == 3, "what set out before the restart counts"
        await second.pass_time(40, steps=40)
    assert all_ended(crowd, crowd.where, 10)
    assert crowd.slack.workspace.rates.refused == []


async def test_after_a_restart_a_crowded_conversation_is_still_left_alone(crowd: Stage) -> None:
    crowd.slack.faults.add(POST, "ratelimited", retry_after=30)
    async with anew(crowd) as first:
        await ask(first, MONTHS[0], user=CROWD[0], channel=first.where)
        await first.settle()
    async with anew(crowd) as second:
        await second.pass_time(29, steps=29)
        assert len(posts(second)) == 1
        await second.pass_time(10, steps=10)
    assert all_ended(crowd, crowd.where, 1)


def all_ended(stage: Stage, channel: str, count: int) -> bool:
    """Assert that so many reports came here once, each with one reply and a root that says how it ended."""
    roots = stage.roots(channel)
    assert len({root.text for root in roots}) == len(roots) == count, stage.transcript(channel)
    assert [root.text.partition(": ")[2] for root in roots] == [FINISHED] * count
    assert [len(stage.replies(root, channel)) for root in roots] == [1] * count
    return True


def places(stage: Stage) -> dict[str, int]:
    """Return how many roots each conversation has, where there are any."""
    channels = stage.slack.world.talk.channels.values()
    counts = {channel.name or channel.id: len(stage.roots(channel.id)) for channel in channels}
    return {name: count for name, count in counts.items() if count}


def posts(stage: Stage) -> list[Call]:
    """Return every call that posts."""
    return [call for call in stage.slack.calls if call.method == POST]


def edits(stage: Stage) -> list[Call]:
    """Return every call that edits."""
    return [call for call in stage.slack.calls if call.method == EDIT]


def gaps(stage: Stage) -> list[timedelta]:
    """Return the time between any message and the one before it in the same conversation."""
    moments: dict[str, list[Call]] = {}
    for call in posts(stage):
        moments.setdefault(call.args["channel"], []).append(call)
    return [later.moment - call.moment for calls in moments.values() for call, later in pairwise(calls)]
