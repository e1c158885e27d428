"""What comes instead of an answer, and what an answer becomes, when a fault is asked for."""

from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from bot.sandbox.uitpas.answers import XML, Refusal, Unauthorized, page
from bot.sandbox.uitpas.faults import Fault

_MALFORMED = b'<?xml version="1.0" encoding="UTF-8"?>\n<response><code>ACTION_SUCCEEDED</message></response>'
_LEFT_OUT = {"without_secret": "oauth_token_secret", "without_user": "userId"}
_DOCTYPE = b'<!DOCTYPE response [<!ENTITY gelukt "ACTION_SUCCEEDED">]>\n<response>'


def instead(fault: Fault) -> web.Response | None:
    """Return what is answered in place of the real answer, or None when the real answer is needed.

    Raises:
        ConnectionAbortedError: there is to be no answer at all.
    """
    if fault.kind == "drop":
        raise ConnectionAbortedError
    if fault.kind == "status":
        return _failing(fault)
    if fault.kind == "code":
        return _coded(fault)
    if fault.kind == "html":
        return page("Onderhoud", "<p>UiTiD is even niet beschikbaar.</p>")
    if fault.kind == "revoked":
        return Unauthorized("Unknown or revoked token").answer()
    if fault.kind == "refused_all":
        return Unauthorized("Unknown consumer").answer()
    return None


def spoiled(fault: Fault, answer: web.Response) -> web.Response:
    """Return the real answer as this fault leaves it."""
    body = bytes(answer.body) if isinstance(answer.body, bytes | bytearray) else b""
    if fault.kind == "malformed":
        return web.Response(body=_MALFORMED, content_type=XML)
    if fault.kind == "doctype":
        body = body.replace(b"ACTION_SUCCEEDED", b"&gelukt;").replace(b"<response>", _DOCTYPE, 1)
        return _like(answer, body)
    if fault.kind == "not_a_zip":
        return _like(answer, b"This is not an archive.\n")
    if fault.kind == "truncated_zip" or (fault.kind == "cut" and fault.framed):
        return _like(answer, body[: len(body) // 2])
    if fault.kind in {"doubled_key", *_LEFT_OUT} and answer.status == 200:
        return _like(answer, _respelt(fault.kind, body))
    return answer


def _failing(fault: Fault) -> web.Response:
    status = fault.status or 500
    answer = page(f"HTTP Status {status}", "<p>The server could not answer.</p>", status)
    if fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def _coded(fault: Fault) -> web.Response:
    message = fault.message or "Asked for."
    refusal = Refusal(fault.code, message, status=fault.status or 400, required_permission=fault.required_permission)
    return refusal.answer()


def _respelt(kind: str, form: bytes) -> bytes:
    pairs = [pair for pair in parse_qsl(form.decode()) if pair[0] != _LEFT_OUT.get(kind)]
    if kind == "doubled_key":
        pairs.append(("oauth_token", "0" * 32))
    return urlencode(pairs).encode()


def _like(answer: web.Response, body: bytes) -> web.Response:
    headers = {name: value for name, value in answer.headers.items() if name.lower() != "content-length"}
    return web.Response(status=answer.status, body=body, headers=headers)
