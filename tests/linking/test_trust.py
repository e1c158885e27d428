"""Whom a refusal of UiTPAS concerns: found out by asking others, never more of them than needed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from bot.clients.uitpas import UitpasClient
from bot.demo import EMPLOYEES
from bot.models import Kind, UserToken
from bot.sandbox.uitpas import UitpasSandbox
from bot.sealing import Sealer, new_key
from bot.services.linking import Linking
from bot.services.trust import EVERY, PATIENCE, Trust, Verdict
from storage import accounts, outbox
from storage.database import Database
from tests.services.card_desk import LoopTime
from tests.support.clock import StillClock

TEAM = "T1"
SEARCH, LIST = "balie_search", "balie_list"


async def _nothing(path: str) -> None:
    del path


class Wire(httpx.AsyncHTTPTransport):
    """The way to UiTPAS; `after` is awaited with the path of an answer that has not been handed on yet."""

    after: Callable[[str], Awaitable[None]] = staticmethod(_nothing)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Fetch the whole answer, and hand it on afterwards."""
        response = await super().handle_async_request(request)
        await response.aread()
        await self.after(request.url.path.rpartition("/")[2])
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)


@dataclass
class Town:
    """Everybody linked, and what decides whom a refusal concerns."""

    uitpas: UitpasSandbox
    clock: StillClock
    database: Database
    linking: Linking
    trust: Trust
    wire: Wire
    tokens: dict[str, UserToken] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """The names of the calls that UiTPAS got."""
        return [call.name for call in self.uitpas.calls]

    async def link(self, user: str) -> None:
        """Link somebody, and remember the token."""
        uid = self.uitpas.employee(EMPLOYEES[user]).uid
        self.tokens[user] = UserToken(*self.uitpas.issue_token(uid), uid)
        await self.linking.keep(TEAM, user, self.tokens[user])

    async def refused(self, user: str = "lien") -> Verdict:
        """Say that this person's token was refused."""
        return await self.trust.refused(TEAM, user, self.tokens[user])

    async def ended(self) -> list[str]:
        """Return whose link has ended; everybody's token is kept."""
        found = await self.database.read(lambda tx: [accounts.get(tx, TEAM, user) for user in self.tokens])
        assert None not in found
        return [account.user for account in found if account is not None and account.state == "ended"]

    def refuse(self, *calls: str) -> None:
        """Let UiTPAS refuse these calls from now on."""
        for call in calls:
            self.uitpas.faults.add(call, "status", times=-1, status=401)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """Six people, linked one after the other."""
    clock, wire = StillClock(), Wire()
    uitpas = UitpasSandbox(now=clock.now, sleep=LoopTime(monkeypatch).sleep)
    await uitpas.start()
    database = await Database.open(tmp_path / "baliebot.db", kind="serve")
    linking = await Linking.open(database=database, sealer=Sealer([new_key()]), clock=clock)
    key, secret = uitpas.consumer_key, uitpas.consumer_secret
    client = UitpasClient(
        base_url=uitpas.api_url, consumer_key=key, consumer_secret=secret, clock=clock, transport=wire
    )
    found = Town(uitpas, clock, database, linking, Trust(uitpas=client, linking=linking, clock=clock), wire)
    for user in EMPLOYEES:
        await found.link(user)
        clock.advance(1)
    yield found
    await client.aclose()
    await database.aclose()
    await uitpas.aclose()


async def test_where_the_bot_itself_is_accepted_it_is_this_account_alone(town: Town) -> None:
    assert await town.refused() is Verdict.ENDED
    assert (await town.ended(), town.asked, town.trust.is_refused) == (["lien"], [SEARCH], False)


async def test_a_code_says_that_the_bot_was_let_in(town: Town) -> None:
    town.uitpas.faults.add(SEARCH, "code", code="ACCESS_DENIED")
    assert await town.refused() is Verdict.ENDED
    assert town.asked == [SEARCH]


async def test_where_another_is_accepted_it_is_this_account_alone(town: Town) -> None:
    town.refuse(SEARCH)
    town.uitpas.faults.add(LIST, "status", status=403)
    assert await town.refused() is Verdict.ENDED
    assert (await town.ended(), town.asked) == (["lien"], [SEARCH, LIST, LIST])
    asked_for = [call.uid for call in town.uitpas.calls][1:]
    assert asked_for == [town.tokens[user].user_id for user in ("chloe", "emily")], "those who were linked last"


async def test_where_nobody_is_accepted_nobody_has_to_link_again(town: Town) -> None:
    town.refuse("*")
    assert await town.refused("chloe") is Verdict.EVERYBODY
    assert (await town.ended(), town.asked) == ([], [SEARCH, LIST, LIST, LIST])
    assert town.trust.is_refused
    assert town.tokens["chloe"].user_id not in [call.uid for call in town.uitpas.calls], "their own answer is known"


async def test_the_only_one_who_is_linked_may_not_be_told_by_a_bot_that_is_refused(town: Town) -> None:
    town.refuse("*")
    for user in set(EMPLOYEES) - {"lien"}:
        await town.linking.end(TEAM, user, town.tokens[user], asked=True)
    assert await town.refused() is Verdict.EVERYBODY
    assert town.asked == [SEARCH]


@pytest.mark.parametrize("silent", ["*", SEARCH, LIST])
async def test_where_there_is_no_answer_nobody_can_tell(town: Town, silent: str) -> None:
    town.uitpas.faults.add(silent, "status", times=-1, status=503)
    town.refuse("*")
    assert await town.refused() is Verdict.UNKNOWN
    assert (await town.ended(), town.trust.is_refused) == ([], False)


