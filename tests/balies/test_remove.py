"""Taking a balie off the list: what runs for it is on hold and said, and goes on when the balie comes back."""

import pytest
from structlog.testing import capture_logs

from bot.models import UserToken
from tests.support.balies import REMOVE, BalieList, acted_on, key_of, map_csv, mapping, tampered
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
QUARTER = "1 april – 30 juni 2026"
TITLE = f"Onkostennota van CC De Sluis, {QUARTER}"
ON_HOLD = f"{TITLE}: Staat stil: de balie is van de lijst gehaald. Komt ze er weer op, dan gaat het vanzelf verder."
NO_LINK = f"{TITLE}: Staat stil: de UiTiD-koppeling van <@U0LIEN00001> is verlopen of ingetrokken."
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
HEAD = "*CC De Sluis* (`de-sluis`) staat niet meer op de lijst."
LOST = "Zonder standaardbalie zijn nu: <#C0DESLUIS01>. Wie daar iets vraagt, noemt er de balie bij."
UNDO = (
    "Toch niet de bedoeling? Een beheerder van de balie zet haar terug met `/uitpas balies synchroniseer`; wat"
    " stilstaat, gaat dan vanzelf verder. De kanalen stel je opnieuw in."
)
CONSEQUENCE = (
    "Onkostennota's van deze balie die nog lopen, komen stil te staan, en in haar kanalen noem je voortaan zelf de"
    " balie. Zet je de balie terug op de lijst, dan lopen ze verder."
)
UNDO_EN = (
    "Not what you meant? An admin of the desk adds it again with `/uitpas counters sync`; what is on hold then goes on"
    " by itself. Channels have to be set again."
)
GONE = "Deze balie staat niet meer op de lijst. Kies een andere, of typ `/uitpas balies`."
ENDLESS = ("report_status", "never_ends", -1)


async def removed(stage: Stage, user: str = "lien", alias: str = "de-sluis", channel: str = "") -> list[str]:
    """Take a balie off the list; return the lines of the answer."""
    balies = BalieList(stage, user, channel)
    await balies.open(alias)
    await balies.press(REMOVE)
    return "\n".join(balies.said).splitlines()


async def back(stage: Stage, user: str = "lien") -> list[str]:
    """Take the balies over from UiTPAS; return the lines of the answer."""
    return "\n".join(await BalieList(stage, user).type("balies synchroniseer")).splitlines()


