"""Reports at rest: they come back as they went in, and one that changed meanwhile is not changed again."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.models import RUNNING, Kind, Period, Report, Sending, State
from bot.summary import EventShare, GovernmentShare, Summary
from storage import balies, outbox, reports
from storage.database import Database, Transaction
from tests.storage.records import HOUR, NOW, QUARTER, REPORT, SECOND, SLUIS, add

SUMMARY = Summary(
    (
        GovernmentShare("Stad Aalst «Ø»", 12, Decimal("144.00"), Decimal("115.20"), Decimal("115.2")),
        GovernmentShare("OCMW", 0, Decimal(0), Decimal("0.00"), None),
    ),
    (EventShare("Poppentheater «Ø»", 7, Decimal("70.20")), EventShare("Zwemles", 5, Decimal("45.00"))),
)


async def get(database: Database, name: str = "r1") -> Report | None:
    """Return a report of team T1."""
    return await database.transact(lambda tx: reports.get(tx, "T1", name))


async def test_a_new_report_comes_back_as_it_went_in(database: Database) -> None:
    written = await database.transact(add)
    assert await get(database) == written == REPORT


async def test_everything_that_can_change_comes_back_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "baliebot.db"
    database = await Database.open(path, kind="serve")
    changes: dict[str, Any] = {
        "state": State.DELIVERED,
        "face": "delivered",
        "due_at": None,
        "paused_at": NOW + SECOND,
        "submitted_at": NOW + 2 * SECOND,
        "ended_at": NOW + 3 * SECOND,
        "attempts": 2,
        "sheet_attempts": 1,
        "sheets_problem": "too_large",
        "trouble": 3,
        "uitpas_id": "8241",
        "root_ts": "1784102400.000100",
        "reason": "no_answer",
        "actor": "U9",
        "summary": SUMMARY,
    }
    await database.transact(add)
    await database.transact(lambda tx: reports.change(tx, "r1", **changes))
    await database.transact(lambda tx: reports.shown(tx, "r1", "submitted"))
    await database.aclose()
    again = await Database.open(path, kind="serve")
    assert await get(again) == replace(REPORT, **changes, shown_face="submitted")
    await again.aclose()


async def test_a_summary_from_before_events_were_counted_still_opens(database: Database) -> None:
    old = '[["Stad Aalst «Ø»", 12, "144.00", "115.20", "115.2"], ["OCMW", 0, "0", "0.00", null]]'
    await database.transact(add)
    await database.transact(lambda tx: tx.execute("UPDATE reports SET summary = ?", [old]))
    found = await get(database)
    assert found is not None
    assert found.summary == replace(SUMMARY, events=())


async def test_a_moment_of_another_zone_is_kept_as_the_same_moment_in_utc(database: Database) -> None:
    summer = timezone(timedelta(hours=2))
    await database.transact(lambda tx: add(tx, due_at=datetime(2026, 7, 15, 10, 0, tzinfo=summer)))
    found = await get(database)
    assert found is not None
    assert found.due_at == datetime(2026, 7, 15, 8, 0, tzinfo=UTC)
    assert found.due_at.tzinfo is UTC


@pytest.mark.parametrize("state", State)
async def test_a_change_happens_only_in_the_states_that_it_expects(database: Database, state: State) -> None:
    def work(tx: Transaction) -> list[bool]:
        add(tx, state=state)
        return [
            reports.change(tx, "r1", attempts=1),
            reports.change(tx, "r1", expect={State.READY}, trouble=1),
            reports.change(tx, "r2", attempts=5),
        ]

    assert await database.transact(work) == [state in RUNNING, state is State.READY, False]
    assert await get(database) == replace(
        REPORT, state=state, attempts=int(state in RUNNING), trouble=int(state is State.READY)
    )


async def test_a_report_is_found_by_its_request_but_only_in_its_team(database: Database) -> None:
    await database.transact(add)
    found = await database.transact(
        lambda tx: [
            reports.by_request_key(tx, "T1", "request of r1"),
            reports.by_request_key(tx, "T1", "request of r2"),
            reports.by_request_key(tx, "T2", "request of r1"),
            reports.get(tx, "T2", "r1"),
        ]
    )
    assert found == [REPORT, None, None, None]


async def test_one_request_makes_one_report(database: Database) -> None:
    await database.transact(lambda tx: add(tx, state=State.DELIVERED))
    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(
            lambda tx: reports.add(tx, replace(REPORT, id="r2", channel="C2"), request_key="request of r1")
        )


@pytest.mark.parametrize("state", State)
async def test_the_same_runs_once_at_a_time(database: Database, state: State) -> None:
    await database.transact(lambda tx: add(tx, state=state))
    if state.runs:
        with pytest.raises(sqlite3.IntegrityError):
            await database.transact(lambda tx: add(tx, "r2"))
    else:
        await database.transact(lambda tx: add(tx, "r2"))
    running = await database.transact(lambda tx: reports.running(tx, "T1", 1, QUARTER, "C1"))
    assert running == (replace(REPORT, state=state) if state.runs else replace(REPORT, id="r2"))


@pytest.mark.parametrize(
    "other",
    [
        {"channel": "C2"},
        {"period": Period(date(2026, 4, 1), date(2026, 6, 29))},
        {"period": Period(date(2026, 4, 2), date(2026, 6, 30))},
        {"digest_run": 1},
    ],
)
async def test_another_channel_period_or_digest_runs_beside_it(database: Database, other: dict[str, object]) -> None:
    def work(tx: Transaction) -> tuple[Report | None, int]:
        add(tx)
        add(tx, "r2", **other)
        return reports.running(tx, "T1", 1, QUARTER, "C1"), reports.count_running(tx, "T1", "U1")

    mine = 1 if "digest_run" in other else 2  # what a digest asks for keeps nobody from asking
    assert await database.transact(work) == (REPORT, mine)


async def test_the_latest_delivered_is_found_and_nothing_that_ended_otherwise(database: Database) -> None:
    def work(tx: Transaction) -> Report | None:
        for number, state in enumerate((State.DELIVERED, State.DELIVERED, State.EMPTY, State.FAILED, State.SUBMITTED)):
            add(tx, f"r{number}", state=state, requested_at=NOW + number * HOUR)
        return reports.delivered(tx, "T1", 1, QUARTER, "C1")

    assert await database.transact(work) == replace(REPORT, id="r1", state=State.DELIVERED, requested_at=NOW + HOUR)


async def test_only_what_a_person_runs_is_counted_and_only_the_paused_is_resumed(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, int, list[str]]:
        for number, state in enumerate(State):
            add(tx, f"r{number}", state=state, channel=f"C{number}")
        add(tx, "another's", asker="U2", state=State.PAUSED, channel="C99")
        paused = [report.id for report in reports.paused_of(tx, "T1", "U1")]
        return reports.count_running(tx, "T1", "U1"), reports.count_running(tx, "T2", "U1"), paused

    assert await database.transact(work) == (4, 0, ["r3"])


async def test_what_is_due_comes_longest_waiting_first_and_not_too_much_at_once(database: Database) -> None:
    def work(tx: Transaction) -> tuple[list[str], list[str], list[str]]:
        for number, seconds in enumerate((2, 0, 1, 3, None)):
            due = None if seconds is None else NOW + seconds * SECOND
            add(tx, f"r{number}", channel=f"C{number}", due_at=due)
        return tuple([report.id for report in reports.due(tx, NOW + 2 * SECOND, limit)] for limit in (9, 2, 0))  # type: ignore[return-value]  # three of them

    assert await database.transact(work) == (["r1", "r2", "r0"], ["r1", "r2"], [])


async def test_an_old_face_is_edited_once_there_is_a_root_and_nothing_left_to_say(database: Database) -> None:
    def names(tx: Transaction) -> list[str]:
        return [report.id for report in reports.to_edit(tx, NOW, 9)]

    def work(tx: Transaction) -> list[list[str]]:
        add(tx)
        seen = [names(tx)]
        reports.change(tx, "r1", root_ts="1.1")
        seen.append(names(tx))
        row = outbox.add(tx, "T1", Kind.REPLY, due_at=NOW, report="r1")
        seen.append(names(tx))
        outbox.change(tx, row, expect=Sending.WAITING, state=Sending.SENT)
        seen.append(names(tx))
        reports.change(tx, "r1", edit_at=NOW + SECOND)
        seen.append(names(tx))
        reports.shown(tx, "r1", "requested")
        seen.append(names(tx))
        return seen

    assert await database.transact(work) == [[], ["r1"], [], ["r1"], [], []]


async def test_a_pause_is_shown_while_something_is_still_to_be_said(database: Database) -> None:
    def work(tx: Transaction) -> list[str]:
        add(tx)
        reports.change(tx, "r1", root_ts="1.1", state=State.PAUSED, face="paused")
        outbox.add(tx, "T1", Kind.REPLY, due_at=NOW, report="r1")
        return [report.id for report in reports.to_edit(tx, NOW, 9)]

    assert await database.transact(work) == ["r1"]


async def test_the_next_moment_is_the_earliest_of_work_and_edits(database: Database) -> None:
    def work(tx: Transaction) -> list[datetime | None]:
        moments = [reports.next_moment(tx)]
        add(tx, due_at=NOW + HOUR)
        moments.append(reports.next_moment(tx))
        reports.change(tx, "r1", root_ts="1.1", edit_at=NOW + SECOND)
        moments.append(reports.next_moment(tx))
        reports.shown(tx, "r1", "requested")
        reports.change(tx, "r1", due_at=None)
        moments.append(reports.next_moment(tx))
        return moments

    assert await database.transact(work) == [None, NOW + HOUR, NOW + SECOND, None]


async def test_lately_is_what_runs_or_is_recent_mine_or_here_newest_first(database: Database) -> None:
    old, since = NOW - 48 * HOUR, NOW - 24 * HOUR
    finished = {"state": State.DELIVERED}

    def work(tx: Transaction) -> list[str]:
        add(tx, "mine elsewhere", channel="C2", requested_at=NOW - 2 * HOUR, **finished)
        add(tx, "another's here", asker="U2", requested_at=NOW - HOUR, **finished)
        add(tx, "another's elsewhere", asker="U2", channel="C3", **finished)
        add(tx, "mine, finished long ago", requested_at=old, **finished)
        add(tx, "mine, runs since long", requested_at=old)
        add(tx, "just in time", requested_at=since, **finished)
        return [report.id for report in reports.lately(tx, "T1", asker="U1", channel="C1", since=since)]

    assert await database.transact(work) == [
        "another's here",
        "mine elsewhere",
        "just in time",
        "mine, runs since long",
    ]


async def test_a_report_still_names_its_balie_when_that_is_mapped_no_more(database: Database) -> None:
    await database.transact(add)
    await database.transact(lambda tx: balies.remove(tx, SLUIS, NOW))
    assert await get(database) == replace(REPORT, balie=replace(SLUIS, channels=()))
