"""Linking a UiTiD in Slack: `/uitpas koppel`, its code, and the answer to whose account it is (S1, S7 to S9)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clients.slack import Identity
from bot.errors import SlackError
from bot.models import Language, Person, Standing
from bot.services.link_codes import LinkCodes, Linked
from bot.services.link_start import LinkStart, TooManyLinks
from bot.services.linking import Linking
from bot.services.people import People
from handlers.address import Address
from handlers.command import Verb
from handlers.linking_balies import LinkedBalies
from handlers.linking_form import LinkForm
from handlers.linking_outcomes import ended, linked
from handlers.render import linking as pictures
from handlers.render import linking_texts as texts
from handlers.render.help import Topic
from handlers.render.link_button import LINK, with_link_button
from handlers.render.report_answers import simple
from handlers.render.texts import Text
from handlers.repeats import Repeats
from handlers.turn import Turn, Turns

log = structlog.get_logger(__name__)

TOPIC = Topic(
    usage=Text(nl="koppel", en="connect"),
    form=Text(nl="koppel [code]", en="connect [code]"),
    purpose=Text(
        nl="koppelt je UiTiD, zodat ik UiTPAS iets mag vragen in jouw naam",
        en="links your UiTiD, so that I may ask UiTPAS in your name",
    ),
)


class LinkingHandlers:
    """Takes in what people type and click about their own link. `wake` lets the clock look at once."""

    def __init__(
        self,
        *,
        start: LinkStart,
        codes: LinkCodes,
        form: LinkForm,
        balies: LinkedBalies,
        linking: Linking,
        people: People,
        identity: Identity,
        turns: Turns,
        repeats: Repeats,
        address: Address,
        wake: Callable[[], None],
    ) -> None:
        self._start = start
        self._codes = codes
        self._form = form
        self._balies = balies
        self._linking = linking
        self._people = people
        self._identity = identity
        self._turns = turns
        self._repeats = repeats
        self._address = address
        self._wake = wake

    def register(self, app: AsyncApp) -> Verb:
        """Listen for the buttons and the form; return the verb."""
        self._form.register(app)
        app.action(LINK)(self.handle_link)
        app.action(pictures.GO)(self.handle_go)
        app.action(pictures.YES)(self.handle_yes)
        app.action(pictures.NO)(self.handle_no)
        return Verb("koppel", "connect", TOPIC, self.handle_words)

    async def handle_words(self, turn: Turn, words: str) -> None:
        """Begin a link, or take the code of the one under way."""
        if words.strip():
            await self._form.enter(turn, words)
        else:
            await self._begin(turn)

    async def handle_link(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Begin a link for whoever pressed the button."""
        await self._begin(self._turns.of(ack, body, context))

    async def handle_go(self, ack: AsyncAck) -> None:
        """Slack opened the page by itself."""
        await ack()

    async def handle_yes(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Keep the account: it is theirs."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        if await self._member(turn) is None:
            return
        number = str(body["actions"][0]["value"])
        outcome = await self._codes.confirm(turn.caller.team, turn.caller.user, number)
        self._wake()
        if not self._repeats.is_first(number):
            return  # pressed twice: the second must not say that nothing was kept
        if not isinstance(outcome, Linked):
            await turn.say(lambda language: with_link_button(ended(outcome, language), language))
            return
        log.info("linked", reports=len(outcome.reports))
        await turn.say(lambda language: linked(outcome, self._identity, language))
        await self._balies.offer(turn)

    async def handle_no(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Drop the account: it is somebody else's."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        number = str(body["actions"][0]["value"])
        dropped = await self._codes.deny(turn.caller.team, turn.caller.user, number)
        self._wake()
        if not self._repeats.is_first(number):
            return
        said = texts.DENIED if dropped else texts.OVER
        await turn.say(lambda language: with_link_button(said.say(language), language))

    async def _begin(self, turn: Turn) -> None:
        await turn.done()
        if not self._repeats.is_first(turn.caller.trigger):
            return  # Slack brought it again: a second link would end the first
        person = await self._member(turn)
        if person is None:
            return
        team, user, language = person.team, person.user, turn.caller.language or Language.NL
        begun = await self._start.begin(team, user, name=person.name, language=language)
        self._wake()
        if isinstance(begun, TooManyLinks):
            await turn.say(partial(simple, texts.TOO_MANY_LINKS))
            return
        is_linked = await self._linking.token(team, user) is not None
        url = self._address.of(f"/uitid/start?l={begun.number}")
        await turn.say(partial(pictures.begin, url, is_linked=is_linked))

    async def _member(self, turn: Turn) -> Person | None:
        """Return who this is, asked of Slack now; None when they may not link, which they were told."""
        try:
            person = await self._people.ask(turn.caller.team, turn.caller.user)
        except SlackError as error:
            log.warning("person_unknown", error=str(error))
            await turn.say(partial(simple, texts.SLACK_SILENT), beside=True)
            return None
        turn.caller = replace(turn.caller, language=self._people.language(person.locale))
        if person.standing is Standing.MEMBER:
            return person
        await turn.say(partial(simple, texts.NOT_MEMBER))
        return None
