"""The periods that UiTPAS suggests in the form of a report: a help that comes when it comes, and never in the way."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.support.forms import (
    BALIE,
    FILE,
    FIRST,
    LAST,
    OFFERS,
    PLACE,
    Door,
    Form,
    anew,
    asked_periods,
    delivered,
    eventually,
    guarded,
    offer,
    shown,
)
from tests.support.stage import Stage

WAITING = "Ik zoek op welke periodes UiTPAS klaarzette. Intussen kan je zelf datums kiezen."
SILENT = "UiTPAS antwoordt nu niet op de vraag naar periodes. Kies zelf de datums, dat werkt even goed."
ENDED = "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen."
DENIED = "Je UiTiD heeft geen rechten aan deze balie. Kies een andere, of vraag het aan de beheerder van je balie."
NONE = "UiTPAS heeft voor deze balie nog geen periodes klaargezet. Kies zelf de datums."
AUTUMN = "2025-10-01/2025-12-31"
SILENCES: dict[str, tuple[str, dict[str, Any]]] = {
    "500": ("status", {}),
    "503 for an hour": ("status", {"status": 503, "retry_after": 3600}),
    "dropped": ("drop", {}),
    "broken off": ("cut", {}),
    "malformed": ("malformed", {}),
    "a doctype": ("doctype", {}),
    "a web page": ("html", {}),
    "a code nobody knows": ("code", {"code": "INTERNE_FOUT"}),
}


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[tuple[Form, Door]]:
    """Somebody before a UiTPAS that answers when the test lets it."""
    async with guarded(tmp_path) as (stage, door):
        yield Form(stage), door


@pytest.fixture
def unbroken(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Callable[[], bool]:
    """Tell whether nothing that was logged or printed until now speaks of a listener that broke."""

    def look() -> bool:
        log = caplog.text + "".join(capsys.readouterr())
        return "form_not_completed" in log and "listener_failed" not in log and "Traceback" not in log

    return look


async def test_a_chosen_period_fills_both_days_and_leaves_the_rest(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    assert offer(form.view)[:3] == ["2026-04-01/2026-06-30", "2026-01-01/2026-03-31", AUTUMN]
    before, typed = form.shown, {FIRST: "2026-02-03", LAST: "2026-02-04", FILE: ["yes"]}
    await form.choose(OFFERS, AUTUMN, typed)
    ticked = {"Het bestand": ["Stuur het bestand alleen naar mij"]}
    assert form.shown == before | ticked | {"Van": "2025-10-01", "Tot en met": "2025-12-31"}
    assert initial(form, FIRST, LAST) == ["2025-10-01", "2025-12-31"]
    await form.choose(OFFERS, "2026-01-01/2026-03-31", {FIRST: None})
    assert form.shown == before | ticked | {"Van": "2026-01-01", "Tot en met": "2026-03-31"}
    await form.submit({FIRST: "2026-01-02"})
    root, _ = await delivered(stage)
    assert root.text.startswith("Onkostennota van CC De Sluis, 2 januari – 31 maart 2026: Klaar.")


async def test_another_balie_is_asked_for_by_its_key_in_the_name_of_the_person(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    before = form.shown
    await form.choose(BALIE, await form.balie("de-kuil"), {FIRST: "2026-02-03", LAST: "2026-02-04", FILE: ["yes"]})
    assert form.shown == before | {
        "Balie": "Zwembad De Kuil & Zonen (de-kuil)",
        "Van": "2026-02-03",
        "Tot en met": "2026-02-04",
        "Het bestand": ["Stuur het bestand alleen naar mij"],
    }
    assert asked_periods(stage) == [("lien", "77"), ("lien", "131")]
    await form.choose(PLACE, "me")
    assert (len(offer(form.view)), len(asked_periods(stage))) == (8, 2), "what is known is not asked again"
    theirs = Form(stage, "joris")
    await theirs.type("rapport de-kuil")
    assert asked_periods(stage)[2:] == [("joris", "131")]


@pytest.mark.parametrize("name", SILENCES)
async def test_without_an_answer_the_days_can_be_chosen_all_the_same(stage: Stage, name: str) -> None:
    kind, detail = SILENCES[name]
    stage.uitpas.faults.add("periods", kind, times=-1, **detail)
    form = Form(stage)
    await form.type()
    assert form.shown["periods"] == SILENT
    await form.submit({FIRST: "2026-06-01", LAST: "2026-06-30"})
    root, (file, _) = await delivered(stage)
    assert root.text.startswith("Onkostennota van CC De Sluis, 1 juni – 30 juni 2026: Klaar.")
    assert (len(file.files), form.open) == (1, [])


async def test_a_silence_that_ends_is_asked_once_more(stage: Stage) -> None:
    stage.uitpas.faults.add("periods", "drop")
    form = Form(stage)
    await form.type()
    assert (len(offer(form.view)), len(asked_periods(stage))) == (8, 2)


async def test_who_has_no_rights_at_a_balie_is_told_so_and_can_choose_another(stage: Stage) -> None:
    form = Form(stage, "bram")
    await form.type("rapport de-kuil")
    assert form.shown["periods"] == DENIED
    await form.choose(BALIE, await form.balie("de-sluis"))
    assert len(offer(form.view)) == 8


async def test_whose_link_has_ended_is_told_so(stage: Stage) -> None:
    stage.uitpas.faults.add("periods", "revoked")
    form = Form(stage)
    await form.type()
    assert form.shown["periods"] == ENDED


async def test_a_balie_without_periods_has_a_sentence_of_its_own(stage: Stage) -> None:
    async with empty_handed() as url, anew(stage, uitpas_api_url=url) as other:
        form = Form(other)
        await form.type()
        assert (form.shown["periods"], form.shown["Van"]) == (NONE, "2026-04-01")


async def test_the_form_is_there_before_uitpas_is_asked_and_while_it_is_silent(watched: tuple[Form, Door]) -> None:
    form, door = watched
    door.is_shut = True
    await form.stage.type("status")
    delivery = await form.stage.type("rapport", then_settle=False)
    question = await door.knock()
    assert (delivery.error, delivery.ack, len(form.open)) == (None, {}, 1)
    await eventually(lambda: "iedereen in dat kanaal" in form.shown["note"])
    assert form.shown["periods"] == WAITING
    delivery = await form.stage.slack.submit(form.who, form.view.id, {})
    assert (delivery.error, delivery.ack, form.open) == (None, {}, [])
    question.set()
    await form.stage.settle()
    root, _ = await delivered(form.stage)
    assert root.text.endswith("Klaar. Het antwoord staat in de draad.")


async def test_an_answer_that_was_overtaken_by_a_newer_choice_is_dropped(
    watched: tuple[Form, Door], unbroken: Callable[[], bool]
) -> None:
    form, door = watched
    door.is_shut = True
    await form.stage.type("rapport", then_settle=False)
    older = await door.knock()
    await eventually(lambda: "iedereen in dat kanaal" in form.shown["note"])
    overtaken = form.view.hash
    await form.click(BALIE, await form.balie("de-kuil"), {FIRST: "2026-02-03"})
    newer = await door.knock()
    older.set()
    await eventually(lambda: overtaken in hashes(form.stage)[1:])
    newer.set()
    await form.told()
    balies = [(shown(view)["Balie"], shown(view)["periods"] == WAITING) for view in form.seen]
    kuil = "Zwembad De Kuil & Zonen (de-kuil)"
    assert balies[-2:] == [(kuil, True), (kuil, False)], "the older answer changed nothing"
    assert (initial(form, FIRST), form.shown["Van"]) == (["2026-02-03"], "2026-02-03")
    assert (form.stage.whispers(), form.stage.dms(), unbroken()) == ([], [], True)


async def test_a_form_closed_while_uitpas_is_asked_stays_closed(
    watched: tuple[Form, Door], unbroken: Callable[[], bool]
) -> None:
    form, door = watched
    door.is_shut = True
    await form.stage.type("rapport", then_settle=False)
    question = await door.knock()
    await eventually(lambda: "iedereen in dat kanaal" in form.shown["note"])
    await form.close()
    question.set()
    await eventually(lambda: len(hashes(form.stage)) == 2)
    assert (form.open, form.stage.whispers(), form.stage.dms()) == ([], [], [])
    door.is_shut = False
    await form.type()
    assert (len(offer(form.view)), unbroken()) == (8, True)


def initial(form: Form, *actions: str) -> list[str]:
    """Return what these pickers begin with."""
    found = {block["element"]["action_id"]: block["element"] for block in form.view.blocks if "element" in block}
    return [found[action]["initial_date"] for action in actions]


def hashes(stage: Stage) -> list[str]:
    """Return the hashes of the pictures that views.update was to change, where it said which."""
    return [call.args["hash"] for call in stage.slack.calls if call.method == "views.update" and "hash" in call.args]


@asynccontextmanager
async def empty_handed() -> AsyncIterator[str]:
    """Run a UiTPAS that has no periods for anybody; its API is at the address given."""

    async def answer(request: web.Request) -> web.Response:
        del request
        body = "<response><code>ACTION_SUCCEEDED</code><periods/></response>"
        return web.Response(text=body, content_type="application/xml")

    app = web.Application()
    app.router.add_get("/uitid/rest/uitpas/report/financialoverview/organiser/periods", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/uitid/rest"
    finally:
        await runner.cleanup()
