"""Ways through the JSON of a payload: every object in it, every block, and how many characters it shows."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.slack.records import Json

_NESTED = {"container": "child_blocks", "carousel": "elements"}


def nodes(value: Any, pointer: str) -> Iterator[tuple[str, Json]]:
    """Yield every object with its JSON pointer, the outer ones first."""
    if isinstance(value, dict):
        yield pointer, value
    children: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    for name, child in children:
        yield from nodes(child, f"{pointer}/{name}")


def flattened(blocks: list[Json], pointer: str) -> Iterator[tuple[str, Json]]:
    """Yield every block with its JSON pointer, those inside containers and carousels too."""
    for place, block in enumerate(blocks):
        here = f"{pointer}/{place}"
        yield here, block
        if inside := _NESTED.get(block["type"]):
            yield from flattened(block[inside], f"{here}/{inside}")


def own_nodes(block: Json, pointer: str) -> list[tuple[str, Json]]:
    """Return every object of a block with its JSON pointer, without the blocks that lie inside it."""
    nested = _NESTED.get(block["type"])
    return list(nodes({name: held for name, held in block.items() if name != nested}, pointer))


def characters(value: Any) -> int:
    """Count the characters of every text in it."""
    return sum(len(node["text"]) for _, node in nodes(value, "") if isinstance(node.get("text"), str))


def shown(cell: Json) -> str:
    """Return the words of a cell, of a rich text or of a part of it; an emoji is its `:name:`."""
    if cell.get("type") == "emoji":
        return f":{cell['name']}:"
    parts: list[Json] = cell.get("elements") or []
    if parts:
        return "".join(shown(part) for part in parts)
    words = (cell.get(name) for name in ("text", "fallback", "url", "user_id", "channel_id", "usergroup_id"))
    return str(next(filter(None, words), ""))
