"""The form of a report before a person: opened at once, filled in as UiTPAS and Slack tell more.

The first picture after a click goes without a hash, one after the other, as the last click counts. What is told later
carries the hash of that picture: when it has changed since, a newer click is at work, and asks again by itself (Slack:
"Updating modals").
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

import structlog

from bot.clients.slack import SlackClient
from bot.errors import SlackElsewhereError, SlackError
from bot.models import Audience, Balie, Conversation, Opened
from bot.services.suggestions import Suggestions
from handlers.render.report_form import Form, form
from handlers.state import FormState

log = structlog.get_logger(__name__)


class Screen:
    """Shows forms."""

    def __init__(self, *, slack: SlackClient, suggestions: Suggestions) -> None:
        self._slack = slack
        self._suggestions = suggestions
        self._turns = WeakValueDictionary[str, asyncio.Lock]()
        self._filling: set[asyncio.Task[None]] = set()

    async def open(self, trigger: str, shown: Form, state: FormState, user: str) -> None:
        """Open the form; return when everything is told.

        Raises:
            SlackError: it could not be opened.
        """
        opened = await self._slack.open_view(trigger, picture(shown, state))
        await self._complete(opened, shown, state, user)

    async def change(self, view_id: str, shown: Form, state: FormState, user: str) -> None:
        """Show the form as it is after a click; return when everything is told."""
        turn = self._turns.setdefault(view_id, asyncio.Lock())
        try:
            async with turn:
                opened = await self._slack.update_view(view_id, picture(shown, state))
        except SlackError as error:
            log.warning("form_not_changed", error=str(error))
        else:
            await self._complete(opened, shown, state, user)

    async def readers(self, channel: str) -> Conversation:
        """Return who can read a channel, and whether the bot can write there; when Slack does not say, it may try."""
        try:
            return await self._slack.conversation(channel)
        except SlackElsewhereError:
            return Conversation(Audience.UNKNOWN, is_writable=False)
        except SlackError as error:
            log.info("readers_unknown", error=str(error))
            return Conversation(Audience.UNKNOWN, is_writable=True)

    async def aclose(self) -> None:
        """Ask no further; who has a form open sees what was told so far, and can go on."""
        for task in self._filling:
            task.cancel()
        await asyncio.gather(*self._filling, return_exceptions=True)

    async def _complete(self, opened: Opened, shown: Form, state: FormState, user: str) -> None:
        task = asyncio.create_task(self._fill(opened, shown, state, user))
        self._filling.add(task)
        task.add_done_callback(self._filling.discard)
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()

    async def _fill(self, opened: Opened, shown: Form, state: FormState, user: str) -> None:
        asking = [asyncio.ensure_future(question) for question in self._questions(shown, user)]
        try:
            for told in asyncio.as_completed(asking):
                shown = replace(shown, **await told)
                opened = await self._slack.update_view(opened.id, picture(shown, state), seen=opened.hash)
        except SlackError as error:
            log.info("form_not_completed", error=str(error))
        finally:
            for question in asking:
                question.cancel()

    def _questions(self, shown: Form, user: str) -> list[Coroutine[None, None, dict[str, Any]]]:
        questions: list[Coroutine[None, None, dict[str, Any]]] = []
        if shown.balie is not None and shown.offer is None:
            questions.append(self._ask_periods(shown.balie, user))
        if shown.target and shown.readers is None:
            questions.append(self._ask_readers(shown.target))
        return questions

    async def _ask_periods(self, balie: Balie, user: str) -> dict[str, Any]:
        return {"offer": await self._suggestions.periods(balie, user)}

    async def _ask_readers(self, channel: str) -> dict[str, Any]:
        return {"readers": await self.readers(channel)}


def picture(shown: Form, state: FormState) -> dict[str, Any]:
    """Return the form as Slack takes it, with what it must know when it comes back."""
    kept = replace(
        state,
        picked=shown.picked,
        offered_for=shown.balie.id if shown.balie and shown.offer else None,
        read_for=shown.target,
        readers=shown.readers,
        private_file=shown.private_file,
    )
    return {**form(shown, state.language), "private_metadata": kept.encode()}
