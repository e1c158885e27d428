"""What a person passes on when something went wrong, and what the log lines of that moment carry."""

import secrets

_LETTERS = "bcdfghjklmnpqrstvwxz"
"""Neither vowels, which make words, nor digits, of which the log masks long runs."""


def new_reference() -> str:
    """Return ten letters that stand for one request."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))
