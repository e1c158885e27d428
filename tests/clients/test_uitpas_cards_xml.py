"""Answers about cards: the documented one, the odd ones, and whatever else comes in."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.cards import CardStatus, CashedPage, CashedPromotion
from bot.clients.uitpas_cards_xml import parse_card, parse_cashed_promotions
from bot.errors import UnavailableError, UnexpectedAnswerError

BRUSSELS = ZoneInfo("Europe/Brussels")
MOMENT = "2026-02-14T10:05:31+01:00"
COFFEE = CashedPromotion(
    "9001",
    "Koffie aan de balie",
    Decimal(12),
    datetime(2026, 2, 14, 10, 5, 31, tzinfo=BRUSSELS),
    "Gemeenschapscentrum De Linde",
)
DOCUMENTED = b"""<response>
  <cashedPromotions>
    <cashedPromotion>
      <id>9001</id>
      <promotion>
        <balies/><cashedIn>true</cashedIn><id>310</id><points>12</points><title>Koffie aan de balie</title>
      </promotion>
      <cashingDate>2026-02-14T10:05:31+01:00</cashingDate>
      <balie><name>Gemeenschapscentrum De Linde</name><id>0A1B2C3D-4E5F-6071-8293A4B5C6D7E8F9</id></balie>
    </cashedPromotion>
  </cashedPromotions>
  <total>1</total>
</response>
"""
CARD = b"""<response>
  <cardSystem><id>99</id><name>UiTPAS Voorbeeldstad</name></cardSystem><cardType>CARD</cardType>
  <kansenpas>false</kansenpas><status>LOCAL_STOCK</status><uitpasNumber>0987650000209</uitpasNumber>
