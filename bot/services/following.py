"""What a report needs next of UiTPAS: to be asked for, to be asked after, to be fetched and read.

Each step stores what it is about to do before it does it, and what came of it before the next. A step finds the report
changed under it (cancelled, say) because every change names the states it expects.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

import structlog

from bot.clients.uitpas import UitpasClient
from bot.clients.workbook import Workbooks
from bot.clock import Clock
from bot.errors import (
    LinkEndedError,
    NothingRegisteredError,
    SheetsError,
    UitpasError,
    UnavailableError,
)
from bot.models import Progress, Report, State, UserToken
from bot.services.endings import end
from bot.services.linking import Linking
from bot.services.pausing import start_deadline, stop_deadline
from bot.services.roots import reply
from bot.services.trust import Trust, Verdict
from bot.summary import Summary
from storage import reports
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

REPEAT = timedelta(seconds=60)
"""After a request whose outcome is unknown it is made once more, so much later."""
ATTEMPTS = 2
SLOW = timedelta(minutes=10)
"""From this age on the root says that it takes longer than usual."""
SILENT = 3
"""After so many failed calls in a row the root says that UiTPAS does not answer."""
SHEET_ATTEMPTS = 1
"""Sheets that took the reader with them are not read again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often UiTPAS is asked: seconds until the first question, the longest gap, and the end of all patience."""

    first: float
    longest: float
    deadline: float


def next_gap(age: float, pace: Pace) -> float:
    """Return how many seconds to wait before asking again, for a report that is `age` seconds old.

    A tenth of the age, so that an end is noticed late by at most that or the first gap; never longer than the longest.
    """
    return min(max(pace.first, age / 10), pace.longest)


class Following:
    """Takes one step of one report at a time."""

    def __init__(
        self,
        *,
        database: Database,
        uitpas: UitpasClient,
        workbooks: Workbooks,
        linking: Linking,
        trust: Trust,
        clock: Clock,
        pace: Pace,
    ) -> None:
        self._database = database
        self._uitpas = uitpas
        self._workbooks = workbooks
        self._linking = linking
        self._trust = trust
        self._clock = clock
        self._pace = pace

    async def advance(self, report: Report) -> None:
        """Take the next step of a report, whatever comes of it; none while UiTPAS refuses everybody."""
        if self._trust.is_refused:
            await self._stand_by(report)
            return
        report = await self._going_on(report)
        now = self._clock.now()
        if report.deadline_at is not None and now >= report.deadline_at:
            await self._end(report, State.EXPIRED)
            return
        token = await self._linking.token_for(report)
        if token is None:
            await self._linking.pause(report)
            return
        try:
            await self._step(report, token)
        except LinkEndedError:
            await self._change(report, attempts=report.attempts)  # it was refused, so it was not acted upon
            if not await self._is_ended(report, token):
                await self._stand_by(report)
        except NothingRegisteredError:
            await self._end(report, State.EMPTY)
        except UnavailableError as error:
            log.info("uitpas_does_not_answer", report=report.id, error=str(error), trouble=report.trouble + 1)
            await self._wait(report, error.retry_after)
        except UitpasError as error:
            log.warning("uitpas_refused", report=report.id, kind=type(error).__name__, error=str(error))
            await self._end(report, State.FAILED, reason=error.code or "unexpected")

    async def postpone(self, report: Report) -> None:
        """Look at a report again in a while: a step of it broke off where nobody expected it."""
        await self._wait(report, REPEAT.total_seconds())

    async def fetch(self, report: Report) -> BinaryIO:
        """Return the zip of a report that is ready.

        Raises:
            LinkEndedError: the report is on hold now, or its deadline stands still as UiTPAS refuses everybody.
            UitpasError, SheetsError: it can't be had.
        """
        if self._trust.is_refused:
            await self._stop(report)
            raise LinkEndedError("download")
        report = await self._going_on(report)
        token = await self._linking.token_for(report)
        if token is None:
            await self._linking.pause(report)
            raise LinkEndedError("download")
        try:
            return await self._download(report, token)
        except LinkEndedError:
            if not await self._is_ended(report, token):
                await self._stop(report)
            raise

    async def _is_ended(self, report: Report, token: UserToken) -> bool:
        """Tell whether a refusal concerns this account alone; then the report is on hold now."""
        verdict = await self._trust.refused(report.team, report.asker, token)
        if verdict is Verdict.ENDED:
            await self._linking.pause(report)
        return verdict is Verdict.ENDED

    async def _stand_by(self, report: Report) -> None:
        """Look again in a while; until then nothing shows and no deadline comes nearer."""
        await self._stop(report, due_at=self._later(report))

    async def _stop(self, report: Report, **values: object) -> None:
        now = self._clock.now()
        await self._database.transact(lambda tx: stop_deadline(tx, report, now, **values))

    async def _going_on(self, report: Report) -> Report:
        if report.paused_at is None:
            return report
        now = self._clock.now()
        return await self._database.transact(lambda tx: start_deadline(tx, report, now))

    async def _download(self, report: Report, token: UserToken) -> BinaryIO:
        return await self._uitpas.download(token, report.balie.consumer_key, report.uitpas_id or "")

    async def _step(self, report: Report, token: UserToken) -> None:
        if report.state is State.REQUESTED:
            await self._submit(report, token)
        elif report.state is State.SUBMITTED:
            await self._look(report, token)
        else:
            await self._collect(report, token)

    async def _submit(self, report: Report, token: UserToken) -> None:
        now = self._clock.now()
        if report.attempts >= ATTEMPTS:
            await self._end(report, State.FAILED, reason="no_answer")
            return
        if not await self._change(report, attempts=report.attempts + 1, due_at=now + REPEAT):
            return
        try:
            number = await self._uitpas.start_report(token, report.balie.consumer_key, report.period)
        except UnavailableError as error:
            if error.reached:
                await self._change(report, face=self._face(report, report.trouble + 1), trouble=report.trouble + 1)
                return
            await self._change(report, attempts=report.attempts)
            raise
        await self._change(
            report,
            uitpas_id=number,
            state=State.SUBMITTED,
            submitted_at=self._clock.now(),
            trouble=0,
            face=State.SUBMITTED.value,
            due_at=self._clock.now() + timedelta(seconds=self._pace.first),
        )

    async def _look(self, report: Report, token: UserToken) -> None:
        progress = await self._uitpas.progress(token, report.balie.consumer_key, report.uitpas_id or "")
        if progress is Progress.READY:
            # a root goes from "being made" to "done"; what a digest asked for may wait for others in between
            face = report.face if report.digest_run is None else State.READY.value
            await self._change(report, state=State.READY, trouble=0, face=face, due_at=self._clock.now())
        else:
            await self._change(report, trouble=0, face=self._face(report, 0), due_at=self._later(report))

    async def _collect(self, report: Report, token: UserToken) -> None:
        if report.sheet_attempts >= SHEET_ATTEMPTS:
            await self._collected(report, None, "reader_died", deliverable=True)
            return
        try:
            content = await self._download(report, token)
        except SheetsError as error:
            await self._collected(report, None, error.reason, deliverable=error.deliverable)
            return
        with content:
            await self._change(report, sheet_attempts=report.sheet_attempts + 1)
            try:
                summary = await self._workbooks.summarise(content)
            except SheetsError as error:
                await self._collected(report, None, error.reason, deliverable=error.deliverable)
            else:
                await self._collected(report, summary, None, deliverable=True)

    async def _collected(
        self, report: Report, summary: Summary | None, problem: str | None, *, deliverable: bool
    ) -> None:
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            values = {"summary": summary, "sheets_problem": problem, "due_at": None}
            if not reports.change(tx, report.id, expect={State.READY}, **values):
                return
            reply(tx, report, now, has_file=deliverable)

        await self._database.transact(write)

    async def _wait(self, report: Report, retry_after: float | None) -> None:
        trouble = report.trouble + 1
        due = self._later(report)
        if retry_after is not None:
            due = max(due, self._clock.now() + timedelta(seconds=min(retry_after, self._pace.deadline)))
        await self._change(report, trouble=trouble, face=self._face(report, trouble), due_at=due)

    async def _end(self, report: Report, state: State, *, reason: str | None = None) -> None:
        now = self._clock.now()
        await self._database.transact(lambda tx: end(tx, report, state, now, reason=reason))

    async def _change(self, report: Report, **values: object) -> bool:
        return await self._database.transact(lambda tx: reports.change(tx, report.id, expect={report.state}, **values))

    def _later(self, report: Report) -> datetime:
        now = self._clock.now()
        gap = next_gap((now - report.requested_at).total_seconds(), self._pace)
        return now + timedelta(seconds=gap * random.uniform(0.9, 1.0))  # noqa: S311 - jitter, not a secret

    def _face(self, report: Report, trouble: int) -> str:
        if trouble >= SILENT:
            return "silent"
        if self._clock.now() - report.requested_at >= SLOW:
            return "slow"
        return report.state.value
