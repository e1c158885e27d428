"""What most tests stand on."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Generator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
import structlog
from coverage import Coverage

from tests.support.stage import Stage, staged

REPEATS = (
    "tests/conversations/",
    "tests/balies/",
    "tests/digests/",
    "tests/handlers/",
    "tests/home/",
    "tests/linking/",
    "tests/page/",
    "tests/sheets/",
    "tests/test_logs.py",
    "tests/test_manifest.py",
    "tests/test_program",
)
"""Where one test has many cases and each holds a whole conversation, or runs the program."""
WALKS = (
    "tests/test_leaks.py",
    "tests/test_card_leaks.py",
    "tests/linking/test_leaks.py",
    "tests/linking/test_killed.py",
    "tests/digests/test_leaks.py",
    "tests/digests/test_killed.py",
    "tests/digests/test_two_years.py",
    "tests/conversations/test_kill_walk.py",
    "tests/sheets/test_large.py",
)
"""What goes everywhere to look for traces, or to die there, or takes long; other tests went there before."""

PROGRAMS = "COVERAGE_PROCESS_CONFIG"
"""Where coverage tells programs that tests start how to count theirs."""
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it, for its user's eyes only
ROOM = 2**30
"""Bytes that must be free in memory before files are kept there; a container may have very little."""


def pytest_configure() -> None:
    """Keep the tests' files in memory where there is room; have what is not installed known as absent."""
    _keep_files_in_memory()
    _know_what_is_absent()


def _keep_files_in_memory() -> None:
    """Ask no disk: most of the tests' time went to it, as every commit waits for one."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _know_what_is_absent() -> None:
    """Answer httpcore's import of sniffio, which it does at every lock, without looking through all folders again."""
    if find_spec("sniffio") is None:
        cast("dict[str, ModuleType | None]", sys.modules)["sniffio"] = None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Mark walks, and all but the first case of a repeated test: they are for what comes out, not for lines.

    Walks come first, in any order: at the end, the other processes would wait for one.
    """
    begun = set[str]()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if item.nodeid.startswith(WALKS) or (test in begun and item.nodeid.startswith(REPEATS)):
            item.add_marker(pytest.mark.uncounted)
        begun.add(test)
    yield
    items.sort(key=lambda item: not item.nodeid.startswith(WALKS))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count no lines in what is marked so, nor in the programs that it starts: counting takes half the time again."""
    counting = Coverage.current() if item.get_closest_marker("uncounted") else None
    if counting is None:
        return (yield)
    told = os.environ.pop(PROGRAMS, None)
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()
        os.environ.update({} if told is None else {PROGRAMS: told})


def pytest_collection_finish() -> None:
    """Spare the garbage collector, which tests wake often, what stays to the end: modules, and thousands of tests."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests recorded of themselves, such as how many points a kill walk had."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(autouse=True, scope="session")
def _plain_logs() -> None:
    """Print what is logged without drawing tracebacks: the drawing takes a quarter of a second each."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot over HTTP, everything mapped and everybody linked; reports are ready when first looked at."""
    async with staged(tmp_path) as ready:
        yield ready
