"""Dates, amounts and other people's words, as a desk in Flanders reads them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import Language, Period
from bot.redaction import mask_numbers
from bot.services.periods import Words, read
from handlers.render.formats import cost, count, day, escape, euro, moment, period, plain, points, short_day

NL, EN = Language.NL, Language.EN
BRUSSELS = ZoneInfo("Europe/Brussels")
BLANK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        ("1031.25", f"€{BLANK}1.031,25", "€1,031.25"),
        ("0", f"€{BLANK}0,00", "€0.00"),
        ("3.5", f"€{BLANK}3,50", "€3.50"),
        ("-12", f"€{BLANK}-12,00", "-€12.00"),
        ("1234567.891", f"€{BLANK}1.234.567,89", "€1,234,567.89"),
    ],
)
def test_an_amount_is_written_to_the_cent_with_the_euro_in_front(amount: str, dutch: str, english: str) -> None:
    assert (euro(Decimal(amount), NL), euro(Decimal(amount), EN)) == (dutch, english)


def test_a_count_keeps_its_thousands_apart() -> None:
    assert (count(7, NL), count(12345, NL), count(12345, EN)) == ("7", "12.345", "12,345")


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        ("12", "12", "12"),
        ("10.000", "10", "10"),
        ("2.500", "2,5", "2.5"),
        ("23.550", "23,55", "23.55"),
        ("1250", "1.250", "1,250"),
        ("1E+3", "1.000", "1,000"),
        ("1234567.125", "1.234.567,125", "1,234,567.125"),
        ("0.000000001", "0,000000001", "0.000000001"),
    ],
)
def test_points_are_written_without_needless_noughts_and_as_a_cost_with_a_minus(
    amount: str, dutch: str, english: str
) -> None:
    written = (points(Decimal(amount), NL), points(Decimal(amount), EN))
    paid = (cost(Decimal(amount), NL), cost(Decimal(amount), EN))
    assert (written, paid) == ((dutch, english), (f"\N{MINUS SIGN}{dutch}", f"\N{MINUS SIGN}{english}"))


@pytest.mark.parametrize("nothing", ["0", "0.000", "0E+3"])
def test_what_cost_nothing_has_no_minus(nothing: str) -> None:
    assert [cost(Decimal(nothing), NL), cost(Decimal(nothing), EN), points(Decimal(nothing), NL)] == ["0"] * 3


def test_a_day_is_written_out() -> None:
    assert (day(date(2026, 3, 1), NL), day(date(2026, 3, 1), EN)) == ("1 maart 2026", "1 March 2026")


def test_a_short_day_begins_with_the_day_in_both_languages() -> None:
    assert [short_day(date(2026, 3, 1), language) for language in (NL, EN)] == ["01/03/2026"] * 2
    assert short_day(date(2025, 12, 31), NL) == "31/12/2025"


@pytest.mark.parametrize(
    ("first", "last", "dutch", "english"),
    [
        (date(2026, 7, 1), date(2026, 9, 30), "1 juli – 30 september 2026", "1 July – 30 September 2026"),
        (date(2026, 7, 1), date(2026, 7, 31), "1 juli – 31 juli 2026", "1 July – 31 July 2026"),
        (date(2026, 7, 1), date(2026, 7, 1), "1 juli 2026", "1 July 2026"),
        (
            date(2025, 12, 31),
            date(2026, 1, 1),
            "31 december 2025 – 1 januari 2026",
            "31 December 2025 – 1 January 2026",
        ),
    ],
)
def test_a_period_names_its_year_again_only_when_it_differs(first: date, last: date, dutch: str, english: str) -> None:
    assert (period(Period(first, last), NL), period(Period(first, last), EN)) == (dutch, english)


@given(st.lists(st.dates(date(2000, 1, 1), date(2100, 12, 31)), min_size=2, max_size=2), st.sampled_from(Language))
def test_a_period_as_shown_can_be_typed_back(ends: list[date], language: Language) -> None:
    shown = Period(min(ends), max(ends))
    assert read(period(shown, language), today=date(2101, 1, 1)) == Words(shown, clipped=False, rest=())


def test_a_moment_is_shown_on_the_clock_of_its_zone() -> None:
    summer, winter = datetime(2026, 7, 15, 7, 5, tzinfo=UTC), datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert moment(summer, NL, BRUSSELS) == "15 juli 2026, 09:05"
    assert moment(winter, EN, BRUSSELS) == "1 January 2027, 00:30"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment(datetime(2026, 7, 15, 7, 5), NL, BRUSSELS)  # noqa: DTZ001 -- a naive moment is what is tested


def test_escaped_text_can_neither_mention_nor_link() -> None:
    assert escape("<@U1> & <!channel> &amp;") == "&lt;@U1&gt; &amp; &lt;!channel&gt; &amp;amp;"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  CC De \n\t Werf  ", "CC De Werf"),
        ("a\x00b\x1b[1mc\x7f", "ab[1mc"),
        ("abc\N{RIGHT-TO-LEFT OVERRIDE}gpj\N{POP DIRECTIONAL ISOLATE}", "abcgpj"),
        ("a \N{RIGHT-TO-LEFT MARK} b", "a b"),
        ("één\N{NO-BREAK SPACE}twee", "één twee"),
        ("\ud800x", "x"),
        ("1234567890", "1234567890"),
        ("12345678901", "123456789…"),
        ("12345678 012", "12345678…"),
    ],
)
def test_a_plain_text_is_one_clean_line(text: str, line: str) -> None:
    assert plain(text, 10) == line


@given(st.text(), st.integers(1, 30))
def test_a_plain_text_never_passes_its_limit(text: str, limit: int) -> None:
    assert len(plain(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kaart 0930001234567 werf", "kaart ••• werf"),
        ("kaart 0930 0012 3456 7", "kaart •••"),
        ("85.07.30-033 28", "•••"),
        ("0930/0012–34567", "•••"),
        ("٠٩٣٠٠٠١٢٣", "•••"),
        ("123456789 en 12345678", "••• en 12345678"),
        ("1031,25 en 71 verkopen", "1031,25 en 71 verkopen"),
        ("2026-07-01", "2026-07-01"),
    ],
)
def test_a_number_of_nine_digits_or_more_is_hidden(text: str, shown: str) -> None:
    assert mask_numbers(text) == shown


@given(st.text(st.sampled_from("0123456789 .-/x"), max_size=60))
def test_no_long_number_survives_masking(text: str) -> None:
    runs = re.split(r"[^0-9]+", re.sub(r"[ ./-]", "", mask_numbers(text)))
    assert all(len(run) < 9 for run in runs)
