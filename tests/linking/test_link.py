"""A link from its first word to the report that waited for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.browser import journey
from tests.support.stage import Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Set the stage, with Bram not linked."""
    async with staged(tmp_path, linked=("lien",)) as it:
        yield it


async def test_what_was_asked_before_there_was_a_link_goes_on_after_it(stage: Stage) -> None:
    async with journey(stage) as link:
        await stage.type("rapport vorig kwartaal", user="bram")
        assert stage.roots() == []
        await link.link()
        await stage.pass_time(60, steps=6)
        (root,) = stage.roots()
        assert "CC De Sluis" in root.text
        assert len(stage.replies(root)) == 2
        assert [call.uid for call in stage.uitpas.calls if call.name == "start_report"] == [
            stage.uitpas.employee("bram").uid
        ]
