"""The one message of a run when Slack is in trouble: it comes once, or its owner knows why not; its replies come."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conversations.test_slack_faults import TROUBLES
from tests.conversations.test_slack_losses import WITHOUT_HISTORY, at_rest
from tests.digests.planned import at
from tests.digests.runs import (
    ALL_THREE,
    CHART,
    DENIED,
    EDIT,
    EMPTY,
    EMPTY_LINE,
    HOUR,
    PERIOD,
    PLAIN_THREE,
    POST,
    SLUIS_ALONE,
    SOON,
    THREE,
    TRIAL,
    TWO,
    ZIP,
    asked,
    begun,
    digest,
    direct,
    files,
    finish,
    hold,
    picture,
    pictures,
    planned,
    ready,
    set_up,
    threads,
)
from tests.support.outcomes import trouble
from tests.support.stage import Stage, staged

HISTORY = "conversations.history"
OF_TWO = "Samen voor 2 balies: 63 verkopen, te vorderen €\xa0589,00."
WHOLE = digest(OF_TWO, *SLUIS_ALONE, EMPTY_LINE)
REPLIES = sorted([ready("de-sluis"), EMPTY, ZIP])
OF_BOTH = (
    "\nDigest: CC De Sluis, Cultuurcafé Wilgendries; op de eerste maandag nadat een kwartaal is afgelopen, om 09:00"
    " (Europe/Brussels)."
)
OF_THREE = OF_BOTH.replace("Wilgendries;", "Wilgendries, Jeugdhuis Het Vlot;")
PAUSED = {
    "archived": (
        "*Je digest in <#C0DESLUIS01> is gepauzeerd:* dat kanaal is gearchiveerd. Wordt het teruggehaald, typ daar dan"
        ' `/uitpas digest` en kies "Hervatten". Of stel in een ander kanaal een nieuwe digest in.'
    ),
    "not_there": (
        "*Je digest in <#C0DESLUIS01> is gepauzeerd:* ik kan daar niet schrijven. Typ er `/invite @baliebot`, daarna"
        ' `/uitpas digest`, en kies "Hervatten". Of stel in een ander kanaal een nieuwe digest in.'
    ),
}
REMARK = f"{TRIAL} In #balie-de-sluis kon ik dit niet plaatsen, dus lees je het hier."
UNSURE = (
    "*Van je digest in <#C0DESLUIS01> weet ik niet of hij is aangekomen:* Slack bevestigde het bericht over"
    f" {PERIOD} niet. Ik plaats het niet nog eens, anders staat het er misschien twee keer. De details per balie volgen"
    " hier."
)


async def through(stage: Stage) -> None:
    """Let several settle times pass."""
    await stage.pass_time(300, steps=60)


def archive(stage: Stage) -> None:
    """Archive the channel."""
    talk = stage.slack.world.talk
    talk.keep_channel(replace(talk.channels["C0DESLUIS01"], is_archived=True))


def remove_bot(stage: Stage) -> None:
    """Remove the bot from the channel."""
    stage.slack.world.talk.leave("C0DESLUIS01", stage.slack.bot_user_id)


@pytest.mark.parametrize("what", TROUBLES)
async def test_whatever_slack_does_once_there_is_one_message_with_its_replies(stage: Stage, what: str) -> None:
    kind, detail = TROUBLES[what]
    await begun(stage)
    stage.slack.faults.add(POST, kind, **detail)
    await through(stage)
    assert (pictures(stage), threads(stage), direct(stage)) == ([WHOLE], REPLIES, [])
    assert await at_rest(stage)


@pytest.mark.parametrize("code", ["internal_error", "http_503", "ratelimited"])
async def test_a_message_that_can_not_be_looked_for_now_is_found_later_and_not_repeated(
    stage: Stage, code: str
) -> None:
    await begun(stage)
    trouble(stage, POST, "http_503", processed=True)
    trouble(stage, HISTORY, code, times=15)
    await stage.pass_time(900, steps=90)
    assert (pictures(stage), threads(stage), direct(stage)) == ([WHOLE], REPLIES, [])


@pytest.mark.parametrize("code", ["token_revoked", "missing_scope"])
async def test_while_the_app_must_be_mended_nothing_is_lost(stage: Stage, code: str) -> None:
    await begun(stage)
    trouble(stage, POST, code, times=-1)
    await stage.pass_time(2 * HOUR, steps=60)
    assert (stage.roots(), direct(stage)) == ([], [])
    stage.slack.faults.clear()
    await stage.pass_time(900, steps=60)
    assert (pictures(stage), threads(stage), direct(stage)) == ([WHOLE], REPLIES, [])


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
async def test_a_chart_that_slack_refuses_is_left_out_and_in_later_edits_too(stage: Stage, code: str) -> None:
    await begun(stage, *THREE, "wilgendries")
    hold(stage, "wilgendries", 1.5 * HOUR)
    await finish(stage, 30)
    trouble(stage, POST, code)
    await stage.pass_time(HOUR, steps=60)
    await finish(stage)
    coming = "• Komt nog, in deze draad: Cultuurcafé Wilgendries. UiTPAS is er nog mee bezig."
    three = (ALL_THREE[0].replace("3 balies", "3 van de 4 balies"), *ALL_THREE[1:])
    assert pictures(stage) == [digest(*three, coming)]
    await stage.pass_time(HOUR, steps=60)
    four = (ALL_THREE[0].replace("3 balies", "4 balies"), *ALL_THREE[1:])
    assert pictures(stage) == [digest(*four, EMPTY_LINE)]
    assert threads(stage) == sorted([*map(ready, THREE), EMPTY, ZIP, ZIP, ZIP])
    assert ["data_visualization" in str(args) for args in asked(stage, EDIT)] == [False]


async def test_blocks_that_slack_refuses_without_their_chart_too_are_said_in_plain_text(stage: Stage) -> None:
    await begun(stage, *THREE)
    trouble(stage, POST, "invalid_blocks", times=2)
    await through(stage)
    assert (pictures(stage), stage.roots()[0].blocks) == ([PLAIN_THREE], [])
    assert threads(stage) == sorted([*map(ready, THREE), ZIP, ZIP, ZIP])
    charts = ["data_visualization" in str(args.get("blocks")) for args in asked(stage, POST)]
    assert charts[:3] == [True, False, False]


@pytest.mark.parametrize(
    ("happen", "why", "standing_still"),
    [
        (archive, "archived", "het kanaal is gearchiveerd"),
        (remove_bot, "not_there", "ik kan niet schrijven in het kanaal"),
    ],
)
async def test_a_channel_that_takes_no_message_any_more_sends_it_to_its_owner_and_pauses_the_digest(
    stage: Stage, happen: Callable[[Stage], None], why: str, standing_still: str
) -> None:
    await begun(stage)
    hold(stage, "wilgendries", 1.5 * HOUR)
    await finish(stage)
    happen(stage)
    await stage.pass_time(HOUR, steps=60)
    await finish(stage)
    here = stage.slack.world.im("lien")
    seen = {"remark": REMARK, "following": f"Er is geen volgende keer gepland: {standing_still}."}
    coming = "• Komt nog, in deze draad: Cultuurcafé Wilgendries. UiTPAS is er nog mee bezig."
    of_one = "Samen voor 1 van de 2 balies: 63 verkopen, te vorderen €\xa0589,00."
    assert pictures(stage, here)[0] == digest(of_one, *SLUIS_ALONE, coming, **seen)
    await stage.pass_time(HOUR, steps=60)
    root, told = stage.roots(here)
    assert (picture(stage, root), told.text) == (
        digest(OF_TWO, *SLUIS_ALONE, EMPTY_LINE, **seen),
        PAUSED[why] + OF_BOTH,
    )
    assert threads(stage, here) == REPLIES
    assert (planned(stage), stage.roots(), len(files(stage))) == ([(None, why)], [], 1)
    await at(stage, "2026-10-05 09:00")
    assert len(stage.roots(here)) == 2


@pytest.mark.parametrize("what", ["dropped_before", "dropped_after", "500_after"])
async def test_on_its_way_to_the_owner_too_it_comes_once(stage: Stage, what: str) -> None:
    kind, detail = TROUBLES[what]
    await begun(stage)
    trouble(stage, POST, "is_archived")
    stage.slack.faults.add(POST, kind, **detail)
    await through(stage)
    here = stage.slack.world.im("lien")
    heads = sorted(root.text.partition("\n")[0] for root in stage.roots(here))
    assert (heads, threads(stage, here)) == ([PAUSED["archived"], WHOLE[0]], REPLIES)
    assert stage.roots() == []


async def test_a_chart_refused_before_is_left_out_of_what_goes_to_the_owner(stage: Stage) -> None:
    await begun(stage, *THREE)
    trouble(stage, POST, "invalid_blocks")
    trouble(stage, POST, "is_archived")
    await through(stage)
    here = stage.slack.world.im("lien")
    (lines, _) = pictures(stage, here)
    assert (CHART in lines, ALL_THREE[1] in lines) == (False, True)


async def test_a_channel_archived_after_the_message_sends_the_replies_to_the_owner(stage: Stage) -> None:
    await begun(stage)
    hold(stage, "wilgendries", 1.5 * HOUR)
    await stage.pass_time(HOUR + 60, steps=60)
    await finish(stage)
    before = pictures(stage)
    archive(stage)
    await stage.pass_time(HOUR, steps=60)
    assert (pictures(stage), threads(stage)) == (before, sorted([ready("de-sluis"), ZIP]))
    assert direct(stage) == [EMPTY.removeprefix("> ")]
    await at(stage, "2026-10-05 09:00")
    assert direct(stage)[1:] == [PAUSED["archived"] + OF_BOTH]


@pytest.fixture
async def blind(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot installed without the scopes to read what it said before."""
    async with staged(tmp_path, scopes=set(WITHOUT_HISTORY)) as stage:
        yield stage


