"""Setting digests up, changing, pausing, trying and removing them: who may, and what it makes of them."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.clock import Clock
from bot.digests import MOST_IN_CHANNEL, Digest, Purpose, Rhythm, Schedule, Standstill
from bot.models import Balie, Language, Standing
from bot.services.balies import NoBalies
from bot.services.reports import NotAllowed, NotLinked, unentitled
from bot.services.schedules import next_after
from bot.services.standstill import next_time
from storage import accounts, balies, digest_runs, digests, people
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """What somebody wants of a digest: of a new one when `digest` is empty.

    `key` is the same when Slack brings the same request twice.
    """

    team: str
    user: str
    channel: str
    balies: tuple[int, ...]
    schedule: Schedule
    language: Language
    key: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The digest is as it was asked for. `is_new` when there was none before."""

    digest: Digest
    is_new: bool


@dataclass(frozen=True, slots=True)
class Done:
    """It was done, now or before."""

    digest: Digest


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such digest (any more), or not here."""


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """It is for the owner to do, or for nobody but a workspace admin besides."""

    owner: str


@dataclass(frozen=True, slots=True)
class Crowded:
    """The channel has as many digests as one may."""

    most: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A balie that was chosen is no longer on the list, or none was."""


@dataclass(frozen=True, slots=True)
class Running:
    """It is being tried already."""


Saving: TypeAlias = Saved | Gone | NotTheirs | Crowded | Unmapped | NotAllowed | NotLinked
Outcome: TypeAlias = Done | Gone | NotTheirs | Running | NotAllowed | NotLinked
Deed: TypeAlias = Callable[[Transaction, Digest], Outcome]


