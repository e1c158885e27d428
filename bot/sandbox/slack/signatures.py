"""The headers that show a post comes from Slack, and false ones. Follows "Verifying requests from Slack"."""

import hashlib
import hmac
import json
import re
from datetime import datetime, timedelta

FORGERIES = ("wrong_secret", "old", "early", "reencoded", "missing")
"""Another secret; 301 s before or after the clock; made over the body as it is encoded again; no headers at all."""

_OUTSIDE = timedelta(seconds=301)
_SHIFTS = {"old": -_OUTSIDE, "early": _OUTSIDE}


def signed(body: bytes, secret: str, moment: datetime, forgery: str | None = None) -> dict[str, str]:
    """Return the headers over these bytes at that moment; with one of `FORGERIES`, headers that must be refused."""
    if forgery == "missing":
        return {}
    secret += "x" if forgery == "wrong_secret" else ""
    timestamp = str(int((moment + _SHIFTS.get(forgery or "", timedelta())).timestamp()))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def sent(body: bytes, forgery: str | None) -> bytes:
    """Return the bytes to send: those that were signed, unless the signature is made over a re-encoded body.

    Then they decode to the same, with %20 for a plus and small hexadecimals, or as JSON without spaces: whoever decodes
    and encodes them again gets what was signed, and takes them.
    """
    if forgery != "reencoded":
        return body
    if body.startswith(b"{"):
        return json.dumps(json.loads(body), separators=(",", ":")).encode()
    return re.sub(rb"%[0-9A-F]{2}", lambda found: found[0].lower(), body.replace(b"+", b"%20"))
