"""Where the answer of a form goes: who will read it is said before, and what was said is what happens."""

from typing import Any

import pytest

from tests.support.forms import CHANNEL, FILE, PLACE, Form, delivered, eventually, methods, only_saying
from tests.support.stage import Stage

QUARTER = "1 april – 30 juni 2026"
TITLE = f"Onkostennota van Gemeenschapscentrum 't Hof, {QUARTER}"
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
COMMENT = (
    f"Onkostennota van Gemeenschapscentrum 't Hof, {QUARTER}. Bevat gegevens van pashouders: deel het bestand alleen"
    " met wie het nodig heeft."
)
LIEN = "<@U0LIEN00001>"
BY_DM = f"Het bestand stuurde ik in een privébericht aan {LIEN}"
MAY_SEE = {
    "private": "Het antwoord en het bestand komen in een draad in {}. In het bestand staan gegevens van pashouders:"
    " iedereen in dat kanaal kan het openen.",
    "public": "{} is openbaar. De bedragen komen er in een draad; het bestand stuur ik alleen naar jou, want er staan"
    " gegevens van pashouders in.",
    "shared": "In {} lezen mensen van buiten je organisatie mee. De bedragen komen er in een draad; het bestand stuur"
    " ik alleen naar jou, want er staan gegevens van pashouders in.",
    "unknown": "Ik kan niet nagaan wie er meeleest in {}. De bedragen komen er in een draad; het bestand stuur ik dan"
    " alleen naar jou, want er staan gegevens van pashouders in.",
    "not there": "Ik zit niet in {}. Typ er eerst `/invite @baliebot`, of kies een andere plaats.",
    "looking": "Ik kijk na wie er meeleest in {}.",
}
NO_CHANNEL_YET = "Kies een kanaal, dan zeg ik wie er meeleest en waar het bestand komt."
TO_ME = "Alleen jij ziet het antwoord en het bestand."
CAN_NOT_WRITE = "Ik zit niet in dat kanaal. Typ er /invite @baliebot en probeer opnieuw, of kies een andere plaats."
CAN_WRITE_NOW = "Ik zit nu wel in dat kanaal. Kijk na wie er meeleest en vraag het dan opnieuw."
WHERE, WHICH, BOX = "Waar komt het antwoord?", "Welk kanaal?", "Het bestand"
ME, ANOTHER, CHOSEN = "Alleen aan mij, in een privébericht", "In een ander kanaal", "Stuur het bestand alleen naar mij"


@pytest.mark.parametrize(
    ("channel", "kind", "end"),
    [
        ("balie-de-sluis", "private", "Het bestand staat in deze draad, klaar om te versturen."),
        ("algemeen", "public", f"{BY_DM}: dit kanaal is openbaar en er staan gegevens van pashouders in."),
        (
            "partners",
            "shared",
            f"{BY_DM}: dit kanaal wordt met anderen gedeeld en er staan gegevens van pashouders in.",
        ),
    ],
)
async def test_in_this_channel_what_is_said_of_its_readers_is_what_happens(
    stage: Stage, channel: str, kind: str, end: str
) -> None:
    form = Form(stage)
    await form.type("rapport t-hof", channel=channel)
    assert form.shown["note"] == MAY_SEE[kind].format(f"<#{stage.slack.world.channel(channel).id}>")
    assert (BOX in form.shown) == (kind == "private")
    await form.submit()
    root, replies = await delivered(stage, channel)
    assert (root.text, replies[-1].text.endswith(end)) == (DONE, True)
    assert files_of(stage, channel) == ([1, 0] if kind == "private" else [0], [] if kind == "private" else [COMMENT])


@pytest.mark.parametrize(("user", "channel"), [("lien", "evenementen"), ("noor", "directie")])
async def test_a_channel_without_the_bot_is_said_at_once_and_looked_at_again_when_handed_in(
    stage: Stage, user: str, channel: str
) -> None:
    form = Form(stage, user)
    await form.type("rapport oosterwal", channel=channel)
    place = stage.slack.world.channel(channel).id
    assert form.shown["note"] == MAY_SEE["not there"].format(f"<#{place}>")
    await form.submit()
    assert form.complaints() == {WHERE: CAN_NOT_WRITE}
    stage.slack.world.talk.join(place, stage.slack.bot_user_id)
    await form.submit()
    await eventually(lambda: "alert" in form.shown)
    kind = "public" if channel == "evenementen" else "private"
    assert (form.shown["alert"], form.shown["note"]) == (CAN_WRITE_NOW, MAY_SEE[kind].format(f"<#{place}>"))
    await form.submit()
    root, _ = await delivered(stage, channel)
    assert (form.open, root.text.endswith("Klaar. Het antwoord staat in de draad.")) == ([], True)


async def test_where_slack_does_not_say_who_reads_along_the_form_says_so_too(stage: Stage) -> None:
    stage.slack.faults.add("conversations.info", "error", times=-1, code="internal_error")
    form = Form(stage)
    await form.type("rapport t-hof")
    assert (form.shown["note"], BOX in form.shown) == (MAY_SEE["unknown"].format("<#C0DESLUIS01>"), False)
    await form.submit()
    _, (reply,) = await delivered(stage)
    assert reply.text.endswith(f"{BY_DM}: ik kon niet nagaan wie hier meeleest.")


