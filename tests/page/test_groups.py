"""A form with a list in groups and a time of day: both are seen as what they are, and what is chosen stays."""

from playwright.async_api import expect

from bot.sandbox.slack import SlackSandbox
from tests.page.desk import sitting
from tests.page.test_blocks import Json, field, option, plain
from tests.page.words import DUTCH
from tests.sandbox.slack.receiver import receiving

GROUPS: list[Json] = [
    {"label": plain("Vast"), "options": [option("Vorige maand"), option("Vorig jaar")]},
    {"label": plain("Vrij"), "options": [option("Eigen dagen")]},
]
LIST = {"type": "static_select", "action_id": "list", "option_groups": GROUPS, "initial_option": option("Vorig jaar")}
FORM: Json = {
    "type": "modal",
    "title": plain("Wanneer"),
    "submit": plain("Klaar"),
    "blocks": [
        field("Periode", LIST, dispatch_action=True),
        field("Uur", {"type": "timepicker", "action_id": "hour", "initial_time": "08:30"}),
    ],
}


async def test_a_list_in_groups_has_a_heading_over_each_and_keeps_what_is_chosen(slack: SlackSandbox) -> None:
    async with receiving(slack), sitting(slack.url, DUTCH, "groups") as desk:
        slack.world.modals.open("U0LIEN00001", FORM)
        period, rows = desk.form.get_by_label("Periode"), desk.form.get_by_role("listbox").locator("> *")
        await expect(period).to_have_value("Vorig jaar")
        await period.click()
        await expect(rows).to_have_text(["Vast", "Vorige maand", "Vorig jaar", "Vrij", "Eigen dagen"])
        await desk.picture("offered")
        await desk.page.keyboard.type("eigen")
        await expect(rows).to_have_text(["Vrij", "Eigen dagen"])
        await desk.page.keyboard.press("Enter")
        await slack.world.until(lambda: slack.world.views(DUTCH.person)[0].state)
        await desk.page.reload()
        await expect(period).to_have_value("Eigen dagen")


async def test_a_time_of_day_is_typed_and_handed_in(slack: SlackSandbox) -> None:
    async with receiving(slack) as app, sitting(slack.url, DUTCH, "time") as desk:
        slack.world.modals.open("U0LIEN00001", FORM)
        await expect(desk.form.get_by_label("Uur")).to_have_value("08:30")
        await desk.form.get_by_label("Uur").fill("17:05")
        await desk.picture("typed")
        await desk.form.get_by_role("button", name="Klaar").click()
        await expect(desk.form).to_be_hidden()
    told = app.posts[-1].payload["view"]["state"]["values"]["Uur"]["hour"]
    assert told == {"type": "timepicker", "selected_time": "17:05"}
