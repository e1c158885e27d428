"""The sheets of a report to a summary, in a child process: hostile sheets kill their reader, and only that."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import bot
from bot.errors import SheetsError
from bot.summary import LONGEST_EVENT, MOST_EVENTS, EventShare, GovernmentShare, Summary

MAX_ANSWER = 1024 * 1024
"""Bytes; a line for 500 governments takes less."""

_ROOT = Path(bot.__file__).resolve().parents[1]
_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_module('bot.clients.sheets', run_name='__main__')"
)
"""Isolated mode leaves out where this code lies, or finds another copy that is installed; so its place comes first."""


class Workbooks:
    """Summarises zips, a few at a time, so that many finished reports can't take the machine's memory together.

    Args:
        at_once: how many children may live.
        timeout: seconds one may take.
        python: the interpreter to run them with.
    """

    def __init__(self, *, at_once: int = 2, timeout: float = 20, python: str = sys.executable) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._timeout = timeout
        self._python = python

    async def summarise(self, zip_file: BinaryIO) -> Summary:
        """Wait for room, then do as `summarise`.

        Raises:
            SheetsError: as there.
        """
        async with self._room:
            return await summarise(zip_file, timeout=self._timeout, python=self._python)


async def summarise(
    zip_file: BinaryIO,
    *,
    timeout: float = 20,  # noqa: ASYNC109  (the limit belongs to the promise: the child is dead when this returns)
    python: str = sys.executable,
) -> Summary:
    """Read the sheets of a report from the start of the file, whose position stays where it is.

    Args:
        zip_file: a real file, with a descriptor.
        timeout: seconds; a child that is not done by then is killed, as it is when the caller is cancelled.
        python: the interpreter to run the child with.

    Raises:
        SheetsError: `not_a_zip` and `unsafe`, where the zip should not be handed on; `too_large` and `unknown_layout`,
            where it may; `reader_died` when the child was killed, gave up, or took too long, where it may too.
    """
    zip_file.flush()
    child = await asyncio.create_subprocess_exec(
        python,
        "-I",
        "-c",
        _START,
        str(_ROOT),
        stdin=zip_file.fileno(),
        stdout=PIPE,
        stderr=DEVNULL,
        env={},
        # Ctrl-C in a terminal is for the bot, which then decides about its children.
        start_new_session=True,
    )
    line = await _line_of(child, timeout)
    return _summary(line)


async def _line_of(child: Process, seconds: float) -> bytes:
    """Return what a child prints; afterwards it is gone, whatever happened."""
    try:
        async with asyncio.timeout(seconds):
            line = await _read(child)
            died = await child.wait() != 0
    except TimeoutError:
        died, line = True, b""
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()
    if died:
        raise SheetsError("reader_died")
    return line


async def _read(child: Process) -> bytes:
    output = bytearray()
    # It was made with a pipe; asyncio's type allows for one that was not.
    while child.stdout and (piece := await child.stdout.read(64 * 1024)):
        output += piece
        if len(output) > MAX_ANSWER:
            raise SheetsError("reader_died")
    return bytes(output)


def _summary(line: bytes) -> Summary:
    """Take the child at its word only as far as its form goes: hostile sheets may have had their way with it."""
    try:
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            refusal = SheetsError(str(answer["refused"]), deliverable=answer["deliverable"] is True)
        else:
            events = tuple(_event(*row) for row in answer["events"][:MOST_EVENTS])
            return Summary(tuple(_share(*row) for row in answer["shares"]), events)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        refusal = SheetsError("reader_died")
    raise refusal


def _share(government: str, sales: int, full_price: str, contribution: str, printed: str | None) -> GovernmentShare:
    return GovernmentShare(
        government=government,
        sales=int(sales),
        full_price=Decimal(full_price),
        contribution=Decimal(contribution),
        printed_total=None if printed is None else Decimal(printed),
    )


def _event(name: str, sales: int, contribution: str) -> EventShare:
    return EventShare(str(name)[:LONGEST_EVENT], int(sales), Decimal(contribution))
