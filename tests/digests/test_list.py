"""The list of digests: what it tells, what can be done to each, and what a click comes to."""

import pytest

from bot.digests import Standstill
from bot.sandbox.slack.blocks import elements
from storage import digests as rows_of_digests
from tests.digests.desk import (
    BALIES,
    BRAM,
    EDIT,
    HEAD,
    LIEN,
    NEW_DIGEST,
    NEXT,
    OTHERS,
    OWN,
    OWN_PAUSED,
    PAUSE,
    REMOVE,
    RESUME,
    SLUIS,
    TRY,
    WORDS,
    DigestForm,
    change,
    digests,
    element,
    listed,
    press,
    read,
    values,
    whisper,
)
from tests.home.tab import Tab, lines
from tests.linking.rows import beside
from tests.support.forms import remove_balie
from tests.support.stage import Stage

TRYING = "Ik probeer het nu: het antwoord komt in dit kanaal."
PAUSED = "Gepauzeerd: er komt niets tot de digest hervat wordt."
STANDING_STILL = f"Er is geen volgende keer gepland: {LIEN} pauzeerde de digest."
SLUIS_PAUSED = (
    f"*CC De Sluis*\n{WORDS}\n{STANDING_STILL}\nKies Hervatten om hem weer te laten lopen.\nIngesteld door {LIEN},"
    " in het Nederlands"
)
MENDS = {
    Standstill.LINK: (
        f"de UiTiD-koppeling van {LIEN} is verlopen of ingetrokken",
        (
            "Koppel hetzelfde UiTiD opnieuw met `/uitpas koppel`, dan loopt hij vanzelf weer. Na een ander UiTiD kies"
            " je Hervatten."
        ),
    ),
    Standstill.OWNER_GONE: (
        f"{LIEN} is geen volwaardig lid meer van deze werkruimte",
        "Ben je weer volwaardig lid, kies dan Hervatten.",
    ),
    Standstill.OWNER_LEFT: (
        f"{LIEN} zit niet meer in het kanaal",
        "Word weer lid van het kanaal en kies dan Hervatten.",
    ),
    Standstill.ARCHIVED: (
        "het kanaal is gearchiveerd",
        "Haal het kanaal uit het archief en kies dan Hervatten, of stel de digest in een ander kanaal in.",
    ),
    Standstill.OUTSIDERS: (
        "het kanaal wordt gedeeld met mensen van buiten de organisatie",
        (
            "Stel de digest in een ander kanaal in en verwijder deze; of kies Hervatten als het kanaal niet meer"
            " gedeeld wordt."
        ),
    ),
    Standstill.NOT_THERE: (
        "ik kan niet schrijven in het kanaal",
        "Typ `/invite @baliebot` in het kanaal en kies dan Hervatten.",
    ),
    Standstill.NO_BALIES: (
        "geen van de balies staat nog op de lijst",
        "Kies andere balies met Aanpassen, en dan Hervatten.",
    ),
}
OF_OTHER = f"Alleen {LIEN} kan hem hervatten."
OF_GONE = "Stel zelf een nieuwe in; een beheerder van de werkruimte kan deze verwijderen."


async def test_the_list_tells_what_when_and_whose_to_the_asker_alone(stage: Stage) -> None:
    digest = await DigestForm(stage).set_up()
    assert await listed(stage) == [HEAD, SLUIS, OWN, NEW_DIGEST]
    assert await listed(stage, "bram") == [HEAD, SLUIS, OTHERS, NEW_DIGEST]
    assert (whisper(stage).text, stage.roots()) == ("1 digest komt hier", [])
    assert values(whisper(stage).blocks) == {digest, "digest_new"}


async def test_the_list_speaks_the_language_of_who_asks(stage: Stage) -> None:
    await DigestForm(stage).set_up(digest_language="en", digest_rhythm="listed", digest_day="w2")
    assert await listed(stage, "emily") == [
        "*Digests that come here*",
        (
            "*CC De Sluis*\nEvery Wednesday at 09:00 (Europe/Brussels), if UiTPAS lists a new period by then\nNext time"
            f" I look for a new period: Wednesday 22 July 2026, 09:00 (Europe/Brussels)\nSet up by {LIEN}, in English"
        ),
        "[Pause] [Remove]",
        "[New digest]",
    ]
    assert whisper(stage, "emily").text == "1 digest comes here"


