"""Whatever comes in as an answer about a card, only our own errors come out, and what was read can be shown."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.cards import CardStatus
from bot.clients.uitpas_cards_xml import parse_card, parse_cashed_promotions
from bot.errors import UitpasError

cheap = settings(max_examples=200, database=None, derandomize=True, deadline=None)
NAMES = [
    "response",
    "cashedPromotions",
    "cashedPromotion",
    "promotion",
    "id",
    "points",
    "title",
    "cashingDate",
    "balie",
    "name",
    "total",
    "status",
    "code",
]
SPACES = ["", "{urn:a}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns}"]
ZONES = [ZoneInfo(name) for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Brussels", "UTC")]


def element(name: str, text: str, attributes: dict[str, str], children: list[bytes]) -> bytes:
    made = etree.Element(name, attributes)
    made.text = text
    for child in children:
        made.append(etree.fromstring(child))
        made[-1].tail = text
    return etree.tostring(made)


def row(swap: str, points: str, title: str, moment: str) -> bytes:
    promotion = [element("points", points, {}, []), element("title", title, {}, [])]
    children = [element("id", swap, {}, []), element("promotion", "", {}, promotion)]
    return element("cashedPromotion", "", {}, [*children, element("cashingDate", moment, {}, [])])


def answer(rows: list[bytes], rest: list[bytes]) -> bytes:
    return element("response", "", {}, [element("cashedPromotions", "", {}, rows), *rest])


words = st.text(st.characters(categories=["L", "N", "P", "S", "Z"]), max_size=20)
numbers = st.decimals().map(str) | st.integers().map(str)
moments = st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Europe/Brussels")]) | st.none()).map(
    datetime.isoformat
)
texts = words | numbers | moments | st.sampled_from(["", "NaN", "1e9", "2026-31-01T00:00:00Z", "ACTIVE"])
names = st.builds(str.__add__, st.sampled_from(SPACES), st.sampled_from([*NAMES, "x", "balies"]))
attributes = st.dictionaries(st.sampled_from(["id", "nil", "{urn:a}type"]), words, max_size=2)
trees = st.recursive(
    st.builds(element, names, texts, attributes, st.just([])),
    lambda inner: st.builds(element, names, texts, attributes, st.lists(inner, max_size=4)),
    max_leaves=6,
)
rows = st.builds(row, texts, numbers | texts, words, moments | texts)
answers = st.builds(answer, st.lists(rows | trees, max_size=4), st.lists(trees, max_size=2))


def outcome(body: bytes) -> tuple[object, object]:
    """Return what both parsers make of a body; our own errors are an outcome like any other."""
    found: list[object] = []
    for parse in (parse_cashed_promotions, parse_card):
        try:
            found.append(parse(body))
        except UitpasError as error:
            found.append(error.call)
    return found[0], found[1]


@cheap
@given(trees | answers | st.binary(max_size=200), st.integers(0, 1000))
def test_nothing_but_our_errors_comes_out_of_any_body_whole_or_cut_off(body: bytes, length: int) -> None:
    for one in (body, body[:length]):
        page, card = outcome(one)
        assert page == "cashed_promotions" or not isinstance(page, str)
        assert card == "card" or isinstance(card, CardStatus)


@cheap
@given(answers)
def test_every_row_is_read_or_counted_as_broken(body: bytes) -> None:
    page = parse_cashed_promotions(body)
    listed = etree.fromstring(body).findall("cashedPromotions/cashedPromotion")
    assert len(page.promotions) + page.broken == len(listed)
    assert all(promotion.points.is_finite() and promotion.points >= 0 for promotion in page.promotions)


@cheap
@given(moments)
@example("0001-01-01T23:00:00Z")
@example("9999-12-31T00:30:00")
@example("9999-12-31T23:30:00Z")
@example("0002-01-01T00:00:00")
@example("9998-12-31T12:59:59")
def test_a_moment_that_was_read_can_be_shown_in_every_zone(text: str) -> None:
    page = parse_cashed_promotions(answer([row("1", "1", "", text)], []))
    days = [promotion.moment.astimezone(zone).date() for promotion in page.promotions for zone in ZONES]
    assert len(days) == (4 if "0002" <= text[:4] <= "9998" else 0)
    assert not days or max(days) - min(days) <= timedelta(days=2)
