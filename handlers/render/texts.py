"""What the bot says, in each of its languages side by side."""

from dataclasses import dataclass

from bot.models import Language
from handlers.render.formats import count


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages. Facts stand in it as `{name}`, the same names in each."""

    nl: str
    en: str

    def say(self, language: Language, **facts: object) -> str:
        """Put the facts in. They go in as they are: escape what people or UiTPAS wrote before.

        Raises:
            KeyError: a fact is missing.
        """
        return (self.nl if language is Language.NL else self.en).format(**facts)


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
