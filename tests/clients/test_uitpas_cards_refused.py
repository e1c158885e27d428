"""Who may read what about a card, and what is raised when UiTPAS says no."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from bot.cards import CardNumber
from bot.errors import AdministratorError, CorrectableError, LinkEndedError, UitpasError, UnexpectedAnswerError
from bot.models import Period, UserToken
from bot.sandbox.uitpas import KNOWN_CARDS
from tests.clients.card_stage import KANSENPAS, READ, SWAPPED, Line, connected, refused


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A client and a stand-in whose application may read holders."""
    async with connected() as ready:
        yield ready


@pytest.fixture
async def barred() -> AsyncIterator[Line]:
    """A client and a stand-in whose application may do nothing with the token of a holder."""
    async with connected(permissions=frozenset()) as ready:
        yield ready


async def test_a_holder_reads_their_own_without_a_balie(line: Line) -> None:
    own = await line.client.cashed_promotions(line.holder(KANSENPAS), None, KANSENPAS)
    assert line.asked == [("cashed_promotions", {"uitpasNumber": KANSENPAS.digits})]
    assert own == await line.client.cashed_promotions(line.employee(), line.key, KANSENPAS)
    assert len(own.promotions) == 3


async def test_a_holder_reads_nobody_else_and_acts_for_no_balie(line: Line) -> None:
    holder = line.holder(KANSENPAS)
    assert await refused(line, holder, None, SWAPPED) == (AdministratorError, "ACCESS_DENIED", "")
    assert await refused(line, holder, line.key, KANSENPAS) == (AdministratorError, "ACCESS_DENIED", READ)


async def test_a_holder_needs_an_application_that_may_read_holders_and_an_employee_does_not(barred: Line) -> None:
    assert await refused(barred, barred.holder(SWAPPED), None) == (AdministratorError, "ACCESS_DENIED", READ)
    page = await barred.client.cashed_promotions(barred.employee(), barred.key, SWAPPED)
    assert page.total == 48


async def test_an_employee_asks_for_a_balie_where_they_work(line: Line) -> None:
    unknown = (AdministratorError, "UNKNOWN_BALIE_CONSUMERKEY", "")
    assert await refused(line, line.employee(), None) == unknown
    assert await refused(line, line.employee(), "nobodys-key") == unknown
    assert await refused(line, line.employee("noor"), line.key) == (AdministratorError, "ACCESS_DENIED", READ)


@pytest.mark.parametrize("token", [UserToken("never-issued", "x", "uid"), UserToken("", "", "")])
async def test_without_a_token_that_uitpas_knows_the_link_has_ended(line: Line, token: UserToken) -> None:
    assert await refused(line, token, line.key) == (LinkEndedError, None, None)
    with pytest.raises(LinkEndedError):
        await line.client.card(token, line.key, SWAPPED)


async def test_a_revoked_token_is_the_end_of_the_link_and_not_asked_again(line: Line) -> None:
    line.uitpas.faults.add("cashed_promotions", "revoked")
    assert await refused(line, line.employee(), line.key) == (LinkEndedError, None, None)
    assert len(line.asked) == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (KNOWN_CARDS["nobody"], "UNKNOWN_UITPASNUMBER"),
        (KNOWN_CARDS["stock"], "UNKNOWN_UITPASNUMBER"),
        ("0930012345608", "PARSE_INVALID_UITPASNUMBER"),
        ("../0930012345607?x=1", "PARSE_INVALID_UITPASNUMBER"),
    ],
)
async def test_a_number_that_is_no_holders_can_be_corrected(line: Line, number: str, code: str) -> None:
    assert await refused(line, line.employee(), line.key, CardNumber(number)) == (CorrectableError, code, None)


@pytest.mark.parametrize(
    ("wanted", "kind", "code"),
    [
        (
            {"period": Period(date(2026, 6, 30), date(2026, 6, 1))},
            CorrectableError,
            "INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE",
        ),
        ({"most": -1}, UnexpectedAnswerError, "INVALID_PARAMETERS"),
        ({"start": -1}, UnexpectedAnswerError, "INVALID_PARAMETERS"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused_by_its_code(
    line: Line, wanted: dict[str, Any], kind: type[UitpasError], code: str
) -> None:
    with pytest.raises(kind) as caught:
        await line.client.cashed_promotions(line.employee(), line.key, SWAPPED, **wanted)
    assert (caught.value.code, len(line.asked)) == (code, 1)


CODES = {
    "INVALID_INTERVAL_MIN_HIGHER_THAN_MAX": CorrectableError,
    "INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE": CorrectableError,
    "PARSE_INVALID_UITPASNUMBER": CorrectableError,
    "UNKNOWN_UITPASNUMBER": CorrectableError,
    "UNKNOWN_CHIPNUMBER": CorrectableError,
    "UNKNOWN_CARD": CorrectableError,
    "UNKNOWN_BALIE_CONSUMERKEY": AdministratorError,
    "ACCESS_DENIED": AdministratorError,
    "INVALID_PARAMETERS": UnexpectedAnswerError,
    "MISSING_REQUIRED_FIELDS": UnexpectedAnswerError,
    "UNKOWN_UITPASNUMBER": UnexpectedAnswerError,
}


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("code", CODES)
async def test_a_code_is_raised_by_what_can_be_done_and_never_asked_again(line: Line, code: str, status: int) -> None:
    needed: dict[str, Any] = {"required_permission": READ} if code == "ACCESS_DENIED" else {}
    for call in ("cashed_promotions", "card"):
        line.uitpas.faults.add(call, "code", code=code, status=status, **needed)
    with pytest.raises(CODES[code]) as swaps:
        await line.client.cashed_promotions(line.employee(), line.key, SWAPPED)
    with pytest.raises(CODES[code]) as card:
        await line.client.card(line.employee(), line.key, SWAPPED)
    told = f": {READ}" if needed else ""
    assert (str(swaps.value), str(card.value)) == (f"cashed_promotions: {code}{told}", f"card: {code}{told}")
    assert [name for name, _ in line.asked] == ["cashed_promotions", "card"]


async def test_no_error_and_no_repr_tells_the_number(line: Line) -> None:
    errors = []
    for kind, detail in (("status", {"status": 500}), ("html", {}), ("code", {"code": "UNKNOWN_UITPASNUMBER"})):
        line.uitpas.faults.add("*", kind, times=2, **detail)
        with pytest.raises(UitpasError) as caught:
            await line.client.cashed_promotions(line.employee(), line.key, SWAPPED)
        line.uitpas.faults.clear()
        errors.append(f"{caught.value!r} {caught.value} {caught.value.__context__!r} {caught.value.__cause__!r}")
    assert [SWAPPED.digits in text for text in [*errors, repr(SWAPPED), str(SWAPPED)]] == [False] * 5
