"""What the client asks about a card, and what it makes of what the stand-in answers."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.cards import CardNumber, CardStatus, CashedPage, CashedPromotion, Order, Sort
from bot.errors import UnavailableError
from bot.models import Period
from bot.sandbox.uitpas import KNOWN_CARDS
from tests.clients.card_stage import KANSENPAS, SWAPPED, Line, connected, refused

BRUSSELS = ZoneInfo("Europe/Brussels")
SUMMER, WINTER = timedelta(hours=2), timedelta(hours=1)
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A client and a stand-in whose application may read holders."""
    async with connected() as ready:
        yield ready


async def test_an_employee_reads_whole_swaps_newest_first_at_every_balie(line: Line) -> None:
    ids = [str(swap.number) for swap in line.uitpas.world.swaps if swap.card.number == KANSENPAS.digits]
    page = await line.client.cashed_promotions(line.employee(), line.key, KANSENPAS)
    assert page == CashedPage(
        (
            CashedPromotion(
                ids[2],
                "Korting op een kinderatelier",
                Decimal(10),
                datetime(2026, 7, 12, 15, 40, 12, tzinfo=BRUSSELS),
                "Jeugdhuis Het Vlot",
            ),
            CashedPromotion(
                ids[1],
                "Koffie aan de balie",
                Decimal(5),
                datetime(2026, 5, 18, 10, 5, 31, tzinfo=BRUSSELS),
                "Zwembad De Kuil & Zonen",
            ),
            CashedPromotion(
                ids[0],
                "Gratis zwembeurt",
                Decimal(12),
                datetime(2026, 3, 7, 19, 20, tzinfo=BRUSSELS),
                "Bibliotheek Oosterwal",
            ),
        ),
        broken=0,
        total=3,
    )
    assert [promotion.moment.utcoffset() for promotion in page.promotions] == [SUMMER, SUMMER, WINTER]


async def test_what_is_not_asked_is_not_sent(line: Line) -> None:
    page = await line.client.cashed_promotions(line.employee(), line.key, SWAPPED)
    assert (len(page.promotions), page.total) == (20, 48)
    assert line.asked == [("cashed_promotions", {"uitpasNumber": SWAPPED.digits, "balieConsumerKey": line.key})]


async def test_everything_that_is_asked_goes_out_and_has_its_effect(line: Line) -> None:
    year = Period(date(2025, 7, 15), date(2026, 7, 15))
    page = await line.client.cashed_promotions(
        line.employee(), line.key, SWAPPED, period=year, sort=Sort.TITLE, order=Order.ASC, most=2, start=1
    )
    assert line.asked == [
        (
            "cashed_promotions",
            {
                "uitpasNumber": SWAPPED.digits,
                "balieConsumerKey": line.key,
                "cashingPeriodBegin": "2025-07-15T00:00:00+02:00",
                "cashingPeriodEnd": "2026-07-15T23:59:59+02:00",
                "sort": "TITLE",
                "order": "ASC",
                "max": "2",
                "start": "1",
            },
        )
    ]
    assert ([promotion.title for promotion in page.promotions], page.total) == (
        ["appelsap aan de bar", "Draagtas van de bib"],
        45,
    )


async def test_nothing_at_all_and_the_very_beginning_are_numbers_too(line: Line) -> None:
    page = await line.client.cashed_promotions(line.employee(), line.key, SWAPPED, most=0, start=0)
    assert (page, line.asked[0][1]["max"], line.asked[0][1]["start"]) == (CashedPage((), 0, 48), "0", "0")


async def test_every_way_of_sorting_is_one_that_uitpas_knows(line: Line) -> None:
    for sort in Sort:
        for order in Order:
            await line.client.cashed_promotions(line.employee(), line.key, SWAPPED, sort=sort, order=order)
    assert [(params["sort"], params["order"]) for _, params in line.asked] == [
        (sort, order) for sort in ("CASHINGDATE", "TITLE", "BALIE", "CITY") for order in ("DESC", "ASC")
    ]


