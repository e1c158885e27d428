"""What a card was swapped for, asked by a person: whatever comes of it is an answer, and nothing of it is kept."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.cards import CardStatus, Cashed, Order, Sort
from bot.models import Period
from bot.sandbox.uitpas import KNOWN_CARDS
from bot.services.balies import Balies
from bot.services.cards import CardAnswer, Gone, NoLink, NothingSwapped, Refused, Silent, Swapped, TooOften
from bot.services.rations import Ration
from storage import accounts
from storage.database import Database, Transaction
from tests.services.card_desk import YEAR, Desk, asked, opened
from tests.support.clock import StillClock


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """Lien at De Sluis."""
    async with opened(tmp_path, monkeypatch) as ready:
        yield ready


@pytest.mark.parametrize(
    ("name", "count", "points"), [("swapped", 45, "401.5"), ("second", 45, "401.5"), ("kansenpas", 3, "27")]
)
async def test_all_that_a_holder_swapped_in_the_period_is_told(desk: Desk, name: str, count: int, points: str) -> None:
    cashed = await desk.found(name)
    days = [promotion.moment.date() for promotion in cashed.promotions]
    assert (len(days), cashed.points, cashed.broken, cashed.missing, cashed.is_cut) == (
        count,
        Decimal(points),
        0,
        0,
        False,
    )
    assert days == sorted(days, reverse=True)
    assert YEAR.first <= days[-1] <= days[0] <= YEAR.last


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("unused", NothingSwapped(CardStatus.ACTIVE)),
        ("blocked", NothingSwapped(CardStatus.BLOCKED)),
        ("stock", NothingSwapped(CardStatus.NOT_GIVEN_OUT, is_known=False)),
        ("nobody", NothingSwapped(None, is_known=False)),
    ],
)
async def test_where_nothing_was_swapped_it_is_told_what_the_card_is(desk: Desk, name: str, answer: CardAnswer) -> None:
    assert await desk.ask(name) == answer
    assert desk.asked == ["cashed_promotions", "card"]


async def test_a_card_that_was_swapped_is_not_looked_up(desk: Desk) -> None:
    await desk.found()
    assert desk.asked == ["cashed_promotions"]


async def test_a_status_that_can_not_be_had_is_left_out(desk: Desk) -> None:
    desk.uitpas.faults.add("card", "status")
    desk.uitpas.faults.add("card", "code", code="ACCESS_DENIED")
    assert [await desk.ask("unused"), await desk.ask("unused")] == [NothingSwapped(None)] * 2


async def test_a_row_that_comes_twice_counts_once(desk: Desk) -> None:
    once = await desk.found()
    desk.uitpas.faults.add("cashed_promotions", "doubled")
    assert await desk.found() == once


async def test_a_row_that_can_not_be_read_is_counted(desk: Desk) -> None:
    once = await desk.found()
    desk.uitpas.faults.add("cashed_promotions", "broken_row")
    assert await desk.found() == replace(once, promotions=once.promotions[1:], broken=1)


async def test_what_uitpas_counts_but_does_not_give_is_missing(desk: Desk) -> None:
    once = await desk.found()
    desk.uitpas.faults.add("cashed_promotions", "wrong_count", times=-1)
    assert await desk.found() == replace(once, missing=2)
    assert await desk.found("unused") == Cashed((), missing=2)


async def test_what_is_asked_is_what_uitpas_is_asked(desk: Desk) -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 29))
    await desk.ask(period=period, sort=Sort.CITY, order=Order.ASC)
    (call,) = desk.uitpas.calls
    assert (call.uid, dict(call.params)) == (
        desk.uitpas.employee("lien").uid,
        {
            "uitpasNumber": KNOWN_CARDS["swapped"],
            "balieConsumerKey": desk.uitpas.world.balies[0].consumer_key,
            "cashingPeriodBegin": "2026-03-01T00:00:00+01:00",
            "cashingPeriodEnd": "2026-03-29T23:59:59+02:00",
            "sort": "CITY",
            "order": "ASC",
            "max": "100",
            "start": "0",
        },
    )


REFUSALS: dict[str, tuple[str, dict[str, Any], CardAnswer]] = {
    "no right": ("code", {"code": "ACCESS_DENIED"}, Refused("ACCESS_DENIED")),
    "no such balie": ("code", {"code": "UNKNOWN_BALIE_CONSUMERKEY"}, Refused("UNKNOWN_BALIE_CONSUMERKEY")),
    "no number": ("code", {"code": "PARSE_INVALID_UITPASNUMBER"}, Refused("PARSE_INVALID_UITPASNUMBER")),
    "our fault": ("code", {"code": "INVALID_PARAMETERS"}, Refused("INVALID_PARAMETERS")),
    "nobody knows": ("code", {"code": "SOMETHING_NEW", "status": 200}, Refused("SOMETHING_NEW")),
    "no code": ("code", {"code": "kaart 0930012345607"}, Refused("")),
    "revoked": ("revoked", {}, NoLink(ended=True)),
    "not now": ("code", {"code": "ACTION_FAILED"}, Silent()),
    "down": ("status", {"status": 503}, Silent()),
    "html": ("html", {}, Silent()),
    "hangs up": ("drop", {}, Silent()),
}


@pytest.mark.parametrize("why", REFUSALS)
async def test_what_stands_in_the_way_is_told_by_what_can_be_done(desk: Desk, why: str) -> None:
    kind, detail, answer = REFUSALS[why]
    desk.uitpas.faults.add("cashed_promotions", kind, times=-1, **detail)
    assert await desk.ask() == answer
    assert "card" not in desk.asked


async def test_one_silence_is_not_noticed(desk: Desk) -> None:
    desk.uitpas.faults.add("cashed_promotions", "drop")
    assert len((await desk.found()).promotions) == 45


async def test_a_link_that_ends_between_two_questions_has_ended(desk: Desk) -> None:
    desk.uitpas.faults.add("card", "revoked")
    assert await desk.ask("unused") == NoLink(ended=True)


async def test_who_is_not_linked_asks_nothing(desk: Desk) -> None:
    assert await desk.ask(user="U2") == NoLink(ended=False)
    assert await desk.ask(team="T2") == NoLink(ended=False)
    await desk.database.transact(lambda tx: accounts.end(tx, "T1", "U1"))
    assert await desk.ask() == NoLink(ended=True)
    assert desk.asked == []


async def test_a_balie_that_is_not_mapped_here_is_gone(desk: Desk) -> None:
    elsewhere = "alias,name,consumer_key,channels\nelders,Elders,key-9,\n"
    await Balies(database=desk.database, clock=desk.clock).import_csv("T2", elsewhere)
    assert [await desk.ask(balie=balie) for balie in (2, 99, 0)] == [Gone()] * 3
    assert desk.asked == []


@pytest.mark.parametrize(
    ("delays", "is_told"), [([24.0], True), ([25.1], False), ([12.0, 12.0], True), ([12.0, 13.1], False)]
)
async def test_nobody_waits_longer_than_twenty_five_seconds_in_all(
    desk: Desk, delays: list[float], *, is_told: bool
) -> None:
    desk.add_swaps(150)
    for seconds in delays:
        desk.uitpas.faults.add("cashed_promotions", "delay", seconds=seconds)
    answer = await desk.ask("unused")
    assert (isinstance(answer, Swapped), answer == Silent()) == (is_told, not is_told)


async def test_thirty_questions_a_minute_are_enough_for_one_person(desk: Desk) -> None:
    client = desk.client()
    cards = desk.cards(client)
    answers = [await cards.ask("T1", "U1", asked("kansenpas")) for _ in range(32)]
    assert [isinstance(answer, Swapped) for answer in answers] == [True] * 30 + [False] * 2
    assert (answers[30:], len(desk.asked)) == ([TooOften("minute")] * 2, 30)
    desk.clock.advance(59.9)
    assert await cards.ask("T1", "U1", asked("kansenpas")) == TooOften("minute")
    desk.clock.advance(0.1)
    assert isinstance(await cards.ask("T1", "U1", asked("kansenpas")), Swapped)
    await client.aclose()


def test_three_hundred_questions_a_day_are_enough_and_each_person_counts_apart() -> None:
    clock = StillClock()
    ration = Ration(clock=clock)
    taken = []
    for _ in range(10):
        taken += [ration.take("T1", "U1") for _ in range(30)]
        clock.advance(60)
    assert taken == [None] * 300
    assert [ration.take(*who) for who in (("T1", "U1"), ("T1", "U2"), ("T2", "U1"))] == ["day", None, None]
    clock.advance(86400 - 600 - 1)
    assert ration.take("T1", "U1") == "day"
    clock.advance(1)
    assert [ration.take("T1", "U1") for _ in range(31)] == [None] * 30 + ["day"]


def test_what_was_not_allowed_is_not_counted() -> None:
    clock = StillClock()
    ration = Ration(clock=clock)
    assert [ration.take("T1", "U1") for _ in range(400)] == [None] * 30 + ["minute"] * 370
    clock.advance(60)
    assert ration.take("T1", "U1") is None


def everything(tx: Transaction) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    return {name: list(tx.table(name).rows) for name in tx.table_names()}


async def test_nothing_is_kept_but_the_balie_that_was_used_last(desk: Desk) -> None:
    before = await desk.database.read(everything)
    desk.uitpas.faults.add("cashed_promotions", "broken_row")
    for name in KNOWN_CARDS:
        await desk.ask(name)
    desk.uitpas.faults.add("cashed_promotions", "html", times=-1)
    assert await desk.ask() == Silent()
    last = {"team": "T1", "user": "U1", "locale": None, "standing": None, "checked_at": None, "last_balie": 1}
    assert await desk.database.read(everything) == {**before, "people": [last]}
    kept = b"".join(file.read_bytes() for file in desk.file.parent.iterdir())
    assert [name for name, number in KNOWN_CARDS.items() if number.encode() in kept] == []


async def test_a_card_that_nobody_has_is_no_use_of_a_balie(desk: Desk) -> None:
    before = await desk.database.read(everything)
    for name in ("stock", "nobody"):
        await desk.ask(name)
    assert await desk.database.read(everything) == before


async def test_an_answer_is_not_lost_to_a_database_that_is_locked(desk: Desk) -> None:
    other = await Database.open(desk.file, kind="serve")
    held, release = threading.Event(), threading.Event()

    def hold(_: Transaction) -> None:
        held.set()
        release.wait(10)

    holding = asyncio.create_task(other.transact(hold))
    await asyncio.to_thread(held.wait, 10)
    answer = await desk.ask()
    release.set()
    await holding
    await other.aclose()
    assert isinstance(answer, Swapped)
