"""Cursor paging. Follows "Pagination" of the Web API."""

import base64
import binascii
from typing import TypeVar

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.refusals import RefusalError

T = TypeVar("T")
LARGEST, USUAL = 999, 100


def page(items: list[T], args: Arguments) -> tuple[list[T], str]:
    """Return the asked page and the cursor of the next, empty when this is the last.

    Raises:
        RefusalError: `invalid_limit` or `invalid_cursor`.
    """
    limit = args.number("limit", USUAL, "invalid_limit")
    if not 1 <= limit <= LARGEST + 1:
        raise RefusalError("invalid_limit")
    start = _opened(args.text("cursor")) if "cursor" in args else 0
    end = start + limit
    return items[start:end], _sealed(end) if end < len(items) else ""


def _sealed(start: int) -> str:
    return base64.b64encode(f"next:{start}".encode()).decode()


def _opened(cursor: str) -> int:
    try:
        name, _, start = base64.b64decode(cursor, validate=True).decode().partition(":")
        if name != "next":
            raise RefusalError("invalid_cursor")
        return int(start)
    except (binascii.Error, ValueError):
        raise RefusalError("invalid_cursor") from None
