"""People and their accounts: each person of each team apart."""

import sqlite3
from dataclasses import replace

import pytest

from bot.models import Person, Standing
from storage import accounts, balies, people
from storage.accounts import Account
from storage.database import Database, Transaction
from storage.people import Remembered
from tests.storage.records import HOUR, NOW, SLUIS

LIEN = Person("T1", "U1", Standing.MEMBER, "nl-BE", is_admin=True)
ACCOUNT = Account("T1", "U1", "mark-1", "sealed-1", "linked")


async def test_of_a_stranger_nothing_is_remembered(database: Database) -> None:
    assert await database.transact(lambda tx: people.get(tx, "T1", "U1")) == Remembered()


@pytest.mark.parametrize("standing", Standing)
async def test_what_slack_said_last_is_remembered_with_the_moment(database: Database, standing: Standing) -> None:
    def work(tx: Transaction) -> list[Remembered]:
        people.seen(tx, LIEN, NOW)
        people.seen(tx, replace(LIEN, standing=standing, locale=None), NOW + HOUR)
        return [people.get(tx, "T1", "U1"), people.get(tx, "T2", "U1"), people.get(tx, "T1", "U2")]

    assert await database.transact(work) == [Remembered(None, standing, NOW + HOUR), Remembered(), Remembered()]


async def test_being_seen_does_not_forget_the_balie_nor_using_one_the_language(database: Database) -> None:
    def work(tx: Transaction) -> list[Remembered]:
        balies.save(tx, SLUIS)
        people.used(tx, "T1", "U1", 1)
        first = people.get(tx, "T1", "U1")
        people.seen(tx, LIEN, NOW)
        second = people.get(tx, "T1", "U1")
        people.used(tx, "T1", "U1", 1)
        return [first, second, people.get(tx, "T1", "U1")]

    remembered = Remembered("nl-BE", Standing.MEMBER, NOW, 1)
    assert await database.transact(work) == [Remembered(last_balie=1), remembered, remembered]


async def test_an_account_is_found_by_person_and_by_mark_in_its_team_only(database: Database) -> None:
    def work(tx: Transaction) -> list[Account | None]:
        accounts.save(tx, ACCOUNT, NOW)
        return [
            accounts.get(tx, "T1", "U1"),
            accounts.by_mark(tx, "T1", "mark-1"),
            accounts.get(tx, "T2", "U1"),
            accounts.get(tx, "T1", "U2"),
            accounts.by_mark(tx, "T2", "mark-1"),
            accounts.by_mark(tx, "T1", "mark-2"),
        ]

    assert await database.transact(work) == [ACCOUNT, ACCOUNT, None, None, None, None]


async def test_a_new_account_takes_the_place_of_the_old_and_links_again(database: Database) -> None:
    new = replace(ACCOUNT, mark="mark-2", sealed="sealed-2")

    def work(tx: Transaction) -> tuple[Account | None, Account | None]:
        accounts.save(tx, ACCOUNT, NOW)
        accounts.end(tx, "T1", "U1")
        accounts.save(tx, new, NOW + HOUR)
        return accounts.get(tx, "T1", "U1"), accounts.by_mark(tx, "T1", "mark-1")

    assert await database.transact(work) == (new, None)


async def test_one_uitid_belongs_to_one_person_of_a_team(database: Database) -> None:
    await database.transact(lambda tx: accounts.save(tx, ACCOUNT, NOW))
    await database.transact(lambda tx: accounts.save(tx, replace(ACCOUNT, team="T2"), NOW))
    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(lambda tx: accounts.save(tx, replace(ACCOUNT, user="U2"), NOW))


async def test_the_end_of_a_link_is_news_once_and_keeps_the_token(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[bool], Account | None]:
        accounts.save(tx, ACCOUNT, NOW)
        news = [accounts.end(tx, "T1", user) for user in ("U1", "U1", "U2")]
        return news, accounts.get(tx, "T1", "U1")

    assert await database.transact(work) == ([True, False, False], replace(ACCOUNT, state="ended"))