</response>
"""


def row(*, points: str = "12", moment: str = MOMENT, swap: str = "<id>1</id>") -> str:
    promotion = f"<promotion><id>310</id><points>{points}</points><title>Koffie</title></promotion>"
    return f"<cashedPromotion>{swap}{promotion}<cashingDate>{moment}</cashingDate></cashedPromotion>"


def answer(*rows: str, total: str = "") -> bytes:
    return f"<response><cashedPromotions>{''.join(rows)}</cashedPromotions>{total}</response>".encode()


def read(*, points: str = "12", moment: str = MOMENT) -> CashedPromotion | None:
    """Return what becomes of one row; None when it counts as broken. The row beside it must be read all the same."""
    other = row(swap="<id>2</id>")
    page = parse_cashed_promotions(answer(row(points=points, moment=moment), other))
    assert [one.swap for one in page.promotions][-1] == "2"
    assert len(page.promotions) + page.broken == 2
    return page.promotions[0] if page.broken == 0 else None


def test_the_documented_answer_is_read_whole() -> None:
    assert parse_cashed_promotions(DOCUMENTED) == CashedPage((COFFEE,), broken=0, total=1)


def test_a_moment_is_told_in_brussels_whatever_it_came_in() -> None:
    page = parse_cashed_promotions(answer(row(moment="2026-07-01T22:30:00Z")))
    assert page.promotions[0].moment.isoformat() == "2026-07-02T00:30:00+02:00"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (answer(total="<total>0</total>"), CashedPage((), 0, 0)),
        (b"<response><cashedPromotions/></response>", CashedPage((), 0, None)),
        (b"<response><total>3</total><cashedPromotions> </cashedPromotions></response>", CashedPage((), 0, 3)),
    ],
)
def test_an_empty_list_is_a_list(body: bytes, expected: CashedPage) -> None:
    assert parse_cashed_promotions(body) == expected


@pytest.mark.parametrize("body", [b"<response/>", b"<response><total>0</total></response>", CARD])
def test_no_list_is_not_taken_for_an_empty_one(body: bytes) -> None:
    with pytest.raises(UnexpectedAnswerError, match=r"^cashed_promotions: no cashedPromotions$"):
        parse_cashed_promotions(body)


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"<html><status>ACTIVE</status></html>", DOCUMENTED[:-20]])
def test_what_is_not_the_documented_xml_is_no_answer(body: bytes) -> None:
    for parse in (parse_cashed_promotions, parse_card):
        with pytest.raises(UnavailableError, match=r"^(cashed_promotions|card): not the documented XML$"):
            parse(body)


def spelled(root: str, prefix: str = "") -> bytes:
    """Return the documented answer with its root, and the names of all elements, spelled another way."""
    inside = DOCUMENTED.decode().removeprefix("<response>").rstrip().removesuffix("</response>")
    named = inside.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}")
    return f"<{root}>{named}</{root.partition(' ')[0]}>".encode()


@pytest.mark.parametrize(
    "body",
    [
        spelled('response xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns"'),
        spelled('response xmlns:ns2="urn:a" xmlns:ns3="urn:b"'),
        spelled('ns2:response xmlns:ns2="urn:a"', "ns2:"),
        b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8' standalone='yes'?>" + DOCUMENTED,
        b"<?xml version='1.0' encoding='UTF8'?>" + DOCUMENTED,
        "<?xml version='1.0' encoding='UTF-16'?>".encode("utf-16") + DOCUMENTED.decode().encode("utf-16-le"),
        DOCUMENTED.replace(b">", b">\n\t ").replace(b"</", b"\n </"),
        DOCUMENTED.replace(b"</cashedPromotion>", b"</cashedPromotion> +").replace(b"</id>", b"</id> stray"),
        DOCUMENTED.replace(b"Koffie", b"Kof<!-- no -->fie").replace(b"2026-", b"2026<?x y?>-"),
        DOCUMENTED.replace(b"Koffie aan", b"<![CDATA[Koffie]]> &#97;an"),
        DOCUMENTED.replace(b"<id>9001</id>", b'<id kind="swap">9001</id>'),
        DOCUMENTED.replace(b"<promotion>", b"<promotion><points2>7</points2>").replace(b"<total>", b"<extra/><total>"),
    ],
)
def test_the_same_answer_spelled_another_way_is_the_same(body: bytes) -> None:
    assert body != DOCUMENTED
    assert parse_cashed_promotions(body) == CashedPage((COFFEE,), broken=0, total=1)


def test_elements_of_another_namespace_are_not_ours() -> None:
    other = '<x:id xmlns:x="urn:x">7</x:id><x:cashingDate xmlns:x="urn:x">2020-01-01</x:cashingDate>'
    (promotion,) = parse_cashed_promotions(answer(row(swap=f"{other}<id>1</id>"))).promotions
    assert (promotion.swap, promotion.moment.year) == ("1", 2026)


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (b"<id>9001</id>", replace(COFFEE, swap=None)),
        (b"<title>Koffie aan de balie</title>", replace(COFFEE, title="")),
        (
            b"<name>Gemeenschapscentrum De Linde</name>",
            replace(COFFEE, balie=""),
        ),
        (b"<balies/>", COFFEE),
        (b"<points>12</points>", None),
        (b"<cashingDate>2026-02-14T10:05:31+01:00</cashingDate>", None),
    ],
)
def test_a_child_that_is_not_there_is_unknown_and_only_points_and_date_are_needed(
    cut: bytes, expected: CashedPromotion | None
) -> None:
    left = DOCUMENTED.replace(cut, b"")
    page = parse_cashed_promotions(left)
    assert left != DOCUMENTED
    assert page == (CashedPage((), 1, 1) if expected is None else CashedPage((expected,), 0, 1))


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("<total>1</total>", 1),
        ("<total>\n 0048 </total>", 48),
        ("<total>0</total>", 0),
        ("", None),
        ("<total/>", None),
        ("<total>veel</total>", None),
        ("<total>-1</total>", None),
        ("<total>1.0</total>", None),
        ("<total>٤٨</total>", None),
        ("<total>²</total>", None),
        ("<total>99999999999999999999</total>", None),
    ],
)
def test_a_total_is_believed_when_it_is_a_number_whatever_is_in_the_list(total: str, expected: int | None) -> None:
    page = parse_cashed_promotions(answer(row(), row(swap="<id>2</id>"), total=total))
    assert (len(page.promotions), page.total) == (2, expected)


def test_ids_that_come_twice_are_handed_on_in_the_order_given() -> None:
    page = parse_cashed_promotions(answer(row(), row(points="3"), row(swap="<id> a/b </id>"), row(swap="<id/>")))
    assert [(one.swap, str(one.points)) for one in page.promotions] == [
        ("1", "12"),
        ("1", "3"),
        ("a/b", "12"),
        (None, "12"),
    ]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("12", "12"),
        ("0", "0"),
        ("0.000", "0"),
        ("10.000", "10"),
        ("2.500", "2.5"),
        ("23.550", "23.55"),
        ("\n 7 ", "7"),
        ("007", "7"),
        ("999999999.999999999", "999999999.999999999"),
    ],
)
def test_points_are_decimals_in_which_a_dot_parts_no_thousands(points: str, expected: str) -> None:
    found = read(points=points)
    assert found is not None
    assert found.points == Decimal(expected)


@pytest.mark.parametrize(
    "points",
    [
        *(
            "",
            " ",
            "twaalf",
            "1e9",
            "1E+9",
            "NaN",
            "sNaN",
            "Infinity",
            "-5",
            "-0",
            "+5",
            "2,5",
            "1.",
            ".5",
            "1.000.000",
        ),
        *("1_000", "1 000", "0x10", "٥", "9" * 10, "0." + "3" * 10),
    ],
)
def test_points_that_are_no_cost_make_a_row_broken(points: str) -> None:
    assert read(points=points) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (MOMENT, "2026-02-14T10:05:31+01:00"),
        (f"\n  {MOMENT}\t", "2026-02-14T10:05:31+01:00"),
        ("2015-06-29T11:44Z", "2015-06-29T13:44:00+02:00"),
        ("2026-02-14T10:05+01:00", "2026-02-14T10:05:00+01:00"),
        ("2026-02-14T10:05:31.977+01:00", "2026-02-14T10:05:31.977000+01:00"),
        ("2026-06-30T23:59:59.999+02:00", "2026-06-30T23:59:59.999000+02:00"),
        ("2026-06-30T22:00:00Z", "2026-07-01T00:00:00+02:00"),
        ("2026-02-14T10:05:31", "2026-02-14T10:05:31+01:00"),
        ("2026-07-14T10:05:31", "2026-07-14T10:05:31+02:00"),
        ("2026-07-14", "2026-07-14T00:00:00+02:00"),
        ("2026-03-29T01:30:00Z", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"),
        ("2026-02-14T10:05:31-11:00", "2026-02-14T22:05:31+01:00"),
    ],
)
def test_a_date_is_read_in_every_shape_that_was_seen(text: str, moment: str) -> None:
    found = read(moment=text)
    assert found is not None
    assert found.moment.isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "true", "2026", "14/02/2026", "1760000000", "2026-02-14T10:05:31 01:00", "٢٠٢٦-02-14", "0000-00-00"),
        *("2026-31-14T10:05:31+01:00", "2026-02-30", "2026-02-14T25:05:31+01:00", "2026-02-14T10:05:31+99:00"),
        *("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59"),
        "10000-01-01T00:00:00Z",
    ],
)
def test_a_date_that_can_not_be_makes_its_row_broken_and_no_other(text: str) -> None:
    assert read(moment=text) is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("ACTIVE", CardStatus.ACTIVE),
        ("BLOCKED", CardStatus.BLOCKED),
        ("DELETED", CardStatus.DELETED),
        ("LOCAL_STOCK", CardStatus.NOT_GIVEN_OUT),
        ("STOCK", CardStatus.NOT_GIVEN_OUT),
        ("SENT_TO_BALIE", CardStatus.NOT_GIVEN_OUT),
        ("PROVISIONED", CardStatus.NOT_GIVEN_OUT),
        ("\n active ", CardStatus.ACTIVE),
        ("LOST", CardStatus.OTHER),
        ("", CardStatus.OTHER),
    ],
)
def test_every_documented_status_of_a_card_is_known_and_no_other_is_an_error(status: str, expected: CardStatus) -> None:
    assert parse_card(CARD.replace(b"LOCAL_STOCK", status.encode())) is expected


def test_a_card_that_says_nothing_has_another_status() -> None:
    assert (parse_card(b"<response/>"), parse_card(CARD)) == (CardStatus.OTHER, CardStatus.NOT_GIVEN_OUT)
