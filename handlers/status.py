"""`/uitpas status`: what runs and what finished lately, here and of whoever asks."""

from functools import partial
from zoneinfo import ZoneInfo

from bot.services.people import People
from bot.services.reports import Reports
from handlers.command import Verb
from handlers.members import is_member
from handlers.render import report_answers as answers
from handlers.render.help import Topic
from handlers.render.status import listing
from handlers.render.texts import Text
from handlers.turn import Turn

TOPIC = Topic(
    usage=Text(nl="status", en="status"),
    form=Text(nl="status", en="status"),
    purpose=Text(
        nl="toont wat loopt en wat pas klaar is, hier en van jou",
        en="shows what is running and what finished lately, here and yours",
    ),
)


def verb(*, reports: Reports, people: People, zone: ZoneInfo) -> Verb:
    """Return the verb."""

    async def run(turn: Turn, words: str) -> None:
        del words
        caller = turn.caller
        if not await is_member(turn, people):
            await turn.say(partial(answers.simple, answers.NOT_ALLOWED))
            return
        found = await reports.lately(caller.team, user=caller.user, channel=caller.channel)
        await turn.say(partial(listing, found, zone))

    return Verb("status", "status", TOPIC, run)
