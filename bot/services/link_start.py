"""The first step of a link: somebody asks for one in Slack (S1)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.links import Link, LinkState
from bot.models import Language
from bot.services.link_endings import LinkEndings
from bot.services.link_seal import LinkSeal
from storage import links
from storage.database import Database, Transaction

LASTS = timedelta(minutes=10)
"""How long a link may take, from the first word in Slack to its code; and again until it is confirmed."""
MOST_LINKS = 5
"""How many links one person may begin in an hour."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Begun:
    """A link was begun; `number` opens its first page, once, and is kept nowhere in clear."""

    number: str

    def __repr__(self) -> str:
        return "Begun(…)"


@dataclass(frozen=True, slots=True)
class TooManyLinks:
    """This person began as many links as one may in an hour."""


def hashed(value: str) -> str:
    """Return what a link is found by: SHA-256 of something with at least 128 bits of chance, so it needs no salt."""
    # bytes of a cookie that are no UTF-8 come as surrogates
    return hashlib.sha256(value.encode(errors="surrogatepass")).hexdigest()


class LinkStart:
    """Begins links."""

    def __init__(self, *, database: Database, seal: LinkSeal, endings: LinkEndings, clock: Clock) -> None:
        self._database = database
        self._seal = seal
        self._endings = endings
        self._clock = clock

    async def begin(self, team: str, user: str, *, name: str, language: Language) -> Begun | TooManyLinks:
        """Begin a link for this person; one that they had under way ends."""
        now, number = self._clock.now(), secrets.token_urlsafe(16)
        fresh = Link(
            id=secrets.token_hex(8),
            team=team,
            user=user,
            state=LinkState.NEW,
            made_at=now,
            due_at=now + LASTS,
            sealed="",
            number_hash=hashed(number),
        )
        link = self._seal.sealed(fresh, {"name": name, "language": language.value})

        def write(tx: Transaction) -> Begun | TooManyLinks:
            if links.tries(tx, team, user, "link", now - _HOUR) >= MOST_LINKS:
                return TooManyLinks()
            links.tried(tx, team, user, "link", now)
            older = links.of_user(tx, team, user)
            if older is not None:
                self._endings.end(tx, older, now)
            links.add(tx, link)
            return Begun(number)

        return await self._database.transact(write)
