"""Brings parcels to the app, waits for the acknowledgement as long as Slack does, and may bring them again."""

import asyncio
import copy
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.sandbox.slack.parcels import EVENT, Delivery, Parcel, Target, UndeliveredError
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.redelivery import Redelivery

PATIENCE = 3.0

Tamper = Callable[[Json], Json]
"""Gets a copy of a payload of its own and returns what is sent instead."""


class Courier:
    """The way to the app, `target`, may be changed; `patience` is in real seconds.

    `tamper` is applied to every payload right before it is sent. `deliveries` are the last ones, the oldest first.
    """

    def __init__(self, target: Target, now: Callable[[], datetime]) -> None:
        self.target = target
        self.patience = PATIENCE
        self.tamper: Tamper | None = None
        self.deliveries: deque[Delivery] = deque(maxlen=10_000)
        self._redelivery = Redelivery(now)

    async def bring(self, parcel: Parcel, shown: Callable[[Delivery], Delivery] = lambda same: same) -> Delivery:
        """Deliver a parcel, and have `shown` what came of it; an event that got lost is kept."""
        if self.tamper:
            parcel = replace(parcel, payload=self.tamper(copy.deepcopy(parcel.payload)))
        started = time.monotonic()
        ack, trouble = await self._sent(parcel)
        seconds = time.monotonic() - started
        if parcel.kind == EVENT:
            self._redelivery.note(parcel, trouble)
        delivery = shown(Delivery(parcel, ack, seconds, str(trouble) if trouble else None, shown))
        self.deliveries.append(delivery)
        return delivery

    async def again(self, delivery: Delivery) -> Delivery:
        """Bring the same parcel once more. Raises ValueError for what Slack kept from the app."""
        if not delivery.kind:
            raise ValueError(f"nothing was delivered: {delivery.error}")
        return await self.bring(delivery.parcel, delivery.shown)

    async def redeliver_due(self) -> list[Delivery]:
        """Deliver the lost events whose time has come, and return what became of them."""
        return [await self.bring(parcel) for parcel in self._redelivery.due()]

    async def _sent(self, parcel: Parcel) -> tuple[Json, UndeliveredError | None]:
        try:
            async with asyncio.timeout(self.patience):
                return await self.target.send(parcel), None
        except TimeoutError:
            return {}, UndeliveredError("operation_timeout", self.target.silence)
        except UndeliveredError as trouble:
            return {}, trouble
