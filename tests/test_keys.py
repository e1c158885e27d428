"""Keys: a start that does not fit says so, a rotation loses nothing at any step, and lost keys are no dead end."""

import asyncio
import json
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.config import Settings
from bot.errors import BaliebotError, SettingsError, StorageError
from bot.keys import FORGETS, IN_THE_LOG, IN_USE, KeysError, forget, rotate
from bot.links import Link, LinkState
from bot.models import UserToken
from bot.sandbox.slack import SlackSandbox
from bot.sandbox.uitpas import UitpasSandbox
from bot.sealing import Sealer, new_key
from bot.services.link_seal import LinkSeal
from bot.services.linking import Linking
from bot.services.speaker import TTL
from storage import facts, lease, links, sealed
from storage.database import Database, Transaction, connect
from tests.support.clock import WEDNESDAY, StillClock
from tests.support.program import Done, Program, stop

OLD, NEW, OTHER = new_key(), new_key(), new_key()
TEAM = "T1"
NOT_FITTING = (
    "baliebot: BALIEBOT_SECRET_KEYS does not hold the key that this database was sealed with: put that key back,"
    " or unlink everybody with `baliebot forget-links --yes`\n"
)
NOT_ALL = (
    "baliebot: something in this database opens with no key of BALIEBOT_SECRET_KEYS, so nothing was changed: put the"
    " key that is missing back, or unlink everybody with `baliebot forget-links --yes`\n"
)
FORGOTTEN = "linked accounts forgotten: 1. UiTiD was not told, so what it gave for them stays valid there\n"
SEALED_ANEW = "sealed anew with the first key: {}. When every `baliebot serve` has it first, the others can go\n"


def token_of(user: str) -> UserToken:
    """Return a token that is this person's alone."""
    return UserToken(f"token-{user}", f"secret-{user}", f"uitid-{user}")


@dataclass(frozen=True, slots=True)
class File:
    """The database of a program, looked at from beside it."""

    path: Path

    async def link(self, user: str, *keys: str) -> None:
        """Link somebody, and begin another link in their name; neither is due for anything before the next day."""
        now = Clock().now()
        link = Link(user, TEAM, user, LinkState.NEW, now, now + timedelta(days=1), "")
        database = await Database.open(self.path, kind="serve")
        await (await _linking(database, keys)).keep(TEAM, user, token_of(user))
        link = LinkSeal(sealer=Sealer(keys)).sealed(link, {"name": user})
        await database.transact(lambda tx: links.add(tx, link))
        await database.aclose()

    async def tokens(self, *keys: str) -> list[UserToken]:
        """Return everybody's tokens, read with these keys; whatever of a link does not open fails."""
        database = await Database.open(self.path, kind="serve")
        linking = await _linking(database, keys)
        seal = LinkSeal(sealer=Sealer(keys))
        users = await database.read(lambda tx: [str(row["user"]) for row in tx.table("links").rows])
        begun = await database.read(lambda tx: [links.of_user(tx, TEAM, user) for user in users])
        assert [seal.opened(link)["name"] for link in begun if link] == users
        found = [await linking.token(TEAM, user) for user in users]
        await database.aclose()
        return [token for token in found if token]

    async def texts(self) -> list[str]:
        """Return every sealed text, wherever it stands."""

        def read(tx: Transaction) -> list[str]:
            texts = [str(row["sealed"]) for table in sealed.TABLES for row in tx.table(table).rows]
            return [*texts, *filter(None, (facts.get(tx, name) for name in sealed.FACTS))]

        database = await Database.open(self.path, kind="serve")
        found = await database.read(read)
        await database.aclose()
        return found

    def settings(self, *keys: str) -> Settings:
        """Return the settings of a command on this database with these keys."""
        return Settings(baliebot_database=self.path, baliebot_secret_keys=SecretStr(",".join(keys)))

    def holds(self, text: str) -> list[str]:
        """Return the names of the files in which a text stands."""
        return [file.name for file in self.path.parent.iterdir() if text.encode() in file.read_bytes()]


async def _linking(database: Database, keys: tuple[str, ...]) -> Linking:
    return await Linking.open(database=database, sealer=Sealer(keys), clock=Clock())


