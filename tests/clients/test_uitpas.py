"""What the client sends, and what it makes of what comes back."""

from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qsl

import httpx
import pytest

from bot.clients.uitpas import UitpasClient
from bot.errors import (
    AdministratorError,
    CorrectableError,
    LinkEndedError,
    NothingRegisteredError,
    SheetsError,
    UnavailableError,
)
from bot.models import Period, Progress
from tests.clients.sheets_made import zip_bytes
from tests.clients.stage import BALIE, BASE, TOKEN, Server, StillClock, documented, ok, talking_to

QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30))
REPORT = "/uitid/rest/uitpas/report/financialoverview/organiser"
ZIP = zip_bytes({"Lokale overheid Dijlestad_20260707_1001.xls": b"not looked at here"})


class Line(NamedTuple):
    """What of a request the API pages prescribe."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    accept: str | None


def line(request: httpx.Request) -> Line:
    """Return what of a request the API pages prescribe."""
    query = dict(parse_qsl(request.url.query.decode(), strict_parsing=bool(request.url.query)))
    body = dict(parse_qsl(request.content.decode()))
    path = request.url.raw_path.decode().partition("?")[0]
    return Line(request.method, path, query, body, request.headers.get("Accept"))


async def test_starting_a_report_sends_plain_days_in_a_form() -> None:
    server = Server([ok("submission")])
    async with talking_to(server) as client:
        report_id = await client.start_report(TOKEN, BALIE, QUARTER)

    form = {"balieConsumerKey": BALIE, "startDate": "2026-04-01", "endDate": "2026-06-30"}
    assert (report_id, [line(request) for request in server.requests]) == (
        "6021",
        [Line("POST", REPORT, {}, form, None)],
    )


async def test_progress_is_asked_at_our_own_url_and_not_at_the_one_that_was_given() -> None:
    server = Server([ok("progress_busy"), ok("progress_ready")])
    async with talking_to(server) as client:
        found = [await client.progress(TOKEN, BALIE, "6021") for _ in range(2)]

    asked = Line("GET", f"{REPORT}/6021/status", {"balieConsumerKey": BALIE}, {}, "application/xml")
    assert (found, [line(request) for request in server.requests]) == ([Progress.BUSY, Progress.READY], [asked, asked])


async def test_a_download_is_the_zip_to_the_byte_rewound() -> None:
    server = Server(
        [httpx.Response(200, content=ZIP, headers={"Content-Disposition": "attachment; filename=../x.zip"})]
    )
    async with talking_to(server) as client:
        with await client.download(TOKEN, BALIE, "6021") as file:
            assert (file.tell(), file.read()) == (0, ZIP)

    asked = Line("GET", f"{REPORT}/6021/download", {"balieConsumerKey": BALIE}, {}, None)
    assert [line(request) for request in server.requests] == [asked]


async def test_periods_are_asked_for_a_balie() -> None:
    server = Server([ok("periods")])
    async with talking_to(server) as client:
        found = await client.periods(TOKEN, BALIE)

    asked = Line("GET", f"{REPORT}/periods", {"balieConsumerKey": BALIE}, {}, "application/xml")
    assert found[0] == QUARTER
    assert [line(request) for request in server.requests] == [asked]


async def test_balies_are_asked_for_the_owner_of_the_token() -> None:
    server = Server([ok("balies")])
    async with talking_to(server) as client:
        found = await client.balies(TOKEN)

    asked = Line("GET", "/uitid/rest/uitpas/balie/list", {"uid": TOKEN.user_id}, {}, "application/xml")
    assert [balie.number for balie in found] == [41, 52]
    assert [line(request) for request in server.requests] == [asked]


async def test_odd_keys_and_ids_stay_inside_their_place() -> None:
    server = Server([ok("progress_busy")])
    async with talking_to(server) as client:
        await client.progress(TOKEN, "a&b=c 'd'/é", "1/2?3")

    expected = Line("GET", f"{REPORT}/1%2F2%3F3/status", {"balieConsumerKey": "a&b=c 'd'/é"}, {}, "application/xml")
    assert line(server.requests[0]) == expected


async def test_every_request_is_signed_and_no_token_stands_in_a_url_or_body() -> None:
    server = Server([ok("submission"), ok("progress_busy"), ok("balies")])
    async with talking_to(server) as client:
        await client.start_report(TOKEN, BALIE, QUARTER)
        await client.progress(TOKEN, BALIE, "6021")
        await client.balies(TOKEN)

    for request in server.requests:
        assert f'oauth_token="{TOKEN.token}"' in request.headers["Authorization"]
        assert b"oauth" not in request.url.raw_path + request.content


async def test_a_session_of_one_employee_never_travels_with_another() -> None:
    answer = httpx.Response(200, content=documented("balies"), headers={"Set-Cookie": "session=anna; Path=/"})
    server = Server([answer])
    async with talking_to(server) as client:
        await client.balies(TOKEN)
        await client.balies(TOKEN)

    assert ["Cookie" in request.headers for request in server.requests] == [False, False]


async def test_a_redirect_is_not_followed() -> None:
    server = Server([httpx.Response(302, headers={"Location": "https://elsewhere.example/"}), ok("progress_ready")])
    async with talking_to(server) as client:
        with pytest.raises(UnavailableError):
            await client.progress(TOKEN, BALIE, "6021")

    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "ACTION_FAILED", NothingRegisteredError),
        (200, "ACTION_FAILED", NothingRegisteredError),
        (400, "UNKNOWN_REPORT_ID", CorrectableError),
        (400, "ACCESS_DENIED", AdministratorError),
        (401, "", LinkEndedError),
    ],
)
async def test_what_uitpas_refuses_is_raised_by_what_can_be_done(status: int, code: str, kind: type[Exception]) -> None:
    server = Server([httpx.Response(status, content=f"<response><code>{code}</code></response>")])
    async with talking_to(server) as client:
        with pytest.raises(kind):
            await client.progress(TOKEN, BALIE, "6021")
        with pytest.raises(kind):
            await client.start_report(TOKEN, BALIE, QUARTER)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<response><code>INVALID_REPORT_STATUS</code></response>", UnavailableError),
        (b"<response><code>UNKNOWN_REPORT_ID</code></response>", CorrectableError),
        (b"<response><code>ACTION_SUCCEEDED</code></response>", UnavailableError),
        (b"<!DOCTYPE html><html>Even geduld</html>", UnavailableError),
        (b"PK and nothing of a zip", UnavailableError),
        (ZIP[:-30], UnavailableError),
        (b"", UnavailableError),
    ],
)
async def test_a_download_that_is_no_zip_is_an_error_of_the_kind_it_says(body: bytes, kind: type[Exception]) -> None:
    async with talking_to(Server([httpx.Response(200, content=body)])) as client:
        with pytest.raises(kind):
            await client.download(TOKEN, BALIE, "6021")


async def test_a_zip_over_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    server = Server([httpx.Response(200, content=ZIP)])
    async with talking_to(server, max_download=len(ZIP)) as client:
        (await client.download(TOKEN, BALIE, "6021")).close()
    async with talking_to(server, max_download=len(ZIP) - 1) as client:
        with pytest.raises(SheetsError) as caught:
            await client.download(TOKEN, BALIE, "6021")

    assert (caught.value.reason, caught.value.deliverable) == ("too_large", False)


async def test_a_compressed_answer_nobody_asked_for_is_no_answer() -> None:
    answer = httpx.Response(200, content=b"x", headers={"Content-Encoding": "identity"})
    answer.headers["Content-Encoding"] = "gzip"
    server = Server([answer])
    async with talking_to(server) as client:
        with pytest.raises(UnavailableError, match="encoded"):
            await client.progress(TOKEN, BALIE, "6021")

    assert server.requests[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("url", ["http://uitid.example/uitid/rest", "ftp://127.0.0.2.example/", "uitid.example"])
def test_an_address_where_secrets_could_be_read_on_the_way_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        UitpasClient(base_url=url, consumer_key="k", consumer_secret="s", clock=StillClock())


async def test_a_slash_at_the_end_of_the_address_changes_nothing() -> None:
    server = Server([ok("balies")])
    client = UitpasClient(
        base_url=BASE + "/",
        consumer_key="k",
        consumer_secret="s",
        clock=StillClock(),
        transport=httpx.MockTransport(server),
    )
    await client.balies(TOKEN)
    await client.aclose()

    assert server.requests[0].url.path == "/uitid/rest/uitpas/balie/list"
