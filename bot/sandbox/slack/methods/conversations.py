"""The `conversations.*` methods about conversations themselves; what was said in them is in `history`."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.paging import page
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.scopes import need, need_for
from bot.sandbox.slack.workspace import Workspace


def info(workspace: Workspace, args: Arguments) -> Json:
    """Return one conversation."""
    channel = workspace.visible(args.text("channel"))
    need_for(workspace.scopes, channel, "read")
    raw = workspace.shapes.channel(channel)
    if args.flag("include_num_members"):
        raw["num_members"] = len(channel.members)
    return {"channel": raw}


def members(workspace: Workspace, args: Arguments) -> Json:
    """Return who is in a conversation, a page at a time."""
    channel = workspace.visible(args.text("channel"))
    need_for(workspace.scopes, channel, "read")
    shown, cursor = page(list(channel.members), args)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def open_(workspace: Workspace, args: Arguments) -> Json:
    """Open the direct message with one person, or return the open one; several people need another scope."""
    if "channel" in args:
        return {"no_op": True, "already_open": True, "channel": {"id": workspace.joined(args.text("channel")).id}}
    users = [one.strip() for one in args.required("users", "users_list_not_supplied").split(",")]
    if len(users) > 1:
        need(workspace.scopes, "mpim:write")
        raise RefusalError("method_not_supported_for_channel_type")
    person = workspace.world.people.get(users[0])
    if person is None:
        raise RefusalError("user_not_found")
    if person.deleted:
        raise RefusalError("user_disabled")
    if person.is_bot:
        raise RefusalError("cannot_dm_bot")
    was_open = workspace.world.im(person.id) is not None
    channel = workspace.world.talk.open_im(person.id)
    full = workspace.shapes.channel(channel) if args.flag("return_im") else {"id": channel.id}
    return {**({"no_op": True, "already_open": True} if was_open else {}), "channel": full}
