"""`baliebot manifest`: from settings and options to what one pastes into Slack."""

import json

from bot.config import Settings, is_loopback
from bot.errors import SettingsError
from handlers.manifest import manifest

ROUTE = "/slack/events"


def written(settings: Settings, *, url: str, socket_mode: bool) -> str:
    """Return the manifest as JSON, for Socket Mode or for posts to `url`, by default the public address of the bot.

    Raises:
        SettingsError: the two contradict each other, or the address is none that Slack can reach.
    """
    if socket_mode and url:
        raise SettingsError("choose --socket-mode or --url, not both")
    address = None
    if not (socket_mode or (settings.slack_app_token.get_secret_value() and not url)):
        base = (url or settings.baliebot_public_url).rstrip("/")
        if not base.startswith("https://") or is_loopback(base):
            raise SettingsError(
                "Slack can't reach this bot without an address: give --url https://…, set BALIEBOT_PUBLIC_URL,"
                " or choose --socket-mode"
            )
        address = f"{base}{ROUTE}"
    return json.dumps(manifest(language=settings.baliebot_locale, url=address), ensure_ascii=False, indent=2)
