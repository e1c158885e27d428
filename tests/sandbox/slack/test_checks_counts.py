"""Every list: a full one passes, a fuller one is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.slack.records import Json
from tests.sandbox.slack.test_checks import (
    SOUND,
    changed,
    complaints_of,
    complaints_of_view,
    field,
    modal,
    mrkdwn,
    option,
    plain,
    rows,
    sound,
)


def button(number: int) -> Json:
    """Return a button of its own."""
    return {"type": "button", "action_id": f"b{number}", "text": plain("Stoppen")}


def point(number: int) -> Json:
    """Return one slice of a pie."""
    return {"label": f"s{number}", "value": 1}


COUNTS: list[tuple[str, str, Callable[[int], Any], int]] = [
    ("section", "/fields", lambda _: mrkdwn("Dag"), 10),
    ("context", "/elements", lambda _: mrkdwn("klein"), 10),
    ("actions", "/elements", button, 25),
    ("context_actions", "/elements", lambda n: sound("context_actions")["elements"][0] | {"action_id": f"{n}"}, 5),
    ("table", "/rows", lambda n: rows(n + 1)[n], 100),
    ("table", "/column_settings", lambda _: {"align": "left"}, 20),
    ("data_table", "/rows", lambda n: rows(n + 1)[n], 201),
    ("pie", "/chart/segments", point, 12),
    ("card", "/actions", button, 3),
    ("carousel", "/elements", lambda n: {"type": "card", "title": plain(f"k{n}")}, 10),
    ("container", "/child_blocks", lambda _: {"type": "divider"}, 10),
    ("context_actions", "/elements/0/visible_to_user_ids", lambda n: f"U{n}", 10),
    ("actions", "/elements/11/filter/include", lambda _: "im", 4),
    ("mail", "/element/dispatch_action_config/trigger_actions_on", lambda _: "on_enter_pressed", 2),
    ("plan", "/tasks", lambda n: sound("plan")["tasks"][0] | {"task_id": f"{n}"}, 50),
]

CHOICES = [
    ("overflow", "options", 5),
    ("checkboxes", "options", 10),
    ("radio_buttons", "options", 10),
    ("static_select", "options", 100),
    ("multi_static_select", "options", 100),
]


@pytest.mark.parametrize(("name", "path", "item", "most"), COUNTS)
def test_a_full_list_is_taken_and_a_fuller_one_refused(
    name: str, path: str, item: Callable[[int], Any], most: int
) -> None:
    def verdict(count: int) -> list[tuple[str, str, str]]:
        blocks = [changed(SOUND[name], path, [item(number) for number in range(count)])]
        return complaints_of({"text": "Het rapport", "blocks": blocks})

    assert verdict(most) == []
    assert verdict(most + 1) == [("invalid_blocks", f"/blocks/0{path}", f"no more than {most} items allowed")]


@pytest.mark.parametrize(("kind", "path", "most"), CHOICES)
def test_so_many_options_are_taken_and_no_more(kind: str, path: str, most: int) -> None:
    def verdict(count: int) -> list[tuple[str, str, str]]:
        element = {"type": kind, path: [option(f"o{number}") for number in range(count)]}
        return complaints_of({"text": "Het rapport", "blocks": [{"type": "actions", "elements": [element]}]})

    assert verdict(most) == []
    assert verdict(most + 1) == [
        ("invalid_blocks", f"/blocks/0/elements/0/{path}", f"no more than {most} items allowed")
    ]


@pytest.mark.parametrize(("groups", "inside"), [(101, 1), (1, 101)])
def test_too_many_groups_or_options_in_one_are_refused(groups: int, inside: int) -> None:
    listed = [{"label": plain(f"g{group}"), "options": [option("o")] * inside} for group in range(groups)]
    block = field("static_select", option_groups=listed)
    where = "/view/blocks/0/element/option_groups" + ("/0/options" if inside > 1 else "")
    assert complaints_of_view(modal(block)) == [("invalid_arguments", where, "no more than 100 items allowed")]


@pytest.mark.parametrize(
    ("blocks", "surface", "most"),
    [(51, "message", 50), (50, "message", 50), (101, "modal", 100), (100, "modal", 100), (101, "home", 100)],
)
def test_a_surface_holds_so_many_blocks(blocks: int, surface: str, most: int) -> None:
    dividers = [{"type": "divider"}] * blocks
    sentence = f"no more than {most} items allowed"
    if surface == "message":
        found, refused = complaints_of({"text": "Dag", "blocks": dividers}), ("invalid_blocks", "/blocks", sentence)
    else:
        view = modal(*dividers) if surface == "modal" else {"type": "home", "blocks": dividers}
        found, refused = complaints_of_view(view, surface), ("invalid_arguments", "/view/blocks", sentence)
    assert found == ([refused] if blocks > most else [])


@pytest.mark.parametrize("kind", ["table", "data_table"])
def test_a_row_holds_twenty_cells(kind: str) -> None:
    def verdict(width: int) -> list[tuple[str, str, str]]:
        table = {**SOUND[kind], "rows": rows(2, width)}
        return complaints_of({"text": "De tabel", "blocks": [table]})

    sentence = "no more than 20 items allowed"
    assert verdict(20) == []
    assert verdict(21) == [("invalid_blocks", f"/blocks/0/rows/{row}", sentence) for row in (0, 1)]


@pytest.mark.parametrize(("kind", "most"), [("checkboxes", 10), ("multi_static_select", 100)])
def test_so_many_options_are_chosen_to_begin_with_and_no_more(kind: str, most: int) -> None:
    def verdict(count: int) -> list[tuple[str, str, str]]:
        element = {"type": kind, "options": [option("een")], "initial_options": [option("een")] * count}
        return complaints_of({"text": "Het rapport", "blocks": [{"type": "actions", "elements": [element]}]})

    where, sentence = "/blocks/0/elements/0/initial_options", f"no more than {most} items allowed"
    assert verdict(most) == []
    assert verdict(most + 1) == [("invalid_blocks", where, sentence)]


def chart(series: int, points: int, letters: int = 3) -> list[tuple[str, str, str]]:
    """Return what is wrong with a chart of so many series, points and letters in a label."""
    labels = [f"{number:0{letters}}" for number in range(points)]
    data = [{"label": label, "value": -1.5} for label in labels]
    lines = [{"name": f"n{number}", "data": data} for number in range(series)]
    body = {"type": "line", "series": lines, "axis_config": {"categories": labels}}
    block = {"type": "data_visualization", "title": "Kansen", "chart": body}
    return complaints_of({"text": "Het rapport", "blocks": [block]})


def test_a_chart_holds_so_many_series_points_and_letters() -> None:
    def refused(sentence: str, *pointers: str) -> list[tuple[str, str, str]]:
        return [("invalid_blocks", f"/blocks/0/chart/{pointer}", sentence) for pointer in pointers]

    labels = ("series/0/data/0/label", "axis_config/categories/0")
    assert chart(12, 20, 20) == []
    assert chart(13, 2) == refused("no more than 12 items allowed", "series")
    assert chart(1, 21) == refused("no more than 20 items allowed", "series/0/data", "axis_config/categories")
    assert chart(1, 1, 21) == refused("must be less than 21 characters", *labels)
