"""Telling a zip from what is none, whatever it costs the sender."""

import struct
import zipfile

import pytest

from bot.clients.downloads import MAX_DIRECTORY, is_crowded, is_zip
from tests.clients.sheets_made import file_of, zip_bytes

WHOLE = zip_bytes({"a.xls": b"a" * 100, "b.xls": b"b" * 100})
END = WHOLE.rindex(b"PK\x05\x06")


def with_directory_size(size: int) -> bytes:
    return WHOLE[: END + 12] + struct.pack("<L", size) + WHOLE[END + 16 :]


@pytest.mark.parametrize("content", [WHOLE, zip_bytes({}), WHOLE[:-2] + b"\x05\x00note!"])
def test_a_zip_is_told_and_left_rewound(content: bytes) -> None:
    with file_of(content) as file:
        file.read(7)
        assert (is_zip(file), file.tell()) == (True, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x03\x04",
        b"PK\x03\x04" + b"x" * 70_000,
        b"<response/>" + WHOLE,
        WHOLE[:END],
        WHOLE[: END + 10],
        with_directory_size(MAX_DIRECTORY),
    ],
)
def test_what_is_no_zip_or_has_no_list_worth_reading_is_not_one(content: bytes) -> None:
    with file_of(content) as file:
        assert (is_zip(file), file.tell()) == (False, 0)


@pytest.mark.parametrize(("size", "expected"), [(MAX_DIRECTORY, False), (MAX_DIRECTORY + 1, True), (0xFFFFFFFF, True)])
def test_a_zip_with_a_list_too_long_to_read_is_told_from_what_is_no_zip(size: int, *, expected: bool) -> None:
    with file_of(with_directory_size(size)) as file:
        file.read(7)
        assert (is_crowded(file), file.tell()) == (expected, 0)
    with file_of(b"<" + with_directory_size(size)) as file:
        assert is_crowded(file) is False


def test_a_list_of_entries_that_would_fill_the_memory_is_not_read() -> None:
    with file_of(zip_bytes({f"{number:0100}.xls": b"" for number in range(MAX_DIRECTORY // 150)})) as file:
        assert is_zip(file) is True
    with file_of(zip_bytes({f"{number:0100}.xls": b"" for number in range(MAX_DIRECTORY // 145)})) as file:
        assert is_zip(file) is False


def test_the_list_of_a_zip64_is_not_read() -> None:
    size, offset = struct.unpack_from("<2L", WHOLE, END + 12)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2, 2, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, END, 1)
    whole = WHOLE[:END] + record + locator + WHOLE[END:]

    with file_of(whole) as file:
        assert len(zipfile.ZipFile(file).infolist()) == 2
        assert (is_zip(file), is_crowded(file)) == (False, True)
