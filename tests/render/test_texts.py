"""The two languages say the same, and say all of it."""

import importlib
import pkgutil
import string
from collections.abc import Iterable, Iterator

import pytest

import handlers
from bot.models import Language
from handlers.render.texts import Option, Placeholder, Plural, Text, Title

SALES = Plural(
    one=Text(nl="{n} verkoop in {place}", en="{n} sale in {place}"),
    other=Text(nl="{n} verkopen in {place}", en="{n} sales in {place}"),
)


def test_a_text_is_said_in_the_language_asked_for() -> None:
    greeting = Text(nl="Dag {name}", en="Hello {name}")
    assert greeting.say(Language.NL, name="An") == "Dag An"
    assert greeting.say(Language.EN, name="An") == "Hello An"


def test_a_missing_fact_fails_loudly() -> None:
    with pytest.raises(KeyError, match="name"):
        Text(nl="Dag {name}", en="Hello").say(Language.NL)


def test_a_fact_is_never_read_as_a_placeholder() -> None:
    assert Text(nl="{said}", en="{said}").say(Language.EN, said="{secret}") == "{secret}"


@pytest.mark.parametrize(
    ("n", "dutch", "english"),
    [
        (0, "0 verkopen in Aalst", "0 sales in Aalst"),
        (1, "1 verkoop in Aalst", "1 sale in Aalst"),
        (2, "2 verkopen in Aalst", "2 sales in Aalst"),
        (1200, "1.200 verkopen in Aalst", "1,200 sales in Aalst"),
    ],
)
def test_only_one_is_singular(n: int, dutch: str, english: str) -> None:
    assert SALES.say(n, Language.NL, place="Aalst") == dutch
    assert SALES.say(n, Language.EN, place="Aalst") == english


def test_the_collector_finds_texts_wherever_a_module_keeps_them() -> None:
    text = Text(nl="a", en="a")
    assert list(texts_in([text, {"x": text}, (text, Plural(text, text)), "other", {"y": [text]}])) == [text] * 6


def test_every_text_is_whole_in_both_languages_and_fits_where_it_stands() -> None:
    names = [module.name for module in pkgutil.walk_packages(handlers.__path__, "handlers.")]
    found = {(name, text) for name in names for text in texts_in(vars(importlib.import_module(name)))}
    assert {type(text) for _, text in found} == {Text, *Text.__subclasses__()}, "a kind of text that nobody says"
    assert [problem for name, text in sorted(found, key=str) for problem in problems(name, text)] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (Text(nl="Dag {name}", en="Hello"), "other facts"),
        (Text(nl=" ", en="Hello"), "nothing"),
        (Title(nl="a" * 25, en="a"), "25 characters"),
        (Title(nl="a", en="a" * 24 + "{n}"), "44 characters"),
        (Option(nl="a" * 76, en="a"), "76 characters"),
        (Placeholder(nl="a" * 151, en="a"), "151 characters"),
    ],
)
def test_a_text_that_is_wrong_is_seen(text: Text, problem: str) -> None:
    assert any(problem in seen for seen in problems("x", text))


def problems(name: str, text: Text) -> Iterator[str]:
    """Say what is wrong with a text; a fact counts for 20 characters, more than any number or sum."""
    if facts(text.nl) != facts(text.en):
        yield f"{name}: {text} has other facts in the other language"
    for said in (text.nl, text.en):
        longest = len(said.format(**dict.fromkeys(facts(said), "x" * 20)))
        if not said.strip():
            yield f"{name}: {text} says nothing"
        if longest > text.MOST:
            yield f"{name}: {text} has {longest} characters, {text.MOST} fit"


def texts_in(thing: object) -> Iterator[Text]:
    """Yield the texts a module's value holds, itself or in a mapping, sequence or plural."""
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, Plural):
        yield from (thing.one, thing.other)
    elif isinstance(thing, dict):
        yield from texts_in(list(thing.values()))
    elif isinstance(thing, list | tuple | frozenset) and isinstance(thing, Iterable):
        for part in thing:
            yield from texts_in(part)


def facts(sentence: str) -> set[str]:
    """Name the placeholders of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
