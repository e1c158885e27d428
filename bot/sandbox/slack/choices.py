"""What a person puts into an element, as Slack tells it to the app.

Follows the Block Kit reference, "Block elements", and the payload pages for `state.values` and `actions`.
"""

from typing import Any

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.records import Json

_PICKERS = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
_ONE = {"static_select", "external_select", "radio_buttons", "overflow"}
_MANY = {"checkboxes", "multi_static_select", "multi_external_select"}
_WORDS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}


def options_of(element: Json) -> list[Json]:
    """Return the options an element shows by itself, those in groups too."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def entry_of(element: Json, value: Any, offered: list[Json]) -> Json:
    """Return the state of an element after a person put `value` in; None or nothing typed empties it.

    A select takes the `value` of one of its options, or of those `offered` by the app; a multi-select takes
    a list of them. A picker takes an id, a date (`2026-07-01`), a time or seconds since 1970.

    Raises:
        LookupError: there is no such option to choose, or these are more than may be chosen.
        ValueError: nothing can be put into such an element.
    """
    kind = element["type"]
    value = None if value == "" else value
    if kind in _PICKERS:
        return {"type": kind, _PICKERS[kind][0]: value}
    options = [*options_of(element), *offered, *_initial_options(element)]
    if kind in _ONE:
        return {"type": kind, "selected_option": None if value is None else _option(options, value)}
    if kind in _MANY:
        return {"type": kind, "selected_options": _at_most(element, [_option(options, one) for one in value or []])}
    if kind in _WORDS:
        return {"type": kind, "value": value}
    raise ValueError(f"nothing can be put into a {kind}")


def content_of(entry: Json) -> Any:
    """Return what an entry of the state holds, as `entry_of` takes it: text, an id, an option's value or a list."""
    [content] = (value for name, value in entry.items() if name != "type")
    if isinstance(content, list):
        return [one["value"] if isinstance(one, dict) else one for one in content]
    return content["value"] if isinstance(content, dict) else content


def state_of(blocks: list[Json], filled: dict[str, dict[str, Json]]) -> dict[str, dict[str, Json]]:
    """Return `state.values`: what was filled in, else what the app had put there."""
    values: dict[str, dict[str, Json]] = {}
    for block in blocks:
        for element in elements(block):
            start = _initial(element)
            if start is not None:
                chosen = filled.get(block["block_id"], {}).get(element["action_id"], start)
                values.setdefault(block["block_id"], {})[element["action_id"]] = chosen
    return values


def acted(block: Json, element: Json, entry: Json, action_ts: str) -> Json:
    """Return the action as it stands in `actions` of a block_actions payload."""
    action = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    for name in ("text", "value", "style", "url", "confirm", "placeholder"):
        if name in element and (name != "text" or element["type"] == "button"):
            action[name] = element[name]
    return {**action, **entry, "action_ts": action_ts}


def _initial(element: Json) -> Json | None:
    kind = element["type"]
    if kind in _PICKERS:
        return {"type": kind, _PICKERS[kind][0]: element.get(_PICKERS[kind][1])}
    if kind in _MANY:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in _ONE - {"overflow"}:
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "value": element.get("initial_value")} if kind in _WORDS else None


def _initial_options(element: Json) -> list[Json]:
    single = [element["initial_option"]] if element.get("initial_option") else []
    return [*single, *(element.get("initial_options") or [])]


def _at_most(element: Json, chosen: list[Json]) -> list[Json]:
    most = element.get("max_selected_items", len(chosen))
    if len(chosen) > most:
        raise LookupError(f"no more than {most} can be chosen there")
    return chosen


def _option(options: list[Json], value: Any) -> Json:
    for option in options:
        if option.get("value") == value:
            return option
    raise LookupError(f"no option {value!r} to choose, only {[option.get('value') for option in options]}")
