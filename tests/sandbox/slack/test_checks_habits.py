"""What Slack takes and people suffer from is noted, and not refused."""

from typing import Any

import pytest

from bot.sandbox.slack.checks import HABIT, Checks, Complaint
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.test_checks import (
    SOUND,
    changed,
    complaints_of,
    complaints_of_view,
    modal,
    option,
    plain,
    raw,
    rich,
)

NOISE, ALONE, EMPTY = "an emoji where words belong", "an emoji without words", "a text that shows nothing"
NAMELESS, WORDLESS = "does not say what the image shows", "a label without words"
EMOJI = {"type": "emoji", "name": "tada"}

HABITS: list[tuple[str, str, Any, str, str]] = [
    ("header", "/text/text", "📊 Rapport", "/text/text", NOISE),
    ("header", "/text/text", "Rapport :bar_chart:", "/text/text", NOISE),
    ("actions", "/elements/0/text/text", "Stop ✋", "/elements/0/text/text", NOISE),
    ("actions", "/elements/0/confirm/confirm/text", "Ja :+1:", "/elements/0/confirm/confirm/text", NOISE),
    ("actions", "/elements/5/options/0/text/text", "Een ⭐", "/elements/5/options/0/text/text", NOISE),
    ("actions", "/elements/7/option_groups/0/label/text", "Huis 🏠", "/elements/7/option_groups/0/label/text", NOISE),
    ("words", "/label/text", "Balie 🏢", "/label/text", NOISE),
    ("section", "/text/text", "✅", "/text/text", ALONE),
    ("section", "/fields/0/text", "*:white_check_mark:*", "/fields/0/text", ALONE),
    ("section", "/text/text", " ", "/text/text", EMPTY),
    ("context", "/elements/0/text", ":eyes:", "/elements/0/text", ALONE),
    ("markdown", "/text", "🎉", "/text", ALONE),
    ("table", "/rows/1/1", raw("❌"), "/rows/1/1/text", ALONE),
    ("table", "/rows/1/1", rich(EMOJI), "/rows/1/1/elements/0", ALONE),
    ("rich_text", "/elements/0/elements", [EMOJI], "/elements/0", ALONE),
    ("image", "/alt_text", "Afbeelding", "/alt_text", NAMELESS),
    ("image", "/alt_text", "grafiek-2026.PNG", "/alt_text", NAMELESS),
    ("image", "/alt_text", "2026", "/alt_text", NAMELESS),
    ("context", "/elements/2/alt_text", "...", "/elements/2/alt_text", NAMELESS),
    ("words", "/label/text", "1.", "/label/text", WORDLESS),
    ("actions", "/elements/5/options/0/value", "a" * 76, "/elements/5/options/0/value", "more than 75 characters"),
    (
        "rich_text",
        "/elements/0/elements",
        [{"type": "date", "timestamp": 1, "format": "{date}"}],
        "/elements/0/elements/0",
        "a date without a fallback",
    ),
    ("table", "/rows/1/0", raw(" "), "/rows/1/0", "the cell that tells the row is empty"),
    ("data_table", "/rows/2/0", raw("r1c0"), "/rows/2/0", "the cell that tells the row is repeated"),
]

FINE: list[tuple[str, str, Any]] = [
    ("header", "/text/text", "09:30:15 – 10:00 → einde"),
    ("header", "/text/text", "Balie: De Sluis (1/2) • €"),
    ("actions", "/elements/0/text/text", "Toon meer ▾"),
    ("section", "/text/text", "✅ Klaar"),
    ("section", "/text/text", "–"),
    ("section", "/text/text", "Zie <https://x.example:8080/a|de draad>"),
    ("context", "/elements/0/text", ":eyes: 3 lezen mee"),
    ("rich_text", "/elements/0/elements", [EMOJI, {"type": "text", "text": " Klaar"}]),
    ("rich_text", "/elements/0/elements", [EMOJI, {"type": "user", "user_id": "U1"}]),
    ("table", "/rows/1/1", raw("–")),
    ("table", "/rows/0/0", raw(" ")),
    ("table", "/rows", [[raw("Dag")], [raw("ma")], [raw("ma")]]),
    ("image", "/alt_text", "Afbeelding van de balie"),
    ("actions", "/elements/5/options/0/value", "a" * 75),
]

SILENT = "blocks have no text beside them to notify with"


