"""Running digests: the run is a row before anything is asked, and its message one row from the moment it begins.

A run that can't begin because Slack or UiTPAS does not answer waits, for a day at most; one that may not begin pauses
its digest. Either way its owner is told once.
"""

import secrets
from datetime import date, datetime, timedelta

import structlog

from bot.clients.uitpas import UitpasClient
from bot.clock import Clock
from bot.digests import Digest, DigestRun, Purpose, Rhythm, Standstill
from bot.errors import AdministratorError, LinkEndedError, UitpasError
from bot.models import Balie, Kind, Period, Report, State, UserToken
from bot.services.linking import Linking
from bot.services.schedules import before, closed, local_day, next_after, quiet_until
from bot.services.standstill import stand_still
from bot.services.trust import Trust, Verdict
from storage import accounts, digest_runs, digests, outbox, reports
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

LATE = timedelta(minutes=10)
"""From then on a run says that it comes late."""
TOO_LATE = timedelta(days=1)
"""A run that could not begin for so long is left out."""
PATIENCE = timedelta(hours=1)
"""How long a message waits for the last of its balies."""
AGAIN = timedelta(minutes=5)
"""When a run that could not begin is tried again."""
NOTHING = Period(date.min, date.min)
"""What UiTPAS lists when it lists no period: every other is newer."""


class NotNowError(Exception):
    """UiTPAS can't be asked now; nothing is wrong with the digest."""


class DigestRuns:
    """Opens a run when its time comes, and begins it; what Slack has to say of it is handed in."""

    def __init__(
        self,
        *,
        database: Database,
        uitpas: UitpasClient,
        linking: Linking,
        trust: Trust,
        clock: Clock,
        patience: timedelta,
    ) -> None:
        self._database = database
        self._uitpas = uitpas
        self._linking = linking
        self._trust = trust
        self._clock = clock
        self._patience = patience

    async def open(self, digest: Digest) -> None:
        """Write down that a digest whose time has come is to run, and when it does so next, in one transaction.

        Of several times that were missed only the last counts.
        """
        now = self._clock.now()
        await self._database.transact(lambda tx: _open(tx, digest, now))

    async def begin(self, run: DigestRun, obstacle: Standstill | None) -> None:
        """Ask for a report of every balie; or pause the digest because of what stands in the way."""
        obstacle = obstacle or await self._database.read(lambda tx: _unlinked(tx, run.digest))
        if obstacle is not None:
            await self.pause(run, obstacle)
            return
        if self._is_lost(run) or self._quiet_until(run) is not None:
            await self.postpone(run)
            return
        try:
            newest = await self._newest(run.digest) if run.digest.schedule.rhythm is Rhythm.LISTED else None
        except LinkEndedError:
            await self.pause(run, Standstill.LINK)
        except NotNowError:
            await self.postpone(run)
        else:
            await self._write(run, newest)

    async def postpone(self, run: DigestRun) -> None:
        """Begin a run later; not at all when it has waited for a day, and then its owner is told."""
        now, is_lost = self._clock.now(), self._is_lost(run)
        due_at = self._quiet_until(run) or now + AGAIN

        def write(tx: Transaction) -> None:
            if is_lost:
                _leave_out(tx, run, now)
            else:
                digest_runs.postpone(tx, run.id, due_at)

        await self._database.transact(write)

    async def pause(self, run: DigestRun, why: Standstill) -> None:
        """Let a digest run no more, and tell its owner once."""
        now = self._clock.now()
        log.warning("digest_paused", digest=run.digest.id, why=why)
        await self._database.transact(lambda tx: stand_still(tx, run.digest, why, now))

    def _is_lost(self, run: DigestRun) -> bool:
        return self._clock.now() - run.planned_at >= TOO_LATE

    def _quiet_until(self, run: DigestRun) -> datetime | None:
        """Return when the hours end in which it may not begin; what somebody waits for may at any hour."""
        is_planned = run.purpose is Purpose.PLANNED
        return quiet_until(run.digest.schedule, self._clock.now()) if is_planned else None

    async def _newest(self, digest: Digest) -> Period | None:
        """Return the newest period that UiTPAS lists for any of the balies.

        Raises:
            LinkEndedError: the owner's link has ended.
            NotNowError: UiTPAS does not say.
        """
        token = await self._linking.token(digest.team, digest.owner)
        if token is None:
            raise LinkEndedError("periods")
        if self._trust.is_refused:
            raise NotNowError
        found = [period for balie in digest.balies for period in await self._listed(digest, token, balie)]
        self._trust.accepted()
        return max(found, key=lambda period: period.last, default=None)

    async def _listed(self, digest: Digest, token: UserToken, balie: Balie) -> tuple[Period, ...]:
        try:
            return await self._uitpas.periods(token, balie.consumer_key)
        except LinkEndedError:
            if await self._trust.refused(digest.team, digest.owner, token) is Verdict.ENDED:
                raise
            raise NotNowError from None
        except AdministratorError as error:
            log.info("periods_denied", error=str(error))
            return ()
        except UitpasError as error:
            log.info("no_periods", error=str(error))
            raise NotNowError from None

    async def _write(self, run: DigestRun, newest: Period | None) -> None:
        now = self._clock.now()
        is_late = run.purpose is Purpose.PLANNED and now - run.planned_at >= LATE

        def write(tx: Transaction) -> None:
            digest = digests.get(tx, run.digest.team, run.digest.id)
            if digest is None or digest.is_removed:
                digest_runs.leave(tx, run.id)
                return
            period = _period(digest, run, newest)
            if period is None:
                is_ours = digest_runs.forget(tx, run.id)
            elif is_ours := digest_runs.begin(
                tx, run.id, period, before(period), balies=len(digest.balies), is_late=is_late
            ):
                self._ask(tx, run, digest, period, now)
            if is_ours and digest.schedule.rhythm is Rhythm.LISTED:  # a period nobody was told of is still new
                _note_listed(tx, digest, run.purpose, newest)

        await self._database.transact(write)

    def _ask(self, tx: Transaction, run: DigestRun, digest: Digest, period: Period, now: datetime) -> None:
        due_at = now + PATIENCE
        outbox.add(tx, digest.team, Kind.DIGEST, due_at=due_at, digest=digest.id, digest_run=run.id)
        for balie in digest.balies:
            report = _report(run, digest, balie, period, now, self._patience)
            reports.add(tx, report, request_key=f"digest:{run.id}:{balie.id}")


