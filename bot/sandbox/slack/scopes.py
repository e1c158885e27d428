"""Which scope a method needs. Follows the "Scopes" of each Web API method page."""

from bot.sandbox.slack.records import Channel
from bot.sandbox.slack.refusals import RefusalError

GRANTED = frozenset(
    {
        "commands",
        "chat:write",
        "files:write",
        "files:read",
        "im:write",
        "im:read",
        "im:history",
        "users:read",
        "channels:read",
        "channels:history",
        "groups:read",
        "groups:history",
    }
)
"""What a stand-in grants unless told otherwise. Without `chat:write.public`, so membership counts."""

OF_METHOD = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "users.info": "users:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "files.info": "files:read",
}

_FAMILY = {"public": "channels", "private": "groups", "im": "im"}


def need(granted: set[str], scope: str) -> None:
    """Raise RefusalError `missing_scope`, with `needed` and `provided`, unless that scope was granted."""
    if scope not in granted:
        raise RefusalError("missing_scope", needed=scope, provided=",".join(sorted(granted)))


def need_for(granted: set[str], channel: Channel, right: str) -> None:
    """Raise RefusalError unless `read` or `history` was granted for that kind of conversation."""
    need(granted, f"{_FAMILY[channel.kind]}:{right}")
