"""A bounded number of tasks, at most one of each name."""

import asyncio
from collections.abc import Callable, Coroutine

import structlog

log = structlog.get_logger(__name__)


class Crew:
    """Runs pieces of work side by side; `done` is called after each."""

    def __init__(self, *, most: int, done: Callable[[], None]) -> None:
        self._most = most
        self._done = done
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in flight."""
        return not self._running

    def start(self, name: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Begin a piece of work, unless one of that name is in flight or there is no room; it will be due again."""
        if name in self._running or len(self._running) >= self._most:
            return
        self._running[name] = asyncio.create_task(self._guarded(name, work), name=name)

    async def settled(self) -> None:
        """Return when nothing is in flight."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def aclose(self, grace: float) -> None:
        """Let what is in flight finish for so many seconds, then break it off."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running.values(), timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _guarded(self, name: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        try:
            await work()
        except Exception as error:
            log.exception("work_failed", work=name, kind=type(error).__name__)
        finally:
            del self._running[name]
            self._done()
