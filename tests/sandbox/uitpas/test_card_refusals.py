"""Who may ask what a holder swapped, and what is wrong with a question, is said by code."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.sandbox.uitpas import KNOWN_CARDS, Balie, UitpasSandbox

from .support import REPORT, Caller, StillClock, holder_of, refusal, swap_numbers, swap_total

PERMISSION = "<requiredPermission>PERMISSION_PASSHOLDER - ACTION_READ</requiredPermission>"
SWAPPED = KNOWN_CARDS["swapped"]
NOT_AN_EMPLOYEE = (400, refusal("ACCESS_DENIED", "Not an employee."))
NOT_OF_THE_BALIE = (400, refusal("ACCESS_DENIED", "User has no permission for balie 77.", PERMISSION))
UNKNOWN_BALIE = (400, refusal("UNKNOWN_BALIE_CONSUMERKEY", "No balie with this consumer key."))


def seen(answer: httpx.Response) -> tuple[int, bytes]:
    return answer.status_code, answer.content


@pytest.fixture
async def barred(clock: StillClock, http: httpx.AsyncClient) -> AsyncIterator[Caller]:
    """Bram, at a stand-in whose application may do nothing with the token of a holder."""
    sandbox = UitpasSandbox(now=clock.now, permissions=frozenset())
    await sandbox.start()
    yield Caller(sandbox, http, clock, sandbox.issue_token(sandbox.employee("bram").uid))
    await sandbox.aclose()


@pytest.mark.parametrize(
    "number",
    [
        "0930012345608",
        "093001234560",
        "00930012345607",
        "0930%EF%BC%9012345607",
        "0930000237931",
        "0930 012345607",
        "kaart",
    ],
)
async def test_what_can_not_be_a_card_number_is_refused(lien: Caller, sluis: Balie, number: str) -> None:
    answer = await lien.swaps(number, sluis)
    assert seen(answer) == (400, refusal("PARSE_INVALID_UITPASNUMBER", "No valid UiTPAS number."))


@pytest.mark.parametrize("name", ["nobody", "stock"])
async def test_a_number_without_a_holder_is_unknown(lien: Caller, sluis: Balie, name: str) -> None:
    answer = await lien.swaps(KNOWN_CARDS[name], sluis)
    message = "No passholder or card with this UiTPAS number."
    assert seen(answer) == (400, refusal("UNKNOWN_UITPASNUMBER", message))


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ({"sort": "title"}, "INVALID_PARAMETERS", "sort is none of CASHINGDATE, TITLE, BALIE, CITY."),
        ({"order": "UP"}, "INVALID_PARAMETERS", "order is none of DESC, ASC."),
        ({"max": "-1"}, "INVALID_PARAMETERS", "max is no number."),
        ({"max": "1.5"}, "INVALID_PARAMETERS", "max is no number."),
        ({"start": "x"}, "INVALID_PARAMETERS", "start is no number."),
        ({"start": "1000000000"}, "INVALID_PARAMETERS", "start is no number."),
        ({"page": "2"}, "INVALID_PARAMETERS", "Unknown or repeated parameter."),
        ({"cashingPeriodBegin": "07/10/2025"}, "INVALID_PARAMETERS", "cashingPeriodBegin is no W3C date."),
        ({"cashingPeriodEnd": "2026-02-30"}, "INVALID_PARAMETERS", "cashingPeriodEnd is no W3C date."),
        ({"cashingPeriodEnd": "2026-10-07T00:00:00"}, "INVALID_PARAMETERS", "cashingPeriodEnd is no W3C date."),
        (
            {"cashingPeriodBegin": "2026-10-07T00:00:01+02:00", "cashingPeriodEnd": "2026-10-07"},
            "INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE",
            "The period ends before it begins.",
        ),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    lien: Caller, sluis: Balie, fields: dict[str, str], code: str, message: str
) -> None:
    assert seen(await lien.swaps(SWAPPED, sluis, **fields)) == (400, refusal(code, message))


async def test_a_parameter_given_twice_is_refused(lien: Caller, sluis: Balie) -> None:
    fields = [("balieConsumerKey", sluis.consumer_key), ("max", "5"), ("max", "6")]
    answer = await lien.get(f"/uitpas/passholder/{SWAPPED}/cashedPointsPromotions", fields)
    assert seen(answer) == (400, refusal("INVALID_PARAMETERS", "Unknown or repeated parameter."))


async def test_a_bare_plus_in_a_period_has_become_a_blank(lien: Caller, sluis: Balie) -> None:
    query = f"balieConsumerKey={sluis.consumer_key}&cashingPeriodBegin=2026-01-01T00:00:00+01:00"
    url = f"{lien.sandbox.api_url}/uitpas/passholder/{SWAPPED}/cashedPointsPromotions?{query.replace('+', '%20')}"
    signed, headers, _ = lien.signer().sign(url)
    answer = await lien.http.get(signed.replace("%20", "+"), headers=headers)
    assert seen(answer) == (400, refusal("INVALID_PARAMETERS", "cashingPeriodBegin is no W3C date."))


async def test_an_employee_asks_for_a_balie_of_their_own(
    lien: Caller, noor: Caller, application: Caller, sluis: Balie
) -> None:
    nowhere = await lien.get(f"/uitpas/passholder/{SWAPPED}/cashedPointsPromotions", {"balieConsumerKey": "nobody"})
    answers = [await lien.swaps(SWAPPED), nowhere, await noor.swaps(SWAPPED, sluis)]
    assert [seen(answer) for answer in answers] == [UNKNOWN_BALIE, UNKNOWN_BALIE, NOT_OF_THE_BALIE]
    assert seen(await application.swaps(SWAPPED, sluis)) == (401, b"User access token required\n")


async def test_a_holder_sees_what_they_swapped_with_each_of_their_cards(lien: Caller, sluis: Balie) -> None:
    wout = holder_of(lien, "swapped")
    answers = [await wout.swaps(SWAPPED), await wout.swaps(KNOWN_CARDS["second"]), await lien.swaps(SWAPPED, sluis)]
    assert (answers[0].content, answers[1].content) == (answers[2].content,) * 2
    assert (len(swap_numbers(answers[0])), swap_total(answers[0])) == (20, 48)


async def test_a_holder_sees_nobody_else_and_acts_for_no_balie(lien: Caller, sluis: Balie) -> None:
    wout = holder_of(lien, "swapped")
    unknown = refusal("UNKNOWN_UITPASNUMBER", "No passholder or card with this UiTPAS number.")
    answers = [
        await wout.swaps(KNOWN_CARDS["unused"]),
        await wout.swaps(KNOWN_CARDS["stock"]),
        await wout.swaps(SWAPPED, sluis),
    ]
    assert [seen(answer) for answer in answers] == [
        (400, refusal("ACCESS_DENIED", "Not a card of the user of this token.")),
        (400, unknown),
        NOT_OF_THE_BALIE,
    ]


async def test_a_holder_needs_an_application_that_may_read_holders(barred: Caller, sluis: Balie) -> None:
    denied = refusal("ACCESS_DENIED", "The consumer may not read passholders.", PERMISSION)
    assert seen(await holder_of(barred, "swapped").swaps(SWAPPED)) == (400, denied)
    assert swap_total(await barred.swaps(SWAPPED, sluis)) == 48


async def test_a_holder_can_do_nothing_that_is_for_employees(lien: Caller, sluis: Balie) -> None:
    wout, key = holder_of(lien, "swapped"), {"balieConsumerKey": sluis.consumer_key}
    uid = lien.sandbox.employee("lien").uid
    answers = [
        await wout.get("/uitpas/balie/list", {"uid": uid}),
        await wout.start_report(sluis),
        await wout.status("4711", sluis),
        await wout.download("4711", sluis),
        await wout.get(f"{REPORT}/periods", key),
        await wout.get(f"/user/{uid}/serviceconsumers"),
        await wout.post(f"/user/{uid}/serviceconsumers/3042/revoke"),
    ]
    assert [seen(answer) for answer in answers] == [NOT_AN_EMPLOYEE] * 7
    assert (await wout.get("/uitpas/balie/search", {"key": "nobody"})).status_code == 200


async def test_no_card_number_is_written_to_the_journal(
    tmp_path: Path, http: httpx.AsyncClient, clock: StillClock
) -> None:
    journal = tmp_path / "uitpas.jsonl"
    sandbox = UitpasSandbox(now=clock.now, journal=journal)
    await sandbox.start()
    try:
        bram = Caller(sandbox, http, clock, sandbox.issue_token(sandbox.employee("bram").uid))
        balie = sandbox.world.balies[0]
        answers = [
            await bram.swaps(SWAPPED, balie),
            await bram.card(balie, uitpasNumber=SWAPPED),
            await holder_of(bram, "swapped").swaps(SWAPPED),
        ]
    finally:
        await sandbox.aclose()
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [line.split('"')[3] for line in journal.read_text().splitlines()] == ["token", "token"]
    assert SWAPPED not in journal.read_text()
    assert [SWAPPED in call.params.values() for call in sandbox.calls] == [True, True, True]
