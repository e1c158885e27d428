"""The four calls of the report answer as documented, quirks included."""

import httpx
import pytest

from bot.sandbox.uitpas import Balie, UitpasSandbox

from .support import HEAD, REPORT, Caller, StillClock, progress, refusal

UNKNOWN_BALIE = refusal("UNKNOWN_BALIE_CONSUMERKEY", "No balie with this consumer key.")


def seen(answer: httpx.Response) -> tuple[int, str, bytes]:
    return answer.status_code, answer.headers["Content-Type"], answer.content


def is_xml(status: int, body: bytes) -> tuple[int, str, bytes]:
    return status, "application/xml; charset=UTF-8", body


async def test_a_report_is_busy_until_its_seconds_are_over(lien: Caller, sluis: Balie) -> None:
    started = await lien.start_report(sluis)
    lien.clock.advance(7.9)
    busy = await lien.status("4711", sluis)
    lien.clock.advance(0.1)
    ready = await lien.status("4711", sluis)
    assert [seen(started), seen(busy), seen(ready)] == [
        is_xml(200, progress("Export in progress.", "status", sluis)),
        is_xml(200, progress("Export in progress.", "status", sluis)),
        is_xml(200, progress("Export completed.", "download", sluis)),
    ]


async def test_a_report_of_no_seconds_is_ready_at_the_first_question(
    clock: StillClock, http: httpx.AsyncClient
) -> None:
    sandbox = UitpasSandbox(now=clock.now, report_seconds=0)
    await sandbox.start()
    try:
        bram = Caller(sandbox, http, clock, sandbox.issue_token(sandbox.employee("bram").uid))
        balie = sandbox.world.balies[0]
        await bram.start_report(balie)
        answer = await bram.status("4711", balie)
    finally:
        await sandbox.aclose()
    assert answer.content == progress("Export completed.", "download", balie)


async def test_asking_twice_makes_two_reports(lien: Caller, sluis: Balie) -> None:
    answers = [(await lien.start_report(sluis)).content for _ in range(2)]
    assert answers == [progress("Export in progress.", "status", sluis, number) for number in ("4711", "4712")]


@pytest.mark.parametrize(
    ("first", "last"), [("2026-08-01", "2026-07-01"), ("2026-10-08", "2026-12-31"), ("1999-01-01", "1999-12-31")]
)
async def test_a_period_without_sales_fails_once_its_time_is_over(
    lien: Caller, sluis: Balie, first: str, last: str
) -> None:
    await lien.start_report(sluis, first, last)
    early = await lien.status("4711", sluis)
    lien.clock.advance(8)
    answers = [await lien.status("4711", sluis), await lien.download("4711", sluis)]
    assert [seen(early), *map(seen, answers)] == [
        is_xml(200, progress("Export in progress.", "status", sluis)),
        is_xml(400, refusal("ACTION_FAILED", "Export 4711 failed: no ticket sales found.")),
        is_xml(400, refusal("INVALID_REPORT_STATUS", "Export 4711 is not completed.")),
    ]


async def test_the_empty_balie_never_has_a_report(lien: Caller) -> None:
    empty = lien.sandbox.world.empty_balie
    await lien.start_report(empty, "2000-01-01", "2030-12-31")
    lien.clock.advance(8)
    assert b"ACTION_FAILED" in (await lien.status("4711", empty)).content


async def test_a_download_that_comes_too_early_is_refused(lien: Caller, sluis: Balie) -> None:
    await lien.start_report(sluis)
    answer = await lien.download("4711", sluis)
    assert seen(answer) == is_xml(400, refusal("INVALID_REPORT_STATUS", "Export 4711 is not completed."))


async def test_a_report_is_known_at_its_own_balie_only(lien: Caller, sluis: Balie) -> None:
    await lien.start_report(sluis)
    other = lien.sandbox.world.balies[1]
    unknown = refusal("UNKNOWN_REPORT_ID", "No report with this id.")
    answers = [
        await lien.status("4711", other),
        await lien.download("4711", other),
        await lien.status("4712", sluis),
        await lien.status("../x", sluis),
    ]
    assert [seen(answer) for answer in answers[:3]] == [is_xml(400, unknown)] * 3
    assert answers[3].status_code == 404


async def test_a_colleague_of_the_same_balie_may_follow_a_report(lien: Caller, sluis: Balie) -> None:
    await lien.start_report(sluis)
    bram = Caller(lien.sandbox, lien.http, lien.clock, lien.sandbox.issue_token(lien.sandbox.employee("bram").uid))
    assert (await bram.status("4711", sluis)).content == progress("Export in progress.", "status", sluis)


async def test_who_does_not_work_at_the_balie_is_denied_everything(noor: Caller, sluis: Balie) -> None:
    permission = "<requiredPermission>PERMISSION_FINANCIALREPORT - ACTION_READ</requiredPermission>"
    denied = refusal("ACCESS_DENIED", "User has no permission for balie 77.", permission)
    answers = [
        await noor.start_report(sluis),
        await noor.status("1", sluis),
        await noor.download("1", sluis),
        await noor.get(f"{REPORT}/periods", {"balieConsumerKey": sluis.consumer_key}),
    ]
    assert [seen(answer) for answer in answers] == [is_xml(400, denied)] * 4


