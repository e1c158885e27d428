"""A file read by position, so that the one who opened it keeps its place."""

import io
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class PositionedFile(io.RawIOBase):
    """Reads a descriptor that is shared with another process, without moving the offset they share.

    The parent sends the same open file to Slack afterwards; were the offset moved, it would send a part of it.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._size = os.fstat(descriptor).st_size
        self._at = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place and return it; before the start is an OSError."""
        place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if place < 0:
            raise OSError("before the start of the file")
        self._at = place
        return place

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer from here and return how many bytes there were."""
        view = memoryview(buffer).cast("B")
        chunk = os.pread(self._descriptor, len(view), self._at)
        view[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)
