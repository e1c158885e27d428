"""The commands as an operator types them: what is printed where, and with which exit code they end."""

import socket
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.program import Done, Program

KEY = "aHVsbG8gaHVsbG8gaHVsbG8gaHVsbG8gaHVsbG8gaHU="
HEAD = "alias,name,consumer_key,channels\n"
GOOD = HEAD + 'de-sluis,"CC De Sluis, Aalst",key-1,C0AAA C0BBB\nt-hof,Cultuurhuis ’t Hof,key-2,\n'
TEAM = ("--team", "T1")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with nothing set but where its database is."""
    return Program(tmp_path, {"BALIEBOT_DATABASE": str(tmp_path / "data" / "baliebot.db")})


def csv(program: Program, text: str | bytes) -> str:
    """Write a file to import and return its name."""
    file = program.folder / "balies.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file.name


async def mapping(program: Program) -> str:
    """Return the mapping of team T1 as the program exports it."""
    done = await program.run("balies", "export", *TEAM)
    assert (done.status, done.err) == (0, "")
    return done.out


def refused(done: Done, sentence: str, *, status: int = 1) -> None:
    """Check that a call ended with one plain sentence on stderr and nothing else."""
    assert done == Done(status, "", f"baliebot: {sentence}\n")


async def test_without_a_command_the_commands_are_shown(program: Program) -> None:
    done = await program.run("--help")
    assert done.status == 0
    assert [word for word in ("serve", "demo", "sandbox", "balies") if word not in done.out] == []


@pytest.mark.parametrize("words", [["dance"], ["serve", "--dance"], ["balies", "import"], ["demo", "--port", "x"]])
async def test_a_wrong_call_is_2_and_no_traceback(program: Program, words: list[str]) -> None:
    done = await program.run(*words)
    assert (done.status, done.out) == (2, "")
    assert "Traceback" not in done.err


async def test_serving_without_settings_names_every_missing_one(program: Program) -> None:
    refused(
        await program.run("serve"),
        "missing settings: SLACK_BOT_TOKEN, UITPAS_CONSUMER_KEY, UITPAS_CONSUMER_SECRET, BALIEBOT_SECRET_KEYS,"
        " SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN). Set them in the environment or in .env",
        status=2,
    )
    assert not (program.folder / "data").exists()


async def test_serving_with_malformed_settings_names_them_and_no_value(program: Program) -> None:
    done = await program.run(
        "serve", PORT="zeehond", UITPAS_API_URL="http://zeehond.example", BALIEBOT_SECRET_KEYS="zeehond"
    )
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert [name for name in ("PORT", "UITPAS_API_URL", "BALIEBOT_SECRET_KEYS") if name not in done.err] == []
    assert "zeehond" not in done.err


async def test_what_is_imported_is_exported_and_can_be_imported_again(program: Program) -> None:
    assert await program.run("balies", "import", csv(program, GOOD), *TEAM) == Done(0, "2 balies imported\n", "")
    exported = await mapping(program)
    assert exported == GOOD
    assert await program.run("balies", "import", csv(program, exported), *TEAM) == Done(0, "2 balies imported\n", "")
    assert await mapping(program) == GOOD


async def test_a_team_sees_only_its_own_mapping(program: Program) -> None:
    await program.run("balies", "import", csv(program, GOOD), *TEAM)
    assert await program.run("balies", "export", "--team", "T2") == Done(0, HEAD, "")


async def test_a_spreadsheets_mark_and_line_ends_are_taken(program: Program) -> None:
    text = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert await program.run("balies", "import", csv(program, text), *TEAM) == Done(0, "2 balies imported\n", "")
    assert await mapping(program) == GOOD


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + "goed,Goed,key-8,\nGROOT,Groot,key-9,\n", "line 3: an alias is"),
        (HEAD + "goed,Goed,key-8,\nrapport,Rapport,key-9,\n", "line 3: the alias rapport is a word"),
        (HEAD + "goed,Goed,key-8,\nde-sluis,Ander,key-9,\n", "line 3: the alias de-sluis is another"),
        ("alias,name,channels\ngoed,Goed,\n", "line 1: the columns must be alias,name,consumer_key,channels"),
        ("", "line 1: the columns must be"),
        (HEAD + "goed,Goed,key-8,\nveld," + "x" * 200_000 + ",key-9,\n", "line 3: "),
    ],
)
async def test_a_wrong_line_is_named_and_nothing_is_changed(program: Program, text: str, sentence: str) -> None:
    await program.run("balies", "import", csv(program, GOOD), *TEAM)
    done = await program.run("balies", "import", csv(program, text), *TEAM)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"baliebot: {sentence}")
    assert done.err.count("\n") == 1
    assert await mapping(program) == GOOD


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
async def test_a_file_that_can_not_be_read_is_2(program: Program, name: str) -> None:
    done = await program.run("balies", "import", name, *TEAM)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"baliebot: {name} can't be read as UTF-8 text")


async def test_a_file_in_another_encoding_is_2(program: Program) -> None:
    done = await program.run("balies", "import", csv(program, "alias,name\nx,Café".encode("cp1252")), *TEAM)
    refused(done, "balies.csv can't be read as UTF-8 text: UnicodeDecodeError", status=2)


@pytest.mark.parametrize("words", [["import", "balies.csv"], ["export"]])
async def test_where_slack_can_not_tell_the_team_it_must_be_named(program: Program, words: list[str]) -> None:
    csv(program, GOOD)
    refused(
        await program.run("balies", *words),
        "SLACK_BOT_TOKEN is not set, so name the Slack team with --team",
        status=2,
    )


async def test_a_database_that_can_not_be_opened_is_1_and_named(program: Program) -> None:
    (program.folder / "data").write_text("not a folder")
    done = await program.run("balies", "export", *TEAM)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(f"baliebot: the database {program.folder / 'data' / 'baliebot.db'} can't be opened")


async def test_a_traceback_shows_only_when_asked_for(program: Program) -> None:
    done = await program.run("balies", "export", "--debug")
    assert done.status != 0
    assert "Traceback" in done.err


async def test_the_database_of_a_demo_is_refused_by_everything_that_serves(program: Program) -> None:
    path = program.folder / "data" / "baliebot.db"
    await (await Database.open(path, kind="demo")).aclose()
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "x",
        "UITPAS_CONSUMER_KEY": "x",
        "UITPAS_CONSUMER_SECRET": "x",
        "BALIEBOT_SECRET_KEYS": KEY,
    }
    sentence = f"the database {path} was made by `baliebot demo`; choose another file"
    refused(await program.run("serve", **settings), sentence)
    refused(await program.run("balies", "export", *TEAM), sentence)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", ""])  # noqa: S104 - all refused
async def test_a_stand_in_is_not_shown_to_others_by_accident(program: Program, host: str) -> None:
    refused(
        await program.run("sandbox", "uitpas", "--port", "0", "--host", host),
        "--host reaches beyond this machine; add --expose if you mean that",
        status=2,
    )


@pytest.mark.parametrize("words", [["demo"], ["sandbox", "uitpas"]])
async def test_a_port_in_use_is_2_and_says_how_to_choose_another(program: Program, words: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = await program.run(*words, "--port", port)
    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines()[-1].startswith(f"baliebot: port {port} can't be had")
    assert "Traceback" not in done.err
