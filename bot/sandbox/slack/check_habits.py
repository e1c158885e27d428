"""What Slack lets through and people suffer from: noted, never refused.

Follows Slack's design guidance (skills: design principles, data display) on text, tables and accessibility.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.slack.check_nodes import nodes, shown
from bot.sandbox.slack.check_rules import Fault
from bot.sandbox.slack.records import Json

OPTION_VALUE = 75
"""Characters; `types` says 75 where the pages of Slack say 150."""

POSTED_TEXT = 4_000
"""Characters of a message's text; doc "chat.postMessage"."""

EMOJI = re.compile(
    "[\u231a\u231b\u23e9-\u23fa\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\ufe0f\u20e3\U0001f000-\U0001faff]"
    r"|(?<!\w):[a-z0-9_+'-]+:(?!\w)"
)
QUIET = {
    "header": ("text",),
    "button": ("text",),
    "workflow_button": ("text",),
    "icon_button": ("text",),
    "input": ("label",),
    "modal": ("title", "submit", "close"),
}
"""Where no emoji belongs, by type."""

QUIET_UNTYPED = (
    (frozenset({"text", "value"}), ("text",)),
    (frozenset({"label", "options"}), ("label",)),
    (frozenset({"title", "text"}), ("title", "confirm", "deny")),
)
"""The same for objects without a type, known by their fields: an option, a group of them, a dialog."""

_CONSTANTS = frozenset({"message", "bericht", "text", "tekst", "notification", "melding", "blocks", "fallback"})
_NAMELESS = frozenset({"image", "picture", "photo", "chart", "icon", "afbeelding", "foto", "grafiek", "icoon", "logo"})
_FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|svg|webp)")
_LETTER = re.compile(r"[^\W\d_]")
_TEXTS = {"plain_text", "mrkdwn", "raw_text", "raw_number", "markdown"}
_RUNS = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}


def habits(payload: Any, pointer: str) -> Iterator[Fault]:
    """Yield what people suffer from in blocks, a view or options that Slack takes."""
    for where, node in nodes(payload, pointer):
        for check in _CHECKS:
            yield from check(node, where)


def text_habits(text: str, *, beside_blocks: bool) -> Iterator[Fault]:
    """Yield what is wrong with the text of a message: it is the notification, and what is read aloud."""
    words = text.strip().strip(".!…").casefold()
    if beside_blocks and not text.strip():
        yield Fault("/text", "blocks have no text beside them to notify with")
    elif beside_blocks and (words in _CONSTANTS or not _LETTER.search(EMOJI.sub("", text))):
        yield Fault("/text", f"{text!r} tells nothing of what the blocks say")
    if len(text) > POSTED_TEXT:
        yield Fault("/text", f"more than {POSTED_TEXT} characters")


def _noisy(node: Json, pointer: str) -> Iterator[Fault]:
    kind = node.get("type")
    names = QUIET.get(kind, ()) if isinstance(kind, str) else ()
    if kind is None:
        names = next((names for fields, names in QUIET_UNTYPED if fields <= node.keys()), ())
    for name in names:
        text = node.get(name)
        if isinstance(text, dict) and EMOJI.search(str(text.get("text", ""))):
            yield Fault(f"{pointer}/{name}/text", "an emoji where words belong")


def _wordless(node: Json, pointer: str) -> Iterator[Fault]:
    kind = node.get("type")
    if kind not in _TEXTS | _RUNS:
        return
    words = shown(node)
    place = f"{pointer}/text" if kind in _TEXTS else pointer
    if EMOJI.search(words) and not re.search(r"[^\W_]", EMOJI.sub("", words)):
        yield Fault(place, "an emoji without words")
    elif not words.strip() and kind in {"plain_text", "mrkdwn", "markdown"}:
        yield Fault(place, "a text that shows nothing")


def _unidentified(node: Json, pointer: str) -> Iterator[Fault]:
    if node.get("type") not in {"table", "data_table"}:
        return
    column = node.get("row_header_column_index", 0)
    seen: set[str] = set()
    for place, row in enumerate(node["rows"][1:], start=1):
        words = shown(row[column]).strip()
        # only a data_table names a column that tells its rows apart; a plain one may list two of a kind
        if not words or (words in seen and node["type"] == "data_table"):
            trouble = "repeated" if words else "empty"
            yield Fault(f"{pointer}/rows/{place}/{column}", f"the cell that tells the row is {trouble}")
        seen.add(words)


def _nameless(node: Json, pointer: str) -> Iterator[Fault]:
    if node.get("type") == "image":
        words = node["alt_text"].strip().strip(".").casefold()
        if words in _NAMELESS or _FILE_NAME.fullmatch(words) or not _LETTER.search(EMOJI.sub("", words)):
            yield Fault(f"{pointer}/alt_text", "does not say what the image shows")
    elif node.get("type") == "input" and not _LETTER.search(EMOJI.sub("", node["label"]["text"])):
        yield Fault(f"{pointer}/label/text", "a label without words")


def _risky(node: Json, pointer: str) -> Iterator[Fault]:
    if "type" not in node and {"text", "value"} <= node.keys() and len(node["value"]) > OPTION_VALUE:
        yield Fault(f"{pointer}/value", f"more than {OPTION_VALUE} characters")
    elif node.get("type") == "date" and "fallback" not in node:
        yield Fault(pointer, "a date without a fallback")


_CHECKS: tuple[Callable[[Json, str], Iterator[Fault]], ...] = (_noisy, _wordless, _unidentified, _nameless, _risky)
