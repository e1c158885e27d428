"""What the form of a digest must still know when it comes back: opaque, typed, and never trusted."""

import json
from dataclasses import astuple, dataclass
from typing import Self

from bot.models import Audience, Conversation, Language


@dataclass(frozen=True, slots=True)
class DigestState:
    """Travels as private_metadata, of at most 3,000 characters.

    `language` is that of the person. `key` makes two submissions of the same form one digest. `digest` is the one that
    is changed, empty for a new one. `readers` is who can read the channel, as the form shows it, if it does.
    """

    language: Language
    channel: str
    key: str
    digest: str = ""
    readers: Conversation | None = None

    def encode(self) -> str:
        """Return it as text."""
        readers = None if self.readers is None else list(astuple(self.readers))
        return json.dumps(["digest", self.language, self.channel, self.key, self.digest, readers])

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what `encode` made a text of.

        Raises:
            ValueError: it is something else.
        """
        kind, language, channel, key, digest, readers = json.loads(text)
        if kind != "digest":
            raise ValueError(kind)
        seen = None if readers is None else Conversation(Audience(readers[0]), *map(bool, readers[1:]))
        return cls(Language(language), str(channel), str(key), str(digest), seen)