async def test_removing_is_confirmed_first(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("de-sluis")
    (button,) = [element for element in acted_on(balies.answer) if element["action_id"] == REMOVE]
    style, texts = button["confirm"].pop("style"), button["confirm"]
    assert style == "danger"
    assert {name: text["text"] for name, text in texts.items()} == {
        "title": "Deze balie van de lijst halen?",
        "text": CONSEQUENCE,
        "confirm": "Ja, van de lijst",
        "deny": "Nee, laat staan",
    }  # fmt: skip


async def test_a_balie_nobody_uses_is_removed(stage: Stage) -> None:
    with capture_logs() as log:
        lines = await removed(stage, alias="t-hof")
    assert lines == ["*Gemeenschapscentrum 't Hof* (`t-hof`) staat niet meer op de lijst.", UNDO]
    assert BalieList(stage).buttons == ["Naar de lijst"]
    assert "t-hof" not in await mapping(stage)
    changes = [entry for entry in log if entry["event"] == "balie_changed"]
    assert changes == [{"event": "balie_changed", "verb": "remove", "balie": 2, "log_level": "info"}]


async def test_in_english(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type("report last quarter molenschoot", user="emily")
    assert await removed(stage, "emily", "molenschoot") == [
        "*Stadsloket Molenschoot* (`molenschoot`) is off the list.",
        "1 expense claim is on hold.",
        f"• 1 April – 30 June 2026: <{thread(stage)}|open the thread>",
        UNDO_EN,
    ]


async def test_what_runs_is_on_hold_and_said_and_goes_on_once_the_balie_is_back(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await stage.pass_time(60)
    assert await removed(stage) == [
        HEAD,
        LOST,
        "Er staat 1 onkostennota stil.",
        f"• {QUARTER}: <{thread(stage)}|bekijk de draad>",
        UNDO,
    ]
    (root,) = stage.roots()
    assert root.text == ON_HOLD
    asked = len(stage.uitpas.calls)
    await stage.pass_time(3600, steps=10)
    assert (len(stage.uitpas.calls), stage.replies()) == (asked, [])
    await stage.type("status")
    listing = BalieList(stage).said[-1]
    assert ": staat stil, de balie is van de lijst gehaald (gevraagd door" in listing
    stage.uitpas.faults.clear()
    assert await back(stage) == [
        "*1 balie toegevoegd*",
        "• *CC De Sluis* (`de-sluis`)",
        "*2 balies bijgewerkt*",
        "• *Gemeenschapscentrum 't Hof* (`t-hof`) · kaartsystemen: UiTPAS Lindermeer",
        "• *Cultuurcafé Wilgendries* (`wilgendries`) · kaartsystemen: Paspoort Veldeke",
        "2 balies heb ik gelaten: daar ben je medewerker en geen beheerder.",
        "1 onkostennota gaat weer verder.",
    ]
    await stage.pass_time(60)
    assert [message.text for message in stage.roots()] == [DONE]
    assert len(stage.replies()) == 2
    assert [call.name for call in stage.uitpas.calls].count("start_report") == 1
    assert await mapping(stage) == {**await mapping(stage), "de-sluis": ("CC De Sluis", "")}


async def test_a_file_that_names_the_balie_brings_it_back_too(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await removed(stage)
    stage.uitpas.faults.clear()
    await map_csv(stage, "een-ander,Een ander,key-other,")
    await stage.pass_time(60)
    assert stage.roots()[0].text == ON_HOLD
    await map_csv(stage, f"sluis,De Sluis,{key_of(stage, 77).swapcase()},")
    await stage.pass_time(60)
    assert stage.roots()[0].text == DONE.replace("CC De Sluis", "De Sluis")


async def test_the_time_on_hold_does_not_count_against_the_deadline(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await stage.pass_time(60)
    await removed(stage)
    await stage.pass_time(30_000, steps=10)
    await back(stage)
    await stage.pass_time(60)
    assert stage.roots()[0].text.startswith(f"{TITLE}: Het duurt langer dan gewoonlijk.")
    await stage.pass_time(21_600, steps=200)
    assert stage.roots()[0].text.startswith(f"{TITLE}: Opgegeven")


async def test_a_report_that_was_not_announced_yet_is_announced_on_hold_and_asked_for_later(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)
    await stage.type(ASK)
    assert stage.roots() == []
    assert (await removed(stage))[2:4] == ["Er staat 1 onkostennota stil.", f"• {QUARTER}"]
    await stage.pass_time(40, steps=4)
    assert [root.text for root in stage.roots()] == [ON_HOLD]
    await stage.pass_time(60)
    assert "start_report" not in [call.name for call in stage.uitpas.calls]
    stage.uitpas.faults.add(*ENDLESS)
    await back(stage)
    await stage.pass_time(60)
    assert stage.roots()[0].text.startswith(f"{TITLE}: UiTPAS maakt ze klaar")
    await stage.pass_time(22_000, steps=200)
    assert stage.roots()[0].text.startswith(f"{TITLE}: Opgegeven"), "it has a deadline like any other"


async def test_a_balie_that_comes_back_before_the_root_does_not_begin_without_one(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)
    await stage.type(ASK)
    await removed(stage)
    assert (await back(stage))[-1] == "1 onkostennota gaat weer verder."
    await stage.pass_time(5)
    assert "start_report" not in [call.name for call in stage.uitpas.calls]
    await stage.pass_time(120, steps=12)
    assert [root.text for root in stage.roots()] == [DONE]
    assert len(stage.replies()) == 2


async def test_what_uitpas_has_ready_is_delivered_all_the_same(stage: Stage) -> None:
    stage.slack.faults.add("files.getUploadURLExternal", "ratelimited", retry_after=30)
    await stage.type(ASK)
    await stage.pass_time(5)
    assert stage.replies() == []
    assert await removed(stage) == [HEAD, LOST, UNDO]
    await stage.pass_time(60, steps=6)
    assert (stage.roots()[0].text, len(stage.replies())) == (DONE, 2)


async def test_a_report_on_hold_can_be_cancelled(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await removed(stage)
    await stage.click("report_cancel", stage.roots()[0])
    await stage.pass_time(60)
    assert stage.roots()[0].text == f"{TITLE}: Geannuleerd door <@U0LIEN00001>."
    assert "onkostennota gaat weer verder" not in "\n".join(await back(stage))


async def test_linking_again_does_not_take_up_what_misses_its_balie(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await removed(stage)
    await stage.link("lien")
    await stage.pass_time(60)
    assert stage.roots()[0].text == ON_HOLD


async def test_a_balie_that_comes_back_does_not_take_up_what_misses_its_link(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(ASK)
    await stage.pass_time(5)
    assert stage.roots()[0].text == NO_LINK
    assert (await removed(stage, "noor"))[2] == "Er staat 1 onkostennota stil."
    assert stage.roots()[0].text == ON_HOLD
    before = len(stage.uitpas.calls)
    assert "verder" not in "\n".join(await back(stage, "noor"))
    await stage.pass_time(60)
    assert stage.roots()[0].text == NO_LINK
    assert [call.name for call in list(stage.uitpas.calls)[before:]] == ["balie_list"]
    await stage.link("lien")
    await stage.pass_time(60, steps=6)
    assert stage.roots()[0].text == DONE


async def test_another_uitid_of_the_asker_does_not_go_on_with_it(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await removed(stage, "noor")
    other = stage.uitpas.employee("greet")
    token, secret = stage.uitpas.issue_token(other.uid)
    await stage.bot.linking.keep(stage.bot.team, "U0LIEN00001", UserToken(token, secret, other.uid))
    assert "verder" not in "\n".join(await back(stage, "noor"))
    await stage.pass_time(60)
    assert stage.roots()[0].text == NO_LINK


async def test_what_others_asked_elsewhere_is_counted_and_not_named(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(f"{ASK} de-sluis", user="bram", channel=stage.slack.world.open_im("bram"))
    await stage.pass_time(60)
    await stage.type("rapport mei 2026 de-sluis", user="bram")
    await stage.pass_time(60)
    await stage.type("rapport juni 2026 de-sluis", channel="algemeen")
    await stage.pass_time(60)
    assert (await removed(stage))[2:-1] == [
        "Er staan 3 onkostennota's stil.",
        f"• 1 mei – 31 mei 2026: <{thread(stage)}|bekijk de draad>",
        f"• 1 juni – 30 juni 2026: <{thread(stage, 'algemeen')}|bekijk de draad>",
    ]
    for place in (stage.where, "algemeen", stage.slack.world.im("bram")):
        assert "Staat stil: de balie is van de lijst gehaald." in stage.roots(place)[0].text


async def test_reports_of_other_balies_run_on(stage: Stage) -> None:
    stage.uitpas.faults.add(*ENDLESS)
    await stage.type(ASK)
    await stage.pass_time(60)
    assert await removed(stage, alias="t-hof") == [
        "*Gemeenschapscentrum 't Hof* (`t-hof`) staat niet meer op de lijst.",
        UNDO,
    ]
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    assert stage.roots()[0].text == DONE


async def test_a_removed_balie_can_not_be_asked_for(stage: Stage) -> None:
    await removed(stage)
    await stage.type(f"{ASK} de-sluis")
    assert BalieList(stage).note.startswith("Ik ken geen balie die `de-sluis` heet.")
    assert stage.roots() == []


async def test_many_channels_are_named_up_to_a_few(stage: Stage) -> None:
    channels = " ".join(f"C0{number:03}" for number in range(7))
    await map_csv(stage, f"de-sluis,CC De Sluis,{key_of(stage, 77)},{channels}")
    assert (await removed(stage))[1] == (
        "Zonder standaardbalie zijn nu: <#C0000>, <#C0001>, <#C0002>, <#C0003>, <#C0004> en nog 2. Wie daar iets"
        " vraagt, noemt er de balie bij."
    )


@pytest.mark.parametrize("how", ["twice", "another"])
async def test_a_balie_that_is_gone_can_not_be_removed(stage: Stage, how: str) -> None:
    balies = BalieList(stage)
    await balies.open("de-sluis")
    if how == "twice":
        await balies.press(REMOVE)
        await stage.slack.again(stage.slack.deliveries[-1])
        await stage.settle()
    else:
        tampered(stage, "99")
        await balies.press(REMOVE)
    assert balies.said == [GONE]
    assert ("de-sluis" in await mapping(stage)) == (how == "another")


def thread(stage: Stage, channel: str | None = None) -> str:
    """Return the address of the thread of the one root in a channel, as it is written in mrkdwn."""
    (root,) = stage.roots(channel)
    place = f"{root.channel}/p{root.ts.replace('.', '')}"
    return f"https://stad-voorbeeld.slack.com/archives/{place}?thread_ts={root.ts}&amp;cid={root.channel}"
