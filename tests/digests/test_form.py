"""The form of a digest: what opens it, what it begins with, what it says of who will read along, and who gets none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.slack.records import Channel
from tests.digests.desk import (
    BALIES,
    DAY,
    EDIT,
    NEW,
    RHYTHM,
    ZONE,
    DigestForm,
    element,
    listed,
    press,
    read,
    shown,
    whisper,
)
from tests.support.forms import eventually, methods, remove_balie
from tests.support.outcomes import trouble
from tests.support.stage import Stage, staged

IN_YOUR_NAME = "Ik vraag alles aan UiTPAS in jouw naam, met het UiTiD dat je koppelde."
LOOKING = "Ik kijk na wie er meeleest in <#C0DESLUIS01>."
PRIVATE = (
    "De digest komt in <#C0DESLUIS01>: iedereen daar ziet de bedragen. De bestanden komen in de draad, met gegevens van"
    " pashouders; ook die kan iedereen daar openen."
)
BLANK = {
    "Balies": ["CC De Sluis (de-sluis)"],
    "Wanneer?": "Als een kwartaal is afgelopen",
    "Op welke dag?": "Maandag",
    "Hoe laat?": "09:00",
    "Tijdzone": "Europe/Brussels",
    "Taal van het bericht": "Nederlands",
}
AUDIENCES = {
    "algemeen": "De digest komt in <#C0ALGEMEEN1>, en dat is openbaar: iedereen van de werkruimte kan de bedragen zien."
    " De bestanden stuur ik alleen naar jou, in een privébericht, want er staan gegevens van pashouders in.",
    "partners": "In <#C0PARTNERS1> lezen mensen van buiten je organisatie mee, dus daar kan geen digest komen. Typ"
    " `/uitpas digest` in een ander kanaal.",
    "evenementen": "Ik zit niet in <#C0EVENEMENT>, dus daar kan geen digest komen. Typ er eerst `/invite @baliebot`.",
}
ARCHIVED = "<#C0EVENEMENT> is gearchiveerd, dus daar kan geen digest komen. Typ `/uitpas digest` in een ander kanaal."
UNKNOWN = (
    "Ik kan niet nagaan wie er meeleest in <#C0DESLUIS01>. Wie daar meeleest, ziet de bedragen; de bestanden stuur ik"
    " dan alleen naar jou, in een privébericht, want er staan gegevens van pashouders in."
)
TO_ME = "De digest komt hier, in je privéberichten met mij: alleen jij ziet de bedragen en de bestanden."
NOT_IN_DIRECT = "In dit gesprek zit ik niet. Typ `/uitpas digest` in een kanaal, of in je privéberichten met mij."
STILL_LOOKING = "Ik kijk nog na wie er meeleest. Lees hieronder wat het wordt en probeer het dan opnieuw."
GOES_NOW = "Hier kan de digest komen. Kijk hieronder na wie er meeleest en probeer het dan opnieuw."
TOO_LATE = "Slack was te traag om het formulier te openen. Typ `/uitpas digest` opnieuw."
NOT_LINKED = (
    "Je UiTiD is nog niet gekoppeld, en zonder mag ik UiTPAS niets vragen in jouw naam. Typ `/uitpas koppel` om het te"
    " koppelen."
)
NOT_MEMBER = "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de digests te bekijken."


async def test_where_there_is_none_the_form_opens_at_once_and_then_says_who_will_see_it(stage: Stage) -> None:
    form = DigestForm(stage)
    delivery = await form.type()
    assert (delivery.error, delivery.ack, stage.whispers()) == (None, {}, [])
    first, last = form.seen
    assert shown(first) == BLANK | {"note": f"{LOOKING}\n{IN_YOUR_NAME}"}
    assert shown(last) == BLANK | {"note": f"{PRIVATE}\n{IN_YOUR_NAME}"}
    began = methods(stage).index("views.open")
    assert methods(stage)[began:] == ["views.open", "conversations.info", "views.update"]
    assert "conversations.info" not in methods(stage)[:began], "nothing is asked before the form is there"
    assert stage.slack.calls[-1].args["hash"] == first.hash


async def test_every_field_says_what_can_be_chosen(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    days = element(form.view, DAY)["option_groups"]
    assert [group["label"]["text"] for group in days] == ["Een dag van de week", "Een dag van de maand"]
    weekdays, month_days = ([one["text"]["text"] for one in group["options"]] for group in days)
    assert weekdays == ["Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag"]
    assert (month_days[:2], month_days[7], month_days[18:21]) == (
        ["De 1ste", "De 2de"],
        "De 8ste",
        ["De 19de", "De 20ste", "De 21ste"],
    )
    assert month_days[27:] == ["De 28ste", *(f"De {day}ste, of de laatste dag" for day in (29, 30, 31))]
    assert [(one["text"]["text"], one["description"]["text"]) for one in element(form.view, RHYTHM)["options"]] == [
        ("Als een maand is afgelopen", "Elke maand, over de maand ervoor"),
        ("Als een kwartaal is afgelopen", "Vier keer per jaar, over het kwartaal ervoor"),
        ("Als UiTPAS een nieuwe periode toont", "Ik kijk geregeld, en zwijg als er niets nieuws is"),
    ]
    assert [block["hint"]["text"] for block in form.view.blocks if "hint" in block] == [
        "Kies er een of meer, hoogstens 30. Ze komen samen in één bericht.",
        (
            "Na een maand of kwartaal: de eerste keer dat het die dag is. Maandag is dus de eerste maandag van de"
            " nieuwe maand. Bij een nieuwe periode: de dag waarop ik kijk, elke week of elke maand."
        ),
        "Niet tussen 01:00 en 04:00, want dan kan de klok verspringen.",
    ]
    assert element(form.view, BALIES)["max_selected_items"] == 30


async def test_it_speaks_the_language_of_who_asks_and_begins_with_that_of_the_bot(stage: Stage) -> None:
    form = DigestForm(stage, "emily")
    await form.type()
    assert form.shown == {
        "Desks": ["CC De Sluis (de-sluis)"],
        "When?": "When a quarter has ended",
        "On which day?": "Monday",
        "At what time?": "09:00",
        "Time zone": "Europe/Brussels",
        "Language of the message": "Nederlands",
        "note": "The digest goes to <#C0DESLUIS01>: everybody there sees the amounts. The files go to the thread, with"
        " passholders' data; everybody there can open those, too.\nI ask UiTPAS for all of it in your name, with the"
        " UiTiD that you linked.",
    }
    month_days = [one["text"]["text"] for one in element(form.view, DAY)["option_groups"][1]["options"]]
    assert month_days[:4] == ["The 1st", "The 2nd", "The 3rd", "The 4th"]
    assert month_days[10:13] == ["The 11th", "The 12th", "The 13th"]
    assert month_days[20:23] == ["The 21st", "The 22nd", "The 23rd"]
    assert month_days[30] == "The 31st, or the last day"


async def test_language_and_zone_begin_as_the_bot_is_set(tmp_path: Path) -> None:
    async with staged(tmp_path, baliebot_locale="en", baliebot_timezone="America/Recife") as stage:
        form = DigestForm(stage)
        await form.type(channel="algemeen")
        assert form.shown["Balies"] == [], "the channel has no usual balie, and she has used none"
        assert (form.shown["Tijdzone"], form.shown["Taal van het bericht"]) == ("America/Recife", "English")
        assert (await form.find(ZONE, ""))[:2] == ["America/Recife", "America/Adak"]


async def test_balies_and_zones_are_found_as_one_types(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    assert (await form.find(BALIES, "KUIL zonen"), len(await form.find(BALIES, ""))) == (await form.balies("kuil"), 8)
    every = await form.find(ZONE, "")
    assert (len(every), every[:3]) == (100, ["Europe/Brussels", "Europe/Amsterdam", "Europe/Andorra"])
    label = str(stage.slack.deliveries[-1].ack["option_groups"][0]["label"]["text"])
    assert label.partition(": ")[2] == "typ een stad om te zoeken"
    assert await form.find(ZONE, "york new") == ["America/New_York"]
    assert await form.find(ZONE, "utc") == ["UTC"]
    assert [await form.find(ZONE, words) for words in ("Etc/", "posix", "localtime", "nergens")] == [[], [], [], []]


async def test_a_guest_is_offered_no_balies_and_no_zones(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    await stage.type("help", user="gust")

    def as_guest(payload: dict[str, Any]) -> dict[str, Any]:
        payload["user"]["id"] = stage.slack.world.person("gust").id
        return payload

    stage.slack.tamper = as_guest
    assert [await form.find(ZONE, ""), await form.find(BALIES, "")] == [[], []]


@pytest.mark.parametrize("channel", AUDIENCES)
async def test_the_set_up_says_who_will_see_it_or_why_it_can_not_go_there(stage: Stage, channel: str) -> None:
    form = DigestForm(stage)
    await form.type(channel=channel)
    assert form.shown["note"] == f"{AUDIENCES[channel]}\n{IN_YOUR_NAME}"


async def test_an_archived_channel_is_named_as_such(stage: Stage) -> None:
    talk, form = stage.slack.world.talk, DigestForm(stage)
    await form.type(channel="evenementen")
    chosen = {BALIES: await form.balies("t-hof")}
    talk.keep_channel(replace(talk.channels["C0EVENEMENT"], is_archived=True))
    await form.submit(chosen)
    await eventually(lambda: form.shown["note"].startswith("<#C0EVENEMENT>"))
    assert form.shown["note"] == f"{ARCHIVED}\n{IN_YOUR_NAME}"
    await form.submit()
    assert form.complaints() == {"Balies": "Dit kanaal is gearchiveerd. Typ /uitpas digest in een ander kanaal."}


async def test_where_slack_does_not_say_who_reads_along_the_form_says_so_too(stage: Stage) -> None:
    stage.slack.faults.add("conversations.info", "error", code="internal_error")
    form = DigestForm(stage)
    await form.type()
    assert form.shown["note"] == f"{UNKNOWN}\n{IN_YOUR_NAME}"


async def test_ones_own_direct_messages_with_the_bot_are_a_fine_place(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type(channel=stage.slack.world.open_im("lien"))
    assert form.shown["note"] == f"{TO_ME}\n{IN_YOUR_NAME}"


async def test_between_two_colleagues_where_the_bot_is_not_it_can_not_go(stage: Stage) -> None:
    people = (stage.slack.world.person("lien").id, stage.slack.world.person("bram").id)
    stage.slack.world.talk.keep_channel(Channel("D0COLLEGAS1", "", "im", people, people[0], 1_680_000_000))
    form = DigestForm(stage)
    await form.type(channel="D0COLLEGAS1")
    assert form.shown["note"] == f"{NOT_IN_DIRECT}\n{IN_YOUR_NAME}"
    await form.submit({BALIES: await form.balies("t-hof")})
    assert form.complaints() == {"Balies": NOT_IN_DIRECT.replace("`", "")}


async def test_while_slack_is_slow_nothing_is_set_up_before_it_was_said_who_reads_along(stage: Stage) -> None:
    stage.slack.faults.add("conversations.info", "delay", seconds=0.4)
    form = DigestForm(stage)
    await stage.type("digest", then_settle=False)
    await eventually(lambda: form.open)
    delivery = await stage.slack.submit(form.who, form.view.id, {"digest_time": {"digest_time": "08:30"}})
    assert (delivery.error, form.complaints()) == (None, {"Balies": STILL_LOOKING})
    await eventually(lambda: "alert" in form.shown)
    await stage.settle()
    assert form.shown == BLANK | {"Hoe laat?": "08:30", "note": f"{PRIVATE}\n{IN_YOUR_NAME}", "alert": GOES_NOW}
    await form.submit()
    assert "om 08:30 (Europe/Brussels)" in form.view.blocks[0]["text"]["text"]


async def test_who_is_not_linked_is_told_so_with_the_button_before_any_form(tmp_path: Path) -> None:
    async with staged(tmp_path, linked=("lien",)) as stage:
        await stage.type("digest", user="bram")
        assert read(stage, "bram") == [NOT_LINKED, "[UiTiD koppelen]"]
        await DigestForm(stage).set_up()
        before = await listed(stage, "bram")
        assert await press(stage, NEW, "bram") == [NOT_LINKED, "[UiTiD koppelen]"]
        assert (len(before), stage.slack.world.views("bram")) == (4, [])


async def test_as_many_reports_as_one_may_have_running_are_no_obstacle(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for month in range(1, 11):
        await stage.type(f"rapport 2025-{month:02}-01 2025-{month:02}-02")
    form = DigestForm(stage)
    await form.type()
    assert form.shown == BLANK | {"note": f"{PRIVATE}\n{IN_YOUR_NAME}"}


async def test_a_guest_gets_no_form(stage: Stage) -> None:
    await stage.type("digest", user="gust")
    assert (stage.whispers("gust"), stage.slack.world.views("gust")) == ([NOT_MEMBER], [])


async def test_without_any_balie_there_is_nothing_to_set_up(tmp_path: Path) -> None:
    async with staged(tmp_path, mapped=False) as stage:
        await stage.type("digest")
        assert (stage.slack.world.views("lien"), len(stage.whispers())) == ([], 1)
        assert stage.whispers()[0].startswith("Er zijn nog geen balies ingesteld")


async def test_a_form_that_slack_opens_no_more_says_what_to_type(stage: Stage) -> None:
    trouble(stage, "views.open", "expired_trigger_id")
    await stage.type("digest")
    assert (stage.whispers(), stage.slack.world.views("lien")) == ([TOO_LATE], [])


async def test_it_is_filled_with_what_is_set_and_says_what_is_gone(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.type()
    chosen = await form.balies("t-hof", "oosterwal")
    await form.submit({BALIES: chosen, RHYTHM: "listed", DAY: "d31", "digest_time": "04:00", "digest_language": "en"})
    await form.close()
    remove_balie(stage, "oosterwal")
    await listed(stage)
    await stage.click(EDIT, whisper(stage))
    assert form.shown == {
        "missing": "Bibliotheek Oosterwal staat niet meer op de lijst en vraag ik niet meer op.",
        "Balies": ["Gemeenschapscentrum 't Hof (t-hof)"],
        "Wanneer?": "Als UiTPAS een nieuwe periode toont",
        "Op welke dag?": "De 31ste, of de laatste dag",
        "Hoe laat?": "04:00",
        "Tijdzone": "Europe/Brussels",
        "Taal van het bericht": "English",
        "note": f"{PRIVATE}\n{IN_YOUR_NAME}",
    }
    assert form.view.content["submit"]["text"] == "Bewaren"
