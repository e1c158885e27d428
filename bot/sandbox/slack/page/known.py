"""What the page can show. Follows Slack's Block Kit reference for what there is inside a block."""

from collections.abc import Iterator

from bot.sandbox.slack.records import Json

BLOCKS = frozenset(
    {"actions", "alert", "context", "data_visualization", "divider", "header", "input", "section", "table"}
)
"""The blocks it shows."""

ELEMENTS = frozenset(
    {
        "button",
        "checkboxes",
        "conversations_select",
        "datepicker",
        "external_select",
        "multi_external_select",
        "plain_text_input",
        "radio_buttons",
        "static_select",
        "timepicker",
    }
)
"""The elements it shows and lets people use."""

_TEXTS = frozenset({"plain_text", "mrkdwn"})
_CELLS = frozenset({"raw_text", "raw_number", "rich_text"})


def unknown_blocks(blocks: list[Json]) -> list[str]:
    """Return the type of every block, element, text and cell that the page can't show, in their order."""
    return [kind for block in blocks for kind in _unknown(block)]


def _unknown(block: Json) -> Iterator[str]:
    if block["type"] not in BLOCKS:
        yield block["type"]
        return
    for part, known in _parts(block):
        if part["type"] not in known:
            yield part["type"]


def _parts(block: Json) -> Iterator[tuple[Json, frozenset[str]]]:
    inner = _TEXTS if block["type"] == "context" else ELEMENTS
    yield from ((part, inner) for part in block.get("elements", []))
    yield from ((block[name], ELEMENTS) for name in ("accessory", "element") if name in block)
    yield from ((block[name], _TEXTS) for name in ("text", "label", "hint") if name in block)
    yield from ((part, _TEXTS) for part in block.get("fields", []))
    yield from ((cell, _CELLS) for row in block.get("rows", []) for cell in row)