@pytest.fixture
def file(tmp_path: Path) -> File:
    """The database, not made yet."""
    return File(tmp_path / "data" / "baliebot.db")


@pytest.fixture
def program(file: File, tmp_path: Path) -> Program:
    """The program with nothing set but where its database is."""
    return Program(tmp_path, {"BALIEBOT_DATABASE": str(file.path)})


@pytest.fixture
async def served(program: Program) -> AsyncIterator[Program]:
    """The program set up for two stand-ins that run here; keys are for the test to choose."""
    uitpas, slack = UitpasSandbox(), SlackSandbox()
    await uitpas.start()
    await slack.start()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "UITPAS_API_URL": uitpas.api_url,
        "UITPAS_CONSUMER_KEY": uitpas.consumer_key,
        "UITPAS_CONSUMER_SECRET": uitpas.consumer_secret,
        "PORT": "0",
    }
    yield Program(program.folder, {**program.settings, **settings})
    await slack.aclose()
    await uitpas.aclose()


def keyed(*keys: str) -> dict[str, str]:
    """Return the setting for these keys."""
    return {"BALIEBOT_SECRET_KEYS": ",".join(keys)}


async def started(process: Process) -> None:
    """Return when a bot has started."""
    assert process.stderr is not None
    while json.loads(await asyncio.wait_for(process.stderr.readline(), 30))["event"] != "started":
        pass


async def lives(program: Program, *keys: str) -> bool:
    """Return whether the bot starts with these keys and stops well."""
    async with program.started("serve", **keyed(*keys)) as process:
        await started(process)
        return (await stop(process, signal.SIGTERM)).status == 0


async def test_a_rotation_in_steps_loses_nothing_and_ends_without_the_old_key(served: Program, file: File) -> None:
    await file.link("U1", OLD)
    assert await lives(served, OLD, NEW)
    async with served.started("serve", **keyed(NEW, OLD)) as process:
        await started(process)
        await file.link("U2", NEW, OLD)
        assert await served.run("serve", **keyed(NEW)) == Done(1, "", NOT_FITTING)
        assert await served.run("rotate-keys", **keyed(NEW, OLD)) == Done(0, SEALED_ANEW.format(5), "")
        assert (await stop(process, signal.SIGTERM)).status == 0
    assert await lives(served, NEW)
    assert await file.tokens(NEW) == [token_of("U1"), token_of("U2")]


async def test_what_opens_with_no_key_keeps_everything_as_it_was(program: Program, file: File) -> None:
    await file.link("U1", OLD)
    await file.link("U2", OLD)
    database = await Database.open(file.path, kind="serve")
    foreign = Sealer([OTHER]).seal({}, purpose="link")
    await database.transact(lambda tx: tx.execute("UPDATE links SET sealed = ? WHERE id = 'U2'", [foreign]))
    await database.aclose()
    before = await file.texts()
    assert await program.run("rotate-keys", **keyed(NEW, OLD)) == Done(1, "", NOT_ALL)
    assert await file.texts() == before


async def test_nothing_that_an_old_key_opens_stays_behind_in_a_file_somebody_has_open(file: File) -> None:
    await file.link("U1", OLD)
    before = await file.texts()
    database = await Database.open(file.path, kind="serve")
    assert await rotate(file.settings(NEW, OLD)) == 3
    assert [file.holds(text) for text in before] == [[]] * 3
    await database.aclose()


async def test_every_sealed_column_is_known_to_a_rotation(file: File) -> None:
    database = await Database.open(file.path, kind="serve")
    columns = await database.read(lambda tx: {name: set(tx.table(name).columns_dict) for name in tx.table_names()})
    await database.aclose()
    assert {name for name, found in columns.items() if "sealed" in found} == set(sealed.TABLES)


async def test_forgetting_works_with_keys_that_fit_nothing_and_leaves_a_database_to_start_with(
    served: Program, file: File
) -> None:
    await file.link("U1", OLD)
    assert await served.run("forget-links", "--yes", **keyed(OTHER)) == Done(0, FORGOTTEN, "")
    assert await file.texts() == []
    assert await lives(served, NEW)


