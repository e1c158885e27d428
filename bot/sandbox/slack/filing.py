"""Files: uploads under way, completed files with their bytes, and where they were shared.

Follows Slack's "Working with files": get an upload URL, send the bytes, complete. What is never completed is
discarded; here it simply isn't kept over a restart.
"""

from dataclasses import asdict, dataclass, replace

from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.journal import Journal
from bot.sandbox.slack.records import File, Json, Share
from bot.sandbox.slack.stamps import Stamps


@dataclass(slots=True)
class Upload:
    """An upload URL that was given out. `content` is None until the bytes came."""

    id: str
    name: str
    length: int
    content: bytes | None = None


class Filing:
    """Keeps the files of one world; bytes lie beside the journal when there is one."""

    def __init__(self, stamps: Stamps, changes: Changes, journal: Journal) -> None:
        self.files: dict[str, File] = {}
        self.uploads: dict[str, Upload] = {}
        self._stamps = stamps
        self._changes = changes
        self._journal = journal
        self._contents: dict[str, bytes] = {}

    def restore(self, kind: str, fact: Json) -> None:
        """Take in one fact of the journal; other kinds than its own are left alone."""
        if kind == "file":
            shares = tuple(Share(**share) for share in fact["shares"])
            self.files[fact["id"]] = File(**{**fact, "shares": shares})
        elif kind == "file_deleted":
            self.files.pop(fact["id"], None)

    def expect(self, name: str, length: int) -> Upload:
        """Open an upload of that many bytes."""
        upload = Upload(self._stamps.id("F"), name, length)
        self.uploads[upload.id] = upload
        return upload

    def complete(self, file_id: str, title: str, user: str) -> File:
        """Make a file of an upload whose bytes came.

        Raises:
            KeyError: there is no such upload, or its bytes never came.
        """
        upload = self.uploads[file_id]
        if upload.content is None:
            raise KeyError(file_id)
        del self.uploads[file_id]
        self._keep_content(file_id, upload.content)
        size = len(upload.content)
        return self.keep(File(file_id, upload.name, title or upload.name, size, user, self._stamps.seconds()))

    def keep(self, file: File) -> File:
        """Store a new or changed file."""
        self.files[file.id] = file
        self._journal.write("file", asdict(file))
        self._changes.happened()
        return file

    def shared(self, file_id: str, share: Share) -> None:
        """Note where a file can be seen."""
        file = self.files[file_id]
        self.keep(replace(file, shares=(*file.shares, share)))

    def delete(self, file_id: str) -> None:
        """Forget a file and its bytes."""
        del self.files[file_id]
        self._contents.pop(file_id, None)
        if self._journal.files is not None:
            (self._journal.files / file_id).unlink(missing_ok=True)
        self._journal.write("file_deleted", {"id": file_id})
        self._changes.happened()

    def content(self, file_id: str) -> bytes:
        """Return the bytes of a completed file."""
        if self._journal.files is not None:
            return (self._journal.files / self.files[file_id].id).read_bytes()
        return self._contents[file_id]

    def _keep_content(self, file_id: str, content: bytes) -> None:
        if self._journal.files is not None:
            (self._journal.files / file_id).write_bytes(content)
        else:
            self._contents[file_id] = content
