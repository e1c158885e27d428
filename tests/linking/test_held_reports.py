"""Reports that stand still because their asker has another UiTiD now: they go on with it, or are cancelled."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.models import Kind
from bot.sandbox.slack.records import Message
from tests.linking.rows import ASK, DONE, LIEN, ON_HOLD, TITLE, calls, link_as, tell
from tests.support.balies import REMOVE, BalieList
from tests.support.stage import Stage, staged

GO_ON, DROP = "held_go_on", "held_drop"
GOING_ON = "Ik vraag 1 onkostennota opnieuw met dit UiTiD; het antwoord komt waar je ze vroeg."
DROPPED = "Ik annuleerde 1 onkostennota."
NOTHING = "Er staat niets meer stil dat je met een ander UiTiD vroeg. Typ `/uitpas status` om te zien wat loopt."
NO_LINK = "Er is nu geen UiTiD aan je gekoppeld, dus kan ik hier niets mee doen. Koppel eerst je UiTiD."
NOT_ALLOWED = (
    "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de onkostennota op te vragen."
)
GIVEN_UP = f"{TITLE}: Opgegeven: UiTPAS werd niet op tijd klaar. In de draad staat wat je kan doen."
UNMAPPED = f"{TITLE}: Staat stil: de balie is van de lijst gehaald. Komt ze er weer op, dan gaat het vanzelf verder."
PATIENCE = 21_600
CLICKS = [GO_ON, DROP]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage on which only Lien is linked, so that Katrien's UiTiD, of the same balie, is free."""
    async with staged(tmp_path, linked=("lien",)) as ready:
        yield ready


async def held(desk: Stage, call: str = "start_report") -> Message:
    """Have a report stand still at this call and Lien linked with another UiTiD; return what she is asked."""
    desk.uitpas.faults.add(call, "revoked")
    await desk.type(ASK)
    await desk.pass_time(10, steps=5)
    assert [root.text for root in desk.roots()] == [ON_HOLD]
    await link_as(desk, "katrien")
    await desk.pass_time(60, steps=2)
    assert [root.text for root in desk.roots()] == [ON_HOLD], "another UiTiD does not go on by itself"
    await tell(desk, Kind.LINKED)
    return desk.dms()[-1]


def answers(desk: Stage) -> list[str]:
    """Return what the clicks were answered with."""
    return desk.whispers(channel=desk.slack.world.im("lien"))


def ended(desk: Stage) -> tuple[list[str], int, list[str]]:
    """Return the roots as they are, how much stands under the one, and what the clicks were answered with."""
    return [root.text for root in desk.roots()], len(desk.replies()), answers(desk)


def asked_by(desk: Stage) -> list[str]:
    """Return with whose token each report was asked for; of whose token was no good, nothing."""
    nicks = {desk.uitpas.employee(nick).uid: nick for nick in ("lien", "bram", "katrien")}
    return [nicks[call.uid or ""] for call in desk.uitpas.calls if call.name == "start_report"]


async def test_going_on_asks_again_with_the_uitid_that_is_linked_now(desk: Stage) -> None:
    await desk.click(GO_ON, await held(desk))
    await desk.pass_time(60, steps=12)
    assert ended(desk) == ([DONE], 2, [GOING_ON])
    assert asked_by(desk) == ["lien", "katrien"]


async def test_a_zip_of_the_other_uitid_is_not_waited_for_and_there_is_one_answer(desk: Stage) -> None:
    desk.uitpas.faults.add("report_download", "delay")
    await desk.click(GO_ON, await held(desk, "report_download"))
    await desk.pass_time(900, steps=30)
    assert ended(desk) == ([DONE], 2, [GOING_ON])
    assert (asked_by(desk), calls(desk).count("report_download")) == (["lien", "katrien"], 4)


async def test_what_went_on_and_stands_still_again_goes_on_from_where_it_was(desk: Stage) -> None:
    desk.uitpas.faults.add("report_download", "delay")
    question = await held(desk, "report_download")
    desk.uitpas.faults.add("report_status", "revoked")
    await desk.click(GO_ON, question)
    await desk.pass_time(10, steps=5)
    assert desk.roots()[0].text == ON_HOLD
    await link_as(desk, "katrien")
    await desk.pass_time(60, steps=12)
    assert ended(desk) == ([DONE], 2, [GOING_ON])
    assert asked_by(desk) == ["lien", "katrien"]


@pytest.mark.parametrize("trouble", ["revoked", "drop"])
async def test_what_goes_on_is_asked_for_as_if_it_never_was(desk: Stage, trouble: str) -> None:
    question = await held(desk, "report_status")
    desk.uitpas.faults.add("start_report", trouble)
    await desk.click(GO_ON, question)
    if trouble == "revoked":
        await desk.pass_time(5)
        await link_as(desk, "katrien")
    await desk.pass_time(120, steps=12)
    assert ended(desk) == ([DONE], 2, [GOING_ON])
    assert asked_by(desk) == ["lien", "katrien", "katrien"]


async def test_the_time_on_hold_does_not_count_against_the_deadline(desk: Stage) -> None:
    question = await held(desk)
    await desk.pass_time(30_000, steps=4)
    desk.uitpas.faults.add("report_status", "never_ends", times=-1)
    await desk.click(GO_ON, question)
    await desk.pass_time(PATIENCE - 300, steps=60)
    assert "Het duurt langer dan gewoonlijk" in desk.roots()[0].text
    await desk.pass_time(600, steps=10)
    assert ended(desk) == ([GIVEN_UP], 1, [GOING_ON])


async def test_cancelling_says_so_in_the_thread_as_whenever_the_asker_cancels(desk: Stage) -> None:
    await desk.click(DROP, await held(desk))
    await desk.pass_time(60, steps=6)
    assert ended(desk) == ([f"{TITLE}: Geannuleerd door <@{LIEN}>."], 1, [DROPPED])
    assert asked_by(desk) == ["lien"]


@pytest.mark.parametrize("click", CLICKS)
async def test_a_second_click_finds_nothing_and_says_so(desk: Stage, click: str) -> None:
    question = await held(desk)
    desk.uitpas.faults.add("report_status", "never_ends", times=-1)
    await desk.click(DROP if click == GO_ON else GO_ON, question)
    await desk.click(click, question)
    assert answers(desk)[1:] == [NOTHING]
    assert len(asked_by(desk)) == (1 if click == GO_ON else 2)


@pytest.mark.parametrize("click", CLICKS)
async def test_without_a_link_the_click_does_nothing(desk: Stage, click: str) -> None:
    question = await held(desk)
    desk.uitpas.faults.add("balie_list", "revoked")
    await desk.type("balies synchroniseer")
    await desk.click(click, question)
    assert ended(desk) == ([ON_HOLD], 0, [NO_LINK])


async def test_whoever_is_a_guest_by_now_may_not(desk: Stage) -> None:
    question = await held(desk)
    desk.slack.world.change_person("lien", is_restricted=True)
    desk.clock.advance(86_400)
    await desk.click(GO_ON, question)
    assert (asked_by(desk), answers(desk)) == (["lien"], [NOT_ALLOWED])


async def test_what_stands_still_for_want_of_its_balie_is_left_to_whoever_mends_that(desk: Stage) -> None:
    question = await held(desk)
    balies = await BalieList(desk, "noor").open("de-sluis")
    await balies.press(REMOVE)
    await desk.click(GO_ON, question)
    await desk.click(DROP, question)
    assert ended(desk) == ([UNMAPPED], 0, [NOTHING, NOTHING])
