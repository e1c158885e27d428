"""Every length and every number: as much as is allowed passes, one more is refused."""

from typing import Any

import pytest

from tests.sandbox.slack.test_checks import (
    SOUND,
    changed,
    complaints_of,
    complaints_of_view,
    modal,
    plain,
    raw,
    sound,
)

FREE = "response_url"
"""A way to speak without a limit on all blocks together."""

LENGTHS = [
    ("section", "/text/text", 3_000),
    ("section", "/fields/1/text", 2_000),
    ("section", "/block_id", 255),
    ("section", "/accessory/action_id", 255),
    ("header", "/text/text", 150),
    ("image", "/alt_text", 2_000),
    ("image", "/title/text", 2_000),
    ("image", "/image_url", 3_000),
    ("context", "/elements/0/text", 3_000),
    ("context", "/elements/2/alt_text", 2_000),
    ("actions", "/elements/0/text/text", 75),
    ("actions", "/elements/0/value", 2_000),
    ("actions", "/elements/0/url", 3_000),
    ("actions", "/elements/0/accessibility_label", 75),
    ("actions", "/elements/0/confirm/title/text", 100),
    ("actions", "/elements/0/confirm/text/text", 300),
    ("actions", "/elements/0/confirm/confirm/text", 30),
    ("actions", "/elements/0/confirm/deny/text", 30),
    ("actions", "/elements/1/options/0/text/text", 75),
    ("actions", "/elements/1/options/0/url", 3_000),
    ("actions", "/elements/2/placeholder/text", 150),
    ("actions", "/elements/5/options/0/text/text", 75),
    ("actions", "/elements/7/option_groups/0/label/text", 75),
    ("actions", "/elements/7/option_groups/0/options/0/value", 150),
    ("actions", "/elements/15/options/0/text/text", 75),
    ("actions", "/elements/15/options/0/description/text", 75),
    ("words", "/label/text", 2_000),
    ("words", "/hint/text", 2_000),
    ("words", "/element/placeholder/text", 150),
    ("words", "/element/action_id", 255),
    ("markdown", "/text", 12_000),
    ("bars", "/title", 50),
    ("bars", "/chart/series/0/name", 20),
    ("bars", "/chart/axis_config/x_label", 50),
    ("pie", "/chart/segments/0/label", 20),
    ("card", "/title/text", 150),
    ("card", "/body/text", 200),
    ("card", "/subtitle/text", 150),
    ("card", "/subtext/text", 200),
    ("container", "/title/text", 150),
    ("container", "/subtitle/text", 150),
    ("actions", "/elements/1/options/0/description/text", 75),
    ("actions", "/elements/5/options/0/description/text", 75),
    ("context_actions", "/elements/0/text/text", 75),
    ("context_actions", "/elements/0/value", 2_000),
    ("feedback", "/elements/0/positive_button/text/text", 75),
    ("feedback", "/elements/0/negative_button/value", 2_000),
    ("feedback", "/elements/0/negative_button/accessibility_label", 75),
    ("workflow", "/elements/0/text/text", 75),
    ("words", "/element/initial_value", 3_000),
    ("bars", "/chart/axis_config/y_label", 50),
    ("video", "/title/text", 199),
    ("video", "/description/text", 200),
    ("video", "/author_name", 49),
    ("video", "/provider_name", 50),
]

TEXT_OBJECTS = {"subtitle", "subtext", "description"}
"""Fields that hold a text and that no sound block has."""

VIEW_LENGTHS = [
    ("/title/text", 24),
    ("/submit/text", 24),
    ("/close/text", 24),
    ("/private_metadata", 3_000),
    ("/callback_id", 255),
    ("/external_id", 255),
    ("/blocks/0/text/text", 200),
]


@pytest.mark.parametrize(("name", "path", "most"), LENGTHS)
def test_a_text_of_the_longest_length_is_taken_and_a_longer_one_refused(name: str, path: str, most: int) -> None:
    def verdict(length: int) -> list[tuple[str, str, str]]:
        *_, field, last = path.split("/")
        wrapped = last == "text" and field in TEXT_OBJECTS
        where, value = (path.removesuffix("/text"), plain("a" * length)) if wrapped else (path, "a" * length)
        blocks = [changed(SOUND[name], where, value)]
        found = complaints_of({"text": "Het rapport", "blocks": blocks}, FREE)
        return [one for one in found if one[0] != "habit"]

    assert verdict(most) == []
    assert verdict(most + 1) == [("invalid_blocks", f"/blocks/0{path}", f"must be less than {most + 1} characters")]


