"""What a card was swapped for as a file in the direct messages of whoever asked, for a day."""

from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.cards import CardQuestion
from bot.errors import SlackError, SlackFileRefusedError, SlackUncertainError
from bot.services.temporary_files import TemporaryFiles
from handlers.card_reply import CardReply
from handlers.render import card_file as texts
from handlers.render.blocks import message
from handlers.render.formats import moment
from handlers.render.report_answers import simple
from handlers.render.texts import Text
from handlers.temporary_files import FileSender
from handlers.turn import Turn

log = structlog.get_logger(__name__)


class CardFile:
    """Makes the file and sends it."""

    def __init__(self, *, reply: CardReply, files: TemporaryFiles, sender: FileSender, zone: ZoneInfo) -> None:
        self._reply = reply
        self._files = files
        self._sender = sender
        self._zone = zone

    async def send(self, turn: Turn, question: CardQuestion) -> None:
        """Ask UiTPAS once more, and send what it says now."""
        found = await self._reply.find(turn, question)
        if found is None:
            return
        language, gone_at = await turn.language(), self._files.end()
        try:
            await self._sender.send(
                turn.caller.team,
                turn.caller.user,
                texts.content(found.cashed, self._zone, language),
                name=texts.name(question.period, language),
                comment=texts.comment(question.period, gone_at, self._zone, language),
                gone_at=gone_at,
            )
        except SlackError as error:
            log.warning("card_file_not_sent", error=str(error))
            await turn.say(partial(simple, _why(error)), beside=True)
        else:
            said = texts.SENT.say(language, moment=moment(gone_at, language, self._zone))
            await turn.say(lambda _: message(said), beside=True)


def _why(error: SlackError) -> Text:
    if isinstance(error, SlackFileRefusedError):
        return texts.NOT_TAKEN
    return texts.NOT_SURE if isinstance(error, SlackUncertainError) else texts.NOT_SENT
