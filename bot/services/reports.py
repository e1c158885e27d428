"""Asking for a report, cancelling it, seeing what became of it."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from bot.clock import Clock
from bot.links import WaitingReport
from bot.models import Balie, Kind, Period, Report, Standing, State
from bot.services.balies import Meant, NoBalies, UnknownBalie, WhichBalie, meant
from bot.services.endings import end
from bot.services.roots import adopt
from storage import accounts, balies, outbox, people, reports, waiting_reports
from storage.database import Database, Transaction

MOST_RUNNING = 10
"""How many reports of one person may run at a time."""

WAITS = timedelta(hours=1)
"""How long what was asked waits for its asker to link their UiTiD."""

LATELY = timedelta(days=7)
"""How far back a status looks."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks: for which balie (an alias, an id, or neither), which period, where.

    An empty `channel` means their direct messages with the bot, whose id may not be known yet.
    `key` is the same when Slack brings the same request twice. `button`, which a key then begins with, is the same when
    a person presses one twice. `anew` asks for it even if it was delivered before. `private_file` keeps the file out of
    the thread.
    """

    team: str
    user: str
    channel: str
    period: Period
    key: str
    clipped: bool = False
    alias: str | None = None
    balie: int | None = None
    button: str = ""
    anew: bool = False
    private_file: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """A new report was written down; its root message will come."""

    report: Report


@dataclass(frozen=True, slots=True)
class Repeated:
    """This very request was taken before; nothing was written again."""

    report: Report


@dataclass(frozen=True, slots=True)
class AlreadyRunning:
    """The same report runs in this conversation."""

    report: Report


@dataclass(frozen=True, slots=True)
class DeliveredBefore:
    """The same report was delivered in this conversation."""

    report: Report


@dataclass(frozen=True, slots=True)
class NotLinked:
    """The asker has no UiTiD linked, or its link has ended. `waits`: what they asked goes on once they are linked."""

    ended: bool
    waits: bool = False


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The asker is not a full member of the workspace."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """The asker has as many reports running as one may."""

    most: int


Refusal = NotLinked | NotAllowed | TooMany | NoBalies
Outcome = Started | Repeated | AlreadyRunning | DeliveredBefore | Refusal | UnknownBalie | WhichBalie


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The report will not be delivered; its thread says so."""


@dataclass(frozen=True, slots=True)
class NotYours:
    """Only the asker or a workspace admin may do this."""


@dataclass(frozen=True, slots=True)
class Over:
    """It had ended already. `report` is None when there never was one."""

    report: Report | None


Ending = Cancelled | NotYours | Over
Where: TypeAlias = tuple[str, str]
"""A message: its channel and its ts."""


