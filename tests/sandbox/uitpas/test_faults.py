"""Everything that can be asked to go wrong goes wrong that way, as often as asked."""

from typing import Any
from zipfile import BadZipFile

import httpx
import pytest
from lxml import etree

from bot.sandbox.uitpas import Balie, Faults

from .support import REPORT, Caller, progress, refusal
from .test_archive import read


async def ready(caller: Caller, balie: Balie) -> None:
    await caller.start_report(balie)
    caller.clock.advance(8)


async def download(caller: Caller, balie: Balie, kind: str, **detail: Any) -> httpx.Response:
    await ready(caller, balie)
    caller.sandbox.faults.add("report_download", kind, **detail)
    return await caller.download("4711", balie)


async def test_a_delay_waits_and_then_answers(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "delay", seconds=30)
    answer = await lien.start_report(sluis)
    assert (lien.clock.slept, answer.content) == ([30], progress("Export in progress.", "status", sluis))


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_status_comes_with_html_and_nothing_is_done(lien: Caller, sluis: Balie, status: int) -> None:
    lien.sandbox.faults.add("start_report", "status", status=status, retry_after=7)
    answer = await lien.start_report(sluis)
    headers = [answer.headers[name] for name in ("Content-Type", "Retry-After")]
    assert (answer.status_code, headers) == (status, ["text/html; charset=utf-8", "7"])
    assert (await lien.start_report(sluis)).content == progress("Export in progress.", "status", sluis)


async def test_a_status_may_come_after_the_work_was_done(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "status", processed=True)
    answer = await lien.start_report(sluis)
    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)
    assert (await lien.start_report(sluis)).content == progress("Export in progress.", "status", sluis, "4712")


@pytest.mark.parametrize(("processed", "following"), [(False, "4711"), (True, "4712")])
async def test_a_dropped_connection_has_no_answer(
    lien: Caller, sluis: Balie, *, processed: bool, following: str
) -> None:
    lien.sandbox.faults.add("start_report", "drop", processed=processed)
    with pytest.raises(httpx.TransportError):
        await lien.start_report(sluis)
    answer = await lien.start_report(sluis)
    assert answer.content == progress("Export in progress.", "status", sluis, following)


async def test_a_cut_answer_promises_more_than_comes(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "cut")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        await lien.start_report(sluis)


