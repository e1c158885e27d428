"""Work side by side: bounded, once a name, and no failure takes another with it."""

import asyncio

from handlers.crew import Crew


class Work:
    """A piece of work that ends when told to."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.go_on = asyncio.Event()

    async def __call__(self) -> None:
        """Begin, wait, end."""
        self.begun += 1
        await self.go_on.wait()
        self.ended += 1


async def test_one_name_runs_once_at_a_time_and_may_run_again() -> None:
    done: list[None] = []
    crew, work = Crew(most=5, done=lambda: done.append(None)), Work()
    crew.start("report 1", work)
    crew.start("report 1", work)
    await asyncio.sleep(0)
    assert (work.begun, crew.is_idle) == (1, False)
    work.go_on.set()
    await crew.settled()
    crew.start("report 1", work)
    await crew.settled()
    assert (work.begun, work.ended, len(done), crew.is_idle) == (2, 2, 2, True)


async def test_no_more_run_than_there_is_room_for() -> None:
    crew, work = Crew(most=2, done=lambda: None), Work()
    for number in range(5):
        crew.start(f"report {number}", work)
    await asyncio.sleep(0)
    assert work.begun == 2
    work.go_on.set()
    await crew.settled()
    assert work.ended == 2


async def test_a_failure_is_logged_and_harms_nobody() -> None:
    done: list[None] = []
    crew, work = Crew(most=5, done=lambda: done.append(None)), Work()

    async def fail() -> None:
        raise RuntimeError("on purpose")

    crew.start("bad", fail)
    crew.start("good", work)
    work.go_on.set()
    await crew.settled()
    assert (work.ended, len(done)) == (1, 2)


async def test_closing_waits_a_while_and_then_breaks_off() -> None:
    crew, quick, stuck = Crew(most=5, done=lambda: None), Work(), Work()
    crew.start("quick", quick)
    crew.start("stuck", stuck)
    await asyncio.sleep(0)
    quick.go_on.set()
    await crew.aclose(grace=0.05)
    assert (quick.ended, stuck.begun, stuck.ended, crew.is_idle) == (1, 1, 0, True)
