"""What Slack brings twice, to two bots or while it swaps sockets: nothing is doubled and nothing is lost.

The other duplicates: ours after a crash are in `test_kill_walk` and `test_two_speakers`, those of a dropped connection
in `test_slack_faults`, forms handed in again after a time-out in `test_report_form_handed_in`.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot, running
from bot.models import Language
from bot.sandbox.slack.installation import Installation
from bot.sandbox.slack.records import Json
from handlers.manifest import manifest
from tests.conversations import test_acknowledgements as acts
from tests.conversations.test_acknowledgements import ASK, HANGING, LIEN, OPEN, Ledger, counting, locked
from tests.support.forms import eventually
from tests.support.stage import Stage, staged

QUARTER = "1 april – 30 juni 2026"
TITLE = f"Onkostennota van CC De Sluis, {QUARTER}"
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
FAILED = f"{TITLE}: Niet gelukt. In de draad staat waarom."
CANCELLED = f"{TITLE}: Geannuleerd door <@{LIEN}>."
ELSEWHERE = f"Onkostennota van Gemeenschapscentrum 't Hof, {QUARTER}: Klaar. Het antwoord staat in de draad."
JUST_ASKED = (
    f"De onkostennota van *CC De Sluis* voor {QUARTER} is daarnet al gevraagd. Zie je ze over een minuut niet, vraag ze"
    " dan opnieuw."
)
ONCE: dict[str, list[tuple[str, int]]] = {
    "cancel": [(CANCELLED, 1)],
    "retry": [(FAILED, 1), (DONE, 2)],
    "make again": [(DONE, 2), (DONE, 2)],
    "a balie chosen": [(ELSEWHERE, 1)],
    "a form handed in": [(DONE, 2)],
}
"""What stands in the channels when that was done once: every root, and how much stands under it."""
RETRIES: list[dict[str, Any]] = [
    {},
    {"retry": 1, "reason": "http_timeout"},
    {"retry": 2, "reason": "http_error"},
    {"retry": 3, "reason": "connection_failed"},
]
MENTION: Json = {"type": "app_mention", "user": LIEN, "channel": "C0DESLUIS01", "text": "<@U0BALIEBOT0> hallo"}
EVENTS: dict[str, Json] = {
    "a mention": MENTION,
    "a message": {"type": "message", "channel_type": "im", "channel": "D0LIEN00001", "user": LIEN, "text": ASK},
    "the messages tab": {"type": "app_home_opened", "user": LIEN, "channel": "D0LIEN00001", "tab": "messages"},
    "an uninstallation": {"type": "app_uninstalled"},
    "tokens revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BALIEBOT0"]}},
    "somebody changed": {"type": "user_change", "user": {"id": LIEN, "team_id": "T0VOORBEELD", "deleted": True}},
}


@dataclass
class Pair:
    """Two bots over one database; whatever Slack brings goes to the one whose turn it is. The first speaks."""

    stage: Stage
    bots: list[Bot]
    ledgers: list[Ledger]
    is_posted: bool

    def turn(self) -> None:
        """Have the next thing go to the other one; over sockets Slack does that by itself."""
        if self.is_posted:
            self.bots.reverse()
            self.stage.slack.connect_http(f"{self.bots[0].url}/slack/events")

    async def both(self, first: acts.Act, second: acts.Act) -> None:
        """Do two things at the same moment, one to each of the two, and let them do all that is due."""

        async def turned() -> object:
            self.turn()
            return await second()

        before = [ledger.read for ledger in self.ledgers]
        await asyncio.gather(first(), turned())
        taken = [ledger.read > asked for ledger, asked in zip(self.ledgers, before, strict=True)]
        assert taken == [True, True], "each of the two got one"
        await self.stage.settle()


@pytest.fixture
async def pair(tmp_path: Path, *, socket: bool) -> AsyncIterator[Pair]:
    """Two bots, as during a rolling restart."""
    ledgers = [Ledger(), Ledger()]
    first, second = (partial(counting, ledger) for ledger in ledgers)
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(staged(tmp_path, socket=socket, connect=first))
        second_life = running(stage.settings, clock=stage.clock, connect=second, timers=False)
        bots = [stage.bot, await stack.enter_async_context(second_life)]
        await stage.settle()
        while socket and not ledgers[1].read:
            await stage.slack.command(stage.slack.world.person("chloe").id, "C0EVENEMENT", "help")
        yield Pair(stage, bots, ledgers, is_posted=not socket)


async def mentioned(stage: Stage) -> acts.Act:
    """Lien mentions a bot that somebody subscribed to that by hand."""
    subscribe(stage, MENTION["type"])
    return partial(stage.slack.event, MENTION)


def subscribe(stage: Stage, *events: str) -> None:
    """Have Slack bring these events too, as whoever manages the app may."""
    told = manifest(language=Language.NL, url=None)
    told["settings"]["event_subscriptions"] = {"bot_events": list(events)}
    stage.slack.workspace.installation = Installation(told)


async def test_a_command_brought_to_two_bots_is_one_report_and_not_a_word_more(pair: Pair) -> None:
    stage = pair.stage
    asked = await stage.type("help")
    parcel = replace(asked.parcel, payload={**asked.payload, "text": ASK})
    bring = partial(stage.slack.again, replace(asked, parcel=parcel))
    await pair.both(bring, bring)
    await stage.pass_time(2)
    assert [(delivery.error, delivery.ack) for delivery in stage.slack.deliveries][-2:] == [(None, {})] * 2
    assert (said(stage), len(stage.whispers())) == ([(DONE, 2)], 1), "the help, and nothing about the report"


async def test_a_command_typed_twice_is_one_report_and_the_second_is_told_so(pair: Pair) -> None:
    type_it = await acts.words(ASK, pair.stage)
    await pair.both(type_it, type_it)
    await pair.stage.pass_time(2)
    assert (said(pair.stage), pair.stage.whispers()) == ([(DONE, 2)], [JUST_ASKED])


@pytest.mark.parametrize("act", ONCE)
async def test_what_is_done_twice_at_the_same_moment_is_done_once(pair: Pair, act: str) -> None:
    do = await acts.ACTS[act](pair.stage)
    await pair.both(do, do)
    await pair.stage.pass_time(60, steps=30)
    assert said(pair.stage) == ONCE[act]


@pytest.mark.parametrize("act", ONCE)
async def test_what_slack_brings_again_is_done_once_also_when_all_is_over(pair: Pair, act: str) -> None:
    do, stage = await acts.ACTS[act](pair.stage), pair.stage
    await do()
    bring = partial(stage.slack.again, stage.slack.deliveries[-1])
    await pair.both(bring, bring)
    await stage.pass_time(60, steps=30)
    assert said(stage) == ONCE[act]
    await pair.both(bring, bring)
    await stage.pass_time(60, steps=30)
    assert (said(stage), [delivery.ack for delivery in stage.slack.deliveries][-2:]) == (ONCE[act], [{}, {}])


async def test_two_people_who_press_retry_at_the_same_moment_get_one_report(pair: Pair) -> None:
    stage = pair.stage
    reply = await acts.failed(stage)
    press = [partial(stage.slack.click, person, reply, "report_retry") for person in (LIEN, "U0BRAM00002")]
    await pair.both(press[0], press[1])
    await stage.pass_time(60, steps=30)
    assert (said(stage), stage.whispers() + stage.whispers("bram")) == (ONCE["retry"], [JUST_ASKED])


@pytest.mark.parametrize(("act", "channel"), [("retry", "C0DESLUIS01"), ("a balie chosen", "C0ALGEMEEN1")])
async def test_what_moved_to_the_direct_messages_is_not_begun_again_by_the_same_button(
    stage: Stage, act: str, channel: str
) -> None:
    do, before = await acts.ACTS[act](stage), said(stage)
    stage.slack.world.talk.leave(channel, stage.slack.bot_user_id)
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for _ in range(2):
        await do()
        await stage.pass_time(2, steps=2)
    assert ([len(stage.replies(root, root.channel)) for root in stage.dms()], said(stage)) == ([0], before)


async def test_timers_that_go_off_twice_at_one_moment_say_everything_once(pair: Pair) -> None:
    stage, bots = pair.stage, [*pair.bots, *pair.bots]
    await stage.type(ASK, then_settle=False)
    for _ in range(10):
        await asyncio.gather(*(bot.timers.run_due(stage.clock.now()) for bot in bots))
        await asyncio.gather(*(bot.timers.settled() for bot in bots))
        stage.clock.advance(1)
    posted = [call.method for call in stage.slack.calls].count("chat.postMessage")
    started = [call.name for call in stage.uitpas.calls].count("start_report")
    assert (said(stage), posted, started) == ([(DONE, 2)], 2, 1)


async def test_a_post_whose_answer_is_lost_is_not_sent_again_by_the_library(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", "drop", times=2, processed=True)
    await stage.type(ASK)
    assert [call.method for call in stage.slack.calls].count("chat.postMessage") == 1
    await stage.pass_time(120, steps=60)
    assert [call.method for call in stage.slack.calls].count("chat.postMessage") == 2, "the root and the reply"
    assert said(stage) == [(DONE, 2)]


@pytest.mark.parametrize("event", EVENTS)
async def test_an_event_is_acknowledged_however_often_it_comes_and_changes_nothing(pair: Pair, event: str) -> None:
    stage = pair.stage
    subscribe(stage, "app_mention", "message.im", "app_home_opened", "app_uninstalled", "tokens_revoked", "user_change")
    await stage.type("help")
    before = traces(stage)
    stage.slack.faults.add("*", "delay", times=-1, seconds=HANGING)
    for retry in RETRIES:
        delivery = await stage.slack.event(EVENTS[event], event_id="Ev0TWICE001", **retry)
        assert delivery.error is None
        pair.turn()
    stage.slack.faults.clear()
    await stage.settle()
    assert traces(stage) == before


async def test_an_event_that_was_lost_is_taken_when_it_comes_again(stage: Stage, *, socket: bool) -> None:
    subscribe(stage, "app_mention")
    if socket:
        await stage.slack.disconnect_sockets()
    else:
        stage.slack.forgery = "old"
    lost = await stage.slack.event(MENTION)
    stage.slack.forgery = None
    if socket:
        await stage.slack.sockets_ready()
    (again,) = await stage.slack.redeliver_due()
    assert (lost.error, again.error, again.parcel.retry) == ("dispatch_failed", None, 1)
    stage.clock.advance(3600)
    assert await stage.slack.redeliver_due() == []


@pytest.fixture
async def socketed(tmp_path: Path, ledger: Ledger) -> AsyncIterator[Stage]:
    """A stage to which everything comes over sockets, with a database that is counted."""
    async with staged(tmp_path, socket=True, connect=partial(counting, ledger)) as ready:
        yield ready


@pytest.fixture
def ledger() -> Ledger:
    """Nothing asked yet."""
    return Ledger()


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_socket_that_is_swapped_at_every_step_of_a_report_loses_nothing(socketed: Stage, reason: str) -> None:
    stage = socketed
    for text, channel in ((ASK, stage.where), ("rapport vorig kwartaal t-hof", OPEN)):
        await stage.slack.disconnect_sockets(reason)
        await stage.slack.sockets_ready()
        assert (await stage.type(text, channel=channel, then_settle=False)).error is None
        for _ in range(6):
            await stage.slack.disconnect_sockets(reason)
            await stage.bot.timers.run_due(stage.clock.now())
            await stage.slack.sockets_ready()
            await stage.pass_time(1)
    assert said(stage) == [(DONE, 2), (ELSEWHERE, 1)]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
@pytest.mark.parametrize("act", ["a report in words", *ONCE])
async def test_an_acknowledgement_made_while_the_socket_is_swapped_arrives(
    socketed: Stage, ledger: Ledger, act: str, reason: str
) -> None:
    do, begun = await acts.ACTS[act](socketed), ledger.begun
    with locked(socketed) as holder:
        doing = asyncio.ensure_future(do())
        await eventually(lambda: ledger.begun > begun)
        await socketed.slack.disconnect_sockets(reason)
        await socketed.slack.sockets_ready()
        holder.rollback()
        await doing
    assert socketed.slack.deliveries[-1].error is None
    await socketed.pass_time(60, steps=30)
    assert said(socketed) == {**ONCE, "a report in words": [(DONE, 2)]}[act]


def said(stage: Stage) -> list[tuple[str, int]]:
    """Return every root in both channels as it stands now, and how much stands under it."""
    channels = (stage.where, OPEN)
    return [(root.text, len(stage.replies(root, one))) for one in channels for root in stage.roots(one)]


def traces(stage: Stage) -> tuple[object, ...]:
    """Return all that the bot ever did: what it asked of Slack and UiTPAS, and what it wrote down."""
    with closing(sqlite3.connect(stage.settings.baliebot_database)) as database:
        rows = [line for line in database.iterdump() if '"lease"' not in line]
    return list(stage.slack.calls), list(stage.uitpas.calls), rows
