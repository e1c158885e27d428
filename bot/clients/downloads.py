"""Tells a zip from what is not one, at no cost that the sender can choose."""

import struct
import zipfile
from typing import BinaryIO

MAX_DIRECTORY = 1_000_000
"""Bytes of the list of entries; a report with a sheet for every Belgian municipality needs about 100 kB."""

_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\x05\x06"
_STARTS = frozenset({b"PK\x03\x04", _END_MAGIC})
_LOCATOR_MAGIC = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_LONGEST_COMMENT = 65_535


def is_zip(file: BinaryIO) -> bool:
    """Tell whether a file starts as a zip and its list of entries can be read; leaves the file rewound.

    The size of that list is looked at first, because reading it takes memory for every entry it claims. Zips of
    more than 4 GB (zip64) have another list and do not count.
    """
    file.seek(0)
    starts_well = file.read(4) in _STARTS
    try:
        return starts_well and _has_small_directory(file) and _is_readable(file)
    finally:
        file.seek(0)


def is_crowded(file: BinaryIO) -> bool:
    """Tell whether a file starts as a zip whose list of entries is too long to be read; leaves the file rewound.

    No report has one: it is a trap for whoever opens it.
    """
    file.seek(0)
    starts_well = file.read(4) in _STARTS
    try:
        size = _directory_size(file) if starts_well else None
    finally:
        file.seek(0)
    return size is not None and size > MAX_DIRECTORY


def _has_small_directory(file: BinaryIO) -> bool:
    size = _directory_size(file)
    return size is not None and size <= MAX_DIRECTORY


def _directory_size(file: BinaryIO) -> int | None:
    """Return how many bytes the list of entries takes by its own saying; None when a zip does not end like this."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    end = tail.rfind(_END_MAGIC)
    if end < 0 or len(tail) - end < _END.size:
        return None
    if tail[max(0, end - _LOCATOR_SIZE) : end].startswith(_LOCATOR_MAGIC):
        return MAX_DIRECTORY + 1  # a zip64, so there are 65,536 entries or more
    return int(_END.unpack_from(tail, end)[5])


def _is_readable(file: BinaryIO) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        return False
    return True
