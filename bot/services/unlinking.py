"""Taking a UiTiD away from a person: on their word, or because they are no longer of the house."""

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import SlackError, SlackRecipientError, StorageError
from bot.models import Kind, Standing, State
from bot.sealing import SealError
from bot.services.link_endings import Access, LinkEndings
from bot.services.linking import Linking
from bot.services.pausing import pause_of
from bot.services.people import People
from bot.services.standstill import stand_still_without_link, stand_still_without_owner
from storage import accounts, digests, links, outbox, reports, waiting_reports
from storage.accounts import Account
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

DAY = timedelta(days=1)
SOON = timedelta(hours=1)
"""When Slack is asked again who somebody is that it did not tell."""
SPREAD = 0.25
"""Up to such a part of a day sooner, so that those who were asked about at once are not the next time."""
_NEEDS_LINK = frozenset({State.REQUESTED, State.SUBMITTED})


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Nothing of the account is kept. `held` reports stand still now that did not before, and so do `digests`."""

    access: Access
    held: int
    digests: int


@dataclass(frozen=True, slots=True)
class Stakes:
    """How many reports and digests depend on a link."""

    reports: int
    digests: int


class Unlinking:
    """First has the access ended at UiTiD, then forgets; a kill in between is made good by doing it again."""

    def __init__(
        self, *, database: Database, linking: Linking, endings: LinkEndings, people: People, clock: Clock
    ) -> None:
        self._database = database
        self._linking = linking
        self._endings = endings
        self._people = people
        self._clock = clock

    async def stakes(self, team: str, user: str) -> Stakes | None:
        """Return what would stand still without this person's link, None when they have none."""

        def read(tx: Transaction) -> Stakes | None:
            account = accounts.get(tx, team, user)
            if account is None:
                return None
            running = reports.running_of(tx, team, user, account.mark)
            planned = [digest for digest in digests.of_owner(tx, team, user) if digest.standstill is None]
            return Stakes(sum(report.state in _NEEDS_LINK for report in running), len(planned))

        return await self._database.read(read)

    async def stop(self, team: str, user: str) -> bool:
        """End the link that this person has under way, and what waits for it; return whether there was one."""
        return await self._database.transact(lambda tx: self._stop(tx, team, user))

    async def unlink(self, team: str, user: str) -> Unlinked | None:
        """Take this person's UiTiD away; None when they have none. Their reports go on once they link it again.

        Revoking ends every token that we have of that account, so nobody else may be linked with it.
        """
        account = await self._database.read(lambda tx: accounts.get(tx, team, user))
        if account is None:
            return None
        access = await self._revoke(account)
        held, paused = await self._database.transact(lambda tx: self._forget(tx, account))
        with suppress(StorageError):  # it is forgotten all the same; the log of writes is emptied later
            await self._database.truncate()
        return Unlinked(access, held, paused)

    async def sweep(self, account: Account) -> None:
        """Ask Slack whether somebody is still a full member of the workspace; take their UiTiD away when not."""
        try:
            standing = (await self._people.ask(account.team, account.user)).standing
        except SlackRecipientError:
            standing = Standing.GONE
        except SlackError as error:
            log.warning("sweep_not_answered", error=str(error))
            await self._sweep_in(account, SOON)
            return
        if standing is Standing.MEMBER:
            await self._sweep_in(account, DAY * (1 - SPREAD * random.random()))  # noqa: S311 - jitter, not a secret
        else:
            now, owner = self._clock.now(), account.user
            await self._database.transact(lambda tx: stand_still_without_owner(tx, account.team, owner, now))
            done = await self.unlink(account.team, account.user)
            log.warning("swept", standing=standing, access=None if done is None else done.access)

    async def _sweep_in(self, account: Account, wait: timedelta) -> None:
        again_at = self._clock.now() + wait
        await self._database.transact(lambda tx: accounts.swept(tx, account.team, account.user, again_at))

    async def _revoke(self, account: Account) -> Access:
        try:
            token = await self._database.read(lambda tx: self._linking.kept(tx, account.team, account.user))
        except SealError as error:
            log.warning("account_unreadable", error=str(error))
            return Access.UNKNOWN
        return Access.ENDED if token is None else await self._endings.end_access(token)

    def _forget(self, tx: Transaction, account: Account) -> tuple[int, int]:
        team, user = account.team, account.user
        found = accounts.get(tx, team, user)
        if found is None or found.mark != account.mark:  # they did it twice, or linked another meanwhile
            return 0, 0
        before = len(reports.paused_of(tx, team, user))
        accounts.remove(tx, team, user)
        self._stop(tx, team, user)
        pause_of(tx, team, user, account.mark, self._clock.now())
        paused = stand_still_without_link(tx, team, user)
        outbox.drop_for(tx, team, user, {Kind.LINKED, Kind.LINK_ENDED})
        return len(reports.paused_of(tx, team, user)) - before, paused

    def _stop(self, tx: Transaction, team: str, user: str) -> bool:
        link = links.of_user(tx, team, user)
        waiting_reports.clear(tx, team, user)
        if link is not None:
            self._endings.end(tx, link, self._clock.now())
        return link is not None
