"""What is written for people agrees with what the program does."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.config import Settings
from bot.sandbox.uitpas import KNOWN_CARDS

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


class _FromExample(BaseSettings, Settings):
    """The settings as the example file alone gives them."""

    model_config = SettingsConfigDict(env_file=EXAMPLE, env_ignore_empty=True, extra="forbid", frozen=True)


def example() -> list[tuple[str, str]]:
    """Read the names and values of the example file."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return [(name, value) for name, _, value in pairs]


def test_the_example_names_every_setting_once() -> None:
    assert Counter(name for name, _ in example()) == Counter(field.upper() for field in Settings.model_fields)


def test_the_example_as_it_is_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, _ in example():
        monkeypatch.delenv(name, raising=False)
    assert _FromExample().model_dump() == Settings().model_dump()


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md"])
def test_every_link_to_a_file_leads_somewhere(document: str) -> None:
    links = LINK.findall((ROOT / document).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_cards_to_try_are_cards_of_the_demo() -> None:
    named = re.findall(r"\d{4} \d{4} \d{5}", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [number.replace(" ", "") for number in named] == [
        KNOWN_CARDS[name] for name in ("swapped", "unused", "blocked")
    ]
