"""Blocks as data: the ids that Slack adds, and the elements a person can act on.

Follows Slack's Block Kit reference.
"""

import copy
import hashlib
from collections.abc import Iterator

from bot.sandbox.slack.records import Json

_PASSIVE = {"plain_text", "mrkdwn", "image"}


def elements(block: Json) -> Iterator[Json]:
    """Yield the elements of one block that a person can act on, in their order."""
    kind = block.get("type")
    candidates: list[object] = []
    if kind in {"actions", "context_actions"}:
        candidates = list(block.get("elements") or [])
    elif kind == "section":
        candidates = [block.get("accessory")]
    elif kind == "input":
        candidates = [block.get("element")]
    elif kind == "card":
        candidates = list(block.get("actions") or [])
    for candidate in candidates:
        if isinstance(candidate, dict) and candidate.get("type") not in _PASSIVE:
            yield candidate


def with_ids(blocks: list[Json], seed: str) -> list[Json]:
    """Return a copy in which every block has a block_id and every element an action_id, as Slack sees to."""
    copied = copy.deepcopy(blocks)
    for place, block in enumerate(copied):
        block.setdefault("block_id", _invented(f"{seed}/{place}"))
        for number, element in enumerate(elements(block)):
            element.setdefault("action_id", _invented(f"{seed}/{place}/{number}"))
    return copied


def find_element(
    blocks: list[Json], action_id: str, *, block_id: str | None = None, value: str | None = None
) -> tuple[Json, Json]:
    """Return (block, element) of that action.

    Where several buttons share an action_id, `value` tells which one is meant.

    Raises:
        LookupError: nobody could act on such an element here.
    """
    shown = []
    for block in blocks:
        for element in elements(block):
            shown.append(element["action_id"])
            if element["action_id"] != action_id or block_id not in {None, block["block_id"]}:
                continue
            if element["type"] == "button" and value not in {None, element.get("value")}:
                continue
            return block, element
    raise LookupError(f"no element {action_id!r} with value {value!r} here, only {shown}")


def _invented(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()[:5]
