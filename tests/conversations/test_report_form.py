"""The form of a report: what opens it, what it begins with, and who is told why it stays shut."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.clock import StillClock
from tests.support.forms import BALIE, Form, asked_periods, delivered, methods, shown
from tests.support.stage import Stage, staged

OPEN = "algemeen"
"""A channel that is the default of no balie."""
QUARTERS = [
    "1 april – 30 juni 2026",
    "1 januari – 31 maart 2026",
    "1 oktober – 31 december 2025",
    "1 juli – 30 september 2025",
    "1 april – 30 juni 2025",
    "1 januari – 31 maart 2025",
    "1 oktober – 31 december 2024",
    "1 juli – 30 september 2024",
]
NOTE = (
    "Het antwoord en het bestand komen in een draad in <#C0DESLUIS01>. In het bestand staan gegevens van pashouders:"
    " iedereen in dat kanaal kan het openen."
)
FIRST_LOOK = {
    "Balie": "CC De Sluis (de-sluis)",
    "periods": "Ik zoek op welke periodes UiTPAS klaarzette. Intussen kan je zelf datums kiezen.",
    "Van": "2026-04-01",
    "Tot en met": "2026-06-30",
    "Waar komt het antwoord?": "In dit kanaal",
    "note": "Ik kijk na wie er meeleest in <#C0DESLUIS01>.",
}
WITHOUT_CHANNEL = {
    "Balie": None,
    "periods": "Kies een balie, dan zoek ik op welke periodes UiTPAS voor haar klaarzette.",
    "Van": "2026-04-01",
    "Tot en met": "2026-06-30",
    "Waar komt het antwoord?": "Alleen aan mij, in een privébericht",
    "note": "Alleen jij ziet het antwoord en het bestand.",
}
UNREADABLE = (
    "Die periode begrijp ik niet. Dit werkt: `vorig kwartaal`, `vorige maand`, `vorig jaar`, `juli 2026`, `q3 2026`,"
    " `2026`, `2026-07-01 2026-09-30` of `01/07/2026-30/09/2026`."
)


async def test_it_opens_at_once_and_says_more_as_more_is_told(stage: Stage) -> None:
    form = Form(stage)
    delivery = await form.type()
    assert (delivery.error, delivery.ack, stage.whispers()) == (None, {}, [])
    first, _, last = form.seen
    assert shown(first) == FIRST_LOOK
    assert shown(last) == FIRST_LOOK | {
        "periods": QUARTERS,
        "note": NOTE,
        "Het bestand": [],
    }
    began = methods(stage).index("views.open")
    assert "conversations.info" not in methods(stage)[:began], "nothing is asked before the form is there"
    later = list(stage.slack.calls)[began + 1 :]
    assert sorted(call.method for call in later) == ["conversations.info", "views.update", "views.update"]
    updates = [call.args["hash"] for call in later if call.method == "views.update"]
    assert updates == [view.hash for view in form.seen[:2]], "each is made only of the picture it was made from"
    assert asked_periods(stage) == [("lien", "77")]


async def test_handed_in_it_runs_as_the_command_does(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    delivery = await form.submit()
    assert (delivery.error, delivery.ack, form.open) == (None, {}, [])
    root, (file, reply) = await delivered(stage)
    assert root.text == ("Onkostennota van CC De Sluis, 1 april – 30 juni 2026: Klaar. Het antwoord staat in de draad.")
    assert root.blocks[0]["text"]["text"].endswith("gevraagd door <@U0LIEN00001>")
    assert (len(file.files), file.text) == (1, "")
    assert reply.text.startswith("<@U0LIEN00001>, de onkostennota van *CC De Sluis*")
    assert reply.text.endswith("Het bestand staat in deze draad, klaar om te versturen.")
    assert (stage.whispers(), stage.dms()) == ([], [])


@pytest.mark.parametrize("text", ["rapport de-kuil", "report DE-KUIL", "rapport @de-kuil"])
async def test_an_alias_alone_opens_the_form_for_that_balie(stage: Stage, text: str) -> None:
    form = Form(stage)
    await form.type(text)
    assert form.shown["Balie"] == "Zwembad De Kuil & Zonen (de-kuil)"
    assert asked_periods(stage) == [("lien", "131")]


async def test_one_word_that_is_like_no_alias_gets_the_forms_of_a_period(stage: Stage) -> None:
    await stage.type("rapport <!channel>")
    await stage.type("rapport wanneer")
    assert stage.whispers() == [UNREADABLE, UNREADABLE]
    assert (Form(stage).open, "views.open" in methods(stage)) == ([], False)


async def test_a_mistyped_alias_alone_gets_the_nearest(stage: Stage) -> None:
    await stage.type("rapport de-kuill")
    assert stage.whispers() == [
        "Ik ken geen balie die `de-kuill` heet. Bedoelde je `de-kuil`? Laat de balie weg om er een te kiezen."
    ]
    assert stage.slack.world.views("lien") == []


async def test_elsewhere_it_begins_with_the_balie_a_person_used_last(stage: Stage) -> None:
    form = Form(stage)
    await form.type(channel=OPEN)
    assert (form.shown["Balie"], form.shown["periods"]) == (None, WITHOUT_CHANNEL["periods"])
    await stage.type("rapport juni 2026 t-hof", channel=OPEN)
    await form.type(channel=OPEN)
    assert form.shown["Balie"] == "Gemeenschapscentrum 't Hof (t-hof)"
    await form.type()
    assert form.shown["Balie"] == "CC De Sluis (de-sluis)", "the channel's own goes first"


async def test_the_select_finds_balies_as_one_types(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    (select,) = [block["element"] for block in form.view.blocks if block["block_id"] == BALIE]
    assert (select["type"], select["min_query_length"]) == ("external_select", 0)
    assert list(await form.search("")) == [
        "Zwembad De Kuil & Zonen (de-kuil)",
        "CC De Sluis (de-sluis)",
        "Jeugdhuis Het Vlot (het-vlot)",
        "Stadsloket Molenschoot (molenschoot)",
        "Bibliotheek Oosterwal (oosterwal)",
        "Museum De Oude Schuur (oude-schuur)",
        "Gemeenschapscentrum 't Hof (t-hof)",
        "Cultuurcafé Wilgendries (wilgendries)",
    ]
    assert list(await form.search("KUIL zonen")) == ["Zwembad De Kuil & Zonen (de-kuil)"]
    assert await form.search("<!channel>") == {}


@pytest.mark.parametrize("way", ["shortcut", "direct message"])
async def test_where_there_is_no_channel_the_answer_is_for_the_person_alone(stage: Stage, way: str) -> None:
    form = Form(stage)
    if way == "shortcut":
        await form.pick_shortcut()
    else:
        await form.type(channel=stage.slack.world.open_im("lien"))
    assert form.shown == WITHOUT_CHANNEL
    (radio,) = [block["element"] for block in form.view.blocks if block["block_id"] == "form_place"]
    assert [option["text"]["text"] for option in radio["options"]] == [
        "Alleen aan mij, in een privébericht",
        "In een kanaal",
    ]


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        (datetime(2026, 1, 5, 8, tzinfo=UTC), ("2025-10-01", "2025-12-31")),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), ("2026-01-01", "2026-03-31")),
        (datetime(2026, 6, 30, 22, tzinfo=UTC), ("2026-04-01", "2026-06-30")),
    ],
)
async def test_the_days_begin_as_the_last_quarter_that_is_over_in_brussels(
    tmp_path: Path, moment: datetime, days: tuple[str, str], *, socket: bool
) -> None:
    async with staged(tmp_path, socket=socket, clock=StillClock(moment)) as stage:
        form = Form(stage)
        await form.type()
        assert (form.shown["Van"], form.shown["Tot en met"]) == days
