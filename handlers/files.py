"""The zip of a report on its way into Slack: where it may go, the three upload calls, and whether it arrived.

slack_sdk's `files_upload_v2` hides the file's id until all three calls are done; a kill in between could then not be
told from a file that never left. So the id is stored before the bytes go, and sharing is confirmed before it counts.
"""

from typing import BinaryIO

import structlog

from bot.clients.slack import SlackClient
from bot.errors import (
    LinkEndedError,
    SheetsError,
    SlackError,
    SlackScopeError,
    UitpasError,
    UnavailableError,
)
from bot.models import Audience, Parcel, Report
from bot.services.following import Following
from bot.services.outbox import Outbox
from bot.services.people import People
from handlers.render.report_file import comment, filename

log = structlog.get_logger(__name__)
THREAD = "thread"
UNTIL_ACCEPTED = 60.0
"""Seconds until a zip that UiTPAS refused to give is asked for again; linking again does not wait for them."""
LOOK_AGAIN = 2.0
"""Seconds after which a file that was handed over is looked for once more."""


class Files:
    """Sends the file of one report."""

    def __init__(self, *, outbox: Outbox, following: Following, slack: SlackClient, people: People) -> None:
        self._outbox = outbox
        self._following = following
        self._slack = slack
        self._people = people

    async def send(self, parcel: Parcel, report: Report) -> None:
        """Fetch the zip and share it where its data may go; a row already claimed."""
        try:
            content = await self._following.fetch(report)
        except LinkEndedError:
            await self._outbox.wait(parcel, UNTIL_ACCEPTED)
        except UnavailableError as error:
            report = await self._outbox.report_of(parcel) or report  # its deadline may have moved
            await self._outbox.wait_for_uitpas(parcel, report, error.retry_after)
        except (UitpasError, SheetsError) as error:
            log.warning("file_not_fetched", error=str(error))
            await self._outbox.give_up(parcel, getattr(error, "code", None) or "no_file")
        else:
            with content:
                await self._share(parcel, report, content)

    async def recover(self, parcel: Parcel) -> None:
        """Find out whether a file that was being sent arrived; if not, it goes again from the start."""
        if parcel.file_id is not None and await self._slack.is_shared(parcel.file_id):
            await self._outbox.sent(parcel, channel=parcel.channel or "", ts=None)
        else:
            await self._outbox.not_shared(parcel)

    async def _share(self, parcel: Parcel, report: Report, content: BinaryIO) -> None:
        audience = await self._slack.audience(report.channel)
        if audience is Audience.INVITED and not report.private_file and parcel.recipient is None:
            await self._upload(parcel, report, content, report.channel, report.root_ts, THREAD)
            return
        direct = await self._slack.open_dm(report.asker)
        why = "chosen" if report.private_file else "elsewhere" if audience is Audience.INVITED else audience
        await self._upload(parcel, report, content, direct, None, f"dm:{why}")

    async def _upload(
        self, parcel: Parcel, report: Report, content: BinaryIO, channel: str, thread_ts: str | None, note: str
    ) -> None:
        name = filename(report)
        length = content.seek(0, 2)
        content.seek(0)
        file_id, address = await self._slack.reserve_upload(name, length)
        await self._outbox.placed(parcel, file_id=file_id, channel=channel, thread_ts=thread_ts, note=note)
        await self._slack.upload(address, content)
        known = await self._people.remembered(report.team, report.asker)
        said = "" if note == THREAD else comment(report, self._people.language(known.locale))
        await self._slack.share_upload(file_id, title=name, channel=channel, thread_ts=thread_ts, comment=said)
        await self._confirm(parcel, file_id, channel)

    async def _confirm(self, parcel: Parcel, file_id: str, channel: str) -> None:
        try:
            arrived = await self._slack.is_shared(file_id)
        except SlackScopeError:
            arrived = True
        except SlackError as error:
            log.warning("file_not_confirmed", error=str(error))
            await self._outbox.look_later(parcel, getattr(error, "retry_after", LOOK_AGAIN))
            return
        if arrived:
            await self._outbox.sent(parcel, channel=channel, ts=None)
        else:
            await self._outbox.look_later(parcel, LOOK_AGAIN)
