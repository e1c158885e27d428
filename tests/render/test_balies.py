"""One balie as it is shown where there is a channel, and where there is none."""

import pytest

from bot.models import Balie, Language
from handlers.render.balies import one
from tests.home.tab import lines

SLUIS = Balie(1, "T1", "de-sluis", "CC De Sluis", "KEY")


@pytest.mark.parametrize(("channel", "deeds"), [("C1", 4), ("", 3)])
def test_a_default_is_offered_only_where_there_is_a_channel_to_have_it(channel: str, deeds: int) -> None:
    shown = lines(list(one(SLUIS, channel, Language.NL).blocks))
    assert shown[1].count("[") == deeds
