"""What is asked again, after how long, and what a silence says."""

from datetime import UTC, date, datetime

import httpx
import pytest

from bot.clients.answers import retry_after
from bot.errors import AdministratorError, UnavailableError
from bot.models import Period
from tests.clients.stage import BALIE, TOKEN, Server, StillClock, documented, ok, talking_to

QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30))


async def test_reports_are_never_asked_for_twice() -> None:
    server = Server([httpx.Response(500)])
    async with talking_to(server) as client:
        for ask in (
            client.start_report(TOKEN, BALIE, QUARTER),
            client.progress(TOKEN, BALIE, "1"),
            client.download(TOKEN, BALIE, "1"),
        ):
            with pytest.raises(UnavailableError):
                await ask

    assert len(server.requests) == 3


async def test_a_question_that_a_person_waits_for_gets_one_more_try_after_a_pause() -> None:
    clock, server = StillClock(), Server([httpx.ReadTimeout("slow"), ok("balies")])
    async with talking_to(server, clock=clock) as client:
        found = await client.balies(TOKEN)

    assert (len(found), len(server.requests), clock.slept) == (2, 2, [0.5])


async def test_the_second_silence_is_the_answer() -> None:
    clock, server = StillClock(), Server([httpx.Response(503)])
    async with talking_to(server, clock=clock) as client:
        with pytest.raises(UnavailableError):
            await client.periods(TOKEN, BALIE)

    assert (len(server.requests), clock.slept) == (2, [0.5])


async def test_a_refusal_is_not_asked_again() -> None:
    server = Server([httpx.Response(400, content=documented("access_denied"))])
    async with talking_to(server) as client:
        with pytest.raises(AdministratorError):
            await client.periods(TOKEN, BALIE)

    assert len(server.requests) == 1


async def test_a_person_does_not_wait_for_a_server_that_wants_a_minute() -> None:
    clock, server = StillClock(), Server([httpx.Response(429, headers={"Retry-After": "60"})])
    async with talking_to(server, clock=clock) as client:
        with pytest.raises(UnavailableError) as caught:
            await client.balies(TOKEN)

    error = caught.value
    assert (error.reached, error.retry_after, len(server.requests), clock.slept) == (False, 60.0, 1, [])


@pytest.mark.parametrize(
    ("silence", "reached"),
    [
        (httpx.ConnectError("no"), False),
        (httpx.ConnectTimeout("no"), False),
        (httpx.PoolTimeout("no"), False),
        (httpx.ReadTimeout("no"), True),
        (httpx.ReadError("no"), True),
        (httpx.WriteTimeout("no"), True),
        (httpx.WriteError("no"), True),
        (httpx.RemoteProtocolError("no"), True),
    ],
)
async def test_a_silence_says_whether_the_request_can_have_been_acted_upon(
    silence: httpx.TransportError, *, reached: bool
) -> None:
    async with talking_to(Server([silence])) as client:
        with pytest.raises(UnavailableError) as caught:
            await client.start_report(TOKEN, BALIE, QUARTER)

    assert (caught.value.reached, str(caught.value)) == (reached, f"start_report: {type(silence).__name__}")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("12", 12.0),
        ("999999999999", 3600.0),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60.0),
        ("Tue, 14 Nov 2023 22:14:20 -0000", 60.0),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("١٢", None),
        ("Tue, 99 Nov 2023 99:14:20 GMT", None),
    ],
)
def test_a_wait_is_read_as_seconds_or_as_a_moment(header: str, seconds: float | None) -> None:
    assert retry_after(header, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)) == seconds
