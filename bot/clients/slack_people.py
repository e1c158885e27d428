"""Who somebody is, read from what Slack answers (docs.slack.dev: "User object")."""

from typing import Any

from bot.models import Person, Standing


def person_of(found: dict[str, Any], team: str, user: str) -> Person:
    """Return the person that a user object of `users.info` describes, as seen from this team."""
    profile = found.get("profile") or {}
    name = str(profile.get("real_name") or profile.get("display_name") or found.get("name") or "")
    is_admin = bool(found.get("is_admin", False))
    return Person(team, user, _standing(found, team), found.get("locale"), is_admin, name)


def _standing(user: dict[str, Any], team: str) -> Standing:
    if user.get("deleted"):
        return Standing.GONE
    if user.get("is_bot"):
        return Standing.BOT
    if user.get("is_stranger") or user.get("team_id", team) != team:
        return Standing.STRANGER
    guest = user.get("is_restricted") or user.get("is_ultra_restricted")
    return Standing.GUEST if guest else Standing.MEMBER
