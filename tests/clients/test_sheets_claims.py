"""The layout of a claim, row by row."""

from decimal import Decimal

import pytest

from bot.clients.sheets.claims import tallies
from bot.clients.sheets.tally import Tally, clean_name, merged
from bot.errors import SheetsError
from tests.clients.sheets_made import HEADS, Cell, claim, sale, total, xls, xlsx

AALST = "Lokale overheid Aalst"
GENT = "Lokale overheid Gent"


def tally(government: str, sales: int, full_price: str, owed: str, printed: str | None) -> Tally:
    return Tally(government, sales, Decimal(full_price), Decimal(owed), None if printed is None else Decimal(printed))


def layout_refused(content: bytes) -> bool:
    with pytest.raises(SheetsError) as caught:
        tallies(content)
    return (caught.value.reason, caught.value.deliverable) == ("unknown_layout", True)


def test_a_claim_is_counted_and_its_printed_total_kept_beside_the_sum() -> None:
    assert tallies(claim(AALST, (12.5, 8.1), (10, 6.4), printed=14.5)) == [tally(AALST, 2, "22.5", "14.5", "14.5")]


def test_a_printed_total_that_is_wrong_stays_as_printed() -> None:
    assert tallies(claim(AALST, (12.5, 8.1), printed=9.1)) == [tally(AALST, 1, "12.5", "8.1", "9.1")]


def test_a_claim_without_a_printed_total_has_none() -> None:
    assert tallies(claim(AALST, (12.5, 8.1))) == [tally(AALST, 1, "12.5", "8.1", None)]


def test_columns_are_found_by_their_heads_in_any_order_case_and_spacing() -> None:
    heads = ["Contribution", " UID", "total price ", "", "over heid"]

    assert tallies(xls([[8.1, "x", 12.5, "", AALST]], heads, head_row=5)) == [tally(AALST, 1, "12.5", "8.1", None)]


def test_heads_are_looked_for_in_the_first_forty_rows() -> None:
    row = sale(AALST, 12.5, 8.1)

    assert tallies(xls([row], head_row=39))[0].sales == 1
    assert layout_refused(xls([row], head_row=40))


@pytest.mark.parametrize("missing", ["OVERHEID", "TOTALPRICE", "CONTRIBUTION"])
def test_without_one_of_the_three_columns_the_layout_is_unknown(missing: str) -> None:
    heads = ["?" if head == missing else head for head in HEADS]

    assert layout_refused(xls([sale(AALST, 12.5, 8.1)], heads))


@pytest.mark.parametrize(
    "content", [b"", b"no workbook", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600]
)
def test_what_is_no_workbook_has_no_layout(content: bytes) -> None:
    assert layout_refused(content)


@pytest.mark.parametrize(
    ("full_price", "owed"),
    [("12,50", 8.1), (12.5, "8,10"), (12.5, ""), ("", 8.1), (True, 8.1), (12.5, 1e300)],
)
def test_a_row_that_fits_nothing_makes_the_whole_unknown(full_price: Cell, owed: Cell) -> None:
    assert layout_refused(claim(AALST, (10.0, 5.0), (full_price, owed)))


def test_amounts_without_a_government_make_the_whole_unknown() -> None:
    assert layout_refused(claim(" \u202e", (10.0, 5.0)))


def test_rows_without_amounts_are_no_sales() -> None:
    blanks: list[Cell] = [""] * 11
    rows = [sale(AALST, 12.5, 8.1), ["", "Handtekening", *blanks], ["", "", *blanks], sale(AALST, 1, -0.5)]

    assert tallies(xls(rows)) == [tally(AALST, 2, "13.5", "7.6", None)]


def test_several_governments_in_one_sheet_each_get_their_own_total() -> None:
    rows = [
        sale(AALST, 10, 5),
        sale(GENT, 20, 9),
        sale(AALST, 10, 5),
        total(GENT, 9),
        total(AALST, 10.01),
        total("", 19),
    ]

    assert tallies(xls(rows)) == [tally(AALST, 2, "20", "10", "10.01"), tally(GENT, 1, "20", "9", "9")]


def test_the_only_government_of_a_sheet_gets_the_total_under_whatever_name() -> None:
    assert tallies(xls([sale(AALST, 10, 5), total("Aalst (stad)", 5)])) == [tally(AALST, 1, "10", "5", "5")]


def test_a_claim_of_nothing_but_a_total_is_no_sale() -> None:
    assert tallies(xls([total(AALST, 0), total(GENT, 0)])) == [
        tally(AALST, 0, "0", "0", "0"),
        tally(GENT, 0, "0", "0", "0"),
    ]


def test_the_newer_format_is_read_as_well() -> None:
    cells: dict[str, Cell] = {"B2": "OVERHEID", "C2": "TOTALPRICE", "D2": "CONTRIBUTION"}
    row: dict[str, Cell] = {"B3": AALST, "C3": 12.5, "D3": 8.1}

    assert tallies(xlsx(cells | row)) == [tally(AALST, 1, "12.5", "8.1", None)]


def test_thirds_of_a_cent_are_rounded_once_at_the_end() -> None:
    found = merged(tallies(claim(AALST, (0.1, 1.333), (0.2, 1.333), (0.3, 1.333), printed=3.999)))

    assert found == [tally(AALST, 3, "0.60", "4.00", "4.00")]
    assert [str(found[0].full_price), str(found[0].contribution)] == ["0.60", "4.00"]


def test_sheets_of_the_same_government_are_added_up() -> None:
    found = merged(
        [
            tally(AALST, 1, "1", "0.5", "0.5"),
            tally(GENT, 1, "1", "0.5", "0.5"),
            tally(AALST, 2, "2", "1", "1.25"),
            tally(GENT, 2, "2", "1", None),
        ]
    )

    assert found == [tally(AALST, 3, "3", "1.5", "1.75"), tally(GENT, 3, "3", "1.5", None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Lokale  overheid\nAalst ", "Lokale overheid Aalst"),
        ("Aal\u202est\u200b\x07\ufeff", "Aalst"),
        ("x" * 300, "x" * 200),
        ("\u2028", ""),
    ],
)
def test_a_name_is_one_clean_line(text: str, name: str) -> None:
    assert clean_name(text) == name
