"""Secrets at rest: Fernet, with the purpose and the owner inside.

Fernet alone knows no context: two ciphertexts swapped between rows would both decrypt. So every sealed text names what
it is for and whose it is, and opening it as anything else is an error.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import BaliebotError

_NO_KEY = "sealed with a key that is not in BALIEBOT_SECRET_KEYS"


class SealError(BaliebotError):
    """A sealed text was not made with one of our keys, or is not what it is taken for."""


class Sealer:
    """Seals with the first key, opens with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(key) for key in keys]
        self._newest = fernets[0]
        self._fernet = MultiFernet(fernets)

    def seal(self, content: dict[str, str], **context: str) -> str:
        """Return the content encrypted, bound to its context (purpose, team, user, …)."""
        return self._fernet.encrypt(_written(content, context)).decode()

    def open(self, sealed: str, **context: str) -> dict[str, str]:
        """Return the content.

        Raises:
            SealError: another key, a changed text, or another context.
        """
        blob = b""
        with suppress(InvalidToken, ValueError):
            blob = self._fernet.decrypt(sealed.encode())
        return _read(blob, context, _NO_KEY)

    def renewed(self, sealed: str) -> str:
        """Return the same content in the same context, encrypted with the first key.

        Raises:
            SealError: another key, or a changed text.
        """
        text = b""
        with suppress(InvalidToken, ValueError):
            text = self._fernet.rotate(sealed.encode())
        if not text:
            raise SealError(_NO_KEY)
        return text.decode()

    def seal_briefly(self, content: dict[str, str], now: datetime, **context: str) -> str:
        """Return the content encrypted with the first key, for `open_briefly`."""
        return self._newest.encrypt_at_time(_written(content, context), int(now.timestamp())).decode()

    def open_briefly(self, sealed: str, now: datetime, longest: timedelta, **context: str) -> dict[str, str]:
        """Return what `seal_briefly` sealed no longer ago than `longest`. No older key than the first opens it.

        Raises:
            SealError: too old, another key, a changed text, or another context.
        """
        blob = b""
        with suppress(InvalidToken, ValueError):
            seconds = int(longest.total_seconds())
            blob = self._newest.decrypt_at_time(sealed.encode(), seconds, int(now.timestamp()))
        return _read(blob, context, "too old, or not sealed with the first key of BALIEBOT_SECRET_KEYS")


def _written(content: dict[str, str], context: dict[str, str]) -> bytes:
    return json.dumps({"context": context, "content": content}, sort_keys=True).encode()


def _read(blob: bytes, context: dict[str, str], otherwise: str) -> dict[str, str]:
    found: dict[str, Any] = {}
    with suppress(ValueError):  # it quotes what it can't read, so it goes no further
        found = json.loads(blob)
    if not found:
        raise SealError(otherwise)
    if found["context"] != context:
        raise SealError("sealed for something else")
    content: dict[str, str] = found["content"]
    return content


def new_key() -> str:
    """Return a fresh key for `BALIEBOT_SECRET_KEYS`."""
    return Fernet.generate_key().decode()


def mark(key: str, value: str) -> str:
    """Return a text that recognises `value` without telling it, to whoever does not hold `key`."""
    return hmac.new(bytes.fromhex(key), value.encode(), hashlib.sha256).hexdigest()
