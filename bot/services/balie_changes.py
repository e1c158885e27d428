"""Changing one balie of the mapping: which channel uses it, what it is called, taking it out.

Who may do so is asked before, see `bot.services.balie_rights`. Each change is one transaction.
"""

from dataclasses import dataclass, replace
from typing import Literal

from bot.clock import Clock
from bot.models import Balie, Report
from bot.services.aliases import Fault, fault_in
from bot.services.pausing import pause_without
from storage import balies
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Gone:
    """The balie is not mapped any more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The alias can't be taken: its signs, a word it is, another balie has it, or this one has it already."""

    why: Fault | Literal["taken", "same"]


@dataclass(frozen=True, slots=True)
class Defaulted:
    """The balie is the default of the channel; `before` was until then."""

    balie: Balie
    before: Balie | None


@dataclass(frozen=True, slots=True)
class Removed:
    """The balie as it was, and the reports of it that are on hold now, as they were."""

    balie: Balie
    paused: tuple[Report, ...]


class BalieChanges:
    """Writes changes down."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def make_default(self, team: str, balie: int, *, channel: str) -> Defaulted | Gone:
        """Let this channel use this balie when none is named."""

        def write(tx: Transaction) -> Defaulted | Gone:
            found, before = balies.by_id(tx, team, balie), balies.default_of(tx, team, channel)
            if found is None:
                return Gone()
            balies.make_default(tx, found, channel)
            return Defaulted(balies.kept(tx, team, balie), before)

        return await self._database.transact(write)

    async def refusal(self, team: str, balie: int, alias: str) -> Refused | Gone | None:
        """Return why the balie can't have this alias; None when it can."""
        return await self._database.read(lambda tx: _refusal(tx, team, balie, alias))

    async def rename(self, team: str, balie: int, alias: str) -> Balie | Refused | Gone:
        """Give the balie this alias, unless something stands in its way by now; return it as it is then."""

        def write(tx: Transaction) -> Balie | Refused | Gone:
            refusal = _refusal(tx, team, balie, alias)
            if refusal is not None:
                return refusal
            found = balies.kept(tx, team, balie)
            balies.rename(tx, found, alias)
            return replace(found, alias=alias)

        return await self._database.transact(write)

    async def remove(self, team: str, balie: int) -> Removed | Gone:
        """Take the balie out of the mapping, its channels with it; what runs for it is on hold until it comes back."""
        now = self._clock.now()

        def write(tx: Transaction) -> Removed | Gone:
            found = balies.by_id(tx, team, balie)
            if found is None:
                return Gone()
            balies.remove(tx, found, now)
            return Removed(found, tuple(pause_without(tx, team, balie, now)))

        return await self._database.transact(write)


def _refusal(tx: Transaction, team: str, balie: int, alias: str) -> Refused | Gone | None:
    found = balies.by_id(tx, team, balie)
    if found is None:
        return Gone()
    if found.alias == alias:
        return Refused("same")
    if fault := fault_in(alias):
        return Refused(fault)
    return None if balies.by_alias(tx, team, alias) is None else Refused("taken")
