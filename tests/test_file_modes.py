"""What the program leaves on the disk is for the user it runs as, whatever stood there before."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.sandbox.slack import SlackSandbox
from bot.sealing import new_key
from storage import facts
from storage.database import Database
from tests.support.program import Program
from tests.test_keys import started

EXPORT = ("balies", "export", "--team", "T1")
FILES = ("baliebot.db", "baliebot.db-wal", "baliebot.db-shm")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the database is to be; not there yet."""
    return tmp_path / "data"


@pytest.fixture
def wide(folder: Path) -> Path:
    """The same folder, there and open to all."""
    folder.mkdir()
    folder.chmod(0o755)
    return folder


@pytest.fixture
def program(folder: Path) -> Program:
    """The program with nothing set but where its database is."""
    return Program(folder.parent, {"BALIEBOT_DATABASE": str(folder / "baliebot.db")})


def modes(folder: Path) -> dict[str, str]:
    """Return who may do what with a folder and all that is in it."""
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in [folder, *folder.iterdir()]}


async def left_by_a_crash(folder: Path) -> None:
    """Leave a database with its log and index behind, for everybody to read."""
    database = await Database.open(folder.parent / "first" / "baliebot.db", kind="serve")
    await database.transact(lambda tx: facts.put(tx, "a", "1"))
    for name in FILES:
        shutil.copyfile(folder.parent / "first" / name, folder / name)
        (folder / name).chmod(0o644)
    await database.aclose()


async def test_a_new_database_is_its_users_alone(program: Program, folder: Path) -> None:
    assert (await program.run(*EXPORT)).status == 0
    assert modes(folder) == {"data": "0o700", "baliebot.db": "0o600"}


async def test_what_stood_wide_open_is_shut_while_the_bot_runs(program: Program, wide: Path) -> None:
    await left_by_a_crash(wide)
    assert set(modes(wide).values()) == {"0o755", "0o644"}
    slack = SlackSandbox()
    await slack.start()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "UITPAS_API_URL": "http://127.0.0.1:9/uitid/rest",
        "UITPAS_CONSUMER_KEY": "x",
        "UITPAS_CONSUMER_SECRET": "x",
        "BALIEBOT_SECRET_KEYS": new_key(),
        "PORT": "0",
    }
    async with program.started("serve", **settings) as process:
        await started(process)
        found = modes(wide)
    await slack.aclose()
    assert found == {"data": "0o700", **dict.fromkeys(FILES, "0o600")}


async def test_a_folder_with_something_else_in_it_stays_as_others_need_it(wide: Path) -> None:
    await left_by_a_crash(wide)
    (wide / "notes.txt").write_text("for all to read")
    (wide / "notes.txt").chmod(0o644)
    await (await Database.open(wide / "baliebot.db", kind="serve")).aclose()
    assert modes(wide) == {"data": "0o755", "baliebot.db": "0o600", "notes.txt": "0o644"}


async def test_a_folder_that_is_everybodys_on_purpose_stays_so(wide: Path) -> None:
    wide.chmod(0o1777)  # noqa: ASYNC240 - nothing waits for it
    await (await Database.open(wide / "baliebot.db", kind="serve")).aclose()
    assert modes(wide) == {"data": "0o1777", "baliebot.db": "0o600"}


async def test_a_file_that_is_not_ours_keeps_its_mode(wide: Path) -> None:
    (wide / "baliebot.db").write_text("somebody's notes, to which a setting points by mistake. " * 50)
    (wide / "baliebot.db").chmod(0o644)
    with pytest.raises(StorageError):
        await Database.open(wide / "baliebot.db", kind="serve")
    assert modes(wide) == {"data": "0o755", "baliebot.db": "0o644"}


async def test_whatever_is_made_from_then_on_is_its_users_alone(folder: Path) -> None:
    before = os.umask(0o022)
    try:
        await (await Database.open(folder / "baliebot.db", kind="serve")).aclose()
    finally:
        found = os.umask(before)
    assert found == 0o077


async def test_what_was_deleted_stands_in_no_file_once_the_log_is_emptied(folder: Path) -> None:
    database = await Database.open(folder / "baliebot.db", kind="serve")
    await database.transact(lambda tx: facts.put(tx, "sealed", "gAAAAAB-0cean"))
    await database.truncate()
    await database.transact(lambda tx: tx.execute("DELETE FROM facts WHERE name = 'sealed'"))
    assert _holding(folder) == ["baliebot.db"]
    assert await database.truncate()
    assert _holding(folder) == []
    await database.aclose()


def _holding(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.iterdir()) if b"gAAAAAB-0cean" in path.read_bytes()]
