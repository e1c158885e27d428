"""`users.info`."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.workspace import Workspace


def info(workspace: Workspace, args: Arguments) -> Json:
    """Return one account, deactivated ones and strangers too."""
    person = workspace.world.people.get(args.text("user"))
    if person is None:
        raise RefusalError("user_not_found")
    return {"user": workspace.shapes.user(person, locale=args.flag("include_locale"))}
