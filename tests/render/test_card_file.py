"""The CSV of a card: to the byte, harmless in a spreadsheet, and silent about whose card it was."""

import csv
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest

from bot.cards import Cashed, CashedPromotion
from bot.models import Language, Period
from handlers.render.card_file import comment, content, name
from handlers.render.formats import day

NL, EN = Language.NL, Language.EN
BRUSSELS = ZoneInfo("Europe/Brussels")
NOON = datetime(2026, 7, 15, 10, tzinfo=UTC)
QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30))


def swap(
    title: str = "Koffie", points: str = "5", moment: datetime = NOON, balie: str = "CC De Sluis"
) -> CashedPromotion:
    return CashedPromotion("9000010000017", title, Decimal(points), moment, balie)


def cells(*promotions: CashedPromotion, language: Language = NL) -> list[list[str]]:
    """Return the rows as a spreadsheet reads them, the head left out."""
    text = content(Cashed(promotions), BRUSSELS, language).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";" if language is NL else ","))[1:]


SOME = Cashed(
    (
        swap("Koffie & taart < 5 euro", "1000", datetime(2026, 6, 30, 22, 30, tzinfo=UTC)),
        swap("Halve snack", "2.500", datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Bib; de grote, nieuwe"),
        swap('Cadeau "één"', "0.000", balie=""),
        swap("", "10.000"),
    ),
    broken=2,
    missing=3,
)


def test_dutch_has_semicolons_and_decimal_commas() -> None:
    assert (
        content(SOME, BRUSSELS, NL)
        == (
            "\ufeffDatum;Voordeel;Punten;Balie\r\n"
            "2026-07-01;Koffie & taart < 5 euro;-1000;CC De Sluis\r\n"
            '2026-03-29;Halve snack;-2,5;"Bib; de grote, nieuwe"\r\n'
            '2026-07-15;"Cadeau ""één""";0;(niet vermeld)\r\n'
            "2026-07-15;(zonder naam);-10;CC De Sluis\r\n"
        ).encode()
    )


def test_english_has_commas_and_decimal_points() -> None:
    assert (
        content(SOME, BRUSSELS, EN)
        == (
            "\ufeffDate,Advantage,Points,Desk\r\n"
            "2026-07-01,Koffie & taart < 5 euro,-1000,CC De Sluis\r\n"
            '2026-03-29,Halve snack,-2.5,"Bib; de grote, nieuwe"\r\n'
            '2026-07-15,"Cadeau ""één""",0,(not told)\r\n'
            "2026-07-15,(no name),-10,CC De Sluis\r\n"
        ).encode()
    )


def test_a_day_is_that_of_the_zone() -> None:
    late = swap(moment=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert [content(Cashed((late,)), zone, NL).split(b"\r\n")[1][:10] for zone in (BRUSSELS, ZoneInfo("UTC"))] == [
        b"2027-01-01",
        b"2026-12-31",
    ]


def test_nothing_is_a_head_alone() -> None:
    assert content(Cashed(()), BRUSSELS, NL) == b"\xef\xbb\xbfDatum;Voordeel;Punten;Balie\r\n"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+32 9 123", "'+32 9 123"),
        ("-5 euro", "'-5 euro"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'=1+1"),
        ("\t=1+1", "'=1+1"),
        ("\r=1+1", "'=1+1"),
        ("\tKoffie", "Koffie"),
        ("\rKoffie", "Koffie"),
        ("\x00=1", "'=1"),
        ("\u202e=1", "'=1"),
        ("'=1+1", "'=1+1"),
        ("Koffie = lekker", "Koffie = lekker"),
        ("Koffie\r\n=1+1\n", "Koffie =1+1"),
        ('Koffie;=1+1,"=2"', 'Koffie;=1+1,"=2"'),
        ("Koffie\u2028taart", "Koffie taart"),
    ],
)
def test_a_text_is_one_cell_on_one_line_and_never_a_formula(language: Language, typed: str, cell: str) -> None:
    assert cells(swap(typed, balie=typed), language=language) == [["2026-07-15", cell, "-5", cell]]


@pytest.mark.parametrize(
    ("points", "cell"),
    [
        ("0", "0"),
        ("0.000", "0"),
        ("2.5", "-2,5"),
        ("1000", "-1000"),
        ("1E+3", "-1000"),
        ("0.1", "-0,1"),
        ("23.550", "-23,55"),
    ],
)
def test_points_are_a_number_below_nought_without_thousands(points: str, cell: str) -> None:
    assert [row[2] for row in cells(swap(points=points))] == [cell]


@pytest.mark.parametrize("language", Language)
def test_neither_file_nor_name_nor_comment_holds_a_long_number(language: Language) -> None:
    said = comment(QUARTER, NOON, BRUSSELS, language)
    inside = content(SOME, BRUSSELS, language).decode()
    shown = re.sub(r"\d{4}-\d\d-\d\d", "", "\n".join((name(QUARTER, language), said, inside)))
    assert re.findall(r"(?:\d[ .\-]?){5,}", shown) == []


def test_the_name_and_the_comment_tell_the_period_and_the_end() -> None:
    assert [name(QUARTER, language) for language in (NL, EN)] == [
        "omruilingen_2026-04-01_2026-06-30.csv",
        "swaps_2026-04-01_2026-06-30.csv",
    ]
    assert comment(QUARTER, NOON, BRUSSELS, NL) == (
        f"De omruilingen waar je om vroeg, aan alle balies, 1 april – {day(QUARTER.last, NL)}. Ik verwijder dit bestand"
        " op 15 juli 2026, 12:00; bewaar het niet langer dan nodig."
    )
    assert comment(QUARTER, NOON, BRUSSELS, EN) == (
        f"The swaps you asked for, at all desks, 1 April – {day(QUARTER.last, EN)}. I delete this file on"
        " 15 July 2026, 12:00; keep it no longer than needed."
    )
