"""Links in which the bot is killed, at every point there is, and started again on the same file."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo import EMPLOYEES
from tests.conversations.test_kill_walk import finished
from tests.linking.lives import ASKED, BACK, CODE, DONE, LEFT, OPENED, Axe, Lived, Person, lived, person
from tests.linking.rows import ASK, rows
from tests.support.lives import Nursery

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_ONCE = 4
LINKED = "Je UiTiD is gekoppeld op 15 juli 2026 om 10:"
GONE = "404"
NO_LINK = (
    "Die code past bij geen koppeling van jou; misschien duurde het langer dan tien minuten. Begin opnieuw met /uitpas"
    " koppel."
)
OVER = (
    "Deze koppeling is voorbij: ze is al klaar, of ze duurde langer dan tien minuten. Is je UiTiD nog niet gekoppeld,"
    " begin dan opnieuw."
)
STANDING = {"chloe": ASKED, "emily": OPENED, "joris": LEFT, "noor": BACK, "bram": CODE, "lien": DONE}
"""Who took how many steps when the bot dies."""


@dataclass
class Outcome:
    """What came of one link: how often the bot began, what its asker was told, and what is left.

    `left` counts the links, the waiting reports, and the tokens at UiTiD that no account holds; `afterwards` the
    accounts and the tokens once the asker took their UiTiD away.
    """

    told: list[str]
    dms: list[str]
    delivered: tuple[int, int]
    left: tuple[int, int, int]
    afterwards: tuple[int, int] = (0, 0)
    died: bool = True


def whole(*told: str, unowned: int = 0) -> Outcome:
    """Return what must come of a link in which the bot died."""
    return Outcome([*told], [LINKED], (1, 2), (0, 0, unowned))


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def nursery() -> AsyncIterator[Nursery]:
    """The process that lives are forked from."""
    opened = await Nursery.open()
    yield opened
    await opened.aclose()


@asynccontextmanager
async def dying(
    folder: Path, nursery: Nursery, axe: Axe, *, commits: int = 0, later: float = 30, linked: tuple[str, ...] = ()
) -> AsyncIterator[Lived]:
    """Give a bot that dies at one point, and is started again so many seconds later."""
    async with lived(folder, nursery, axe, linked) as stage:
        stage.later = later
        await stage.begin(commits=commits)
        keeper = asyncio.create_task(stage.keep_alive())
        try:
            yield stage
        finally:
            stage.is_over = True
            await keeper


async def walked(folder: Path, nursery: Nursery, axe: Axe, commits: int = 0) -> Outcome:
    """Have a report asked for, its asker link, the bot killed at one point; return what came of it."""
    async with dying(folder, nursery, axe, commits=commits) as stage, person(stage, "bram") as bram:
        await bram.type(ASK)
        await bram.link()
        died = stage.number > 1
        await stage.until(lambda: finished(stage.slack) and stage.said())
        owned = count(stage, "accounts")
        left = (count(stage, "links"), count(stage, "waiting_reports"), len(stage.tokens()) - owned)
        delivered = (len(stage.roots()), len(stage.replies()))
        if left != (0, 0, 0):
            await bram.unlink()
        afterwards = (count(stage, "accounts"), len(stage.tokens())) if left != (0, 0, 0) else (0, 0)
        dms = [text[: len(LINKED)] for text in bram.dms]  # the clock runs
        return Outcome(bram.told, dms, delivered, left, afterwards, died)


def count(stage: Lived, table: str) -> int:
    """Return how many rows there are."""
    return int(rows(stage, f"SELECT count(*) FROM {table}")[0])  # noqa: S608 - names of ours


async def test_a_link_survives_a_kill_after_everything_that_was_stored(nursery: Nursery, tmp_path: Path) -> None:
    outcomes: list[Outcome] = []
    for first in itertools.count(1, AT_ONCE):
        points = range(first, first + AT_ONCE)
        outcomes += await asyncio.gather(*(walked(tmp_path / f"{n}", nursery, Axe(), n) for n in points))
        if not outcomes[-1].died:
            break
    fatal = [outcome for outcome in outcomes if outcome.died]
    again = [outcome.told for outcome in fatal if outcome.told]
    assert fatal == [whole(*outcome.told) for outcome in fatal]
    assert again == [[GONE], [NO_LINK], [NO_LINK]], "the cookie, the exchange, and the question were lost"
    assert len(fatal) >= 12


CALLS: dict[tuple[str, str], Outcome] = {
    ("before", "request_token"): whole(),
    ("processed", "request_token"): whole(),
    ("before", "access_token"): whole(NO_LINK),
    ("processed", "access_token"): whole(NO_LINK, unowned=1),
    ("processed", "balie_list"): whole(NO_LINK),
}
"""A token that was made and never stored is nobody's, until its owner links and ends all access (decision 9)."""


