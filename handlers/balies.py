"""The balies in Slack: their list, what can be done to one of them, and taking them over from UiTPAS."""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import Identity
from bot.models import Balie, Language, Message, Report
from bot.services.balie_changes import BalieChanges, Gone
from bot.services.balie_rights import Denial, Rights
from bot.services.balie_sync import BalieSync
from bot.services.balies import Balies
from bot.services.people import People
from handlers.balie_select import BalieSelect
from handlers.balies_rename import BalieRename
from handlers.balies_state import number_of
from handlers.command import Verb
from handlers.context import Caller
from handlers.members import is_member
from handlers.render import balies as pictures
from handlers.render import balies_answers as answers
from handlers.render import balies_texts as texts
from handlers.render.formats import desk
from handlers.render.help import Topic
from handlers.render.linking import MAP
from handlers.render.report_answers import simple
from handlers.render.texts import Text
from handlers.report_outcomes import thread_of
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)

TOPIC = Topic(
    usage=Text(nl="balies", en="counters"),
    form=Text(nl="balies [synchroniseer]", en="counters [sync]"),
    purpose=Text(
        nl="toont de balies van deze werkruimte en welke hier de standaard is",
        en="shows the desks of this workspace and which is the default here",
    ),
)
SYNC = frozenset({"synchroniseer", "sync"})


class BalieHandlers:
    """Takes in what people type and click about balies. `wake` lets the clock look at once."""

    def __init__(
        self,
        *,
        balies: Balies,
        changes: BalieChanges,
        rights: Rights,
        sync: BalieSync,
        people: People,
        identity: Identity,
        turns: Turns,
        select: BalieSelect,
        rename: BalieRename,
        wake: Callable[[], None],
    ) -> None:
        self._balies = balies
        self._changes = changes
        self._rights = rights
        self._sync = sync
        self._people = people
        self._identity = identity
        self._turns = turns
        self._select = select
        self._rename = rename
        self._wake = wake

    def register(self, app: AsyncApp) -> Verb:
        """Listen for the buttons, the select and the form; return the verb."""
        self._rename.register(app)
        for page in (pictures.PREVIOUS, pictures.NEXT, pictures.BACK):
            app.action(page)(self.handle_page)
        app.action(pictures.CHOOSE)(self.handle_choice)
        app.options(pictures.CHOOSE)(self._select.handle)
        app.action(pictures.DEFAULT)(self.handle_default)
        app.action(pictures.REMOVE)(self.handle_removal)
        app.action(MAP)(self.handle_sync)
        return Verb("balies", "counters", TOPIC, self.handle_words)

    async def handle_words(self, turn: Turn, words: str) -> None:
        """Show the list, or take over what UiTPAS lists for whoever asks."""
        match words.casefold().split():
            case []:
                await self._show_page(turn, 1)
            case [word] if word in SYNC:
                await turn.done()
                await self._synchronise(turn)
            case _:
                await turn.say(partial(simple, texts.LEFT_OVER))

    async def handle_sync(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Take over what UiTPAS lists for whoever pressed the button."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        await self._synchronise(turn)

    async def handle_page(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Show another page of the list."""
        await self._show_page(self._turns.of(ack, body, context), number_of(body["actions"][0]))

    async def handle_choice(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Show the balie that was chosen, with what can be done to it."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        if not await is_member(turn, self._people):
            await turn.say(partial(simple, texts.NOT_MEMBER))
        elif balie := await self._found(turn, body):
            await turn.say(partial(pictures.one, balie, turn.caller.channel))

    async def handle_default(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Make a balie the default of the channel, if whoever clicks may."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        balie = await self._allowed(turn, body)
        if balie is None:
            return
        done = await self._changes.make_default(balie.team, balie.id, channel=turn.caller.channel)
        if isinstance(done, Gone):
            await turn.say(_gone)
            return
        log.info("balie_changed", verb="default", balie=balie.id)
        before = done.before if done.before and done.before.id != balie.id else None
        await turn.say(partial(_defaulted, done.balie, before, turn.caller.channel))

    async def handle_removal(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Take a balie off the list, if whoever clicks may."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        balie = await self._allowed(turn, body)
        if balie is None:
            return
        done = await self._changes.remove(balie.team, balie.id)
        if isinstance(done, Gone):
            await turn.say(_gone)
            return
        log.info("balie_changed", verb="remove", balie=balie.id)
        self._wake()
        named = [report for report in done.paused if _may_be_named(report, turn.caller)]
        told = [(report, thread_of(report, self._identity) or "") for report in named]
        await turn.say(partial(answers.removed, done.balie, told, len(done.paused) - len(named)))

    async def _synchronise(self, turn: Turn) -> None:
        done = await self._sync.run(turn.caller.team, turn.caller.user)
        if isinstance(done, Denial):
            await turn.say(partial(answers.not_synced, done))
            return
        for balie in (*done.added, *(now for _, now in done.changed)):
            log.info("balie_changed", verb="sync", balie=balie.id)
        self._wake()
        counts = {"unchanged": done.unchanged, "others": done.others, "resumed": done.resumed}
        await turn.say(lambda language: answers.synced(done.added, done.changed, **counts, language=language))

    async def _show_page(self, turn: Turn, number: int) -> None:
        if not await is_member(turn, self._people):
            await turn.say(partial(simple, texts.NOT_MEMBER))
            return
        page = await self._balies.page(turn.caller.team, number)
        facts = {"number": page.number, "first": page.first, "total": page.total}
        channel = turn.caller.channel
        await turn.say(lambda language: pictures.listing(page.balies, **facts, channel=channel, language=language))

    async def _found(self, turn: Turn, body: dict[str, Any]) -> Balie | None:
        balie = await self._balies.get(turn.caller.team, number_of(body["actions"][0]))
        if balie is None:
            await turn.say(_gone)
        return balie

    async def _allowed(self, turn: Turn, body: dict[str, Any]) -> Balie | None:
        """Return the balie of the button when whoever clicked may change it; tell them otherwise."""
        balie = await self._found(turn, body)
        if balie is None:
            return None
        denial = await self._rights.denial(balie, turn.caller.user)
        if denial is None:
            return balie
        await turn.say(partial(answers.denied, balie, turn.caller.channel, denial))
        return None


def _gone(language: Language) -> Message:
    return pictures.note(texts.GONE.say(language), language)


def _defaulted(balie: Balie, before: Balie | None, channel: str, language: Language) -> Message:
    text = texts.DEFAULTED if before is None else texts.DEFAULTED_AFTER
    facts = {"balie": desk(balie), "before": "" if before is None else desk(before)}
    return pictures.one(balie, channel, language, note=text.say(language, **facts))


def _may_be_named(report: Report, caller: Caller) -> bool:
    """Tell whether this person sees that report anyway, as in their status: nobody learns of another conversation."""
    return caller.user == report.asker or caller.channel == report.channel
