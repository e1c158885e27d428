"""A Home is drawn again when something in it changes, for whoever has opened it, and not all the time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import running
from tests.home.tab import ASK, LINKED, Tab
from tests.linking.rows import ASK as QUESTION
from tests.linking.rows import beside, link_as
from tests.support.balies import REMOVE, BalieList
from tests.support.stage import Stage, staged

MINUTE, DAY = 60, 24 * 3600
SLUIS = "*CC De Sluis*, 1 april – 30 juni 2026"
ENDED = (
    "*Je UiTiD-koppeling is verlopen of ingetrokken.* Koppel opnieuw, dan kan je weer alles vragen. 1 onkostennota"
    " staat stil tot je UiTiD weer gekoppeld is; daarna gaat ze vanzelf verder."
)
UNMAPPED = (
    "*1 onkostennota staat stil*, want de balie is van de lijst gehaald. Ze gaat verder zodra een beheerder de balie"
    " terugzet."
)
UNLINK = "unlink"


@pytest.fixture
async def lien(tmp_path: Path) -> AsyncIterator[Tab]:
    """Lien, who alone is linked, has her Home open, and it has rested; UiTPAS takes two minutes for a report."""
    async with staged(tmp_path, linked=("lien",), report_seconds=120) as stage:
        tab = Tab(stage)
        await tab.open()
        await stage.pass_time(MINUTE)
        yield tab


def thread(stage: Stage) -> str:
    """Return the link to the thread of the only report."""
    (root,) = stage.roots()
    place = f"{root.channel}/p{root.ts.replace('.', '')}?thread_ts={root.ts}&amp;cid={root.channel}"
    return f"<https://stad-voorbeeld.slack.com/archives/{place}|Bekijk de draad>"


async def test_a_report_is_followed_from_its_beginning_to_its_end(lien: Tab) -> None:
    stage = lien.stage
    await stage.type(QUESTION)
    await stage.pass_time(6, steps=3)
    running = f"{SLUIS}\nUiTPAS maakt ze · gevraagd op 15 juli 2026, 10:01 · {thread(stage)}"
    assert (lien.shown[:3], lien.part("Nu bezig")) == ([*ASK, LINKED], [running])
    assert "# Zo werkt het" not in lien.shown
    assert lien.part("Balies")[0].startswith("• *CC De Sluis* `de-sluis` – laatst gebruikt\n")
    await stage.pass_time(4 * MINUTE, steps=40)
    done = f"{SLUIS}\nBezorgd · op 15 juli 2026, 10:03 · {thread(stage)}"
    assert ("# Nu bezig" in lien.shown, lien.part("Afgerond in de voorbije week")) == (False, [done])


async def test_what_finished_more_than_a_week_ago_is_gone_on_opening_it(lien: Tab) -> None:
    await lien.stage.type(QUESTION)
    await lien.stage.pass_time(4 * MINUTE, steps=40)
    await lien.stage.pass_time(7 * DAY)
    await lien.open()
    assert "# Afgerond in de voorbije week" not in lien.shown


async def test_however_much_happens_it_is_drawn_once_in_three_seconds_and_ends_up_right(lien: Tab) -> None:
    stage, before = lien.stage, lien.drawn
    for words in ("juni 2026", "mei 2026", "april 2026", "maart 2026"):
        await stage.type(f"rapport {words}")  # a second apart, each with a root that appears
    assert lien.drawn - before == 2
    await stage.pass_time(10, steps=10)
    assert len(lien.part("Nu bezig")) == 4
    assert (lien.drawn - before, lien.row) == (3, [(0, 0)])
    await stage.pass_time(MINUTE, steps=20)
    assert lien.drawn - before == 3


async def test_reports_of_others_and_homes_that_nobody_opened_are_left_alone(lien: Tab) -> None:
    stage, before, noor = lien.stage, lien.drawn, Tab(lien.stage, "noor")
    await stage.link("noor")
    await stage.type(QUESTION, user="noor")
    await stage.pass_time(5 * MINUTE, steps=20)
    assert (lien.drawn, noor.drawn, noor.row) == (before, 0, [])


async def test_a_link_that_ended_comes_first_with_how_many_reports_are_on_hold_for_it(lien: Tab) -> None:
    stage = lien.stage
    stage.uitpas.faults.add("report_status", "revoked")
    await stage.type(QUESTION)
    await stage.pass_time(MINUTE, steps=20)
    assert lien.shown[:5] == [
        "# Eerst dit",
        ENDED,
        "[UiTiD koppelen]",
        *ASK,
    ]
    held = f"{SLUIS}\nStaat stil, de koppeling is beëindigd · gevraagd op 15 juli 2026, 10:01 · {thread(stage)}"
    assert lien.part("Nu bezig") == [held]
    await stage.link("lien")
    await stage.pass_time(6, steps=6)
    assert (lien.shown[:2], "UiTPAS maakt ze" in lien.part("Nu bezig")[0]) == (ASK, True)


async def test_unlinking_and_linking_show_at_once(lien: Tab) -> None:
    stage = lien.stage
    await stage.type("ontkoppel")
    await stage.click(UNLINK, stage.slack.world.ephemerals("lien", stage.where)[-1])
    unlinked = lien.shown[:3]
    await stage.link("lien")
    await stage.pass_time(4)
    assert (unlinked, lien.shown[:3]) == (
        [
            "# Eerst dit",
            "*Je UiTiD is nog niet gekoppeld.* Zonder mag ik UiTPAS niets vragen in jouw naam.",
            "[UiTiD koppelen]",
        ],
        [*ASK, LINKED.replace("10:00", "10:01")],
    )


async def test_what_was_asked_with_another_uitid_is_decided_there(lien: Tab) -> None:
    stage = lien.stage
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(QUESTION)
    await stage.pass_time(10, steps=5)
    await link_as(stage, "katrien")
    await stage.pass_time(10, steps=5)
    assert lien.shown[:5] == [
        "# Eerst dit",
        "*1 onkostennota staat stil*, want je vroeg ze met een ander UiTiD. Wat doe ik ermee?",
        "[Verder met dit UiTiD] [Annuleren]",
        *ASK,
    ]
    await lien.press("held_go_on")
    told = lien.modal.blocks[0]["text"]["text"]
    await stage.pass_time(10, steps=5)
    assert (told, lien.shown[:2], len(lien.part("Nu bezig"))) == (
        "Ik vraag 1 onkostennota opnieuw met dit UiTiD; het antwoord komt waar je ze vroeg.",
        ASK,
        1,
    )


async def test_what_misses_its_balie_is_counted_apart(tmp_path: Path) -> None:
    async with staged(tmp_path, report_seconds=600) as stage:
        lien = Tab(stage)
        await lien.open()
        await stage.type(QUESTION)
        noor = BalieList(stage, user="noor")
        await noor.open("de-sluis")
        await noor.press(REMOVE)
        await stage.pass_time(10, steps=5)
        assert lien.shown[:4] == [
            "# Eerst dit",
            UNMAPPED,
            *ASK,
        ]
        assert "de-sluis" not in lien.part("Balies")[0]


async def test_balies_that_another_process_imports_show_without_being_opened(lien: Tab) -> None:
    stage, before = lien.stage, lien.drawn
    await beside(stage, lambda tx: tx.execute("UPDATE balies SET alias = 'sluis' WHERE alias = 'de-sluis'"))
    await stage.settle()
    assert ("`sluis`" in lien.part("Balies")[0], lien.drawn - before) == (True, 1)


async def test_a_balie_that_is_new_shows_too(lien: Tab) -> None:
    stage = lien.stage
    listed = "alias,name,consumer_key,channels\naan-de-kaai,Aan de Kaai,NIEUW-1,\n"
    await stage.bot.balies.import_csv(stage.bot.team, listed)
    await stage.settle()
    assert lien.part("Balies")[0].startswith("• *Aan de Kaai* `aan-de-kaai`\n")


async def test_a_report_shows_before_slack_has_taken_its_root(lien: Tab) -> None:
    stage = lien.stage
    await stage.type(QUESTION)
    await stage.pass_time(10, steps=5)
    stage.slack.faults.add("chat.postMessage", "ratelimited", -1, retry_after=600)
    await stage.type("rapport mei 2026 de-sluis")
    await stage.pass_time(4)
    asked = "*CC De Sluis*, 1 mei – 31 mei 2026\nWordt aangevraagd · gevraagd op 15 juli 2026, 10:01"
    assert lien.part("Nu bezig")[0] == asked


async def test_another_language_shows_once_slack_has_told_of_it(lien: Tab) -> None:
    lien.stage.slack.world.change_person("lien", locale="en-GB")
    await lien.stage.pass_time(DAY)  # by then Slack is asked whether she is still a member
    assert lien.shown[:1] == ["# What are you looking for?"]


async def test_what_happens_while_it_is_sent_is_drawn_after_a_rest(lien: Tab) -> None:
    stage, before = lien.stage, lien.drawn
    stage.slack.faults.add("views.publish", "delay", seconds=0.05)
    opening = await stage.slack.open_home(lien.who)
    del opening
    await stage.bot.timers.run_due(stage.clock.now())
    await stage.link("lien")  # linked_at changes, while Slack takes its time
    await beside(stage, lambda tx: tx.execute("UPDATE balies SET alias = 'sluis' WHERE alias = 'de-sluis'"))
    await stage.settle()
    assert (lien.drawn - before, lien.row) == (1, [(1, 0)])
    await stage.pass_time(3)
    assert ("`sluis`" in lien.part("Balies")[0], lien.drawn - before, lien.row) == (True, 2, [(0, 0)])


async def test_what_was_stale_when_the_bot_stopped_is_drawn_by_the_next(lien: Tab) -> None:
    stage = lien.stage
    await beside(stage, lambda tx: tx.execute("UPDATE accounts SET state = 'ended'"))
    settings = stage.settings.model_copy(update={"port": 0})
    stage.clock.advance(timedelta(minutes=1).total_seconds())  # the first has lost its lease by then
    async with running(settings, clock=stage.clock, timers=False) as second:
        await second.timers.run_due(stage.clock.now())
        await second.timers.settled()
    assert lien.shown[:1] == ["# Eerst dit"]
