"""Request tokens, access tokens and nonces: what the stand-in remembers of OAuth."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.sandbox.uitpas.signature import Pairs


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What an employee gave an application. It lives until it is revoked."""

    token: str
    secret: str
    uid: str


@dataclass(frozen=True, slots=True)
class RequestToken:
    """A login under way. `uid` and `verifier` are empty until an employee consents."""

    token: str
    secret: str
    callback: str
    extras: Pairs
    uid: str = ""
    verifier: str = ""


class Record(Protocol):
    """Where something that must outlive the process is written down."""

    def __call__(self, what: str, **facts: str) -> None:
        """Write one fact."""


class AccessTokens:
    """The access tokens that are valid now."""

    def __init__(self, record: Record) -> None:
        self._valid: dict[str, AccessToken] = {}
        self._record = record

    def issue(self, uid: str) -> AccessToken:
        """Make a token for the employee with that uid; an older one stays valid."""
        made = AccessToken(secrets.token_hex(16), secrets.token_hex(16), uid)
        self.restore(made)
        self._record("token", token=made.token, secret=made.secret, uid=uid)
        return made

    def restore(self, token: AccessToken) -> None:
        """Take up a token that was issued before."""
        self._valid[token.token] = token

    def find(self, token: str) -> AccessToken | None:
        """Return the token when it is known and not revoked."""
        return self._valid.get(token)

    def revoke(self, token: str) -> None:
        """End a token; one that is not known is none to end."""
        if self.forget(token):
            self._record("revoked", token=token)

    def forget(self, token: str) -> bool:
        """End a token without writing that down; False when it is not known."""
        return self._valid.pop(token, None) is not None

    def has_any(self, uid: str) -> bool:
        """Say whether an employee has given a token that is still valid."""
        return any(one.uid == uid for one in self._valid.values())

    def revoke_all(self, uid: str) -> None:
        """End every token of one employee."""
        for token in [one.token for one in self._valid.values() if one.uid == uid]:
            self.revoke(token)


class RequestTokens:
    """Logins under way. They do not outlive the process."""

    def __init__(self) -> None:
        self._pending: dict[str, RequestToken] = {}

    def issue(self, callback: str, extras: Pairs) -> RequestToken:
        """Make a request token for that callback; `extras` come back with the access token."""
        made = RequestToken(secrets.token_hex(16), secrets.token_hex(16), callback, extras)
        self._pending[made.token] = made
        return made

    def find(self, token: str) -> RequestToken | None:
        """Return the request token when it was not used or refused yet."""
        return self._pending.get(token)

    def consent(self, token: str, uid: str) -> RequestToken:
        """Note who consented and return the token with its verifier."""
        made = replace(self._pending[token], uid=uid, verifier=secrets.token_hex(8))
        self._pending[token] = made
        return made

    def drop(self, token: str) -> None:
        """Forget a request token: it was used, or consent was refused."""
        self._pending.pop(token, None)


class Nonces:
    """The nonces seen within the window in which a timestamp is accepted."""

    WINDOW = 300
    """Seconds that a timestamp may lie before or after now. UiTPAS documents none; five minutes is usual."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], int] = {}

    def is_current(self, timestamp: str, now: datetime) -> bool:
        """Say whether a timestamp (whole seconds since 1970) lies within the window."""
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 15):
            return False
        return abs(now.timestamp() - int(timestamp)) <= self.WINDOW

    def is_first(self, token: str, timestamp: str, nonce: str, now: datetime) -> bool:
        """Remember this use of a nonce; False when it was used before."""
        oldest = int(now.timestamp()) - self.WINDOW
        self._seen = {use: moment for use, moment in self._seen.items() if moment >= oldest}
        use = (token, timestamp, nonce)
        if use in self._seen:
            return False
        self._seen[use] = int(timestamp)
        return True
