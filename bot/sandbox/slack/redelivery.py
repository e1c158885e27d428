"""Events that were not acknowledged, kept to be delivered again. Follows "Events API", retries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.sandbox.slack.parcels import Parcel, UndeliveredError

PAUSES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
"""How long Slack waits before the first, second and third time again, each from the failure before it."""


class Redelivery:
    """Keeps at most one next time for each event id. Nothing comes by itself: `due` is asked."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: dict[str, tuple[datetime, Parcel]] = {}

    def note(self, parcel: Parcel, trouble: UndeliveredError | None) -> None:
        """Take in how an event fared: acknowledged it is forgotten, else it comes again while Slack tries."""
        event_id = parcel.payload["event_id"]
        if trouble is None or trouble.reason is None:
            self._kept.pop(event_id, None)
        elif parcel.retry < len(PAUSES):
            again = replace(parcel, retry=parcel.retry + 1, reason=trouble.reason)
            self._kept.setdefault(event_id, (self._now() + PAUSES[parcel.retry], again))

    def due(self) -> list[Parcel]:
        """Return what is to be delivered now, the longest due first; it is not kept any more."""
        now = self._now()
        ripe = sorted(((moment, key) for key, (moment, _) in self._kept.items() if moment <= now))
        return [self._kept.pop(key)[1] for _, key in ripe]
