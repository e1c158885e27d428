"""The form of a digest before a person: opened at once, completed when Slack has told who can read the channel.

What is told later carries the hash of the picture it completes: when that has changed since, it was handed in
meanwhile, and whoever took it in looks again (Slack: "Updating modals").
"""

from dataclasses import replace
from typing import Any

import structlog

from bot.clients.slack import SlackClient
from bot.errors import SlackError
from handlers.digest_state import DigestState
from handlers.render import digest_form_texts as texts
from handlers.render.digest_form import DigestForm, barred, form
from handlers.report_screen import Screen
from handlers.turn import Turn

log = structlog.get_logger(__name__)


class DigestScreen:
    """Shows forms. `screen` knows how to ask who can read a channel."""

    def __init__(self, *, slack: SlackClient, screen: Screen) -> None:
        self._slack = slack
        self._screen = screen

    async def open(self, turn: Turn, shown: DigestForm, state: DigestState) -> None:
        """Open the form, in place of the modal they clicked in if any; return when everything is told.

        Raises:
            SlackError: it could not be opened.
        """
        view = picture(shown, state)
        if turn.view:
            opened = await self._slack.update_view(turn.view, view)
        else:
            opened = await self._slack.open_view(turn.caller.trigger, view)
        told = replace(shown, readers=await self._screen.readers(shown.channel))
        await self._change(opened.id, told, state, seen=opened.hash)

    async def look_again(self, view_id: str, shown: DigestForm, state: DigestState) -> None:
        """Tell who can read the channel by now, after the form was refused for that: it may have changed."""
        told = replace(shown, readers=await self._screen.readers(shown.channel))
        if barred(told.channel, told.readers) is None:
            told = replace(told, alert=texts.GOES_NOW.say(state.language))
        if told != shown:
            await self._change(view_id, told, state)

    async def _change(self, view_id: str, shown: DigestForm, state: DigestState, *, seen: str | None = None) -> None:
        try:
            await self._slack.update_view(view_id, picture(shown, state), seen=seen)
        except SlackError as error:
            log.info("form_not_completed", error=str(error))


def picture(shown: DigestForm, state: DigestState) -> dict[str, Any]:
    """Return the form as Slack takes it, with what it must know when it comes back."""
    kept = replace(state, readers=shown.readers)
    return {**form(shown, state.language), "private_metadata": kept.encode()}
