"""The `views.*` methods: modals and the Home tab."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.records import Json, View
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.views import STACK_LIMIT
from bot.sandbox.slack.workspace import Workspace


def open_(workspace: Workspace, args: Arguments) -> Json:
    """Open a modal for whoever caused the trigger."""
    content = _content(workspace, args, "modal", "views.open")
    user = workspace.triggers.exchange(args.required("trigger_id"))
    return {"view": workspace.shapes.view(workspace.world.modals.open(user, content))}


def push(workspace: Workspace, args: Arguments) -> Json:
    """Put a modal on top of the open ones."""
    content = _content(workspace, args, "modal", "views.push")
    user = workspace.triggers.exchange(args.required("trigger_id"))
    depth = len(workspace.world.modals.stack(user))
    if depth >= STACK_LIMIT:
        raise RefusalError("push_limit_reached")
    if depth == 0:
        raise RefusalError("not_found")
    return {"view": workspace.shapes.view(workspace.world.modals.push(user, content))}


def update(workspace: Workspace, args: Arguments) -> Json:
    """Change an open view; with `hash` only when it is still the one the app knows."""
    view = workspace.world.modals.find(args.text("view_id"), args.text("external_id"))
    if view is None:
        raise RefusalError("not_found")
    content = _content(workspace, args, view.kind, "views.update", same=view)
    _unchanged(view, args)
    return {"view": workspace.shapes.view(workspace.world.modals.update(view, content))}


def publish(workspace: Workspace, args: Arguments) -> Json:
    """Set somebody's Home tab."""
    user = args.required("user_id")
    if user not in workspace.world.people:
        raise RefusalError("user_not_found")
    content = _content(workspace, args, "home", "views.publish", same=workspace.world.modals.home(user))
    if home := workspace.world.modals.home(user):
        _unchanged(home, args)
    return {"view": workspace.shapes.view(workspace.world.modals.publish(user, content))}


def _content(workspace: Workspace, args: Arguments, kind: str, method: str, same: View | None = None) -> Json:
    content = workspace.world.checks.view(args.decoded("view", "invalid_arguments"), kind, method)
    external_id = str(content.get("external_id") or "")
    taken = workspace.world.modals.find(external_id=external_id) if external_id else None
    if taken is not None and (same is None or taken.id != same.id):
        raise RefusalError("duplicate_external_id")
    return content


def _unchanged(view: View, args: Arguments) -> None:
    if "hash" in args and args.text("hash") != view.hash:
        raise RefusalError("hash_conflict")
