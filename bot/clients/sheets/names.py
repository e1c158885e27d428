"""The names that may leave the process: of governments and of events, never of people."""

import re
import unicodedata
from functools import lru_cache

from bot.redaction import MASK, mask_numbers
from bot.summary import LONGEST_EVENT

LONGEST_NAME = 200
SHORTEST_UID = 4
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4,}){3,}|[0-9a-f]{20,}", re.IGNORECASE)
"""What has the shape of a holder's uid."""


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """Return a name on one line, without control and bidi characters, long numbers and uids masked, cut to 200."""
    one_line = " ".join(text.split())
    kept = "".join(letter for letter in one_line if not unicodedata.category(letter).startswith("C"))
    return mask_numbers(_UID.sub(MASK, " ".join(kept.split())))[:LONGEST_NAME].strip()


def event_name(text: str) -> str:
    """Return an event's name likewise, cut to its own length."""
    name = clean_name(text)
    return name if len(name) <= LONGEST_EVENT else f"{name[: LONGEST_EVENT - 1].rstrip()}…"


def names(holder: object, text: str) -> bool:
    """Tell whether a text holds what stands in the holder's column of its row, when that is long enough to tell."""
    uid = holder.strip().casefold() if isinstance(holder, str) else ""
    return len(uid) >= SHORTEST_UID and uid in text.casefold()
