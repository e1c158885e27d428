"""Corners where two things happen at once, or where nobody can be reached."""

import sqlite3
from contextlib import closing

from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"


async def test_a_report_whose_answer_is_on_its_way_is_not_cancelled_any_more(stage: Stage) -> None:
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "drop", processed=True)
    await stage.pass_time(2)
    (root,) = stage.roots()
    await stage.click("report_cancel", root)
    assert stage.whispers() == ["Deze onkostennota is al afgerond."]
    await stage.pass_time(60, steps=6)
    (root,) = stage.roots()
    assert root.text.endswith("Klaar. Het antwoord staat in de draad.")
    assert len(stage.replies()) == 2


async def test_a_token_in_anothers_row_is_of_no_use(stage: Stage) -> None:
    await stage.type(ASK, then_settle=False)
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as database:
        lien, bram = stage.slack.world.person("lien").id, stage.slack.world.person("bram").id
        sealed = dict(database.execute("SELECT user, sealed FROM accounts").fetchall())
        for user, other in ((lien, bram), (bram, lien)):
            database.execute("UPDATE accounts SET sealed = ? WHERE user = ?", [sealed[other], user])
    await stage.pass_time(600, steps=20)
    assert len(stage.uitpas.calls) == 0
    assert "UiTPAS antwoordt nu niet" in stage.roots()[0].text
    await stage.pass_time(7 * 3600, steps=70)
    (reply,) = stage.replies()
    assert "niet op tijd klaar" in reply.text


async def test_when_nobody_can_be_reached_nothing_is_asked_and_nothing_turns_in_circles(stage: Stage) -> None:
    stage.slack.faults.add("conversations.open", "error", times=-1, code="user_disabled")
    await stage.type(ASK, channel="evenementen")
    await stage.pass_time(3600, steps=12)
    calls = len(stage.slack.calls)
    await stage.pass_time(3600, steps=12)
    assert len(stage.slack.calls) == calls
    assert len(stage.uitpas.calls) == 0


async def test_a_code_nobody_knows_is_tried_a_few_times_and_then_left(stage: Stage) -> None:
    stage.slack.faults.add("chat.postMessage", "error", times=-1, code="nobody_knows_this_code")
    await stage.type(ASK)
    await stage.pass_time(3600, steps=30)
    posts = [call for call in stage.slack.calls if call.method == "chat.postMessage"]
    assert [call.args["channel"] for call in posts] == ["C0DESLUIS01"] * 5 + ["D0LIEN00001"]
    stage.slack.faults.clear()
    await stage.pass_time(3600, steps=12)
    assert stage.roots() == []
    await stage.type(ASK)
    await stage.pass_time(2)
    assert len(stage.replies()) == 2
