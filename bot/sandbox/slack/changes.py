"""Telling that the world changed: to a page that shows it, and to whoever waits for something."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """A counter of changes that can be listened to and waited on."""

    def __init__(self) -> None:
        self.revision = 0
        self._listeners: list[Callable[[int], None]] = []
        self._next = asyncio.Event()

    def happened(self) -> None:
        """Count one change, call the listeners and wake everybody who waits."""
        self.revision += 1
        self._next.set()
        self._next = asyncio.Event()
        for listener in tuple(self._listeners):
            listener(self.revision)

    def subscribe(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Have the listener called with each new revision; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def until(self, predicate: Callable[[], T | None], seconds: float) -> T:
        """Return the first truthy answer of the predicate, asked now and after every change.

        Raises:
            TimeoutError: there was none within that many real seconds.
        """
        async with asyncio.timeout(seconds):
            while True:
                changed = self._next
                if answer := predicate():
                    return answer
                await changed.wait()
