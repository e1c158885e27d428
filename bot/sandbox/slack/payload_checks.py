"""What Slack refuses about the content of a message or a view, before it looks at anything else."""

from typing import Any

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError, invalid

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT_KEPT, UPDATE_TEXT = 40_000, 4_000


def checked_blocks(blocks: Any, limit: int, code: str = "invalid_blocks") -> list[Json]:
    """Return blocks that are a list of typed objects within the limit. Raises RefusalError."""
    if not isinstance(blocks, list):
        raise invalid(code, "must provide an array [json-pointer:/blocks]")
    if len(blocks) > limit:
        raise invalid(code, f"no more than {limit} items allowed [json-pointer:/blocks]")
    for place, block in enumerate(blocks):
        if not isinstance(block, dict) or not isinstance(block.get("type"), str):
            raise invalid(code, f"unsupported type: null [json-pointer:/blocks/{place}/type]")
    return blocks


def checked_content(args: Arguments) -> Json:
    """Return text, blocks and attachments of a message. Raises RefusalError, `no_text` among others."""
    sent = args.decoded("blocks", "invalid_blocks_format")
    blocks = [] if sent is None else checked_blocks(sent, MESSAGE_BLOCKS)
    attachments = args.decoded("attachments", "invalid_attachments") or []
    text = args.text("text")[:TEXT_KEPT]
    if not (text or blocks or attachments):
        raise RefusalError("no_text")
    return {"text": text, "blocks": blocks, "attachments": attachments}


def checked_metadata(args: Arguments) -> Json | None:
    """Return the metadata of a message, `{}` where the app empties it, None where it says nothing."""
    metadata = args.decoded("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if metadata == {}:
        return {}
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise RefusalError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise RefusalError("invalid_metadata_format")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def checked_view(view: Any, kind: str) -> Json:
    """Return a view of that kind. Raises RefusalError `invalid_arguments` with the reasons."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise invalid("invalid_arguments", f"must be a view of type {kind} [json-pointer:/view/type]")
    blocks = checked_blocks(view.get("blocks"), VIEW_BLOCKS, "invalid_arguments")
    if kind == "modal":
        title = view.get("title")
        words = title.get("text") if isinstance(title, dict) else None
        if not isinstance(words, str) or not 1 <= len(words) <= 24:
            raise invalid("invalid_arguments", "must be 1 to 24 characters [json-pointer:/view/title/text]")
        if any(block["type"] == "input" for block in blocks) and not view.get("submit"):
            raise invalid("invalid_arguments", "missing required field: submit [json-pointer:/view]")
    return view
