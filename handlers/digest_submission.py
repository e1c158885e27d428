"""The form of a digest, handed in: everything wrong is told at its field at once, and nothing typed is lost.

Slack waits three seconds for the answer, so nothing but our own database is asked before it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.digests import MOST_BALIES, Digest
from bot.models import Language
from bot.services.balies import Balies
from bot.services.digests import Crowded, DigestRequest, Digests, Gone, NotTheirs, Saved, Saving, Unmapped
from bot.services.schedules import is_quiet
from handlers.context import CALLER, Caller
from handlers.digest_entry import DigestEntry
from handlers.digest_screen import DigestScreen, picture
from handlers.digest_state import DigestState
from handlers.digest_zones import Zones
from handlers.render import digest_form_texts as texts
from handlers.render import digest_list_texts as list_texts
from handlers.render.digest_form import BALIES, TIME, ZONE, DigestForm, barred, confirmed, notice
from handlers.render.texts import Text
from handlers.report_outcomes import sentence


class DigestSubmission:
    """Takes forms that were handed in. `blank` is a new form for any channel. `wake` lets the clock look at once."""

    def __init__(
        self,
        *,
        digests: Digests,
        balies: Balies,
        screen: DigestScreen,
        zones: Zones,
        blank: DigestForm,
        wake: Callable[[], None],
    ) -> None:
        self._digests = digests
        self._balies = balies
        self._screen = screen
        self._zones = zones
        self._blank = blank
        self._wake = wake

    async def handle(self, ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        """Set the digest up or change it, or say at which fields something is wrong."""
        caller: Caller = context[CALLER]
        view = body["view"]
        state, entry = DigestState.decode(view["private_metadata"]), DigestEntry.read(view)
        shown = await self._restored(caller.team, state, entry)
        problems = self._problems(entry, shown)
        if problems:
            await ack(response_action="errors", errors=_errors(problems, state.language))
        else:
            await ack(response_action="update", view=await self._saved(caller, shown, state))
        if barred(shown.channel, shown.readers) is not None:
            await self._screen.look_again(view["id"], shown, state)

    async def _restored(self, team: str, state: DigestState, entry: DigestEntry) -> DigestForm:
        """Return the form as it stands before the person, without balies that are gone."""
        found = [await self._balies.get(team, balie) for balie in entry.balies[:MOST_BALIES]]
        digest = await self._digests.get(team, state.digest) if state.digest else None
        return DigestForm(
            channel=state.channel,
            schedule=entry.schedule(self._blank.schedule),
            spoken=entry.spoken or self._blank.spoken,
            balies=tuple(balie for balie in found if balie is not None),
            missing=digest.missing if digest else (),
            is_new=not state.digest,
            readers=state.readers,
        )

    def _problems(self, entry: DigestEntry, shown: DigestForm) -> list[tuple[str, Text]]:
        bar = barred(shown.channel, shown.readers)
        found = [(BALIES, bar)] if bar else []
        if not entry.balies:
            found.append((BALIES, texts.NO_BALIE))
        elif len(entry.balies) > MOST_BALIES:
            found.append((BALIES, texts.TOO_MANY_BALIES))
        elif len(shown.balies) < len(entry.balies):
            found.append((BALIES, texts.NO_SUCH_BALIE))
        if entry.at is None:
            found.append((TIME, texts.NO_TIME))
        elif is_quiet(entry.at):
            found.append((TIME, texts.QUIET))
        if entry.zone is None or entry.zone not in self._zones:
            found.append((ZONE, texts.NO_SUCH_ZONE))
        return found

    async def _saved(self, caller: Caller, shown: DigestForm, state: DigestState) -> dict[str, Any]:
        request = DigestRequest(
            team=caller.team,
            user=caller.user,
            channel=shown.channel,
            balies=tuple(balie.id for balie in shown.balies),
            schedule=shown.schedule,
            language=shown.spoken,
            key=state.key,
            digest=state.digest,
        )
        outcome = await self._digests.save(request)
        if isinstance(outcome, Saved) and not _is_as_asked(outcome.digest, request):
            # Slack gave up on the form, and it was changed before it was handed in again
            outcome = await self._digests.save(replace(request, digest=outcome.digest.id))
        if isinstance(outcome, Saved):
            self._wake()
        return _outcome(outcome, shown, state)


def _outcome(outcome: Saving, shown: DigestForm, state: DigestState) -> dict[str, Any]:
    language = state.language
    match outcome:
        case Saved(digest):
            return confirmed(digest, language, is_new=shown.is_new)
        case Gone():
            return notice(list_texts.GONE.say(language), language)
        case NotTheirs(owner):
            return notice(list_texts.NOT_THEIRS.say(language, owner=f"<@{owner}>"), language)
        case Crowded(most):
            return notice(texts.CROWDED.say(language, most=most), language)
        case Unmapped():
            return picture(replace(shown, alert=texts.BALIE_GONE.say(language)), state)
        case refusal:
            return picture(replace(shown, alert=sentence(refusal, language)), state)


def _is_as_asked(digest: Digest, request: DigestRequest) -> bool:
    asked = (set(request.balies), request.schedule, request.language)
    return ({balie.id for balie in digest.balies}, digest.schedule, digest.language) == asked


def _errors(problems: list[tuple[str, Text]], language: Language) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for block, text in problems:
        said.setdefault(block, []).append(text.say(language, most=MOST_BALIES))
    return {block: " ".join(sentences) for block, sentences in said.items()}
