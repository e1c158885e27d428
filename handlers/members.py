"""Whether somebody may work with the bot at all: only a full member of the workspace may; and who is an admin of it."""

from bot.errors import SlackError
from bot.models import Standing
from bot.services.people import People
from handlers.context import Caller
from handlers.turn import Turn


async def is_member(turn: Turn, people: People) -> bool:
    """Return whether they are one, as known today; where Slack has to be asked, what they did is acknowledged first.

    When Slack does not say, they are not.
    """
    known = await people.remembered(turn.caller.team, turn.caller.user)
    if known.standing is not None and people.is_fresh(known):
        return known.standing is Standing.MEMBER
    await turn.done()
    try:
        return await people.standing(turn.caller.team, turn.caller.user) is Standing.MEMBER
    except SlackError:
        return False


async def is_admin(caller: Caller, people: People) -> bool:
    """Return whether they are an admin of the workspace, asked of Slack now; when it does not say, they are not."""
    try:
        return (await people.ask(caller.team, caller.user)).is_admin
    except SlackError:
        return False