async def test_without_history_all_comes_once_when_nothing_goes_wrong(blind: Stage) -> None:
    await begun(blind)
    await through(blind)
    assert (pictures(blind), threads(blind), direct(blind)) == ([WHOLE], REPLIES, [])


@pytest.mark.parametrize("arrived", [True, False])
async def test_without_history_a_message_of_unknown_fate_is_left_and_its_owner_gets_the_rest(
    blind: Stage, *, arrived: bool
) -> None:
    await begun(blind, *TWO, "het-vlot")
    hold(blind, "wilgendries", 1.5 * HOUR)
    await finish(blind)
    trouble(blind, POST, "http_503", processed=arrived)
    await blind.pass_time(2 * HOUR, steps=120)
    assert ([len(blind.replies(root)) for root in blind.roots()]) == ([0] if arrived else [])
    here = blind.slack.world.im("lien")
    unsure, *rest, last = blind.roots(here)
    assert (unsure.text, last.text) == (UNSURE + OF_THREE, EMPTY.removeprefix("> ")), "why is told first"
    assert sorted(len(one.files) for one in rest) == [0, 0, 1]
    replies = sorted(one.text for one in rest if not one.files)
    assert replies[1] == DENIED.removeprefix("> ")
    assert replies[0].startswith(ready("de-sluis", "").removeprefix("> "))
    assert planned(blind) == [("2026-10-05T07:00:00.000000+00:00", None)]
    assert await at_rest(blind)


