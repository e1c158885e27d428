"""A digest of a quarter, what its balies come to, and how its messages read."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from bot.digests import BalieResult, Digest, DigestRun, Purpose, Rhythm, RunResults, Schedule
from bot.models import Balie, Language, Message, Period, State
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.checks import Checks
from bot.summary import GovernmentShare, Summary
from tests.storage.records import NOW, QUARTER, REPORT, SLUIS

SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
OCTOBER = datetime(2026, 10, 5, 7, tzinfo=UTC)
JANUARY = datetime(2027, 1, 4, 8, tzinfo=UTC)
MONDAYS = Schedule(Rhythm.QUARTER, time(9), "Europe/Brussels", weekday=0)
DIGEST = Digest("d1", "T1", "C1", "U1", "mark-1", Language.NL, MONDAYS, (SLUIS,), planned_at=JANUARY)
RUN = DigestRun(1, DIGEST, Purpose.PLANNED, OCTOBER, "C1", SUMMER)


def balie(name: str) -> Balie:
    """Return a balie of that name."""
    return replace(SLUIS, name=name)


def sums(owed: str, sales: int = 2) -> Summary:
    """Return so many sales for which one government owes so much."""
    return Summary((GovernmentShare("Aalst", sales, Decimal(100), Decimal(owed), None),))


def counted(name: str, owed: str, before: str | None = None, sales: int = 2) -> BalieResult:
    """Return a balie whose sheets were read, with what the period before came to."""
    report = replace(REPORT, balie=balie(name), period=SUMMER, state=State.READY, due_at=None, digest_run=1)
    return BalieResult(replace(report, summary=sums(owed, sales)), None if before is None else sums(before))


def other(name: str, state: State, before: str | None = None, **more: Any) -> BalieResult:
    """Return a balie without amounts, in that state; one that runs is still being waited for."""
    due_at = NOW if state.runs else None
    values = {"balie": balie(name), "period": SUMMER, "state": state, "due_at": due_at, "digest_run": 1, **more}
    return BalieResult(replace(REPORT, **values), None if before is None else sums(before))


def told(*results: BalieResult, before: Period | None = QUARTER, run: DigestRun = RUN) -> RunResults:
    """Return what a run of the summer quarter has to tell, next to the spring quarter."""
    return RunResults(run, SUMMER, before, results)


def checked(message: Message) -> Message:
    """Return a message that Slack takes, as a post and as an edit, and nobody suffers from."""
    checks = Checks()
    for what in ("chat.postMessage", "chat.update"):
        checks.message(Arguments({"text": message.text, "blocks": list(message.blocks)}), what)
    assert checks.complaints == []
    return message


def drawn(message: Message) -> list[str]:
    """Return what stands in a message, line by line: `#` a header, `|` a row, `()` small print, `[]` a button."""
    return [line for block in checked(message).blocks for line in _drawn(block)]


def _drawn(block: dict[str, Any]) -> list[str]:
    match block["type"]:
        case "header":
            return [f"# {block['text']['text']}"]
        case "section":
            found: str = block["text"]["text"]
            return found.splitlines()
        case "context":
            return [f"({line})" for line in block["elements"][0]["text"].splitlines()]
        case "table":
            return ["| " + " | ".join(cell["text"] for cell in row) for row in block["rows"]]
        case "actions":
            return [f"[{element['text']['text']}]" for element in block["elements"]]
        case _:
            points = block["chart"]["series"][0]["data"]
            return [f"chart: {block['title']}", *(f"{point['label']}: {point['value']}" for point in points)]
