"""What a balie may be called, and what is made of the name that UiTPAS has for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.aliases import LONGEST, VERBS, fault_in, folded, made_from, tidied


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("CC De Sluis", "cc-de-sluis"),
        ("Gemeenschapscentrum 't Hof", "gemeenschapscentrum-t-hof"),
        ("Zwembad De Kuil & Zonen", "zwembad-de-kuil-zonen"),
        ("  Cultuurcafé «Wílgendries» ", "cultuurcafe-wilgendries"),
        ("Ｊｅｕｇｄ ﬁets", "jeugd-fiets"),
        ("Straße 7–9", "strasse-7-9"),
        ("Sørens Ørn", "srens-rn"),
        ("UiT_in/Gent", "uit-in-gent"),
        ("Dienst voor Vrije Tijd, Jeugd en Cultuur", "dienst-voor-vrije-tijd-jeugd-en"),
        ("Dienst voor Vrije Tijd, Jeugden en Cultuur", "dienst-voor-vrije-tijd-jeugden"),
        ("Dienst voor Vrije Tijd, Jeugdclub en Cultuur", "dienst-voor-vrije-tijd"),
        ("x" * 40, "x" * 31),
        ("Rapport", "balie-77"),
        ("Juli", "balie-77"),
        ("Q3 2026", "balie-77"),
        ("2026", "balie-77"),
        ("Ελλάδα", "balie-77"),
        ("¡¿!", "balie-77"),
        ("", "balie-77"),
    ],
)
def test_an_alias_is_made_of_the_name(name: str, alias: str) -> None:
    assert made_from(name, 77, ()) == alias


@pytest.mark.parametrize(
    ("name", "number", "taken", "alias"),
    [
        ("CC De Sluis", 77, {"cc-de-sluis"}, "cc-de-sluis-2"),
        ("CC De Sluis", 77, {"cc-de-sluis", "cc-de-sluis-2", "cc-de-sluis-4"}, "cc-de-sluis-3"),
        ("x" * 40, 77, {"x" * 31}, "x" * 29 + "-2"),
        ("Dienst voor Vrije Tijd Jeugden", 77, {"dienst-voor-vrije-tijd-jeugden"}, "dienst-voor-vrije-tijd-2"),
        ("x" * 40, 77, {"x" * 31, *("x" * 29 + f"-{n}" for n in range(2, 10))}, "x" * 28 + "-10"),
        ("2026", 77, {"balie-77"}, "balie-77-2"),
        ("2026", None, set(), "balie"),
        ("2026", None, {"balie"}, "balie-2"),
    ],
)
def test_a_taken_alias_gets_a_number(name: str, number: int | None, taken: set[str], alias: str) -> None:
    assert made_from(name, number, taken) == alias


@given(st.text(max_size=80), st.none() | st.integers(0, 10**9), st.integers(0, 30))
def test_whatever_the_name_the_alias_is_good_and_nobody_elses(name: str, number: int | None, others: int) -> None:
    taken: set[str] = set()
    for _ in range(others + 1):
        alias = made_from(name, number, taken)
        assert fault_in(alias) is None
        assert alias not in taken
        taken.add(alias)


@pytest.mark.parametrize(
    ("alias", "fault"),
    [
        ("de-sluis", None),
        ("7", "word"),
        ("x" * LONGEST, None),
        ("x" * (LONGEST + 1), "signs"),
        ("", "signs"),
        ("-a", "signs"),
        ("a-", None),
        ("A", "signs"),
        ("a\n", "signs"),
        ("q3", "word"),
        *((verb, "word") for verb in sorted(VERBS)),
    ],
)
def test_what_is_wrong_with_an_alias(alias: str, fault: str | None) -> None:
    assert fault_in(alias) == fault


@pytest.mark.parametrize(
    ("typed", "alias"), [("@De-Sluis", "de-sluis"), ("  hof\n", "hof"), ("@@hof", "@hof"), ("@ hof", " hof"), ("", "")]
)
def test_what_somebody_types_is_tidied(typed: str, alias: str) -> None:
    assert tidied(typed) == alias


@pytest.mark.parametrize(("text", "plain"), [("Café", "cafe"), ("CAFE\u0301", "cafe"), ("Ĳzer", "ijzer"), ("ß", "ss")])
def test_a_search_knows_no_case_and_no_diacritics(text: str, plain: str) -> None:
    assert folded(text) == plain
