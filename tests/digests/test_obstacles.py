"""What keeps a digest from running as it was set up: it is paused, and whoever can mend it is told once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.digests import Rhythm, Schedule
from tests.balies.test_remove import back
from tests.balies.test_remove import removed as off
from tests.digests.desk import RESUME, TRY, listed, press
from tests.digests.planned import at
from tests.digests.runs import EMPTY_LINE, HOUR, SOON, digest, direct, pictures, planned, set_up
from tests.linking.rows import REVOKING, calls, rows
from tests.support.outcomes import trouble
from tests.support.stage import Stage

LIEN = "U0LIEN00001"
WHEN, AGAIN = "2026-07-15 11:00", "2026-08-15 11:00"
WHICH = "\nDigest: CC De Sluis; elke maand op de 15de, voor de maand ervoor, om 11:00 (Europe/Brussels)."
QUARTERLY = "\nDigest: CC De Sluis; op de eerste maandag nadat een kwartaal is afgelopen, om 09:00 (Europe/Brussels)."
STOPPED = (
    "*Een digest in dit kanaal is gestopt:* wie hem instelde, is geen volwaardig lid meer van deze werkruimte. Nog"
    " nodig? Stel hem opnieuw in met `/uitpas digest`; dat kan iedereen die zijn UiTiD koppelde."
)
CAN_NOT_WRITE = (
    'ik kan daar niet schrijven. Typ er `/invite @baliebot`, daarna `/uitpas digest`, en kies "Hervatten". Of stel in'
    " een ander kanaal een nieuwe digest in."
)
ARCHIVED = (
    'dat kanaal is gearchiveerd. Wordt het teruggehaald, typ daar dan `/uitpas digest` en kies "Hervatten". Of stel in'
    " een ander kanaal een nieuwe digest in."
)
SHARED = (
    "dat kanaal wordt gedeeld met mensen van buiten je organisatie. Stel in een ander kanaal een nieuwe digest in. Of"
    ' stop het delen, typ daar dan `/uitpas digest` en kies "Hervatten".'
)
YOURS = "*Je digest in <#C0DESLUIS01> is gepauzeerd:* "


def said(stage: Stage) -> list[str]:
    """Return what stands in the channel."""
    return [root.text for root in stage.slack.world.talk.roots("C0DESLUIS01")]


def monthly(*told: str) -> list[str]:
    """Return the message of a digest of June that tells this."""
    following = "Volgende keer: zaterdag 15 augustus 2026, 11:00 (Europe/Brussels)"
    return digest(*told, remark="", title="1 juni – 30 juni 2026", following=following)


def left(stage: Stage) -> None:
    """Lien leaves the channel."""
    stage.slack.world.talk.leave("C0DESLUIS01", LIEN)


def removed(stage: Stage) -> None:
    """The bot is removed from the channel."""
    stage.slack.world.talk.leave("C0DESLUIS01", stage.slack.bot_user_id)


def vanished(stage: Stage) -> None:
    """The private channel is no longer there for the bot."""
    del stage.slack.world.talk.channels["C0DESLUIS01"]


def is_now(**changes: Any) -> Callable[[Stage], None]:
    """Give the channel another property."""

    def change(stage: Stage) -> None:
        talk = stage.slack.world.talk
        talk.keep_channel(replace(talk.channels["C0DESLUIS01"], **changes))

    return change


OF_OWNER = {
    "left": (
        left,
        "owner_left",
        'je zit zelf niet meer in dat kanaal. Ga er weer in, typ daar `/uitpas digest` en kies "Hervatten".',
    ),
    "removed": (removed, "not_there", CAN_NOT_WRITE),
    "vanished": (vanished, "not_there", CAN_NOT_WRITE),
    "archived": (
        is_now(is_archived=True),
        "archived",
        ARCHIVED,
    ),
    "shared": (is_now(is_ext_shared=True), "outsiders", SHARED),
    "about to be shared": (is_now(is_pending_ext_shared=True), "outsiders", SHARED),
    "shared across the organisation": (is_now(is_org_shared=True), "outsiders", SHARED),
}
"""What may become of a channel, how its digest is marked then, and what its owner reads."""


@pytest.mark.parametrize("what", OF_OWNER)
async def test_its_owner_is_told_once_what_to_do_and_nothing_is_asked_of_uitpas(stage: Stage, what: str) -> None:
    happen, why, told = OF_OWNER[what]
    await set_up(stage, "de-sluis", schedule=SOON)
    happen(stage)
    await at(stage, WHEN)
    await at(stage, AGAIN)
    assert (direct(stage), planned(stage), calls(stage)) == ([YOURS + told + WHICH], [(None, why)], [])
    assert said(stage) == []


@pytest.mark.parametrize("change", ["deleted", "is_restricted", "is_stranger"])
async def test_without_its_owner_its_channel_is_told_once_and_their_uitid_is_unlinked_at_once(
    stage: Stage, change: str
) -> None:
    await set_up(stage, "de-sluis", schedule=SOON)
    stage.slack.world.change_person("lien", **{change: True})
    await at(stage, WHEN)
    assert (calls(stage), LIEN in rows(stage, "SELECT user FROM accounts")) == (REVOKING, False)
    await at(stage, AGAIN)
    assert said(stage) == [STOPPED + WHICH]
    assert (direct(stage), planned(stage), calls(stage)) == ([], [(None, "owner_gone")], REVOKING)


async def test_the_daily_look_at_who_is_still_here_stops_a_digest_too_and_its_channel_is_told_once(
    stage: Stage,
) -> None:
    await set_up(stage, "de-sluis")
    stage.slack.world.change_person("lien", deleted=True)
    await stage.pass_time(24 * HOUR)
    assert (said(stage), planned(stage)) == ([STOPPED + QUARTERLY], [(None, "owner_gone")])
    await at(stage, "2026-10-05 09:00")
    assert (said(stage), calls(stage)) == ([STOPPED + QUARTERLY], REVOKING)


async def test_in_a_channel_of_thousands_its_owner_is_found_on_the_last_page(stage: Stage) -> None:
    crowd = tuple(f"U1{number:09}" for number in range(2500))
    await set_up(stage, "wilgendries", schedule=SOON)
    is_now(members=(*crowd, stage.slack.bot_user_id, LIEN))(stage)
    await at(stage, WHEN)
    pages = [call for call in stage.slack.calls if call.method == "conversations.members"]
    assert (len(pages), len(said(stage)), direct(stage)) == (3, 1, [])


async def test_in_a_channel_of_thousands_an_owner_who_left_is_missed(stage: Stage) -> None:
    crowd = tuple(f"U1{number:09}" for number in range(2500))
    await set_up(stage, "wilgendries", schedule=SOON)
    is_now(members=(*crowd, stage.slack.bot_user_id))(stage)
    await at(stage, WHEN)
    assert (said(stage), planned(stage)) == ([], [(None, "owner_left")])


@pytest.mark.parametrize("call", ["users.info", "conversations.info", "conversations.members"])
@pytest.mark.parametrize("code", ["internal_error", "ratelimited", "missing_scope", "token_revoked"])
async def test_when_slack_does_not_say_whether_it_may_it_waits_and_is_not_paused(
    stage: Stage, call: str, code: str
) -> None:
    await set_up(stage, "wilgendries", schedule=SOON)
    trouble(stage, call, code, times=2)
    await at(stage, WHEN)
    assert (said(stage), direct(stage), calls(stage)) == ([], [], [])
    await stage.pass_time(15 * 60, steps=30)
    assert (len(said(stage)), len(stage.replies()), direct(stage)) == (1, 1, [])
    assert planned(stage) == [("2026-08-15T09:00:00.000000+00:00", None)]


async def test_all_balies_gone_its_owner_is_told_and_once_they_are_back_it_can_be_resumed(stage: Stage) -> None:
    await set_up(stage, "de-sluis", "wilgendries", schedule=SOON)
    for alias in ("de-sluis", "wilgendries"):
        await off(stage, alias=alias)
    await at(stage, WHEN)
    gone = (
        "geen van zijn balies staat nog op de lijst van deze werkruimte. Typ daar `/uitpas digest` om andere balies te"
        ' kiezen. Of laat een beheerder ze terugzetten en kies dan "Hervatten".'
    )
    of_both = WHICH.replace("CC De Sluis", "CC De Sluis, Cultuurcafé Wilgendries")
    assert (direct(stage), planned(stage)) == ([YOURS + gone + of_both], [(None, "no_balies")])
    assert (said(stage), calls(stage)) == ([], ["balie_list"] * 2), "only whether they may take them off is asked"
    await back(stage)
    await listed(stage)
    await press(stage, RESUME)
    await at(stage, AGAIN)
    assert (len(said(stage)), len(stage.replies()), len(direct(stage))) == (1, 3, 1)


async def test_who_tries_a_paused_digest_is_told_what_still_stands_in_its_way(stage: Stage) -> None:
    await set_up(stage, "de-sluis", schedule=SOON)
    is_now(is_ext_shared=True)(stage)
    await at(stage, WHEN)
    await listed(stage)
    await press(stage, TRY)
    assert (direct(stage), said(stage), calls(stage)) == ([YOURS + SHARED + WHICH] * 2, [], [])
    await at(stage, AGAIN)
    assert len(direct(stage)) == 2


async def test_uitpas_refusing_everybody_pauses_nothing_and_all_comes_afterwards(stage: Stage) -> None:
    await set_up(stage, "wilgendries", schedule=SOON)
    stage.uitpas.faults.add("*", "refused_all")
    await at(stage, WHEN)
    await stage.pass_time(HOUR, steps=60)
    waiting = "• Komt nog, in deze draad: Cultuurcafé Wilgendries. UiTPAS is er nog mee bezig."
    assert pictures(stage) == [monthly(waiting)]
    await stage.pass_time(8 * HOUR, steps=60)
    assert (pictures(stage), stage.replies()) == ([monthly(waiting)], [])
    stage.uitpas.faults.clear()
    await stage.pass_time(180, steps=18)
    assert (pictures(stage), len(stage.replies()), direct(stage)) == ([monthly(EMPTY_LINE)], 1, [])


async def test_a_look_for_new_periods_waits_too_while_uitpas_refuses_everybody(stage: Stage) -> None:
    weekly = Schedule(Rhythm.LISTED, time(11), "Europe/Brussels", weekday=2)
    await set_up(stage, "wilgendries", schedule=weekly)
    stage.uitpas.faults.add("*", "refused_all")
    await stage.pass_time(2 * HOUR, steps=24)
    assert (said(stage), direct(stage), planned(stage)[0][1]) == ([], [], None)
