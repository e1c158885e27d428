"""The digests in Slack: their list, and what can be done to each of them."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.digests import Digest
from bot.models import Language, Message
from bot.services.digests import Digests, Done, Gone, NotTheirs, Outcome, Running
from bot.services.people import People
from bot.services.reports import NotLinked
from handlers.command import Verb
from handlers.context import Caller
from handlers.digest_form import DigestForms
from handlers.members import is_admin, is_member
from handlers.render import digest_list as pictures
from handlers.render import digest_list_texts as texts
from handlers.render.help import Topic
from handlers.render.report_answers import simple
from handlers.render.texts import Text
from handlers.report_outcomes import sentence
from handlers.turn import Turn, Turns

TOPIC = Topic(
    usage=Text(nl="digest", en="digest"),
    form=Text(nl="digest", en="digest"),
    purpose=Text(
        nl="bezorgt hier vanzelf de onkostennota's van een of meer balies, elke maand of elk kwartaal",
        en="delivers the expense claims of one or more desks here by itself, every month or quarter",
    ),
)
Deed: TypeAlias = Callable[[str], Awaitable[Outcome]]
"""What a button does to the digest with this id."""
Note: TypeAlias = Callable[[Language], str]
"""What stands over the digests, in a language still to be chosen."""


class DigestHandlers:
    """Takes in what people type and click about digests. `wake` lets the clock look at once."""

    def __init__(
        self, *, digests: Digests, people: People, turns: Turns, forms: DigestForms, wake: Callable[[], None]
    ) -> None:
        self._digests = digests
        self._people = people
        self._turns = turns
        self._forms = forms
        self._wake = wake

    def register(self, app: AsyncApp) -> Verb:
        """Listen for the buttons and the form; return the verb."""
        self._forms.register(app)
        app.action(pictures.NEW)(self.handle_new)
        app.action(pictures.EDIT)(self.handle_edit)
        app.action(pictures.TRY)(self.handle_try)
        app.action(pictures.PAUSE)(self.handle_pause)
        app.action(pictures.RESUME)(self.handle_resume)
        app.action(pictures.REMOVE)(self.handle_removal)
        return Verb("digest", "digest", TOPIC, self.handle_words)

    async def handle_words(self, turn: Turn, words: str) -> None:
        """Show the digests of the channel; open the form where there are none."""
        del words  # none can follow; whoever types some finds what they meant in the list
        found = await self._digests.of_channel(turn.caller.team, turn.caller.channel)
        if not found:
            await self._forms.open(turn)
        elif await is_member(turn, self._people):
            await turn.say(partial(pictures.listing, found, turn.caller.user))
        else:
            await turn.say(partial(simple, texts.NOT_MEMBER))

    async def handle_new(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form for another digest of this channel."""
        turn = self._turns.of(ack, body, context)
        await turn.done()
        await self._forms.open(turn)

    async def handle_edit(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Open the form for a digest, if it is theirs."""
        turn = self._turns.of(ack, body, context)
        digest = await self._found(turn, body)
        if digest is not None and turn.caller.user == digest.owner:
            await self._forms.open_filled(turn, digest)
        elif digest is not None:
            await self._tell(turn, digest, NotTheirs(digest.owner), texts.GONE)

    async def handle_try(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Run a digest once, now."""
        turn = self._turns.of(ack, body, context)
        deed = partial(self._digests.try_now, turn.caller.team, user=turn.caller.user, key=turn.caller.trigger)
        await self._do(turn, body, deed, texts.TRYING)

    async def handle_pause(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Let a digest run no more until its owner says so."""
        turn = self._turns.of(ack, body, context)
        caller = turn.caller
        deed = partial(self._digests.pause, caller.team, user=caller.user, channel=caller.channel)
        await self._do(turn, body, deed, texts.PAUSED)

    async def handle_resume(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Let a paused digest run again."""
        turn = self._turns.of(ack, body, context)
        deed = partial(self._digests.resume, turn.caller.team, user=turn.caller.user)
        await self._do(turn, body, deed, texts.RESUMED)

    async def handle_removal(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Remove a digest: its owner at once, anyone else if Slack says they are an admin."""
        turn = self._turns.of(ack, body, context)
        await self._do(turn, body, partial(self._remove, turn.caller), texts.REMOVED)

    async def _remove(self, caller: Caller, digest: str) -> Outcome:
        remove = partial(self._digests.remove, caller.team, digest, user=caller.user)
        outcome = await remove(is_admin=False)
        if isinstance(outcome, NotTheirs) and await is_admin(caller, self._people):
            return await remove(is_admin=True)
        return outcome

    async def _do(self, turn: Turn, body: dict[str, Any], deed: Deed, done: Text) -> None:
        """Do it to the digest of the button, and say what became of it over the digests as they are by then."""
        digest = await self._found(turn, body)
        if digest is not None:
            await self._tell(turn, digest, await deed(digest.id), done)

    async def _found(self, turn: Turn, body: dict[str, Any]) -> Digest | None:
        """Return the digest of the button to a member, where it is theirs or speaks here; tell them otherwise."""
        await turn.done()
        if not await is_member(turn, self._people):
            await turn.say(partial(simple, texts.NOT_MEMBER))
            return None
        caller = turn.caller
        digest = await self._digests.get(caller.team, str(body["actions"][0]["value"]))
        if digest is not None and (caller.user == digest.owner or caller.channel == digest.channel):
            return digest
        await self._show(turn, None, texts.GONE.say)
        return None

    async def _tell(self, turn: Turn, digest: Digest, outcome: Outcome, done: Text) -> None:
        match outcome:
            case Done():
                self._wake()
                text = done
            case Running():
                text = texts.RUNNING
            case Gone():
                text = texts.GONE
            case NotTheirs():
                text = texts.NOT_THEIRS_TO_REMOVE if done is texts.REMOVED else texts.NOT_THEIRS
            case refusal:
                is_linkless = isinstance(refusal, NotLinked)
                await self._show(turn, digest, partial(sentence, refusal), to_link=is_linkless)
                return
        await self._show(turn, digest, partial(pictures.told, text, digest, turn.caller.channel))

    async def _show(self, turn: Turn, digest: Digest | None, note: Note, *, to_link: bool = False) -> None:
        """Show the digests of the channel under a note; elsewhere, such as in the Home, the one that it is about."""
        caller = turn.caller
        found = await self._digests.of_channel(caller.team, caller.channel)
        now = await self._digests.get(caller.team, digest.id) if digest else None
        is_here = bool(caller.channel) and (digest is None or digest.channel == caller.channel)

        def saying(language: Language) -> Message:
            said = note(language)
            if is_here:
                return pictures.listing(found, caller.user, language, note=said, to_link=to_link)
            return pictures.one(now, caller.user, language, note=said, to_link=to_link)

        await turn.say(saying)
