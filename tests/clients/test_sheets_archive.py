"""Which zips are read, which are refused, and which of those may still be handed on."""

import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest

from bot.clients.sheets import archive
from bot.clients.sheets.archive import workbooks
from bot.clients.sheets.positioned import PositionedFile
from bot.errors import SheetsError
from tests.clients.sheets_made import file_of, xlsx, zip_bytes

NOISE = os.urandom(archive.SMALL + 1)
BOMB = b"\x00" * (archive.SMALL + 1)


def read(content: bytes) -> list[bytes]:
    return list(workbooks(io.BytesIO(content)))


def refusal(content: bytes) -> tuple[str, bool]:
    with pytest.raises(SheetsError) as caught:
        read(content)
    return caught.value.reason, caught.value.deliverable


def link(target: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        entry = zipfile.ZipInfo("a.xls")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(entry, target)
    return whole.getvalue()


def patched(content: bytes, magic: bytes, at: int, value: bytes) -> bytes:
    """Return a zip with one field of its first record of a kind replaced."""
    start = content.index(magic) + at
    return content[:start] + value + content[start + len(value) :]


def lying(size: int) -> bytes:
    """Return a zip whose list declares another size than what comes out."""
    return patched(zip_bytes({"a.xls": BOMB}), b"PK\x01\x02", 24, struct.pack("<L", size))


def test_workbooks_come_in_order_and_nothing_else_is_opened() -> None:
    entries = {
        "Lokale overheid B.xls": b"b",
        "readme.txt": b"no",
        "more.zip": zip_bytes({"hidden.xls": b"no"}),
        "map/": b"",
        "map/Lokale overheid A.XLSX": b"a",
        "__MACOSX/._Lokale overheid A.xls": b"no",
        "~$open.xls": b"no",
    }

    assert read(zip_bytes(entries)) == [b"b", b"a"]


def test_a_workbook_that_is_itself_a_zip_in_order_is_read() -> None:
    book = xlsx({"A1": 1}, {"xl/media/image1.png": NOISE})

    assert read(zip_bytes({"a.xlsx": book})) == [book]


def test_a_workbook_that_is_itself_a_broken_zip_has_no_layout() -> None:
    assert refusal(zip_bytes({"a.xlsx": xlsx({"A1": 1})[:-30]})) == ("unknown_layout", True)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"x" * 100])
def test_what_is_no_zip_is_not_handed_on(content: bytes) -> None:
    assert refusal(content) == ("not_a_zip", False)


@pytest.mark.parametrize("entries", [{}, {"readme.txt": b"hello"}])
def test_a_zip_without_workbooks_may_be_handed_on(entries: dict[str, bytes]) -> None:
    assert refusal(zip_bytes(entries)) == ("unknown_layout", True)


def test_a_locked_workbook_is_not_tried() -> None:
    locked = patched(zip_bytes({"a.xls": b"a"}), b"PK\x01\x02", 8, b"\x01\x00")

    assert refusal(locked) == ("unknown_layout", True)


@pytest.mark.parametrize(
    "name", ["/etc/a.xls", "../a.xls", "map/../../a.xls", "..\\a.xls", "C:\\a.xls", "a\nb.xls", "a\u202eslx.xls"]
)
def test_names_that_lead_out_of_the_folder_or_deceive_are_unsafe(name: str) -> None:
    assert refusal(zip_bytes({"good.xls": b"", name: b"x"})) == ("unsafe", False)


def test_a_link_is_unsafe() -> None:
    assert refusal(link("/etc/passwd")) == ("unsafe", False)


@pytest.mark.parametrize(
    "content",
    [
        zip_bytes({"a.xls": BOMB}),
        zip_bytes({"a.xls": b"", "readme.txt": BOMB}),
        zip_bytes({"a.xlsx": xlsx({"A1": 1}, {"xl/media/image1.png": BOMB})}),
        zip_bytes({"disguised.xls": xlsx({"A1": 1}, {"xl/media/image1.png": BOMB})}),
        zip_bytes({"a.xlsx": xlsx({"A1": 1}, {"../../evil": b""})}),
    ],
)
def test_what_swells_beyond_reason_is_unsafe_outside_and_inside_a_workbook(content: bytes) -> None:
    assert refusal(content) == ("unsafe", False)


@pytest.mark.parametrize("size", [10, len(BOMB) - 1, len(BOMB) + 1])
def test_an_entry_that_is_not_what_was_declared_is_unsafe(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(archive, "MAX_RATIO", 10_000)

    assert refusal(lying(size)) == ("unsafe", False)


def test_an_entry_cut_in_the_middle_is_unsafe() -> None:
    whole = zip_bytes({"a.xls": NOISE})
    damaged = whole[:5000] + bytes(5000) + whole[10_000:]

    assert refusal(damaged) == ("unsafe", False)


def limit_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 2 * archive.SMALL)


def limit_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRY", archive.SMALL)


@pytest.mark.parametrize("limit", [limit_total, limit_entry])
def test_an_honest_zip_that_is_too_much_may_be_handed_on(
    monkeypatch: pytest.MonkeyPatch, limit: Callable[[pytest.MonkeyPatch], None]
) -> None:
    content = zip_bytes({"a.xls": NOISE, "b.xls": NOISE})
    assert read(content) == [NOISE, NOISE]
    limit(monkeypatch)

    assert refusal(content) == ("too_large", True)


def test_more_entries_than_there_are_governments_are_too_many() -> None:
    entries = {f"{number}.xls": b"" for number in range(archive.MAX_ENTRIES)}

    assert len(read(zip_bytes(entries))) == archive.MAX_ENTRIES
    assert refusal(zip_bytes(entries | {"one more.xls": b""})) == ("too_large", True)


def test_reading_by_position_leaves_the_place_of_the_owner_alone() -> None:
    with file_of(zip_bytes({"a.xls": b"content"})) as file:
        os.lseek(file.fileno(), 3, os.SEEK_SET)
        found = list(workbooks(io.BufferedReader(PositionedFile(file.fileno()))))
        place = os.lseek(file.fileno(), 0, os.SEEK_CUR)

    assert (found, place) == ([b"content"], 3)


def test_there_is_nothing_before_the_start_of_a_file() -> None:
    with file_of(b"abc") as file, pytest.raises(OSError, match="before the start"):
        PositionedFile(file.fileno()).seek(-4, io.SEEK_END)
