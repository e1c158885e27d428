"""Blocks as lines of plain text, close to what Slack shows. Follows the Block Kit reference."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.mrkdwn import Reader
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.richtext import rich_lines

_CHOOSERS = {"static_select", "external_select", "conversations_select", "users_select", "channels_select"}


def lines_of(blocks: list[Json], reader: Reader) -> list[str]:
    """Return the lines that these blocks show; a kind that isn't known shows its name."""
    lines: list[str] = []
    for block in blocks:
        render = _KINDS.get(block.get("type", ""))
        lines.extend(render(block, reader) if render else [f"({block.get('type')})"])
    return lines


def label_of(element: Json, reader: Reader) -> str:
    """Return an element as `[what it says]`, with ▾ where something is chosen from a list."""
    kind = str(element.get("type"))
    text = element.get("text") or element.get("placeholder")
    chosen = element.get("initial_option") or {}
    shown = plain(chosen.get("text") or text, reader) or element.get("initial_date") or kind
    arrow = " ▾" if kind in _CHOOSERS or kind.startswith("multi_") else ""
    return "[⋯]" if kind == "overflow" else f"[{shown}{arrow}]"


def plain(text: Any, reader: Reader) -> str:
    """Return a text object as a person reads it."""
    if not isinstance(text, dict):
        return ""
    words = str(text.get("text", ""))
    return reader.read(words) if text.get("type") == "mrkdwn" else words


def _section(block: Json, reader: Reader) -> list[str]:
    lines = plain(block.get("text"), reader).splitlines()
    for text in block.get("fields") or []:
        lines.append("  ".join(plain(text, reader).splitlines()))
    lines.extend(label_of(element, reader) for element in elements(block))
    return lines


def _heading(block: Json, reader: Reader) -> list[str]:
    text = plain(block.get("text"), reader)
    return [text, "─" * len(text)]


def _context(block: Json, reader: Reader) -> list[str]:
    parts = [plain(part, reader) or str(part.get("alt_text", "")) for part in block.get("elements") or []]
    return " · ".join(part for part in parts if part).splitlines()


def _actions(block: Json, reader: Reader) -> list[str]:
    return [" ".join(label_of(element, reader) for element in elements(block))]


def _input(block: Json, reader: Reader) -> list[str]:
    return [f"{plain(block.get('label'), reader)}: {label_of(block.get('element') or {}, reader)}"]


def _table(block: Json, reader: Reader) -> list[str]:
    rows = [[_cell(cell, reader) for cell in row] for row in block.get("rows") or []]
    count = max((len(row) for row in rows), default=0)
    padded = [row + [""] * (count - len(row)) for row in rows]
    widths = [max(len(row[column]) for row in padded) for column in range(count)]
    settings = block.get("column_settings") or []
    right = {place for place, one in enumerate(settings) if one and one.get("align") == "right"}
    return [_row(row, widths, right) for row in padded]


def _row(row: list[str], widths: list[int], right: set[int]) -> str:
    cells = (
        cell.rjust(width) if place in right else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip()


def _cell(cell: Json, reader: Reader) -> str:
    if cell.get("type") == "rich_text":
        return " ".join(rich_lines(cell, reader))
    return str(cell.get("text", cell.get("value", "")))


def _chart(block: Json, _: Reader) -> list[str]:
    return [f"(chart: {block.get('title', '')})"]


def _image(block: Json, _: Reader) -> list[str]:
    return [f"(image: {block.get('alt_text', '')})"]


_KINDS: dict[str, Callable[[Json, Reader], list[str]]] = {
    "section": _section,
    "header": _heading,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "table": _table,
    "data_table": _table,
    "image": _image,
    "data_visualization": _chart,
    "rich_text": rich_lines,
    "divider": lambda _, __: ["─" * 40],
    "markdown": lambda block, _: str(block.get("text", "")).splitlines(),
    "alert": lambda block, reader: [plain(block.get("text"), reader)],
}
