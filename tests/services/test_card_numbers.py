"""The number of a card as people type it: good ones are read in every spelling, wrong ones named by what is wrong."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.cards import CardNumber
from bot.services.card_numbers import CardNumberError, read_number, take_number

GOOD = "0930012345607"
KANSENPAS = "0930000420206"
REST = "vorig jaar de-sluis"
cheap = settings(max_examples=200, database=None, derandomize=True, deadline=None)
BETWEEN = [
    "",
    " ",
    ".",
    "-",
    "  ",
    " - ",
    "\N{NO-BREAK SPACE}",
    "\N{NARROW NO-BREAK SPACE}",
    "–",
    "\N{MINUS SIGN}",
    "/",
]


def wrong(read: Callable[[str], object], text: str) -> tuple[str, int]:
    """Return what is wrong with what was typed, having seen that nothing of it is told."""
    with pytest.raises(CardNumberError) as caught:
        read(text)
    error = caught.value
    assert (str(error), repr(error), error.args) == (error.kind, f"CardNumberError({error.kind!r})", (error.kind,))
    assert (error.__cause__, error.__context__) == (None, None)
    assert not [word for word in text.split() if word in repr(error)]
    return error.kind, error.digits


def with_luhn(twelve: str) -> str:
    """Return the number that these twelve digits begin: of ten last digits, the one that makes the sum fit."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(twelve)]
    return twelve + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@pytest.mark.parametrize(
    "number",
    ["0934000049106", "0930000420206", "0930000237915", GOOD, "0930048151607", "0930030571812", "1000000000009"],
)
def test_a_good_number_is_taken_for_a_card_whatever_its_first_digit_and_flag(number: str) -> None:
    assert read_number(number) == CardNumber(number)
    assert take_number(number) == (CardNumber(number), "")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *((number, "check") for number in ("0930000390703", "0934000049103", "0987654321113", "0987654321321")),
        *((number, "check") for number in ("1234567890113", "1234567890116", "0930000237912", "0930012345608")),
        *((number, "check") for number in ("0560002524314", "0930002523422", "0940002524123", "0985002524385")),
        ("0930000237931", "flag"),
        ("0930000420289", "flag"),
    ],
)
def test_a_number_that_no_card_can_have_is_refused_by_its_kind(number: str, kind: str) -> None:
    assert (wrong(read_number, number), wrong(take_number, f"{number} {REST}")) == ((kind, 13), (kind, 13))


@pytest.mark.parametrize(
    ("text", "kind", "digits"),
    [
        ("", "missing", 0),
        (" \N{NO-BREAK SPACE}\t-–. ", "missing", 0),
        ("093001234560", "length", 12),
        ("09300123456070", "length", 14),
        ("1", "length", 1),
        ("09300 12345 607 0930012345607", "length", 26),
        ("093001234560X", "signs", 0),
        ("O930012345607", "signs", 0),
        ("0930,0123,45607", "signs", 0),
        ("0930_0123_45607", "signs", 0),
        ("٠٩٣٠٠١٢٣٤٥٦٠٧", "signs", 0),
        ("kaart", "signs", 0),
        ("+0930012345607", "signs", 0),
        ("0930012345607\N{ZERO WIDTH SPACE}", "signs", 0),
        ("09300\n12345607", "signs", 0),
    ],
)
def test_what_is_no_number_of_a_card_is_refused_by_its_kind_and_counted(text: str, kind: str, digits: int) -> None:
    assert wrong(read_number, text) == (kind, digits)


@pytest.mark.parametrize(
    "text",
    [
        "09300 12345 607",
        "0930 0123 45607",
        " 0930.0123.45607 ",
        "0930-0123-45607",
        "0930 – 0123 – 45607",
        "0930\N{NO-BREAK SPACE}0123\N{NARROW NO-BREAK SPACE}45607",
        "0930\N{THIN SPACE}0123\N{FIGURE SPACE}45607",
        "0930\N{EN DASH}0123\N{NON-BREAKING HYPHEN}45607",
        "０９３００１２３４５６０７",
        "0 9 3 0 0 1 2 3 4 5 6 0 7",
        "0930/0123/45607",
        "-0930012345607-",
        "093001234560⁷",
    ],
)
def test_blanks_dots_dashes_and_wide_digits_are_left_out(text: str) -> None:
    assert read_number(text) == CardNumber(GOOD)


