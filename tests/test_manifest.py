"""The manifest is one that Slack takes, and asks for exactly what the bot listens to and uses."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.models import Language
from handlers.manifest import manifest
from tests.support.program import Done, Program
from tests.support.stage import staged
from tests.test_program import refused

SCHEMA = Path(__file__).parents[2] / "shared" / "data" / "slack-manifest.schema.2.0.0.json"
NOT_FOR_A_CALL = {"commands"}
"""What Slack grants commands and shortcuts by; no method needs it."""
DONE_WITHOUT = {"chat:write.public"}
"""Asked about by the stand-in only to tell that the bot must be invited first."""


class Watched(set[str]):
    """Scopes that remember which of them were looked for."""

    def __init__(self, scopes: set[str]) -> None:
        super().__init__(scopes)
        self.looked_for: set[str] = set()

    def __contains__(self, scope: object) -> bool:
        self.looked_for.add(str(scope))
        return super().__contains__(scope)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with nothing set at all."""
    return Program(tmp_path, {})


def read(done: Done) -> dict[str, Any]:
    """Return the manifest that was printed."""
    assert (done.status, done.err) == (0, "")
    printed: dict[str, Any] = json.loads(done.out)
    return printed


async def test_over_socket_mode_no_address_is_named(program: Program) -> None:
    printed = read(await program.run("manifest", "--socket-mode"))
    assert printed == manifest(language=Language.NL, url=None)
    assert printed["settings"]["socket_mode_enabled"]
    assert "http" not in json.dumps(printed)


async def test_over_http_everything_comes_to_one_address(program: Program) -> None:
    printed = read(await program.run("manifest", "--url", "https://balie.example/", BALIEBOT_LOCALE="en"))
    address = "https://balie.example/slack/events"
    assert printed == manifest(language=Language.EN, url=address)
    assert printed["features"]["slash_commands"][0]["url"] == address
    assert printed["settings"]["interactivity"] == {
        "is_enabled": True,
        "request_url": address,
        "message_menu_options_url": address,
    }
    assert not printed["settings"]["socket_mode_enabled"]


async def test_the_settings_tell_which_of_the_two(program: Program) -> None:
    https = {"BALIEBOT_PUBLIC_URL": "https://balie.example"}
    assert read(await program.run("manifest", **https)) == manifest(
        language=Language.NL, url="https://balie.example/slack/events"
    )
    assert read(await program.run("manifest", SLACK_APP_TOKEN="xapp-1", **https)) == manifest(
        language=Language.NL, url=None
    )


@pytest.mark.parametrize("options", [[], ["--url", "http://127.0.0.1:3000"], ["--url", "balie.example"]])
async def test_an_address_that_slack_can_not_reach_is_refused(program: Program, options: list[str]) -> None:
    refused(
        await program.run("manifest", *options),
        "Slack can't reach this bot without an address: give --url https://…, set BALIEBOT_PUBLIC_URL, or choose"
        " --socket-mode",
        status=2,
    )


async def test_two_ways_at_once_are_refused(program: Program) -> None:
    done = await program.run("manifest", "--socket-mode", "--url", "https://balie.example")
    refused(done, "choose --socket-mode or --url, not both", status=2)


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's published schema of manifests is not beside this checkout")
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("url", [None, "https://balie.example/slack/events"])
def test_slack_takes_the_manifest(language: Language, url: str | None) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    made = manifest(language=language, url=url)
    jsonschema.Draft7Validator(schema).validate(made)
    made["features"]["slash_commands"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(made)


async def test_what_the_bot_listens_to_is_what_the_manifest_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = {kind: watch(monkeypatch, kind) for kind in ("command", "shortcut", "event", "message")}
    async with staged(tmp_path):
        pass
    made = manifest(language=Language.NL, url=None)
    assert heard == {
        "command": [one["command"] for one in made["features"]["slash_commands"]],
        "shortcut": [one["callback_id"] for one in made["features"]["shortcuts"]],
        "event": made["settings"].get("event_subscriptions", {}).get("bot_events", []),
        "message": [],
    }


def watch(monkeypatch: pytest.MonkeyPatch, kind: str) -> list[str]:
    """Note what is registered by name with one of Bolt's methods; what takes the rest names nothing."""
    names: list[str] = []
    original: Callable[..., Any] = getattr(AsyncApp, kind)

    def register(app: AsyncApp, name: str | re.Pattern[str], *more: Any, **options: Any) -> Any:
        if isinstance(name, str):
            names.append(name)
        return original(app, name, *more, **options)

    monkeypatch.setattr(AsyncApp, kind, register)
    return names


async def test_every_scope_is_used_and_none_is_missed(tmp_path: Path) -> None:
    granted = set(manifest(language=Language.NL, url=None)["oauth_config"]["scopes"]["bot"])
    watched = Watched(granted)
    async with staged(tmp_path, scopes=watched) as stage:
        direct = stage.slack.world.open_im("lien")
        for place in ("balie-de-sluis", "algemeen", direct):
            stage.slack.faults.add("chat.postMessage", "drop", processed=True)  # so that it is looked for
            await stage.type("rapport vorig kwartaal t-hof", channel=place)
            await stage.pass_time(60, steps=6)
            assert [root.text.endswith("in de draad.") for root in stage.roots(place)].count(True) == 1
    assert watched.looked_for - DONE_WITHOUT == granted - NOT_FOR_A_CALL
