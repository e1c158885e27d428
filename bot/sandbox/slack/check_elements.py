"""Shapes of the elements a person can act on, and which may stand where.

Follows the Block Kit reference, "Block elements", and the unions of Slack's TypeScript types.
"""

from collections.abc import Mapping

from bot.sandbox.slack.check_objects import ALT_TEXT, DATE, PICTURE, STYLE, TIME, URL
from bot.sandbox.slack.check_rules import (
    TYPES,
    Anything,
    Fields,
    Flag,
    Items,
    Number,
    Shape,
    Shaped,
    Text,
    Typed,
    Words,
)

ACTION_ID = Words(255, TYPES)

_ACTED: Fields = {"action_id": ACTION_ID}
_ASKED: Fields = {**_ACTED, "confirm": Shaped("confirm"), "focus_on_load": Flag()}
_PICKED: Fields = {**_ASKED, "placeholder": Text(150, TYPES)}
_TYPED: Fields = {
    **_ACTED,
    "focus_on_load": Flag(),
    "placeholder": Text(150, TYPES),
    "dispatch_action_config": Shaped("dispatch_action_config"),
}
_LISTED: Fields = {
    **_PICKED,
    "options": Items(Shaped("option"), 100, TYPES),
    "option_groups": Items(Shaped("option_group"), 100, TYPES),
}
_ONE_LIST = ("options", "option_groups")
_ONE, _SEVERAL = Shaped("option"), Items(Shaped("option"), 100, TYPES)
_ID = Words(None, TYPES)
_IDS = Items(_ID, None, TYPES)
_MANY: Fields = {"max_selected_items": Number(1, None, TYPES)}
_QUERY: Fields = {"min_query_length": Number(0, None, TYPES)}
_BOXES: Fields = {"options": Items(Shaped("choice"), 10, TYPES)}
_CONVERSATIONS: Fields = {"filter": Shaped("filter"), "default_to_current_conversation": Flag()}
_ANSWERING: Fields = {"response_url_enabled": Flag()}
_STARTING: Fields = {"initial_value": Words(3_000, TYPES, least=0)}
_LABELLED: Fields = {"accessibility_label": Words(75, TYPES)}

ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        {"text": Text(75, TYPES)},
        {
            **_ACTED,
            **_LABELLED,
            "value": Words(2_000, TYPES, least=0),
            "url": URL,
            "style": STYLE,
            "confirm": Shaped("confirm"),
        },
    ),
    "workflow_button": Shape(
        {"text": Text(75, TYPES), "workflow": Anything()}, {**_ACTED, **_LABELLED, "style": STYLE}
    ),
    "icon_button": Shape(
        {"icon": _ID, "text": Text(75, TYPES)},
        {
            **_ACTED,
            **_LABELLED,
            "value": Words(2_000, TYPES, least=0),
            "confirm": Shaped("confirm"),
            "visible_to_user_ids": Items(_ID, 10, TYPES),
        },
    ),
    "feedback_buttons": Shape(
        {"positive_button": Shaped("feedback_button"), "negative_button": Shaped("feedback_button")}, _ACTED
    ),
    "overflow": Shape(
        {"options": Items(Shaped("overflow_option"), 5, TYPES)}, {**_ACTED, "confirm": Shaped("confirm")}
    ),
    "checkboxes": Shape(_BOXES, {**_ASKED, "initial_options": Items(Shaped("choice"), 10, TYPES)}),
    "radio_buttons": Shape(_BOXES, {**_ASKED, "initial_option": Shaped("choice")}),
    "datepicker": Shape(may={**_PICKED, "initial_date": DATE}),
    "timepicker": Shape(may={**_PICKED, "initial_time": TIME, "timezone": _ID}),
    "datetimepicker": Shape(may={**_ASKED, "initial_date_time": Number(10**9, 10**10 - 1, TYPES)}),
    "static_select": Shape(may={**_LISTED, "initial_option": _ONE}, exactly_one=_ONE_LIST),
    "multi_static_select": Shape(may={**_LISTED, **_MANY, "initial_options": _SEVERAL}, exactly_one=_ONE_LIST),
    "external_select": Shape(may={**_PICKED, **_QUERY, "initial_option": _ONE}),
    "multi_external_select": Shape(may={**_PICKED, **_QUERY, **_MANY, "initial_options": _SEVERAL}),
    "users_select": Shape(may={**_PICKED, "initial_user": _ID}),
    "multi_users_select": Shape(may={**_PICKED, **_MANY, "initial_users": _IDS}),
    "conversations_select": Shape(may={**_PICKED, **_CONVERSATIONS, **_ANSWERING, "initial_conversation": _ID}),
    "multi_conversations_select": Shape(
        may={**_PICKED, **_CONVERSATIONS, **_MANY, "initial_conversations": _IDS},
    ),
    "channels_select": Shape(may={**_PICKED, **_ANSWERING, "initial_channel": _ID}),
    "multi_channels_select": Shape(may={**_PICKED, **_MANY, "initial_channels": _IDS}),
    "plain_text_input": Shape(
        may={
            **_TYPED,
            **_STARTING,
            "multiline": Flag(),
            "min_length": Number(0, 3_000, TYPES),
            "max_length": Number(1, 3_000, TYPES),
        }
    ),
    "email_text_input": Shape(may={**_TYPED, **_STARTING}),
    "url_text_input": Shape(may={**_TYPED, **_STARTING}),
    "number_input": Shape({"is_decimal_allowed": Flag()}, {**_TYPED, **_STARTING, "min_value": _ID, "max_value": _ID}),
    "file_input": Shape(may={**_ACTED, "filetypes": Items(_ID, None, TYPES), "max_files": Number(1, 10, TYPES)}),
    "rich_text_input": Shape(
        may={
            **_TYPED,
            "initial_value": Typed("block", frozenset({"rich_text"})),
            "min_lines": Number(1, 100, TYPES),
            "max_lines": Number(1, 100, TYPES),
        }
    ),
    "image": Shape({"alt_text": ALT_TEXT}, PICTURE, exactly_one=tuple(PICTURE)),
}

_SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
_CHOSEN = _SELECTS | {"checkboxes", "radio_buttons", "datepicker", "timepicker"}

ACTIONS = _CHOSEN | {"button", "workflow_button", "overflow", "datetimepicker", "rich_text_input"}
ACCESSORIES = _CHOSEN | {"button", "workflow_button", "overflow", "image"}
INPUTS = _CHOSEN | {
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
    "rich_text_input",
}
"""What may stand in an actions block, beside a section, and in an input block."""
