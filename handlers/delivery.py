"""The outbox's loop: claim a row, render what happened, hand it to Slack, store what came of it.

The order for every message: `sending` is stored, Slack is called, the outcome is stored. A kill between the first two
or the last two leaves `sending`; such a row is looked for by its key once Slack has had time to settle.
"""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.clients.slack import SlackClient
from bot.errors import SlackError, SlackInstallationError, SlackScopeError, SlackUncertainError, SlackWaitError
from bot.models import Kind, Language, Message, Parcel, Report, Sending, Standing
from bot.services.held_reports import HeldReports, Situation
from bot.services.outbox import Outbox
from bot.services.people import People
from bot.services.troubles import PLAIN, SETTLE, WITHOUT_CHART
from handlers.digest_delivery import DigestDelivery
from handlers.files import Files
from handlers.render import notices
from handlers.render.report import root
from handlers.render.report_reply import reply

log = structlog.get_logger(__name__)


class Delivery:
    """Sends one row of the outbox, or edits one root, at a time."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        slack: SlackClient,
        people: People,
        files: Files,
        held: HeldReports,
        digests: DigestDelivery,
        language: Language,
        zone: ZoneInfo,
    ) -> None:
        self._outbox = outbox
        self._slack = slack
        self._people = people
        self._files = files
        self._held = held
        self._digests = digests
        self._language = language
        self._zone = zone

    async def deliver(self, parcel: Parcel) -> None:
        """Send a waiting row, or find out what became of one that was being sent."""
        report = await self._outbox.report_of(parcel)
        if parcel.state is Sending.SENDING:
            await self._look_for(parcel, report)
            return
        claimed = await self._outbox.claim(parcel)
        if claimed is None:
            return
        try:
            await self._send(claimed, report)
        except SlackError as error:
            _log("not_sent", error, kind=parcel.kind, attempt=claimed.attempts)
            await self._outbox.failed(claimed, report or await self._outbox.run_of(claimed), error)

    async def edit(self, report: Report) -> None:
        """Bring a root up to date; an edit of unknown outcome is made again."""
        language = await self._language_in(report.channel, report)
        await self._edit(report, root(report, language, await self._outbox.why_moved(report)), is_plain=False)

    async def _edit(self, report: Report, shown: Message, *, is_plain: bool) -> None:
        try:
            await self._slack.edit(report.channel, report.root_ts or "", shown)
        except SlackError as error:
            _log("not_edited", error)
            if await self._outbox.not_edited(report, error, is_plain=is_plain):
                await self._edit(report, Message(shown.text), is_plain=True)
        else:
            await self._outbox.edited(report)

    async def _look_for(self, parcel: Parcel, report: Report | None) -> None:
        try:
            if parcel.kind is Kind.FILE:
                await self._files.recover(parcel)
            else:
                await self._recover(parcel, report)
        except SlackError as error:
            _log("not_looked_for", error, kind=parcel.kind)
            await self._outbox.not_found_out(parcel, error)

    async def _recover(self, parcel: Parcel, report: Report | None) -> None:
        since = parcel.started_at or parcel.due_at
        channel, thread_ts = await self._place(parcel, report)
        ts = await self._slack.find(channel, parcel.key, since=since, thread_ts=thread_ts)
        if ts is None:
            await self._outbox.again(parcel)
        else:
            await self._outbox.sent(parcel, channel=channel, ts=ts)

    async def _send(self, parcel: Parcel, report: Report | None) -> None:
        match parcel.kind, report:
            case Kind.ROOT, Report():
                await self._send_root(parcel, report)
            case Kind.FILE, Report():
                await self._files.send(parcel, report)
            case Kind.REPLY, Report():
                await self._send_reply(parcel, report)
            case Kind.DIGEST, _:
                await self._send_digest(parcel)
            case _:
                await self._send_notice(parcel, report)

    async def _send_notice(self, parcel: Parcel, report: Report | None) -> None:
        run = await self._outbox.run_of(parcel)
        told = parcel.digest is not None
        message = await (self._digests.notice(parcel, run) if told else self._notice(parcel, report))
        if message is None:
            await self._outbox.leave(parcel)
            return
        channel, _ = await self._place(parcel, report)
        await self._post(parcel, channel, None, message)

    async def _notice(self, parcel: Parcel, report: Report | None) -> Message | None:
        """Return what a row says to one person; None when it is no longer so."""
        user = parcel.recipient or ""
        language = self._people.language((await self._people.remembered(parcel.team, user)).locale)
        match parcel.kind:
            case Kind.LINKED | Kind.LINK_ENDED:
                return self._of_link(parcel.kind, await self._held.situation(parcel.team, user), language)
            case Kind.LINK_BROKEN:
                return notices.link_broken(language)
            case Kind.LINK_CLAIMED:
                return notices.link_claimed(language)
            case Kind.DUPLICATE if report is not None:
                return notices.duplicate(report, language)
            case _:
                return notices.not_allowed(language)

    def _of_link(self, kind: Kind, now: Situation, language: Language) -> Message | None:
        if kind is Kind.LINKED and now.linked_at is not None:
            return notices.linked(now.linked_at, now.held, self._zone, language)
        if kind is Kind.LINK_ENDED and now.has_ended:
            return notices.link_ended(now.held, now.digests, language)
        return None

    async def _send_root(self, parcel: Parcel, report: Report) -> None:
        if await self._people.standing(report.team, report.asker) is not Standing.MEMBER:
            await self._outbox.refuse(parcel, report)
            return
        channel, _ = await self._place(parcel, report)
        if channel != report.channel:
            moved = await self._outbox.moved(parcel, report, channel)
            if moved is None:
                return
            report = moved
        message = root(report, await self._language_in(channel, report), await self._outbox.why_moved(report))
        await self._post(parcel, channel, None, message, face=report.face)

    async def _send_digest(self, parcel: Parcel) -> None:
        run = await self._outbox.run_of(parcel)
        if run is None:
            raise LookupError(parcel.digest_run)
        channel, _ = await self._place(parcel, None)
        message, balies = await self._digests.message(parcel, replace(run, channel=channel))
        await self._post(parcel, channel, None, message, balies=balies)

    async def _send_reply(self, parcel: Parcel, report: Report) -> None:
        channel, thread_ts = await self._place(parcel, report)
        file = await self._outbox.file_of(report)
        language = await self._language_in(channel, report)
        message = reply(report, file, language, charted=parcel.note != WITHOUT_CHART)
        await self._post(parcel, channel, thread_ts, message)

    async def _post(self, parcel: Parcel, channel: str, thread_ts: str | None, message: Message, **shown: Any) -> None:
        said = Message(message.text) if parcel.note == PLAIN else message
        where, ts = await self._slack.post(channel, said, key=parcel.key, thread_ts=thread_ts)
        await self._outbox.sent(parcel, channel=where, ts=ts, **shown)

    async def _place(self, parcel: Parcel, report: Report | None) -> tuple[str, str | None]:
        if parcel.recipient is None and report is not None:
            return report.channel, report.root_ts if parcel.kind is Kind.REPLY else None
        if parcel.recipient is None:
            return await self._digests.channel_of(parcel), None
        try:
            return await self._slack.open_dm(parcel.recipient or ""), None
        except SlackUncertainError as error:  # whatever came of it, nothing was said
            raise SlackWaitError(error.method, error.code, SETTLE.total_seconds()) from None

    async def _language_in(self, channel: str, report: Report) -> Language:
        chosen = await self._digests.language_of(report)
        if chosen is not None:
            return chosen
        if not channel.startswith("D"):
            return self._language
        known = await self._people.remembered(report.team, report.asker)
        return self._people.language(known.locale)


def _log(event: str, error: SlackError, **facts: object) -> None:
    """Tell the log; loudly what somebody must mend before anything goes on."""
    is_grave = isinstance(error, SlackInstallationError | SlackScopeError)
    (log.error if is_grave else log.warning)(event, error=str(error), **facts)
