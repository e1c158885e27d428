"""A Slack that misbehaves: whatever it does once, there is one root, one file and one reply in the end."""

from typing import Any

import pytest

from bot.sandbox.slack.records import Message
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
TITLE = "Onkostennota van CC De Sluis, 1 april – 30 juni 2026"
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
READY = "<@U0LIEN00001>, de onkostennota van *CC De Sluis* voor *1 april – 30 juni 2026* is klaar."
IN_THE_THREAD = "Het bestand staat in deze draad, klaar om te versturen."
RETRY = ["report_retry"]

TROUBLES: dict[str, tuple[str, dict[str, Any]]] = {
    "dropped_before": ("drop", {}),
    "dropped_after": ("drop", {"processed": True}),
    "500_before": ("status", {"status": 500}),
    "500_after": ("status", {"status": 500, "processed": True}),
    "internal_error_before": ("error", {"code": "internal_error"}),
    "internal_error_after": ("error", {"code": "internal_error", "processed": True}),
    "html_after": ("html", {"processed": True}),
    "slow": ("delay", {"seconds": 0.2}),
    "crowded": ("ratelimited", {"retry_after": 20}),
}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_root_that_meets_trouble_comes_once(stage: Stage, trouble: str) -> None:
    kind, detail = TROUBLES[trouble]
    stage.slack.faults.add("chat.postMessage", kind, **detail)
    await stage.type(ASK)
    await through(stage)
    assert everything_once(stage)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_reply_that_meets_trouble_comes_once(stage: Stage, trouble: str) -> None:
    kind, detail = TROUBLES[trouble]
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", kind, **detail)
    await through(stage)
    assert everything_once(stage)


FILE_CALLS = ["files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info"]
FILE_TROUBLES = [(call, trouble) for call in FILE_CALLS for trouble in TROUBLES]
FILE_TROUBLES.remove(("upload", "internal_error_before"))  # an upload address answers with a status, not with a code


@pytest.mark.parametrize(("call", "trouble"), FILE_TROUBLES)
async def test_a_file_that_meets_trouble_comes_once(stage: Stage, call: str, trouble: str) -> None:
    kind, detail = TROUBLES[trouble]
    stage.slack.faults.add(call, kind, **detail)
    await stage.type(ASK)
    await through(stage)
    assert everything_once(stage)


@pytest.mark.parametrize("call", ["chat.postMessage", "files.info", "conversations.replies"])
async def test_trouble_that_lasts_ten_minutes_is_outlasted(stage: Stage, call: str) -> None:
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "drop", processed=True)
    stage.slack.faults.add(call, "status", times=-1, status=503)
    await stage.pass_time(600, steps=60)
    stage.slack.faults.clear()
    await through(stage)
    assert everything_once(stage)


@pytest.mark.parametrize("call", ["chat.postMessage", "files.completeUploadExternal"])
async def test_a_crowded_slack_is_left_alone_as_long_as_it_says(stage: Stage, call: str) -> None:
    await stage.type(ASK)
    stage.slack.faults.add(call, "ratelimited", retry_after=90)
    await stage.pass_time(2)
    asked = count(stage, call)
    await stage.pass_time(89, steps=8)
    assert count(stage, call) == asked
    await through(stage)
    assert count(stage, call) == asked + 1
    assert everything_once(stage)


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth"])
@pytest.mark.parametrize("call", ["*", "chat.postMessage", "files.getUploadURLExternal"])
async def test_a_dead_token_loses_nothing_and_is_tried_every_ten_minutes(stage: Stage, call: str, code: str) -> None:
    stage.slack.faults.add(call, "error", times=-1, code=code)
    await stage.type(ASK)
    await stage.pass_time(2)
    tried = count(stage, call)
    await stage.pass_time(590, steps=20)
    assert count(stage, call) == tried
    stage.slack.faults.clear()
    await stage.pass_time(60, steps=30)
    assert everything_once(stage)


async def test_refused_blocks_are_said_in_plain_text(stage: Stage) -> None:
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "error", times=2, code="invalid_blocks")
    await through(stage)
    assert everything_once(stage)
    _, reply = stage.replies()
    assert (reply.blocks, IN_THE_THREAD in reply.text) == ([], True)


