"""Where a report goes: the root and its thread where it was asked, the file only where its data may be read."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.slack.records import Message
from bot.sandbox.slack.scopes import GRANTED
from tests.support.stage import Stage, staged

ASK = "rapport vorig kwartaal t-hof"
TITLE = "Onkostennota van Gemeenschapscentrum 't Hof, 1 april – 30 juni 2026"
LIEN = "<@U0LIEN00001>"
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
IN_THE_THREAD = "Het bestand staat in deze draad, klaar om te versturen."
BY_DM = f"Het bestand stuurde ik in een privébericht aan {LIEN}:"
IS_PUBLIC = f"{BY_DM} dit kanaal is openbaar en er staan gegevens van pashouders in."
IS_SHARED = f"{BY_DM} dit kanaal wordt met anderen gedeeld en er staan gegevens van pashouders in."
IS_UNKNOWN = f"{BY_DM} ik kon niet nagaan wie hier meeleest."
COMMENT = (
    "Onkostennota van Gemeenschapscentrum 't Hof, 1 april – 30 juni 2026. Bevat gegevens van pashouders: deel het"
    " bestand alleen met wie het nodig heeft."
)
INVITE = (
    "Ik kan niet schrijven in <#{channel}>, dus volg je het hier. Typ daar `/invite @baliebot`, dan lukt het de"
    " volgende keer wel."
)


async def test_a_private_channel_gets_the_file_in_the_thread(stage: Stage) -> None:
    await stage.type(ASK)
    await stage.pass_time(2)
    assert delivered_in_thread(stage, stage.where)
    assert stage.dms() == []


@pytest.mark.parametrize(("channel", "why"), [("algemeen", IS_PUBLIC), ("partners", IS_SHARED)])
async def test_a_channel_others_can_read_gets_the_numbers_and_the_asker_the_file(
    stage: Stage, channel: str, why: str
) -> None:
    await stage.type(ASK, channel=channel)
    await stage.pass_time(2)
    assert file_by_dm(stage, channel, why)


async def test_a_direct_message_gets_everything_in_its_thread(stage: Stage) -> None:
    direct = stage.slack.world.open_im("lien")
    await stage.type(ASK, channel=direct)
    await stage.pass_time(2)
    assert delivered_in_thread(stage, direct)
    assert stage.roots() == []


async def test_a_direct_message_speaks_the_language_of_its_person(stage: Stage) -> None:
    direct = stage.slack.world.open_im("emily")
    await stage.type("report last quarter molenschoot", user="emily", channel=direct)
    await stage.pass_time(2)
    (root,) = stage.roots(direct)
    assert root.text == (
        "Expense claim of Stadsloket Molenschoot, 1 April – 30 June 2026: Done. The answer is in the thread."
    )
    assert stage.replies(root, direct)[-1].text.endswith("The file is in this thread, ready to send.")


async def test_a_channel_reads_the_language_of_the_bot_whoever_asks(stage: Stage) -> None:
    await stage.type("report last quarter molenschoot", user="emily")
    await stage.pass_time(2)
    (root,) = stage.roots()
    assert root.text == (
        "Onkostennota van Stadsloket Molenschoot, 1 april – 30 juni 2026: Klaar. Het antwoord staat in de draad."
    )
    assert stage.replies()[-1].text.startswith("<@U0EMILY0005>, de onkostennota van *Stadsloket Molenschoot*")


@pytest.mark.parametrize("how", ["is_ext_shared", "is_pending_ext_shared", "is_org_shared"])
async def test_a_channel_that_becomes_shared_before_the_delivery_gets_no_file(stage: Stage, how: str) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    change_channel(stage, stage.where, **{how: True})
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    assert file_by_dm(stage, stage.where, IS_SHARED)


async def test_a_channel_that_becomes_public_before_the_delivery_gets_no_file(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    change_channel(stage, stage.where, kind="public")
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    assert file_by_dm(stage, stage.where, IS_PUBLIC)


@pytest.mark.parametrize("code", ["channel_not_found", "missing_scope", "enterprise_is_restricted", "internal_error"])
async def test_where_slack_does_not_say_who_reads_along_the_file_goes_to_the_asker(stage: Stage, code: str) -> None:
    stage.slack.faults.add("conversations.info", "error", times=-1, code=code)
    await stage.type(ASK)
    await stage.pass_time(2)
    assert file_by_dm(stage, stage.where, IS_UNKNOWN)


async def test_a_crowded_slack_is_asked_again_who_reads_along(stage: Stage) -> None:
    stage.slack.faults.add("conversations.info", "ratelimited", retry_after=30)
    await stage.type(ASK)
    await stage.pass_time(2)
    assert stage.replies() == []
    await stage.pass_time(31)
    assert delivered_in_thread(stage, stage.where)


@pytest.fixture(params=["groups:read", "channels:read"])
async def without_scope(
    tmp_path: Path, request: pytest.FixtureRequest, *, socket: bool
) -> AsyncIterator[tuple[Stage, str]]:
    """The bot installed without one of the scopes that tell who can read a channel, and a channel it is needed for."""
    channel = {"groups:read": "balie-de-sluis", "channels:read": "algemeen"}[request.param]
    async with staged(tmp_path, socket=socket, scopes=set(GRANTED) - {request.param}) as stage:
        yield stage, channel


async def test_without_the_scope_to_see_who_reads_along_the_file_goes_to_the_asker(
    without_scope: tuple[Stage, str],
) -> None:
    stage, channel = without_scope
    await stage.type(ASK, channel=channel)
    await stage.pass_time(2)
    assert file_by_dm(stage, channel, IS_UNKNOWN)


@pytest.mark.parametrize(
    ("user", "channel", "identifier"), [("lien", "evenementen", "C0EVENEMENT"), ("noor", "directie", "C0DIRECTIE1")]
)
async def test_a_channel_without_the_bot_is_answered_by_dm_with_how_to_invite_it(
    stage: Stage, user: str, channel: str, identifier: str
) -> None:
    await stage.type("rapport vorig kwartaal de-sluis", user=user, channel=channel)
    await stage.pass_time(2)
    assert stage.roots(channel) == []
    (root,) = stage.dms(user)
    assert root.text.endswith("Klaar. Het antwoord staat in de draad.")
    assert root.blocks[1]["elements"][0]["text"].splitlines()[1] == INVITE.format(channel=identifier)
    file, reply = stage.replies(root, root.channel)
    assert (len(file.files), reply.text.endswith(IN_THE_THREAD)) == (1, True)


async def test_once_invited_the_bot_answers_in_the_channel(stage: Stage) -> None:
    await stage.type(ASK, channel="evenementen")
    await stage.pass_time(2)
    stage.slack.world.talk.join("C0EVENEMENT", stage.slack.bot_user_id)
    await stage.type("rapport juni 2026 t-hof", channel="evenementen")
    await stage.pass_time(2)
    assert [len(stage.dms()), len(stage.roots("evenementen"))] == [2, 1], "the file of a public channel goes by DM"


async def test_a_channel_archived_before_the_root_is_answered_by_dm(stage: Stage) -> None:
    await stage.type(ASK, then_settle=False)
    change_channel(stage, stage.where, is_archived=True)
    await stage.pass_time(10, steps=5)
    assert stage.roots() == []
    (root,) = stage.dms()
    assert root.text == DONE
    assert len(stage.replies(root, root.channel)) == 2


async def test_a_channel_archived_after_the_root_gets_its_answer_by_dm(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    change_channel(stage, stage.where, is_archived=True)
    stage.uitpas.faults.clear()
    await stage.pass_time(600, steps=10)
    assert stage.replies() == []
    assert finished_by_dm(stage)


async def test_a_bot_thrown_out_after_the_root_answers_by_dm(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    stage.slack.world.talk.leave("C0DESLUIS01", stage.slack.bot_user_id)
    stage.uitpas.faults.clear()
    await stage.pass_time(600, steps=10)
    assert stage.replies() == []
    assert finished_by_dm(stage)


async def test_a_root_that_somebody_deleted_does_not_keep_the_answer_from_coming(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    (root,) = stage.roots()
    stage.slack.world.talk.delete(root)
    stage.uitpas.faults.clear()
    await stage.pass_time(600, steps=10)
    said = [*stage.roots(), *stage.dms()]
    assert sum(len(message.files) for message in said) == 1
    assert sum("is klaar." in message.text for message in said) == 1


async def test_the_same_asked_in_two_channels_without_the_bot_is_one_root_in_the_dm(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal de-kuil", user="joris", channel="evenementen")
    await stage.type("rapport vorig kwartaal de-kuil", user="joris", channel="directie")
    await stage.pass_time(1)
    _, told = stage.dms("joris")
    assert told.text == (
        "De onkostennota van *Zwembad De Kuil &amp; Zonen* voor 1 april – 30 juni 2026 loopt al in dit gesprek; ik"
        " vroeg ze niet nog eens."
    )
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    root, _ = stage.dms("joris")
    assert len(stage.replies(root, root.channel)) == 2
    await stage.type("status", user="joris", channel="directie")
    (listing,) = stage.slack.world.ephemerals("joris", "directie")
    lines = listing.blocks[1]["text"]["text"].splitlines()
    assert sorted(line.split(": ")[1].split(" (")[0] for line in lines) == ["bezorgd", "geannuleerd"], "neither runs on"
    assert [call.name for call in stage.uitpas.calls].count("start_report") == 1


async def test_who_asks_what_somebody_else_got_by_dm_gets_their_own_and_no_hint(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type("rapport vorig kwartaal de-sluis", channel="evenementen")
    await stage.type("rapport vorig kwartaal de-sluis", user="bram", channel="evenementen")
    assert stage.whispers("bram", "evenementen") == []
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    await stage.type("rapport vorig kwartaal de-sluis", user="noor", channel="evenementen")
    await stage.pass_time(60)
    assert stage.whispers("noor", "evenementen") == []
    for user in ("lien", "bram", "noor"):
        (root,) = stage.dms(user)
        mention = f"<@{stage.slack.world.person(user).id}>"
        assert root.blocks[0]["text"]["text"].endswith(f"gevraagd door {mention}")
        assert stage.replies(root, root.channel)[-1].text.startswith(mention)


async def test_what_was_asked_elsewhere_is_no_hint_here(stage: Stage) -> None:
    await stage.type(ASK)
    await stage.pass_time(2)
    await stage.type("rapport vorig kwartaal t-hof", channel="algemeen")
    await stage.pass_time(2)
    assert stage.whispers(channel="algemeen") == []
    assert len(stage.roots("algemeen")) == 1


async def test_who_cannot_be_sent_the_file_still_gets_the_answer_in_the_channel(stage: Stage) -> None:
    stage.slack.faults.add("conversations.open", "error", times=-1, code="messages_tab_disabled")
    await stage.type(ASK, channel="algemeen")
    await stage.pass_time(3600, steps=60)
    (root,) = stage.roots("algemeen")
    assert root.text == DONE
    (reply,) = stage.replies(root, "algemeen")
    assert reply.text.startswith(f"{LIEN}, de onkostennota")
    assert reply.text.endswith(
        "Slack nam het bestand niet aan (messages_tab_disabled). Probeer het opnieuw, of haal het in de balie-app."
    )
    assert stage.slack.world.files == {}


def delivered_in_thread(stage: Stage, channel: str) -> bool:
    """Check that one root has the file and the reply below it; return that it does."""
    (root,) = stage.roots(channel)
    file, reply = stage.replies(root, channel)
    assert root.text == DONE
    assert (len(file.files), file.text) == (1, "")
    assert reply.text.endswith(IN_THE_THREAD)
    return len(stage.slack.world.files) == 1


def file_by_dm(stage: Stage, channel: str, why: str) -> bool:
    """Check that the thread has the numbers alone and the asker's direct messages the file; return that it is so."""
    (root,) = stage.roots(channel)
    (reply,) = stage.replies(root, channel)
    assert (root.text, reply.files) == (DONE, ())
    assert reply.text.endswith(why)
    assert "te vorderen" in reply.text
    return the_file_alone(stage.dms())


def finished_by_dm(stage: Stage) -> bool:
    """Check that the asker's direct messages have the file and the answer, once each; return that they do."""
    file, reply = stage.dms()
    assert reply.text.startswith(f"{LIEN}, de onkostennota van *Gemeenschapscentrum 't Hof*")
    assert "Het bestand" in reply.text
    return the_file_alone([file])


def the_file_alone(messages: list[Message]) -> bool:
    """Tell whether these are one message that carries one file and says what it holds."""
    (message,) = messages
    return (len(message.files), message.text) == (1, COMMENT)


def change_channel(stage: Stage, name: str, **changes: Any) -> None:
    """Change what a conversation is, as its people or an admin might."""
    world = stage.slack.world
    world.talk.keep_channel(replace(world.channel(name), **changes))