@pytest.mark.parametrize(
    ("first", "last", "sent"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), ("2026-01-01T00:00:00+01:00", "2026-01-31T23:59:59+01:00")),
        (date(2026, 3, 29), date(2026, 3, 29), ("2026-03-29T00:00:00+01:00", "2026-03-29T23:59:59+02:00")),
        (date(2025, 10, 26), date(2025, 10, 26), ("2025-10-26T00:00:00+02:00", "2025-10-26T23:59:59+01:00")),
        (date(2025, 10, 1), date(2026, 6, 30), ("2025-10-01T00:00:00+02:00", "2026-06-30T23:59:59+02:00")),
    ],
)
async def test_a_period_holds_its_first_and_its_last_minute_and_nothing_around_them(
    line: Line, first: date, last: date, sent: tuple[str, str]
) -> None:
    begin, end = datetime.combine(first, time.min, BRUSSELS), datetime.combine(last, time(23, 59, 59), BRUSSELS)
    before = datetime.combine(first - timedelta(days=1), time(23, 59, 59), BRUSSELS)
    after = datetime.combine(last + timedelta(days=1), time.min, BRUSSELS)
    line.add_swaps(before, begin, datetime.combine(last, time(23, 59), BRUSSELS), end, after)
    page = await line.client.cashed_promotions(line.employee(), line.key, KANSENPAS, period=Period(first, last))
    found = [promotion.swap for promotion in page.promotions if len(promotion.swap or "") == 1]
    assert found == ["4", "3", "2"]
    params = line.asked[0][1]
    assert (params["cashingPeriodBegin"], params["cashingPeriodEnd"]) == sent


SILENCES: dict[str, dict[str, Any]] = {
    "drop": {},
    "malformed": {},
    "html": {},
    "doctype": {},
    "cut": {},
    "status": {"status": 502},
    "code": {"code": "ACTION_FAILED"},
}


@pytest.mark.parametrize("kind", SILENCES)
async def test_a_silence_is_asked_once_more_after_half_a_second(line: Line, kind: str) -> None:
    began = line.clock.now()
    line.uitpas.faults.add("cashed_promotions", kind, **SILENCES[kind])
    page = await line.client.cashed_promotions(line.employee(), line.key, SWAPPED, period=JUNE, most=7)
    assert (len(page.promotions), line.clock.now() - began) == (min(7, page.total or 0), timedelta(seconds=0.5))
    assert (len(line.asked), line.asked[0]) == (2, line.asked[1])


async def test_the_second_silence_is_the_answer(line: Line) -> None:
    line.uitpas.faults.add("cashed_promotions", "status", times=-1, status=503)
    assert await refused(line, line.employee(), line.key) == (UnavailableError, None, None)
    assert len(line.asked) == 2


async def test_nobody_waits_for_a_server_that_wants_a_minute(line: Line) -> None:
    line.uitpas.faults.add("cashed_promotions", "status", status=429, retry_after=60)
    assert await refused(line, line.employee(), line.key) == (UnavailableError, None, None)
    assert len(line.asked) == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("swapped", CardStatus.ACTIVE),
        ("kansenpas", CardStatus.ACTIVE),
        ("blocked", CardStatus.BLOCKED),
        ("stock", CardStatus.NOT_GIVEN_OUT),
    ],
)
async def test_the_status_of_a_card_is_asked_by_its_number(line: Line, name: str, status: CardStatus) -> None:
    number = CardNumber(KNOWN_CARDS[name])
    assert await line.client.card(line.employee(), line.key, number) is status
    assert line.asked == [("card", {"uitpasNumber": number.digits, "balieConsumerKey": line.key})]


@pytest.mark.parametrize("kind", SILENCES)
async def test_the_status_of_a_card_is_asked_once(line: Line, kind: str) -> None:
    line.uitpas.faults.add("card", kind, **SILENCES[kind])
    with pytest.raises(UnavailableError):
        await line.client.card(line.employee(), line.key, SWAPPED)
    assert len(line.asked) == 1
