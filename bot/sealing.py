"""Secrets at rest: Fernet, with the purpose and the owner inside.

Fernet alone knows no context: two ciphertexts swapped between rows would both decrypt. So every sealed text names what
it is for and whose it is, and opening it as anything else is an error.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import BaliebotError


class SealError(BaliebotError):
    """A sealed text was not made with one of our keys, or is not what it is taken for."""


class Sealer:
    """Seals with the first key, opens with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, content: dict[str, str], **context: str) -> str:
        """Return the content encrypted, bound to its context (purpose, team, user, …)."""
        blob = json.dumps({"context": context, "content": content}, sort_keys=True)
        return self._fernet.encrypt(blob.encode()).decode()

    def open(self, sealed: str, **context: str) -> dict[str, str]:
        """Return the content.

        Raises:
            SealError: another key, a changed text, or another context.
        """
        blob: dict[str, Any] = {}
        with suppress(InvalidToken, ValueError):  # the latter quotes what it can't read, so it goes no further
            blob = json.loads(self._fernet.decrypt(sealed.encode()))
        if not blob:
            raise SealError("sealed with a key that is not in BALIEBOT_SECRET_KEYS")
        if blob["context"] != context:
            raise SealError("sealed for something else")
        content: dict[str, str] = blob["content"]
        return content


def new_key() -> str:
    """Return a fresh key for `BALIEBOT_SECRET_KEYS`."""
    return Fernet.generate_key().decode()


def mark(key: str, value: str) -> str:
    """Return a text that recognises `value` without telling it, to whoever does not hold `key`."""
    return hmac.new(bytes.fromhex(key), value.encode(), hashlib.sha256).hexdigest()
