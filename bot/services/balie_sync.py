"""Bringing the mapping up to date with what UiTPAS lists for one person.

What they may map is added, or gets the name and card systems that it has at UiTPAS. Aliases and channels stay, and so
does every balie that is not listed for them.
"""

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.models import Balie, BalieListing
from bot.services.aliases import made_from
from bot.services.balie_rights import Denial, Rights
from bot.services.pausing import resume_mapped
from storage import balies
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of it: balies that are new or back, pairs of before and after, and how many were not theirs to map.

    `resumed` is how many reports go on that were on hold for want of their balie.
    """

    added: tuple[Balie, ...] = ()
    changed: tuple[tuple[Balie, Balie], ...] = ()
    unchanged: int = 0
    others: int = 0
    resumed: int = 0


class BalieSync:
    """Asks UiTPAS and writes down what it says, in one transaction."""

    def __init__(self, *, database: Database, rights: Rights, clock: Clock) -> None:
        self._database = database
        self._rights = rights
        self._clock = clock

    async def run(self, team: str, user: str) -> Synced | Denial:
        """Map the balies of which this person is an admin, all of theirs for a workspace admin."""
        listing = await self._rights.listing(team, user)
        if isinstance(listing, Denial):
            return listing
        now = self._clock.now()

        def write(tx: Transaction) -> Synced:
            found = replace(_written(tx, team, listing.own), others=listing.others)
            return replace(found, resumed=resume_mapped(tx, team, now))

        return await self._database.transact(write)


def _written(tx: Transaction, team: str, own: tuple[BalieListing, ...]) -> Synced:
    taken = {alias for _, alias, _ in balies.labels(tx, team)}
    added: list[Balie] = []
    changed: list[tuple[Balie, Balie]] = []
    unchanged = 0
    for listed in own:
        mapped = balies.by_key(tx, team, listed.consumer_key)
        if mapped is None:
            added.append(_added(tx, team, listed, taken))
            taken.add(added[-1].alias)
        elif (now := _updated(mapped, listed)) != mapped:
            balies.save(tx, now)
            changed.append((mapped, now))
        else:
            unchanged += 1
    return Synced(tuple(added), tuple(changed), unchanged)


def _added(tx: Transaction, team: str, listed: BalieListing, taken: set[str]) -> Balie:
    before = balies.removed(tx, team, listed.consumer_key)
    if before is not None and before.alias not in taken:
        alias = before.alias
    else:
        alias = made_from(listed.name, listed.number, taken)
    fresh = Balie(
        id=0,
        team=team,
        alias=alias,
        name=listed.name or alias,
        consumer_key=listed.consumer_key,
        number=listed.number,
        card_systems=listed.card_systems,
    )
    return replace(fresh, id=balies.save(tx, fresh))


def _updated(mapped: Balie, listed: BalieListing) -> Balie:
    return replace(
        mapped,
        name=listed.name or mapped.name,
        consumer_key=listed.consumer_key,
        number=listed.number if listed.number is not None else mapped.number,
        card_systems=listed.card_systems,
    )
