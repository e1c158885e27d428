"""Bodies of answers, taken in under a limit, and the wait that a server asks for."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, aclosing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO, cast

import httpx

from bot.clients.uitpas_xml import failure
from bot.clients.xml_parser import MAX_BYTES
from bot.errors import SheetsError, UnavailableError

MAX_RETRY_AFTER = 3600.0
"""Seconds; a server that asks for more is asked again after this."""


async def take_xml(call: str, response: httpx.Response, now: datetime) -> bytes:
    """Return the body of a success.

    Args:
        call: our name of the call.
        response: an answer whose body has not been read yet.
        now: for a Retry-After that names a moment.

    Raises:
        UitpasError: what `bot.clients.uitpas_xml.failure` makes of it; UnavailableError when it is too long.
    """
    body = await _read(call, response)
    error = failure(call, response.status_code, body, retry_after(response.headers.get("Retry-After", ""), now))
    if error:
        raise error
    return body


async def take_form(call: str, response: httpx.Response, now: datetime) -> bytes:
    """Return the body of a step of the login, which is a form and no XML; anything but HTTP 200 is a failure.

    Raises:
        UitpasError: as in `take_xml`; UnavailableError for a status that is neither.
    """
    if response.status_code != httpx.codes.OK:
        await take_xml(call, response, now)
        raise UnavailableError(call, f"HTTP {response.status_code}")
    return await _read(call, response)


async def take_file(call: str, response: httpx.Response, file: BinaryIO, limit: int) -> None:
    """Write the body to a file as it comes in.

    Raises:
        SheetsError: `too_large`, as soon as the length announced or the bytes so far say so.
        UnavailableError: the body is encoded in a way nobody asked for.
    """
    announced = response.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise SheetsError("too_large", deliverable=False)
    received = 0
    async with _chunks(call, response) as chunks:
        async for chunk in chunks:
            received += len(chunk)
            if received > limit:
                raise SheetsError("too_large", deliverable=False)
            # At most 64 kB into the page cache: quicker than the hop to a thread.
            file.write(chunk)


def retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, between 0 and an hour; None when it says nothing usable.

    Args:
        header: seconds, or a moment as HTTP writes it.
        now: an aware datetime.
    """
    if header.isascii() and header.isdecimal():
        return min(float(header), MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), MAX_RETRY_AFTER)


async def _read(call: str, response: httpx.Response) -> bytes:
    body = bytearray()
    async with _chunks(call, response) as chunks:
        async for chunk in chunks:
            body += chunk
            if len(body) > MAX_BYTES:
                raise UnavailableError(call, "an answer too long to be the documented one")
    return bytes(body)


def _chunks(call: str, response: httpx.Response) -> AbstractAsyncContextManager[AsyncGenerator[bytes, None]]:
    """Refuse a compressed body: a few kilobytes of it can become gigabytes before a limit is seen."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnavailableError(call, "an encoded answer")
    return aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_bytes()))
