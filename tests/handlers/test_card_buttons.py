"""The buttons and the form of a card in wrong hands, too late, changed or brought twice: UiTPAS is asked nothing."""

import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.sandbox.slack.blocks import with_ids
from bot.sandbox.slack.records import Json, Message, View
from bot.sealing import Sealer, new_key
from handlers.render import card_answers as texts
from handlers.render.report_form_texts import NO_SUCH_BALIE
from tests.conversations.test_first_minute import link_as_greet
from tests.conversations.test_strangers import end_link, foreign
from tests.support.cards import SWAPPED, Desk, buttons, said
from tests.support.forms import anew, only_saying, remove_balie
from tests.support.stage import KEY, Stage

AGAIN, NOT_ALLOWED, GONE = texts.AGAIN.nl, texts.NOT_ALLOWED.nl, NO_SUCH_BALIE.nl
NOT_LINKED, LINK_ENDED = texts.NOT_LINKED.nl, texts.LINK_ENDED.nl
SECOND_PAGE = "Rij 21 tot 40 van 45, nieuwste eerst"
LAST = ("Andere periode", "Als CSV")
LABELS = ("Oudere", *(f"Op {way}" for way in ("voordeel", "balie", "gemeente")), "Omgekeerde volgorde", *LAST)
ASKING = ("Oudere", "Als CSV")
"""One of the buttons that show, and the one that sends."""


@pytest.fixture
async def lien(stage: Stage) -> Desk:
    """Lien, with a card before her."""
    desk = Desk(stage)
    await desk.type(f"kaart {SWAPPED}")
    assert tuple(buttons(desk.answer)) == LABELS
    return desk


def traces(stage: Stage) -> tuple[object, ...]:
    """Return what was asked of UiTPAS about cards, and of Slack, but for answers to this person and who they are."""
    plain, ending = {"response_url", "users.info"}, {"service_consumers", "revoke_service_consumer"}
    asked = [call for call in stage.uitpas.calls if call.name not in ending]  # who left is unlinked once a day
    return len(asked), [call.method for call in stage.slack.calls if call.method not in plain]


def value_of(message: Message, label: str) -> str:
    """Return what a button carries."""
    found = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return str(next(one["value"] for one in found if one["text"]["text"] == label))


def carrying(value: str | None) -> Callable[[Json], Json]:
    """Return a change that gives the button pressed another value, or null."""
    return lambda payload: {**payload, "actions": [{**payload["actions"][0], "value": value}]}


def resealed(desk: Desk, label: str, *, keys: str = KEY, **context: str) -> str:
    """Return the value of a button, sealed again in a context that differs from its own in this."""
    now, own = desk.stage.clock.now(), {"purpose": "card", "team": desk.stage.bot.team, "user": desk.who}
    content = Sealer([KEY]).open_briefly(value_of(desk.answer, label), now, timedelta(minutes=30), **own)
    return Sealer([keys]).seal_briefly(content, now, **{**own, **context})


@pytest.mark.parametrize("label", LABELS)
async def test_what_somebody_else_was_given_is_refused(stage: Stage, lien: Desk, label: str) -> None:
    bram = Desk(stage, "bram")
    await bram.type(f"kaart {SWAPPED}")
    before, hers = traces(stage), lien.answers
    stage.slack.tamper = carrying(value_of(lien.answer, label))
    delivery = await bram.press(label)
    assert (delivery.error, delivery.ack, traces(stage)) == (None, {}, before)
    assert ([one.text for one in bram.answers], bram.answer.blocks, lien.answers) == ([AGAIN], [], hers)


@pytest.mark.parametrize("label", LABELS)
async def test_what_is_older_than_half_an_hour_is_refused(stage: Stage, lien: Desk, label: str) -> None:
    before = traces(stage)
    stage.clock.advance(31 * 60)
    delivery = await lien.press(label)
    assert (delivery.error, delivery.ack, traces(stage)) == (None, {}, before)
    assert ([one.text for one in lien.answers], lien.answer.blocks) == ([AGAIN], [])


async def test_what_is_younger_still_works_to_the_last_second(stage: Stage, lien: Desk) -> None:
    stage.clock.advance(29 * 60)
    await lien.press("Oudere")
    assert (len(stage.uitpas.calls), said(lien.answer)[1]) == (2, SECOND_PAGE)
    stage.clock.advance(30 * 60 - 1)
    await lien.press("Nieuwere")
    assert (len(stage.uitpas.calls), said(lien.answer)[1]) == (3, "Rij 1 tot 20 van 45, nieuwste eerst")
    stage.clock.advance(30 * 60)
    await lien.press("Oudere")
    assert (len(stage.uitpas.calls), lien.answer.text) == (3, AGAIN)


