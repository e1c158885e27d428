"""The last steps of a link, in Slack again: the code, the access token, and whose account it is (S7 to S9).

Nobody's access token exists before the code was typed by who began the link; and it is kept as theirs only after they
have seen what it may do and said that it is their own.
"""

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.clients.uitid import UitidClient
from bot.clients.uitpas import UitpasClient
from bot.clock import Clock
from bot.errors import UitpasError, UnavailableError
from bot.links import Link, LinkState, RequestToken
from bot.models import BalieListing, Kind, UserToken
from bot.services.link_browser import LENGTH, LETTERS
from bot.services.link_endings import LinkEndings
from bot.services.link_seal import LinkSeal
from bot.services.link_start import LASTS
from bot.services.linking import Linking
from bot.services.reports import Outcome, Reports
from storage import accounts, links, outbox
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 5
"""Codes that are compared for one link."""
MOST_WRONG = 10
"""Wrong codes of one person in a day."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WrongCode:
    """Not the code. `left` is how many attempts this link still has; none when it is over, or there was no link."""

    left: int


@dataclass(frozen=True, slots=True)
class TooManyWrong:
    """This person typed as many wrong codes as one may in a day."""


@dataclass(frozen=True, slots=True)
class Silent:
    """UiTiD does not answer. `may_retry`: the code still works; otherwise the link must be begun anew."""

    may_retry: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """This UiTiD belongs to somebody else of the workspace, who is told. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Is this their own account? `balies` is what it may act for, None when UiTPAS does not say now."""

    link: str
    balies: tuple[BalieListing, ...] | None


@dataclass(frozen=True, slots=True)
class Linked:
    """The account is linked now. `reports` is what became of those that waited for it; `resumed` stood still."""

    reports: tuple[Outcome, ...]
    resumed: int


@dataclass(frozen=True, slots=True)
class Over:
    """There is no such link (any more); it may have taken too long."""


Exchanged = Silent | Claimed | Confirm | Over


class LinkCodes:
    """Takes codes, and the answer to whose account it is."""

    def __init__(
        self,
        *,
        database: Database,
        seal: LinkSeal,
        endings: LinkEndings,
        linking: Linking,
        reports: Reports,
        uitid: UitidClient,
        uitpas: UitpasClient,
        clock: Clock,
    ) -> None:
        self._reports = reports
        self._database = database
        self._seal = seal
        self._endings = endings
        self._linking = linking
        self._uitid = uitid
        self._uitpas = uitpas
        self._clock = clock

    async def compare(self, team: str, user: str, typed: str) -> Link | WrongCode | TooManyWrong:
        """Compare a code; return the link whose it is, to be handed to `exchange`. Waits for nobody but SQLite."""
        return await self._database.transact(lambda tx: self._compare(tx, team, user, letters(typed)))

    async def exchange(self, link: Link) -> Exchanged:
        """Fetch the access token of a link whose code was right, and return what to confirm."""
        token = await self._exchange(link)
        if not isinstance(token, UserToken):
            return token
        kept = await self._database.transact(lambda tx: self._keep(tx, link, token))
        return kept or Confirm(link.id, await self._balies(token))

    async def confirm(self, team: str, user: str, number: str) -> Linked | Claimed | Over:
        """Keep the account: they said it is their own. What they asked for meanwhile is asked for now."""
        return await self._database.transact(lambda tx: self._confirm(tx, team, user, number))

    async def deny(self, team: str, user: str, number: str) -> bool:
        """Drop the account: it is not their own; return whether there was anything to drop. Its token is revoked."""

        def write(tx: Transaction) -> bool:
            link = self._confirming(tx, team, user, number)
            if link is not None:
                self._endings.end(tx, link, self._clock.now())
            return link is not None

        return await self._database.transact(write)

    def _compare(self, tx: Transaction, team: str, user: str, typed: str) -> Link | WrongCode | TooManyWrong:
        now = self._clock.now()
        if links.tries(tx, team, user, "code", now - _DAY) >= MOST_WRONG:
            return TooManyWrong()
        link = links.attempt(tx, team, user, most=MOST_ATTEMPTS, now=now)
        if link is not None:
            expected = self._seal.opened(link)["code"]
            if hmac.compare_digest(expected.encode(), typed.encode()):
                exchanging = replace(link, state=LinkState.EXCHANGING)
                links.save(tx, exchanging, expect={LinkState.RETURNED})
                return exchanging
        links.tried(tx, team, user, "code", now)
        left = 0 if link is None else MOST_ATTEMPTS - link.attempts
        if link is not None and left == 0:
            self._endings.end(tx, link, now)
        return WrongCode(left)

    async def _exchange(self, link: Link) -> UserToken | Silent:
        content = self._seal.opened(link)
        request = RequestToken(content["request"], content["request_secret"])
        try:
            return await self._uitid.access_token(request, content["verifier"])
        except UnavailableError as error:
            log.warning("login_not_ended", error=str(error))
            may_retry = not error.reached
        except UitpasError as error:
            log.warning("login_not_ended", kind=type(error).__name__, error=str(error))
            may_retry = False
        if may_retry:
            # a code that was right is no guess: however often UiTiD is silent, the code goes on working
            again = replace(link, state=LinkState.RETURNED, attempts=link.attempts - 1)
            await self._database.transact(lambda tx: links.save(tx, again, expect={LinkState.EXCHANGING}))
        else:
            await self._end(link)
        return Silent(may_retry)

    def _keep(self, tx: Transaction, link: Link, token: UserToken) -> Claimed | Over | None:
        """Write the token down with the link; None when all went well."""
        now = self._clock.now()
        content = {"token": token.token, "secret": token.secret, "user_id": token.user_id}
        waiting = replace(link, state=LinkState.CONFIRMING, due_at=now + LASTS, request_hash=None)
        sealed = self._seal.sealed(waiting, content)
        if claimed := self._claimed(tx, link, token):
            return claimed
        if links.save(tx, sealed, expect={LinkState.EXCHANGING}):
            return None
        self._endings.revoke(tx, link.team, link.user, token, now)  # begun anew, stopped or unlinked meanwhile
        return Over()

    def _confirm(self, tx: Transaction, team: str, user: str, number: str) -> Linked | Claimed | Over:
        link = self._confirming(tx, team, user, number)
        token = None if link is None else self._seal.token(link)
        if link is None or token is None:
            return Over()
        if claimed := self._claimed(tx, link, token):
            return claimed
        now = self._clock.now()
        before = self._linking.kept(tx, team, user)
        resumed = self._linking.store(tx, team, user, token)
        links.remove(tx, link.id)
        if before is not None and before.user_id != token.user_id:
            self._endings.revoke(tx, team, user, before, now)
        outbox.add(tx, team, Kind.LINKED, due_at=now, recipient=user)
        return Linked(self._reports.take_up(tx, team, user), resumed)

    def _claimed(self, tx: Transaction, link: Link, token: UserToken) -> Claimed | None:
        """Drop a link to a UiTiD that is somebody else's, and tell them. Revoking would end their link as well."""
        owner = accounts.by_mark(tx, link.team, self._linking.mark_of(token.user_id))
        if owner is None or owner.user == link.user:
            return None
        links.remove(tx, link.id)
        outbox.add(tx, link.team, Kind.LINK_CLAIMED, due_at=self._clock.now(), recipient=owner.user)
        return Claimed()

    def _confirming(self, tx: Transaction, team: str, user: str, number: str) -> Link | None:
        link = links.get(tx, team, number)
        is_theirs = link is not None and link.user == user and link.state is LinkState.CONFIRMING
        return link if is_theirs and link is not None and link.due_at > self._clock.now() else None

    async def _end(self, link: Link) -> None:
        await self._database.transact(lambda tx: self._endings.end(tx, link, self._clock.now()))

    async def _balies(self, token: UserToken) -> tuple[BalieListing, ...] | None:
        try:
            return await self._uitpas.balies(token)
        except UitpasError as error:
            log.warning("balies_unknown", kind=type(error).__name__, error=str(error))
            return None


def letters(typed: str) -> str:
    """Return what was typed as a code is written: capitals, without what stands between them; empty when it is none."""
    found = "".join(sign for sign in typed.upper() if sign.isalnum())
    return found if len(found) == LENGTH and set(found) <= set(LETTERS) else ""