def _open(tx: Transaction, digest: Digest, now: datetime) -> None:
    planned_at, schedule = digest.planned_at, digest.schedule
    if planned_at is None or not digests.plan(tx, digest.id, expect=planned_at, planned_at=next_after(schedule, now)):
        return
    latest = planned_at
    while (following := next_after(schedule, latest)) <= now:
        latest = following
    due_at, day = quiet_until(schedule, now) or now, local_day(schedule, latest)
    digest_runs.add(tx, digest, Purpose.PLANNED, now=due_at, planned_at=latest, local_day=day)


def _period(digest: Digest, run: DigestRun, newest: Period | None) -> Period | None:
    """Return the period a run is of; None when UiTPAS lists no new one."""
    rhythm = digest.schedule.rhythm
    if run.purpose is Purpose.FIRST_LOOK:
        return None
    usual = closed(rhythm, local_day(digest.schedule, run.planned_at))
    if rhythm is not Rhythm.LISTED:
        return usual
    if run.purpose is Purpose.TRIAL:
        return newest or usual
    is_new = newest is not None and digest.listed is not None and newest.last > digest.listed.last
    return newest if is_new else None


def _note_listed(tx: Transaction, digest: Digest, purpose: Purpose, newest: Period | None) -> None:
    """Store the newest period seen; a list that is empty for once makes no old period new."""
    seen = newest or NOTHING
    is_first = digest.listed is None and purpose is not Purpose.TRIAL
    is_told = digest.listed is not None and purpose is Purpose.PLANNED and seen.last > digest.listed.last
    if is_first or is_told:
        digests.listed(tx, digest.id, seen)


def _leave_out(tx: Transaction, run: DigestRun, now: datetime) -> None:
    """Never begin a run; its owner is told, unless it only looks: the next look finds the same."""
    digest, purpose = run.digest, run.purpose
    is_look = purpose is Purpose.FIRST_LOOK or (purpose is Purpose.PLANNED and digest.schedule.rhythm is Rhythm.LISTED)
    if digest_runs.leave(tx, run.id) and not is_look:
        kind, owner = Kind.DIGEST_MISSED, digest.owner
        outbox.add(tx, digest.team, kind, due_at=now, digest=digest.id, digest_run=run.id, recipient=owner)
        log.warning("digest_missed", digest=digest.id)


def _unlinked(tx: Transaction, digest: Digest) -> Standstill | None:
    account = accounts.get(tx, digest.team, digest.owner)
    if account is None or account.state != "linked" or account.mark != digest.account:
        return Standstill.LINK
    return None if digest.balies else Standstill.NO_BALIES


def _report(run: DigestRun, digest: Digest, balie: Balie, period: Period, now: datetime, patience: timedelta) -> Report:
    return Report(
        id=secrets.token_urlsafe(12),
        team=digest.team,
        balie=balie,
        channel=digest.channel,
        asked_in=digest.channel,
        asker=digest.owner,
        account=digest.account,
        period=period,
        clipped=False,
        state=State.REQUESTED,
        face=State.REQUESTED.value,
        shown_face="",
        requested_at=now,
        due_at=now,
        deadline_at=now + patience,
        digest_run=run.id,
    )