async def test_another_channel_is_chosen_and_told_apart_before_anything_is_asked(stage: Stage) -> None:
    form = Form(stage)
    await form.type("rapport t-hof")
    before = {name: said for name, said in form.shown.items() if name != BOX}
    await form.choose(PLACE, "elsewhere")
    assert form.shown == before | {WHERE: ANOTHER, WHICH: None, "note": NO_CHANNEL_YET}
    offered = await stage.slack.options(form.who, form.view, CHANNEL, "")
    assert [option["text"]["text"] for option in offered] == ["#balie-de-sluis", "#algemeen", "#evenementen"]
    for channel, kind in (("C0DESLUIS01", "private"), ("C0EVENEMENT", "not there"), ("C0ALGEMEEN1", "public")):
        await form.choose(CHANNEL, channel)
        box: dict[str, Any] = {BOX: []} if kind == "private" else {}
        assert (
            form.shown == before | {WHERE: ANOTHER, WHICH: channel, "note": MAY_SEE[kind].format(f"<#{channel}>")} | box
        )
    refused = await form.submit({CHANNEL: None})
    assert (refused.error, list(form.complaints())) == ("invalid_input", [WHICH])
    await form.choose(CHANNEL, "C0EVENEMENT")
    await form.submit()
    assert form.complaints() == {WHICH: CAN_NOT_WRITE}
    await form.submit({CHANNEL: "C0ALGEMEEN1"})
    assert form.view.content == only_saying(
        form.view,
        f"Gevraagd: de onkostennota van *Gemeenschapscentrum 't Hof* voor {QUARTER}. Het antwoord komt in"
        " <#C0ALGEMEEN1>.",
    )
    root, _ = await delivered(stage, "algemeen")
    assert (root.text, stage.roots(), stage.whispers()) == (DONE, [], [])


@pytest.mark.parametrize("way", ["channel", "shortcut"])
async def test_for_oneself_alone_everything_comes_in_the_direct_messages(stage: Stage, way: str) -> None:
    form = Form(stage)
    if way == "channel":
        await form.type("rapport t-hof")
        await form.choose(PLACE, "me")
    else:
        await form.pick_shortcut()
        await form.choose("form_balie", await form.balie("t-hof"))
    assert (form.shown[WHERE], form.shown["note"], BOX in form.shown) == (ME, TO_ME, False)
    await form.submit()
    assert form.view.content == only_saying(
        form.view,
        f"Gevraagd: de onkostennota van *Gemeenschapscentrum 't Hof* voor {QUARTER}. Het antwoord komt in je"
        " privéberichten met mij.",
    )
    direct = stage.slack.world.im("lien")
    root, (file, reply) = await delivered(stage, direct)
    assert (root.text, len(file.files), stage.roots()) == (DONE, 1, [])
    assert reply.text.endswith("Het bestand staat in deze draad, klaar om te versturen.")


async def test_from_a_shortcut_a_channel_can_be_chosen(stage: Stage) -> None:
    form = Form(stage)
    await form.pick_shortcut()
    await form.choose("form_balie", await form.balie("t-hof"))
    await form.choose(PLACE, "elsewhere")
    assert (form.shown[WHERE], form.shown["note"]) == ("In een kanaal", NO_CHANNEL_YET)
    await form.choose(CHANNEL, "C0DESLUIS01")
    await form.submit()
    root, (file, _) = await delivered(stage)
    assert (root.text, len(file.files), stage.dms()) == (DONE, 1, [])


async def test_a_file_for_oneself_alone_stays_out_of_the_thread_of_a_retry_too(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "code", code="UNKNOWN_BALIE_CONSUMERKEY")
    form = Form(stage)
    await form.type("rapport t-hof")
    await form.submit({FILE: ["yes"]})
    failed, (reply,) = await delivered(stage)
    assert failed.text.endswith("Niet gelukt. In de draad staat waarom.")
    await stage.click("report_retry", reply)
    await stage.pass_time(2)
    (again,) = stage.replies(stage.roots()[1])
    assert again.text.endswith(f"{BY_DM}, zoals gevraagd.")
    assert "te vorderen" in again.text
    assert files_of(stage, stage.where) == ([0, 0], [COMMENT])


async def test_a_tick_for_a_private_file_stays_while_its_place_is_changed(stage: Stage) -> None:
    form = Form(stage)
    await form.type("rapport t-hof")
    await form.choose(PLACE, "elsewhere", {FILE: ["yes"]})
    assert BOX not in form.shown
    await form.choose(CHANNEL, "C0ALGEMEEN1")
    assert BOX not in form.shown
    await form.choose(CHANNEL, "C0DESLUIS01")
    assert form.shown[BOX] == ["Stuur het bestand alleen naar mij"]
    await form.submit()
    _, (reply,) = await delivered(stage)
    assert reply.text.endswith(f"{BY_DM}, zoals gevraagd.")


async def test_who_reads_along_is_looked_up_after_the_choice_is_shown(stage: Stage) -> None:
    form = Form(stage)
    await form.type()
    begun = len(stage.slack.calls)
    await form.choose(PLACE, "elsewhere")
    await form.choose(CHANNEL, "C0ALGEMEEN1")
    await eventually(lambda: methods(stage)[begun:].count("views.update") == 3)
    assert methods(stage)[begun:] == ["views.update", "views.update", "conversations.info", "views.update"]
    checked = [call.args.get("hash") for call in list(stage.slack.calls)[begun:] if call.method == "views.update"]
    assert checked == [None, None, form.seen[-2].hash]


def files_of(stage: Stage, channel: str) -> tuple[list[int], list[str]]:
    """Return how many files each reply in a channel carries, and what is said with those in the direct messages."""
    threads = [stage.replies(root, channel) for root in stage.roots(channel)]
    assert all(len(message.files) == 1 for message in stage.dms())
    return [len(reply.files) for thread in threads for reply in thread], [message.text for message in stage.dms()]
