"""What goes wrong on demand with the calls about a card."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from bot.sandbox.uitpas import KNOWN_CARDS, Balie, Faults

from .support import Caller, refusal

SWAPPED = KNOWN_CARDS["swapped"]

Ask = Callable[[Caller, Balie], Awaitable[httpx.Response]]


async def ask_swaps(caller: Caller, balie: Balie) -> httpx.Response:
    return await caller.swaps(SWAPPED, balie, max="3")


async def ask_card(caller: Caller, balie: Balie) -> httpx.Response:
    return await caller.card(balie, uitpasNumber=SWAPPED)


BOTH = pytest.mark.parametrize(("call", "ask"), [("cashed_promotions", ask_swaps), ("card", ask_card)])


async def failing(caller: Caller, balie: Balie, kind: str) -> tuple[str, str]:
    """Return the answer that fails, and the right one after it."""
    caller.sandbox.faults.add("cashed_promotions", kind)
    return (await ask_swaps(caller, balie)).text, (await ask_swaps(caller, balie)).text


async def test_the_first_row_may_have_a_date_in_month_31(lien: Caller, sluis: Balie) -> None:
    wrong, right = await failing(lien, sluis, "broken_row")
    assert wrong == right.replace("2026-10-07T00:00:01+02:00", "2026-31-07T00:00:01+02:00")
    assert wrong != right


async def test_the_total_may_be_two_too_many(lien: Caller, sluis: Balie) -> None:
    wrong, right = await failing(lien, sluis, "wrong_count")
    assert (wrong, "<total>48</total>" in right) == (right.replace("<total>48<", "<total>50<"), True)


async def test_the_first_row_of_a_page_may_come_twice(lien: Caller, sluis: Balie) -> None:
    wrong, right = await failing(lien, sluis, "doubled")
    end = "</cashedPromotion>"
    row = right[right.index("<cashedPromotion>") : right.index(end) + len(end)]
    assert wrong == right.replace(row, row * 2)


@pytest.mark.parametrize("kind", ["broken_row", "doubled"])
async def test_an_empty_list_has_no_row_to_go_wrong(lien: Caller, sluis: Balie, kind: str) -> None:
    lien.sandbox.faults.add("cashed_promotions", kind)
    answers = [(await lien.swaps(KNOWN_CARDS["unused"], sluis)).content for _ in range(2)]
    assert answers[0] == answers[1]


@BOTH
async def test_both_calls_can_fail_like_any_other(lien: Caller, sluis: Balie, call: str, ask: Ask) -> None:
    right = await ask(lien, sluis)
    lien.sandbox.faults.add(call, "status", status=503, retry_after=7)
    lien.sandbox.faults.add(call, "html")
    lien.sandbox.faults.add(call, "code", code="ACTION_FAILED", status=200)
    lien.sandbox.faults.add(call, "doctype")
    lien.sandbox.faults.add(call, "cut", framed=True)
    lien.sandbox.faults.add(call, "delay", seconds=30)
    status, html, code, doctype, half, late = [await ask(lien, sluis) for _ in range(6)]
    assert (status.status_code, status.headers["Retry-After"]) == (503, "7")
    assert (html.status_code, html.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (code.status_code, code.content) == (200, refusal("ACTION_FAILED", "Asked for."))
    entity = '<!DOCTYPE response [<!ENTITY gelukt "ACTION_SUCCEEDED">]>\n<response>'
    assert doctype.text == right.text.replace("<response>", entity)
    assert half.content == right.content[: len(right.content) // 2]
    assert (lien.clock.slept, late.content) == ([30], right.content)


@BOTH
async def test_both_calls_can_break_off_or_lose_their_token(lien: Caller, sluis: Balie, call: str, ask: Ask) -> None:
    lien.sandbox.faults.add(call, "drop")
    lien.sandbox.faults.add(call, "revoked")
    with pytest.raises(httpx.TransportError):
        await ask(lien, sluis)
    assert [(await ask(lien, sluis)).status_code for _ in range(2)] == [401, 401]
    assert [one.name for one in lien.sandbox.calls] == [call] * 3


@pytest.mark.parametrize("kind", ["broken_row", "wrong_count", "doubled"])
@pytest.mark.parametrize(("call", "detail"), [("card", {}), ("periods", {}), ("cashed_promotions", {"status": 500})])
def test_a_fault_of_a_list_is_for_the_list_alone(kind: str, call: str, detail: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"is only for cashed_promotions|takes seconds"):
        Faults().add(call, kind, **detail)
