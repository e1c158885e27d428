"""`auth.test`."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.workspace import Workspace


def test(workspace: Workspace, _: Arguments) -> Json:
    """Say who the token is."""
    team = workspace.world.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": workspace.world.people[team.bot_user_id].name,
        "team_id": team.id,
        "user_id": team.bot_user_id,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }
