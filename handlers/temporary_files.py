"""A file into somebody's direct messages, and out of them after a day.

Its row is written before its bytes leave. A kill in between leaves a row for a file that Slack never made, which is
then found to be gone; and one that Slack does not let us delete is tried again for as long as it takes.
"""

from datetime import datetime
from tempfile import TemporaryFile as AnonymousFile

import structlog

from bot.clients.slack import SlackClient
from bot.errors import SlackError, SlackGoneError, SlackUncertainError, SlackWaitError
from bot.models import TemporaryFile
from bot.services.temporary_files import TemporaryFiles

log = structlog.get_logger(__name__)

SOON = 60.0
LATER = 3600.0
"""Seconds until a file is tried again: when Slack did not answer, and when it refused."""


class FileSender:
    """Sends such files and deletes them."""

    def __init__(self, *, files: TemporaryFiles, slack: SlackClient) -> None:
        self._files = files
        self._slack = slack

    async def send(self, team: str, user: str, content: bytes, *, name: str, comment: str, gone_at: datetime) -> None:
        """Share a file with one person, until `gone_at`.

        Raises:
            SlackError: it is not certain that they have it.
        """
        direct = await self._slack.open_dm(user)
        file_id, address = await self._slack.reserve_upload(name, len(content))
        await self._files.promise(TemporaryFile(team, file_id, gone_at))
        with AnonymousFile() as file:
            file.write(content)
            file.seek(0)
            await self._slack.upload(address, file)
        await self._slack.share_upload(file_id, title=name, channel=direct, thread_ts=None, comment=comment)

    async def delete(self, file: TemporaryFile) -> None:
        """Delete a file that is due, or try again later."""
        try:
            await self._slack.delete_file(file.file_id)
        except SlackGoneError:
            await self._files.gone(file)
        except SlackWaitError as error:
            await self._files.postpone(file, error.retry_after)
        except SlackError as error:
            log.warning("file_not_deleted", error=str(error))
            await self._files.postpone(file, SOON if isinstance(error, SlackUncertainError) else LATER)
        else:
            await self._files.gone(file)
