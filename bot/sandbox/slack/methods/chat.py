"""The `chat.*` methods: posting, changing and removing messages."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.records import Channel, Json, Message
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.workspace import Workspace


def post_message(workspace: Workspace, args: Arguments) -> Json:
    """Post a message; a person's id as channel means their direct message."""
    channel = workspace.writable(_addressed(workspace, args.text("channel")))
    content = workspace.world.checks.message(args)
    message = workspace.world.talk.say(
        channel.id,
        workspace.world.team.bot_user_id,
        content.pop("text"),
        **content,
        metadata=workspace.world.checks.metadata(args) or None,
        thread_ts=args.text("thread_ts") or None,
        broadcast=args.flag("reply_broadcast"),
    )
    raw = workspace.shapes.message(message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": raw}


def post_ephemeral(workspace: Workspace, args: Arguments) -> Json:
    """Show one member of a channel a message."""
    channel = workspace.writable(args.text("channel"))
    user = args.text("user")
    if user not in workspace.world.people:
        raise RefusalError("user_not_found")
    if user not in channel.members:
        raise RefusalError("user_not_in_channel")
    content = workspace.world.checks.message(args, "chat.postEphemeral")
    bot = workspace.world.team.bot_user_id
    text = content.pop("text")
    content["thread_ts"] = args.text("thread_ts") or None
    message = workspace.world.talk.whisper(channel.id, bot, text, only_for=user, **content)
    return {"message_ts": message.ts}


def update(workspace: Workspace, args: Arguments) -> Json:
    """Change one of the app's own messages.

    Text without blocks removes the blocks. Metadata stays unless it is sent; `{}` empties it.
    """
    channel = workspace.writable(args.text("channel"))
    message = _own(workspace, channel, args.text("ts"), "cant_update_message")
    content = workspace.world.checks.message(args, "chat.update")
    if (metadata := workspace.world.checks.metadata(args, "chat.update")) is not None:
        content["metadata"] = metadata or None
    changed = workspace.world.talk.edit(message, **content)
    raw = workspace.shapes.message(changed, metadata=True)
    return {"channel": channel.id, "ts": changed.ts, "text": changed.text, "message": raw}


def delete(workspace: Workspace, args: Arguments) -> Json:
    """Remove one of the app's own messages."""
    channel = workspace.visible(args.text("channel"))
    message = _own(workspace, channel, args.text("ts"), "cant_delete_message")
    workspace.world.talk.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(workspace: Workspace, args: Arguments) -> Json:
    """Return the web address of a message."""
    channel = workspace.visible(args.text("channel"))
    message = workspace.world.talk.find(channel.id, args.text("message_ts"))
    if message is None:
        raise RefusalError("message_not_found")
    return {"channel": channel.id, "permalink": workspace.shapes.permalink(message)}


def _addressed(workspace: Workspace, target: str) -> str:
    person = workspace.world.people.get(target)
    if person is None or person.is_bot:
        return target
    if person.deleted or person.is_stranger:
        raise RefusalError("channel_not_found")
    return workspace.world.talk.open_im(person.id).id


def _own(workspace: Workspace, channel: Channel, ts: str, refusal: str) -> Message:
    message = workspace.world.talk.find(channel.id, ts)
    if message is None or message.tombstone:
        raise RefusalError("message_not_found")
    if message.user != workspace.world.team.bot_user_id:
        raise RefusalError(refusal)
    return message
