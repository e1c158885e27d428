"""How links end: their time is up, somebody stopped them, or UiTiD is asked to end a token that is nobody's.

A link that got no further than UiTiD's login is simply destroyed. One that holds an access token waits to be revoked:
it keeps that token alone, and nothing by which a browser would find it.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.clients.uitid import UitidClient
from bot.clock import Clock
from bot.errors import LinkEndedError, UitpasError
from bot.links import Link, LinkState
from bot.models import UserToken
from bot.sealing import SealError
from bot.services.link_seal import LinkSeal
from bot.services.linking import Linking
from bot.services.trust import Trust
from storage import accounts, links
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""How long to wait after each failed attempt to revoke; the last of these from then on."""
LONGEST = timedelta(hours=24)
"""After so long a token that could not be revoked is left to its owner, who sees it in their UiTiD profile."""
_UNDER_WAY = frozenset(LinkState) - {LinkState.REVOKING}


class Access(StrEnum):
    """What UiTiD says of the access we had: we ended it now, it had ended already, or it does not say."""

    REVOKED = "revoked"
    ENDED = "ended"
    UNKNOWN = "unknown"


class LinkEndings:
    """Ends links, in a transaction of others or when the clock says so."""

    def __init__(
        self, *, database: Database, seal: LinkSeal, linking: Linking, uitid: UitidClient, trust: Trust, clock: Clock
    ) -> None:
        self._database = database
        self._seal = seal
        self._linking = linking
        self._uitid = uitid
        self._trust = trust
        self._clock = clock

    def end(self, tx: Transaction, link: Link, now: datetime) -> None:
        """End a link, as it is in the database: destroy it, or let its token be revoked."""
        found = links.get(tx, link.team, link.id)
        if found is None or found.state is LinkState.REVOKING:
            return
        token = self._token(found)
        if token is None:
            links.remove(tx, found.id)
        else:
            links.save(tx, self._orphan(found, token, now), expect=_UNDER_WAY)

    def revoke(self, tx: Transaction, team: str, user: str, token: UserToken, now: datetime) -> None:
        """Let a token be revoked that this person had, and that is nobody's now."""
        link = Link(secrets.token_hex(8), team, user, LinkState.REVOKING, now, now, sealed="")
        links.add(tx, self._orphan(link, token, now))

    async def end_access(self, token: UserToken) -> Access:
        """Have UiTiD end every token that we have of the account of this one; return what came of it."""
        try:
            await self._uitid.revoke(token)
        except UitpasError as error:
            if isinstance(error, LinkEndedError) and not self._trust.is_refused:
                return Access.ENDED
            log.warning("access_not_ended", kind=type(error).__name__, error=str(error))
            return Access.UNKNOWN
        return Access.REVOKED

    async def finish(self, link: Link) -> None:
        """Do what is to be done with a link whose time has come."""
        if link.state is not LinkState.REVOKING:
            await self._database.transact(lambda tx: self._expire(tx, link))
            return
        token = await self._database.read(lambda tx: self._ownerless(tx, link))
        if token is None or await self._is_over(link, token):
            await self._database.transact(lambda tx: links.remove(tx, link.id))

    def _expire(self, tx: Transaction, link: Link) -> None:
        now = self._clock.now()
        found = links.get(tx, link.team, link.id)
        if found is not None and found.due_at <= now:
            self.end(tx, found, now)

    def _ownerless(self, tx: Transaction, link: Link) -> UserToken | None:
        """Return the token to revoke; None when its UiTiD is linked, as revoking would end that link, too."""
        token = self._token(link)
        return None if token is None or accounts.is_linked(tx, self._linking.mark_of(token.user_id)) else token

    async def _is_over(self, link: Link, token: UserToken) -> bool:
        return await self.end_access(token) is not Access.UNKNOWN or await self._is_given_up(link)

    async def _is_given_up(self, link: Link) -> bool:
        now = self._clock.now()
        if now - link.made_at >= LONGEST:
            log.warning("token_left", attempts=link.attempts + 1)
            return True
        due_at = now + AGAIN[min(link.attempts, len(AGAIN) - 1)]
        again = replace(link, attempts=link.attempts + 1, due_at=due_at)
        await self._database.transact(lambda tx: links.save(tx, again, expect={LinkState.REVOKING}))
        return False

    def _token(self, link: Link) -> UserToken | None:
        try:
            return self._seal.token(link)
        except SealError as error:
            log.warning("link_unreadable", state=link.state, error=str(error))
            return None

    def _orphan(self, link: Link, token: UserToken, now: datetime) -> Link:
        bare = replace(
            link,
            state=LinkState.REVOKING,
            made_at=now,
            due_at=now,
            number_hash=None,
            cookie_hash=None,
            request_hash=None,
            attempts=0,
        )
        return self._seal.sealed(bare, {"token": token.token, "secret": token.secret, "user_id": token.user_id})
