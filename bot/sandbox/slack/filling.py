"""What a person fills in, put into the view they have before them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from bot.sandbox.slack.blocks import find_element
from bot.sandbox.slack.choices import entry_of
from bot.sandbox.slack.records import Json, Message, View
from bot.sandbox.slack.workspace import Workspace

Values: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What was put in, by block and action: text, an id or an option's value, a list of those, or None."""


class Filling:
    """Turns what people choose and type into state, and keeps what external selects offered them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._world = workspace.world

    def entry(self, user: str, where: Message | View, block: Json, element: Json, value: Any) -> Json:
        """Return the state of one element after `value` was put in. Raises LookupError for no such choice."""
        if "conversations_select" in element["type"]:
            self._world.menu.check(user, element, value or None)
        offered = self._workspace.offered.get(_key(where, block, element), [])
        return entry_of(element, value, [*offered, *_held(where, block, element)])

    def fill(self, view: View, values: Values) -> View:
        """Keep a view with these values in it. Raises LookupError where there is no such input or choice."""
        state = {**view.state}
        for block_id, actions in values.items():
            for action_id, value in actions.items():
                block, element = find_element(view.blocks, action_id, block_id=block_id)
                entry = self.entry(view.user, view, block, element, value)
                state[block_id] = {**state.get(block_id, {}), action_id: entry}
        return self._world.modals.keep(replace(view, state=state))

    def offer(self, where: Message | View, block: Json, element: Json, options: list[Json]) -> None:
        """Note that a person was shown these options."""
        known = self._workspace.offered.setdefault(_key(where, block, element), [])
        known[:] = [*options, *(one for one in known if one not in options)]


def _held(where: Message | View, block: Json, element: Json) -> list[Json]:
    """Return the options in the field: they can stay, even when the app no longer starts with them."""
    state = where.state if isinstance(where, View) else {}
    entry = state.get(block["block_id"], {}).get(element["action_id"], {})
    single = [entry["selected_option"]] if entry.get("selected_option") else []
    return [*single, *entry.get("selected_options", [])]


def _key(where: Message | View, block: Json, element: Json) -> tuple[str, str, str]:
    place = where.id if isinstance(where, View) else where.ts
    return place, block["block_id"], element["action_id"]
