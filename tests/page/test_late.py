"""What somebody sees of a bot that is late: a sign where they clicked, no results, a line in the form."""

import pytest
from playwright.async_api import Locator, expect

from bot.sandbox.slack import SlackSandbox
from tests.page.desk import sitting
from tests.page.test_blocks import Json, field, option, plain
from tests.page.words import DUTCH, ENGLISH, Words
from tests.sandbox.slack.receiver import Answer, receiving

NEAR = 12
"""Pixels between an element and its sign."""
LATE, GOOD = Answer(silent=True), Answer()
MANY = Answer({"options": [{"text": plain(str(number)), "value": str(number)} for number in range(101)]})
NAMES = ("Ja", "Nee")
BLOCKS: list[Json] = [
    {
        "type": "actions",
        "elements": [{"type": "button", "action_id": name, "text": plain(name), "value": name} for name in NAMES],
    },
    {
        "type": "actions",
        "elements": [
            {"type": "static_select", "action_id": "pick", "placeholder": plain("Kies"), "options": [option("Eén")]}
        ],
    },
]
SEARCH = {"type": "external_select", "action_id": "s", "placeholder": plain("Zoek maar"), "min_query_length": 0}
FORM: Json = {
    "type": "modal",
    "title": plain("Vorm"),
    "submit": plain("Klaar"),
    "blocks": [field("Balie", SEARCH, optional=True)],
}


def say(slack: SlackSandbox, words: Words, blocks: list[Json]) -> None:
    """Have the app say something where that person sits."""
    channel = words.conversation
    where = channel if channel != "Baliebot" else slack.world.open_im(words.person)
    slack.world.talk.say(slack.world.channel(where).id, slack.bot_user_id, "kort", blocks=blocks)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(DUTCH, "Deze app antwoordde niet"), (ENGLISH, "This app didn't respond")],
    ids=["nl", "en"],
)
async def test_a_button_without_answer_gets_a_sign_until_it_has_one(
    slack: SlackSandbox, words: Words, sentence: str
) -> None:
    say(slack, words, BLOCKS)
    slack.patience = 0.1
    async with receiving(slack, LATE, GOOD) as app, sitting(slack.url, words, "late-button") as desk:
        no = desk.main.get_by_role("button", name="Nee")
        await no.click()
        sign = desk.main.get_by_role("img", name=sentence)
        await expect(sign).to_have_count(1)
        await expect(no).to_be_focused()
        assert await beside(sign, no)
        await desk.picture("sign")
        await expect(desk.main.get_by_role("article")).to_have_count(1)
        slack.patience = 3
        await no.click()
        await expect(sign).to_have_count(0)
    assert len(app.posts) == 2


async def test_a_colleague_sees_no_sign(slack: SlackSandbox) -> None:
    say(slack, DUTCH, BLOCKS)
    async with sitting(slack.url, DUTCH, "late-colleague") as desk:
        await desk.main.get_by_role("button", name="Ja").click()
        await expect(desk.main.get_by_role("img")).to_have_count(1)
        await desk.page.get_by_role("combobox", name="Je bent").select_option(label="Bram De Coster")
        await expect(desk.main.get_by_role("button", name="Ja")).to_be_visible()
        await expect(desk.main.get_by_role("img")).to_have_count(0)


async def test_a_choice_without_answer_gets_the_sign_too(slack: SlackSandbox) -> None:
    say(slack, DUTCH, BLOCKS)
    async with sitting(slack.url, DUTCH, "late-select") as desk:
        await desk.main.get_by_placeholder("Kies").click()
        await desk.main.get_by_role("option", name="Eén").click()
        sign = desk.main.get_by_role("img", name="Deze app antwoordde niet")
        await expect(sign).to_have_count(1)
        assert await sign.evaluate("(node) => node.parentElement.querySelector('input').placeholder") == "Kies"
        await desk.picture("sign")


@pytest.mark.parametrize("answer", [LATE, MANY], ids=["late", "too many"])
async def test_options_too_late_or_too_many_are_no_results(slack: SlackSandbox, answer: Answer) -> None:
    slack.patience = 0.3
    say(slack, DUTCH, [{"type": "actions", "elements": [SEARCH]}])
    async with receiving(slack, answer) as app, sitting(slack.url, DUTCH, "late-options") as desk:
        await desk.main.get_by_placeholder("Zoek maar").click()
        await expect(desk.main.get_by_role("status")).to_have_text("Geen resultaten")
        await expect(desk.main.get_by_role("option")).to_have_count(0)
        slack.world.modals.open("U0LIEN00001", FORM)
        await desk.form.get_by_label("Balie").click()
        await expect(desk.form.get_by_role("status")).to_have_text("Geen resultaten")
        await expect(desk.form.get_by_role("option")).to_have_count(0)
        await desk.picture("no-results")
    assert {post.payload["type"] for post in app.posts} == {"block_suggestion"}


async def test_a_form_without_answer_stays_and_says_so(slack: SlackSandbox) -> None:
    slack.patience = 0.3
    async with receiving(slack, LATE), sitting(slack.url, DUTCH, "late-form") as desk:
        slack.world.modals.open("U0LIEN00001", FORM)
        await desk.form.get_by_role("button", name="Klaar").click()
        trouble = "We konden even geen verbinding maken. Opnieuw proberen?"
        await expect(desk.form.get_by_role("alert")).to_have_text(trouble)
        await desk.picture("trouble")


async def test_a_command_without_answer_is_told_by_slackbot_to_who_typed_it(slack: SlackSandbox) -> None:
    slack.patience = 0.3
    async with receiving(slack, LATE), sitting(slack.url, DUTCH, "late-command") as desk:
        await desk.type("/uitpas status")
        said = desk.message('/uitpas failed with the error "operation_timeout"')
        await expect(said).to_contain_text("Slackbot")
        await expect(said).to_contain_text(DUTCH.only_you)
    assert slack.world.ephemerals("bram", DUTCH.conversation) == []


async def beside(sign: Locator, button: Locator) -> bool:
    """Tell whether a sign stands right of a button, on its line and near to it."""
    one, other = await button.bounding_box(), await sign.bounding_box()
    assert one
    assert other
    gap = other["x"] - one["x"] - one["width"]
    middle = other["y"] + other["height"] / 2 - one["y"]
    return 0 < gap < NEAR and 0 < middle < one["height"]
