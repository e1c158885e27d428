"""A form that is handed in: what is wrong is said at its field, what was filled in stays, what is good runs once."""

import asyncio
import sqlite3
from contextlib import closing

from bot.sandbox.slack.records import Json
from tests.support.forms import (
    AGAIN,
    BALIE,
    CHANNEL,
    FILE,
    FIRST,
    LAST,
    OFFERS,
    PLACE,
    Form,
    delivered,
    only_saying,
    remove_balie,
)
from tests.support.stage import Stage

QUARTER = "1 april – 30 juni 2026"
DONE = "Klaar. Het antwoord staat in de draad."
FUTURE = "Deze dag moet nog komen. Kies vandaag of vroeger."
REVERSED = "Deze dag valt voor de begindatum. Kies een latere."
CAN_NOT_WRITE = "Ik zit niet in dat kanaal. Typ er /invite @baliebot en probeer opnieuw, of kies een andere plaats."
NO_SUCH_BALIE = "Deze balie is niet meer ingesteld. Kies een andere."
BEFORE = "Deze onkostennota is daar al bezorgd. Vink aan dat je ze opnieuw wil, of sluit dit venster."
LINK_ENDED = (
    "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen; wat stilstaat, gaat"
    " dan vanzelf verder."
)
NOT_ALLOWED = (
    "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de onkostennota op te vragen."
)
TOO_MANY = "Er lopen al 10 onkostennota's voor jou. Wacht tot er een klaar is, of annuleer er een."


async def test_everything_wrong_is_said_at_once_and_nothing_filled_in_is_lost(stage: Stage) -> None:
    form = Form(stage)
    await form.type("rapport t-hof")
    await form.choose(OFFERS, "2026-01-01/2026-03-31")
    await form.choose(PLACE, "elsewhere")
    await form.choose(CHANNEL, "C0EVENEMENT")
    remove_balie(stage, "t-hof")
    await form.submit({FIRST: "2026-08-02", LAST: "2026-08-01"})
    assert form.complaints() == {
        "Balie": NO_SUCH_BALIE,
        "Van": FUTURE,
        "Tot en met": REVERSED,
        "Welk kanaal?": CAN_NOT_WRITE,
    }
    filled = form.shown
    assert (filled["Van"], filled["Tot en met"]) == ("2026-08-02", "2026-08-01")
    assert (filled["Balie"], filled["Welk kanaal?"]) == ("Gemeenschapscentrum 't Hof (t-hof)", "C0EVENEMENT")
    await form.submit({FIRST: "2026-02-01", LAST: "2026-02-28", BALIE: await form.balie("oosterwal")})
    assert (form.complaints(), form.shown["Van"]) == ({"Welk kanaal?": CAN_NOT_WRITE}, "2026-02-01")
    await form.submit({CHANNEL: "C0DESLUIS01"})
    root, _ = await delivered(stage)
    assert root.text == f"Onkostennota van Bibliotheek Oosterwal, 1 februari – 28 februari 2026: {DONE}"


