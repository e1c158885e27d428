"""Whose account it is (S9): nothing is kept before its owner said so, and nobody says so for another."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.slack.records import Json
from handlers.render import linking_texts as texts
from handlers.render.notices import LINK_CLAIMED
from tests.linking.doors import linked, sentences, states, under_way
from tests.linking.rows import REVOKING, calls, rows
from tests.support.browser import Journey, journey

LIEN, BRAM, NOOR = "U0LIEN00001", "U0BRAM00002", "U0NOOR00003"
YES, NO = "link_yes", "link_no"


async def to_question(link: Journey, nick: str = "bram") -> None:
    """Take every step up to the question whose account it is."""
    await link.see_code(nick)
    await link.type_code()


def has_token(link: Journey, nick: str) -> bool:
    """Return whether UiTiD still takes a token of this employee."""
    return link.stage.uitpas._access.has_any(link.stage.uitpas.employee(nick).uid)


def told(link: Journey, user: str) -> list[str]:
    """Return what stands in somebody's direct messages."""
    return [message.text for message in link.stage.dms(user)]


async def test_the_question_names_what_the_account_may_do_and_nothing_is_kept_before_the_answer(link: Journey) -> None:
    await to_question(link, "katrien")
    assert sentences(link.whisper) == [
        f"{texts.CONFIRM_SOME.nl}\n• *CC De Sluis*\n• *Bibliotheek Oosterwal* (beheerder)",
        texts.CONFIRM.nl,
        *("Ja, van mij", "Nee"),
        texts.CONFIRM_HINT.nl,
    ]
    assert (linked(link.stage), states(link.stage)) == ([LIEN], ["confirming"])
    await link.stage.type("rapport vorig kwartaal", user="bram")
    assert link.stage.roots() == []


async def test_a_uitpas_that_is_silent_about_the_account_still_asks(link: Journey) -> None:
    await link.see_code()
    link.stage.uitpas.faults.add("balie_list", "status", times=-1, status=503)
    await link.type_code()
    assert sentences(link.whisper)[:2] == [texts.CONFIRM_UNKNOWN.nl, texts.CONFIRM.nl]


@pytest.mark.parametrize("answered", [True, False])
async def test_no_and_ten_minutes_without_an_answer_revoke_the_token_and_keep_nothing(
    link: Journey, *, answered: bool
) -> None:
    await to_question(link)
    assert has_token(link, "bram")
    if answered:
        await link.say(NO)
        assert link.whisper.text == texts.DENIED.nl
    await link.stage.pass_time(0 if answered else 600)
    assert calls(link.stage)[-2:] == REVOKING
    assert (has_token(link, "bram"), states(link.stage), linked(link.stage)) == (False, [], [LIEN])
    await link.stage.pass_time(60)
    assert told(link, "bram") == []


async def test_yes_after_no_links_nobody_even_before_the_token_could_be_revoked(link: Journey) -> None:
    await to_question(link)
    asked = link.whisper
    link.stage.uitpas.faults.add("service_consumers", "drop", times=-1)
    await link.say(NO)
    await link.stage.click(YES, asked, user="bram")
    assert (linked(link.stage), states(link.stage)) == ([LIEN], ["revoking"])


async def test_yes_after_ten_minutes_links_nobody(link: Journey) -> None:
    await to_question(link)
    link.stage.clock.advance(600)
    await link.say(YES)
    assert (link.whisper.text, linked(link.stage)) == (texts.OVER.nl, [LIEN])


async def test_yes_pressed_twice_is_one_answer_and_a_late_no_takes_nothing_back(link: Journey) -> None:
    await to_question(link)
    slack, asked = link.stage.slack, link.whisper
    await asyncio.gather(*(slack.click(BRAM, asked, YES) for _ in range(2)))
    await link.stage.settle()
    await link.stage.click(NO, asked, user="bram")
    await link.stage.pass_time(10, steps=2)
    assert (linked(link.stage), link.whisper.text) == ([BRAM, LIEN], texts.LINKED.nl)
    assert (rows(link.stage, "SELECT kind FROM outbox"), len(told(link, "bram"))) == (["linked"], 1)


def as_if(**changes: Any) -> Any:
    """Return a change of a click: by another user, or of another value."""

    def change(payload: Json) -> Json:
        payload["user"]["id"] = changes.get("user", payload["user"]["id"])
        payload["actions"][0]["value"] = changes.get("value", payload["actions"][0]["value"])
        return payload

    return change


