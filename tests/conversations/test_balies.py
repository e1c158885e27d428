"""`/uitpas balies` over both of Slack's ways; everything else about it is in `tests/balies`."""

from tests.support.balies import DEFAULT, NEXT, REMOVE, RENAME, BalieList, map_csv, mapping
from tests.support.stage import Stage

SLUIS = "Onkostennota van CC De Sluis, 1 april – 30 juni 2026"


async def test_balies_are_taken_over_named_anew_and_made_the_default(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.type("balies synchroniseer")
    assert balies.said[0].startswith("*3 balies bijgewerkt*\n")
    await balies.open("t-hof")
    await balies.press(RENAME)
    assert await balies.hand_in("De-Sluis") == {
        "balies_alias_typed": "Een andere balie heet al zo. Kies een andere alias."
    }
    assert await balies.hand_in("hof") == {}
    assert balies.note == "*Gemeenschapscentrum 't Hof* heet voortaan `hof`."
    await balies.press(DEFAULT)
    assert (await mapping(stage))["hof"] == ("Gemeenschapscentrum 't Hof", "C0DESLUIS01")


async def test_the_list_is_turned_and_searched(stage: Stage) -> None:
    await map_csv(stage, *(f"b{number:02},Balie {number},key-{number}," for number in range(100)))
    balies = BalieList(stage)
    await balies.type()
    await balies.press(NEXT)
    assert balies.said[0] == "*Balies van deze werkruimte*, 16–30 van 108"
    assert len(await balies.search("")) == 100
    assert await balies.search("", as_answered=True) == ["100 van 108, typ verder"]


async def test_what_runs_for_a_removed_balie_is_on_hold_until_it_is_back(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal")
    balies = BalieList(stage)
    await balies.open("de-sluis")
    await balies.press(REMOVE)
    (root,) = stage.roots()
    assert root.text.startswith(f"{SLUIS}: Staat stil: de balie is van de lijst gehaald.")
    stage.uitpas.faults.clear()
    assert (await balies.type("balies synchroniseer"))[-1].endswith("1 onkostennota gaat weer verder.")
    await stage.pass_time(60, steps=6)
    (root,) = stage.roots()
    assert (root.text, len(stage.replies())) == (f"{SLUIS}: Klaar. Het antwoord staat in de draad.", 2)
