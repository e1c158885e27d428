"""The link between a person in Slack and their UiTiD: keeping its token, handing it out, noticing its end."""

import secrets

from bot.clock import Clock
from bot.errors import BaliebotError
from bot.models import Kind, Report, UserToken
from bot.sealing import Sealer, mark
from bot.services.pausing import UNMAPPED, pause, resume
from storage import accounts, facts, outbox, reports
from storage.accounts import Account
from storage.database import Database, Transaction

_PURPOSE = "account"
_MARK_KEY = "mark_key"


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
            sealed = facts.get(tx, _MARK_KEY)
            if sealed is None:
                sealed = sealer.seal({"key": secrets.token_hex(32)}, purpose=_MARK_KEY)
                facts.put(tx, _MARK_KEY, sealed)
            return sealer.open(sealed, purpose=_MARK_KEY)["key"]

        return cls(database=database, sealer=sealer, clock=clock, mark_key=await database.transact(read))

    async def keep(self, team: str, user: str, token: UserToken) -> None:
        """Keep the token of this person; what was paused for want of it goes on when it is the same UiTiD.

        Raises:
            AlreadyLinkedError: this UiTiD is linked to somebody else of the workspace. Nothing was changed.
        """
        now = self._clock.now()
        account = Account(team, user, mark(self._mark_key, token.user_id), self._seal(team, user, token), "linked")

        def write(tx: Transaction) -> None:
            other = accounts.by_mark(tx, team, account.mark)
            if other is not None and other.user != user:
                raise AlreadyLinkedError(other.user)
            accounts.save(tx, account, now)
            for report in reports.paused_of(tx, team, user):
                if report.account == account.mark and report.reason != UNMAPPED:
                    resume(tx, report, now)

        await self._database.transact(write)

    async def token(self, team: str, user: str) -> UserToken | None:
        """Return the token of this person, None when they are not linked or the link has ended."""
        account = await self._database.read(lambda tx: accounts.get(tx, team, user))
        return self._unseal(account)

    async def has_ended(self, team: str, user: str) -> bool:
        """Return whether this person was linked, but UiTPAS no longer accepts their token."""
        account = await self._database.read(lambda tx: accounts.get(tx, team, user))
        return account is not None and account.state == "ended"

    async def token_for(self, report: Report) -> UserToken | None:
        """Return the token of the UiTiD that a report was asked with, None when that is not linked now."""
        account = await self._database.read(lambda tx: accounts.get(tx, report.team, report.asker))
        return None if account is None or account.mark != report.account else self._unseal(account)

    async def pause(self, report: Report) -> None:
        """Stop a report whose asker's token is no longer accepted; tell that person once."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            account = accounts.get(tx, report.team, report.asker)
            is_same = account is not None and account.mark == report.account
            news = is_same and accounts.end(tx, report.team, report.asker)
            paused = pause(tx, report, now)
            if news and paused:
                outbox.add(tx, report.team, Kind.LINK_ENDED, due_at=now, report=report.id, recipient=report.asker)

        await self._database.transact(write)

    def _unseal(self, account: Account | None) -> UserToken | None:
        if account is None or account.state != "linked":
            return None
        content = self._sealer.open(account.sealed, purpose=_PURPOSE, team=account.team, user=account.user)
        return UserToken(content["token"], content["secret"], content["user_id"])

    def _seal(self, team: str, user: str, token: UserToken) -> str:
        content = {"token": token.token, "secret": token.secret, "user_id": token.user_id}
        return self._sealer.seal(content, purpose=_PURPOSE, team=team, user=user)