async def test_forgetting_without_yes_only_tells_what_it_would_do(program: Program, file: File) -> None:
    await file.link("U1", OLD)
    assert await program.run("forget-links") == Done(2, "", f"baliebot: {FORGETS}\n")
    assert await file.tokens(OLD) == [token_of("U1")]


async def test_forgetting_is_for_links_alone_and_nothing_of_them_stays_in_a_file(file: File) -> None:
    await file.link("U1", OLD)
    await file.link("U2", OLD)
    texts = await file.texts()
    database = await Database.open(file.path, kind="serve")
    await database.transact(_fill)
    before = await database.read(_counts)
    assert await forget(file.settings(), clock=StillClock()) == 2
    assert [file.holds(text) for text in texts] == [[]] * 5
    gone = {"accounts": 0, "links": 0, "link_tries": 0, "waiting_reports": 0, "facts": 1}
    assert await database.read(_counts) == {**before, **gone}
    assert before == {**_KEPT, "accounts": 2, "links": 2, "link_tries": 1, "waiting_reports": 1, "facts": 2}
    await database.aclose()


_KEPT = {"balies": 1, "people": 1, "lease": 0}


def _fill(tx: Transaction) -> None:
    tx.execute("INSERT INTO balies (id, team, alias, name, consumer_key) VALUES (1, 'T1', 'a', 'A', 'k')")
    tx.execute("INSERT INTO people (team, user) VALUES ('T1', 'U1')")
    links.tried(tx, TEAM, "U1", "link", WEDNESDAY)
    tx.execute(
        "INSERT INTO waiting_reports (team, user, balie, channel, first_day, last_day, clipped, anew, private_file,"
        " request_key, due_at) VALUES ('T1', 'U1', 1, 'C1', '2026-01-01', '2026-01-31', 0, 0, 0, 'k', 'x')"
    )


def _counts(tx: Transaction) -> dict[str, int]:
    tables = (*_KEPT, "facts", "accounts", "links", "link_tries", "waiting_reports")
    return {table: tx.table(table).count for table in tables}


async def test_nothing_is_forgotten_under_a_bot_that_works_with_it(file: File) -> None:
    await file.link("U1", OLD)
    clock = StillClock()
    database = await Database.open(file.path, kind="serve")
    await database.transact(lambda tx: lease.hold(tx, "a bot", clock.now(), TTL))
    await database.aclose()
    assert await refused(forget(file.settings(), clock=clock)) == (KeysError, IN_USE)
    assert await file.tokens(OLD) == [token_of("U1")]
    clock.advance(TTL.total_seconds())
    assert await forget(file.settings(), clock=clock) == 1


async def test_whoever_reads_the_file_meanwhile_is_named_as_what_keeps_it_in_the_log(file: File) -> None:
    await file.link("U1", OLD)
    reader = connect(str(file.path))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM facts").fetchone()
    assert await refused(forget(file.settings(), clock=StillClock())) == (KeysError, IN_THE_LOG)
    reader.close()
    assert await forget(file.settings(), clock=StillClock()) == 0
    assert await file.texts() == []


async def test_where_there_is_no_database_none_is_made(file: File) -> None:
    sentence = f"there is no database {file.path}; look at BALIEBOT_DATABASE"
    for call in (rotate(file.settings(NEW)), forget(file.settings(), clock=StillClock())):
        assert await refused(call) == (SettingsError, sentence)
    assert not file.path.parent.exists()


async def test_a_rotation_needs_a_key(file: File) -> None:
    sentence = "BALIEBOT_SECRET_KEYS is not set; the first of its keys is the one to seal with"
    assert await refused(rotate(file.settings())) == (SettingsError, sentence)


async def test_the_database_of_a_demo_is_refused(file: File) -> None:
    await (await Database.open(file.path, kind="demo")).aclose()
    sentence = f"the database {file.path} was made by `baliebot demo`; choose another file"
    for call in (rotate(file.settings(NEW)), forget(file.settings(), clock=StillClock())):
        assert await refused(call) == (StorageError, sentence)


async def refused(call: Awaitable[int]) -> tuple[type[BaliebotError], str]:
    """Return with what a call was refused."""
    with pytest.raises(BaliebotError) as caught:
        await call
    return caught.type, str(caught.value)