async def test_a_root_with_refused_blocks_still_comes(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", "error", code="invalid_blocks")
    await stage.type(ASK)
    await through(stage)
    assert everything_once(stage)


REFUSALS = {
    "file_type_not_allowed": "Slack weigerde het bestand: zip-bestanden zijn in deze werkruimte niet toegelaten. Haal"
    " het in de balie-app, of vraag je Slack-beheerder om zip toe te laten.",
    "file_uploads_disabled": "Slack nam het bestand niet aan (file_uploads_disabled). Probeer het opnieuw, of haal het"
    " in de balie-app.",
    "storage_limit_reached": "Slack nam het bestand niet aan (storage_limit_reached). Probeer het opnieuw, of haal het"
    " in de balie-app.",
}


@pytest.mark.parametrize("code", REFUSALS)
@pytest.mark.parametrize("call", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_refused_file_is_a_sentence_and_not_a_failed_report(stage: Stage, call: str, code: str) -> None:
    fault = stage.slack.faults.add(call, "error", times=-1, code=code)
    await stage.type(ASK)
    await through(stage)
    (root,) = stage.roots()
    (reply,) = stage.replies()
    assert root.text == DONE
    assert reply.text.startswith(READY)
    assert "*Samen: 63 verkopen, te vorderen €\xa0589,00*" in reply.text
    assert reply.text.endswith(REFUSALS[code])
    assert actions(reply) == RETRY
    fault.left = 0
    await stage.click("report_retry", reply)
    await through(stage)
    assert [len(stage.replies(one)) for one in stage.roots()] == [1, 2]


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message"])
async def test_a_root_that_can_not_be_edited_is_left(stage: Stage, code: str) -> None:
    await stage.type(ASK)
    stage.slack.faults.add("chat.update", "error", times=-1, code=code)
    await through(stage)
    tried = count(stage, "chat.update")
    await stage.pass_time(300, steps=10)
    assert count(stage, "chat.update") == tried
    assert file_and_reply_once(stage)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_root_whose_edit_meets_trouble_is_edited_later(stage: Stage, trouble: str) -> None:
    kind, detail = TROUBLES[trouble]
    await stage.type(ASK)
    await stage.pass_time(1)
    stage.slack.faults.add("chat.update", kind, times=2, **detail)
    await through(stage)
    assert everything_once(stage)


async def test_a_crowded_edit_is_not_repeated_before_slack_says(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    stage.slack.faults.add("chat.update", "ratelimited", retry_after=120)
    await stage.type(ASK)
    await stage.pass_time(2)
    assert count(stage, "chat.update") == 1
    await stage.pass_time(110, steps=11)
    assert count(stage, "chat.update") == 1
    await stage.pass_time(20, steps=4)
    assert count(stage, "chat.update") == 2


def everything_once(stage: Stage) -> bool:
    """Assert that there is one root that shows its end, with one file and one reply under it."""
    assert [root.text for root in stage.roots()] == [DONE], stage.transcript()
    return file_and_reply_once(stage)


def file_and_reply_once(stage: Stage) -> bool:
    """Assert that the only root has one file and one reply under it, and that nothing is anywhere else."""
    assert [(len(one.files), one.text.partition(" is klaar.")[0]) for one in stage.replies()] == [
        (1, ""),
        (0, READY.removesuffix(" is klaar.")),
    ], stage.transcript()
    assert stage.replies()[1].text.endswith(IN_THE_THREAD)
    assert (len(stage.slack.world.files), stage.dms()) == (1, [])
    return True


async def through(stage: Stage) -> None:
    """Let five minutes pass: several settle times, and more than Slack is given to share a file."""
    await stage.pass_time(300, steps=60)


def count(stage: Stage, method: str) -> int:
    """Return how often a method was called; any method for `*`."""
    return sum(method in {call.method, "*"} for call in stage.slack.calls)


def actions(message: Message) -> list[str]:
    """Return the buttons of a message."""
    return [one["action_id"] for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
