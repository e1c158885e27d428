"""Shapes of what blocks and elements are made of: options, dialogs, rich text, cells, charts.

Follows the Block Kit reference, "Composition objects", "Rich text block" and "Data visualization block".
"""

from collections.abc import Mapping

from bot.sandbox.slack.check_rules import (
    EITHER,
    SKILLS,
    TYPES,
    Anything,
    Choice,
    Fields,
    Flag,
    Items,
    Moment,
    Number,
    Shape,
    Shaped,
    Text,
    Typed,
    Words,
)

DATE = Moment("%Y-%m-%d", TYPES)
TIME = Moment("%H:%M", TYPES)
ALT_TEXT = Words(2_000, TYPES)
URL = Words(3_000, TYPES)
STYLE = Choice(frozenset({"primary", "danger"}), TYPES)
PICTURE: Fields = {"image_url": URL, "slack_file": Shaped("slack_file")}

_VALUE = Words(150, 'doc "Option object"')
_CONVERSATIONS = Choice(frozenset({"im", "mpim", "private", "public"}), TYPES)
_TRIGGERS = Choice(frozenset({"on_enter_pressed", "on_character_entered"}), TYPES)

OBJECTS: Mapping[str, Shape] = {
    "option": Shape({"text": Text(75, TYPES), "value": _VALUE}, {"description": Text(75, TYPES)}),
    "choice": Shape({"text": Text(75, TYPES, EITHER), "value": _VALUE}, {"description": Text(75, TYPES, EITHER)}),
    "overflow_option": Shape({"text": Text(75, TYPES), "value": _VALUE}, {"description": Text(75, TYPES), "url": URL}),
    "option_group": Shape({"label": Text(75, TYPES), "options": Items(Shaped("option"), 100, TYPES)}),
    "suggestion": Shape(
        may={
            "options": Items(Shaped("option"), 100, TYPES, least=0),
            "option_groups": Items(Shaped("option_group"), 100, TYPES, least=0),
        },
        exactly_one=("options", "option_groups"),
    ),
    "confirm": Shape(
        {"title": Text(100, TYPES), "text": Text(300, TYPES, EITHER)},
        {"confirm": Text(30, TYPES), "deny": Text(30, TYPES), "style": STYLE},
    ),
    "filter": Shape(
        may={
            "include": Items(_CONVERSATIONS, 4, TYPES),
            "exclude_external_shared_channels": Flag(),
            "exclude_bot_users": Flag(),
        }
    ),
    "dispatch_action_config": Shape(may={"trigger_actions_on": Items(_TRIGGERS, 2, TYPES)}),
    "slack_file": Shape(may={"id": Words(None, TYPES), "url": URL}, exactly_one=("id", "url")),
    "feedback_button": Shape(
        {"text": Text(75, TYPES), "value": Words(2_000, TYPES)}, {"accessibility_label": Words(75, TYPES)}
    ),
    "column_setting": Shape(may={"align": Choice(frozenset({"left", "center", "right"}), TYPES), "is_wrapped": Flag()}),
    "task": Shape(
        {
            "task_id": Words(None, SKILLS),
            "title": Words(None, SKILLS),
            "status": Choice(frozenset({"pending", "in_progress", "complete", "error"}), SKILLS),
        },
        {
            "details": Typed("block", frozenset({"rich_text"})),
            "output": Typed("block", frozenset({"rich_text"})),
            "sources": Items(Anything(), None, SKILLS, least=0),
            "type": Choice(frozenset({"task_card"}), SKILLS),
        },
    ),
    "style": Shape(
        may={
            name: Flag()
            for name in (
                "bold",
                "italic",
                "strike",
                "code",
                "underline",
                "highlight",
                "client_highlight",
                "unlink",
            )
        }
    ),
    "segment": Shape({"label": Words(20, SKILLS), "value": Number(0, None, SKILLS, whole=False)}),
    "point": Shape({"label": Words(20, SKILLS), "value": Number(None, None, SKILLS, whole=False)}),
    "series": Shape({"name": Words(20, SKILLS), "data": Items(Shaped("point"), 20, SKILLS)}),
    "axis_config": Shape(
        {"categories": Items(Words(20, SKILLS), 20, SKILLS)},
        {"x_label": Words(50, SKILLS, least=0), "y_label": Words(50, SKILLS, least=0)},
    ),
}
"""By names of our own: none of these has a `type`."""

_SERIES = Shape({"series": Items(Shaped("series"), 12, SKILLS), "axis_config": Shaped("axis_config")})

CHARTS: Mapping[str, Shape] = {
    "pie": Shape({"segments": Items(Shaped("segment"), 12, SKILLS)}),
    "bar": _SERIES,
    "area": _SERIES,
    "line": _SERIES,
}

CELLS: Mapping[str, Shape] = {
    "raw_text": Shape({"text": Words(None, TYPES)}),
    "raw_number": Shape({"value": Number(None, None, TYPES, whole=False), "text": Words(None, TYPES)}),
}

_STYLED: Fields = {"style": Shaped("style")}
_ID = Words(None, TYPES)

INLINE: Mapping[str, Shape] = {
    "text": Shape({"text": Words(None, TYPES)}, _STYLED),
    "link": Shape({"url": URL}, {**_STYLED, "text": Words(None, TYPES), "unsafe": Flag()}),
    "emoji": Shape({"name": _ID}, {**_STYLED, "unicode": _ID, "skin_tone": Number(None, None, TYPES)}),
    "user": Shape({"user_id": _ID}, _STYLED),
    "usergroup": Shape({"usergroup_id": _ID}, _STYLED),
    "team": Shape({"team_id": _ID}, _STYLED),
    "channel": Shape({"channel_id": _ID}, _STYLED),
    "date": Shape(
        {"timestamp": Number(0, None, TYPES), "format": _ID}, {**_STYLED, "url": URL, "fallback": Words(None, TYPES)}
    ),
    "broadcast": Shape({"range": Choice(frozenset({"here", "channel", "everyone"}), TYPES)}, _STYLED),
    "color": Shape({"value": _ID}, _STYLED),
    "tag": Shape(open=True),
    "citation": Shape(open=True),
}

_RUN: Fields = {"elements": Items(Typed("inline", frozenset(INLINE)), None, TYPES, least=0)}
_BORDER: Fields = {"border": Number(0, 1, TYPES)}

RICH: Mapping[str, Shape] = {
    "rich_text_section": Shape(_RUN),
    "rich_text_preformatted": Shape(_RUN, {**_BORDER, "language": _ID}),
    "rich_text_quote": Shape(_RUN, _BORDER),
    "rich_text_list": Shape(
        {
            "style": Choice(frozenset({"ordered", "bullet"}), TYPES),
            "elements": Items(Typed("rich", frozenset({"rich_text_section"})), None, TYPES, least=0),
        },
        {**_BORDER, "indent": Number(0, 8, TYPES), "offset": Number(0, None, TYPES)},
    ),
}
