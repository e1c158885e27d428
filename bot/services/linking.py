"""The link between a person in Slack and their UiTiD: keeping its token, handing it out, noticing its end."""

import secrets

from bot.clock import Clock
from bot.errors import BaliebotError
from bot.models import Kind, Report, UserToken
from bot.sealing import Sealer, mark
from bot.services.pausing import UNMAPPED, pause, pause_of, resume
from bot.services.standstill import go_on_with_link, stand_still_without_link
from storage import accounts, facts, outbox, reports
from storage.accounts import Account, State
from storage.database import Database, Transaction
from storage.sealed import MARK_KEY

_PURPOSE = "account"


class AlreadyLinkedError(BaliebotError):
    """A UiTiD belongs to at most one person of a workspace. `user` is who has it."""

    def __init__(self, user: str) -> None:
        super().__init__("this UiTiD is linked to somebody else")
        self.user = user


class Linking:
    """Keeps the tokens sealed. Make it with `Linking.open`."""

    def __init__(self, *, database: Database, sealer: Sealer, clock: Clock, mark_key: str) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._mark_key = mark_key

    @classmethod
    async def open(cls, *, database: Database, sealer: Sealer, clock: Clock) -> "Linking":
        """Read, or at the first start make, the key of the marks; it proves the sealing keys at the same time.

        Raises:
            SealError: the settings do not hold the key this database was sealed with.
        """

        def read(tx: Transaction) -> str:
            sealed = facts.get(tx, MARK_KEY)
            if sealed is None:
                sealed = sealer.seal({"key": secrets.token_hex(32)}, purpose=MARK_KEY)
                facts.put(tx, MARK_KEY, sealed)
            return sealer.open(sealed, purpose=MARK_KEY)["key"]

        return cls(database=database, sealer=sealer, clock=clock, mark_key=await database.transact(read))

    async def keep(self, team: str, user: str, token: UserToken) -> None:
        """Keep the token of this person; what was paused for want of it goes on when it is the same UiTiD.

        Raises:
            AlreadyLinkedError: this UiTiD is linked to somebody else of the workspace. Nothing was changed.
        """
        await self._database.transact(lambda tx: self.store(tx, team, user, token))

    def store(self, tx: Transaction, team: str, user: str, token: UserToken) -> int:
        """Do what `keep` does, as part of a transaction; return how many reports go on.

        Raises:
            AlreadyLinkedError: as in `keep`.
        """
        now = self._clock.now()
        account = Account(team, user, self.mark_of(token.user_id), self._seal(team, user, token), "linked")
        other = accounts.by_mark(tx, team, account.mark)
        if other is not None and other.user != user:
            raise AlreadyLinkedError(other.user)
        accounts.save(tx, account, now)
        held = [one for one in reports.paused_of(tx, team, user) if one.account == account.mark]
        going = [one for one in held if one.reason != UNMAPPED]
        for report in going:
            resume(tx, report, now)
        go_on_with_link(tx, team, user, account.mark, now)
        return len(going)

    def mark_of(self, user_id: str) -> str:
        """Return what recognises a UiTiD without naming it."""
        return mark(self._mark_key, user_id)

    async def token(self, team: str, user: str) -> UserToken | None:
        """Return the token of this person, None when they are not linked or the link has ended."""
        account = await self._database.read(lambda tx: accounts.get(tx, team, user))
        return self._unseal(account)

    def kept(self, tx: Transaction, team: str, user: str) -> UserToken | None:
        """Return the token of this person, whether UiTPAS still accepts it or not."""
        account = accounts.get(tx, team, user)
        return None if account is None else self._opened(account)

    async def has_ended(self, team: str, user: str) -> bool:
        """Return whether this person was linked, but UiTPAS no longer accepts their token."""
        account = await self._database.read(lambda tx: accounts.get(tx, team, user))
        return account is not None and account.state == "ended"

    async def token_for(self, report: Report) -> UserToken | None:
        """Return the token of the UiTiD that a report was asked with, None when that is not linked now."""
        account = await self._database.read(lambda tx: accounts.get(tx, report.team, report.asker))
        return None if account is None or account.mark != report.account else self._unseal(account)

    async def state_of(self, team: str, user: str, token: UserToken) -> State | None:
        """Return whether this very token is linked or has ended; None when this person has another by now, or none."""
        account = await self._database.read(lambda tx: accounts.get(tx, team, user))
        return account.state if account is not None and self._opened(account) == token else None

    async def others(self, token: UserToken | None, most: int) -> tuple[UserToken, ...]:
        """Return at most so many linked tokens of other UiTiDs than this one's."""
        own = "" if token is None else self.mark_of(token.user_id)
        found = await self._database.read(lambda tx: accounts.others(tx, own, most))
        return tuple(self._opened(account) for account in found)

    async def end(self, team: str, user: str, token: UserToken, *, asked: bool) -> bool:
        """Note that UiTPAS no longer accepts a token, which is kept; put on hold whatever depends on it.

        That person is told once, by direct message; not when they `asked` something, so that the answer tells them, and
        nothing depends on it. Returns False when they have another token by now, or none: then nothing is done.
        """
        now = self._clock.now()

        def write(tx: Transaction) -> bool:
            account = accounts.get(tx, team, user)
            if account is None or self._opened(account) != token:
                return False
            if accounts.end(tx, team, user):
                depends = pause_of(tx, team, user, account.mark, now)
                if stand_still_without_link(tx, team, user) or depends or not asked:
                    outbox.add(tx, team, Kind.LINK_ENDED, due_at=now, recipient=user)
            return True

        return await self._database.transact(write)

    async def pause(self, report: Report) -> None:
        """Put a report on hold whose account is not linked now."""
        now = self._clock.now()
        await self._database.transact(lambda tx: pause(tx, report, now))

    def _unseal(self, account: Account | None) -> UserToken | None:
        return None if account is None or account.state != "linked" else self._opened(account)

    def _opened(self, account: Account) -> UserToken:
        content = self._sealer.open(account.sealed, purpose=_PURPOSE, team=account.team, user=account.user)
        return UserToken(content["token"], content["secret"], content["user_id"])

    def _seal(self, team: str, user: str, token: UserToken) -> str:
        content = {"token": token.token, "secret": token.secret, "user_id": token.user_id}
        return self._sealer.seal(content, purpose=_PURPOSE, team=team, user=user)
