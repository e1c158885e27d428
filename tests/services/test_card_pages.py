"""A history that comes in pages is read whole, each swap once; what is lost on the way is counted."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.cards import Cashed, Order
from bot.services.cards import CardAnswer, Swapped
from tests.services.card_desk import Desk, asked, opened


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """Lien at De Sluis."""
    async with opened(tmp_path, monkeypatch) as ready:
        yield ready


def swaps(cashed: Cashed) -> list[int]:
    return [int(promotion.swap or 0) for promotion in cashed.promotions]


@pytest.mark.parametrize("fault", [None, "doubled", "wrong_count"])
async def test_a_long_history_is_read_page_by_page_each_swap_once(desk: Desk, fault: str | None) -> None:
    desk.add_swaps(250)
    if fault:
        desk.uitpas.faults.add("cashed_promotions", fault, times=-1)
    cashed = await desk.found("unused", order=Order.ASC)
    assert (swaps(cashed), cashed.missing, cashed.is_cut) == (
        list(range(1, 251)),
        2 if fault == "wrong_count" else 0,
        False,
    )
    assert [call.params["start"] for call in desk.uitpas.calls][:3] == ["0", "100", "200"]


async def test_unreadable_rows_of_every_page_are_counted_and_hide_no_others(desk: Desk) -> None:
    desk.add_swaps(250)
    desk.uitpas.faults.add("cashed_promotions", "broken_row", times=-1)
    cashed = await desk.found("unused", order=Order.ASC)
    readable = [number for number in range(1, 251) if number % 100 != 1]
    assert (swaps(cashed), cashed.broken, cashed.missing) == (readable, 3, 0)


@pytest.mark.parametrize(("count", "is_cut"), [(1000, False), (1001, True), (1150, True)])
async def test_nobody_reads_more_than_a_thousand(desk: Desk, count: int, *, is_cut: bool) -> None:
    desk.add_swaps(count)
    cashed = await desk.found("unused", order=Order.ASC)
    assert (swaps(cashed), cashed.is_cut, cashed.missing) == (list(range(1, 1001)), is_cut, 0)
    assert len(desk.asked) == 10


def page(count: int, *, total: str = "", broken: int = 0, doubled: int = 0) -> bytes:
    """Return an answer with so many rows, the first ones twice, and so many before them that can't be read."""
    promotion = "<promotion><points>1</points></promotion>"
    bad = f"<cashedPromotion>{promotion}</cashedPromotion>" * broken
    good = "".join(
        f"<cashedPromotion><id>{n}</id>{promotion}<cashingDate>2026-01-01</cashingDate></cashedPromotion>"
        for n in (*range(doubled), *range(count))
    )
    return f"<response><cashedPromotions>{bad}{good}</cashedPromotions>{total}</response>".encode()


async def answered_by(desk: Desk, body: bytes) -> tuple[CardAnswer, int]:
    """Return what is made of a UiTPAS that says the same whatever is asked, and how often it was asked."""
    requests: list[httpx.Request] = []

    def say(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, content=body)

    client = desk.client(httpx.MockTransport(say))
    answer = await desk.cards(client).ask("T1", "U1", asked("swapped"))
    await client.aclose()
    return answer, len(requests)


@pytest.mark.parametrize(
    ("body", "rows", "broken", "missing", "is_cut", "requests"),
    [
        (page(20), 20, 0, 0, False, 2),
        (page(20, total="<total>20</total>"), 20, 0, 0, False, 1),
        (page(20, total="<total>45</total>"), 20, 0, 25, False, 2),
        (page(20, total="<total>5</total>"), 20, 0, 0, False, 1),
        (page(20, total="<total>veel</total>"), 20, 0, 0, False, 2),
        (page(19, total="<total>45</total>", broken=1), 19, 1, 25, False, 2),
        (page(19, broken=1), 19, 1, 0, False, 2),
        (page(20, total="<total>22</total>", doubled=2), 20, 0, 0, False, 2),
        (page(1200, total="<total>1200</total>"), 1000, 0, 0, True, 1),
        (page(1200), 1000, 0, 0, True, 1),
    ],
)
async def test_a_uitpas_that_heeds_no_start_is_not_asked_for_ever_and_what_it_keeps_back_is_counted(
    desk: Desk, body: bytes, rows: int, broken: int, missing: int, *, is_cut: bool, requests: int
) -> None:
    answer, count = await answered_by(desk, body)
    assert isinstance(answer, Swapped)
    cashed = answer.cashed
    assert (len(cashed.promotions), cashed.broken, cashed.missing, cashed.is_cut) == (rows, broken, missing, is_cut)
    assert count == requests


async def test_a_uitpas_that_gives_nothing_but_unreadable_rows_is_left_in_the_end(desk: Desk) -> None:
    answer, count = await answered_by(desk, page(0, broken=200))
    assert isinstance(answer, Swapped)
    assert (answer.cashed, count) == (Cashed((), broken=1000, is_cut=True), 5)
