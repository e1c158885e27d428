"""UiTPAS refuses whatever the bot asks: the operator sees it, nobody else is bothered, and nothing is lost."""

import aiohttp
import pytest

from bot.sandbox.slack.records import Message
from tests.support.balies import DEFAULT, BalieList
from tests.support.cards import SWAPPED, Desk
from tests.support.forms import Form, anew
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
DONE = "Klaar. Het antwoord staat in de draad."
EXPIRED = "Opgegeven: UiTPAS werd niet op tijd klaar. In de draad staat wat je kan doen."
REFUSED = (
    "UiTPAS weigert nu alle vragen van de bot. Dat ligt niet aan jou; de beheerder ziet het ook. Probeer het later"
    " opnieuw."
)
SILENT = "UiTPAS antwoordt nu niet. Probeer het over enkele minuten opnieuw, of kijk in de balie-app."
HOUR = 3600


async def test_a_refusal_of_everybody_shows_nowhere_but_at_readyz_and_afterwards_all_goes_on(stage: Stage) -> None:
    await start_three(stage)
    before = [root.text for root in stage.roots()]
    assert await readyz(stage) == "uitpas: ok"
    refuse_everybody(stage)
    await stage.pass_time(8 * HOUR, steps=8)
    assert await readyz(stage) == "uitpas: not ok"
    assert [root.text for root in stage.roots()] == before
    assert [stage.replies(root) for root in stage.roots()] == [[]] * 3
    assert [stage.dms(user) for user in ("lien", "bram")] == [[], []]
    stage.uitpas.faults.clear()
    await stage.pass_time(180, steps=9)
    assert await readyz(stage) == "uitpas: ok"
    assert [(shown(root), len(stage.replies(root))) for root in stage.roots()] == [(DONE, 2)] * 3
    assert [stage.dms(user) for user in ("lien", "bram")] == [[], []]


@pytest.mark.parametrize("step", ["to be asked for", "to be sent"])
async def test_what_is_refused_at_its_first_or_last_step_is_not_lost(stage: Stage, step: str) -> None:
    if step == "to be sent":
        stage.uitpas.faults.add("report_download", "delay")
        stage.uitpas.faults.add("report_download", "status", status=503)
        await stage.type(ASK)
        await stage.pass_time(5, steps=5)
        assert [one.name for one in stage.uitpas.calls].count("report_download") == 2
    refuse_everybody(stage)
    if step == "to be asked for":
        await stage.type(ASK)
    await stage.pass_time(8 * HOUR, steps=8)
    stage.uitpas.faults.clear()
    await stage.pass_time(180, steps=9)
    (root,) = stage.roots()
    assert (shown(root), len(stage.replies(root)), stage.dms()) == (DONE, 2, [])
    asked = [one.name for one in stage.uitpas.calls]
    assert (asked.count("start_report"), asked.count("report_download")) in {(2, 2), (1, 4)}, "once while refused"


@pytest.mark.parametrize("refused", ["*", "report_download"])
async def test_a_zip_that_uitpas_is_silent_about_afterwards_has_the_time_it_had(stage: Stage, refused: str) -> None:
    stage.uitpas.faults.add("report_download", "delay")
    stage.uitpas.faults.add("report_download", "status", status=503)
    await stage.type(ASK)
    await stage.pass_time(5, steps=5)
    stage.uitpas.faults.add(refused, "status", times=-1, status=401)
    stage.uitpas.faults.add("*", "status", times=-1, status=503)
    await stage.pass_time(60)
    await stage.pass_time(24 * HOUR, steps=12)
    stage.uitpas.faults.clear()
    stage.uitpas.faults.add("report_download", "status", times=-1, status=503)
    await stage.pass_time(HOUR, steps=8)
    stage.uitpas.faults.clear()
    await stage.pass_time(180, steps=9)
    (root,) = stage.roots()
    assert [len(reply.files) for reply in stage.replies(root)] == [1, 0]


