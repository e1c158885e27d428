"""The longest sheets there can be: counted while people go on working."""

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.clients.sheets_made import longest_claim, longest_newer_claim, zip_bytes
from tests.support.readers import readers
from tests.support.stage import Stage

AALST = "Lokale overheid Aalst"
MOST_MEMORY = 300 * 1024 * 1024
IN_TIME = 1.0
"""Seconds in which a command is acknowledged; Slack allows three."""


@pytest.mark.parametrize(
    ("name", "make", "sums"),
    [
        ("a.xls", longest_claim, ["65.000", "812.500,00", "526.500,00"]),
        ("a.xlsx", longest_newer_claim, ["100.000", "1.250.000,00", "810.000,00"]),
    ],
)
async def test_while_a_long_sheet_is_read_commands_are_acknowledged_in_time(
    stage: Stage,
    record_property: Callable[[str, object], None],
    name: str,
    make: Callable[[str], bytes],
    sums: list[str],
) -> None:
    stage.uitpas.archive = zip_bytes({name: make(AALST)})
    await stage.type("rapport vorig kwartaal", then_settle=False)
    working = asyncio.create_task(stage.pass_time(3, steps=3))
    waits, limits, peaks = [], set[str](), [0]
    while not working.done():
        begun = time.monotonic()
        delivery = await stage.slack.command("U0LIEN00001", "C0DESLUIS01", "help")
        assert delivery.error is None
        if living := list(readers()):
            waits.append(time.monotonic() - begun)
            limits |= {one.limit for one in living}
            peaks += [one.peak for one in living]
    await working
    table = next(block for block in stage.replies()[1].blocks if block["type"] == "table")
    assert [cell["text"] for cell in table["rows"][-1]] == ["Samen", *sums]
    assert (len(waits) > 3, max(waits) < IN_TIME) == (True, True)
    assert (str(MOST_MEMORY) in limits, 0 < max(peaks) <= MOST_MEMORY) == (True, True)
    record_property(f"{name}: longest wait in ms, memory in MB", (round(max(waits) * 1000), max(peaks) // 2**20))