async def test_each_channel_has_its_own_list(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.set_up()
    direct = stage.slack.world.open_im("lien")
    await form.type(channel=direct)
    await form.submit({BALIES: await form.balies("de-sluis")})
    await form.close()
    assert [one.partition("\n")[0] for one in (await listed(stage, channel=direct))[:2]] == [HEAD, "*CC De Sluis*"]
    assert await listed(stage) == [HEAD, SLUIS, OWN, NEW_DIGEST]


async def test_of_many_balies_the_first_are_named_and_those_that_are_gone(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    await form.submit({BALIES: await form.find(BALIES, "")})
    remove_balie(stage, "oosterwal")
    remove_balie(stage, "t-hof")
    names, gone = (await listed(stage))[1].split("\n")[:2]
    assert names == "*CC De Sluis, Cultuurcafé Wilgendries, Jeugdhuis Het Vlot en nog 3 balies*"
    assert gone == "Niet meer op de lijst: Bibliotheek Oosterwal en Gemeenschapscentrum 't Hof"


async def test_tried_now_it_says_so_and_the_answer_comes_once(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage)
    delivery = await stage.click(TRY, whisper(stage))
    assert read(stage) == [TRYING, HEAD, SLUIS, OWN, NEW_DIGEST]
    await stage.pass_time(5, steps=5)
    await stage.slack.again(delivery)
    await stage.pass_time(5, steps=5)
    (root,) = stage.roots()
    assert root.text.startswith("Onkostennota's van 1 april – 30 juni 2026")


async def test_what_is_being_tried_already_is_not_tried_twice(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await DigestForm(stage).set_up()
    await listed(stage)
    await press(stage, TRY)
    said = await press(stage, TRY)
    assert said == [
        "Deze digest wordt al geprobeerd. Het antwoord komt vanzelf.",
        HEAD,
        SLUIS,
        OWN,
        NEW_DIGEST,
    ]


async def test_paused_it_says_why_and_by_whom_and_resumed_it_runs_again(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage)
    assert await press(stage, PAUSE) == [PAUSED, HEAD, SLUIS_PAUSED, OWN_PAUSED, NEW_DIGEST]
    assert whisper(stage).text == PAUSED
    assert await press(stage, RESUME) == ["Hervat: de digest loopt weer.", HEAD, SLUIS, OWN, NEW_DIGEST]


async def test_removed_it_is_gone_from_the_list_after_a_question(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.set_up()
    await listed(stage)
    dialog = [one for block in whisper(stage).blocks for one in block.get("elements", []) if "confirm" in one]
    assert [one["action_id"] for one in dialog] == [REMOVE]
    assert {name: text["text"] for name, text in dialog[0]["confirm"].items() if name != "style"} == {
        "title": "Deze digest verwijderen?",
        "text": "Er komen geen nieuwe berichten meer van. Wat er al staat, blijft staan.",
        "confirm": "Verwijderen",
        "deny": "Laat staan",
    }
    assert await press(stage, REMOVE) == ["De digest is verwijderd.", "Hier komen geen digests.", NEW_DIGEST]
    await form.type()
    assert form.shown["Balies"] == ["CC De Sluis (de-sluis)"], "where there is none the form opens"


@pytest.mark.parametrize("why", MENDS)
async def test_what_can_not_run_says_why_and_what_to_do(stage: Stage, why: Standstill) -> None:
    digest = await DigestForm(stage).set_up()
    await beside(stage, lambda tx: rows_of_digests.pause(tx, digest, why))
    reason, mend = MENDS[why]
    head = f"*CC De Sluis*\n{WORDS}\nEr is geen volgende keer gepland: {reason}.\n"
    foot = f"\nIngesteld door {LIEN}, in het Nederlands"
    other = OF_GONE if why is Standstill.OWNER_GONE else OF_OTHER
    assert await listed(stage) == [HEAD, f"{head}{mend}{foot}", OWN_PAUSED, NEW_DIGEST]
    assert await listed(stage, "bram") == [HEAD, f"{head}{other}{foot}", "[Verwijderen]", NEW_DIGEST]


async def test_ten_digests_with_the_longest_of_names_fit_one_message(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    await form.submit({BALIES: await form.find(BALIES, ""), "digest_day": "d31"})
    await form.close()
    change(stage, "UPDATE balies SET name = ? || id", "&" * 79)
    for _ in range(9):
        await listed(stage)
        await stage.click("digest_new", whisper(stage))
        await form.submit({BALIES: await form.find(BALIES, ""), "digest_day": "d31", "digest_rhythm": "listed"})
        await form.close()
    said = await listed(stage)
    assert said[-1] == "(Hier kunnen hoogstens 10 digests komen. Verwijder er een om een nieuwe in te stellen.)"
    assert (len(digests(stage)), len(said), NEW_DIGEST in said) == (10, 22, False)
    texts = [block["text"]["text"] for block in whisper(stage).blocks if block["type"] == "section"]
    assert sum(map(len, texts)) < 10_000


async def test_from_the_home_the_answer_stands_in_a_modal(stage: Stage) -> None:
    digest = await DigestForm(stage).set_up()
    lien = Tab(stage)
    await lien.open()
    await listed(stage)
    deeds = next(block for block in whisper(stage).blocks if block["type"] == "actions")
    home = {"type": "home", "blocks": [{"type": "actions", "elements": deeds["elements"]}]}
    stage.slack.world.modals.publish(lien.who, home)
    await lien.press(PAUSE)
    assert lines(lien.modal.blocks) == [PAUSED, SLUIS_PAUSED, OWN_PAUSED]
    await lien.press_in_modal(RESUME)
    assert lines(lien.modal.blocks) == ["Hervat: de digest loopt weer.", SLUIS, OWN]
    answer = lien.modal.id
    await lien.press_in_modal(EDIT)
    assert element(lien.modal, "digest_time")["initial_time"] == "09:00"
    assert lien.modal.id == answer, "the form takes the place of the modal it was opened from"
    await lien.press(REMOVE)
    assert (lines(lien.modal.blocks), digests(stage)) == (["De digest is verwijderd."], [])
    assert values([deeds]) == {digest}


async def test_where_there_is_no_channel_a_new_one_is_asked_for_in_its_channel(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage)
    lien = Tab(stage)
    new = {"type": "actions", "elements": list(elements(whisper(stage).blocks[-1]))}
    stage.slack.world.modals.publish(lien.who, {"type": "home", "blocks": [new]})
    await lien.press("digest_new")
    said = "Een digest hoort bij een kanaal. Typ `/uitpas digest` in het kanaal waar hij moet komen."
    assert lines(lien.modal.blocks) == [said]


async def test_somebody_else_who_paused_it_is_named(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage, "bram")
    said = await press(stage, PAUSE, "bram")
    paused = f"Er is geen volgende keer gepland: {BRAM} pauzeerde de digest.\n{OF_OTHER}"
    assert said[:3] == [PAUSED, HEAD, SLUIS.replace(NEXT, paused)]
    assert said[3:] == ["[Verwijderen]", NEW_DIGEST]
