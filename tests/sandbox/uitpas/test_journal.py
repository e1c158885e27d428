"""With a journal, tokens and reports outlive the process."""

import stat
from pathlib import Path

import httpx
import pytest

from bot.sandbox.uitpas import UitpasSandbox

from .support import Caller, StillClock, progress


async def test_reports_and_tokens_go_on_after_a_restart(
    tmp_path: Path, http: httpx.AsyncClient, clock: StillClock
) -> None:
    journal = tmp_path / "uitpas.jsonl"
    before = UitpasSandbox(now=clock.now, journal=journal)
    kept, revoked = (before.issue_token(before.employee("bram").uid) for _ in range(2))
    balie = before.world.balies[0]
    await before.start()
    await Caller(before, http, clock, kept).start_report(balie)
    before.revoke(revoked[0])
    await before.aclose()
    clock.advance(8)
    after = UitpasSandbox(now=clock.now, journal=journal)
    await after.start()
    bram = Caller(after, http, clock, kept)
    answers = [await bram.status("4711", balie), await bram.start_report(balie)]
    refused = await Caller(after, http, clock, revoked).status("4711", balie)
    await after.aclose()
    assert [answer.content for answer in answers] == [
        progress("Export completed.", "download", balie),
        progress("Export in progress.", "status", balie, "4712"),
    ]
    assert refused.status_code == 401


def test_a_line_cut_off_by_a_crash_costs_only_itself(tmp_path: Path, clock: StillClock) -> None:
    journal = tmp_path / "uitpas.jsonl"
    first = UitpasSandbox(now=clock.now, journal=journal)
    token, _ = first.issue_token(first.employee("bram").uid)
    with journal.open("a") as file:
        file.write('{"what": "rev')
    second = UitpasSandbox(now=clock.now, journal=journal)
    second.revoke(token)
    lines = journal.read_text().splitlines()
    assert lines[1:] == ['{"what": "rev', f'{{"what": "revoked", "token": "{token}"}}']
    assert UitpasSandbox(now=clock.now, journal=journal)._access.find(token) is None


def test_the_journal_is_for_its_owner_only(tmp_path: Path, clock: StillClock) -> None:
    journal = tmp_path / "uitpas.jsonl"
    sandbox = UitpasSandbox(now=clock.now, journal=journal)
    sandbox.issue_token(sandbox.employee("bram").uid)
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_who_does_not_exist_has_no_token(clock: StillClock) -> None:
    sandbox = UitpasSandbox(now=clock.now)
    with pytest.raises(KeyError):
        sandbox.issue_token("nobody")
    with pytest.raises(KeyError):
        sandbox.employee("nobody")
