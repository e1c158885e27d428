"""A token that UiTPAS accepts no more: what depends on it waits, its owner hears of it once, and then it goes on."""

import pytest

from bot.models import UserToken
from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.records import Message
from tests.support.balies import DEFAULT, RENAME, BalieList
from tests.support.cards import SWAPPED, Desk
from tests.support.forms import Form
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
ON_HOLD = "Staat stil: de UiTiD-koppeling van <@U0LIEN00001> is verlopen of ingetrokken."
DONE = "Klaar. Het antwoord staat in de draad."
HOUR = 3600
CARD_ENDED = (
    "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen, en typ daarna het"
    " kaartnummer opnieuw."
)
FORM_ENDED = "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen."


async def test_all_that_depends_on_a_token_waits_at_its_first_refusal_and_its_owner_hears_of_it_once(
    stage: Stage,
) -> None:
    months = ("april", "mei", "juni")
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for month in months:
        await stage.type(f"rapport {month} 2026")
    await stage.type("rapport 2025", user="bram")
    stage.uitpas.faults.clear()
    await revoke(stage)
    await stage.pass_time(8 * HOUR, steps=8)
    mine, other = stage.roots()[:3], stage.roots()[3]
    assert [shown(root) for root in mine] == [ON_HOLD] * 3
    assert [len(stage.replies(root)) for root in mine] == [0] * 3
    assert (shown(other), len(stage.replies(other))) == (DONE, 2)
    assert [actions(told) for told in stage.dms()] == [["link"]]
    assert stage.dms("bram") == []
    await stage.link("lien")
    await stage.pass_time(120, steps=12)
    assert [(shown(root), len(stage.replies(root))) for root in stage.roots()] == [(DONE, 2)] * 4
    assert len(stage.dms()) == 1


async def test_one_refusal_is_asked_about_once_and_holds_what_was_not_due_yet(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    await stage.pass_time(HOUR, steps=8)
    await stage.type("rapport mei 2026")
    await revoke(stage)
    asked = len(stage.uitpas.calls)
    await stage.pass_time(3)
    assert [call.name for call in stage.uitpas.calls][asked:] == ["report_status", "balie_search"]
    assert [shown(root) for root in stage.roots()] == [ON_HOLD] * 2


async def test_a_report_that_was_not_announced_yet_is_announced_on_hold(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)
    await stage.type(ASK)
    await revoke(stage)
    await stage.type(f"kaart {SWAPPED}")
    await stage.pass_time(60, steps=2)
    (root,) = stage.roots()
    assert (shown(root), root.edited, len(stage.dms())) == (ON_HOLD, None, 1)


async def test_a_report_that_may_be_asked_for_twice_may_still_after_two_refusals(stage: Stage) -> None:
    for _ in range(2):
        stage.uitpas.faults.add("start_report", "revoked")
        if not stage.roots():
            await stage.type(ASK)
        await stage.pass_time(60)
        await stage.link("lien")
    await stage.pass_time(120, steps=12)
    (root,) = stage.roots()
    assert (shown(root), len(stage.replies(root)), len(stage.dms())) == (DONE, 2, 2)


@pytest.mark.parametrize("fetched", [0, 1])
async def test_a_report_whose_zip_is_still_to_be_fetched_waits_and_its_owner_hears_of_it(
    stage: Stage, fetched: int
) -> None:
    if fetched:
        stage.uitpas.faults.add("report_download", "delay")
    stage.uitpas.faults.add("report_download", "status", status=503, retry_after=600)
    await stage.type(ASK)
    await stage.pass_time(10, steps=5)
    await revoke(stage)
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    (root,) = stage.roots()
    assert (shown(root), len(stage.dms()), lien.answers[-1].text) == (ON_HOLD, 1, CARD_ENDED)
    await stage.pass_time(HOUR, steps=12)
    await stage.link("lien")
    await stage.pass_time(10, steps=5)
    (root,) = stage.roots()
    assert (shown(root), len(stage.replies(root)), len(stage.dms())) == (DONE, 2, 1)


async def test_a_report_that_is_only_to_be_answered_needs_no_token(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)
    stage.uitpas.faults.clear()
    await stage.pass_time(3)
    (root,) = stage.roots()
    assert [len(reply.files) for reply in stage.replies(root)] == [1], "the file is there, the reply is not"
    await revoke(stage)
    lien = Desk(stage)
    await lien.type(f"kaart {SWAPPED}")
    assert (lien.answers[-1].text, stage.dms()) == (CARD_ENDED, [])
    await stage.pass_time(60, steps=6)
    (root,) = stage.roots()
    assert (shown(root), len(stage.replies(root)), stage.dms()) == (DONE, 2, [])


async def test_who_asks_for_a_card_reads_it_in_the_answer_alone(stage: Stage) -> None:
    await revoke(stage)
    lien = Desk(stage)
    for _ in range(2):
        await lien.type(f"kaart {SWAPPED}")
    assert [(answer.text, actions(answer)) for answer in lien.answers] == [(CARD_ENDED, ["link"])] * 2
    assert [call.name for call in stage.uitpas.calls] == ["cashed_promotions", "balie_search"]
    await stage.pass_time(HOUR, steps=4)
    assert stage.dms() == []
    await stage.link("lien")
    await lien.type(f"kaart {SWAPPED}")
    assert "table" in [block["type"] for block in lien.answers[-1].blocks]


async def test_who_synchronises_balies_is_offered_to_link(stage: Stage) -> None:
    await revoke(stage)
    balies = BalieList(stage)
    await balies.type("balies synchroniseer")
    assert (actions(balies.answer), stage.dms()) == (["link"], [])
    assert [call.name for call in stage.uitpas.calls] == ["balie_list", "balie_search"]


@pytest.mark.parametrize("action", [DEFAULT, RENAME])
async def test_who_changes_a_balie_is_offered_to_link(stage: Stage, action: str) -> None:
    balies = BalieList(stage, channel="algemeen")
    await balies.open("de-sluis")
    await revoke(stage)
    await balies.press(action)
    if action == RENAME:
        await balies.hand_in("sluis")
    assert (actions(balies.answer)[0], stage.dms()) == ("link", [])


async def test_who_fills_in_a_form_reads_it_there(stage: Stage) -> None:
    await revoke(stage)
    form = Form(stage)
    await form.type()
    assert (form.shown["periods"], stage.dms()) == (FORM_ENDED, [])
    assert [call.name for call in stage.uitpas.calls] == ["periods", "balie_search"]


async def test_a_token_that_was_refused_is_kept(stage: Stage) -> None:
    token = await revoke(stage)
    await stage.type(f"kaart {SWAPPED}")
    who = stage.slack.world.person("lien").id
    assert await stage.bot.linking.token(stage.bot.team, who) is None
    assert await stage.bot.linking.state_of(stage.bot.team, who, token) == "ended"


async def revoke(stage: Stage, user: str = "lien") -> UserToken:
    """End somebody's token, as they can at UiTiD; return it."""
    token = await stage.bot.linking.token(stage.bot.team, stage.slack.world.person(user).id)
    assert token is not None
    stage.uitpas.revoke(token.token)
    return token


def shown(root: Message) -> str:
    """Return what a root says of how the report is."""
    return root.text.partition(": ")[2]


def actions(message: Message) -> list[str]:
    """Return the buttons of a message."""
    return [one["action_id"] for block in message.blocks if block["type"] == "actions" for one in elements(block)]
