"""Whatever UiTPAS does wrong, one report stays one root and ends in one answer that a person understands."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.models import UserToken
from bot.sandbox.slack.records import Message
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
QUARTER = "1 april – 30 juni 2026"
LIEN = "<@U0LIEN00001>"
TITLE = f"Onkostennota van CC De Sluis, {QUARTER}"
SUBJECT = f"{LIEN}, de onkostennota van *CC De Sluis* voor *{QUARTER}*"
NO_FILE = (
    "Het bestand kon ik bij UiTPAS niet meer ophalen. Probeer het opnieuw.",
    "UiTPAS gaf geen bruikbaar bestand. Probeer het opnieuw.",
)
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
FAILED = f"{TITLE}: Niet gelukt. In de draad staat waarom."
EXPIRED = f"{TITLE}: Opgegeven: UiTPAS werd niet op tijd klaar. In de draad staat wat je kan doen."
EMPTY = f"{TITLE}: Afgerond: er is in deze periode niets geregistreerd."
ON_HOLD = f"{TITLE}: Staat stil: de UiTiD-koppeling van {LIEN} is verlopen of ingetrokken."
SILENT = f"{TITLE}: UiTPAS antwoordt nu niet. Ik blijf proberen en antwoord in deze draad."
TOLD = (
    "UiTPAS aanvaardt je UiTiD-koppeling niet meer: ze is verlopen of ingetrokken. Er staat 1 onkostennota stil. Koppel"
    " je UiTiD opnieuw; daarna gaat alles vanzelf verder."
)
HOUR = 3600

Trouble = tuple[str, dict[str, Any]]
CALLS = ("start_report", "report_status", "report_download", "second report_download")
"""The steps of a report; the zip is fetched twice, once for its sheets and once for Slack."""
SILENCES: dict[str, Trouble] = {
    "500": ("status", {}),
    "500, yet done": ("status", {"processed": True}),
    "502": ("status", {"status": 502}),
    "503": ("status", {"status": 503}),
    "503 for two minutes": ("status", {"status": 503, "retry_after": 120}),
    "429": ("status", {"status": 429, "retry_after": 30}),
    "dropped": ("drop", {}),
    "dropped, yet done": ("drop", {"processed": True}),
    "broken off": ("cut", {}),
    "half an answer": ("cut", {"framed": True}),
    "malformed": ("malformed", {}),
    "a web page": ("html", {}),
    "a doctype": ("doctype", {}),
    "a code under 500": ("code", {"code": "INTERNE_FOUT", "status": 500}),
}
"""Trouble that says nothing about the report itself."""
ZIPLESS: dict[str, Trouble] = {"not a zip": ("not_a_zip", {}), "half a zip": ("truncated_zip", {})}
STEPS = [
    *((call, name) for call in CALLS for name in SILENCES if (call[-8:], name) != ("download", "a doctype")),
    *((call, name) for call in CALLS[2:] for name in ZIPLESS),
]
every_silence = pytest.mark.parametrize(("call", "name"), STEPS)


@every_silence
async def test_trouble_that_happens_once_ends_in_a_later_success(stage: Stage, call: str, name: str) -> None:
    trouble(stage, call, (SILENCES | ZIPLESS)[name])
    await stage.type(ASK)
    await stage.pass_time(300, steps=30)
    assert delivered(stage)


@every_silence
async def test_trouble_that_lasts_ends_in_one_answer_in_plain_words(stage: Stage, call: str, name: str) -> None:
    trouble(stage, call, (SILENCES | ZIPLESS)[name], times=-1)
    await stage.type(ASK)
    await stage.pass_time(8 * HOUR, steps=64)
    root, reply = the_end(stage)
    if call.startswith("second"):
        assert root.text == DONE
        assert any(why in reply.text for why in NO_FILE)
    else:
        assert root.text in {FAILED, EXPIRED}
    assert actions(reply) == ["report_retry"]
    stage.uitpas.faults.clear()
    asked = len(stage.uitpas.calls)
    await stage.pass_time(HOUR, steps=6)
    assert len(stage.uitpas.calls) == asked, "an end is an end"


@pytest.mark.parametrize("call", [*CALLS, "*"])
async def test_slow_answers_are_answers(stage: Stage, call: str) -> None:
    trouble(stage, call, ("delay", {"seconds": 50}), times=-1)
    await stage.type(ASK)
    await stage.pass_time(900, steps=30)
    assert delivered(stage)


@pytest.mark.parametrize(
    ("code", "state", "why"),
    [
        ("ACTION_FAILED", EMPTY, f"{LIEN}, voor *CC De Sluis* zijn van *{QUARTER}* geen kansentarieven geregistreerd"),
        ("ACCESS_DENIED", FAILED, f"{SUBJECT} is niet gelukt. Je UiTiD heeft hiervoor geen rechten aan deze balie."),
        ("UNKNOWN_BALIE_CONSUMERKEY", FAILED, f"{SUBJECT} is niet gelukt. UiTPAS kent deze balie niet."),
        ("PARSE_INVALID_DATE", FAILED, f"{SUBJECT} is niet gelukt. UiTPAS aanvaardt deze datums niet."),
        ("MISSING_REQUIRED_FIELDS", FAILED, f"{SUBJECT} is niet gelukt. Mijn aanvraag was onvolledig."),
        ("UNKNOWN_REPORT_ID", FAILED, f"{SUBJECT} is niet gelukt. UiTPAS kent deze onkostennota niet meer."),
        ("NOOIT_GEZIEN", FAILED, f"{SUBJECT} is niet gelukt. UiTPAS gaf een antwoord dat ik niet ken (NOOIT_GEZIEN)."),
        ("<!channel>", FAILED, f"{SUBJECT} is niet gelukt. UiTPAS gaf een antwoord dat ik niet ken"),
    ],
)
@pytest.mark.parametrize("call", ["start_report", "report_status"])
async def test_a_no_of_uitpas_is_told_once_in_plain_words(
    stage: Stage, call: str, code: str, state: str, why: str
) -> None:
    stage.uitpas.faults.add(call, "code", times=-1, code=code)
    await stage.type(ASK)
    await stage.pass_time(HOUR, steps=12)
    root, reply = the_end(stage)
    assert (root.text, reply.text[: len(why)]) == (state, why)
    assert [one.name for one in stage.uitpas.calls].count(call) == 1, "a clear answer is not asked for again"


@pytest.mark.parametrize("call", CALLS[2:])
@pytest.mark.parametrize("code", ["UNKNOWN_REPORT_ID", "ACCESS_DENIED", "NOOIT_GEZIEN", "<!channel>"])
async def test_a_no_to_the_download_is_told_once_in_plain_words(stage: Stage, call: str, code: str) -> None:
    trouble(stage, call, ("code", {"code": code}), times=-1)
    await stage.type(ASK)
    await stage.pass_time(HOUR, steps=12)
    root, reply = the_end(stage)
    assert (root.text == FAILED) == (call == "report_download")
    assert actions(reply) == ["report_retry"]


@pytest.mark.parametrize("call", CALLS[1:])
async def test_a_not_yet_is_waited_for(stage: Stage, call: str) -> None:
    trouble(stage, call, ("code", {"code": "INVALID_REPORT_STATUS"}))
    await stage.type(ASK)
    await stage.pass_time(300, steps=30)
    assert delivered(stage)


@pytest.mark.parametrize("call", CALLS[2:])
async def test_a_file_too_large_is_not_handed_on_and_can_be_asked_for_again(stage: Stage, call: str) -> None:
    trouble(stage, call, ("big", {}))
    await stage.type(ASK)
    await stage.pass_time(300, steps=30)
    root, reply = the_end(stage)
    assert (root.text, stage.slack.world.files) == (DONE, {})
    await stage.click("report_retry", reply)
    await stage.pass_time(60, steps=6)
    assert len(stage.slack.world.files) == 1


@pytest.mark.parametrize("call", ["start_report", "report_status", "report_download"])
async def test_a_silent_uitpas_shows_in_the_root_meanwhile(stage: Stage, call: str) -> None:
    trouble(stage, call, SILENCES["503"], times=-1)
    await stage.type(ASK)
    await stage.pass_time(60, steps=30)
    assert [root.text for root in stage.roots()] == [SILENT]
    stage.uitpas.faults.clear()
    await stage.pass_time(120, steps=12)
    assert delivered(stage)


@pytest.mark.parametrize("call", CALLS)
async def test_a_uitpas_that_is_gone_for_an_hour_is_waited_for(stage: Stage, call: str) -> None:
    come_back = await leave_at(stage, call)
    await stage.pass_time(HOUR, steps=30)
    assert not any(reply.text for reply in stage.replies())
    await come_back()
    await stage.pass_time(300, steps=30)
    assert delivered(stage)


@pytest.mark.parametrize("call", CALLS)
async def test_a_uitpas_that_is_gone_for_good_is_told(stage: Stage, call: str) -> None:
    await leave_at(stage, call)
    await stage.pass_time(8 * HOUR, steps=64)
    root, reply = the_end(stage)
    assert root.text == (DONE if call.startswith("second") else EXPIRED)
    assert actions(reply) == ["report_retry"]


@pytest.mark.parametrize("call", CALLS)
async def test_a_revoked_link_puts_the_report_on_hold_until_the_person_is_linked_again(stage: Stage, call: str) -> None:
    await hold(stage, call)
    await stage.pass_time(8 * HOUR, steps=32)
    assert [root.text for root in stage.roots()] == [ON_HOLD], "the deadline does not run"
    assert stage.replies() == []
    assert [message.text for message in stage.dms()] == [TOLD]
    await stage.link("lien")
    await stage.pass_time(120, steps=12)
    assert delivered(stage)
    assert len(stage.dms()) == 1


async def test_what_was_left_of_the_deadline_is_left_after_the_hold(stage: Stage) -> None:
    await hold(stage, "report_status")
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.pass_time(24 * HOUR, steps=48)
    await stage.link("lien")
    await stage.pass_time(5 * HOUR, steps=50)
    assert stage.replies() == []
    await stage.pass_time(2 * HOUR, steps=20)
    assert the_end(stage)[0].text == EXPIRED


@pytest.mark.parametrize("call", CALLS)
async def test_another_uitid_does_not_take_a_held_report_over(stage: Stage, call: str) -> None:
    await hold(stage, call)
    asked = len(stage.uitpas.calls)
    await link_as(stage, "greet")
    await stage.pass_time(8 * HOUR, steps=32)
    assert [root.text for root in stage.roots()] == [ON_HOLD]
    assert (stage.replies(), len(stage.uitpas.calls)) == ([], asked)


async def test_after_another_uitid_its_own_takes_a_held_report_up_again(stage: Stage) -> None:
    await hold(stage, "report_status")
    await link_as(stage, "greet")
    await stage.link("lien")
    await stage.pass_time(120, steps=12)
    assert delivered(stage)


async def test_several_reports_on_hold_are_one_message_and_all_go_on(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for month in ("april", "mei", "juni"):
        await stage.type(f"rapport {month} 2026")
    stage.uitpas.faults.clear()
    stage.uitpas.faults.add("report_status", "revoked")
    await stage.pass_time(60, steps=6)
    assert ["Staat stil" in root.text for root in stage.roots()] == [True] * 3
    assert len(stage.dms()) == 1
    await stage.link("lien")
    await stage.pass_time(120, steps=12)
    assert [len(stage.replies(root)) for root in stage.roots()] == [2, 2, 2]


async def test_a_report_on_hold_can_be_cancelled(stage: Stage) -> None:
    await hold(stage, "report_status")
    await stage.click("report_cancel", stage.roots()[0])
    await stage.link("lien")
    await stage.pass_time(120, steps=12)
    assert the_end(stage)[0].text == f"{TITLE}: Geannuleerd door {LIEN}."


def trouble(stage: Stage, call: str, kind: Trouble, *, times: int = 1) -> None:
    """Let something go wrong at a step; before the second download goes wrong, the first goes well."""
    if call.startswith("second "):
        call = call.removeprefix("second ")
        stage.uitpas.faults.add(call, "delay")
    stage.uitpas.faults.add(call, kind[0], times=times, **kind[1])


async def hold(stage: Stage, call: str) -> None:
    """Ask for a report, and have the link end at a step of it."""
    trouble(stage, call, ("revoked", {}))
    await stage.type(ASK)
    await stage.pass_time(10, steps=5)
    assert [root.text for root in stage.roots()] == [ON_HOLD]


async def leave_at(stage: Stage, call: str) -> Callable[[], Any]:
    """Ask for a report and have UiTPAS gone from a step on; return what brings it back."""
    port = int(stage.uitpas.url.rpartition(":")[2])
    trouble(stage, call, SILENCES["503"])
    if call != "start_report":
        await stage.type(ASK)
        await stage.pass_time(2)
    await stage.uitpas.aclose()
    stage.uitpas.faults.clear()
    if call == "start_report":
        await stage.type(ASK)
    return lambda: stage.uitpas.start(port=port)


async def link_as(stage: Stage, nick: str) -> None:
    """Link Lien to the UiTiD of another employee."""
    employee = stage.uitpas.employee(nick)
    token, secret = stage.uitpas.issue_token(employee.uid)
    person = stage.slack.world.person("lien")
    await stage.bot.linking.keep(stage.bot.team, person.id, UserToken(token, secret, employee.uid))


def the_end(stage: Stage) -> tuple[Message, Message]:
    """Return the root and the one final reply, both in their end state and fit to be read."""
    (root,) = stage.roots()
    (reply,) = [message for message in stage.replies(root) if not message.files]
    said = f"{root.text} {reply.text}"
    assert actions(root) == [], "what has ended can't be cancelled"
    assert len(reply.text.split()) > 12
    assert not re.search(r"Traceback|[a-z]Error|Exception|None|<!|[{}\\]", said)
    return root, reply


def delivered(stage: Stage) -> bool:
    """Tell whether there is one root, one file and one reply, and all say so."""
    root, reply = the_end(stage)
    file, last = stage.replies(root)
    files = len(stage.slack.world.files), len(file.files)
    return (root.text, last, files) == (DONE, reply, (1, 1)) and reply.text.startswith(f"{SUBJECT} is klaar.")


def actions(message: Message) -> list[str]:
    """Return the buttons of a message."""
    return [one["action_id"] for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
