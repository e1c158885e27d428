"""The zip of a report holds what the sample of the real one holds."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import httpx
import pytest
from python_calamine import CalamineWorkbook

from bot.sandbox.uitpas import Balie, Sale, World

from .support import Caller

Cell = int | float | str | bool | time | date | datetime | timedelta | None
HEADS = [
    *("INRICHTER", "OVERHEID", "DATUM", "UID", "GEMEENTE", "KANSENSTATUUT", "TICKETSALECOUPON"),
    *("GROUPPASS", "EVENT", "DATE_FROM", "DATE_TO", "TOTALPRICE", "CONTRIBUTION"),
]


async def fetch(caller: Caller, balie: Balie) -> httpx.Response:
    await caller.start_report(balie)
    caller.clock.advance(8)
    return await caller.download("4711", balie)


def read(archive: bytes) -> dict[str, list[list[Cell]]]:
    sheets: dict[str, list[list[Cell]]] = {}
    with ZipFile(BytesIO(archive)) as opened:
        assert opened.testzip() is None
        for name in opened.namelist():
            book = CalamineWorkbook.from_filelike(BytesIO(opened.read(name)))
            assert book.sheet_names == ["Overview"]
            sheets[name] = [list(row) for row in book.get_sheet_by_name("Overview").to_python(skip_empty_area=False)]
    return sheets


def expected_row(sale: Sale) -> list[Cell]:
    moment = sale.moment.replace(tzinfo=None)
    town = sale.card.municipality
    return [
        *("CC De Sluis ", f"Lokale overheid {town}", moment, sale.card.holder_uid, town),
        *(sale.card.card_system.name, sale.coupon or "", "", sale.event),
        *(sale.event_first or "", sale.event_last or "", float(sale.price), float(sale.contribution)),
    ]


def by_government(world: World, balie: Balie) -> dict[str, list[Sale]]:
    claims: dict[str, list[Sale]] = defaultdict(list)
    for sale in world.sales(balie, date(2026, 7, 1), date(2026, 9, 30)):
        claims[sale.government].append(sale)
    return claims


async def test_the_answer_is_a_zip_named_after_the_balie_as_typed(lien: Caller, sluis: Balie) -> None:
    answer = await fetch(lien, sluis)
    headers = [answer.headers[name] for name in ("Content-Type", "Content-Disposition")]
    assert headers == [
        "application/x-zip-compressed",
        'attachment; filename="financialOverview_CC De Sluis _20261007_1404.zip"',
    ]


async def test_there_is_one_sheet_for_each_government_that_pays(lien: Caller, sluis: Balie) -> None:
    governments = sorted(by_government(lien.sandbox.world, sluis))
    sheets = read((await fetch(lien, sluis)).content)
    assert list(sheets) == [f"{government}_20261007_1404.xls" for government in governments]
    assert 2 <= len(sheets) <= 5


async def test_a_sheet_is_laid_out_as_the_real_one(lien: Caller, sluis: Balie) -> None:
    claims = by_government(lien.sandbox.world, sluis)
    sheets = read((await fetch(lien, sluis)).content)
    for government, sales in claims.items():
        rows = sheets[f"{government}_20261007_1404.xls"]
        assert [len(row) for row in rows] == [13] * (14 + len(sales))
        assert (rows[0][0], rows[0][3], rows[12]) == ("ONKOSTENNOTA", "Datum: 07/10/2026", HEADS)
        assert rows[13:-1] == [expected_row(sale) for sale in sales]
        total = float(sum((sale.contribution for sale in sales), Decimal(0)))
        assert rows[-1] == ["", f"Total {government}", *[""] * 10, total]


async def test_rows_are_not_sorted_by_date(lien: Caller, sluis: Balie) -> None:
    sheets = read((await fetch(lien, sluis)).content)
    moments = [[row[2] for row in rows[13:-1]] for rows in sheets.values()]
    assert any(each != sorted(each, key=str) for each in moments)


async def test_the_form_above_the_rows_is_there_to_fill_in(lien: Caller, sluis: Balie) -> None:
    rows = next(iter(read((await fetch(lien, sluis)).content).values()))
    filled = {number: row[0] for number, row in enumerate(rows[:12], start=1) if row[0]}
    assert {number: str(text).endswith(":") for number, text in filled.items()} == {
        1: False,
        3: False,
        4: False,
        **dict.fromkeys((6, 7, 8, 10, 11), True),
    }


async def test_one_report_is_the_same_bytes_every_time(lien: Caller, sluis: Balie) -> None:
    first = (await fetch(lien, sluis)).content
    lien.clock.advance(3600)
    assert (await lien.download("4711", sluis)).content == first


@pytest.mark.parametrize("number", [102, 118, 131, 205, 214, 240])
async def test_every_other_balie_has_a_zip_too(lien: Caller, number: int) -> None:
    world = lien.sandbox.world
    balie = next(one for one in world.balies if one.number == number)
    employee = next(one for one in world.employees if one.role_at(balie))
    caller = Caller(lien.sandbox, lien.http, lien.clock, lien.sandbox.issue_token(employee.uid))
    assert len(read((await fetch(caller, balie)).content)) in range(2, 6)


async def test_a_report_can_be_given_as_whatever_a_test_made(lien: Caller, sluis: Balie) -> None:
    own = (await fetch(lien, sluis)).content
    lien.sandbox.archive = b"PK of ours"
    assert ((await lien.download("4711", sluis)).content, lien.sandbox.archive) == (b"PK of ours", b"PK of ours")
    lien.sandbox.archive = None
    assert (await lien.download("4711", sluis)).content == own
