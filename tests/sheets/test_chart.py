"""A chart where Slack knows charts; the table alone where it does not, and words alone where it knows neither."""

import json
import sqlite3
from contextlib import closing
from typing import Any

from bot.sandbox.slack.records import Message
from tests.support.forms import anew
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
CHART, TABLE = "data_visualization", "table"


def kinds(message: Message) -> list[str]:
    """Return the types of the blocks of a message."""
    return [block["type"] for block in message.blocks]


def posts(stage: Stage) -> list[list[str]]:
    """Return the types of the blocks of every message that Slack was handed, roots left out."""
    handed = [call.args for call in stage.slack.calls if call.method == "chat.postMessage" and "thread_ts" in call.args]
    return [[block["type"] for block in _blocks(args)] for args in handed]


def notes(stage: Stage) -> dict[str, str | None]:
    """Return what stands in the outbox beside each row."""
    with closing(sqlite3.connect(stage.settings.baliebot_database)) as database:
        return dict(database.execute("SELECT kind, note FROM outbox"))


async def test_a_chart_that_slack_takes_is_sent_once_with_the_table(stage: Stage) -> None:
    await stage.type(ASK)
    await stage.pass_time(3, steps=3)
    reply = stage.replies()[1]
    assert (TABLE in kinds(reply), CHART in kinds(reply), len(posts(stage))) == (True, True, 1)
    assert notes(stage)["reply"] is None


async def test_where_slack_knows_no_charts_the_table_comes_alone(stage: Stage) -> None:
    stage.slack.world.checks.withheld.add(CHART)
    await stage.type(ASK)
    await stage.pass_time(5, steps=5)
    reply = stage.replies()[1]
    assert (kinds(reply).count(TABLE), kinds(reply).count(CHART), len(posts(stage))) == (1, 0, 2)
    assert "Het meest van Lokale overheid Vossenrode: €\xa0254,30." in reply.text, "its point is said in words"
    assert notes(stage)["reply"] == "without_chart"
    assert len(stage.replies()) == 2


async def test_a_bot_that_starts_anew_does_not_try_the_chart_again(stage: Stage) -> None:
    stage.slack.world.checks.withheld.add(CHART)
    await stage.type(ASK)
    while not posts(stage):
        await stage.pass_time(0.5)
    assert (len(posts(stage)), len(stage.replies())) == (1, 1), "the file is there, the reply was refused"
    async with anew(stage) as other:
        other.clock.advance(21)
        await other.settle()
    assert [CHART in each for each in posts(stage)] == [True, False]
    assert kinds(stage.replies()[1]).count(TABLE) == 1


async def test_where_slack_knows_no_tables_either_it_is_said_in_words(stage: Stage) -> None:
    stage.slack.world.checks.withheld |= {CHART, TABLE}
    await stage.type(ASK)
    await stage.pass_time(5, steps=5)
    reply = stage.replies()[1]
    assert (reply.blocks, len(posts(stage)), notes(stage)["reply"]) == ([], 3, "plain")
    assert "*Samen: 63 verkopen, te vorderen €\xa0589,00*" in reply.text


async def test_a_reply_without_a_chart_is_not_tried_a_second_time_for_nothing(stage: Stage) -> None:
    stage.slack.world.checks.withheld |= {CHART, "section"}
    stage.uitpas.faults.add("report_download", "unknown_layout", times=-1)
    await stage.type(ASK)
    await stage.pass_time(5, steps=5)
    assert [bool(each) for each in posts(stage)] == [True, False]


def _blocks(args: dict[str, Any]) -> list[dict[str, Any]]:
    found: Any = args.get("blocks") or []
    blocks: list[dict[str, Any]] = json.loads(found) if isinstance(found, str) else found
    return blocks
