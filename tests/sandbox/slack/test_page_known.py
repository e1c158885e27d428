"""What the page can show, as its server and its scripts know it."""

import re
from pathlib import Path

import pytest

from bot.sandbox.slack import page
from bot.sandbox.slack.page import BLOCKS, ELEMENTS, unknown_blocks
from bot.sandbox.slack.records import Json

TEXT = {"type": "mrkdwn", "text": "dag"}
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Doe"}}


@pytest.mark.parametrize(("name", "known"), [("BLOCKS", BLOCKS), ("ELEMENTS", ELEMENTS)])
def test_the_scripts_show_what_the_server_says(name: str, known: frozenset[str]) -> None:
    scripts = [path.read_text(encoding="utf-8") for path in Path(page.__file__).parent.glob("*.js")]
    map_ = re.compile(rf"export const {name} = {{(.*?)}};?$", re.MULTILINE | re.DOTALL)
    [found] = [body for script in scripts for body in map_.findall(script)]
    keys = re.findall(r"(?:^|,)\s*(\w+)", found)
    assert sorted(keys) == sorted(known)


@pytest.mark.parametrize(
    ("block", "unknown"),
    [
        ({"type": "section", "text": TEXT, "fields": [TEXT], "accessory": BUTTON}, []),
        ({"type": "context", "elements": [TEXT]}, []),
        ({"type": "input", "label": TEXT, "hint": TEXT, "element": {"type": "datepicker"}}, []),
        ({"type": "table", "rows": [[{"type": "raw_text"}, {"type": "rich_text"}], [{"type": "raw_number"}]]}, []),
        (
            {"type": "actions", "elements": [BUTTON, {"type": "overflow"}, {"type": "users_select"}]},
            ["overflow", "users_select"],
        ),
        ({"type": "section", "text": {"type": "html"}, "accessory": {"type": "image"}}, ["image", "html"]),
        ({"type": "section", "fields": [{"type": "html"}]}, ["html"]),
        ({"type": "context", "elements": [BUTTON, {"type": "image"}]}, ["button", "image"]),
        ({"type": "input", "label": TEXT, "element": {"type": "file_input"}}, ["file_input"]),
        ({"type": "table", "rows": [[{"type": "image"}]]}, ["image"]),
        ({"type": "carousel", "elements": [{"type": "card"}]}, ["carousel"]),
    ],
)
def test_what_can_not_be_shown_is_named(block: Json, unknown: list[str]) -> None:
    assert unknown_blocks([{"type": "divider"}, block]) == unknown