@pytest.mark.parametrize(("name", "path", "value", "where", "sentence"), HABITS)
def test_a_bad_habit_is_noted(name: str, path: str, value: Any, where: str, sentence: str) -> None:
    found = complaints_of({"text": "Het rapport", "blocks": [changed(SOUND[name], path, value)]})
    assert found == [("habit", f"/blocks/0{where}", sentence)]


@pytest.mark.parametrize(("name", "path", "value"), FINE)
def test_words_beside_an_emoji_and_signs_that_are_none_are_fine(name: str, path: str, value: Any) -> None:
    assert complaints_of({"text": "Het rapport", "blocks": [changed(SOUND[name], path, value)]}) == []


@pytest.mark.parametrize("field", ["title", "submit", "close"])
def test_an_emoji_in_the_frame_of_a_modal_is_noted(field: str) -> None:
    view = modal(**{field: plain("Rapport 📊")}) if field != "title" else {**modal(), "title": plain("Rapport 📊")}
    assert complaints_of_view(view) == [("habit", f"/view/{field}/text", NOISE)]


def test_the_column_that_tells_the_row_may_be_another() -> None:
    twice = [[raw("Dag"), raw("Nr.")], [raw("ma"), raw("1")], [raw("ma"), raw("2")]]
    block = changed(SOUND["data_table"], "/rows", twice)
    told = complaints_of({"text": "Het rapport", "blocks": [block]})
    assert told == [("habit", "/blocks/0/rows/2/0", "the cell that tells the row is repeated")]
    assert complaints_of({"text": "Het rapport", "blocks": [{**block, "row_header_column_index": 1}]}) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", SILENT),
        ("  ", SILENT),
        (".", "'.' tells nothing of what the blocks say"),
        ("Message", "'Message' tells nothing of what the blocks say"),
        ("bericht…", "'bericht…' tells nothing of what the blocks say"),
        ("✅", "'✅' tells nothing of what the blocks say"),
        ("a" * 4_001, "more than 4000 characters"),
    ],
)
def test_blocks_without_a_telling_text_are_noted(text: str, sentence: str) -> None:
    found = complaints_of({"text": text, "blocks": [SOUND["divider"]]})
    assert found == [("habit", "/text", sentence)]


@pytest.mark.parametrize("message", [{"text": "."}, {"text": "a" * 4_000, "blocks": [SOUND["divider"]]}])
def test_a_short_text_alone_and_one_that_tells_are_fine(message: Json) -> None:
    assert complaints_of(message) == []


OFFERED: list[tuple[Json, list[Json], list[Complaint]]] = [
    ({}, [], []),
    ({"options": []}, [], []),
    ({"options": [option("een")]}, [option("een")], []),
    (
        {"option_groups": [{"label": plain(one), "options": [option(one)]} for one in ("een", "twee")]},
        [option("een"), option("twee")],
        [],
    ),
    (
        {"options": [option(f"o{number}") for number in range(100)]},
        [option(f"o{number}") for number in range(100)],
        [],
    ),
    (
        {"options": [option(f"o{number}") for number in range(101)]},
        [],
        [Complaint("options", "no_results", "/options", "no more than 100 items allowed")],
    ),
    (
        {"option_groups": [{"label": plain("g"), "options": [option("o")]}] * 101},
        [],
        [Complaint("options", "no_results", "/option_groups", "no more than 100 items allowed")],
    ),
    (
        {"option_groups": [{"label": plain("g" * 76), "options": [option("o")]}]},
        [],
        [Complaint("options", "no_results", "/option_groups/0/label/text", "must be less than 76 characters")],
    ),
    (
        {"options": [option("een"), option("t" * 76)]},
        [],
        [Complaint("options", "no_results", "/options/1/text/text", "must be less than 76 characters")],
    ),
    (
        {"options": [], "option_groups": []},
        [],
        [Complaint("options", "no_results", "", "must have exactly one of: options, option_groups")],
    ),
    (
        {"options": [{"text": plain("Een ⭐"), "value": "1"}]},
        [{"text": plain("Een ⭐"), "value": "1"}],
        [Complaint("options", HABIT, "/options/0/text/text", NOISE)],
    ),
]


@pytest.mark.parametrize(("ack", "shown", "complaints"), OFFERED)
def test_options_that_are_wrong_show_nothing(ack: Json, shown: list[Json], complaints: list[Complaint]) -> None:
    checks = Checks()
    assert checks.options(ack) == shown
    assert checks.complaints == complaints