@pytest.mark.parametrize("action", [YES, NO])
async def test_nobody_answers_for_another(link: Journey, action: str) -> None:
    await to_question(link)
    link.stage.slack.tamper = as_if(user=NOOR)
    await link.say(action)
    link.stage.slack.tamper = None
    assert (linked(link.stage), states(link.stage)) == ([LIEN], ["confirming"])
    assert has_token(link, "bram")


async def test_an_answer_with_the_id_of_another_link_is_none(link: Journey) -> None:
    async with journey(link.stage, "noor") as other:
        await to_question(link)
        await to_question(other, "katrien")
        link.stage.slack.tamper = as_if(value=(await under_way(link)).id)
        await other.say(YES)
        assert other.whisper.text == texts.OVER.nl
        link.stage.slack.tamper = as_if(value=(await under_way(other)).id)
        await link.say(NO)
    assert (linked(link.stage), states(link.stage)) == ([LIEN], ["confirming"] * 2)


async def test_yes_of_somebody_who_became_a_guest_links_nobody(link: Journey) -> None:
    await to_question(link)
    link.stage.slack.world.change_person("bram", is_restricted=True)
    await link.say(YES)
    assert (link.whisper.text, linked(link.stage)) == (texts.NOT_MEMBER.nl, [LIEN])
    await link.stage.pass_time(600)
    assert (has_token(link, "bram"), states(link.stage)) == (False, [])


async def test_yes_while_slack_is_silent_can_be_pressed_again(link: Journey) -> None:
    await to_question(link)
    asked = link.whisper
    link.stage.slack.faults.add("users.info", "status", times=5)
    await link.say(YES)
    assert (link.whisper.text, linked(link.stage)) == (texts.SLACK_SILENT.nl, [LIEN])
    link.stage.slack.faults.clear()
    await link.stage.click(YES, asked, user="bram")
    assert linked(link.stage) == [BRAM, LIEN]


async def test_the_account_of_a_colleague_is_refused_its_owner_is_told_once_and_stays_linked(link: Journey) -> None:
    await to_question(link, "lien")
    assert (link.whisper.text, states(link.stage)) == (texts.CLAIMED.nl, [])
    await link.stage.pass_time(700, steps=3)
    assert (told(link, "lien"), told(link, "bram"), linked(link.stage)) == ([LINK_CLAIMED.nl], [], [LIEN])
    assert not set(REVOKING) & set(calls(link.stage))
    await link.stage.type("rapport vorig kwartaal")
    await link.stage.pass_time(10, steps=2)
    assert "Klaar" in link.stage.roots()[0].text


async def test_of_two_who_confirm_the_same_account_the_first_has_it(link: Journey) -> None:
    async with journey(link.stage, "noor") as other:
        await to_question(link)
        await to_question(other)
        await link.say(YES)
        await other.say(YES)
        assert other.whisper.text == texts.CLAIMED.nl
        await link.stage.pass_time(700, steps=5)
    assert told(link, "bram")[1:] == [LINK_CLAIMED.nl]
    assert (linked(link.stage), states(link.stage)) == ([BRAM, LIEN], [])
    assert (has_token(link, "bram"), set(REVOKING) & set(calls(link.stage))) == (True, set())


async def test_a_link_with_another_uitid_revokes_the_one_before(link: Journey) -> None:
    link.user = "lien"
    await link.link("greet")
    await link.stage.settle()
    revoked = [(call.name, call.uid) for call in link.stage.uitpas.calls if call.name in REVOKING]
    uid = link.stage.uitpas.employee("lien").uid
    assert revoked == [(name, uid) for name in REVOKING]
    assert (has_token(link, "lien"), has_token(link, "greet"), linked(link.stage)) == (False, True, [LIEN])
    assert states(link.stage) == []


@pytest.mark.parametrize("answer", [YES, NO])
async def test_a_link_with_the_same_uitid_revokes_nothing_whatever_the_answer(link: Journey, answer: str) -> None:
    link.user = "lien"
    await to_question(link, "lien")
    await link.say(answer)
    await link.stage.pass_time(700, steps=3)
    assert (has_token(link, "lien"), linked(link.stage), states(link.stage)) == (True, [LIEN], [])
    await link.stage.type("rapport vorig kwartaal")
    await link.stage.pass_time(10, steps=2)
    assert "Klaar" in link.stage.roots()[0].text
