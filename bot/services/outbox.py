"""What becomes of a message or file: claimed, sent, looked for, moved, left.

What a failure leads to is decided in `bot.services.troubles`, and written down here.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.digests import DigestRun, Standstill
from bot.errors import SlackError
from bot.models import Kind, Parcel, Report, Sending, State
from bot.services.roots import announced, answered, told, unsaid, untold
from bot.services.standstill import stand_still
from bot.services.troubles import (
    AGAIN,
    MOST_ATTEMPTS,
    PLAIN,
    SETTLE,
    WITHOUT_CHART,
    Direct,
    Leave,
    LookLater,
    Plain,
    Simpler,
    Subject,
    Wait,
    after_editing,
    after_looking,
    after_sending,
)
from storage import digest_runs, outbox, reports
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

SHARING = timedelta(minutes=2)
"""How long Slack may take to share a file after the last call of its upload; it looks for viruses first."""
MOST_UPLOADS = 2
"""Were Slack to share all uploads late, nobody wants five of the same file."""


class Outbox:
    """Decides; the sending itself is done by whoever asked for a claim."""

    def __init__(self, *, database: Database, clock: Clock, patience: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._patience = patience

    async def claim(self, parcel: Parcel) -> Parcel | None:
        """Store that a waiting row is being sent; return it as it is then, None when it is not ours to send."""
        now = self._clock.now()
        values = {"started_at": now, "attempts": parcel.attempts + 1, "due_at": now + SETTLE}
        if not await self._change(parcel, Sending.WAITING, state=Sending.SENDING, **values):
            return None
        return replace(parcel, state=Sending.SENDING, started_at=now, attempts=parcel.attempts + 1)

    async def report_of(self, parcel: Parcel) -> Report | None:
        """Return the report a row belongs to, as it is now; None when it is of one person alone."""
        number = parcel.report
        if number is None:
            return None
        found = await self._database.read(lambda tx: reports.get(tx, parcel.team, number))
        if found is None:
            raise LookupError(number)
        return found

    async def run_of(self, parcel: Parcel) -> DigestRun | None:
        """Return the run of a digest that a row tells of, as it is now."""
        number = parcel.digest_run
        return (
            None if number is None else await self._database.read(lambda tx: digest_runs.get(tx, parcel.team, number))
        )

    async def file_of(self, report: Report) -> Parcel | None:
        """Return the row of a report's file."""
        rows = await self._database.read(lambda tx: outbox.of_report(tx, report.id))
        return next((row for row in rows if row.kind is Kind.FILE), None)

    async def why_moved(self, report: Report) -> str:
        """Return the code for which a report lives elsewhere than where it was asked; empty when it does not."""
        if report.channel == report.asked_in:
            return ""
        rows = await self._database.read(lambda tx: outbox.of_report(tx, report.id))
        return next((row.note or "" for row in rows if row.kind is Kind.ROOT), "")

    async def placed(self, parcel: Parcel, *, file_id: str, channel: str, thread_ts: str | None, note: str) -> None:
        """Store which upload carries a file and where it is about to be shared."""
        values = {"file_id": file_id, "channel": channel, "thread_ts": thread_ts, "note": note}
        await self._change(parcel, Sending.SENDING, **values)

    async def again(self, parcel: Parcel) -> None:
        """Send a row again from the start: it was looked for and is not there."""
        if parcel.attempts >= MOST_ATTEMPTS and parcel.kind is Kind.FILE:
            await self.give_up(parcel, "not_confirmed")
        else:
            await self._wait(parcel, self._clock.now())

    async def look_later(self, parcel: Parcel, seconds: float = SETTLE.total_seconds()) -> None:
        """Find out later what became of a row that is being sent."""
        due_at = self._clock.now() + timedelta(seconds=seconds)
        await self._change(parcel, Sending.SENDING, due_at=due_at)

    async def edited(self, report: Report) -> None:
        """Store that a root shows the report's face."""
        await self._database.transact(lambda tx: reports.shown(tx, report.id, report.face))

    async def not_shared(self, parcel: Parcel) -> None:
        """Look for an upload again in a while; one that nobody shared for long goes again from the start."""
        waited = self._clock.now() - (parcel.started_at or parcel.due_at)
        if parcel.file_id is not None and waited < SHARING:
            await self.look_later(parcel, max(2.0, waited.total_seconds() / 5))
        elif parcel.file_id is not None and parcel.attempts >= MOST_UPLOADS:
            await self.give_up(parcel, "not_confirmed")
        else:
            await self.again(parcel)

    async def sent(
        self, parcel: Parcel, *, channel: str, ts: str | None, face: str | None = None, balies: int = 0
    ) -> None:
        """Store that it was sent and where, and what that means.

        `face` is what a root shows, `balies` of how many the message of a digest tells; less is made good by an edit.
        """
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            values = {"state": Sending.SENT, "channel": channel, "ts": ts}
            if outbox.change(tx, parcel.id, expect=Sending.SENDING, **values):
                if parcel.kind is Kind.REPLY:
                    answered(tx, parcel, now)
                if parcel.kind is Kind.ROOT:
                    announced(tx, parcel, ts, now, self._patience)
                if parcel.kind is Kind.DIGEST:
                    told(tx, parcel, channel=channel, ts=ts or "", balies=balies)
                if face is not None:
                    reports.shown(tx, parcel.report or "", face)

        await self._database.transact(write)

    async def moved(self, parcel: Parcel, report: Report, channel: str) -> Report | None:
        """Let a report that is about to be announced live in another conversation; return it as it is then.

        None when the same report runs there already: that is said instead.
        """
        now = self._clock.now()
        asked_in = channel if report.asked_in == report.asker else report.asked_in

        def write(tx: Transaction) -> bool:
            other = reports.running(tx, report.team, report.balie.id, report.period, channel)
            if other is None or other.id == report.id:
                reports.change(tx, report.id, channel=channel, asked_in=asked_in)
                return True
            self._abandon(tx, parcel, "duplicate", State.CANCELLED, now)
            outbox.add(tx, report.team, Kind.DUPLICATE, due_at=now, report=report.id, recipient=report.asker)
            return False

        is_free = await self._database.transact(write)
        return replace(report, channel=channel, asked_in=asked_in) if is_free else None

    async def refuse(self, parcel: Parcel, report: Report) -> None:
        """Leave a report of somebody who may not ask for one, and tell them so."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            self._abandon(tx, parcel, "not_allowed", State.FAILED, now)
            outbox.add(tx, report.team, Kind.NOT_ALLOWED, due_at=now, report=report.id, recipient=report.asker)

        await self._database.transact(write)

    async def give_up(self, parcel: Parcel, note: str) -> None:
        """Leave a row unsaid for good; a report whose root or reply can't be said ends with it."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            if parcel.kind is Kind.ROOT:
                self._abandon(tx, parcel, "unreachable", State.FAILED, now)
            else:
                outbox.change(tx, parcel.id, expect=Sending.SENDING, state=Sending.GAVE_UP, note=note)
            if parcel.kind is Kind.REPLY:
                unsaid(tx, parcel, now)
            if parcel.kind is Kind.DIGEST:
                untold(tx, parcel)

        log.warning("given_up", kind=parcel.kind, code=note)
        await self._database.transact(write)

    async def leave(self, parcel: Parcel) -> None:
        """Leave a row unsaid because it is no longer so; nobody misses it."""
        await self._change(parcel, Sending.SENDING, state=Sending.GAVE_UP, note="over")

    async def wait_for_uitpas(self, parcel: Parcel, report: Report, retry_after: float | None) -> None:
        """Fetch the file again in a while, unless all patience with UiTPAS is spent."""
        if report.deadline_at is not None and self._clock.now() >= report.deadline_at:
            await self.give_up(parcel, "no_answer")
        else:
            await self.wait(parcel, max(AGAIN, retry_after or 0))

    async def wait(self, parcel: Parcel, seconds: float) -> None:
        """Send it later; nothing came of this attempt, so it is none."""
        due_at = self._clock.now() + timedelta(seconds=seconds)
        await self._wait(parcel, due_at, attempts=parcel.attempts - 1)

    async def failed(self, parcel: Parcel, subject: Subject, error: SlackError) -> None:
        """Write down what a failed attempt to send leads to."""
        now = self._clock.now()
        match after_sending(parcel, subject, error):
            case LookLater(seconds):
                await self.look_later(parcel, seconds)
            case Wait(seconds, counts):
                attempts = parcel.attempts if counts else parcel.attempts - 1
                await self._wait(parcel, now + timedelta(seconds=seconds), attempts=attempts)
            case Direct(code) if subject is not None:
                await self._direct(parcel, subject, code)
            case Simpler():
                await self._wait(parcel, now, note=WITHOUT_CHART)
            case Plain():
                await self._wait(parcel, now, note=PLAIN)
            case Leave(code):
                await self.give_up(parcel, code)

    async def not_found_out(self, parcel: Parcel, error: SlackError) -> None:
        """Write down what a failed search for a row leads to."""
        match after_looking(parcel, error, self._clock.now()):
            case LookLater(seconds):
                await self.look_later(parcel, seconds)
            case Wait():
                await self.again(parcel)
            case Leave(code):
                await self.give_up(parcel, code)

    async def not_edited(self, report: Report, error: SlackError, *, is_plain: bool) -> bool:
        """Write down what a failed edit of a root leads to; return whether it is to be made in plain text now."""
        match after_editing(error, is_plain=is_plain):
            case Plain():
                return True
            case Wait(seconds):
                moment = self._clock.now() + timedelta(seconds=seconds)
                await self._database.transact(
                    lambda tx: reports.change(tx, report.id, expect=set(State), edit_at=moment)
                )
            case Leave():
                await self.edited(report)
        return False

    async def _direct(self, parcel: Parcel, subject: Report | DigestRun, code: str) -> None:
        """Let a row go to a person's direct messages; a digest whose channel takes no message is paused with that."""
        now = self._clock.now()
        # nothing was said there, so nothing need be waited for: it is another conversation
        moved = {"recipient": subject.asker, "thread_ts": None, "started_at": None}
        note = parcel.note if parcel.kind in {Kind.REPLY, Kind.DIGEST} else code

        def write(tx: Transaction) -> None:
            waiting = {"state": Sending.WAITING, "due_at": now, "note": note}
            outbox.change(tx, parcel.id, expect=Sending.SENDING, **waiting, **moved)
            if isinstance(subject, DigestRun):
                why = Standstill.ARCHIVED if code == "is_archived" else Standstill.NOT_THERE
                stand_still(tx, subject.digest, why, now)

        await self._database.transact(write)

    def _abandon(self, tx: Transaction, parcel: Parcel, reason: str, state: State, now: datetime) -> None:
        outbox.change(tx, parcel.id, expect=Sending.SENDING, state=Sending.GAVE_UP, note=reason)
        reports.change(tx, parcel.report or "", state=state, face=state.value, reason=reason, ended_at=now, due_at=None)

    async def _wait(self, parcel: Parcel, due_at: datetime, **values: object) -> None:
        await self._change(parcel, Sending.SENDING, state=Sending.WAITING, due_at=due_at, **values)

    async def _change(self, parcel: Parcel, expect: Sending, **values: object) -> bool:
        return await self._database.transact(lambda tx: outbox.change(tx, parcel.id, expect=expect, **values))
