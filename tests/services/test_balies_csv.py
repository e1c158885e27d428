"""The mapping as CSV: whatever is wrong with it is named with its line, and changes nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.aliases import VERBS
from bot.services.balies import Balies, ImportFileError
from storage.database import Database
from tests.support.clock import StillClock

HEAD = "alias,name,consumer_key,channels\n"
BEFORE = HEAD + "de-sluis,CC De Sluis,key-1,C0AAA C0BBB\n"
RULE = "an alias is 1 to 31 small letters, digits and dashes, and begins with no dash"
WORD = "the alias {} is a word of the command or of a period; choose another"


@pytest.fixture
async def mapped(tmp_path: Path) -> AsyncIterator[Balies]:
    """A mapping with one balie."""
    database = await Database.open(tmp_path / "baliebot.db", kind="serve")
    made = Balies(database=database, clock=StillClock())
    await made.import_csv("T1", BEFORE)
    yield made
    await database.aclose()


async def refused(mapped: Balies, text: str) -> str:
    """Return why a file is refused, having seen that nothing changed."""
    with pytest.raises(ImportFileError) as caught:
        await mapped.import_csv("T1", text)
    assert await mapped.export_csv("T1") == BEFORE
    return str(caught.value)


@pytest.mark.parametrize(
    "alias", ["De-Sluis", "-sluis", "de sluis", "de_sluis", "", "é", "x" * 32, "@sluis", "a.b", "٣", "a\tb"]
)
async def test_an_alias_keeps_to_its_letters(mapped: Balies, alias: str) -> None:
    assert await refused(mapped, f"{HEAD}goed,Goed,key-8,\n{alias},Naam,key-9,\n") == f"line 3: {RULE}"


@pytest.mark.parametrize(
    "alias",
    [*sorted(VERBS), "vorig", "last", "kwartaal", "gisteren", "yesterday", "juli", "july", "q3", "2026", "2026-07-01"],
)
async def test_an_alias_is_no_verb_and_no_word_of_a_period(mapped: Balies, alias: str) -> None:
    assert await refused(mapped, f"{HEAD}{alias},Naam,key-9,\n") == f"line 2: {WORD.format(alias)}"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a,A,key-9", "it must have 4 columns"),
        ("a,A,key-9,,", "it must have 4 columns"),
        ("a,A,key-9,C0CCC,C0DDD", "it must have 4 columns"),
        ("a,,key-9,", "name and consumer_key may not be empty"),
        ("a,A, ,", "name and consumer_key may not be empty"),
        ("a,A,key-9,#balie", "channels are Slack ids such as C0123ABCD, separated by blanks"),
        ("a,A,key-9,C0CCC;C0DDD", "channels are Slack ids such as C0123ABCD, separated by blanks"),
        ("a,A,key-9,c0ccc", "channels are Slack ids such as C0123ABCD, separated by blanks"),
        ("goed,A,key-9,", "the alias goed or its key stands on an earlier line too"),
        ("a,A,KEY-8,", "the alias a or its key stands on an earlier line too"),
        ("a,A,key-9,C0EEE", "one of its channels has a default on an earlier line"),
        ("de-sluis,A,key-9,", "the alias de-sluis is another balie's already"),
    ],
)
async def test_a_wrong_line_is_named(mapped: Balies, line: str, reason: str) -> None:
    assert await refused(mapped, f"{HEAD}goed,Goed,key-8,C0EEE\n{line}\n") == f"line 3: {reason}"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "\n\n",
        "alias,name,consumer_key",
        "alias;name;consumer_key;channels",
        "name,alias,consumer_key,channels",
        "alias,name,consumer_key,channels,more",
        "de-sluis,CC De Sluis,key-1,",
    ],
)
async def test_the_columns_are_these_in_this_order(mapped: Balies, head: str) -> None:
    reason = await refused(mapped, f"{head}\ngoed,Goed,key-8,\n" if head.strip() else head)
    assert reason == "line 1: the columns must be alias,name,consumer_key,channels"


@pytest.mark.parametrize("line", ['a,"A,key-9,\n', "a," + "x" * 200_000 + ",key-9,\n", "a,A\rB,key-9,\n"])
async def test_what_the_csv_reader_itself_can_not_read_is_an_error_of_the_file(mapped: Balies, line: str) -> None:
    assert (await refused(mapped, HEAD + line)).startswith("line ")


async def test_lines_are_counted_as_an_editor_does(mapped: Balies) -> None:
    text = f'{HEAD}goed,"Over\ntwee regels",key-8,\n\nGROOT,Groot,key-9,\n'
    assert (await refused(mapped, text)).startswith("line 5: ")


async def test_a_balie_with_the_same_key_is_updated_and_the_others_stay(mapped: Balies) -> None:
    text = f"{HEAD}sluis,De Sluis,KEY-1,C0CCC\nt-hof,'t Hof,key-2,C0AAA\n"
    assert await mapped.import_csv("T1", text) == 2
    assert await mapped.export_csv("T1") == text
    assert await mapped.import_csv("T1", f"{HEAD}de-kuil,De Kuil,key-3,C0AAA\n") == 1
    assert await mapped.export_csv("T1") == (
        f"{HEAD}de-kuil,De Kuil,key-3,C0AAA\nsluis,De Sluis,KEY-1,C0CCC\nt-hof,'t Hof,key-2,\n"
    )


async def test_two_balies_may_swap_their_aliases_in_one_file(mapped: Balies) -> None:
    await mapped.import_csv("T1", f"{HEAD}t-hof,'t Hof,key-2,\n")
    swapped = f"{HEAD}de-sluis,'t Hof,key-2,\nt-hof,CC De Sluis,key-1,C0AAA C0BBB\n"
    assert await mapped.import_csv("T1", swapped) == 2
    assert await mapped.export_csv("T1") == swapped


async def test_the_mark_that_spreadsheets_put_in_front_is_no_part_of_the_file(mapped: Balies) -> None:
    assert await mapped.import_csv("T1", "\ufeff" + BEFORE) == 1
    assert await mapped.export_csv("T1") == BEFORE


ALIASES = st.from_regex(r"x[a-z0-9-]{0,30}", fullmatch=True)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40).filter(
    lambda name: name == name.strip() != ""
)
KEYS = st.uuids().map(str)
CHANNELS = st.lists(st.from_regex(r"[CGD][A-Z0-9]{2,20}", fullmatch=True), max_size=3, unique=True)
LINES = st.lists(
    st.tuples(ALIASES, NAMES, KEYS, CHANNELS), max_size=5, unique_by=(lambda line: line[0], lambda line: line[2])
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, st.uuids().map(str))
async def test_whatever_is_mapped_survives_export_and_import(
    mapped: Balies, lines: list[tuple[str, str, str, list[str]]], team: str
) -> None:
    taken: set[str] = set()
    quoted = []
    for alias, name, key, channels in lines:
        own = [channel for channel in channels if channel not in taken]
        taken.update(own)
        quoted.append(f'{alias},"{name.replace(chr(34), chr(34) * 2)}",{key},{" ".join(own)}\n')
    await mapped.import_csv(team, HEAD + "".join(quoted))
    exported = await mapped.export_csv(team)
    await mapped.import_csv(f"{team} again", exported)
    assert await mapped.export_csv(f"{team} again") == exported
    found = await mapped.matching(team, "")
    assert [(balie.alias, balie.name) for balie in found.balies] == sorted((line[0], line[1]) for line in lines)
