"""A whole zip to a summary, through the child; and what becomes of a child that dies."""

import asyncio
import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from bot.clients.sheets.__main__ import answer
from bot.clients.workbook import Workbooks, summarise
from bot.errors import SheetsError
from bot.summary import EventShare, GovernmentShare, Summary
from tests.clients.sheets_made import HOLDER, claim, file_of, sprawling_xls, xlsx, zip_bytes

AALST = "Lokale overheid Aalst"
GENT = "Lokale overheid Gent"


def share(government: str, sales: int, full_price: str, owed: str, printed: str | None) -> GovernmentShare:
    total = None if printed is None else Decimal(printed)
    return GovernmentShare(government, sales, Decimal(full_price), Decimal(owed), total)


async def refusal(content: bytes) -> tuple[str, bool]:
    with file_of(content) as file, pytest.raises(SheetsError) as caught:
        await summarise(file)
    return caught.value.reason, caught.value.deliverable


def fake_reader(folder: Path, script: str) -> str:
    """Return a program to run in place of Python: what a child taken over by its sheets could do."""
    program = folder / "reader"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return str(program)


async def test_a_report_is_summarised_per_government_and_stays_where_it_was() -> None:
    whole = zip_bytes(
        {
            f"{AALST}_20260707_1001.xls": claim(AALST, (12.5, 8.1), (10, 6.4), printed=14.5),
            f"{GENT}_20260707_1001.xls": claim(GENT, (8, 5.25), printed=6.25),
            f"{AALST}_20260707_1002.xls": claim(AALST, (12.5, 8.1), printed=8.1),
        }
    )
    with file_of(whole) as file:
        found = await summarise(file)
        delivered = file.read()

    shares = (share(AALST, 3, "35.00", "22.60", "22.60"), share(GENT, 1, "8.00", "5.25", "6.25"))
    assert found == Summary(shares, (EventShare("Poppentheater", 4, Decimal("27.85")),))
    assert delivered == whole
    assert HOLDER not in repr(found)


def test_what_a_reader_prints_is_text_and_counts_alone() -> None:
    with file_of(zip_bytes({"a.xls": claim(AALST, (12.5, 8.1), printed=8)})) as file:
        assert answer(file.fileno()) == {
            "shares": [[AALST, 1, "12.50", "8.10", "8.00"]],
            "events": [["Poppentheater", 1, "8.10"]],
        }
    with file_of(zip_bytes({"a.xls": claim(AALST, (12.5, 8.1))})) as file:
        assert answer(file.fileno()) == {
            "shares": [[AALST, 1, "12.50", "8.10", None]],
            "events": [["Poppentheater", 1, "8.10"]],
        }
    with file_of(zip_bytes({"/a.xls": b""})) as file:
        assert answer(file.fileno()) == {"refused": "unsafe", "deliverable": False}


async def test_a_file_that_was_just_written_is_read_from_its_start() -> None:
    with file_of(b"") as file:
        file.write(zip_bytes({"a.xls": claim(AALST, (12.5, 8.1))}))

        assert (await summarise(file)).sales == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("not_a_zip", False)),
        (b"<response/>", ("not_a_zip", False)),
        (zip_bytes({}), ("unknown_layout", True)),
        (zip_bytes({"a.xls": b"something else"}), ("unknown_layout", True)),
        (zip_bytes({"a.xls": b"\x00" * 40_000_000}), ("unsafe", False)),
        (zip_bytes({"../a.xls": b""}), ("unsafe", False)),
    ],
)
async def test_a_refusal_says_whether_the_zip_may_be_handed_on(content: bytes, expected: tuple[str, bool]) -> None:
    assert await refusal(content) == expected


async def test_a_small_xlsx_that_claims_the_whole_grid_kills_only_its_reader() -> None:
    killer = xlsx({"A1": 1, "XFD1048576": 1})

    assert len(killer) < 5000
    assert await refusal(zip_bytes({"a.xlsx": killer})) == ("reader_died", True)


async def test_a_small_xls_that_claims_the_whole_grid_kills_only_its_reader() -> None:
    killer = sprawling_xls()

    assert len(killer) < 6000
    assert await refusal(zip_bytes({"a.xls": killer})) == ("reader_died", True)


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "echo '{\"shares\": []}'; exit 1",
        "kill -9 $$",
        "echo no json",
        "echo '[]'",
        "echo '{}'",
        'echo \'{"shares": [["Aalst"]]}\'',
        'echo \'{"shares": [["Aalst", 1, "x", "y", null]]}\'',
        'echo \'{"shares": [], "events": [["Zwemles"]]}\'',
        'echo \'{"refused": "unsafe"}\'',
        "exec cat /dev/zero",
    ],
)
async def test_a_reader_that_ends_in_any_other_way_has_died(tmp_path: Path, script: str) -> None:
    with file_of(b"") as file, pytest.raises(SheetsError, match="reader_died"):
        await summarise(file, python=fake_reader(tmp_path, script))


async def test_of_a_reader_that_says_too_much_of_events_only_so_much_is_kept(tmp_path: Path) -> None:
    events = ", ".join(f'["{n}{"x" * 200}", 1, "2.50"]' for n in range(7))
    script = f"""echo '{{"shares": [], "events": [{events}]}}'"""
    with file_of(b"") as file:
        found = await summarise(file, python=fake_reader(tmp_path, script))

    assert found.events == tuple(EventShare(f"{n}{'x' * 74}", 1, Decimal("2.50")) for n in range(5))


async def test_a_reader_gets_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALIEBOT_TEST_SECRET", "secret")
    script = f"""env > {tmp_path}/env; echo '{{"shares": [], "events": []}}'"""
    with file_of(b"") as file:
        await summarise(file, python=fake_reader(tmp_path, script))

    assert "SECRET" not in (tmp_path / "env").read_text()


async def test_a_reader_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    python = fake_reader(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60")
    with file_of(b"") as file, pytest.raises(SheetsError, match="reader_died"):
        await summarise(file, timeout=1.5, python=python)

    assert not is_alive(int((tmp_path / "pid").read_text()))


async def test_a_reader_dies_with_the_task_that_wanted_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pid")
    python = fake_reader(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60")
    with file_of(b"") as file:
        task = asyncio.create_task(summarise(file, python=python))
        process = int(await asyncio.to_thread((tmp_path / "pid").read_text))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert not is_alive(process)


async def test_at_most_two_readers_live_at_once(tmp_path: Path) -> None:
    script = f"""mkdir -p {tmp_path}/live; touch {tmp_path}/live/$$; ls {tmp_path}/live | wc -l >> {tmp_path}/seen
sleep 0.1; rm {tmp_path}/live/$$; echo '{{"shares": [], "events": []}}'"""
    books = Workbooks(python=fake_reader(tmp_path, script))
    with file_of(b"") as file:
        await asyncio.gather(*(books.summarise(file) for _ in range(6)))

    seen = [int(line) for line in (tmp_path / "seen").read_text().split()]
    assert (len(seen), max(seen)) == (6, 2)


async def test_reading_starts_no_heavy_library() -> None:
    script = (
        "import sys, bot.clients.sheets.__main__ as m; m.answer; import bot.clients.sheets.claims; print(*sys.modules)"
    )
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE)
    loaded = (await child.communicate())[0].decode().split()

    assert {"httpx", "lxml", "pydantic", "authlib", "asyncio"} & set(loaded) == set()


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
