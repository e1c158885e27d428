"""Modals and the Home tab, as the page shows them."""

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.choices import content_of, state_of
from bot.sandbox.slack.records import Json, View
from bot.sandbox.slack.world import World


def shown(world: World, view: View) -> Json:
    """Return a view with what is filled in, by block and action, and what went wrong."""
    state = state_of(view.blocks, view.state)
    contents = {
        block_id: {action_id: content_of(entry) for action_id, entry in actions.items()}
        for block_id, actions in state.items()
    }
    return {
        "id": view.id,
        "kind": view.kind,
        **{name: (view.content.get(name) or {}).get("text", "") for name in ("title", "submit", "close")},
        "blocks": world.stuck.marked(view.user, view),
        "state": contents,
        "labels": _labels(world, view, state),
        "errors": view.errors,
        "trouble": view.trouble,
    }


def _labels(world: World, view: View, state: dict[str, dict[str, Json]]) -> Json:
    labels: Json = {}
    for block in view.blocks:
        for element in elements(block):
            entry = state.get(block["block_id"], {}).get(element["action_id"], {})
            if label := _label(world, view.user, entry):
                labels.setdefault(block["block_id"], {})[element["action_id"]] = label
    return labels


def _label(world: World, user: str, entry: Json) -> str | list[str] | None:
    """Return what a select shows of its choice, or of each; other elements have their words beside them."""
    if not entry.get("type", "").endswith("_select"):
        return None
    if chosen := entry.get("selected_conversation"):
        return world.menu.label(user, chosen)
    if option := entry.get("selected_option"):
        return str(option["text"]["text"])
    return [str(option["text"]["text"]) for option in entry.get("selected_options", [])]
