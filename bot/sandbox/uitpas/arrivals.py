"""A request as it came in: its signed parts, and the list of calls that tests look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.sandbox.uitpas.faults import Fault
from bot.sandbox.uitpas.signature import SignedRequest, read_signed

SIGNED = web.RequestKey("signed", SignedRequest)
FAULT = web.RequestKey("fault", Fault)

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the stand-in, whatever came of it.

    Attributes:
        name: one of `faults.CALLS`.
        uid: of the employee or holder whose valid token came with it, signature unchecked.
        params: query, form and the variable parts of the path; the first value of a repeated parameter.
        moment: when, in UTC.
    """

    name: str
    uid: str | None
    params: Mapping[str, str]
    moment: datetime


async def read_request(request: web.Request) -> SignedRequest:
    """Read a request to its end and take apart what its signature is about.

    The URL is the one the client called, so its host is that of the Host header.
    """
    path, _, query = request.raw_path.partition("?")
    body = await request.read()
    form = body.decode("utf-8", "replace") if request.content_type == FORM else ""
    url = f"{request.scheme}://{request.host}{path}"
    return read_signed(request.method, url, query, form, request.headers.get("Authorization", ""))


def named_parameters(signed: SignedRequest, path: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of a call for `Call.params`."""
    return {**dict(reversed(signed.parameters)), **path}
