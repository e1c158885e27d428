"""The steps of a link that a browser takes, bound to that browser by a cookie (S2 to S6).

A browser shows a link by the number in its address, then by its cookie, and at the end by the request token with which
UiTiD sends it back. Each is found by its hash; what is unknown, used or over looks the same.
"""

import asyncio
import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from weakref import WeakValueDictionary

import structlog

from bot.clients.uitid import UitidClient
from bot.clock import Clock
from bot.errors import UitpasError
from bot.links import Link, LinkState, RequestToken
from bot.models import Kind, Language
from bot.services.link_endings import LinkEndings
from bot.services.link_seal import LinkSeal
from bot.services.link_start import hashed
from storage import links, outbox
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Of a code: no vowels, so no words; nothing that reads as a digit."""
LENGTH = 8
_VERIFIER = re.compile(r"[\x21-\x7e]{1,512}")
_BOUND = frozenset({LinkState.OPENED, LinkState.ASKED, LinkState.RETURNED})
_UNDER_WAY = _BOUND | {LinkState.EXCHANGING, LinkState.CONFIRMING}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked for a link, when, and in which language they read. The name is what they call themselves in Slack."""

    name: str
    moment: datetime
    language: Language


@dataclass(frozen=True, slots=True)
class Leave:
    """The browser goes to UiTiD now. The address holds the request token."""

    url: str
    language: Language

    def __repr__(self) -> str:
        return "Leave(…)"


@dataclass(frozen=True, slots=True)
class Shown:
    """The code for the browser of this link, and until when it works."""

    code: str
    until: datetime
    language: Language

    def __repr__(self) -> str:
        return "Shown(…)"


class Answer(StrEnum):
    """How a browser's request ended otherwise."""

    UNKNOWN = "unknown"
    SILENT = "silent"
    DONE = "done"
    REFUSED = "refused"


