"""Faults of a real connection: each ends in one of our errors, in time."""

import socket
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bot.clients.exchange import Timeouts
from bot.clients.uitpas import UitpasClient
from bot.clients.xml_parser import MAX_BYTES
from bot.errors import SheetsError, UnavailableError
from bot.models import Period, Progress
from tests.clients.sheets_made import zip_bytes
from tests.clients.stage import BALIE, HASTY, TOKEN, at, documented
from tests.clients.wire import http, saying

Verb = Callable[[UitpasClient], Awaitable[object]]
READY = documented("progress_ready")


async def start(client: UitpasClient) -> object:
    return await client.start_report(TOKEN, BALIE, Period(date(2026, 4, 1), date(2026, 6, 30)))


async def progress(client: UitpasClient) -> object:
    return await client.progress(TOKEN, BALIE, "6021")


async def download(client: UitpasClient) -> object:
    return await client.download(TOKEN, BALIE, "6021")


verbs = pytest.mark.parametrize("verb", [start, progress, download])


async def test_an_answer_is_read_over_a_real_connection_with_no_accept_header_but_where_it_belongs() -> None:
    async with saying(http(READY)) as wire, at(wire.url) as client:
        found = await progress(client)
        with pytest.raises(UnavailableError):
            await download(client)

    assert found is Progress.READY
    assert [b"application/xml" in head for head in wire.heads] == [True, False]
    assert [b"accept:" in head.lower() for head in wire.heads] == [True, False]


@verbs
async def test_nobody_listening_means_the_request_was_not_acted_upon(verb: Verb) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with at(f"http://127.0.0.1:{taken.getsockname()[1]}/uitid/rest", timeouts=HASTY) as client:
            with pytest.raises(UnavailableError) as caught:
                await verb(client)

    assert caught.value.reached is False


@verbs
@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"HTTP/1.1 200 OK\r\n",),
        (http(READY[:40], length=len(READY)),),
        (http(READY[:40]),),
        (http(b"<html><body>Onderhoud</body>"),),
        (b"nonsense\r\n\r\n",),
        (http(b"", "500 Internal Server Error"),),
        (http(b"", "302 Found", more="Location: http://127.0.0.1:1/\r\n"),),
    ],
)
async def test_a_dropped_cut_off_or_odd_answer_may_have_been_acted_upon(verb: Verb, pieces: tuple[bytes, ...]) -> None:
    async with saying(*pieces) as wire, at(wire.url, timeouts=HASTY) as client:
        with pytest.raises(UnavailableError) as caught:
            await verb(client)

    assert caught.value.reached is True
    assert len(wire.heads) == 1


@verbs
@pytest.mark.parametrize("pieces", [(), (http(READY[:40], length=len(READY)),)])
async def test_a_server_that_falls_silent_is_left(verb: Verb, pieces: tuple[bytes, ...]) -> None:
    async with saying(*pieces, then_silent=True) as wire, at(wire.url, timeouts=HASTY) as client:
        with pytest.raises(UnavailableError, match="ReadTimeout"):
            await verb(client)


@verbs
async def test_a_server_that_drips_for_ever_is_left(verb: Verb) -> None:
    timeouts = Timeouts(connect=2, read=5, write=2, pool=2, answer=0.3, download=0.3)
    drops = [http(b"", length=10_000), *[b" "] * 500]
    async with saying(*drops, drip=0.02) as wire, at(wire.url, timeouts=timeouts) as client:
        with pytest.raises(UnavailableError, match="TimeoutError") as caught:
            await verb(client)

    assert caught.value.reached is True


async def test_an_xml_answer_without_end_is_cut_at_the_limit() -> None:
    endless = [b"HTTP/1.1 200 OK\r\n\r\n<response>", *[b"<!---->" * 10_000] * (MAX_BYTES // 70_000 + 5)]
    async with saying(*endless, then_silent=True) as wire, at(wire.url) as client:
        with pytest.raises(UnavailableError, match="too long"):
            await progress(client)


@pytest.mark.parametrize("pieces", [[http(b"", length=200_001)], [b"HTTP/1.1 200 OK\r\n\r\n", *[b"PK" * 1000] * 101]])
async def test_a_download_is_cut_at_the_limit_whether_announced_or_not(pieces: list[bytes]) -> None:
    async with saying(*pieces, then_silent=True) as wire, at(wire.url, max_download=200_000) as client:
        with pytest.raises(SheetsError, match="too_large"):
            await download(client)


async def test_a_zip_in_many_pieces_arrives_whole() -> None:
    whole = zip_bytes({f"{number}.xls": bytes(range(256)) * 40 for number in range(50)})
    pieces = [whole[at : at + 1000] for at in range(0, len(whole), 1000)]
    async with saying(b"HTTP/1.1 200 OK\r\n\r\n", *pieces) as wire, at(wire.url) as client:
        with await client.download(TOKEN, BALIE, "6021") as file:
            assert file.read() == whole
