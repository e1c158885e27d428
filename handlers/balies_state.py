"""What the messages and the form about balies carry through Slack and back: ids and places, nothing of UiTPAS.

Whatever comes back is looked up and its rights are checked again.
"""

import json
from dataclasses import dataclass
from typing import Any, Self

from bot.models import Language

_LONGEST = 18
"""Digits that a number of ours can have; SQLite takes no longer ones."""


def number_of(action: dict[str, Any]) -> int:
    """Return the number that a button or an option stands for: a balie's id or a page; 0 is neither."""
    chosen = action.get("selected_option") or action
    value = str(chosen.get("value") or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= _LONGEST else 0


@dataclass(frozen=True, slots=True)
class RenameState:
    """What the form for an alias must still know when it comes back: as private_metadata, of at most 3,000 characters.

    `channel` is where it was opened. The answer goes to `response_url`, in place of the message that was clicked when
    `is_whisper`.
    """

    balie: int
    channel: str
    language: Language
    response_url: str
    is_whisper: bool

    def encode(self) -> str:
        """Return it as text."""
        return json.dumps(["alias", self.balie, self.channel, self.language, self.response_url, self.is_whisper])

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what `encode` made a text of.

        Raises:
            ValueError: it is something else.
        """
        kind, balie, channel, language, response_url, is_whisper = json.loads(text)
        if kind != "alias":
            raise ValueError(kind)
        return cls(int(balie), str(channel), Language(language), str(response_url), bool(is_whisper))
