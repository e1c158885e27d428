"""What the bot says, in each of its languages side by side."""

from dataclasses import dataclass
from typing import ClassVar

from bot.models import Language
from handlers.render.formats import count


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages. Facts stand in it as `{name}`, the same names in each.

    `MOST` is how many characters Slack takes where such a text stands; a test holds every text to it.
    """

    MOST: ClassVar[int] = 3000

    nl: str
    en: str

    def say(self, language: Language, **facts: object) -> str:
        """Put the facts in. They go in as they are: escape what people or UiTPAS wrote before.

        Raises:
            KeyError: a fact is missing.
        """
        return (self.nl if language is Language.NL else self.en).format(**facts)


class Title(Text):
    """The title of a modal, or a button at its foot (Slack: "Views")."""

    MOST = 24


class Button(Text):
    """What stands on a button; Slack takes 75 characters and shows about 30 (Slack: "Block elements")."""

    MOST = 30


class Option(Text):
    """One of several to choose from, or the small print under it (Slack: "Option object")."""

    MOST = 75


class Placeholder(Text):
    """What stands in an empty field, or a shortcut's description in the manifest (Slack: "Block elements")."""

    MOST = 150


class Alert(Text):
    """What concerns a whole modal, at its head (Slack: "Alert block")."""

    MOST = 200


class ConfirmTitle(Text):
    """The question of a confirmation (Slack: "Confirmation dialog object")."""

    MOST = 100


class ConfirmText(Text):
    """The small print of a confirmation."""

    MOST = 300


@dataclass(frozen=True, slots=True)
class Plural:
    """A number of things: `one` for exactly one, `other` for none and for more. Its own fact is `{n}`."""

    one: Text
    other: Text

    def say(self, n: int, language: Language, **facts: object) -> str:
        """Say it for `n` of them, the number written as the language does.

        Raises:
            KeyError: a fact is missing.
        """
        return (self.one if n == 1 else self.other).say(language, n=count(n, language), **facts)
