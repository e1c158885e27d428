"""The app as its manifest installs it. Follows Slack's "App manifest reference" (v2)."""

from typing import Any

from bot.sandbox.slack.records import Json
from bot.sandbox.slack.scopes import GRANTED

_MESSAGES_IN = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


class Installation:
    """What a manifest asks for. Without one the app has every command, shortcut and event, and a Home tab."""

    def __init__(self, manifest: Json | None = None) -> None:
        self._told = manifest is not None
        self._manifest = manifest or {}

    @property
    def commands(self) -> list[Json]:
        """The slash commands: `command`, `description` and its `usages`, one for each part of the hint."""
        return [
            {
                "command": one["command"],
                "description": one.get("description", ""),
                "usages": _usages(one.get("usage_hint", "")),
            }
            for one in self._at("features", "slash_commands") or []
        ]

    @property
    def shortcuts(self) -> list[Json]:
        """The global shortcuts: `callback_id`, `name` and `description`."""
        return [
            {name: one.get(name, "") for name in ("callback_id", "name", "description")}
            for one in self._at("features", "shortcuts") or []
            if one.get("type") == "global"
        ]

    @property
    def has_home(self) -> bool:
        """Whether the app shows a Home tab."""
        return bool(self._at("features", "app_home", "home_tab_enabled")) if self._told else True

    @property
    def scopes(self) -> set[str]:
        """What the bot's token is granted, the optional scopes too."""
        scopes = self._at("oauth_config", "scopes") or {}
        return {*scopes.get("bot", []), *scopes.get("bot_optional", [])} if self._told else set(GRANTED)

    def knows(self, command: str) -> bool:
        """Whether typing this command reaches the app."""
        return not self._told or command in [one["command"] for one in self.commands]

    def offers(self, callback_id: str) -> bool:
        """Whether people can choose this global shortcut."""
        return not self._told or callback_id in [one["callback_id"] for one in self.shortcuts]

    def hears(self, event: Json) -> bool:
        """Whether the app subscribed to such an event."""
        name = event["type"]
        if name == "message":
            name = f"message.{_MESSAGES_IN.get(event.get('channel_type', ''), '')}"
        return not self._told or name in (self._at("settings", "event_subscriptions", "bot_events") or [])

    def _at(self, *path: str) -> Any:
        found: Any = self._manifest
        for name in path:
            found = (found or {}).get(name)
        return found


def _usages(hint: str) -> list[str]:
    whole = hint.strip()
    if _closes(whole) == len(whole) - 1:
        whole = whole[1:-1]
    return [usage.strip() for usage in whole.split("|") if usage.strip()]


def _closes(hint: str) -> int | None:
    """Return where the bracket that a hint begins with is closed."""
    depth = 0
    for place, character in enumerate(hint):
        depth += {"[": 1, "]": -1}.get(character, 0)
        if depth == 0:
            return place if character == "]" else None
    return None
