"""A balie that is taken off the list and comes back: the digest goes on without it, and with it again."""

from tests.digests.desk import PAUSE, RESUME, listed, press
from tests.digests.runs import set_up
from tests.support.balies import REMOVE, BalieList
from tests.support.stage import Stage

BOTH, ONE = "*CC De Sluis en Gemeenschapscentrum 't Hof*", "*Gemeenschapscentrum 't Hof*"
GONE = "Niet meer op de lijst: CC De Sluis"


async def test_a_balie_that_comes_back_is_asked_for_again_even_when_the_digest_was_resumed_meanwhile(
    stage: Stage,
) -> None:
    await set_up(stage, "de-sluis", "t-hof")
    desk = await BalieList(stage).open("de-sluis")
    await desk.press(REMOVE)
    await listed(stage)
    without = (await press(stage, PAUSE))[2].splitlines()[:2]
    await press(stage, RESUME)
    await desk.type("balies synchroniseer")
    found = (await listed(stage))[1].splitlines()[0]
    assert (without, found) == ([ONE, GONE], BOTH)