async def test_a_link_survives_a_kill_in_the_calls_to_uitid(nursery: Nursery, tmp_path: Path) -> None:
    axes = [Axe(*point) for point in CALLS]
    found = await asyncio.gather(*(walked(tmp_path / f"{axe.phase} {axe.call}", nursery, axe) for axe in axes))
    assert dict(zip(CALLS, found, strict=True)) == CALLS


async def test_everybody_goes_on_where_they_stood_and_nobody_is_linked_twice(nursery: Nursery, tmp_path: Path) -> None:
    async with lived(tmp_path, nursery, Axe()) as stage, standing(stage) as people:
        await stage.die()
        await stage.begin_again()
        assert [await one.take(STANDING[one.user], DONE) for one in people] == [True] * len(people)
        await stage.until(lambda: all(one.dms for one in people) and stage.said())
        assert [(one.told, len(one.dms)) for one in people] == [([], 1)] * len(people)
        assert (count(stage, "links"), stage.tokens()) == (0, uids(stage, *EMPLOYEES))


async def test_what_nobody_goes_on_with_is_over_after_its_time_and_so_is_the_token_it_held(
    nursery: Nursery, tmp_path: Path
) -> None:
    async with lived(tmp_path, nursery, Axe()) as stage, standing(stage) as people:
        stage.later = 11 * 60
        await stage.die()
        await stage.begin_again()
        await stage.until(lambda: count(stage, "links") == 0)
        chloe, emily, joris, noor, bram, _ = people
        assert stage.tokens() == uids(stage, "lien")
        assert [await chloe.open(), await joris.come_back(), await noor.enter()] == [False] * 3
        assert (chloe.told, joris.told, noor.told) == ([GONE], [GONE], [NO_LINK])
        assert await bram.press("link_yes")
        assert bram.journey.whisper.text == OVER
        assert (await emily.journey.browser.get(emily.journey.page("go"))).status_code == 404
        await emily.link()
        assert [len(one.dms) for one in people] == [0, 1, 0, 0, 0, 1]


@asynccontextmanager
async def standing(stage: Lived) -> AsyncIterator[list[Person]]:
    """Have everybody take the steps that they take before the bot dies."""
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(person(stage, user)) for user in STANDING]
        await stage.begin()
        for one in people:
            assert await one.take(0, STANDING[one.user])
        await stage.until(lambda: people[-1].dms and stage.said())
        yield people


def uids(stage: Lived, *users: str) -> list[str]:
    """Return the UiTiDs of these people."""
    return sorted(stage.uitpas.employee(EMPLOYEES[user]).uid for user in users)


ENDINGS = ("service_consumers", "revoke_service_consumer")


async def test_a_token_that_is_not_theirs_is_ended_though_the_bot_dies_ending_it(
    nursery: Nursery, tmp_path: Path
) -> None:
    async def denied(call: str) -> None:
        axe = Axe("processed", call)
        async with dying(tmp_path / call, nursery, axe) as stage, person(stage, "bram") as bram:
            await bram.take(0, CODE)
            await bram.press("link_no")
            await stage.until(lambda: axe.fell and count(stage, "links") == 0)
            assert (stage.tokens(), count(stage, "accounts"), bram.dms) == ([], 0, [])

    await asyncio.gather(*map(denied, ENDINGS))


async def test_unlinking_that_was_killed_half_way_is_done_by_doing_it_again(nursery: Nursery, tmp_path: Path) -> None:
    async def unlinked(call: str) -> None:
        axe = Axe("processed", call)
        async with dying(tmp_path / call, nursery, axe, linked=("bram",)) as stage, person(stage, "bram") as bram:
            await bram.unlink()
            assert (axe.fell, stage.tokens(), count(stage, "accounts")) == (True, [], 0)

    await asyncio.gather(*map(unlinked, ENDINGS))


async def test_a_login_whose_end_is_unknown_is_over_after_its_time(nursery: Nursery, tmp_path: Path) -> None:
    axe = Axe("processed", "access_token")
    async with dying(tmp_path, nursery, axe, later=11 * 60) as stage, person(stage, "bram") as bram:
        await bram.take(0, CODE)
        await stage.until(lambda: count(stage, "links") == 0)
        assert (axe.fell, bram.told, bram.dms) == (True, [NO_LINK], [])
