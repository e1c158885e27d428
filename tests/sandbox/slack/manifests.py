"""A manifest for tests, with everything in it that Slack acts on."""

from bot.sandbox.slack.records import Json

MANIFEST: Json = {
    "_metadata": {"major_version": 2},
    "display_information": {"name": "Baliebot"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Baliebot"},
        "slash_commands": [
            {
                "command": "/uitpas",
                "description": "Rapporten en kaarten",
                "usage_hint": "[rapport [periode] [balie] | status | help]",
            },
            {"command": "/balie", "description": "Wie waar zit", "usage_hint": "[vandaag] | [morgen]"},
            {"command": "/kaal", "description": "Zonder uitleg"},
        ],
        "shortcuts": [
            {"name": "Rapport", "type": "global", "callback_id": "report", "description": "Vraag er een aan"},
            {"name": "Bij een bericht", "type": "message", "callback_id": "about", "description": "Niet overal"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"], "bot_optional": ["files:write"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}


def without_home() -> Json:
    """Return the same, the Home tab switched off."""
    return {**MANIFEST, "features": {**MANIFEST["features"], "app_home": {"home_tab_enabled": False}}}
