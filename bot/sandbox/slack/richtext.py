"""The rich_text block as lines. Follows Slack's "Rich text block"."""

from bot.sandbox.slack.mrkdwn import Reader
from bot.sandbox.slack.records import Json


def rich_lines(block: Json, reader: Reader) -> list[str]:
    """Return the lines of a rich_text block: paragraphs, list items, quotes and code."""
    lines: list[str] = []
    for part in block.get("elements") or []:
        kind = part.get("type")
        if kind == "rich_text_list":
            lines.extend(_items(part, reader))
        else:
            mark = "> " if kind == "rich_text_quote" else ""
            lines.extend(mark + line for line in _inline(part, reader).splitlines())
    return lines


def _items(part: Json, reader: Reader) -> list[str]:
    indent = "  " * int(part.get("indent") or 0)
    numbered = part.get("style") == "ordered"
    return [
        f"{indent}{f'{number}.' if numbered else '•'} {_inline(item, reader)}"
        for number, item in enumerate(part.get("elements") or [], start=1)
    ]


def _inline(part: Json, reader: Reader) -> str:
    return "".join(_piece(piece, reader) for piece in part.get("elements") or [])


def _piece(piece: Json, reader: Reader) -> str:
    kind = piece.get("type")
    if kind == "user":
        return reader.person(str(piece.get("user_id")))
    if kind == "channel":
        return reader.channel(str(piece.get("channel_id")))
    if kind == "link":
        return str(piece.get("text") or piece.get("url"))
    if kind == "date":
        return str(piece.get("fallback", ""))
    if kind == "emoji":
        return f":{piece.get('name')}:"
    return str(piece.get("text", ""))
