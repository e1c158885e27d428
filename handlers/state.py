"""What travels through Slack and back in a block id, a button or a modal: opaque, typed, and never trusted.

Whatever comes back is looked up and its rights are checked again; nothing secret and nothing about a holder goes in.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.models import Audience, Conversation, Language, Period


@dataclass(frozen=True, slots=True)
class PendingReport:
    """A report that still needs its balie. Fits in the 255 characters of a block id."""

    period: Period
    clipped: bool
    key: str

    def encode(self) -> str:
        """Return it as text."""
        flag = "c" if self.clipped else "-"
        return f"report/{self.period.first.isoformat()}/{self.period.last.isoformat()}/{flag}/{self.key}"

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what `encode` made a text of.

        Raises:
            ValueError: it is something else.
        """
        kind, first, last, flag, key = text.split("/", 4)
        if kind != "report":
            raise ValueError(kind)
        return cls(Period(date.fromisoformat(first), date.fromisoformat(last)), flag == "c", key)


@dataclass(frozen=True, slots=True)
class FormState:
    """What the form of a report must still know when it comes back: as private_metadata, of at most 3,000 characters.

    `key` makes two submissions of the same form one request. `offered_for` is the balie whose periods were shown.
    `readers` is who can read the channel `read_for`, as it was shown; it decides nothing. `private_file` is the
    tick as it was when it went out of sight.
    """

    language: Language
    origin: str
    key: str
    picked: int = 0
    offered_for: int | None = None
    read_for: str | None = None
    readers: Conversation | None = None
    private_file: bool = False

    def encode(self) -> str:
        """Return it as text."""
        readers = None if self.readers is None else [self.readers.audience, self.readers.is_writable]
        shown = [self.picked, self.offered_for, self.read_for, readers, self.private_file]
        return json.dumps(["form", self.language, self.origin, self.key, *shown])

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what `encode` made a text of.

        Raises:
            ValueError: it is something else.
        """
        kind, language, origin, key, picked, offered_for, read_for, readers, alone = json.loads(text)
        if kind != "form":
            raise ValueError(kind)
        seen = None if readers is None else Conversation(Audience(readers[0]), bool(readers[1]))
        return cls(Language(language), str(origin), str(key), int(picked), offered_for, read_for, seen, bool(alone))
