"""One speaker at a time."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage import lease
from storage.database import Database
from tests.storage.records import NOW, SECOND

TTL = timedelta(seconds=20)


async def hold(database: Database, holder: str, seconds: float) -> bool:
    """Ask for the lease so many seconds after the beginning."""
    return await database.transact(lambda tx: lease.hold(tx, holder, NOW + seconds * SECOND, TTL))


async def test_the_first_holds_it_until_it_runs_out(database: Database) -> None:
    asked = [("a", 0), ("b", 19.9), ("b", 20), ("a", 39.9), ("a", 40)]
    assert [await hold(database, *who) for who in asked] == [True, False, True, False, True]


async def test_renewing_keeps_the_others_waiting(database: Database) -> None:
    asked = [("a", 0), ("a", 15), ("b", 30), ("b", 35)]
    assert [await hold(database, *who) for who in asked] == [True, True, False, True]


@pytest.mark.parametrize(("who", "then"), [("a", True), ("b", False)])
async def test_only_its_holder_gives_it_up(database: Database, who: str, *, then: bool) -> None:
    await hold(database, "a", 0)
    await database.transact(lambda tx: lease.release(tx, who))
    assert await hold(database, "b", 1) is then


async def test_two_processes_on_one_file_see_one_lease(tmp_path: Path) -> None:
    first, second = [await Database.open(tmp_path / "baliebot.db", kind="serve") for _ in range(2)]
    try:
        assert [await hold(first, "a", 0), await hold(second, "b", 1), await hold(second, "b", 20)] == [
            True,
            False,
            True,
        ]
    finally:
        await first.aclose()
        await second.aclose()


async def test_a_lease_with_more_than_half_of_its_time_left_is_not_written_again(database: Database) -> None:
    asked = [("a", 0), ("a", 9.9), ("b", 20), ("b", 30), ("a", 49), ("a", 50)]
    assert [await hold(database, *who) for who in asked] == [True, True, True, True, False, True]
