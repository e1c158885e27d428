"""`conversations.history` and `conversations.replies`: reading back what was said."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.paging import page
from bot.sandbox.slack.records import Channel, Json, Message
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.scopes import need_for
from bot.sandbox.slack.workspace import Workspace


def history(workspace: Workspace, args: Arguments) -> Json:
    """Return what stands in a conversation itself, newest first; replies only when they were broadcast."""
    channel = _readable(workspace, args)
    talk = workspace.world.talk
    roots = list(talk.roots(channel.id))
    copies = [one for root in roots for one in talk.replies(channel.id, root.ts) if one.broadcast]
    shown = [one for one in roots + copies if _between(one, args)]
    shown.sort(key=lambda one: one.ts, reverse=True)
    return {**_answer(workspace, args, shown), "pin_count": 0}


def replies(workspace: Workspace, args: Arguments) -> Json:
    """Return a thread, oldest first; the root leads whatever `oldest` says. Unknown: `thread_not_found`."""
    channel = _readable(workspace, args)
    root = workspace.world.talk.find(channel.id, args.text("ts"))
    if root is None:
        raise RefusalError("thread_not_found")
    found = workspace.world.talk.replies(channel.id, root.ts)
    return _answer(workspace, args, [root, *(one for one in found if _between(one, args))])


def _readable(workspace: Workspace, args: Arguments) -> Channel:
    channel = workspace.joined(args.text("channel"))
    need_for(workspace.scopes, channel, "history")
    return channel


def _between(message: Message, args: Arguments) -> bool:
    moment, inclusive = _number(message.ts), args.flag("inclusive")
    oldest, latest = _bound(args, "oldest"), _bound(args, "latest")
    if oldest is not None and (moment < oldest or (moment == oldest and not inclusive)):
        return False
    return latest is None or moment < latest or (moment == latest and inclusive)


def _bound(args: Arguments, name: str) -> int | None:
    if name not in args or args.text(name) in {"0", "now"}:
        return None
    try:
        return _number(args.text(name))
    except ValueError:
        raise RefusalError(f"invalid_ts_{name}") from None


def _number(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int((fraction or "0").ljust(6, "0")[:6])


def _answer(workspace: Workspace, args: Arguments, messages: list[Message]) -> Json:
    shown, cursor = page(messages, args)
    metadata = args.flag("include_all_metadata")
    raw = [workspace.shapes.message(message, metadata=metadata) for message in shown]
    more = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"messages": raw, "has_more": bool(cursor), **more}
