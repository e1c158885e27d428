"""The processes that read sheets for us, as the system sees them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reader:
    """One that lives, or did a moment ago: how much memory it may have and had at most, in bytes of address space."""

    limit: str
    peak: int


def readers() -> Iterator[Reader]:
    """Yield the children of this process that read sheets and have set their limits."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
            if int(status["PPid"]) == os.getpid() and b"bot.clients.sheets" in (process / "cmdline").read_bytes():
                limits = (process / "limits").read_text()
                (line,) = [one for one in limits.splitlines() if one.startswith("Max address space")]
                yield Reader(line.split()[3], int(status["VmPeak"].split()[0]) * 1024)
        except (FileNotFoundError, ProcessLookupError, KeyError):
            continue  # it ended meanwhile
