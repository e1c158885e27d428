"""Digests in the Home of their owner: those that stand still first, the others further down, each with its buttons."""

from dataclasses import replace

import pytest

from bot.digests import Digest, Rhythm, Schedule, Standstill
from bot.homes import Home
from bot.models import Language, Standing
from handlers.render.home_digests import MORE, TITLE
from tests.digests.runs import set_up
from tests.home.tab import Tab
from tests.linking.rows import link_as
from tests.render.test_home import drawn
from tests.storage.records import DIGEST, NOW
from tests.support.stage import Stage

WORDS = "Op de eerste maandag nadat een kwartaal is afgelopen, om 09:00 (Europe/Brussels)"
SLUIS = f"In <#C0DESLUIS01>:\n*CC De Sluis*\n{WORDS}\nVolgende keer: maandag 5 oktober 2026, 09:00 (Europe/Brussels)"
OWN = "[Nu proberen] [Aanpassen] [Pauzeren] [Verwijderen]"
OWN_PAUSED = "[Nu proberen] [Aanpassen] [Hervatten] [Verwijderen]"
MINE = Home(locale="nl-BE", standing=Standing.MEMBER, linked_at=NOW)


@pytest.fixture
async def lien(stage: Stage) -> Tab:
    """Lien has set up a digest, and has her Home open."""
    await set_up(stage, "de-sluis")
    tab = Tab(stage)
    await tab.open()
    await stage.pass_time(10)
    return tab


async def test_a_digest_is_shown_to_its_owner_alone(lien: Tab) -> None:
    bram = Tab(lien.stage, "bram")
    await bram.open()
    assert (lien.part("Jouw digests"), "# Jouw digests" in bram.shown) == ([SLUIS, OWN], False)


async def test_what_is_pressed_there_is_answered_in_a_modal_and_shows_in_the_home(lien: Tab) -> None:
    await lien.press("digest_pause")
    await lien.stage.pass_time(10, steps=2)
    paused = (
        f"In <#C0DESLUIS01>:\n*CC De Sluis*\n{WORDS}\nEr is geen volgende keer gepland: <@U0LIEN00001> pauzeerde de"
        " digest.\nKies Hervatten om hem weer te laten lopen."
    )
    assert lien.part("Jouw digests") == [paused, OWN_PAUSED]
    assert lien.modal.blocks[0]["text"]["text"] == "Gepauzeerd: er komt niets tot de digest hervat wordt."
    await lien.press("digest_resume")
    await lien.stage.pass_time(10, steps=2)
    assert lien.part("Jouw digests") == [SLUIS, OWN]


async def test_a_trial_from_the_home_comes_in_the_channel_and_runs_in_the_home(lien: Tab) -> None:
    await lien.press("digest_try")
    await lien.stage.pass_time(30, steps=20)
    (root,) = lien.stage.roots()
    (finished,) = lien.part("Afgerond in de voorbije week")
    assert root.text.startswith("Onkostennota's van 1 april – 30 juni 2026")
    assert f"/p{root.ts.replace('.', '')}?thread_ts={root.ts}" in finished


async def test_one_that_can_not_run_comes_first_with_what_mends_it(lien: Tab) -> None:
    stage = lien.stage
    stage.slack.world.talk.leave(stage.slack.world.channel(stage.where).id, lien.who)
    await lien.press("digest_try")
    await stage.pass_time(10, steps=2)
    said = (
        f"*Je digest in <#C0DESLUIS01> loopt niet meer.*\n*CC De Sluis*\n{WORDS}\n"
        "Er is geen volgende keer gepland: <@U0LIEN00001> zit niet meer in het kanaal.\n"
        "Word weer lid van het kanaal en kies dan Hervatten."
    )
    assert lien.shown[:3] == ["# Eerst dit", said, OWN_PAUSED]
    assert "# Jouw digests" not in lien.shown


async def test_one_that_waits_for_a_link_is_counted_where_the_link_is_asked_for(lien: Tab) -> None:
    stage = lien.stage
    await stage.type("ontkoppel")
    (question,) = stage.slack.world.ephemerals("lien", stage.where)
    await stage.click("unlink", question)
    await stage.pass_time(10, steps=2)
    said = (
        "*Je UiTiD is nog niet gekoppeld.* Zonder mag ik UiTPAS niets vragen in jouw naam. 1 digest staat stil tot je"
        " UiTiD weer gekoppeld is; daarna loopt hij vanzelf weer."
    )
    assert lien.shown[:3] == ["# Eerst dit", said, "[UiTiD koppelen]"]
    await link_as(stage, "lien", "lien")
    await stage.pass_time(10, steps=2)
    assert lien.part("Jouw digests") == [SLUIS, OWN]


def test_with_another_uitid_its_owner_has_to_say_so() -> None:
    waiting = replace(DIGEST, standstill=Standstill.LINK, planned_at=None)
    said = (
        "*Je digest in <#C1> loopt niet meer.*\n*CC De Sluis*\n"
        f"{WORDS}\nEr is geen volgende keer gepland: de UiTiD-koppeling van <@U1> is verlopen of ingetrokken.\n"
        "Koppel hetzelfde UiTiD opnieuw met `/uitpas koppel`, dan loopt hij vanzelf weer. Na een ander UiTiD kies je"
        " Hervatten."
    )
    assert drawn(replace(MINE, digests=(waiting,), digests_total=1))[:2] == ["# Eerst dit", said]


@pytest.mark.parametrize("language", Language)
def test_many_are_cut_and_slack_takes_them(language: Language) -> None:
    many: tuple[Digest, ...] = tuple(replace(DIGEST, id=f"d{n}", channel="D1") for n in range(10))
    listed = Schedule(Rhythm.LISTED, DIGEST.schedule.at, "America/Argentina/ComodRivadavia", month_day=31)
    found = drawn(replace(MINE, digests=(*many[:9], replace(many[9], schedule=listed)), digests_total=12), language)
    after = found[found.index(f"# {TITLE.say(language)}") :]
    assert after[21] == f"({MORE.say(2, language)})"
    assert len(found) < 50