class Digests:
    """Writes down what people want of digests; nothing here waits for anybody but SQLite."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of_channel(self, team: str, channel: str) -> list[Digest]:
        """Return the digests of a channel, the oldest first."""
        return await self._database.read(lambda tx: digests.of_channel(tx, team, channel))

    async def get(self, team: str, digest: str) -> Digest | None:
        """Return a digest that was not removed."""
        found = await self._database.read(lambda tx: digests.get(tx, team, digest))
        return None if found is None or found.is_removed else found

    async def refusal(self, team: str, user: str) -> NotAllowed | NotLinked | NoBalies | None:
        """Return what stands in the way of whatever digest this person may want, before they fill anything in."""
        return await self._database.read(
            lambda tx: unentitled(tx, team, user) or (None if balies.count(tx, team) else NoBalies())
        )

    async def save(self, request: DigestRequest) -> Saving:
        """Set a digest up, or change one on its owner's word."""
        return await self._database.transact(lambda tx: self._save(tx, request))

    async def pause(self, team: str, digest: str, *, user: str, channel: str) -> Outcome:
        """Let a digest run no more until its owner says so: any member may, where it speaks. What runs is finished."""

        def deed(tx: Transaction, found: Digest) -> Outcome:
            if user != found.owner and channel != found.channel:
                return Gone()
            if digests.pause(tx, found.id, Standstill.MEMBER, user):
                digest_runs.leave_all(tx, found.id)
            return self._done(tx, found)

        return await self._do(team, digest, user, deed)

    async def resume(self, team: str, digest: str, *, user: str) -> Outcome:
        """Let a paused digest run again, with the UiTiD that its owner has linked now."""

        def deed(tx: Transaction, found: Digest) -> Outcome:
            refusal = _not_as_owner(tx, found, user)
            if refusal is None and found.standstill is not None:
                digests.save(tx, self._resumed(tx, found))
            return refusal or self._done(tx, found)

        return await self._do(team, digest, user, deed)

    async def try_now(self, team: str, digest: str, *, user: str, key: str) -> Outcome:
        """Run a digest once at its owner's word, whatever its schedule says."""
        now = self._clock.now()

        def deed(tx: Transaction, found: Digest) -> Outcome:
            refusal = _not_as_owner(tx, found, user)
            if refusal is not None:
                return refusal
            if digest_runs.is_tried(tx, found.id):
                return Running()
            digest_runs.add(tx, found, Purpose.TRIAL, now=now, planned_at=now, request_key=key)
            return self._done(tx, found)

        return await self._do(team, digest, user, deed)

    async def remove(self, team: str, digest: str, *, user: str, is_admin: bool) -> Outcome:
        """Remove a digest; its owner may, or an admin. What runs is finished, and its old messages stay."""

        def deed(tx: Transaction, found: Digest) -> Outcome:
            if user != found.owner and not is_admin:
                return NotTheirs(found.owner)
            digests.remove(tx, found.id, self._clock.now())
            digest_runs.leave_all(tx, found.id)
            return self._done(tx, found)

        return await self._do(team, digest, user, deed)

    async def _do(self, team: str, digest: str, user: str, deed: Deed) -> Outcome:
        def write(tx: Transaction) -> Outcome:
            found = digests.get(tx, team, digest)
            if people.get(tx, team, user).standing not in {None, Standing.MEMBER}:
                return NotAllowed()
            return Gone() if found is None or found.is_removed else deed(tx, found)

        return await self._database.transact(write)

    def _done(self, tx: Transaction, digest: Digest) -> Done:
        return Done(digests.get(tx, digest.team, digest.id) or digest)

    def _save(self, tx: Transaction, request: DigestRequest) -> Saving:
        refusal = unentitled(tx, request.team, request.user)
        if refusal is not None:
            return refusal
        chosen = tuple(balies.some(tx, request.team, request.balies))
        if not chosen or len(chosen) < len(request.balies):
            return Unmapped()
        if request.digest:
            return self._change(tx, request, chosen)
        made = digests.by_request_key(tx, request.team, request.key)
        if made is not None:
            return Saved(made, is_new=True)
        if len(digests.of_channel(tx, request.team, request.channel)) >= MOST_IN_CHANNEL:
            return Crowded(MOST_IN_CHANNEL)
        return self._add(tx, request, chosen)

    def _add(self, tx: Transaction, request: DigestRequest, chosen: tuple[Balie, ...]) -> Saving:
        now = self._clock.now()
        digest = Digest(
            id=secrets.token_urlsafe(12),
            team=request.team,
            channel=request.channel,
            owner=request.user,
            account=_mark(tx, request.team, request.user),
            language=request.language,
            schedule=request.schedule,
            balies=chosen,
            planned_at=next_after(request.schedule, now),
        )
        digests.add(tx, digest, request_key=request.key, now=now)
        self._look_first(tx, digest)
        return Saved(digest, is_new=True)

    def _change(self, tx: Transaction, request: DigestRequest, chosen: tuple[Balie, ...]) -> Saving:
        found = digests.get(tx, request.team, request.digest)
        if found is None or found.is_removed:
            return Gone()
        if request.user != found.owner:
            return NotTheirs(found.owner)
        schedule, is_paused = request.schedule, found.standstill is not None
        changed = replace(
            found,
            account=_mark(tx, request.team, request.user),
            language=request.language,
            schedule=schedule,
            balies=chosen,
            missing=(),
            planned_at=None if is_paused else next_time(tx, found.id, schedule, self._clock.now()),
            listed=found.listed if found.schedule.rhythm is schedule.rhythm else None,
        )
        digests.save(tx, changed)
        if found.schedule.rhythm is not schedule.rhythm:
            digest_runs.leave_all(tx, found.id)  # what waits was meant for another period
        if not is_paused:
            self._look_first(tx, changed)
        return Saved(changed, is_new=False)

    def _resumed(self, tx: Transaction, digest: Digest) -> Digest:
        resumed = replace(
            digest,
            account=_mark(tx, digest.team, digest.owner),
            planned_at=next_time(tx, digest.id, digest.schedule, self._clock.now()),
            standstill=None,
            paused_by=None,
        )
        self._look_first(tx, resumed)
        return resumed

    def _look_first(self, tx: Transaction, digest: Digest) -> None:
        """Learn what UiTPAS lists already: only what comes after that is new."""
        if digest.schedule.rhythm is Rhythm.LISTED and digest.listed is None:
            now = self._clock.now()
            digest_runs.add(tx, digest, Purpose.FIRST_LOOK, now=now, planned_at=now)


def _not_as_owner(tx: Transaction, digest: Digest, user: str) -> NotTheirs | NotAllowed | NotLinked | None:
    if user != digest.owner:
        return NotTheirs(digest.owner)
    return unentitled(tx, digest.team, user)


def _mark(tx: Transaction, team: str, user: str) -> str:
    account = accounts.get(tx, team, user)
    return "" if account is None else account.mark
