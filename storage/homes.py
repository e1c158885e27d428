"""The Homes that people have opened: whether each still shows how things are, and what it has to show.

That one no longer does is noted by triggers (migration m0006), whoever it is that writes: the bot, or a command beside
it. Nothing of a Home itself is kept.
"""

from datetime import date, datetime
from typing import Any

from bot.homes import Held, Home, HomeBalie, HomeReport, StaleHome
from bot.models import Period, Standing
from storage import accounts, digests, moments, people
from storage.database import Transaction

MOST_REPORTS = 10
"""Reports of each kind that are named."""
MOST_BALIES = 12
MOST_DIGESTS = 10
_RUNS = "r.state IN ('requested', 'submitted', 'ready', 'paused')"
_REPORTS = """
    SELECT b.name AS balie, r.first_day, r.last_day, r.face, r.channel, r.root_ts, {moment} AS moment,
           count(*) OVER () AS total
    FROM reports r JOIN balies b ON b.id = r.balie
    WHERE r.team = ? AND r.asker = ? AND {where} ORDER BY moment DESC LIMIT ?
"""
_BALIES = """
    SELECT alias, name, id = ? AS is_last, count(*) OVER () AS total
    FROM balies WHERE team = ? AND removed_at IS NULL ORDER BY is_last DESC, alias LIMIT ?
"""
_HELD = """
    SELECT coalesce(r.reason, '') = 'unmapped' AS for_balie, r.account = ? AS is_same, count(*) AS n
    FROM reports r WHERE r.team = ? AND r.asker = ? AND r.state = 'paused' GROUP BY for_balie, is_same
"""


def opened(tx: Transaction, team: str, user: str, now: datetime) -> None:
    """Note that somebody opened their Home: it is to be drawn anew, however often that came to nothing before."""
    tx.execute(
        "INSERT INTO homes (team, user, is_stale, due_at) VALUES (?, ?, 1, ?)"
        " ON CONFLICT (team, user) DO UPDATE SET is_stale = 1, attempts = 0,"
        " due_at = coalesce(max(rests_until, excluded.due_at), excluded.due_at)",
        [team, user, moments.write(now)],
    )


def due(tx: Transaction, now: datetime, limit: int) -> list[StaleHome]:
    """Return the Homes to draw anew now, those that wait longest first."""
    query = "SELECT team, user, attempts FROM homes WHERE is_stale = 1 AND due_at <= ? ORDER BY due_at LIMIT ?"
    return [StaleHome(**row) for row in tx.query(query, [moments.write(now), limit])]


def next_moment(tx: Transaction) -> datetime | None:
    """Return when the next Home is to be drawn anew."""
    moment: str | None = next(tx.query("SELECT min(due_at) AS moment FROM homes WHERE is_stale = 1"))["moment"]
    return moments.read(moment)


def shown(tx: Transaction, stale: StaleHome, rests_until: datetime, *, is_current: bool) -> None:
    """Note that a Home was drawn, and is left alone until then; unless `is_current` it is to be drawn once more."""
    moment = moments.write(rests_until)
    tx.execute(
        "UPDATE homes SET is_stale = ?, attempts = 0, due_at = ?, rests_until = ? WHERE team = ? AND user = ?",
        [int(not is_current), moment, moment, stale.team, stale.user],
    )


def postpone(tx: Transaction, stale: StaleHome, due_at: datetime, *, attempts: int) -> None:
    """Draw a Home later, after so many attempts that came to nothing."""
    tx.execute(
        "UPDATE homes SET due_at = ?, attempts = ? WHERE team = ? AND user = ? AND is_stale = 1",
        [moments.write(due_at), attempts, stale.team, stale.user],
    )


def leave(tx: Transaction, stale: StaleHome) -> None:
    """Leave a Home as it is until something happens again."""
    query = "UPDATE homes SET is_stale = 0, attempts = 0 WHERE team = ? AND user = ?"
    tx.execute(query, [stale.team, stale.user])


def forget(tx: Transaction, stale: StaleHome) -> None:
    """Forget a Home: nobody looks at it any more, before somebody opens it."""
    tx.execute("DELETE FROM homes WHERE team = ? AND user = ?", [stale.team, stale.user])


def read(tx: Transaction, team: str, user: str, since: datetime) -> Home:
    """Return what somebody's Home has to show; of what finished, what did so since then."""
    known = people.get(tx, team, user)
    if known.standing is not Standing.MEMBER:
        return Home(known.locale, known.standing)
    account = accounts.get(tx, team, user)
    running, running_total = _reports(tx, _RUNS, "r.requested_at", team, user)
    over = f"NOT {_RUNS} AND r.ended_at >= ?"
    finished, finished_total = _reports(tx, over, "r.ended_at", team, user, moments.write(since))
    owned = digests.of_owner(tx, team, user)
    balies = list(tx.query(_BALIES, [known.last_balie or 0, team, MOST_BALIES]))
    return Home(
        locale=known.locale,
        standing=known.standing,
        linked_at=accounts.linked_at(tx, team, user),
        has_ended=account is not None and account.state == "ended",
        held=_held(tx, team, user, account),
        running=running,
        running_total=running_total,
        finished=finished,
        finished_total=finished_total,
        balies=tuple(HomeBalie(row["alias"], row["name"], bool(row["is_last"])) for row in balies),
        balies_total=balies[0]["total"] if balies else 0,
        digests=tuple(owned[:MOST_DIGESTS]),
        digests_total=len(owned),
    )


def _reports(tx: Transaction, where: str, moment: str, *values: object) -> tuple[tuple[HomeReport, ...], int]:
    rows = list(tx.query(_REPORTS.format(where=where, moment=moment), [*values, MOST_REPORTS]))
    return tuple(_report(row) for row in rows), rows[0]["total"] if rows else 0


def _report(row: dict[str, Any]) -> HomeReport:
    return HomeReport(
        balie=row["balie"],
        period=Period(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])),
        face=row["face"],
        moment=moments.read(str(row["moment"])),
        channel=row["channel"],
        root_ts=row["root_ts"],
    )


def _held(tx: Transaction, team: str, user: str, account: accounts.Account | None) -> Held:
    counts = {"link": 0, "other": 0, "balie": 0}
    is_linked = account is not None and account.state == "linked"
    for row in tx.query(_HELD, [account.mark if account is not None else "", team, user]):
        other = "other" if is_linked and not row["is_same"] else "link"
        counts["balie" if row["for_balie"] else other] += row["n"]
    return Held(**counts)
