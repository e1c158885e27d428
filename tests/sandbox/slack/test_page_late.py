"""The sign beside what was clicked in vain: who sees it, on what, and until when."""

import pytest

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.browser import opened
from tests.sandbox.slack.receiver import Answer, receiving

LIEN, DESK = "U0LIEN00001", "C0DESLUIS01"
LATE, GOOD = Answer(silent=True), Answer()


def words(text: str) -> Json:
    """Return a text object."""
    return {"type": "plain_text", "text": text}


def button(value: str) -> Json:
    """Return a button; there are several of one action."""
    return {"type": "button", "action_id": "go", "value": value, "text": words("Doe")}


MENU = {"type": "static_select", "action_id": "menu", "options": [{"text": words("Eén"), "value": "1"}]}
ACTIONS = {"type": "actions", "block_id": "a", "elements": [button("r1"), button("r2"), MENU]}
SECTION = {"type": "section", "block_id": "s", "text": words("Ernaast"), "accessory": button("r1")}
BLOCKS = [ACTIONS, SECTION]
MARKED = {
    "r2": [{**ACTIONS, "elements": [button("r1"), {**button("r2"), "unanswered": True}, MENU]}, SECTION],
    "menu": [{**ACTIONS, "elements": [button("r1"), button("r2"), {**MENU, "unanswered": True}]}, SECTION],
    "s": [ACTIONS, {**SECTION, "accessory": {**button("r1"), "unanswered": True}}],
}
CLICKS: dict[str, Json] = {
    "r2": {"block_id": "a", "action_id": "go", "value": "r2"},
    "menu": {"block_id": "a", "action_id": "menu", "selected": "1"},
    "s": {"block_id": "s", "action_id": "go", "value": "r1"},
}


@pytest.mark.parametrize("which", CLICKS)
async def test_a_click_without_answer_leaves_a_sign_that_person_alone_sees(slack: SlackSandbox, which: str) -> None:
    root = slack.world.talk.say(DESK, slack.bot_user_id, "Kies", blocks=BLOCKS)
    click = {"at": {"channel": DESK, "ts": root.ts}, **CLICKS[which]}
    slack.patience = 0.1
    async with receiving(slack, LATE), opened(slack, "lien") as lien, opened(slack, "bram") as bram:
        told = await lien.does("click", **click)
        mine, theirs = [(await page.in_("balie-de-sluis"))["messages"] for page in (lien, bram)]
    assert told == (200, {"ok": False, "error": "operation_timeout"})
    assert ([one["blocks"] for one in mine], [one["blocks"] for one in theirs]) == ([MARKED[which]], [BLOCKS])
    assert slack.world.ephemerals("lien", DESK) == []


async def test_the_sign_goes_with_the_next_answer_to_that_element(slack: SlackSandbox) -> None:
    root = slack.world.talk.say(DESK, slack.bot_user_id, "Kies", blocks=BLOCKS)
    shown, changed = [], []
    slack.patience = 0.2
    async with receiving(slack, Answer(status=500), LATE, GOOD) as app, opened(slack, "lien") as lien:
        for user, value in (("lien", "r2"), ("lien", "r2"), ("lien", "r1"), ("bram", "r2"), ("lien", "r2")):
            before = slack.world.revision
            await slack.click(user, root, "go", value=value)
            changed.append(slack.world.revision - before)
            [message] = (await lien.in_("balie-de-sluis"))["messages"]
            shown.append(message["blocks"])
    assert (shown, changed) == ([MARKED["r2"]] * 4 + [BLOCKS], [1, 0, 0, 0, 1])
    assert len(app.posts) == 5


async def test_an_answered_click_changes_nothing_on_the_page(slack: SlackSandbox) -> None:
    root = slack.world.talk.say(DESK, slack.bot_user_id, "Kies", blocks=BLOCKS)
    revision = slack.world.revision
    async with receiving(slack):
        await slack.click("lien", root, "go", value="r1")
    assert slack.world.revision == revision


async def test_the_home_and_what_only_one_sees_have_it_too(slack: SlackSandbox) -> None:
    home = slack.world.modals.publish(LIEN, {"type": "home", "blocks": BLOCKS})
    mine = slack.world.talk.whisper(DESK, slack.bot_user_id, "Kies", only_for=LIEN, blocks=BLOCKS)
    async with opened(slack, "lien") as lien:
        before = await lien.sees()
        for where in (home, mine):
            await slack.click("lien", where, "go", value="r2")
        after, [whisper] = await lien.sees(), (await lien.in_("balie-de-sluis"))["messages"]
    assert before["home"]["blocks"] == BLOCKS
    assert (after["home"]["blocks"], whisper["blocks"]) == (MARKED["r2"], MARKED["r2"])


async def test_the_app_never_gets_the_sign(slack: SlackSandbox) -> None:
    root = slack.world.talk.say(DESK, slack.bot_user_id, "Kies", blocks=BLOCKS)
    async with receiving(slack, Answer(status=500)) as app:
        for _ in range(2):
            await slack.click("lien", root, "go", value="r2")
    assert [post.payload["message"]["blocks"] for post in app.posts] == [BLOCKS, BLOCKS]
