"""Shapes of blocks and views, and which block may stand on which surface.

Follows the Block Kit reference, "Blocks", and "Views".
"""

from collections.abc import Mapping

from bot.sandbox.slack.check_elements import ACCESSORIES, ACTIONS, ELEMENTS, INPUTS
from bot.sandbox.slack.check_objects import ALT_TEXT, CELLS, CHARTS, INLINE, OBJECTS, PICTURE, RICH, URL
from bot.sandbox.slack.check_rules import (
    BLOCKS_PAGE,
    EITHER,
    SKILLS,
    TYPES,
    Anything,
    Choice,
    Fields,
    Flag,
    Items,
    Number,
    Rule,
    Shape,
    Shaped,
    Text,
    Typed,
    Words,
)

_IMAGE = Typed("element", frozenset({"image"}))
_RICH_TEXT = Typed("block", frozenset({"rich_text"}))
_CELL = Typed("cell", frozenset({"raw_text", "raw_number", "rich_text"}))
_TASK = OBJECTS["task"]
_INSIDE = frozenset(
    {"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table", "video"}
)

_SHAPES: Mapping[str, Shape] = {
    "section": Shape(
        may={
            "text": Text(3_000, TYPES, EITHER),
            "fields": Items(Text(2_000, TYPES, EITHER), 10, TYPES),
            "accessory": Typed("element", ACCESSORIES),
            "expand": Flag(),
        },
        some=("text", "fields"),
    ),
    "header": Shape({"text": Text(150, TYPES)}),
    "divider": Shape(),
    "image": Shape({"alt_text": ALT_TEXT}, {**PICTURE, "title": Text(2_000, TYPES)}, exactly_one=tuple(PICTURE)),
    "context": Shape({"elements": Items(Typed("context", EITHER | {"image"}), 10, TYPES)}),
    "actions": Shape({"elements": Items(Typed("element", ACTIONS), 25, TYPES)}),
    "context_actions": Shape(
        {"elements": Items(Typed("element", frozenset({"feedback_buttons", "icon_button"})), 5, TYPES)}
    ),
    "input": Shape(
        {"label": Text(2_000, TYPES), "element": Typed("element", INPUTS)},
        {"hint": Text(2_000, TYPES), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "rich_text": Shape({"elements": Items(Typed("rich", frozenset(RICH)), None, TYPES)}),
    "markdown": Shape({"text": Words(12_000, TYPES)}),
    "table": Shape(
        {"rows": Items(Items(_CELL, 20, TYPES), 100, TYPES)},
        {"column_settings": Items(Shaped("column_setting"), 20, TYPES, gaps=True)},
    ),
    "data_table": Shape(
        {"caption": Words(None, TYPES), "rows": Items(Items(_CELL, 20, SKILLS), 201, SKILLS, least=2)},
        {"page_size": Number(1, 100, TYPES), "row_header_column_index": Number(0, None, TYPES)},
    ),
    "data_visualization": Shape({"title": Words(50, SKILLS), "chart": Typed("chart", frozenset(CHARTS))}),
    "alert": Shape(
        {"text": Text(200, SKILLS, EITHER)},
        {"level": Choice(frozenset({"default", "info", "warning", "error", "success"}), SKILLS)},
    ),
    "card": Shape(
        may={
            "hero_image": _IMAGE,
            "icon": _IMAGE,
            "slack_icon": Anything(),
            "title": Text(150, SKILLS, EITHER),
            "subtitle": Text(150, SKILLS, EITHER),
            "body": Text(200, SKILLS, EITHER),
            "subtext": Text(200, SKILLS, EITHER),
            "actions": Items(Typed("element", frozenset({"button"})), 3, SKILLS),
        },
        some=("hero_image", "title", "actions", "body"),
    ),
    "carousel": Shape({"elements": Items(Typed("block", frozenset({"card"})), 10, SKILLS)}),
    "container": Shape(
        {"child_blocks": Items(Typed("block", _INSIDE), 10, SKILLS)},
        {
            "title": Text(150, SKILLS),
            "rich_text_title": _RICH_TEXT,
            "subtitle": Text(150, SKILLS, EITHER),
            "width": Choice(frozenset({"narrow", "standard", "wide", "full"}), SKILLS),
            "icon": _IMAGE,
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
        },
        exactly_one=("title", "rich_text_title"),
    ),
    "task_card": _TASK,
    "plan": Shape({"title": Words(None, SKILLS), "tasks": Items(Shaped("task"), 50, SKILLS)}),
    "video": Shape(
        {"alt_text": ALT_TEXT, "title": Text(199, TYPES), "thumbnail_url": URL, "video_url": URL},
        {
            "author_name": Words(49, TYPES),
            "description": Text(200, TYPES),
            "provider_name": Words(50, TYPES),
            "provider_icon_url": URL,
            "title_url": URL,
        },
    ),
}

BLOCKS: Mapping[str, Shape] = {
    name: Shape(shape.needs, {**shape.may, "block_id": Words(255, TYPES)}, shape.exactly_one, shape.some)
    for name, shape in _SHAPES.items()
}

_EVERYWHERE = _INSIDE - {"table"} | {"card"}
_ON_A_PAGE = _EVERYWHERE | {"table", "data_table", "data_visualization", "container", "carousel"}

SURFACES: Mapping[str, frozenset[str]] = {
    "message": _ON_A_PAGE | {"markdown", "plan", "task_card", "context_actions"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _ON_A_PAGE,
}
"""Which blocks stand where; skills, "Surfaces"."""

MESSAGE_BLOCKS = Items(Typed("block", SURFACES["message"]), 50, BLOCKS_PAGE, least=0)

_VIEW: Fields = {
    "private_metadata": Words(3_000, TYPES, least=0),
    "callback_id": Words(255, TYPES, least=0),
    "external_id": Words(255, TYPES, least=0),
}

VIEWS: Mapping[str, Shape] = {
    "modal": Shape(
        {"title": Text(24, TYPES), "blocks": Items(Typed("block", SURFACES["modal"]), 100, BLOCKS_PAGE, least=0)},
        {
            **_VIEW,
            "submit": Text(24, TYPES),
            "close": Text(24, TYPES),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
    ),
    "home": Shape({"blocks": Items(Typed("block", SURFACES["home"]), 100, BLOCKS_PAGE, least=0)}, _VIEW),
}

_TEXTS: Mapping[str, Rule] = {"text": Words(3_000, 'doc "Text object"')}

BOOKS: Mapping[str, Mapping[str, Shape]] = {
    "block": BLOCKS,
    "element": ELEMENTS,
    "context": {
        "plain_text": Shape(_TEXTS, {"emoji": Flag()}),
        "mrkdwn": Shape(_TEXTS, {"verbatim": Flag()}),
        "image": ELEMENTS["image"],
    },
    "cell": {**CELLS, "rich_text": BLOCKS["rich_text"]},
    "rich": RICH,
    "inline": INLINE,
    "chart": CHARTS,
    "view": VIEWS,
}
"""Every shape that is found by a `type`, by where that type is read."""