async def test_an_unknown_balie_is_said_to_be_unknown(lien: Caller) -> None:
    form = {"balieConsumerKey": "nobody", "startDate": "2026-01-01", "endDate": "2026-01-31"}
    answers = [await lien.post(REPORT, form), await lien.get(f"{REPORT}/periods")]
    assert [seen(answer) for answer in answers] == [is_xml(400, UNKNOWN_BALIE)] * 2


async def test_keys_are_compared_without_case_and_given_back_as_they_are(lien: Caller, sluis: Balie) -> None:
    form = {"balieConsumerKey": sluis.consumer_key.lower(), "startDate": "2026-01-01", "endDate": "2026-01-31"}
    assert (await lien.post(REPORT, form)).content == progress("Export in progress.", "status", sluis)


@pytest.mark.parametrize("left_out", ["balieConsumerKey", "startDate", "endDate"])
async def test_a_report_needs_its_three_fields(lien: Caller, sluis: Balie, left_out: str) -> None:
    form = {"balieConsumerKey": sluis.consumer_key, "startDate": "2026-01-01", "endDate": "2026-01-31"}
    answer = await lien.post(REPORT, {**form, left_out: ""})
    missing = refusal("MISSING_REQUIRED_FIELDS", f"Missing required fields: {left_out}")
    assert seen(answer) == is_xml(400, missing)


@pytest.mark.parametrize(
    "first",
    [
        "01/07/2026",
        "2026-7-1",
        "2026-02-30",
        "2026-07-01T00:00:00",
        "2026-07-01T00:00:00 02:00",
        "2026-07-01 00:00:00+02:00",
        "20260701",
        "vandaag",
    ],
)
async def test_what_is_no_w3c_date_is_refused(lien: Caller, sluis: Balie, first: str) -> None:
    answer = await lien.start_report(sluis, first)
    assert seen(answer) == is_xml(400, refusal("PARSE_INVALID_DATE", "startDate is no W3C date."))


async def test_a_bare_plus_in_a_date_has_become_a_blank(lien: Caller, sluis: Balie) -> None:
    body = f"balieConsumerKey={sluis.consumer_key}&startDate=2026-07-01T00:00:00+02:00&endDate=2026-09-30"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    url, headers, body = lien.signer().sign(lien.sandbox.api_url + REPORT, "POST", body, headers)
    answer = await lien.http.post(url, headers=headers, content=body)
    assert seen(answer) == is_xml(400, refusal("PARSE_INVALID_DATE", "startDate is no W3C date."))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-07-01", "2026-09-30"),
        ("2026-07-01T00:00:00+02:00", "2026-09-30T23:59:59.999+02:00"),
        ("2026-06-30T22:00Z", "2026-09-30T21:59:59Z"),
    ],
)
async def test_a_date_time_means_its_whole_day_in_brussels(lien: Caller, sluis: Balie, first: str, last: str) -> None:
    await lien.start_report(sluis)
    await lien.start_report(sluis, first, last)
    lien.clock.advance(8)
    downloads = [(await lien.download(number, sluis)).content for number in ("4711", "4712")]
    assert downloads[0] == downloads[1]


async def test_periods_are_the_past_quarters_newest_first(lien: Caller, sluis: Balie) -> None:
    answer = await lien.get(f"{REPORT}/periods", {"balieConsumerKey": sluis.consumer_key})
    quarters = [
        ("2026-09-30T23:59:59.999+02:00", "2026-07-01T00:00:00+02:00"),
        ("2026-06-30T23:59:59.999+02:00", "2026-04-01T00:00:00+02:00"),
        ("2026-03-31T23:59:59.999+02:00", "2026-01-01T00:00:00+01:00"),
        ("2025-12-31T23:59:59.999+01:00", "2025-10-01T00:00:00+02:00"),
        ("2025-09-30T23:59:59.999+02:00", "2025-07-01T00:00:00+02:00"),
        ("2025-06-30T23:59:59.999+02:00", "2025-04-01T00:00:00+02:00"),
        ("2025-03-31T23:59:59.999+02:00", "2025-01-01T00:00:00+01:00"),
        ("2024-12-31T23:59:59.999+01:00", "2024-10-01T00:00:00+02:00"),
    ]
    listed = "".join(
        f"<period><endDate>{end}</endDate><startDate>{start}</startDate></period>" for end, start in quarters
    )
    body = f"<response><code>ACTION_SUCCEEDED</code><periods>{listed}</periods></response>"
    assert seen(answer) == is_xml(200, HEAD + body.encode())


@pytest.mark.parametrize("path", ["/", "/uitid/rest", "/uitid/rest/uitpas/passholder", f"/uitid/rest{REPORT}/1"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
async def test_anything_else_is_an_html_404(
    sandbox: UitpasSandbox, http: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await http.request(method, sandbox.url + path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


async def test_a_wrong_method_is_a_404_as_well(sandbox: UitpasSandbox, http: httpx.AsyncClient) -> None:
    answers = [await http.get(sandbox.api_url + REPORT), await http.head(f"{sandbox.api_url}{REPORT}/periods")]
    assert [answer.status_code for answer in answers] == [404, 404]
