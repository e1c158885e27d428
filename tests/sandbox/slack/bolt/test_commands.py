"""Commands, clicks and choices: what the app gets, and what people see of its answer."""

import asyncio
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.signatures import FORGERIES

OPTION = {"text": {"type": "plain_text", "text": "CC De Werf"}, "value": "17"}
BUTTON = {"type": "button", "action_id": "cancel", "text": {"type": "plain_text", "text": "Annuleren"}}
MENU = {
    "type": "static_select",
    "action_id": "menu",
    "placeholder": {"type": "plain_text", "text": "Kies"},
    "options": [OPTION],
}
ROOT = [{"type": "actions", "elements": [{**BUTTON, "value": "r1"}, {**BUTTON, "value": "r2"}, MENU]}]


async def test_an_acknowledged_text_is_seen_by_the_asker_alone(slack: SlackSandbox, app: AsyncApp) -> None:
    got: list[dict[str, Any]] = []

    @app.command("/uitpas")
    async def answer(ack: Any, command: dict[str, Any]) -> None:
        got.append(command)
        await ack("Ik begin eraan & meld me")

    delivery = await slack.command("lien", "balie-de-sluis", "rapport vorig kwartaal")
    assert (delivery.error, delivery.ack["text"]) == (None, "Ik begin eraan & meld me")
    [seen] = slack.world.ephemerals("lien", "balie-de-sluis")
    assert (seen.user, seen.text) == (slack.bot_user_id, "Ik begin eraan & meld me")
    assert slack.world.messages("balie-de-sluis") == []
    assert got == [delivery.payload]
    assert delivery.payload == {
        "token": "stad-voorbeeld-oud",
        "team_id": slack.team_id,
        "team_domain": "stad-voorbeeld",
        "channel_id": slack.world.channel("balie-de-sluis").id,
        "channel_name": "privategroup",
        "user_id": slack.world.person("lien").id,
        "user_name": "lien",
        "command": "/uitpas",
        "text": "rapport vorig kwartaal",
        "api_app_id": slack.app_id,
        "is_enterprise_install": "false",
        "response_url": delivery.response_url,
        "trigger_id": delivery.trigger_id,
    }


async def test_a_response_url_speaks_five_times(slack: SlackSandbox, app: AsyncApp) -> None:
    results: asyncio.Queue[tuple[int, str]] = asyncio.Queue()

    @app.command("/uitpas")
    async def answer(ack: Any, respond: Any) -> None:
        await ack()
        for number in range(6):
            kind = "in_channel" if number == 0 else "ephemeral"
            response = await respond(text=str(number), response_type=kind)
            results.put_nowait((response.status_code, response.body))

    await slack.command("lien", "balie-de-sluis", "")
    answers = [await asyncio.wait_for(results.get(), 5) for _ in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, '{"ok": false, "error": "used_url"}')]
    assert [one.text for one in slack.world.messages("balie-de-sluis")] == ["0"]
    assert [one.text for one in slack.world.ephemerals("lien", "balie-de-sluis")] == ["1", "2", "3", "4"]


async def test_a_click_edits_the_message_it_was_on(slack: SlackSandbox, app: AsyncApp) -> None:
    seen: list[dict[str, Any]] = []

    @app.action("cancel")
    async def cancel(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        seen.append(body)
        ts = body["message"]["ts"]
        await client.chat_update(channel=body["channel"]["id"], ts=ts, text="Geannuleerd")

    channel = slack.world.channel("balie-de-sluis").id
    root = slack.world.talk.say(channel, slack.bot_user_id, "Bezig", blocks=ROOT)
    delivery = await slack.click("bram", root, "cancel", value="r2")
    await slack.world.until(lambda: slack.world.messages(channel)[0].text == "Geannuleerd")
    assert delivery.error is None
    [body] = seen
    assert body["user"]["id"] == slack.world.person("bram").id
    assert body["container"] == {
        "type": "message",
        "message_ts": root.ts,
        "channel_id": channel,
        "is_ephemeral": False,
    }
    action = {**BUTTON, "value": "r2", "block_id": root.blocks[0]["block_id"]}
    assert body["actions"] == [{**action, "action_ts": body["actions"][0]["action_ts"]}]


async def test_a_choice_is_told_in_action_and_state(slack: SlackSandbox, app: AsyncApp) -> None:
    seen: list[dict[str, Any]] = []

    @app.action("menu")
    async def menu(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        seen.append(body)
        await respond(text="gekozen", replace_original=True)

    channel = slack.world.channel("balie-de-sluis").id
    shown = slack.world.talk.whisper(
        channel, slack.bot_user_id, "Kies", only_for=slack.world.person("lien").id, blocks=ROOT
    )
    await slack.click("lien", shown, "menu", selected="17")
    await slack.world.until(lambda: slack.world.ephemerals("lien", channel)[0].text == "gekozen")
    [body] = seen
    block = shown.blocks[0]["block_id"]
    chosen = {"type": "static_select", "selected_option": OPTION}
    assert body["state"] == {"values": {block: {"menu": chosen}}}
    assert body["actions"][0]["selected_option"] == OPTION
    assert "message" not in body
    with pytest.raises(LookupError, match="no option"):
        await slack.click("lien", shown, "menu", selected="18")
    with pytest.raises(LookupError, match="no element"):
        await slack.click("lien", shown, "weg")
    with pytest.raises(PermissionError):
        await slack.click("bram", shown, "menu", selected="17")


async def test_silence_is_a_timeout_the_person_sees(slack: SlackSandbox, app: AsyncApp) -> None:
    @app.command("/uitpas")
    async def never(logger: Any) -> None:
        logger.debug("no acknowledgement")

    slack.patience = 0.1
    delivery = await slack.command("lien", "balie-de-sluis", "")
    assert delivery.error == "operation_timeout"
    [seen] = slack.world.ephemerals("lien", "balie-de-sluis")
    assert (seen.user, seen.text) == ("USLACKBOT", '/uitpas failed with the error "operation_timeout"')


async def test_a_forged_post_reaches_no_listener(slack: SlackSandbox, app: AsyncApp, delivered: str) -> None:
    heard: list[str] = []

    @app.command("/uitpas")
    async def note(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["text"])
        await ack()

    errors = []
    for forgery in (*FORGERIES, None):
        slack.forgery = forgery
        errors.append((await slack.command("lien", "balie-de-sluis", str(forgery))).error)
    reached = {"http": ["None"], "socket": [*FORGERIES, "None"]}[delivered]
    seen = {"http": ["dispatch_failed"] * len(FORGERIES) + [None], "socket": [None] * (len(FORGERIES) + 1)}[delivered]
    assert (heard, errors) == (reached, seen)
