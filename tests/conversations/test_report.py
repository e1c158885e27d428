"""The onkostennota, from a command to its thread."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tests.support.stage import Stage

QUARTER = "1 april – 30 juni 2026"
LIEN = "<@U0LIEN00001>"


async def test_a_report_is_one_root_one_file_and_one_reply(stage: Stage) -> None:
    delivery = await stage.type("rapport vorig kwartaal")
    assert (delivery.error, delivery.ack) == (None, {})
    await stage.pass_time(2)

    (root,) = stage.roots()
    file, reply = stage.replies()
    assert root.text == f"Onkostennota van CC De Sluis, {QUARTER}: Klaar. Het antwoord staat in de draad."
    assert shown(root.blocks) == [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"*Onkostennota van CC De Sluis*\n{QUARTER}, gevraagd door {LIEN}"},
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Klaar. Het antwoord staat in de draad."}]},
    ]
    assert (len(file.files), file.text, file.thread_ts) == (1, "", root.ts)
    assert reply.thread_ts == root.ts
    opening, table, order, chart, events, where = reply.blocks
    assert opening["text"]["text"] == f"{LIEN}, de onkostennota van *CC De Sluis* voor *{QUARTER}* is klaar."
    assert words(table) == [
        ["Overheid", "Aantal", "Volle prijs (€)", "Te vorderen (€)"],
        ["Lokale overheid Vossenrode", "24", "635,75", "254,30"],
        ["Lokale overheid Heulegem", "17", "432,50", "173,00"],
        ["Lokale overheid Lindergem", "11", "291,75", "116,70"],
        ["Lokale overheid Zandhove", "7", "76,25", "30,50"],
        ["Lokale overheid Oosterwal", "4", "36,25", "14,50"],
        ["Samen", "63", "1.472,50", "589,00"],
    ]
    assert small(order) == ["Het hoogste bedrag staat bovenaan."]
    assert (chart["title"], chart["chart"]["axis_config"]["categories"][0]) == (
        "Te vorderen per overheid (€)",
        "Vossenrode",
    )
    assert small(events)[0] == "Deze activiteiten brachten het meest op:"
    assert where["text"]["text"] == "Het bestand staat in deze draad, klaar om te versturen."
    assert stage.whispers() == []
    assert stage.dms() == []


async def test_the_numbers_are_those_of_the_sales(stage: Stage) -> None:
    await stage.type("rapport juni 2026 de-kuil")
    await stage.pass_time(2)
    balie = next(one for one in stage.uitpas.world.balies if one.number == 131)
    sales = stage.uitpas.world.sales(balie, date(2026, 6, 1), date(2026, 6, 30))
    owed = sum((sale.contribution for sale in sales), Decimal(0))
    amount = f"{owed:.2f}".replace(".", ",")
    assert f"*Samen: {len(sales)} verkopen, te vorderen €\xa0{amount}*" in stage.replies()[1].text


async def test_the_zip_comes_as_uitpas_made_it_under_a_name_of_ours(stage: Stage) -> None:
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(2)
    (file,) = stage.slack.world.files.values()
    content = stage.slack.world.file_bytes(file.id)
    assert file.name == file.title == "onkostennota_de-sluis_2026-04-01_2026-06-30.zip"
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name.rpartition("_")[0].rpartition("_")[0] for name in names] == [
        f"Lokale overheid {town}" for town in ("Heulegem", "Lindergem", "Oosterwal", "Vossenrode", "Zandhove")
    ]
    downloads = [call for call in stage.uitpas.calls if call.name == "report_download"]
    assert len(downloads) == 2, "once for the sheets, once for Slack"


async def test_while_it_runs_the_root_says_so_and_can_be_cancelled(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(2)
    (root,) = stage.roots()
    assert root.blocks[1]["elements"][0]["text"] == (
        "UiTPAS maakt ze klaar, dat duurt meestal enkele minuten. Het antwoord komt in deze draad."
    )
    assert [element["text"]["text"] for element in root.blocks[2]["elements"]] == ["Annuleren"]
    await stage.click("report_cancel", root)
    (root,) = stage.roots()
    assert root.text == f"Onkostennota van CC De Sluis, {QUARTER}: Geannuleerd door {LIEN}."
    assert [reply.text for reply in stage.replies()] == [
        f"De onkostennota van *CC De Sluis* voor *{QUARTER}* is geannuleerd door {LIEN}. Vraag ze gerust opnieuw."
    ]
    asked = len(stage.uitpas.calls)
    await stage.pass_time(600, steps=10)
    assert len(stage.uitpas.calls) == asked, "nobody asks after a cancelled report"


async def test_only_the_asker_or_an_admin_cancels(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal")
    (root,) = stage.roots()
    await stage.click("report_cancel", root, user="bram")
    assert stage.whispers("bram") == [
        "Alleen wie de onkostennota vroeg of een beheerder van deze werkruimte kan ze annuleren."
    ]
    assert stage.replies() == []
    await stage.click("report_cancel", root, user="noor")
    assert "geannuleerd door <@U0NOOR00003>" in stage.replies()[0].text


async def test_the_same_report_running_is_pointed_to(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal")
    await stage.type("rapport vorig kwartaal de-sluis", user="bram")
    (root,) = stage.roots()
    place = f"https://stad-voorbeeld.slack.com/archives/{root.channel}/p{root.ts.replace('.', '')}"
    link = f"{place}?thread_ts={root.ts}&amp;cid={root.channel}"
    assert stage.whispers("bram") == [
        f"De onkostennota van *CC De Sluis* voor {QUARTER} loopt al. <{link}|Bekijk de draad>; het antwoord komt daar."
    ]
    await stage.type("rapport vorig kwartaal de-sluis", channel="algemeen")
    assert len(stage.roots("algemeen")) == 1, "another conversation gets its own"


async def test_a_report_delivered_before_is_made_again_only_on_request(stage: Stage) -> None:
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(2)
    await stage.type("rapport vorig kwartaal")
    (offer,) = stage.slack.world.ephemerals("lien", stage.where)
    assert "is hier al bezorgd" in offer.text
    assert len(stage.roots()) == 1
    await stage.click("report_again", offer)
    await stage.pass_time(2)
    assert [len(stage.replies(root)) for root in stage.roots()] == [2, 2]
    assert stage.whispers() == [f"Gevraagd: de onkostennota van *CC De Sluis* voor {QUARTER}."], "the offer is used up"


async def test_an_empty_period_is_a_normal_outcome(stage: Stage) -> None:
    await stage.type("rapport vorig kwartaal wilgendries")
    await stage.pass_time(2)
    (root,) = stage.roots()
    assert root.text.endswith("Afgerond: er is in deze periode niets geregistreerd.")
    (reply,) = stage.replies()
    assert reply.text == (
        f"{LIEN}, voor *Cultuurcafé Wilgendries* zijn van *{QUARTER}* geen kansentarieven geregistreerd, dus is er geen"
        " onkostennota. Kijk de datums na als je er wel verwachtte."
    )
    assert not any(block["type"] == "actions" for block in reply.blocks)


async def test_a_no_of_uitpas_is_explained_and_a_colleague_can_try(stage: Stage) -> None:
    await stage.type("rapport vorig kwartaal de-kuil", user="bram")
    await stage.pass_time(2)
    (reply,) = stage.replies()
    assert reply.text == (
        f"<@U0BRAM00002>, de onkostennota van *Zwembad De Kuil &amp; Zonen* voor *{QUARTER}* is niet gelukt. Je UiTiD"
        " heeft hiervoor geen rechten aan deze balie. Vraag het aan de beheerder van je balie, of laat een collega met"
        " rechten op de knop klikken."
    )
    await stage.click("report_retry", reply)
    await stage.pass_time(2)
    _, second = stage.roots()
    assert "gevraagd door <@U0LIEN00001>" in second.blocks[0]["text"]["text"]
    assert stage.replies(second)[1].text.startswith(f"{LIEN}, de onkostennota van *Zwembad De Kuil &amp; Zonen*")


async def test_a_retry_pressed_twice_is_one_report(stage: Stage) -> None:
    await stage.type("rapport vorig kwartaal de-kuil", user="bram")
    await stage.pass_time(2)
    (reply,) = stage.replies()
    await stage.click("report_retry", reply)
    await stage.click("report_retry", reply)
    await stage.pass_time(2)
    assert len(stage.roots()) == 2


async def test_a_retry_that_failed_too_can_be_tried_again_from_the_same_button(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "code", times=3, code="UNKNOWN_BALIE_CONSUMERKEY")
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(2)
    (reply,) = stage.replies()
    for _ in range(3):
        await stage.click("report_retry", reply)
        await stage.pass_time(2)
    first, second, third, fourth = stage.roots()
    assert [root.text.rpartition(": ")[2] for root in (first, second, third)] == [
        "Niet gelukt. In de draad staat waarom."
    ] * 3
    assert fourth.text.endswith("Klaar. Het antwoord staat in de draad.")


async def test_after_ten_minutes_the_root_says_it_takes_longer(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(700, steps=35)
    (root,) = stage.roots()
    assert root.blocks[1]["elements"][0]["text"] == (
        "Het duurt langer dan gewoonlijk. Ik blijf het volgen en antwoord in deze draad."
    )
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    assert len(stage.replies()) == 2


async def test_after_the_deadline_it_is_given_up_aloud(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(21_700, steps=400)
    (root,) = stage.roots()
    assert root.text.endswith("In de draad staat wat je kan doen.")
    (reply,) = stage.replies()
    assert reply.text.startswith(
        f"{LIEN}, UiTPAS kreeg de onkostennota van *CC De Sluis* voor *{QUARTER}* niet op tijd"
    )
    assert [element["action_id"] for element in reply.blocks[-1]["elements"]] == ["report_retry"]


async def test_uitpas_is_asked_ever_less_often(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(1200, steps=1200)
    asked = [call.moment for call in stage.uitpas.calls if call.name == "report_status"]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(asked)]
    assert max(gaps) <= 61
    assert len(asked) * 5 <= 1200 / 2, "at least five times fewer than every two seconds"
    started = asked[0]
    for moment, gap in zip(asked, gaps, strict=False):
        age = (moment - started).total_seconds() + 2
        assert gap <= max(2, age / 10) + 1.5, "late by at most two seconds or a tenth of the age"


async def test_an_end_after_today_becomes_today_and_says_so(stage: Stage) -> None:
    await stage.type("rapport 2026-07-01 2026-09-30")
    (root,) = stage.roots()
    assert root.blocks[0]["text"]["text"].endswith(f"1 juli – 15 juli 2026, gevraagd door {LIEN}")
    assert root.blocks[1]["elements"][0]["text"].endswith(
        "De einddatum lag na vandaag; ik nam 15 juli 2026 als laatste dag."
    )


async def test_a_total_that_is_not_the_sum_is_said_aloud(stage: Stage) -> None:
    stage.uitpas.faults.add("report_download", "wrong_total", times=-1)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(2)
    reply = stage.replies()[1]
    lines = reply.blocks[3]["text"]["text"].splitlines()
    assert lines[-1].replace("\xa0", " ") == (
        "Let op: in het blad van Lokale overheid Zandhove staat € 31,50 als totaal, maar de rijen geven samen € 30,50."
        " Kijk dat na voor je de nota verstuurt."
    )
    assert [line.startswith("Let op: in het blad van Lokale overheid") for line in lines] == [True] * 5
    assert all(line in reply.text for line in lines), "who has it read aloud hears it too"


async def test_sheets_nobody_knows_are_delivered_without_amounts(stage: Stage) -> None:
    stage.uitpas.faults.add("report_download", "unknown_layout", times=-1)
    await stage.type("rapport vorig kwartaal")
    await stage.pass_time(2)
    file, reply = stage.replies()
    assert len(file.files) == 1
    assert reply.blocks[1]["text"]["text"] == (
        "De bladen zien er anders uit dan ik ken, dus zet ik er geen bedragen bij. Het bestand is onaangeroerd."
    )


def words(table: dict[str, Any]) -> list[list[str]]:
    """Return what stands in the cells of a table."""
    return [[cell["text"] for cell in row] for row in table["rows"]]


def small(block: dict[str, Any]) -> list[str]:
    """Return the lines of small print."""
    lines: str = block["elements"][0]["text"]
    return lines.splitlines()


def shown(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks without the ids that Slack gave them."""
    return [{name: value for name, value in block.items() if name != "block_id"} for block in blocks]


async def test_a_command_that_slack_brings_twice_is_one_report_and_nothing_more(stage: Stage) -> None:
    first = await stage.type("rapport vorig kwartaal", then_settle=False)
    second = await stage.slack.again(first)
    await stage.settle()
    await stage.pass_time(2)
    assert (second.error, second.ack) == (None, {})
    assert (len(stage.roots()), len(stage.replies()), stage.whispers()) == (1, 2, [])