async def test_a_framed_cut_is_a_whole_message_with_half_the_xml(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "cut", framed=True)
    whole = progress("Export in progress.", "status", sluis)
    assert (await lien.start_report(sluis)).content == whole[: len(whole) // 2]


async def test_malformed_xml_can_not_be_parsed(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "malformed")
    answer = await lien.start_report(sluis)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(answer.content)


async def test_html_comes_with_200(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "html")
    answer = await lien.start_report(sluis)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "UiTiD is even niet beschikbaar." in answer.text


async def test_a_doctype_hides_the_code_in_an_entity(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "doctype")
    answer = await lien.start_report(sluis)
    whole = progress("Export in progress.", "status", sluis).decode()
    doctype = '<!DOCTYPE response [<!ENTITY gelukt "ACTION_SUCCEEDED">]>\n<response>'
    assert answer.text == whole.replace("ACTION_SUCCEEDED", "&gelukt;").replace("<response>", doctype)


async def test_any_code_can_be_answered_with_any_status(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "code", code="ACCESS_DENIED", message="No.", required_permission="P")
    lien.sandbox.faults.add("start_report", "code", code="ACTION_FAILED", status=200)
    answers = [await lien.start_report(sluis) for _ in range(3)]
    permission = "<requiredPermission>P</requiredPermission>"
    assert [(answer.status_code, answer.content) for answer in answers] == [
        (400, refusal("ACCESS_DENIED", "No.", permission)),
        (200, refusal("ACTION_FAILED", "Asked for.")),
        (200, progress("Export in progress.", "status", sluis)),
    ]


async def test_a_revoked_token_stays_revoked(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("*", "revoked")
    answers = [await lien.start_report(sluis) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [401, 401]


async def test_a_report_can_stay_busy_for_ever(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("report_status", "never_ends", times=-1)
    await ready(lien, sluis)
    answers = [(await lien.status("4711", sluis)).content for _ in range(3)]
    assert answers == [progress("Export in progress.", "status", sluis)] * 3


async def test_a_download_may_be_no_zip(lien: Caller, sluis: Balie) -> None:
    answer = await download(lien, sluis, "not_a_zip")
    content_type = answer.headers["Content-Type"]
    assert (answer.status_code, content_type, answer.content[:2]) == (200, "application/x-zip-compressed", b"Th")


async def test_a_download_may_be_half_a_zip(lien: Caller, sluis: Balie) -> None:
    answer = await download(lien, sluis, "truncated_zip")
    whole = await lien.download("4711", sluis)
    assert answer.content == whole.content[: len(whole.content) // 2]
    with pytest.raises(BadZipFile):
        read(answer.content)


async def test_a_download_may_be_as_big_as_asked(lien: Caller, sluis: Balie) -> None:
    answer = await download(lien, sluis, "big", size=200_001)
    assert (len(answer.content), answer.content[:4]) == (200_001, b"PK\x03\x04")


async def test_a_download_may_never_end(lien: Caller, sluis: Balie) -> None:
    await ready(lien, sluis)
    lien.sandbox.faults.add("report_download", "big")
    url = f"{lien.sandbox.api_url}{REPORT}/4711/download?balieConsumerKey={sluis.consumer_key}"
    url, headers, _ = lien.signer().sign(url)
    received = 0
    async with lien.http.stream("GET", url, headers=headers) as answer:
        async for chunk in answer.aiter_bytes():
            received += len(chunk)
            if received > 3_000_000:
                break
    assert (await lien.download("4711", sluis)).content[:2] == b"PK"


async def test_the_sheets_may_have_heads_nobody_knows(lien: Caller, sluis: Balie) -> None:
    sheets = read((await download(lien, sluis, "unknown_layout")).content)
    assert {tuple(rows[0]) for rows in sheets.values()} == {("Organisatie", "Overheid", "Verkocht op", "Bedrag")}


async def test_the_printed_total_may_be_wrong(lien: Caller, sluis: Balie) -> None:
    wrong = read((await download(lien, sluis, "wrong_total")).content)
    right = read((await lien.download("4711", sluis)).content)
    differences = [float(str(wrong[name][-1][12])) - float(str(right[name][-1][12])) for name in right]
    assert [round(difference, 6) for difference in differences] == [1.0] * len(right)


async def test_a_fault_is_for_its_call_and_its_number_of_times(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "status", times=2, status=502)
    lien.sandbox.faults.add("report_status", "status", status=503)
    answers = [await lien.start_report(sluis) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [502, 502, 200]
    assert [(await lien.status("4711", sluis)).status_code for _ in range(2)] == [503, 200]


async def test_faults_are_taken_in_their_order_and_star_means_every_call(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("*", "status", status=502, times=-1)
    lien.sandbox.faults.add("start_report", "html")
    codes = [(await lien.start_report(sluis)).status_code, (await lien.status("1", sluis)).status_code]
    lien.sandbox.faults.clear()
    assert [*codes, (await lien.start_report(sluis)).status_code] == [502, 502, 200]


async def test_calls_that_fail_are_noted_as_well(lien: Caller, sluis: Balie) -> None:
    lien.sandbox.faults.add("start_report", "drop")
    with pytest.raises(httpx.TransportError):
        await lien.start_report(sluis)
    assert [call.name for call in lien.sandbox.calls] == ["start_report"]


@pytest.mark.parametrize(
    ("call", "kind", "detail"),
    [
        ("nothing", "delay", {}),
        ("periods", "nothing", {}),
        ("periods", "never_ends", {}),
        ("periods", "delay", {"times": 0}),
        ("periods", "delay", {"size": 1}),
        ("periods", "code", {}),
        ("periods", "status", {"status": 1000}),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(call: str, kind: str, detail: dict[str, Any]) -> None:
    faults = Faults()
    with pytest.raises(ValueError, match=r"\w"):
        faults.add(call, kind, **detail)
    assert faults.listed() == []


def test_a_detail_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(TypeError, match="seconds has the wrong type"):
        Faults().add("*", "delay", seconds="long")
