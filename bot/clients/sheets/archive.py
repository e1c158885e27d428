"""Takes the workbooks out of a zip, and refuses a zip that nobody should unpack.

`not_a_zip`: there is no list of entries. `unsafe`, not to be handed on: names that lead out of the folder, links, an
entry that is not what its declaration says, or swells beyond reason. `too_large`: honest, but more than is read here.
A workbook in the newer format is itself a zip and passes the same guards. Other archives inside are never opened.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from bot.errors import SheetsError

MAX_ENTRIES = 500
"""Flanders and Brussels together have about 300 municipalities that can pay."""

MAX_ENTRY = 80 * 1024 * 1024
"""Bytes unpacked. 65,000 rows, the most a sheet of the old format holds, take about 14 MB, and 100,000 rows of the
newer one about 45."""

MAX_TOTAL = 120 * 1024 * 1024
"""Bytes unpacked, of all entries together."""

MAX_RATIO = 200
"""Unpacked to packed. Sheets of repeated words reach 40; deflate can reach 1032, and only does for a bomb."""

SMALL = 1024 * 1024
"""Bytes unpacked below which no ratio is suspicious."""

BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, OSError, NotImplementedError)
"""What zipfile raises on a zip that is not in order."""


def workbooks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of every `.xls` and `.xlsx` of a report, in the order of the zip.

    Raises:
        SheetsError: `not_a_zip`, `unsafe`, `too_large`; `unknown_layout` when there is no workbook, or a locked one.
    """
    with _opened(file) as archive:
        books = [entry for entry in _guarded(archive) if _is_workbook(entry)]
        if not books or any(entry.flag_bits & 1 for entry in books):
            raise SheetsError("unknown_layout")
        for entry in books:
            content = b"".join(_measured(archive, entry))
            if content.startswith(b"PK"):
                _check_inside(content)
            yield content


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except BROKEN:
        raise SheetsError("not_a_zip", deliverable=False) from None


def _check_inside(content: bytes) -> None:
    """Unpack a workbook that is a zip once, under the guards, before a reader with none does."""
    try:
        inside = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN:
        raise SheetsError("unknown_layout") from None
    with inside:
        for entry in _guarded(inside):
            for _ in _measured(inside, entry):
                pass


def _guarded(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(_leads_out(entry) for entry in archive.infolist()) or any(_swells(entry) for entry in entries):
        raise SheetsError("unsafe", deliverable=False)
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(sizes) > MAX_TOTAL or max(sizes, default=0) > MAX_ENTRY:
        raise SheetsError("too_large")
    return entries


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename.replace("\\", "/")
    return (
        name.startswith("/")
        or name[1:2] == ":"
        or ".." in name.split("/")
        or not name.isprintable()
        or stat.S_ISLNK(entry.external_attr >> 16)
    )


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _is_workbook(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.rpartition("/")[2].casefold()
    return name.endswith((".xls", ".xlsx")) and not name.startswith((".", "~$"))


def _measured(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry in pieces, and hold what came out against what was declared, which is within the limits.

    zipfile gives at most the declared size and checks the sum of it, so more shows as an error, and less in the count.
    """
    total = 0
    try:
        with archive.open(entry) as content:
            while piece := content.read(64 * 1024):
                total += len(piece)
                yield piece
    except (*BROKEN, RuntimeError):
        raise SheetsError("unsafe", deliverable=False) from None
    if total != entry.file_size:
        raise SheetsError("unsafe", deliverable=False)
