"""The layout of a claim, row by row."""

from decimal import Decimal

import pytest

from bot.clients.sheets import claims
from bot.clients.sheets.events import Events, EventTally
from bot.clients.sheets.names import clean_name
from bot.clients.sheets.tally import Tally, merged
from bot.errors import SheetsError
from tests.clients.sheets_made import HEADS, HOLDER, Cell, claim, sale, total, xls, xlsx

AALST = "Lokale overheid Aalst"
GENT = "Lokale overheid Gent"


def tallies(content: bytes) -> list[Tally]:
    return claims.tallies(content, Events())


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


def events(*contents: bytes) -> list[EventTally]:
    counted = Events()
    for content in contents:
        claims.tallies(content, counted)
    return list(counted.most())


def at(event: Cell, owed: float, *, holder: Cell = HOLDER) -> list[Cell]:
    """Return a sale at this event."""
    row = sale(AALST, 10, owed)
    row[3], row[8] = holder, event
    return row


def test_the_five_events_that_brought_most_are_counted_over_all_sheets() -> None:
    rows = [at(f"Zwemles {n} ", n) for n in range(1, 8)]

    assert events(xls([*rows, total(AALST, 28)]), xls([at("Zwemles 1", 9), at("Zwemles  1", 0.005)])) == [
        EventTally("Zwemles 1", 3, Decimal("10.01")),
        EventTally("Zwemles 7", 1, Decimal("7.00")),
        EventTally("Zwemles 6", 1, Decimal("6.00")),
        EventTally("Zwemles 5", 1, Decimal("5.00")),
        EventTally("Zwemles 4", 1, Decimal("4.00")),
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Fuif\n\u202e van\x07 't Hof", ["Fuif van 't Hof"]),
        ("x" * 76, ["x" * 74 + "…"]),
        ("Reis 93.05.18-223.61 mee", ["Reis ••• mee"]),
        ("Reis 5f0c1d7e-89ab-4cde-8f01-23456789abcd mee", ["Reis ••• mee"]),
        ("Reis 5F0C1D7E89AB4CDE8F0123456789ABCD mee", ["Reis ••• mee"]),
        (f"Reis van {HOLDER.upper()}", []),
        ("Jan Peeters op reis", []),
        ("", []),
        (45_699.0, []),
    ],
)
def test_an_event_is_named_without_what_could_be_a_persons(written: Cell, told: list[str]) -> None:
    holder = "jan peeters" if written == "Jan Peeters op reis" else HOLDER

    assert [one.name for one in events(xls([at(written, 5, holder=holder)]))] == told


def test_who_has_too_short_a_uid_hides_no_event() -> None:
    assert [one.name for one in events(xls([at("Dag 1", 5, holder="1")]))] == ["Dag 1"]


@pytest.mark.parametrize(
    "heads",
    [
        ("NAAM", *HEADS[1:]),
        (*HEADS, "NAAM"),
        (*HEADS[:8], "DATE_FROM", "EVENT", *HEADS[10:]),
        (*HEADS[:7], "EVENT", "GROUPPASS", *HEADS[9:]),
    ],
)
def test_under_any_other_heads_no_event_is_named_and_the_rest_is_counted(heads: tuple[str, ...]) -> None:
    odd, known = xls([sale(AALST, 12.5, 8.1)], heads), claim(AALST, (12.5, 8.1))

    assert tallies(odd) == tallies(known)
    assert (events(odd), events(known, odd), events(odd, known)) == ([], [], [])


def test_a_column_with_thousands_of_names_holds_no_events() -> None:
    rows = [at(f"Jan {n}", 1) for n in range(5_001)]

    assert len(events(xls(rows[:-1]))) == 5
    assert events(xls(rows)) == []


def test_a_government_that_is_named_after_the_holder_makes_the_whole_unknown() -> None:
    assert layout_refused(xls([sale(HOLDER, 12.5, 8.1)]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Lokale  overheid\nAalst ", "Lokale overheid Aalst"),
        ("Aal\u202est\u200b\x07\ufeff", "Aalst"),
        ("x" * 300, "x" * 200),
        ("\u2028", ""),
        ("Aalst 5f0c1d7e-89ab-4cde-8f01-23456789abcd 0930 0004 20206", "Aalst ••• •••"),
    ],
)
def test_a_name_is_one_clean_line(text: str, name: str) -> None:
    assert clean_name(text) == name
