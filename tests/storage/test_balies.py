"""The mapping of balies: each team has its own, and what was removed can still be named."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.models import Balie
from storage import balies
from storage.database import Database

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


async def test_what_was_removed_makes_room_for_a_new_balie(database: Database) -> None:
    await save(database, SLUIS)
    await database.transact(lambda tx: balies.remove(tx, SLUIS, NOW))
    await save(database, SLUIS)
    assert await everything(database) == [replace(SLUIS, id=2)]


async def test_naming_a_balie_that_never_was_is_an_error(database: Database) -> None:
    with pytest.raises(LookupError):
        await database.transact(lambda tx: balies.kept(tx, "T1", 1))