async def test_a_history_that_fails_as_nobody_knows_for_ten_minutes_is_no_reason_to_say_it_twice(stage: Stage) -> None:
    await begun(stage)
    trouble(stage, POST, "http_503", processed=True)
    trouble(stage, HISTORY, "nobody_knows", times=-1)
    await stage.pass_time(1200, steps=60)
    assert (pictures(stage), stage.replies()) == ([WHOLE], [])
    assert direct(stage)[0] == UNSURE + OF_BOTH


async def test_a_code_nobody_knows_is_tried_five_times_and_then_its_owner_gets_it(stage: Stage) -> None:
    await begun(stage)
    trouble(stage, POST, "nobody_knows", times=5)
    await stage.pass_time(HOUR, steps=120)
    here = stage.slack.world.im("lien")
    assert (stage.roots(), threads(stage, here)) == ([], REPLIES)
    assert pictures(stage, here)[0][2] == REMARK


async def test_an_owner_who_is_gone_before_the_message_can_go_to_them_is_told_nothing_and_nothing_hangs(
    stage: Stage,
) -> None:
    await set_up(stage, *TWO, schedule=SOON)
    stage.clock.advance(HOUR)
    await stage.settle()
    stage.slack.world.change_person("lien", deleted=True)
    archive(stage)
    await stage.pass_time(2 * HOUR, steps=60)
    assert (stage.roots(), direct(stage), files(stage)) == ([], [], [])
    assert await at_rest(stage)
