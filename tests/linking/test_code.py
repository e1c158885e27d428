"""The code of a link (S7): typed by who began it, in this workspace, and guessed by nobody."""

import asyncio
from collections import Counter
from itertools import product
from typing import Any

from bot.links import LinkState
from bot.models import Language
from bot.sandbox.slack.records import Json
from handlers.render import linking_texts as texts
from tests.linking.doors import linked, sentences, states
from tests.linking.rows import beside, calls, rows
from tests.linking.rows import under_way as written
from tests.support.browser import Journey
from tests.support.forms import Form

DAY, HOUR = 24 * 3600, 3600
WRONG = ["".join(letters) for letters in product("BC", repeat=8)]
"""Codes; that one of them is the right one happens once in a hundred million."""


def left(number: int) -> str:
    """Return what is said of a wrong code while so many attempts are left."""
    return texts.WRONG.say(number, Language.NL)


async def guess(link: Journey, code: str) -> str:
    """Type a code; return what is answered."""
    await link.stage.type(f"koppel {code}", user=link.user)
    return link.whisper.text


async def to_code(link: Journey) -> None:
    """Begin anew, up to the code, in a browser that forgot the last link."""
    link.browser.cookies.clear()
    await link.see_code()


async def test_a_code_is_taken_in_small_letters_with_blanks_and_dashes(link: Journey) -> None:
    await link.see_code()
    await guess(link, f" {link.code[:2].lower()} - {link.code[2:].lower()}\u00a0. ")
    assert states(link.stage) == ["confirming"]


async def test_what_is_no_code_is_said_to_be_none_and_is_no_attempt(link: Journey) -> None:
    await link.see_code()
    for words in ("BCDFGHJ", "BCDFGHJKL", "AEIOUYBC", "12345678", "--------", "BCDF\u0000GHJ"):
        assert await guess(link, words) == texts.NO_CODE.nl
    assert rows(link.stage, "SELECT attempts FROM links") == [0]
    assert rows(link.stage, "SELECT what FROM link_tries") == ["link"]


async def test_a_code_typed_by_somebody_else_is_none_of_theirs_and_no_attempt_at_it(link: Journey) -> None:
    await link.see_code()
    for link.user in ("lien", "noor"):
        assert await guess(link, link.code) == texts.NO_LINK.nl
    assert rows(link.stage, "SELECT attempts, state FROM links") == [(0, "returned")]
    link.user = "bram"
    await link.type_code()
    assert states(link.stage) == ["confirming"]


async def test_a_code_typed_in_another_team_is_not_heard(link: Journey) -> None:
    await link.see_code()

    def foreign(payload: Json) -> Json:
        return {**payload, "team_id": "T0BUURSTAD0"}

    link.stage.slack.tamper = foreign
    before = link.whisper
    await link.type_code()
    assert (link.whisper, rows(link.stage, "SELECT attempts, state FROM links")) == (before, [(0, "returned")])


async def test_of_fifty_wrong_codes_at_once_five_are_compared_and_the_link_is_dead(link: Journey) -> None:
    await link.see_code()
    await link.stage.type("help", user="bram")
    person, place = link.stage.slack.world.person("bram").id, link.stage.slack.world.channel(link.stage.where).id
    typed = [link.stage.slack.command(person, place, f"koppel {code}") for code in WRONG[:50]]
    answers = await asyncio.gather(*typed)
    assert Counter(answer.ack["text"] for answer in answers) == {
        **{left(number): 1 for number in (4, 3, 2, 1)},
        texts.NO_LINK.nl: 6,
        texts.TOO_MANY_WRONG.nl: 40,
    }
    assert states(link.stage) == []
    assert "access_token" not in calls(link.stage)


async def test_the_right_code_after_five_wrong_ones_opens_nothing(link: Journey) -> None:
    await link.see_code()
    assert [await guess(link, code) for code in WRONG[:5]] == [*map(left, (4, 3, 2, 1)), texts.NO_LINK.nl]
    assert await guess(link, link.code) == texts.NO_LINK.nl
    assert "access_token" not in calls(link.stage)


