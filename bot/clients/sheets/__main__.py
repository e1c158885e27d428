"""The process: limits first, then one zip on standard input, then one line of JSON on standard output.

The line is `{"shares": [[government, sales, full price, contribution, printed total or null], …], "events": [[name,
sales, contribution], …]}` with amounts as text, at most five events, or `{"refused": reason, "deliverable": bool}`. Any
other end means that the reader died.
"""

import io
import json
import resource
import sys

from bot.clients.sheets.archive import workbooks
from bot.clients.sheets.events import Events, EventTally
from bot.clients.sheets.positioned import PositionedFile
from bot.clients.sheets.tally import Tally, merged
from bot.errors import SheetsError

MEMORY = 300 * 1024 * 1024
"""Bytes of address space. A sheet of 65,000 rows needs about half; the hostile ones ask for gigabytes."""

CPU = 10
"""Seconds."""


def main() -> None:
    """Limit this process, read, answer."""
    limit()
    sys.stdout.write(json.dumps(answer(sys.stdin.fileno())) + "\n")


def limit() -> None:
    """Take away memory, time, files and core dumps, which would hold what the sheets say about people."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(descriptor: int) -> dict[str, object]:
    """Return what to print about the zip behind a descriptor."""
    # calamine is loaded here, under the limits.
    from bot.clients.sheets.claims import tallies  # noqa: PLC0415

    try:
        file = io.BufferedReader(PositionedFile(descriptor))
        events = Events()
        found = [tally for book in workbooks(file) for tally in tallies(book, events)]
        return {"shares": [_row(tally) for tally in merged(found)], "events": [_line(one) for one in events.most()]}
    except SheetsError as refusal:
        return {"refused": refusal.reason, "deliverable": refusal.deliverable}


def _row(tally: Tally) -> list[str | int | None]:
    printed = None if tally.printed_total is None else str(tally.printed_total)
    return [tally.government, tally.sales, str(tally.full_price), str(tally.contribution), printed]


def _line(event: EventTally) -> list[str | int]:
    return [event.name, event.sales, str(event.contribution)]


if __name__ == "__main__":
    main()
