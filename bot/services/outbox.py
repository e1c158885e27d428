"""What becomes of a message or file after an attempt to send it.

| outcome                          | next                                                                 |
| -------------------------------- | -------------------------------------------------------------------- |
| sent                             | its place is stored, with what that means for the report             |
| not now                          | waits as long as Slack says                                          |
| no usable answer, or we died     | stays `sending`; after a settle time it is looked for, else sent again |
| not in this conversation         | the asker's direct message; there is no third way                    |
| our blocks refused               | once more as plain text, then given up                               |
| the file refused                 | given up: the reply says so                                          |
| the installation refused         | waits; somebody must mend it                                         |
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import (
    SlackElsewhereError,
    SlackError,
    SlackFileRefusedError,
    SlackGoneError,
    SlackInstallationError,
    SlackPayloadError,
    SlackRecipientError,
    SlackScopeError,
    SlackUncertainError,
    SlackWaitError,
)
from bot.models import Kind, Parcel, Report, Sending, State
from storage import outbox, reports
from storage.database import Database, Transaction

SETTLE = timedelta(seconds=30)
"""How long Slack may take to finish what it did not answer."""
SHARING = timedelta(minutes=2)
"""How long Slack may take to share a file after the last call of its upload; it looks for viruses first."""
MEND = timedelta(minutes=10)
AGAIN = timedelta(minutes=1)
MOST_ATTEMPTS = 5
MOST_UPLOADS = 2
"""Were Slack to share all uploads late, nobody wants five of the same file."""
PLAIN = "plain"
"""Note on a row whose blocks were refused."""


class Outbox:
    """Decides; the sending itself is done by whoever asked for a claim."""

    def __init__(self, *, database: Database, clock: Clock, patience: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._patience = patience

    async def due(self, now: datetime, limit: int) -> list[Parcel]:
        """Return what may be sent, or looked for, now."""
        return await self._database.transact(lambda tx: outbox.due(tx, now, limit))

    async def claim(self, parcel: Parcel) -> Parcel | None:
        """Store that a waiting row is being sent; return it as it is then, None when it is not ours to send."""
        now = self._clock.now()
        values = {"started_at": now, "attempts": parcel.attempts + 1, "due_at": now + SETTLE}
        if not await self._change(parcel, Sending.WAITING, state=Sending.SENDING, **values):
            return None
        return replace(parcel, state=Sending.SENDING, started_at=now, attempts=parcel.attempts + 1)

    async def report_of(self, parcel: Parcel) -> Report:
        """Return the report a row belongs to, as it is now."""
        found = await self._database.transact(lambda tx: reports.get(tx, parcel.team, parcel.report or ""))
        if found is None:
            raise LookupError(parcel.report)
        return found

    async def file_of(self, report: Report) -> Parcel | None:
        """Return the row of a report's file."""
        rows = await self._database.transact(lambda tx: outbox.of_report(tx, report.id))
        return next((row for row in rows if row.kind is Kind.FILE), None)

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

    async def edit_later(self, report: Report, seconds: float = SETTLE.total_seconds()) -> None:
        """Edit a root again in a while."""
        moment = self._clock.now() + timedelta(seconds=seconds)
        await self._database.transact(lambda tx: reports.change(tx, report.id, expect=set(State), edit_at=moment))

    async def not_shared(self, parcel: Parcel) -> None:
        """Look for an upload again in a while; one that nobody shared for long goes again from the start."""
        waited = self._clock.now() - (parcel.started_at or parcel.due_at)
        if parcel.file_id is not None and waited < SHARING:
            await self.look_later(parcel, max(2.0, waited.total_seconds() / 5))
        elif parcel.file_id is not None and parcel.attempts >= MOST_UPLOADS:
            await self.give_up(parcel, "not_confirmed")
        else:
            await self.again(parcel)

    async def sent(self, parcel: Parcel, *, channel: str, ts: str | None, face: str | None = None) -> None:
        """Store that it was sent and where, and what that means for the report; `face` is what a root shows."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            values = {"state": Sending.SENT, "channel": channel, "ts": ts}
            if outbox.change(tx, parcel.id, expect=Sending.SENDING, **values):
                self._after_sent(tx, parcel, ts, now)
                if face is not None:
                    reports.shown(tx, parcel.report or "", face)

        await self._database.transact(write)

    async def adopt(self, team: str, report: str, *, channel: str, ts: str) -> None:
        """Take a message that carries this report's button for its root, whichever we took for it before.

        Where history can't be read a root may have been posted twice; people then see which one they use.
        """
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            found = reports.get(tx, team, report)
            if found is None or found.root_ts == ts:
                return
            reports.change(tx, report, expect=set(State), root_ts=ts, shown_face="", edit_at=None)
            root = next(row for row in outbox.of_report(tx, report) if row.kind is Kind.ROOT)
            values = {"state": Sending.SENT, "channel": channel, "ts": ts}
            if outbox.change(tx, root.id, expect=Sending.SENDING, **values):
                self._after_sent(tx, root, ts, now)

        await self._database.transact(write)

    async def move(self, parcel: Parcel, report: Report, channel: str) -> None:
        """Let a root go to another conversation; if the same report runs there already, say that instead."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            other = reports.running(tx, report.team, report.balie.id, report.period, channel)
            if other is None or other.id == report.id:
                reports.change(tx, report.id, channel=channel)
                outbox.change(tx, parcel.id, expect=Sending.SENDING, state=Sending.WAITING, due_at=now)
            else:
                self._abandon(tx, parcel, "duplicate", State.CANCELLED, now)
                outbox.add(tx, report.team, Kind.DUPLICATE, due_at=now, report=report.id, recipient=report.asker)

        await self._database.transact(write)

    async def refuse(self, parcel: Parcel, report: Report) -> None:
        """Leave a report of somebody who may not ask for one, and tell them so."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            self._abandon(tx, parcel, "not_allowed", State.FAILED, now)
            outbox.add(tx, report.team, Kind.NOT_ALLOWED, due_at=now, report=report.id, recipient=report.asker)

        await self._database.transact(write)

    async def redirect(self, parcel: Parcel, recipient: str) -> None:
        """Let a message go to a person's direct message instead."""
        values = {"state": Sending.WAITING, "recipient": recipient, "due_at": self._clock.now(), "thread_ts": None}
        await self._change(parcel, Sending.SENDING, **values)

    async def give_up(self, parcel: Parcel, note: str) -> None:
        """Leave a row unsaid for good; a report whose root or reply can't be said ends with it."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            if parcel.kind is Kind.ROOT:
                self._abandon(tx, parcel, "unreachable", State.FAILED, now)
            else:
                outbox.change(tx, parcel.id, expect=Sending.SENDING, state=Sending.GAVE_UP, note=note)
            if parcel.kind is Kind.REPLY:
                self._delivered(tx, parcel, now)

        await self._database.transact(write)

    async def wait_for_uitpas(self, parcel: Parcel, report: Report, retry_after: float | None) -> None:
        """Fetch the file again in a while, unless all patience with UiTPAS is spent."""
        if report.deadline_at is not None and self._clock.now() >= report.deadline_at:
            await self.give_up(parcel, "no_answer")
        else:
            await self.wait(parcel, max(AGAIN.total_seconds(), retry_after or 0))

    async def wait(self, parcel: Parcel, seconds: float) -> None:
        """Send it later; nothing came of this attempt."""
        await self._wait(parcel, self._clock.now() + timedelta(seconds=seconds))

    async def failed(self, parcel: Parcel, error: SlackError) -> None:
        """Decide what a failed attempt leads to, where no other conversation can help."""
        now = self._clock.now()
        match error:
            case SlackUncertainError():
                return
            case SlackWaitError():
                await self._wait(parcel, now + timedelta(seconds=error.retry_after))
            case SlackInstallationError() | SlackScopeError():
                await self._wait(parcel, now + MEND)
            case SlackPayloadError() if parcel.note != PLAIN:
                await self._change(parcel, Sending.SENDING, state=Sending.WAITING, due_at=now, note=PLAIN)
            case (
                SlackPayloadError()
                | SlackElsewhereError()
                | SlackRecipientError()
                | SlackFileRefusedError()
                | SlackGoneError()
            ):
                await self.give_up(parcel, error.code)
            case _ if parcel.attempts >= MOST_ATTEMPTS:
                await self.give_up(parcel, error.code)
            case _:
                await self._wait(parcel, now + AGAIN)

    def _after_sent(self, tx: Transaction, parcel: Parcel, ts: str | None, now: datetime) -> None:
        if parcel.kind is Kind.REPLY:
            self._delivered(tx, parcel, now)
        if parcel.kind is not Kind.ROOT or parcel.report is None:
            return
        reports.change(tx, parcel.report, expect=set(State), root_ts=ts)
        reports.change(tx, parcel.report, expect={State.REQUESTED}, due_at=now, deadline_at=now + self._patience)

    def _delivered(self, tx: Transaction, parcel: Parcel, now: datetime) -> None:
        done = State.DELIVERED
        reports.change(tx, parcel.report or "", expect={State.READY}, state=done, face=done.value, ended_at=now)

    def _abandon(self, tx: Transaction, parcel: Parcel, reason: str, state: State, now: datetime) -> None:
        outbox.change(tx, parcel.id, expect=Sending.SENDING, state=Sending.GAVE_UP, note=reason)
        reports.change(tx, parcel.report or "", state=state, face=state.value, reason=reason, ended_at=now, due_at=None)

    async def _wait(self, parcel: Parcel, due_at: datetime) -> None:
        await self._change(parcel, Sending.SENDING, state=Sending.WAITING, due_at=due_at)

    async def _change(self, parcel: Parcel, expect: Sending, **values: object) -> bool:
        return await self._database.transact(lambda tx: outbox.change(tx, parcel.id, expect=expect, **values))
