"""Counts sales by event over all sheets of a report; only those that brought most leave the process."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.clients.sheets.names import event_name, names
from bot.clients.sheets.tally import CENT
from bot.summary import MOST_EVENTS

MOST_NAMES = 5_000
"""Different names from which on that column holds something else than events."""


@dataclass(slots=True)
class EventTally:
    """What the rows of one event come to, in euro."""

    name: str
    sales: int = 0
    contribution: Decimal = Decimal(0)


class Events:
    """Counts what it is given, and says nothing at all once a sheet could not be counted: a part would mislead."""

    def __init__(self) -> None:
        self._found: dict[str, EventTally] = {}
        self._is_whole = True

    def add_sale(self, event: object, holder: object, contribution: Decimal) -> None:
        """Count one row; one whose event has no name, or the holder's, counts for none."""
        name = event_name(event) if isinstance(event, str) and not names(holder, event) else ""
        if not name or not self._is_whole:
            return
        tally = self._found.setdefault(name, EventTally(name))
        tally.sales += 1
        tally.contribution += contribution
        if len(self._found) > MOST_NAMES:
            self.give_up()

    def give_up(self) -> None:
        """Say nothing of events."""
        self._is_whole = False
        self._found.clear()

    def most(self) -> Sequence[EventTally]:
        """Return those that brought most, rounded to cents, the first the most."""
        first = sorted(self._found.values(), key=lambda one: (-one.contribution, -one.sales, one.name))[:MOST_EVENTS]
        return [EventTally(one.name, one.sales, one.contribution.quantize(CENT, ROUND_HALF_UP)) for one in first]