class Reports:
    """Writes down what is asked; nothing here waits for anybody but SQLite."""

    def __init__(self, *, database: Database, clock: Clock, patience: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._patience = patience

    async def ask(self, request: Request) -> Outcome:
        """Write the report and its root message down in one transaction, unless something stands in its way."""
        return await self._database.transact(lambda tx: self._ask(tx, request))

    async def cancel(self, team: str, report: str, *, user: str, is_admin: bool, where: Where) -> Ending:
        """End a running report on a person's word; the message in which they gave it is its root from now on."""
        channel, ts = where

        def write(tx: Transaction) -> Ending:
            adopt(tx, team, report, channel=channel, ts=ts, now=self._clock.now(), patience=self._patience)
            return self._cancel(tx, team, report, user, is_admin=is_admin)

        return await self._database.transact(write)

    async def refusal(self, team: str, user: str) -> Refusal | None:
        """Return what stands in the way of whatever this person may ask, before they fill anything in."""
        return await self._database.read(
            lambda tx: _refusal(tx, team, user) or (None if balies.count(tx, team) else NoBalies())
        )

    async def get(self, team: str, report: str) -> Report | None:
        """Return one report of this team."""
        return await self._database.read(lambda tx: reports.get(tx, team, report))

    async def lately(self, team: str, *, user: str, channel: str) -> list[Report]:
        """Return what runs or was asked in the past week, here or by this person; newest first."""
        since = self._clock.now() - LATELY
        return await self._database.read(lambda tx: reports.lately(tx, team, asker=user, channel=channel, since=since))

    def take_up(self, tx: Transaction, team: str, user: str) -> tuple[Outcome, ...]:
        """Ask for what this person asked before they were linked; to be called in the transaction that links them."""
        waiting = waiting_reports.of_user(tx, team, user, self._clock.now())
        waiting_reports.clear(tx, team, user)
        return tuple(self._ask(tx, _taken_up(one)) for one in waiting)

    def _ask(self, tx: Transaction, request: Request) -> Outcome:
        same = reports.by_request_key(tx, request.team, request.key)
        if same is None and request.button:
            same = reports.running_by_button(tx, request.team, request.button)
        if same is not None:
            return Repeated(same)
        # their own id stands for their direct messages until Slack has told the channel
        channel = request.channel or reports.direct_of(tx, request.team, request.user) or request.user
        request = replace(request, channel=channel)
        refusal = _refusal(tx, request.team, request.user)
        balie = _balie(tx, request)
        if isinstance(refusal, NotLinked):
            return self._keep_waiting(tx, request, refusal, balie)
        if refusal is not None:
            return refusal
        if not isinstance(balie, Balie):
            return balie
        return _double(tx, request, balie) or Started(self._write(tx, request, balie))

    def _keep_waiting(self, tx: Transaction, request: Request, refusal: NotLinked, balie: Meant) -> Outcome:
        """Keep what was asked until its asker is linked, when it is clear what that is."""
        if isinstance(balie, NoBalies):
            return refusal  # it is the link that brings the balies
        if not isinstance(balie, Balie):
            return balie
        now = self._clock.now()
        if len(waiting_reports.of_user(tx, request.team, request.user, now)) >= MOST_RUNNING:
            return refusal
        waiting_reports.add(tx, _waiting(request, balie), now + WAITS)
        return replace(refusal, waits=True)

    def _write(self, tx: Transaction, request: Request, balie: Balie) -> Report:
        now = self._clock.now()
        account = accounts.get(tx, request.team, request.user)
        report = Report(
            id=secrets.token_urlsafe(12),
            team=request.team,
            balie=balie,
            channel=request.channel,
            asked_in=request.channel,
            asker=request.user,
            account="" if account is None else account.mark,
            period=request.period,
            clipped=request.clipped,
            state=State.REQUESTED,
            face=State.REQUESTED.value,
            shown_face="",
            requested_at=now,
            private_file=request.private_file,
        )
        reports.add(tx, report, request_key=request.key)
        recipient = request.user if request.channel == request.user else None
        outbox.add(tx, request.team, Kind.ROOT, due_at=now, report=report.id, recipient=recipient)
        people.used(tx, request.team, request.user, balie.id)
        return report

    def _cancel(self, tx: Transaction, team: str, report: str, user: str, *, is_admin: bool) -> Ending:
        found = reports.get(tx, team, report)
        if found is None or not found.state.runs:
            return Over(found)
        if user != found.asker and not is_admin:
            return NotYours()
        if not end(tx, found, State.CANCELLED, self._clock.now(), actor=user):
            return Over(found)
        return Cancelled()


def _waiting(request: Request, balie: Balie) -> WaitingReport:
    return WaitingReport(
        team=request.team,
        user=request.user,
        balie=balie,
        channel=request.channel,
        period=request.period,
        clipped=request.clipped,
        anew=request.anew,
        private_file=request.private_file,
        key=request.key,
    )


def _taken_up(waiting: WaitingReport) -> Request:
    return Request(
        team=waiting.team,
        user=waiting.user,
        channel=waiting.channel,
        period=waiting.period,
        key=waiting.key,
        clipped=waiting.clipped,
        balie=waiting.balie.id,
        anew=waiting.anew,
        private_file=waiting.private_file,
    )


def unentitled(tx: Transaction, team: str, user: str) -> NotAllowed | NotLinked | None:
    """Return why UiTPAS may be asked nothing in the name of this person, None when it may."""
    standing = people.get(tx, team, user).standing
    if standing not in {None, Standing.MEMBER}:
        return NotAllowed()
    account = accounts.get(tx, team, user)
    if account is None or account.state == "ended":
        return NotLinked(ended=account is not None)
    return None


def _refusal(tx: Transaction, team: str, user: str) -> NotAllowed | NotLinked | TooMany | None:
    refusal = unentitled(tx, team, user)
    if refusal is not None:
        return refusal
    if reports.count_running(tx, team, user) >= MOST_RUNNING:
        return TooMany(MOST_RUNNING)
    return None


def _double(tx: Transaction, request: Request, balie: Balie) -> AlreadyRunning | DeliveredBefore | None:
    running = reports.running(tx, request.team, balie.id, request.period, request.channel)
    if running is not None:
        return AlreadyRunning(running)
    before = reports.delivered(tx, request.team, balie.id, request.period, request.channel)
    return None if before is None or request.anew else DeliveredBefore(before)


def _balie(tx: Transaction, request: Request) -> Meant:
    if request.balie is not None:
        return balies.by_id(tx, request.team, request.balie) or WhichBalie()
    return meant(tx, team=request.team, channel=request.channel, user=request.user, alias=request.alias)
