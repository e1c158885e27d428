"""What people type about time becomes two dates, or an error that says what is wrong with it."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import Period
from bot.services.periods import LONGEST_TEXT, PeriodError, Words, is_period_word, read

TODAY = date(2026, 10, 15)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
JULY = Period(date(2026, 7, 1), date(2026, 7, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
YESTERDAY = Period(date(2026, 10, 14), date(2026, 10, 14))

SETTLED = [
    ("2026-07-01 2026-09-30", QUARTER),
    ("01/07/2026-30/09/2026", QUARTER),
    ("q3 2026", QUARTER),
    ("Q3-2026", QUARTER),
    ("2026q3", QUARTER),
    ("2026-Q3", QUARTER),
    ("vorig kwartaal", QUARTER),
    ("last quarter", QUARTER),
    ("previous quarter", QUARTER),
    ("1/7/2026 - 30/9/2026", QUARTER),
    ("1-7-2026 t/m 30-9-2026", QUARTER),
    ("1-7-2026-30-9-2026", QUARTER),
    ("1.7.2026 tot 30.9.2026", QUARTER),
    ("1/7/2026 30/9/2026", QUARTER),
    ("1 juli 2026 - 30 september 2026", QUARTER),
    ("1 juli – 30 september 2026", QUARTER),
    ("van 1 juli tot en met 30 sept 2026", QUARTER),
    ("from 1 July 2026 until 30 Sep. 2026", QUARTER),
    ("July 1, 2026 to September 30, 2026", QUARTER),
    ("juli-september 2026", QUARTER),
    ("jul 2026 tem sep 2026", QUARTER),
    ("2026-07 – 2026-09", QUARTER),
    ("juli 2026", JULY),
    ("July 2026", JULY),
    ("07/2026", JULY),
    ("2026-07", JULY),
    ("juli-2026", JULY),
    ("vorige maand", SEPTEMBER),
    ("last month", SEPTEMBER),
    ("1 - 30 september 2026", SEPTEMBER),
    ("gisteren", YESTERDAY),
    ("yesterday", YESTERDAY),
    ("14 okt 2026", YESTERDAY),
    ("14-oct-2026", YESTERDAY),
    ("2025", Period(date(2025, 1, 1), date(2025, 12, 31))),
    ("vorig jaar", Period(date(2025, 1, 1), date(2025, 12, 31))),
    ("last year", Period(date(2025, 1, 1), date(2025, 12, 31))),
    ("vandaag", Period(TODAY, TODAY)),
    ("1/10/2026 tot vandaag", Period(date(2026, 10, 1), TODAY)),
    ("  JULI \t\u00a0 2026\n", JULY),
    ("ｊｕｌｉ ２０２６", JULY),
]

STILL_RUNNING = [
    ("deze maand", date(2026, 10, 1)),
    ("this month", date(2026, 10, 1)),
    ("dit kwartaal", date(2026, 10, 1)),
    ("this quarter", date(2026, 10, 1)),
    ("dit jaar", date(2026, 1, 1)),
    ("this year", date(2026, 1, 1)),
    ("2026", date(2026, 1, 1)),
    ("q4 2026", date(2026, 10, 1)),
    ("15/10/2026 31/12/2027", TODAY),
]

UNREADABLE = [
    "juli",
    "q3",
    "q5 2026",
    "1 juli",
    "1/7",
    "1/7/26",
    "1999",
    "2101",
    "1/7/1999",
    "9000",
    "vorige",
    "vorige week",
    "van 2026",
    "2026 -",
    "- 2026",
    "juli - 2026",
    "1 - 2026",
    "2025 2026",
    "juli 2026 werf q3 2026",
    "2024 - 2025 - 2026",
    "gisteren vandaag",
    "@2026",
    "q1-q3",
    "\N{ARABIC-INDIC DIGIT TWO}026",
    "juli 2026\N{RIGHT-TO-LEFT OVERRIDE}",
    "juli\N{ZERO WIDTH SPACE} 2026",
    "juli\x00 2026",
    "2026 <@U123>",
    "<!channel>",
]


@pytest.mark.parametrize(("text", "period"), SETTLED)
def test_every_documented_form_is_read_in_both_languages(text: str, period: Period) -> None:
    assert read(text, today=TODAY) == Words(period, clipped=False, rest=())


@pytest.mark.parametrize(("text", "first"), STILL_RUNNING)
def test_an_end_after_today_becomes_today_and_is_told(text: str, first: date) -> None:
    assert read(text, today=TODAY) == Words(Period(first, TODAY), clipped=True, rest=())


def test_an_end_that_is_today_was_not_clipped() -> None:
    assert not read("deze maand", today=date(2026, 10, 31)).clipped


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("werf juli 2026", ("werf",)),
        ("juli 2026 werf", ("werf",)),
        ("@Werf juli 2026", ("werf",)),
        ("juli 2026 cc-de-werf-2", ("cc-de-werf-2",)),
        ("werf juli 2026 graag", ("werf", "graag")),
        ("q3-werf juli 2026", ("q3-werf",)),
        ("2026-werf juli 2026", ("2026-werf",)),
    ],
)
def test_words_beside_the_period_are_handed_back(text: str, rest: tuple[str, ...]) -> None:
    assert read(text, today=TODAY) == Words(JULY, clipped=False, rest=rest)


@pytest.mark.parametrize(("text", "rest"), [("", ()), ("  ", ()), ("werf", ("werf",)), ("@a b", ("a", "b"))])
def test_a_text_without_a_period_is_all_rest(text: str, rest: tuple[str, ...]) -> None:
    assert read(text, today=TODAY) == Words(None, clipped=False, rest=rest)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_could_mean_two_things_or_nothing_is_unreadable(text: str) -> None:
    assert refusal(text) == ("unreadable", None)


@pytest.mark.parametrize("text", ["31/6/2026", "31 juni 2026", "29 februari 2026", "2026-13", "0/1/2026"])
def test_a_day_that_does_not_exist_is_called_impossible(text: str) -> None:
    assert refusal(text) == ("impossible_date", None)


def test_dates_the_wrong_way_round_come_back_the_right_way_round() -> None:
    assert refusal("30/09/2026 01/07/2026") == ("reversed", QUARTER)
    assert refusal("september 2026 - juli 2026") == ("reversed", QUARTER)


def test_a_period_wholly_in_the_future_is_refused_with_its_days() -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert refusal("november 2026") == ("future", november)
    assert refusal("16/10/2026") == ("future", Period(date(2026, 10, 16), date(2026, 10, 16)))


def test_a_long_text_is_refused_at_once() -> None:
    before = time.perf_counter()
    assert refusal("1 " * 5000) == ("too_long_input", None)
    assert read("a" * LONGEST_TEXT, today=TODAY).rest == ("a" * LONGEST_TEXT,)
    for dense in ("1-" * 100, "van juli " * 22, "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 200):
        outcome(dense, TODAY)
    assert time.perf_counter() - before < 1


def test_an_error_never_repeats_what_was_typed() -> None:
    with pytest.raises(PeriodError) as refused:
        read("0930 0012 3456 7", today=TODAY)
    assert str(refused.value) == "unreadable"


@pytest.mark.parametrize(
    ("today", "text", "period"),
    [
        (date(2026, 1, 1), "gisteren", Period(date(2025, 12, 31), date(2025, 12, 31))),
        (date(2026, 1, 1), "vorige maand", Period(date(2025, 12, 1), date(2025, 12, 31))),
        (date(2026, 1, 1), "vorig kwartaal", Period(date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 1, 1), "vorig jaar", Period(date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 1, 1), "dit jaar", Period(date(2026, 1, 1), date(2026, 1, 1))),
        (date(2026, 3, 31), "vorige maand", Period(date(2026, 2, 1), date(2026, 2, 28))),
        (date(2028, 3, 31), "vorige maand", Period(date(2028, 2, 1), date(2028, 2, 29))),
        (date(2028, 3, 1), "gisteren", Period(date(2028, 2, 29), date(2028, 2, 29))),
        (date(2028, 12, 31), "29/02/2028", Period(date(2028, 2, 29), date(2028, 2, 29))),
        (date(2026, 6, 30), "vorig kwartaal", Period(date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 7, 1), "vorig kwartaal", Period(date(2026, 4, 1), date(2026, 6, 30))),
        (date(2026, 12, 31), "dit kwartaal", Period(date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_the_edges_of_months_quarters_and_years_hold(today: date, text: str, period: Period) -> None:
    assert read(text, today=today).period == period


@pytest.mark.parametrize(
    "word", ["2026", "9000", "q3", "Q9", "mei", "may", "2026-07-01", "juli-2026", "t/m", "-", "mei-2"]
)
def test_an_alias_can_never_be_a_period(word: str) -> None:
    assert is_period_word(word)


@pytest.mark.parametrize("word", ["werf", "cc-2", "q3-werf", "jaarbeurs", "maandag", "meise", "de-werf-2026"])
def test_a_name_that_only_resembles_a_period_may_be_an_alias(word: str) -> None:
    assert not is_period_word(word)


def refusal(text: str) -> tuple[str, Period | None]:
    """Read a text that must be refused, and say how it was."""
    with pytest.raises(PeriodError) as refused:
        read(text, today=TODAY)
    return refused.value.kind, refused.value.period


def outcome(text: str, today: date) -> Words | PeriodError:
    """Read a text, whatever comes of it."""
    try:
        return read(text, today=today)
    except PeriodError as refused:
        return refused


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
pieces = st.sampled_from(
    ["juli", "1", "31", "2026", "q3", "-", "/", ".", " ", "tot", "vorige", "maand", "werf", "@", "van ", "\u00a0", "to"]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=20).map("".join)), st.dates())
def test_any_text_on_any_day_gives_words_or_a_period_error(text: str, today: date) -> None:
    result = outcome(text, today)
    if isinstance(result, Words) and result.period is not None:
        assert result.period.first <= result.period.last <= today
        assert not any(is_period_word(word) for word in result.rest)


@given(days, st.integers(0, 800), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]), st.data())
def test_two_written_dates_are_read_back_as_themselves(
    first: date, length: int, form: str, data: st.DataObject
) -> None:
    last = min(first + timedelta(days=length), date(2100, 12, 31))
    joiner = data.draw(st.sampled_from([" ", " - ", " t/m ", " tot ", "-", " until "]))
    text = f"{first.strftime(form)}{joiner}{last.strftime(form)}"
    assert read(text, today=date(2101, 1, 1)) == Words(Period(first, last), clipped=False, rest=())
