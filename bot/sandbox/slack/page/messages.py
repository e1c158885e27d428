"""Conversations and messages, as one person sees them on the page."""

from urllib.parse import quote

from bot.sandbox.slack.cast import SLACKBOT
from bot.sandbox.slack.records import Channel, Json, Message, Person
from bot.sandbox.slack.sight import reads, writes
from bot.sandbox.slack.world import World


def conversations(world: World, person: Person) -> list[Json]:
    """Return what is in somebody's sidebar: the channels they are in, then their direct messages."""
    mine = [channel for channel in world.talk.channels.values() if reads(person, channel)]
    return [_conversation(world, person, channel) for channel in sorted(mine, key=lambda one: one.is_im)]


def _conversation(world: World, person: Person, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": world.menu.label(person.id, channel.id).removeprefix("#"),
        "kind": channel.kind,
        "is_shared": channel.is_ext_shared,
        "is_archived": channel.is_archived,
        "can_write": writes(person, channel),
        "unread": world.unread.count(person.id, channel.id),
        "members": len(channel.members),
        "messages": _messages(world, person, channel),
    }


def _messages(world: World, person: Person, channel: Channel) -> list[Json]:
    roots = list(world.talk.roots(channel.id))
    known = {root.ts for root in roots}
    threads: dict[str, list[Message]] = {root.ts: list(world.talk.replies(channel.id, root.ts)) for root in roots}
    for whisper in world.talk.ephemerals(person.id, channel.id):
        (threads[whisper.thread_ts] if whisper.thread_ts in known else roots).append(whisper)
    return [
        {**_message(world, person, root), "replies": [_message(world, person, one) for one in _sorted(threads, root)]}
        for root in sorted(roots, key=lambda one: one.ts)
    ]


def _sorted(threads: dict[str, list[Message]], root: Message) -> list[Message]:
    return sorted(threads.get(root.ts, []), key=lambda one: one.ts)


def _message(world: World, person: Person, message: Message) -> Json:
    return {
        "ts": message.ts,
        "user": SLACKBOT if message.tombstone else message.user,
        "text": message.text,
        "blocks": world.stuck.marked(person.id, message),
        "files": [_file(world, person, one) for one in message.files if one in world.files],
        "edited": message.edited is not None,
        "only_me": message.only_for is not None,
        "tombstone": message.tombstone,
        "replies": [],
    }


def _file(world: World, person: Person, file_id: str) -> Json:
    file = world.files[file_id]
    url = f"/page/file/{file.id}?as={quote(person.name)}"
    return {"id": file.id, "name": file.name, "title": file.title, "size": file.size, "url": url}
