"""The program as a process of its own, in an empty folder and with an empty environment."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 60
"""Seconds after which a call of the program is taken for stuck."""
PASSED_ON = ("PATH", "HOME", "TMPDIR", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "COVERAGE_FILE")


@dataclass(frozen=True, slots=True)
class Done:
    """How a call of the program ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Program:
    """Calls the program in a folder, with these settings."""

    folder: Path
    settings: Mapping[str, str]

    async def run(self, *arguments: str, **settings: str) -> Done:
        """Run one command to its end."""
        async with self.started(*arguments, **settings) as process:
            out, err = await asyncio.wait_for(process.communicate(), LONGEST)
            return Done(process.returncode or 0, out.decode(), err.decode())

    @asynccontextmanager
    async def started(self, *arguments: str, **settings: str) -> AsyncIterator[Process]:
        """Start a command; whatever is left of it when the block ends is killed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-X",
            "utf8",
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env=self._environment(settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    def _environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **self.settings, **settings}


async def stop(process: Process, number: int) -> Done:
    """Send a signal and return how the process ended, which it must within ten seconds."""
    process.send_signal(number)
    out, err = await asyncio.wait_for(process.communicate(), 10)
    return Done(process.returncode or 0, out.decode(), err.decode())