async def test_a_uitpas_that_takes_too_long_is_not_waited_for(town: Town) -> None:
    town.uitpas.faults.add(SEARCH, "delay", seconds=PATIENCE + 1)
    assert await town.refused() is Verdict.UNKNOWN
    assert await town.ended() == []


async def test_many_refusals_side_by_side_are_one_look(town: Town) -> None:
    verdicts = await asyncio.gather(*(town.refused(user) for user in EMPLOYEES))
    assert (set(verdicts), town.asked) == ({Verdict.ENDED}, [SEARCH])
    assert await town.ended() == list(EMPLOYEES)


async def test_who_is_accepted_in_a_look_of_another_is_not_the_one_whose_link_ended(town: Town) -> None:
    town.refuse(SEARCH)
    lien, chloe = await asyncio.gather(town.refused("lien"), town.refused("chloe"))
    assert (lien, chloe) == (Verdict.ENDED, Verdict.UNKNOWN)
    assert (await town.ended(), town.asked) == (["lien"], [SEARCH, LIST])


async def test_who_asked_nothing_is_told_and_who_asked_reads_it_in_the_answer(town: Town) -> None:
    await town.trust.refused(TEAM, "lien", town.tokens["lien"], asked=True)
    await town.trust.refused(TEAM, "bram", town.tokens["bram"])
    await town.trust.refused(TEAM, "bram", town.tokens["bram"])
    rows = await town.database.read(lambda tx: outbox.due(tx, town.clock.now(), 10, timedelta(0)))
    assert [(row.kind, row.recipient, row.report) for row in rows] == [(Kind.LINK_ENDED, "bram", None)]


async def test_an_answer_older_than_a_refusal_says_nothing_of_it(town: Town) -> None:
    second: list[asyncio.Task[Verdict]] = []

    async def refuse_from_now_on(path: str) -> None:
        if path == "search" and not second:
            town.refuse("*")
            second.append(asyncio.create_task(town.refused("bram")))
            await asyncio.sleep(0)

    town.wire.after = refuse_from_now_on
    assert await town.refused() is Verdict.ENDED
    assert await second[0] is Verdict.EVERYBODY
    assert await town.ended() == ["lien"]


async def test_a_look_that_was_broken_off_tells_nobody_anything(town: Town) -> None:
    async def break_off(path: str) -> None:
        if path == "search" and len(town.asked) == 1:
            first.cancel()
            await asyncio.sleep(0)

    town.wire.after = break_off
    first = asyncio.create_task(town.refused())
    second = asyncio.create_task(town.refused("bram"))
    assert await second is Verdict.ENDED
    assert (first.cancelled(), town.asked, await town.ended()) == (True, [SEARCH, SEARCH], ["bram"])


async def test_a_token_known_to_have_ended_is_asked_after_no_more(town: Town) -> None:
    await town.refused()
    assert await town.refused() is Verdict.ENDED
    assert town.asked == [SEARCH]


async def test_a_late_refusal_of_an_old_token_leaves_a_new_link_alone(town: Town) -> None:
    old = town.tokens["lien"]

    async def link_anew(path: str) -> None:
        del path
        await town.link("lien")

    town.wire.after = link_anew
    assert await town.refused() is Verdict.UNKNOWN, "linked anew while it was found out"
    assert await town.trust.refused(TEAM, "lien", old) is Verdict.UNKNOWN, "linked anew before"
    assert (await town.ended(), await town.linking.token(TEAM, "lien")) == ([], town.tokens["lien"])
    assert town.asked == [SEARCH]


async def test_the_operator_is_told_once_that_it_broke_and_once_that_it_works(town: Town) -> None:
    with capture_logs() as logs:
        town.refuse("*")
        await asyncio.gather(town.refused("lien"), town.refused("bram"))
        await town.refused("noor")
        await town.trust.look_again()
        town.uitpas.faults.clear()
        await town.trust.look_again()
        await town.trust.look_again()
    told = [(one["log_level"], one["event"]) for one in logs if one["log_level"] != "info"]
    assert told == [("error", "uitpas_refuses_everybody"), ("warning", "uitpas_accepts_us_again")]
    secrets = [*town.tokens.values()]
    assert not any(part in str(logs) for one in secrets for part in (one.token, one.secret, one.user_id))


async def test_while_it_refuses_everybody_it_is_tried_again_every_minute_and_soon_when_somebody_is_answered(
    town: Town,
) -> None:
    assert not town.trust.is_due(town.clock.now())
    town.refuse("*")
    await town.refused()
    due: list[bool] = []
    for step in (EVERY.total_seconds() - 1, 1):
        town.clock.advance(step)
        due.append(town.trust.is_due(town.clock.now()))
    await town.trust.look_again()
    due.append(town.trust.is_due(town.clock.now()))
    town.trust.accepted()
    due.append(town.trust.is_due(town.clock.now()))
    assert (due, town.trust.is_refused) == ([False, True, False, True], True)


async def test_a_silent_uitpas_changes_nothing_about_being_refused(town: Town) -> None:
    town.refuse("*")
    await town.refused()
    town.uitpas.faults.clear()
    town.uitpas.faults.add("*", "status", times=-1, status=503)
    await town.trust.look_again()
    assert town.trust.is_refused
    town.uitpas.faults.clear()
    await town.trust.look_again()
    assert not town.trust.is_refused