async def test_the_right_code_after_four_wrong_ones_works(link: Journey) -> None:
    await link.see_code()
    for code in WRONG[:4]:
        await guess(link, code)
    await link.type_code()
    assert states(link.stage) == ["confirming"]


async def test_a_link_whose_attempts_are_used_up_compares_nothing_more(link: Journey) -> None:
    await written(link.stage, state=LinkState.RETURNED, user="bram")
    await beside(link.stage, lambda tx: tx.execute("UPDATE links SET attempts = 5"))
    assert await guess(link, "BCDFGHJK") == texts.NO_LINK.nl
    assert rows(link.stage, "SELECT attempts, state FROM links") == [(5, "returned")]


async def test_ten_wrong_codes_are_the_last_of_that_day_of_whatever_link(link: Journey) -> None:
    for first in (0, 5):
        await to_code(link)
        for code in WRONG[first : first + 5]:
            await guess(link, code)
    await link.stage.pass_time(DAY - HOUR)
    await to_code(link)
    assert await guess(link, link.code) == texts.TOO_MANY_WRONG.nl
    assert rows(link.stage, "SELECT attempts, state FROM links") == [(0, "returned")]
    await link.stage.pass_time(HOUR)
    await to_code(link)
    await link.type_code()
    assert states(link.stage) == ["confirming"]


async def test_a_sixth_link_in_an_hour_is_not_begun_and_the_fifth_goes_on(link: Journey) -> None:
    for _ in range(5):
        await link.ask()
    await link.stage.type("koppel", user="bram")
    assert link.whisper.text == texts.TOO_MANY_LINKS.nl
    await link.go()
    await link.stage.type("koppel", user="noor")
    assert states(link.stage) == ["asked", "new"]
    await link.stage.pass_time(HOUR)
    await link.ask()
    await link.go()


async def test_the_form_takes_the_code_and_stays_open_while_it_is_wrong(link: Journey) -> None:
    await link.see_code()
    form = Form(link.stage, "bram")
    await link.say("link_enter")
    for typed, answer in (("quatsch", texts.NO_CODE.nl), (WRONG[0], left(4)), (WRONG[1], left(3))):
        await form.submit({"link_code": typed})
        assert form.complaints() == {texts.FORM_FIELD.nl: answer}
    await form.submit({"link_code": link.code.lower()})
    assert (form.open, states(link.stage)) == ([], ["confirming"])
    assert texts.CONFIRM.nl in sentences(link.whisper)


async def test_the_form_of_somebody_else_does_not_take_it(link: Journey) -> None:
    await link.see_code()
    code, form = link.code, Form(link.stage, "noor")
    link.user = "noor"
    await link.ask()
    await link.say("link_enter")
    await form.submit({"link_code": code})
    assert form.complaints() == {texts.FORM_FIELD.nl: texts.NO_LINK.nl}
    assert linked(link.stage) == ["U0LIEN00001"]
    assert rows(link.stage, "SELECT attempts, state FROM links ORDER BY made_at") == [(0, "returned"), (0, "new")]


async def test_a_command_that_slack_brings_again_is_one_attempt(link: Journey) -> None:
    await link.see_code()
    delivery = await link.stage.type(f"koppel {WRONG[0]}", user="bram")
    again: Any = await link.stage.slack.again(delivery)
    await link.stage.settle()
    assert (again.error, rows(link.stage, "SELECT attempts FROM links")) == (None, [1])


async def test_a_link_that_slack_asks_for_again_is_the_same(link: Journey) -> None:
    delivery = await link.stage.type("koppel", user="bram")
    before = rows(link.stage, "SELECT * FROM links")
    await link.stage.slack.again(delivery)
    await link.stage.settle()
    assert rows(link.stage, "SELECT * FROM links") == before
