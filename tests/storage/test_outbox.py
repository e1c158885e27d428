"""What is to be said: in its order, at its time, and by one hand at a time."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.models import Kind, Parcel, Sending
from storage import outbox
from storage.database import Database, Transaction
from tests.storage.records import HOUR, NOW, SECOND, SLUIS, add

DONE = (Sending.SENT, Sending.GAVE_UP)


def ids(parcels: list[Parcel]) -> list[int]:
    """Return which rows these are."""
    return [parcel.id for parcel in parcels]


async def test_a_row_comes_back_as_it_went_in_with_a_key_of_its_own(database: Database) -> None:
    def work(tx: Transaction) -> list[Parcel]:
        add(tx)
        first = outbox.add(tx, "T1", Kind.ROOT, due_at=NOW, report="r1")
        outbox.add(tx, "T1", Kind.REPLY, due_at=NOW + HOUR, report="r1", after=first, recipient="U1")
        return outbox.of_report(tx, "r1")

    root, reply = await database.transact(work)
    assert root == Parcel(1, root.key, "T1", Kind.ROOT, Sending.WAITING, NOW, "r1")
    assert reply == Parcel(2, reply.key, "T1", Kind.REPLY, Sending.WAITING, NOW + HOUR, "r1", 1, "U1")
    assert len({root.key, reply.key}) == 2
    assert min(len(root.key), len(reply.key)) >= 20


@pytest.mark.parametrize("state", Sending)
async def test_a_row_changes_only_from_the_state_that_is_expected(database: Database, state: Sending) -> None:
    values = {
        "started_at": NOW,
        "attempts": 2,
        "channel": "D1",
        "thread_ts": "1.1",
        "ts": "1.2",
        "file_id": "F1",
        "note": "thread",
    }

    def work(tx: Transaction) -> tuple[bool, Parcel, Parcel]:
        add(tx)
        row = outbox.add(tx, "T1", Kind.FILE, due_at=NOW, report="r1")
        outbox.change(tx, row, expect=Sending.WAITING, state=state)
        (before,) = outbox.of_report(tx, "r1")
        changed = outbox.change(tx, row, expect=Sending.SENDING, state=Sending.SENT, **values)
        (after,) = outbox.of_report(tx, "r1")
        return changed, before, after

    changed, before, after = await database.transact(work)
    assert changed is (state is Sending.SENDING)
    wanted = replace(before, state=Sending.SENT, **values) if changed else before  # type: ignore[arg-type]  # mixed values
    assert after == wanted


async def test_of_two_that_begin_to_send_one_may(database: Database) -> None:
    row = await database.transact(lambda tx: outbox.add(tx, "T1", Kind.ROOT, due_at=NOW))

    def begin(tx: Transaction) -> bool:
        return outbox.change(tx, row, expect=Sending.WAITING, state=Sending.SENDING)

    assert [await database.transact(begin), await database.transact(begin)] == [True, False]


async def test_what_is_due_comes_in_order_and_not_too_much_at_once(database: Database) -> None:
    def work(tx: Transaction) -> list[list[int]]:
        for seconds, who in ((2, "U1"), (0, "U2"), (0, "U3"), (3, "U4")):
            outbox.add(tx, "T1", Kind.ROOT, due_at=NOW + seconds * SECOND, recipient=who)
        return [ids(outbox.due(tx, NOW + 2 * SECOND, limit, SECOND)) for limit in (9, 2)]

    assert await database.transact(work) == [[2, 3, 1], [2, 3]]


async def test_of_the_messages_for_one_conversation_only_the_first_is_due(database: Database) -> None:
    def work(tx: Transaction) -> list[int]:
        add(tx)
        add(tx, "r2", balie=replace(SLUIS, id=2, alias="t-hof", consumer_key="key-2", channels=()))
        add(tx, "r3", channel="C2")
        for report, kind in (("r2", Kind.ROOT), ("r1", Kind.ROOT), ("r1", Kind.FILE), ("r2", Kind.FILE)):
            outbox.add(tx, "T1", kind, due_at=NOW, report=report)
        outbox.add(tx, "T1", Kind.ROOT, due_at=NOW, report="r3")
        outbox.add(tx, "T1", Kind.REPLY, due_at=NOW, report="r1", recipient="U1")
        outbox.add(tx, "T1", Kind.LINK_ENDED, due_at=NOW, report="r2", recipient="U1")
        return ids(outbox.due(tx, NOW, 9, SECOND))

    assert await database.transact(work) == [1, 3, 4, 5, 6], "files have a limit of their own"


@pytest.mark.parametrize(("milliseconds", "due"), [(0, [3]), (999, [3]), (1000, [2, 3])])
async def test_a_message_waits_a_second_after_the_last_one_that_set_out_for_its_conversation(
    database: Database, milliseconds: int, due: list[int]
) -> None:
    def work(tx: Transaction) -> list[int]:
        add(tx)
        add(tx, "r2", channel="C2")
        for report in ("r1", "r1", "r2"):
            outbox.add(tx, "T1", Kind.ROOT, due_at=NOW, report=report)
        outbox.change(tx, 1, expect=Sending.WAITING, state=Sending.SENT, started_at=NOW)
        return ids(outbox.due(tx, NOW + milliseconds * SECOND / 1000, 9, SECOND))

    assert await database.transact(work) == due


@pytest.mark.parametrize("state", Sending)
async def test_what_waits_for_another_row_is_due_once_that_is_done(database: Database, state: Sending) -> None:
    def work(tx: Transaction) -> tuple[list[int], datetime | None]:
        first = outbox.add(tx, "T1", Kind.ROOT, due_at=NOW + HOUR)
        outbox.add(tx, "T1", Kind.REPLY, due_at=NOW, after=first)
        outbox.change(tx, first, expect=Sending.WAITING, state=state)
        return ids(outbox.due(tx, NOW, 9, SECOND)), outbox.next_moment(tx)

    assert await database.transact(work) == (([2], NOW) if state in DONE else ([], NOW + HOUR))


async def test_a_row_that_was_being_sent_is_looked_up_again_but_a_done_one_is_not(database: Database) -> None:
    def work(tx: Transaction) -> list[int]:
        for state in Sending:
            row = outbox.add(tx, "T1", Kind.ROOT, due_at=NOW)
            outbox.change(tx, row, expect=Sending.WAITING, state=state)
        return ids(outbox.due(tx, NOW, 9, SECOND))

    assert await database.transact(work) == [1, 2]


async def test_with_nothing_to_say_there_is_no_next_moment(database: Database) -> None:
    assert await database.transact(outbox.next_moment) is None


async def test_only_waiting_rows_of_that_report_and_kind_are_dropped(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[int, Sending]]:
        add(tx)
        add(tx, "r2", channel="C2")
        for report, kind in (("r1", Kind.ROOT), ("r1", Kind.FILE), ("r1", Kind.REPLY), ("r1", Kind.REPLY)):
            outbox.add(tx, "T1", kind, due_at=NOW, report=report)
        outbox.add(tx, "T1", Kind.REPLY, due_at=NOW, report="r2")
        outbox.change(tx, 4, expect=Sending.WAITING, state=Sending.SENDING)
        outbox.drop_waiting(tx, "r1", {Kind.FILE, Kind.REPLY})
        rows = [*outbox.of_report(tx, "r1"), *outbox.of_report(tx, "r2")]
        return [(row.id, row.state) for row in rows]

    assert await database.transact(work) == [(1, Sending.WAITING), (4, Sending.SENDING), (5, Sending.WAITING)]


async def test_what_is_being_sent_is_dropped_where_it_no_longer_counts(database: Database) -> None:
    def work(tx: Transaction) -> list[int]:
        add(tx)
        for state in Sending:
            row = outbox.add(tx, "T1", Kind.FILE, due_at=NOW, report="r1")
            outbox.change(tx, row, expect=Sending.WAITING, state=state)
        outbox.drop_open(tx, "r1", {Kind.FILE})
        return ids(outbox.of_report(tx, "r1"))

    assert await database.transact(work) == [3, 4], "what was said, and what could not be"


async def test_what_waits_for_one_person_is_dropped_for_them_alone(database: Database) -> None:
    def work(tx: Transaction) -> list[int]:
        for team, who, kind in (("T1", "U1", Kind.LINKED), ("T1", "U2", Kind.LINKED), ("T2", "U1", Kind.LINKED)):
            outbox.add(tx, team, kind, due_at=NOW, recipient=who)
        outbox.add(tx, "T1", Kind.LINK_CLAIMED, due_at=NOW + SECOND, recipient="U1")
        outbox.drop_for(tx, "T1", "U1", {Kind.LINKED, Kind.LINK_ENDED})
        outbox.change(tx, 3, expect=Sending.WAITING, recipient="U3")
        return ids(outbox.due(tx, NOW + SECOND, 9, SECOND))

    assert await database.transact(work) == [2, 3, 4]


async def test_haste_brings_forward_what_waits_and_leaves_what_is_being_sent(database: Database) -> None:
    def work(tx: Transaction) -> list[datetime]:
        add(tx)
        for _ in range(2):
            outbox.add(tx, "T1", Kind.REPLY, due_at=NOW + HOUR, report="r1")
        outbox.change(tx, 2, expect=Sending.WAITING, state=Sending.SENDING)
        outbox.hasten(tx, "r1", NOW)
        return [row.due_at for row in outbox.of_report(tx, "r1")]

    assert await database.transact(work) == [NOW, NOW + HOUR]
