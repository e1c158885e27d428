"""What Slack has to know of the app: the manifest one makes it from (Slack: "App manifest reference", version 2).

A manifest speaks one language, that of the bot's channels.
"""

from typing import Any

from bot.models import Language
from handlers.balies import TOPIC as BALIES
from handlers.card import TOPIC as CARD
from handlers.card_form import SHORTCUT as CARD_SHORTCUT
from handlers.command import COMMAND, HELP
from handlers.digest import TOPIC as DIGEST
from handlers.home import EVENT as HOME_OPENED
from handlers.linking import TOPIC as LINKING
from handlers.render.texts import Placeholder, Text, Title
from handlers.report import TOPIC as REPORT
from handlers.report_form import SHORTCUT as REPORT_SHORTCUT
from handlers.status import TOPIC as STATUS
from handlers.unlinking import TOPIC as UNLINKING

NAME = "baliebot"
EVENTS = (HOME_OPENED,)
TOPICS = (REPORT, CARD, BALIES, DIGEST, LINKING, UNLINKING, STATUS, HELP)
SCOPES = (
    "commands",
    "chat:write",
    "files:write",
    "files:read",  # whether a file arrived is asked before it is said
    "im:write",
    "im:read",
    "users:read",
    "channels:read",  # who can read a channel decides where a file may go
    "groups:read",
    "channels:history",  # after a crash the bot looks for what it may have said already
    "groups:history",
    "im:history",
)

DESCRIPTION = Placeholder(
    nl="Vraagt onkostennota's aan UiTPAS, en toont waarvoor punten zijn omgeruild.",
    en="Asks UiTPAS for expense claims, and shows what points were swapped for.",
)
COMMAND_DESCRIPTION = Placeholder(
    nl="Onkostennota's en kaarten van je balie, en wat er loopt",
    en="Expense claims and cards at your desk, and what is running",
)
REPORT_NAME = Title(nl="Onkostennota vragen", en="Request expense claim")
REPORT_DESCRIPTION = Placeholder(
    nl="Kies balie en periode; het antwoord komt in Slack", en="Choose desk and period; the answer comes in Slack"
)
CARD_NAME = Title(nl="Kaart opzoeken", en="Look up a card")
CARD_DESCRIPTION = Placeholder(
    nl="Waarvoor de punten van een kaart zijn omgeruild; alleen jij ziet het",
    en="What the points of a card were swapped for; only you see it",
)
SHORTCUTS: dict[str, tuple[Title, Placeholder]] = {
    REPORT_SHORTCUT: (REPORT_NAME, REPORT_DESCRIPTION),
    CARD_SHORTCUT: (CARD_NAME, CARD_DESCRIPTION),
}


def manifest(*, language: Language, url: str | None) -> dict[str, Any]:
    """Return the manifest; `url` is where Slack posts to, None when everything comes over Socket Mode."""
    address = {} if url is None else {"request_url": url}
    menus = {} if url is None else {"message_menu_options_url": url}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {"name": NAME, "description": DESCRIPTION.say(language)},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [_command(language, url)],
            "shortcuts": [
                {
                    "name": name.say(language),
                    "type": "global",
                    "callback_id": callback,
                    "description": text.say(language),
                }
                for callback, (name, text) in SHORTCUTS.items()
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "interactivity": {"is_enabled": True, **address, **menus},
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _command(language: Language, url: str | None) -> dict[str, Any]:
    hint = Text(nl=" | ".join(topic.form.nl for topic in TOPICS), en=" | ".join(topic.form.en for topic in TOPICS))
    return {
        "command": COMMAND,
        "description": COMMAND_DESCRIPTION.say(language),
        "usage_hint": hint.say(language),
        "should_escape": False,  # a balie may be typed with a leading @
        **({} if url is None else {"url": url}),
    }