@pytest.mark.parametrize(("path", "most"), VIEW_LENGTHS)
def test_a_view_with_the_longest_text_is_taken_and_a_longer_one_refused(path: str, most: int) -> None:
    view = modal(sound("alert"), close=plain("Sluit"))
    sentence = f"must be less than {most + 1} characters"
    assert complaints_of_view(changed(view, path, "a" * most)) == []
    assert complaints_of_view(changed(view, path, "a" * (most + 1))) == [
        ("invalid_arguments", f"/view{path}", sentence)
    ]


@pytest.mark.parametrize(("kind", "most"), [("table", 10_000), ("data_table", 20_000)])
def test_the_cells_of_a_table_hold_so_many_characters(kind: str, most: int) -> None:
    def verdict(last: str) -> list[tuple[str, str, str]]:
        cells = [[raw("a")], [raw("b" * (most - 2))], [raw(last)]]
        block = {"type": kind, "rows": cells} | ({"caption": "Kansen"} if kind == "data_table" else {})
        return complaints_of({"text": "De tabel", "blocks": [block]}, FREE)

    assert verdict("c") == []
    where, counted = {
        "table": ("/blocks/0/rows", "characters over all cells"),
        "data_table": ("/blocks", "characters in blocks of type data_table"),
    }[kind]
    assert verdict("cc") == [("invalid_blocks", where, f"no more than {most} {counted} allowed")]


BOUNDS: list[tuple[str, str, int | None, int | None]] = [
    ("actions", "/elements/4/initial_date_time", 10**9, 10**10 - 1),
    ("actions", "/elements/6/min_query_length", 0, None),
    ("actions", "/elements/8/max_selected_items", 1, None),
    ("words", "/element/min_length", 0, 3_000),
    ("words", "/element/max_length", 1, 3_000),
    ("notes", "/element/min_lines", 1, 100),
    ("notes", "/element/max_lines", 1, 100),
    ("file", "/element/max_files", 1, 10),
    ("data_table", "/page_size", 1, 100),
    ("data_table", "/row_header_column_index", 0, None),
    ("pie", "/chart/segments/0/value", 0, None),
    ("rich_text", "/elements/0/elements/1/timestamp", 0, None),
    ("list", "/elements/0/indent", 0, 8),
    ("list", "/elements/0/offset", 0, None),
    ("list", "/elements/0/border", 0, 1),
]


@pytest.mark.parametrize(("name", "path", "least", "most"), BOUNDS)
def test_a_number_is_taken_up_to_its_bounds_and_refused_beyond(
    name: str, path: str, least: int | None, most: int | None
) -> None:
    def verdict(value: int) -> list[tuple[str, str, str]]:
        return complaints_of({"text": "Het rapport", "blocks": [changed(SOUND[name], path, value)]})

    for bound, step, words in ((least, -1, "least"), (most, 1, "most")):
        if bound is not None:
            sentence = f"must be at {words} {bound}"
            assert verdict(bound) == []
            assert verdict(bound + step) == [("invalid_blocks", f"/blocks/0{path}", sentence)]


@pytest.mark.parametrize(
    ("name", "path", "value", "sentence"),
    [
        ("data_table", "/page_size", 2.5, "must provide a whole number"),
        ("data_table", "/page_size", True, "must provide a whole number"),
        ("data_table", "/page_size", "5", "must provide a whole number"),
        ("bars", "/chart/series/0/data/0/value", "1", "must provide a number"),
    ],
)
def test_what_is_no_number_is_refused(name: str, path: str, value: Any, sentence: str) -> None:
    blocks = [changed(SOUND[name], path, value)]
    found = complaints_of({"text": "Het rapport", "blocks": blocks})
    assert found == [("invalid_blocks", f"/blocks/0{path}", sentence)]


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("actions", "/elements/0/value", ""),
        ("context_actions", "/elements/0/value", ""),
        ("bars", "/chart/axis_config/x_label", ""),
        ("bars", "/chart/axis_config/y_label", ""),
        ("rich_text", "/elements/0/elements", []),
        ("list", "/elements/0/elements", []),
        ("plan", "/tasks/0/sources", []),
    ],
)
def test_what_may_be_empty_is_taken_empty(name: str, path: str, value: Any) -> None:
    assert complaints_of({"text": "Het rapport", "blocks": [changed(SOUND[name], path, value)]}) == []


@pytest.mark.parametrize("field", ["private_metadata", "callback_id", "external_id"])
def test_the_hidden_fields_of_a_view_may_be_empty(field: str) -> None:
    assert complaints_of_view(modal(**{field: ""})) == []