class LinkBrowser:
    """Takes a link from its first page to its code. `callback` is where UiTiD sends the browser back to."""

    def __init__(
        self, *, database: Database, seal: LinkSeal, endings: LinkEndings, uitid: UitidClient, clock: Clock
    ) -> None:
        self._database = database
        self._seal = seal
        self._endings = endings
        self._uitid = uitid
        self._clock = clock
        self._turns = WeakValueDictionary[str, asyncio.Lock]()

    async def asker(self, number: str) -> Asker | None:
        """Return who asked for a link that nobody opened yet; changes nothing (S2)."""
        link = await self._find("number_hash", number)
        if link is None or link.state is not LinkState.NEW:
            return None
        content = self._seal.opened(link)
        return Asker(content["name"], link.made_at, Language(content["language"]))

    async def open(self, number: str, cookie: str) -> str | None:
        """Bind a link to a browser and return the cookie that says so, None when it is bound to another (S3)."""
        fresh = secrets.token_urlsafe(32)

        def write(tx: Transaction) -> str | None:
            link = links.by_hash(tx, "number_hash", hashed(number), self._clock.now())
            if link is None or link.state is not LinkState.NEW:
                return cookie if link is not None and _is_bound(link, cookie) else None
            opened = replace(link, state=LinkState.OPENED, cookie_hash=hashed(fresh))
            return fresh if links.save(tx, opened, expect={LinkState.NEW}) else None

        return await self._database.transact(write)

    async def leave(self, cookie: str, callback: str) -> Leave | Answer:
        """Return where the browser goes next; asks UiTiD for a request token, once for a link (S4)."""
        link = await self._find("cookie_hash", cookie)
        if link is None:
            return Answer.UNKNOWN
        async with self._turns.setdefault(link.id, asyncio.Lock()):
            return await self._leave(cookie, callback)

    async def come_back(self, token: str, verifier: str, cookie: str) -> Answer:
        """Take what UiTiD sent the browser back with: DONE when a code is there, now or already (S5).

        The cookie is looked at first: whoever opened the address of the login in another browser is not who asked, so
        the link is destroyed and the asker told. REFUSED is a person who did not consent.
        """
        return await self._database.transact(lambda tx: self._come_back(tx, token, verifier, cookie))

    async def code(self, cookie: str) -> Shown | None:
        """Return the code of the link of this browser (S6)."""
        link = await self._find("cookie_hash", cookie)
        if link is None or link.state is not LinkState.RETURNED:
            return None
        content = self._seal.opened(link)
        return Shown(content["code"], link.due_at, Language(content["language"]))

    async def stop(self, *, number: str, cookie: str) -> bool:
        """Destroy a link: by its number while nobody opened it, afterwards by the cookie; return whether there was one.

        Whoever read their code out can still stop it until the account is confirmed; its token is revoked then.
        """

        def write(tx: Transaction) -> bool:
            now = self._clock.now()
            by_number = links.by_hash(tx, "number_hash", hashed(number), now)
            by_cookie = links.by_hash(tx, "cookie_hash", hashed(cookie), now)
            stopped = [
                link
                for link, states in ((by_number, {LinkState.NEW}), (by_cookie, _UNDER_WAY))
                if link is not None and link.state in states
            ]
            for link in stopped:
                self._endings.end(tx, link, now)
            return bool(stopped)

        return await self._database.transact(write)

    async def _find(self, by: links.Found, value: str) -> Link | None:
        return await self._database.read(lambda tx: links.by_hash(tx, by, hashed(value), self._clock.now()))

    async def _leave(self, cookie: str, callback: str) -> Leave | Answer:
        link = await self._find("cookie_hash", cookie)
        if link is None or link.state not in _BOUND:
            return Answer.UNKNOWN
        if link.state is LinkState.RETURNED:
            return Answer.DONE
        content = self._seal.opened(link)
        language = Language(content["language"])
        if link.state is LinkState.ASKED:
            request = RequestToken(content["request"], content["request_secret"])
            return Leave(self._uitid.authorize_url(request, language), language)
        try:
            request = await self._uitid.request_token(callback)
        except UitpasError as error:
            log.warning("login_not_begun", kind=type(error).__name__, error=str(error))
            return Answer.SILENT
        content |= {"request": request.token, "request_secret": request.secret}
        asked = self._seal.sealed(replace(link, state=LinkState.ASKED, request_hash=hashed(request.token)), content)
        kept = await self._database.transact(lambda tx: links.save(tx, asked, expect={LinkState.OPENED}))
        return Leave(self._uitid.authorize_url(request, language), language) if kept else Answer.UNKNOWN

    def _come_back(self, tx: Transaction, token: str, verifier: str, cookie: str) -> Answer:
        now = self._clock.now()
        link = links.by_hash(tx, "request_hash", hashed(token), now)
        if link is None:
            return Answer.UNKNOWN
        if not _is_bound(link, cookie):
            return self._break(tx, link, now)
        if link.state is not LinkState.ASKED:
            return Answer.DONE if link.state is LinkState.RETURNED else Answer.UNKNOWN
        if not _VERIFIER.fullmatch(verifier):
            self._endings.end(tx, link, now)
            return Answer.REFUSED
        content = self._seal.opened(link) | {"verifier": verifier, "code": _new_code()}
        links.save(tx, self._seal.sealed(replace(link, state=LinkState.RETURNED), content), expect={LinkState.ASKED})
        return Answer.DONE

    def _break(self, tx: Transaction, link: Link, now: datetime) -> Answer:
        if link.state is LinkState.ASKED:
            self._endings.end(tx, link, now)
            outbox.add(tx, link.team, Kind.LINK_BROKEN, due_at=now, recipient=link.user)
        return Answer.UNKNOWN


def _is_bound(link: Link, cookie: str) -> bool:
    is_same = hmac.compare_digest(link.cookie_hash or "", hashed(cookie))
    return is_same and bool(cookie) and link.state in _BOUND


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
