"""An app that has what its manifest says, and nothing else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.response import BoltResponse

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.installation import Installation
from bot.sandbox.slack.scopes import GRANTED
from tests.sandbox.slack.desk_app import make_app, over_socket
from tests.sandbox.slack.manifests import MANIFEST, without_home


class Heard:
    """A stand-in and its app, which notes every payload it gets."""

    def __init__(self, slack: SlackSandbox) -> None:
        self.slack = slack
        self.kinds: list[str] = []

    async def note(self, body: dict[str, Any]) -> BoltResponse:
        """Note what came, by its command or type, and acknowledge it."""
        self.kinds.append(str(body.get("command") or body.get("event", body)["type"]))
        return BoltResponse(status=200)


@pytest.fixture(params=[MANIFEST, without_home(), None], ids=["home", "no home", "no manifest"])
async def heard(request: pytest.FixtureRequest) -> AsyncIterator[Heard]:
    """A stand-in with one of the manifests, or with none."""
    slack = SlackSandbox(manifest=request.param)
    await slack.start()
    app, found = make_app(slack), Heard(slack)
    app.use(found.note)
    async with over_socket(slack, app):
        yield found
    await slack.aclose()


@pytest.fixture
def manifest(request: pytest.FixtureRequest) -> str:
    """Which of the manifests this is."""
    return str(request.node.callspec.id)


async def test_only_its_commands_are_delivered(heard: Heard, manifest: str) -> None:
    known = await heard.slack.command("lien", "algemeen", "help")
    other = await heard.slack.command("lien", "algemeen", "help", command="/ander")
    all_of_them = manifest == "no manifest"
    assert (known.error, other.error) == (None, None if all_of_them else "invalid_command")
    assert heard.kinds == (["/uitpas", "/ander"] if all_of_them else ["/uitpas"])
    assert bool(other.payload) == all_of_them


async def test_only_its_global_shortcuts_are_offered(heard: Heard, manifest: str) -> None:
    assert (await heard.slack.shortcut("lien", "report")).error is None
    if manifest == "no manifest":
        assert (await heard.slack.shortcut("lien", "about")).error is None
    else:
        with pytest.raises(LookupError, match="no global shortcut 'about'"):
            await heard.slack.shortcut("lien", "about")


async def test_only_subscribed_events_are_delivered(heard: Heard, manifest: str) -> None:
    errors = [
        (await heard.slack.event({"type": "message", "channel_type": "im", "text": "x"})).error,
        (await heard.slack.event({"type": "message", "channel_type": "channel", "text": "x"})).error,
        (await heard.slack.event({"type": "tokens_revoked"})).error,
    ]
    refused = None if manifest == "no manifest" else "not_subscribed"
    assert errors == [None, refused, refused]
    assert heard.kinds == (["message"] if refused else ["message", "message", "tokens_revoked"])


async def test_the_home_tab_opens_where_there_is_one(heard: Heard, manifest: str) -> None:
    error = (await heard.slack.open_home("lien")).error
    closed = manifest == "no home"
    assert (error, heard.kinds) == (("not_subscribed", []) if closed else (None, ["app_home_opened"]))


def test_a_home_tab_without_its_event_is_not_told() -> None:
    silent = Installation({**MANIFEST, "settings": {}})
    assert (silent.has_home, silent.hears({"type": "app_home_opened"})) == (True, False)


def test_scopes_come_from_the_manifest_unless_they_are_given() -> None:
    assert SlackSandbox(manifest=MANIFEST).scopes == {"commands", "chat:write", "files:write"}
    assert SlackSandbox(manifest=MANIFEST, scopes={"commands"}).scopes == {"commands"}
    assert SlackSandbox().scopes == GRANTED
    assert SlackSandbox(manifest={}).scopes == set()


@pytest.mark.parametrize(
    ("hint", "usages"),
    [
        ("rapport [periode] [balie] | status | help", ["rapport [periode] [balie]", "status", "help"]),
        ("[rapport [periode] [balie] | status | help]", ["rapport [periode] [balie]", "status", "help"]),
        ("[periode]", ["periode"]),
        ("[periode] | [balie]", ["[periode]", "[balie]"]),
        (" help ", ["help"]),
        ("[help", ["[help"]),
        ("help | ", ["help"]),
        ("", []),
    ],
)
def test_a_usage_hint_is_read_as_ways_to_use_it(hint: str, usages: list[str]) -> None:
    told = Installation({"features": {"slash_commands": [{"command": "/x", "usage_hint": hint}]}})
    assert told.commands == [{"command": "/x", "description": "", "usages": usages}]