async def test_what_was_left_of_the_deadline_is_left_also_after_a_restart(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    async with anew(stage) as first:
        await first.type(ASK)
        await first.pass_time(4 * HOUR, steps=24)
        refuse_everybody(first)
        await first.pass_time(60)
        await first.pass_time(12 * HOUR, steps=3)
    async with anew(stage) as second:
        await second.pass_time(12 * HOUR, steps=3)
        second.uitpas.faults.clear()
        second.uitpas.faults.add("report_status", "never_ends", times=-1)
        await second.pass_time(1.5 * HOUR, steps=9)
        assert second.replies() == []
        await second.pass_time(HOUR, steps=12)
        assert shown(second.roots()[0]) == EXPIRED


async def test_while_nobody_asks_anything_it_turns_green_by_itself(stage: Stage) -> None:
    refuse_everybody(stage)
    await stage.type(f"kaart {SWAPPED}")
    assert await readyz(stage) == "uitpas: not ok"
    asked = len(stage.uitpas.calls)
    await stage.pass_time(600, steps=20)
    assert 4 * 8 < len(stage.uitpas.calls) - asked <= 4 * 10, "once a minute, four questions"
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    assert await readyz(stage) == "uitpas: ok"
    asked = len(stage.uitpas.calls)
    await stage.pass_time(HOUR, steps=12)
    assert len(stage.uitpas.calls) == asked


async def test_an_answer_to_anybody_makes_it_find_out_at_once(stage: Stage) -> None:
    card, balies, form = Desk(stage, "bram"), BalieList(stage, "bram"), Form(stage, "bram")
    questions = [card.type(f"kaart {SWAPPED}"), balies.type("balies synchroniseer"), form.type("rapport")]
    for question in questions:
        refuse_everybody(stage)
        await stage.type(f"kaart {SWAPPED}")
        stage.uitpas.faults.clear()
        assert await readyz(stage) == "uitpas: not ok"
        await question
        await stage.pass_time(1)
        assert await readyz(stage) == "uitpas: ok"


async def test_a_deadline_that_passes_meanwhile_leaves_time_for_a_last_look(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    await stage.pass_time(6 * HOUR - 30, steps=6)
    refuse_everybody(stage)
    await stage.type(f"kaart {SWAPPED}")
    await stage.pass_time(HOUR, steps=2)
    stage.uitpas.faults.clear()
    await stage.pass_time(180, steps=3)
    assert (shown(stage.roots()[0]), len(stage.replies())) == (DONE, 2)


async def test_who_links_anew_after_that_too_has_the_time_that_was_left(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport april 2026")
    await stage.type("rapport mei 2026")
    await stage.pass_time(4 * HOUR, steps=4)
    refuse_everybody(stage)
    await stage.pass_time(60)
    await stage.pass_time(12 * HOUR, steps=3)
    stage.uitpas.faults.clear()
    stage.uitpas.faults.add("cashed_promotions", "revoked")
    await stage.type(f"kaart {SWAPPED}")
    assert ["staat stil" in root.text.casefold() for root in stage.roots()] == [True, True]
    await stage.link("lien")
    await stage.pass_time(120, steps=4)
    assert [(shown(root), len(stage.replies(root))) for root in stage.roots()] == [(DONE, 2)] * 2
    assert len(stage.dms()) == 1


async def test_whoever_asks_meanwhile_reads_that_it_is_not_their_doing(stage: Stage) -> None:
    lien, balies, form = Desk(stage), BalieList(stage, channel="algemeen"), Form(stage)
    await balies.open("de-sluis")
    refuse_everybody(stage)
    await lien.type(f"kaart {SWAPPED}")
    assert [answer.text for answer in lien.answers] == [REFUSED]
    await balies.press(DEFAULT)
    assert balies.note == REFUSED
    await balies.type("balies synchroniseer")
    assert balies.note == REFUSED
    await form.type()
    assert form.shown["periods"] == REFUSED
    stage.uitpas.faults.clear()
    await lien.type(f"kaart {SWAPPED}")
    assert "table" in [block["type"] for block in lien.answers[-1].blocks]
    assert stage.dms() == []


async def test_a_refusal_that_nobody_can_explain_ends_no_link(stage: Stage) -> None:
    stage.uitpas.faults.add("cashed_promotions", "status", status=401)
    stage.uitpas.faults.add("report_status", "status", times=-1, status=403)
    for call in ("balie_search", "balie_list"):
        stage.uitpas.faults.add(call, "status", times=-1, status=503)
    await stage.type(ASK)
    await stage.pass_time(8 * HOUR, steps=8)
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    assert [answer.text for answer in lien.answers] == [SILENT]
    assert (await readyz(stage), len(stage.replies()), stage.dms()) == ("uitpas: ok", 0, [])
    stage.uitpas.faults.clear()
    await stage.pass_time(120, steps=12)
    assert (shown(stage.roots()[0]), len(stage.replies())) == (DONE, 2)


async def start_three(stage: Stage) -> None:
    """Have three reports of two people under way at UiTPAS."""
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport april 2026")
    await stage.type("rapport mei 2026")
    await stage.type("rapport juni 2026", user="bram")
    await stage.pass_time(30, steps=6)
    stage.uitpas.faults.clear()


def refuse_everybody(stage: Stage) -> None:
    """Let UiTPAS refuse every call, as when our key is withdrawn or our clock is off."""
    stage.uitpas.faults.clear()
    stage.uitpas.faults.add("*", "status", times=-1, status=401)


async def readyz(stage: Stage) -> str:
    """Return what `/readyz` says of UiTPAS; the timers, which a test drives itself, are not ok there."""
    async with aiohttp.ClientSession() as session, session.get(f"{stage.bot.url}/readyz") as response:
        lines = (await response.text()).splitlines()
        assert response.status == 503
        return next(line for line in lines if line.startswith("uitpas"))


def shown(root: Message) -> str:
    """Return what a root says of how the report is."""
    return root.text.partition(": ")[2]
