"""What the tests of the steps of a link stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.browser import Journey, journey
from tests.support.stage import staged


@pytest.fixture
async def link(tmp_path: Path) -> AsyncIterator[Journey]:
    """The link of Bram, not begun yet, in a browser of his own; Lien alone is linked."""
    async with staged(tmp_path, linked=("lien",)) as stage, journey(stage) as begun:
        yield begun
