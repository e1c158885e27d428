"""What the clock calls. Due work is a row; a timer only wakes, and whoever holds the lease works.

Each piece of work runs as a task of its own, at most one for a report and one for a row, so that a slow answer holds up
nobody else; and UiTPAS hanging never holds up what goes to Slack. What ends links and what draws Homes have hands of
their own, and few: where something concerns everybody, nobody need be served at once.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.models import Report
from bot.services.following import Following
from bot.services.link_endings import LinkEndings
from bot.services.speaker import Due, Speaker
from bot.services.trust import Trust
from bot.services.unlinking import Unlinking
from handlers.crew import Crew
from handlers.delivery import Delivery
from handlers.digest_delivery import DigestDelivery
from handlers.digest_runner import DigestRunner
from handlers.home import HomePainter
from handlers.temporary_files import FileSender

MOST_AT_ONCE = 24
"""Requests in flight to UiTPAS, and as many to Slack."""
ENDINGS_AT_ONCE = 4
"""Links that are being ended, and people who are being asked after."""
HOMES_AT_ONCE = 4
"""Homes that are being drawn: a change of the balies makes everybody's stale."""
AT_LEAST = timedelta(seconds=1)
"""Rows that are due but already in flight must not make us wake without end."""
AT_MOST = timedelta(seconds=5)
"""Wake at least so often, to renew the lease well before its end."""


class Timers:
    """Finds what is due and sets it going."""

    def __init__(
        self,
        *,
        following: Following,
        delivery: Delivery,
        file_sender: FileSender,
        link_endings: LinkEndings,
        unlinking: Unlinking,
        home_painter: HomePainter,
        digest_runner: DigestRunner,
        digest_delivery: DigestDelivery,
        speaker: Speaker,
        trust: Trust,
    ) -> None:
        self._following = following
        self._delivery = delivery
        self._file_sender = file_sender
        self._link_endings = link_endings
        self._unlinking = unlinking
        self._home_painter = home_painter
        self._digest_runner = digest_runner
        self._digest_delivery = digest_delivery
        self._speaker = speaker
        self._trust = trust
        self._wake: Callable[[], None] = lambda: None
        self._senders = Crew(most=MOST_AT_ONCE, done=self._on_done)
        self._followers = Crew(most=MOST_AT_ONCE, done=self._on_done)
        self._enders = Crew(most=ENDINGS_AT_ONCE, done=self._on_done)
        self._painters = Crew(most=HOMES_AT_ONCE, done=self._on_done)

    def call_when_done(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever a piece of work is done, as it may have made other work due."""
        self._wake = wake

    async def run_due(self, now: datetime) -> datetime:
        """Start whatever is due at this moment; return when to look again."""
        if self._trust.is_due(now):
            self._followers.start("trust", self._trust.look_again)
        due = await self._speaker.look(now, MOST_AT_ONCE)
        if due is None:
            return now + AT_LEAST
        self._start(due)
        moment = due.next_moment or now + AT_MOST
        return now + AT_LEAST if moment <= now else min(moment, now + AT_MOST)

    def _start(self, due: Due) -> None:
        for parcel in due.parcels:
            self._senders.start(f"outbox {parcel.id}", partial(self._delivery.deliver, parcel))
        for report in due.edits:
            self._senders.start(f"edit {report.id}", partial(self._delivery.edit, report))
        for report in due.steps:
            self._followers.start(f"report {report.id}", partial(self._advance, report))
        for file in due.files:
            self._senders.start(f"file {file.file_id}", partial(self._file_sender.delete, file))
        for link in due.links:
            self._enders.start(f"link {link.id}", partial(self._link_endings.finish, link))
        for account in due.accounts:
            self._enders.start(f"account {account.user}", partial(self._unlinking.sweep, account))
        for home in due.homes:
            self._painters.start(f"home {home.user}", partial(self._home_painter.draw, home))
        self._start_digests(due)

    def _start_digests(self, due: Due) -> None:
        for digest in due.digests:
            self._followers.start(f"digest {digest.id}", partial(self._digest_runner.open, digest))
        for run in due.runs:
            self._followers.start(f"run {run.id}", partial(self._digest_runner.begin, run))
        for run in due.run_edits:
            self._senders.start(f"edit run {run.id}", partial(self._digest_delivery.edit, run))

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in flight."""
        return all(crew.is_idle for crew in self._crews)

    async def settled(self) -> None:
        """Return when nothing is in flight."""
        for crew in self._crews:
            await crew.settled()

    async def aclose(self, grace: float) -> None:
        """Let what is in flight finish for so many seconds, then break it off; every step can be taken up again."""
        await asyncio.gather(*(crew.aclose(grace) for crew in self._crews))
        await self._speaker.release()

    @property
    def _crews(self) -> tuple[Crew, ...]:
        return self._senders, self._followers, self._enders, self._painters

    async def _advance(self, report: Report) -> None:
        try:
            await self._following.advance(report)
        except Exception:
            await self._following.postpone(report)
            raise

    def _on_done(self) -> None:
        self._wake()
