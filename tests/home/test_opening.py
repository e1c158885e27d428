"""Opening the Home: what stands in it on the first day, for whom, and however Slack brings the event."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.home.tab import ASK, KUIL, LINKED, REST, SLUIS, WHAT, Tab, foot
from tests.support.stage import Stage, staged

NOT_FOR_YOU = (
    "Dag! Ik vraag onkostennota's en kaarten op bij UiTPAS, voor volwaardige leden van deze werkruimte. Heb je er een"
    " nodig? Vraag het aan een collega."
)
NO_BALIES = (
    "Er staan nog geen balies op de lijst van deze werkruimte. Ben je beheerder van een balie, typ dan `/uitpas balies"
    " synchroniseer`; of vraag het aan de beheerder van de bot."
)
MINUTE = 60


@pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])
async def test_on_the_first_day_it_says_what_the_bot_does_and_what_to_do_first(tmp_path: Path, *, socket: bool) -> None:
    async with staged(tmp_path, socket=socket, linked=()) as stage:
        bram = Tab(stage, "bram")
        opening = await bram.open()
        assert (opening.error, bram.shown) == (
            None,
            [
                "# Eerst dit",
                "*Je UiTiD is nog niet gekoppeld.* Zonder mag ik UiTPAS niets vragen in jouw naam.",
                "[UiTiD koppelen]",
                *ASK,
                "# Zo werkt het",
                WHAT,
                "Begin met je UiTiD te koppelen; dat duurt twee minuten en is maar één keer nodig.",
                "# Balies",
                f"{KUIL}\n{SLUIS}{REST}",
                *foot("10:00"),
            ],
        )


async def test_somebody_who_is_linked_and_never_asked_anything_sees_how_to_begin(stage: Stage) -> None:
    lien = Tab(stage)
    await lien.open()
    begin = "Begin met een onkostennota: wat je vraagt, verschijnt daarna op deze pagina."
    assert lien.shown == [
        *ASK,
        LINKED,
        "# Zo werkt het",
        WHAT,
        begin,
        "# Balies",
        f"{KUIL}\n{SLUIS}{REST}",
        *foot("10:00"),
    ]


async def test_where_no_balie_is_mapped_it_says_how_they_come_on_the_list(tmp_path: Path) -> None:
    async with staged(tmp_path, mapped=False) as stage:
        lien = Tab(stage)
        await lien.open()
        assert lien.part("Balies") == [NO_BALIES]


async def test_each_reads_it_in_their_own_language(stage: Stage) -> None:
    emily, chloe = Tab(stage, "emily"), Tab(stage, "chloe")
    await emily.open()
    await chloe.open()
    assert (emily.shown[:2], chloe.shown[:2]) == (
        ["# What are you looking for?", "[Ask for a claim] [Look up a card]"],
        ASK,
    )
    stage.slack.world.change_person("emily", locale="nl-BE")
    await stage.pass_time(24 * 60 * MINUTE)
    await emily.open()
    assert emily.shown[:2] == ASK


@pytest.mark.parametrize("change", [{}, {"is_restricted": True}, {"is_stranger": True}])
async def test_whoever_may_not_work_with_the_bot_reads_one_friendly_sentence(
    stage: Stage, change: dict[str, bool]
) -> None:
    visitor = Tab(stage, "lien" if change else "gust")
    stage.slack.world.change_person(visitor.user, **change)
    await visitor.open()
    assert (visitor.shown, visitor.row) == ([NOT_FOR_YOU], [])


async def test_who_became_a_full_member_finds_all_of_it_on_opening_it_again(stage: Stage) -> None:
    gust = Tab(stage, "gust")
    await gust.open()
    stage.slack.world.change_person("gust", is_restricted=False)
    await stage.pass_time(24 * 60 * MINUTE)
    await gust.open()
    assert gust.shown[0] == "# Eerst dit"


async def test_an_event_that_slack_brings_again_draws_it_once_more_at_most(stage: Stage) -> None:
    lien = Tab(stage)
    opening = await lien.open()
    for _ in range(3):
        await stage.slack.again(opening)
        await stage.settle()
    assert (lien.drawn, lien.row) == (1, [(1, 0)])
    await stage.pass_time(MINUTE, steps=20)
    assert (lien.drawn, lien.row) == (2, [(0, 0)])


async def test_the_messages_tab_is_not_meant(stage: Stage) -> None:
    lien = Tab(stage)
    event = {"type": "app_home_opened", "user": lien.who, "tab": "messages", "channel": "D1"}
    delivery = await stage.slack.event(event)
    await stage.settle()
    assert (delivery.error, lien.drawn, lien.row) == (None, 0, [])


async def test_an_opening_from_another_workspace_draws_nothing(stage: Stage) -> None:
    lien = Tab(stage)
    opening = await lien.open()
    foreign = replace(opening.parcel, payload={**opening.parcel.payload, "team_id": "T0FOREIGN"})
    await stage.pass_time(MINUTE)
    await stage.slack.again(replace(opening, parcel=foreign))
    await stage.settle()
    assert lien.drawn == 1