@cheap
@given(
    st.lists(st.sampled_from(BETWEEN), min_size=12, max_size=12),
    st.sampled_from(["", REST, "2026", "2026-01-01 2026-06-30"]),
)
def test_a_number_is_found_at_the_head_of_words_however_it_is_parted(between: list[str], rest: str) -> None:
    parted = "".join(digit + sign for digit, sign in zip(GOOD, [*between, ""], strict=True))
    assert read_number(parted) == CardNumber(GOOD)
    assert take_number(f" {parted}  {rest} ") == (CardNumber(GOOD), rest)


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("0930 0123 45607 0930", "0930"),
        ("0930 0123 45607 1 juli 2026", "1 juli 2026"),
        ("0930 0123 456 07 2026", "2026"),
        ("0930012345607 - de-sluis", "- de-sluis"),
        ("０９３０ ０１２３ ４５６０７\N{NO-BREAK SPACE}２０２６", "2026"),
        ("0930012345607 Q1 2026 De-Sluis", "Q1 2026 De-Sluis"),
    ],
)
def test_groups_are_taken_until_there_are_thirteen_digits(words: str, rest: str) -> None:
    assert take_number(words) == (CardNumber(GOOD), rest)


@pytest.mark.parametrize(
    "words", ["", "vorig jaar", "de-sluis", "q1 2026", "juli 2026 de-sluis", "vanaf 2025-01-01 2025-12-31"]
)
def test_words_without_a_number_are_handed_back(words: str) -> None:
    assert take_number(f"  {words} ") == (None, words)


@pytest.mark.parametrize(
    ("words", "kind", "digits"),
    [
        ("0930 0123 4560 vorig jaar", "length", 12),
        ("0930 0123 456070 vorig jaar", "length", 14),
        ("2026", "length", 4),
        ("093001234560X vorig jaar", "signs", 0),
        ("de-sluis 0930012345607", "signs", 0),
        ("vorig jaar 0930 0123 45607", "signs", 0),
        ("#0930012345607", "signs", 0),
        ("de-sluis 85.07.30-033.28", "signs", 0),
    ],
)
def test_words_with_a_number_that_is_wrong_or_elsewhere_are_refused(words: str, kind: str, digits: int) -> None:
    assert wrong(take_number, words) == (kind, digits)


NATIONAL = [
    "85073003328",
    "85.07.30-033.28",
    "850730-033-28",
    "85 07 30 033 28",
    "85.07.30 033-28",
    "850730/03328",
    "000101 001 05",
]


@pytest.mark.parametrize("number", NATIONAL)
def test_a_national_number_is_refused_as_one(number: str) -> None:
    assert wrong(read_number, number) == ("national", 11)


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "vorig jaar",
        "2026",
        "1 juli 2026",
        "12 juli 2026",
        "1/7/2026 31/7/2026",
        "2026-01-01 2026-06-30",
        "- 2026",
        "de-sluis",
    ],
)
@pytest.mark.parametrize("number", NATIONAL)
def test_a_national_number_is_one_whatever_is_typed_after_it(number: str, rest: str) -> None:
    assert wrong(take_number, f"{number} {rest}") == ("national", 11)


@pytest.mark.parametrize("rest", ["", "vorig jaar", "2026", "2026-01-01 2026-06-30"])
def test_eleven_digits_that_are_no_national_number_are_not_guessed_at(rest: str) -> None:
    assert wrong(take_number, f"85073003329 {rest}") == ("national", 11)


@cheap
@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("01"), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(sequence: str, flag: str, place: int, off: int) -> None:
    number = with_luhn(sequence + flag)
    other = f"{number[:place]}{(int(number[place]) + off) % 10}{number[place + 1 :]}"
    assert (read_number(number), wrong(read_number, other)) == (CardNumber(number), ("check", 13))


@cheap
@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("01"), st.integers(0, 11))
def test_two_digits_that_changed_places_are_found_but_for_nine_and_nought(sequence: str, flag: str, place: int) -> None:
    number = with_luhn(sequence + flag)
    left, right = number[place], number[place + 1]
    assume(left != right and {left, right} != {"0", "9"})
    assert wrong(read_number, f"{number[:place]}{right}{left}{number[place + 2 :]}") == ("check", 13)


def test_a_card_shows_four_digits_in_the_middle_and_nothing_of_itself() -> None:
    card = CardNumber(KANSENPAS)
    assert (repr(card), str(card), f"{card}", card.hint) == ("CardNumber(…)",) * 3 + ("0042",)


@cheap
@given(st.text(st.sampled_from("0123456789 .-/–XO٣９\N{NO-BREAK SPACE}"), max_size=40))
def test_whatever_is_typed_is_a_card_or_refused_without_being_told(text: str) -> None:
    for read in (read_number, take_number):
        with suppress(CardNumberError):
            read(text)
            continue
        wrong(read, text)