VALUES: dict[str, Callable[[Desk], str | None]] = {
    "of another purpose": lambda desk: resealed(desk, "Oudere", purpose="account"),
    "of another team": lambda desk: resealed(desk, "Oudere", team="T0BUURSTAD0"),
    "of another person": lambda desk: resealed(desk, "Oudere", user="U0BRAM00002"),
    "with a context more": lambda desk: resealed(desk, "Oudere", row="1"),
    "with a key of nobody": lambda desk: resealed(desk, "Oudere", keys=new_key()),
    "changed": lambda desk: changed(value_of(desk.answer, "Oudere"), 60),
    "changed at its end": lambda desk: changed(value_of(desk.answer, "Oudere"), -6),
    "with another moment": lambda desk: changed(value_of(desk.answer, "Oudere"), 8),
    "cut off": lambda desk: value_of(desk.answer, "Oudere")[:-8],
    "in clear text": lambda _: SWAPPED,
    "not of letters": lambda _: "é\ud800",
    "empty": lambda _: "",
    "null": lambda _: None,
}


@pytest.mark.parametrize("value", VALUES)
async def test_a_value_that_is_not_what_it_was_is_refused(stage: Stage, lien: Desk, value: str) -> None:
    before = traces(stage)
    stage.slack.tamper = carrying(VALUES[value](lien))
    delivery = await lien.press("Oudere")
    assert (delivery.error, traces(stage), [one.text for one in lien.answers]) == (None, before, [AGAIN])


async def test_a_value_sealed_again_as_it_was_is_taken(stage: Stage, lien: Desk) -> None:
    stage.slack.tamper = carrying(resealed(lien, "Oudere"))
    await lien.press("Omgekeerde volgorde")
    assert (len(stage.uitpas.calls), said(lien.answer)[1]) == (2, SECOND_PAGE)


@pytest.mark.parametrize("label", LABELS)
async def test_what_was_sealed_before_the_keys_changed_is_refused(stage: Stage, lien: Desk, label: str) -> None:
    async with anew(stage, baliebot_secret_keys=SecretStr(f"{new_key()},{KEY}")) as later:
        desk, before = Desk(later), traces(stage)
        await desk.press(label, lien.answer)
        assert (traces(stage), [one.text for one in desk.answers]) == (before, [AGAIN])
        await desk.type(f"kaart {SWAPPED}")
        await desk.press("Oudere", desk.answers[-1])
        assert said(desk.answers[-1])[1] == SECOND_PAGE


@pytest.mark.parametrize("label", LABELS)
async def test_a_press_that_slack_brings_twice_is_answered_once(stage: Stage, lien: Desk, label: str) -> None:
    delivery = await lien.press(label)
    before = (list(stage.slack.calls), list(stage.uitpas.calls), lien.answers, stage.dms())
    for _ in range(2):
        again = await stage.slack.again(delivery)
        await stage.settle()
        assert (again.error, again.ack) == (None, {})
    assert (list(stage.slack.calls), list(stage.uitpas.calls), lien.answers, stage.dms()) == before


async def test_a_command_and_a_form_that_slack_brings_twice_are_answered_once(stage: Stage, lien: Desk) -> None:
    deliveries = [await lien.type(f"kaart {SWAPPED} 2025"), await lien.type("kaart")]
    deliveries.append(await lien.submit(card_number=SWAPPED))
    before = (list(stage.slack.calls), list(stage.uitpas.calls))
    assert len(stage.uitpas.calls) == 3
    for delivery in deliveries:
        await stage.slack.again(delivery)
        await stage.settle()
    assert (list(stage.slack.calls), list(stage.uitpas.calls)) == before


CHANGES = [{"is_restricted": True}, {"is_stranger": True}, {"deleted": True}, {"is_bot": True}, {}]


@pytest.mark.parametrize("label", ASKING)
@pytest.mark.parametrize("change", CHANGES)
async def test_who_is_not_known_to_be_a_full_member_any_more_is_refused(
    stage: Stage, change: dict[str, bool], label: str
) -> None:
    lien = Desk(stage)
    await lien.type("help")
    stage.clock.advance(24 * 3600 - 600)
    await lien.type(f"kaart {SWAPPED}")
    shown, before = lien.answers[-1], traces(stage)
    stage.clock.advance(1200)  # what was known of her is now a day old, and the button twenty minutes
    stage.slack.world.change_person("lien", **change)
    if not change:
        stage.slack.faults.add("users.info", "error", times=-1)
    await lien.press(label, shown)
    assert (lien.answers[-1].text, traces(stage)) == (NOT_ALLOWED, before)


