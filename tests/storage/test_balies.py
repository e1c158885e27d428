"""The mapping of balies: each team has its own, and what was removed can still be named."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.models import Balie
from storage import balies
from storage.database import Database, Transaction

NOW = datetime(2026, 7, 15, 8, 0, tzinfo=UTC)
SLUIS = Balie(1, "T1", "de-sluis", "CC De Sluis", "Key-1", 77, ("UiTPAS Dender",), ("C1", "C2"))
HOF = Balie(2, "T1", "t-hof", "Cultuurhuis 't Hof «Ø»", "key-2")


async def save(database: Database, *every: Balie) -> None:
    """Save balies, one after another."""
    for balie in every:
        await database.transact(lambda tx, balie=balie: balies.save(tx, balie))  # type: ignore[misc]  # bound at once


async def everything(database: Database, team: str = "T1") -> list[Balie]:
    """Return the mapping of a team."""
    return await database.transact(lambda tx: balies.everything(tx, team))


async def test_what_is_saved_comes_back_whole_and_by_alias(database: Database) -> None:
    await save(database, HOF, SLUIS)
    assert await everything(database) == [replace(SLUIS, id=2), replace(HOF, id=1)]


async def test_the_same_key_in_other_letters_is_the_same_balie(database: Database) -> None:
    await save(database, SLUIS)
    await save(database, replace(SLUIS, alias="sluis", name="De Sluis", consumer_key="kEY-1", channels=("C3",)))
    assert await everything(database) == [
        replace(SLUIS, alias="sluis", name="De Sluis", consumer_key="kEY-1", channels=("C3",))
    ]


async def test_two_balies_can_not_have_one_alias(database: Database) -> None:
    await save(database, SLUIS)
    with pytest.raises(sqlite3.IntegrityError):
        await save(database, replace(HOF, alias="de-sluis"))
    assert await everything(database) == [SLUIS]


async def test_a_balie_is_found_by_each_of_its_names_but_only_in_its_team(database: Database) -> None:
    await save(database, SLUIS)

    async def found(team: str) -> list[Balie | None]:
        return await database.transact(
            lambda tx: [
                balies.by_id(tx, team, 1),
                balies.by_alias(tx, team, "de-sluis"),
                balies.by_key(tx, team, "KEY-1"),
                balies.default_of(tx, team, "C2"),
            ]
        )

    assert await found("T1") == [SLUIS] * 4
    assert await found("T2") == [None] * 4
    assert await everything(database, "T2") == []


async def test_two_teams_may_use_the_same_alias_key_and_channel(database: Database) -> None:
    other = replace(SLUIS, id=2, team="T2", name="Elders")
    await save(database, SLUIS, other)
    assert (await everything(database), await everything(database, "T2")) == ([SLUIS], [other])


async def test_a_channel_has_one_default_the_last_that_was_given(database: Database) -> None:
    await save(database, SLUIS, replace(HOF, channels=("C2",)))
    assert [balie.channels for balie in await everything(database)] == [("C1",), ("C2",)]
    default = await database.transact(lambda tx: balies.default_of(tx, "T1", "C2"))
    assert default == replace(HOF, channels=("C2",))


async def test_a_removed_balie_is_gone_from_the_mapping_but_can_still_be_named(database: Database) -> None:
    await save(database, SLUIS, HOF)
    await database.transact(lambda tx: balies.remove(tx, SLUIS, NOW))
    assert await everything(database) == [HOF]
    found = await database.transact(
        lambda tx: (
            balies.by_id(tx, "T1", 1),
            balies.by_alias(tx, "T1", "de-sluis"),
            balies.default_of(tx, "T1", "C1"),
            balies.kept(tx, "T1", 1),
        )
    )
    assert found == (None, None, None, replace(SLUIS, channels=()))


async def test_what_was_removed_comes_back_as_what_it_was(database: Database) -> None:
    await save(database, SLUIS, HOF)
    await database.transact(lambda tx: balies.remove(tx, SLUIS, NOW))
    assert await database.transact(lambda tx: balies.removed(tx, "T1", "KEY-1")) == replace(SLUIS, channels=())
    again = replace(SLUIS, alias="sluis", consumer_key="kEY-1", channels=("C3",))
    assert await database.transact(lambda tx: balies.save(tx, again)) == 1
    assert await everything(database) == [again, HOF]
    assert await database.transact(lambda tx: balies.removed(tx, "T1", "KEY-1")) is None


async def test_what_another_team_removed_stays_removed(database: Database) -> None:
    await save(database, SLUIS)
    await database.transact(lambda tx: balies.remove(tx, SLUIS, NOW))
    assert await database.transact(lambda tx: balies.removed(tx, "T2", "Key-1")) is None
    await save(database, replace(SLUIS, team="T2"))
    assert (await everything(database), await everything(database, "T2")) == ([], [replace(SLUIS, id=2, team="T2")])


async def test_what_was_removed_gives_its_alias_and_its_channels_away(database: Database) -> None:
    await save(database, SLUIS)
    await database.transact(lambda tx: balies.remove(tx, SLUIS, NOW))
    await save(database, replace(HOF, alias="de-sluis", channels=("C1",)))
    assert await everything(database) == [replace(HOF, alias="de-sluis", channels=("C1",))]


async def test_the_mapping_is_read_in_parts(database: Database) -> None:
    await save(database, SLUIS, HOF, replace(SLUIS, id=3, team="T2"))
    gone = replace(HOF, id=4, alias="a", consumer_key="key-3")
    await save(database, gone)
    await database.transact(lambda tx: balies.remove(tx, gone, NOW))

    def read(tx: Transaction) -> list[object]:
        return [
            balies.count(tx, "T1"),
            balies.labels(tx, "T1"),
            balies.some(tx, "T1", [2, 4, 3, 1]),
            balies.some(tx, "T1", []),
            balies.page(tx, "T1", after=0, most=1),
            balies.page(tx, "T1", after=1, most=5),
            balies.page(tx, "T1", after=2, most=5),
        ]

    assert await database.read(read) == [
        2,
        [(1, "de-sluis", "CC De Sluis"), (2, "t-hof", HOF.name)],
        [HOF, SLUIS],
        [],
        [SLUIS],
        [HOF],
        [],
    ]


async def test_an_alias_and_a_default_are_changed_alone(database: Database) -> None:
    await save(database, SLUIS, HOF)
    await database.transact(lambda tx: balies.rename(tx, HOF, "hof"))
    await database.transact(lambda tx: balies.make_default(tx, HOF, "C2"))
    assert await everything(database) == [
        replace(SLUIS, channels=("C1",)),
        replace(HOF, alias="hof", channels=("C2",)),
    ]
    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(lambda tx: balies.rename(tx, HOF, "de-sluis"))


async def test_naming_a_balie_that_never_was_is_an_error(database: Database) -> None:
    with pytest.raises(LookupError):
        await database.transact(lambda tx: balies.kept(tx, "T1", 1))