async def test_today_may_be_the_first_day_and_what_lies_after_it_is_left_out_aloud(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    await form.submit({FIRST: "2026-07-16", LAST: "2026-07-16"})
    assert form.complaints() == {"Van": FUTURE}
    await form.submit({FIRST: "2026-07-15", LAST: "2026-07-14"})
    assert form.complaints() == {"Tot en met": REVERSED}
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await form.submit({FIRST: "2026-07-15", LAST: "2026-09-30"})
    root, _ = await delivered(stage)
    assert root.blocks[0]["text"]["text"].startswith("*Onkostennota van CC De Sluis*\n15 juli 2026, gevraagd door")
    assert root.blocks[1]["elements"][0]["text"].endswith(
        "De einddatum lag na vandaag; ik nam 15 juli 2026 als laatste dag."
    )


async def test_what_runs_there_already_is_pointed_to(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal", user="bram")
    form = Form(stage)
    await form.type()
    await form.submit()
    (root,) = stage.roots()
    place = f"https://stad-voorbeeld.slack.com/archives/{root.channel}/p{root.ts.replace('.', '')}"
    link = f"{place}?thread_ts={root.ts}&amp;cid={root.channel}"
    assert form.view.content == only_saying(
        form.view,
        f"De onkostennota van *CC De Sluis* voor {QUARTER} loopt al. <{link}|Bekijk de draad>; het antwoord komt daar.",
    )
    await form.type()
    await form.choose(PLACE, "me")
    await form.submit()
    assert [len(stage.roots()), len(stage.dms())] == [1, 1], "another conversation gets its own"


async def test_what_was_delivered_there_is_made_again_only_with_a_tick(stage: Stage) -> None:
    await stage.type("rapport vorig kwartaal", user="bram")
    (root, _) = await delivered(stage)
    form = Form(stage)
    await form.type()
    before = form.shown
    await form.submit({FILE: ["yes"]})
    place = f"https://stad-voorbeeld.slack.com/archives/{root.channel}/p{root.ts.replace('.', '')}"
    link = f"{place}?thread_ts={root.ts}&amp;cid={root.channel}"
    warned = {"alert": BEFORE, "section": f"<{link}|Bekijk de draad>", "Al bezorgd": []}
    assert form.shown == before | {"Het bestand": ["Stuur het bestand alleen naar mij"]} | warned
    await form.submit()
    assert (form.shown["alert"], len(stage.roots())) == (BEFORE, 1)
    await form.submit({AGAIN: ["yes"]})
    await stage.pass_time(2)
    _, again = stage.roots()
    assert (form.open, again.text.endswith(DONE)) == ([], True)
    (reply,) = stage.replies(again)
    assert reply.text.endswith("Het bestand stuurde ik in een privébericht aan <@U0LIEN00001>, zoals gevraagd.")


async def test_a_submission_that_slack_brings_twice_is_one_report(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    first = await form.submit()
    assert ((await stage.slack.again(first)).ack, form.open) == ({}, [])
    await stage.settle()
    await delivered(stage)
    assert (await stage.slack.again(first)).ack == {}
    await stage.pass_time(2)
    assert (len(stage.roots()), started(stage), stage.whispers()) == (1, 1, [])


async def test_a_form_that_slack_gave_up_on_and_that_is_handed_in_again_is_one_report(stage: Stage) -> None:
    form = Form(stage)
    await form.type("rapport", channel="algemeen")
    await form.choose(BALIE, await form.balie("t-hof"))
    await given_up_on(form)
    assert form.view.trouble == "operation_timeout"
    await taken(stage)
    await form.submit()
    assert form.open == []
    await delivered(stage, "algemeen")
    assert started(stage) == 1


async def test_a_form_that_was_changed_after_slack_gave_up_on_it_is_another_report(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    await given_up_on(form)
    await taken(stage)
    await form.submit({FIRST: "2026-06-01", LAST: "2026-06-30"})
    await stage.pass_time(6, steps=3)
    assert [root.text for root in stage.roots()] == [
        f"Onkostennota van CC De Sluis, {QUARTER}: {DONE}",
        f"Onkostennota van CC De Sluis, 1 juni – 30 juni 2026: {DONE}",
    ]


async def test_another_channel_that_is_not_named_yet_is_not_the_direct_message(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    await form.submit({PLACE: "elsewhere"})
    await stage.pass_time(2)
    assert (stage.dms(), stage.roots(), started(stage)) == ([], [], 0)
    assert form.complaints() == {"Waar komt het antwoord?": "Kies ook in welk kanaal."}
    assert form.shown["Waar komt het antwoord?"] == "In een ander kanaal"


async def test_days_that_slack_let_through_empty_are_asked_for(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)

    def without_days(payload: Json) -> Json:
        for block, action in ((f"{FIRST}/0", FIRST), (f"{LAST}/0", LAST)):
            payload["view"]["state"]["values"][block][action]["selected_date"] = None
        return payload

    stage.slack.tamper = without_days
    delivery = await form.submit()
    said = "Kies een dag."
    assert delivery.ack == {"response_action": "errors", "errors": {f"{FIRST}/0": said, f"{LAST}/0": said}}
    assert (form.complaints(), started(stage)) == ({"Van": said, "Tot en met": said}, 0)


def started(stage: Stage) -> int:
    """Return how many reports UiTPAS was asked to make."""
    return [call.name for call in stage.uitpas.calls].count("start_report")


async def given_up_on(form: Form) -> None:
    """Hand a form in while another process keeps the database to itself, for longer than Slack waits."""
    stage = form.stage
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        stage.slack.patience = 0.3
        assert (await stage.slack.submit(form.who, form.view.id, {})).error == "operation_timeout"
        stage.slack.patience = 3
        other.execute("ROLLBACK")


async def taken(stage: Stage) -> None:
    """Let the bot do all that is due, until it has taken a report that nobody waits for any more."""
    async with asyncio.timeout(10):
        while not started(stage):
            await asyncio.sleep(0.01)
            await stage.settle()