async def test_a_guest_is_shown_no_card_by_command_or_button(stage: Stage, lien: Desk) -> None:
    await link_as_greet(stage, "gust")
    gust, before = Desk(stage, "gust"), traces(stage)
    await gust.type(f"kaart {SWAPPED}")
    element = {"type": "button", "action_id": "card_on", "text": {"type": "plain_text", "text": "Oudere"}}
    block = {"type": "actions", "elements": [{**element, "value": resealed(lien, "Oudere", user=gust.who)}]}
    bot = stage.slack.bot_user_id
    stage.slack.world.talk.whisper(gust.where, bot, "Kaart", only_for=gust.who, blocks=with_ids([block], "card"))
    await gust.press("Oudere", gust.answers[-1])
    assert (traces(stage), [one.text for one in gust.answers]) == (before, [NOT_ALLOWED, NOT_ALLOWED])


async def end(stage: Stage) -> str:
    """Have UiTPAS no longer take the token of Lien, and the bot notice."""
    await end_link(stage)
    await stage.pass_time(5)
    return LINK_ENDED


async def forget(stage: Stage) -> str:
    """Take the link of Lien away, as if she had ended it herself."""
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as database:
        assert database.execute("DELETE FROM accounts WHERE user = 'U0LIEN00001'").rowcount == 1
    return NOT_LINKED


async def remove(stage: Stage) -> str:
    """Take the balie that was asked for out of the mapping."""
    remove_balie(stage, "de-sluis")
    return GONE


@pytest.mark.parametrize("label", ASKING)
@pytest.mark.parametrize("happen", [end, forget, remove])
async def test_what_was_allowed_when_the_answer_came_is_looked_at_again(
    stage: Stage, lien: Desk, happen: Callable[[Stage], Awaitable[str]], label: str
) -> None:
    sentence = await happen(stage)
    before = traces(stage)
    await lien.press(label)
    assert ([one.text for one in lien.answers], traces(stage)) == ([sentence], before)


@pytest.mark.parametrize("path", [("team", "id"), ("user", "team_id")])
@pytest.mark.parametrize("label", LABELS)
async def test_nothing_comes_of_a_press_in_another_workspace(
    stage: Stage, lien: Desk, path: tuple[str, ...], label: str
) -> None:
    before = (list(stage.slack.calls), len(stage.uitpas.calls), lien.answers)
    stage.slack.tamper = foreign(*path)
    delivery = await lien.press(label)
    assert (delivery.error, delivery.ack) == (None, {})
    assert (list(stage.slack.calls), len(stage.uitpas.calls), lien.answers) == before


async def test_the_form_for_other_days_is_taken_within_half_an_hour(stage: Stage, lien: Desk) -> None:
    await lien.press("Andere periode")
    stage.clock.advance(29 * 60)
    await lien.submit(card_first="2026-07-01")
    assert (len(stage.uitpas.calls), lien.answer.text.partition(",")[0]) == (2, "5 omruilingen")


async def too_late(lien: Desk) -> None:
    """Hand the form in after half an hour."""
    lien.stage.clock.advance(31 * 60)


async def from_bram(lien: Desk) -> None:
    """Hand the form in with what Bram's was opened with."""
    bram = Desk(lien.stage, "bram")
    await bram.type(f"kaart {SWAPPED}")
    await bram.press("Andere periode")
    lien.stage.slack.tamper = opened_with(bram.form.content["private_metadata"])


async def without_a_seal(lien: Desk) -> None:
    """Hand the form in with nothing where the card was."""
    *kept, _ = json.loads(lien.form.content["private_metadata"])
    lien.stage.slack.tamper = opened_with(json.dumps([*kept, ""]))


def opened_with(metadata: str) -> Callable[[Json], Json]:
    """Return a change that hands a form in with other metadata."""
    return lambda payload: {**payload, "view": {**payload["view"], "private_metadata": metadata}}


@pytest.mark.parametrize("spoil", [too_late, from_bram, without_a_seal])
async def test_a_form_whose_card_can_not_be_known_says_so(
    stage: Stage, lien: Desk, spoil: Callable[[Desk], Awaitable[None]]
) -> None:
    await lien.press("Andere periode")
    await spoil(lien)
    before, answer = traces(stage), lien.answer
    await lien.submit()
    assert (traces(stage), lien.answer) == (before, answer)
    assert shown(lien.form) == only_saying(lien.form, AGAIN, title="Kaart opzoeken")


async def test_a_form_that_was_open_when_the_keys_changed_says_so(stage: Stage, lien: Desk) -> None:
    await lien.press("Andere periode")
    async with anew(stage, baliebot_secret_keys=SecretStr(f"{new_key()},{KEY}")) as later:
        before = len(stage.uitpas.calls)
        await Desk(later).submit()
        assert len(stage.uitpas.calls) == before
        assert shown(lien.form) == only_saying(lien.form, AGAIN, title="Kaart opzoeken")


def shown(view: View) -> Json:
    """Return what a modal shows."""
    parts = ("type", "title", "submit", "close", "blocks")
    return {name: view.content[name] for name in parts if name in view.content}


def changed(value: str, place: int) -> str:
    """Return a value with another letter in one place."""
    letters = list(value)
    letters[place] = "A" if letters[place] != "A" else "B"
    return "".join(letters)
