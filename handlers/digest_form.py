"""The form of a digest, opened: by `/uitpas digest` where there is none yet, by "Nieuwe digest", by "Aanpassen"."""

from dataclasses import replace
from functools import partial

import structlog
from slack_bolt.app.async_app import AsyncApp

from bot.digests import Digest
from bot.errors import SlackError
from bot.models import Language
from bot.services.balies import Balies
from bot.services.digests import Digests
from bot.services.people import People
from handlers.balie_select import BalieSelect
from handlers.digest_screen import DigestScreen
from handlers.digest_state import DigestState
from handlers.digest_submission import DigestSubmission
from handlers.digest_zones import ZoneSelect
from handlers.members import is_member
from handlers.render import digest_form_texts as texts
from handlers.render import digest_list_texts as list_texts
from handlers.render.digest_form import BALIES, CALLBACK, ZONE, DigestForm
from handlers.render.report_answers import simple
from handlers.report_outcomes import explained
from handlers.turn import Turn

log = structlog.get_logger(__name__)


class DigestForms:
    """Opens the form. `blank` is a new one for any channel."""

    def __init__(
        self,
        *,
        digests: Digests,
        balies: Balies,
        people: People,
        select: BalieSelect,
        zones: ZoneSelect,
        screen: DigestScreen,
        submission: DigestSubmission,
        blank: DigestForm,
    ) -> None:
        self._digests = digests
        self._balies = balies
        self._people = people
        self._select = select
        self._zones = zones
        self._screen = screen
        self._submission = submission
        self._blank = blank

    def register(self, app: AsyncApp) -> None:
        """Listen for the selects and the form itself."""
        app.options(BALIES)(self._select.handle)
        app.options(ZONE)(self._zones.handle)
        app.view(CALLBACK)(self._submission.handle)

    async def open(self, turn: Turn) -> None:
        """Open the form for a new digest of the channel they are in; or say why not."""
        caller = turn.caller
        if not caller.channel:
            await turn.say(partial(simple, texts.NO_CHANNEL))
            return
        usual = await self._balies.usual(caller.team, channel=caller.channel, user=caller.user)
        shown = replace(self._blank, channel=caller.channel, balies=(usual,) if usual else ())
        await self._open(turn, shown, "")

    async def open_filled(self, turn: Turn, digest: Digest) -> None:
        """Open the form for a digest of theirs, as it is now; or say why not."""
        shown = DigestForm(
            channel=digest.channel,
            schedule=digest.schedule,
            spoken=digest.language,
            balies=digest.balies,
            missing=digest.missing,
            is_new=False,
        )
        await self._open(turn, shown, digest.id)

    async def _open(self, turn: Turn, shown: DigestForm, digest: str) -> None:
        language = await self._entitled(turn)
        if language is None:
            return
        await turn.done()
        state = DigestState(language, shown.channel, turn.caller.trigger, digest)
        try:
            await self._screen.open(turn, shown, state)
        except SlackError as error:
            log.warning("form_not_opened", error=str(error))
            await turn.say(partial(simple, texts.TOO_LATE), beside=True)

    async def _entitled(self, turn: Turn) -> Language | None:
        """Return the language of somebody who may have a digest; tell them otherwise."""
        if turn.caller.language is None:
            await turn.done()
        language = await turn.language()  # asking Slack tells, besides, whether they are a member
        if not await is_member(turn, self._people):
            await turn.say(partial(simple, list_texts.NOT_MEMBER))
            return None
        refusal = await self._digests.refusal(turn.caller.team, turn.caller.user)
        if refusal is not None:
            await turn.say(partial(explained, refusal), beside=True)
            return None
        return language
