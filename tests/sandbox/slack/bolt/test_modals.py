"""Modals: opening, filling in, refusing, closing."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox.slack import SlackSandbox

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "report",
    "private_metadata": "C1",
    "title": {"type": "plain_text", "text": "Rapport"},
    "submit": {"type": "plain_text", "text": "Vraag aan"},
    "blocks": [
        {
            "type": "input",
            "block_id": "period",
            "label": {"type": "plain_text", "text": "Periode"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        },
        {
            "type": "input",
            "block_id": "balie",
            "label": {"type": "plain_text", "text": "Balie"},
            "optional": True,
            "element": {"type": "external_select", "action_id": "pick", "min_query_length": 0},
        },
    ],
}
FILLED = {"period": {"words": "q3 2026"}}
OPTION = {"text": {"type": "plain_text", "text": "CC De Werf"}, "value": "17"}


async def test_a_modal_opens_offers_refuses_and_closes(slack: SlackSandbox, app: AsyncApp) -> None:
    submitted: list[dict[str, Any]] = []

    @app.shortcut("report")
    async def open_it(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.options("pick")
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[OPTION] if payload["value"] == "werf" else [])

    @app.view("report")
    async def submit(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        if values["period"]["words"]["value"] == "straks":
            await ack(response_action="errors", errors={"period": "Dat is geen periode."})
            return
        submitted.append(values)
        await ack()

    await slack.shortcut("lien", "report")
    [view] = await slack.world.until(lambda: slack.world.views("lien"))
    assert await slack.options("lien", view, "pick", "x") == []
    assert await slack.options("lien", view, "pick", "werf") == [OPTION]
    await slack.submit("lien", view.id, {"period": {"words": "straks"}, "balie": {"pick": "17"}})
    [refused] = slack.world.views("lien")
    assert refused.errors == {"period": "Dat is geen periode."}
    await slack.submit("lien", view.id, {"period": {"words": "q3 2026"}})
    assert slack.world.views("lien") == []
    words = {"type": "plain_text_input", "value": "q3 2026"}
    pick = {"type": "external_select", "selected_option": OPTION}
    assert submitted == [{"period": {"words": words}, "balie": {"pick": pick}}]


@pytest.mark.parametrize(
    ("action", "left"),
    [("update", ["Klaar"]), ("push", ["Rapport", "Klaar"]), ("clear", [])],
)
async def test_a_submission_may_change_the_stack(
    slack: SlackSandbox, app: AsyncApp, action: str, left: list[str]
) -> None:
    done = {"type": "modal", "title": {"type": "plain_text", "text": "Klaar"}, "blocks": [{"type": "divider"}]}

    @app.view("report")
    async def submit(ack: Any) -> None:
        await ack(response_action=action, **({} if action == "clear" else {"view": done}))

    view = slack.world.modals.open(slack.world.person("lien").id, MODAL)
    delivery = await slack.submit("lien", view.id, FILLED)
    assert delivery.error is None
    assert [one.content["title"]["text"] for one in slack.world.views("lien")] == left


async def test_errors_come_under_what_the_modal_became_meanwhile(slack: SlackSandbox, app: AsyncApp) -> None:
    changed = {**MODAL, "title": {"type": "plain_text", "text": "Rapport, vernieuwd"}}

    @app.view("report")
    async def submit(ack: Any, view: dict[str, Any], client: Any) -> None:
        await client.views_update(view_id=view["id"], view=changed)
        await ack(response_action="errors", errors={"period": "Te vroeg."})

    view = slack.world.modals.open(slack.world.person("lien").id, MODAL)
    await slack.submit("lien", view.id, FILLED)
    shown = [(one.content["title"]["text"], one.errors) for one in slack.world.views("lien")]
    assert shown == [("Rapport, vernieuwd", {"period": "Te vroeg."})]


async def test_a_click_finds_the_modal_as_it_became_and_tells_all_that_was_typed(
    slack: SlackSandbox, app: AsyncApp
) -> None:
    seen: list[tuple[str, dict[str, Any]]] = []

    @app.action("go")
    async def note(ack: Any, body: dict[str, Any]) -> None:
        seen.append((body["view"]["title"]["text"], body["view"]["state"]["values"]["period"]))
        await ack()

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Doe"}}
    content = {**MODAL, "blocks": [*MODAL["blocks"], {"type": "actions", "elements": [button]}]}
    first = slack.world.modals.open(slack.world.person("lien").id, content)
    title = {"type": "plain_text", "text": "Vernieuwd"}
    slack.world.modals.update(first, {**content, "title": title})
    await slack.click("lien", first, "go", values={"period": {"words": "q3"}})
    assert seen == [("Vernieuwd", {"words": {"type": "plain_text_input", "value": "q3"}})]
    assert [one.content["title"] for one in slack.world.views("lien")] == [title]


async def test_errors_on_what_is_no_input_are_trouble(slack: SlackSandbox, app: AsyncApp) -> None:
    @app.view("report")
    async def submit(ack: Any) -> None:
        await ack(response_action="errors", errors={"nergens": "x"})

    view = slack.world.modals.open(slack.world.person("lien").id, MODAL)
    assert (await slack.submit("lien", view.id, FILLED)).error == "invalid_errors"
    assert [one.trouble for one in slack.world.views("lien")] == ["invalid_errors"]


async def test_closing_is_told_where_it_was_asked(slack: SlackSandbox, app: AsyncApp) -> None:
    closed: list[bool] = []

    @app.view_closed("report")
    async def note(ack: Any, body: dict[str, Any]) -> None:
        closed.append(body["is_cleared"])
        await ack()

    lien = slack.world.person("lien").id
    quiet = slack.world.modals.open(lien, MODAL)
    assert await slack.close_view("lien", quiet.id) is None
    asked = slack.world.modals.open(lien, {**MODAL, "notify_on_close": True})
    delivery = await slack.close_view("lien", asked.id)
    assert delivery is not None
    assert (delivery.error, closed, slack.world.views("lien")) == (None, [False], [])


async def test_more_than_a_hundred_options_are_no_results(slack: SlackSandbox, app: AsyncApp) -> None:
    @app.options("pick")
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        if payload["value"] == "groep":
            label = {"type": "plain_text", "text": "Kaart"}
            await ack(option_groups=[{"label": label, "options": [OPTION]}])
        else:
            await ack(options=[{**OPTION, "value": str(number)} for number in range(101)])

    view = slack.world.modals.open(slack.world.person("lien").id, MODAL)
    assert await slack.options("lien", view, "pick", "") == []
    assert await slack.options("lien", view, "pick", "groep") == [OPTION]
    with pytest.raises(LookupError, match="asks the app for nothing"):
        await slack.options("lien", view, "words", "")
