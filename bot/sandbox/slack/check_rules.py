"""The words in which Slack's rules about a payload are written down: what one field may hold.

Every limit names its source: `types` are the comments in Slack's own TypeScript types, `doc "…"` is a page of
Slack's documentation, `skills` its design guidance. Lengths count Unicode code points; limits are
inclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

TYPES, BLOCKS_PAGE, SKILLS = "types", 'doc "Blocks"', "skills"

PLAIN = frozenset({"plain_text"})
EITHER = frozenset({"plain_text", "mrkdwn"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text object of one of these kinds, never empty."""

    most: int
    source: str
    kinds: frozenset[str] = PLAIN


@dataclass(frozen=True, slots=True)
class Words:
    """A string. `most` is None where no limit is known."""

    most: int | None
    source: str
    least: int = 1


@dataclass(frozen=True, slots=True)
class Number:
    """A number, whole unless `whole` is false. None is no bound."""

    least: int | None
    most: int | None
    source: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these strings."""

    among: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A string that is a date or a time of this form, in the words of `strptime`."""

    form: str
    source: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """An object of the shape of that name."""

    shape: str


@dataclass(frozen=True, slots=True)
class Typed:
    """An object whose `type` is one of these; its shape stands under that type in the book."""

    book: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Anything:
    """What the stand-in does not look at."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each item by the same rule. `gaps` lets null stand for an item."""

    of: "Rule"
    most: int | None
    source: str
    least: int = 1
    gaps: bool = False


Rule: TypeAlias = Text | Words | Number | Flag | Choice | Moment | Shaped | Typed | Anything | Items
"""What one field may hold."""

Fields: TypeAlias = Mapping[str, Rule]
"""Rules by the name of the field."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of an object; one that is not named here does not belong in it.

    `needs` are required. Of `exactly_one` one and only one is there, of `some` at least one.
    """

    needs: Fields = field(default_factory=dict)
    may: Fields = field(default_factory=dict)
    exactly_one: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    open: bool = False
    """Whether fields that are not named are let through."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in Slack's words, and where: a JSON pointer into the payload."""

    pointer: str
    sentence: str
