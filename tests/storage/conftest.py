"""A real SQLite file of one's own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open database, closed afterwards."""
    opened = await Database.open(tmp_path / "baliebot.db", kind="serve")
    yield opened
    await opened.aclose()
