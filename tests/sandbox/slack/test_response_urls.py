"""response_url: how long and how often it works, and what it changes."""

import aiohttp

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.clocks import HandClock


async def posted(url: str, values: Json) -> tuple[int, str]:
    """Send to a response_url; return status and body."""
    async with aiohttp.ClientSession() as session, session.post(url, json=values) as response:
        return response.status, await response.text()


async def test_it_ends_after_thirty_minutes_or_five_uses(slack: SlackSandbox, clock: HandClock) -> None:
    url = (await slack.command("lien", "balie-de-sluis", "")).response_url
    other = (await slack.command("lien", "balie-de-sluis", "")).response_url
    for _ in range(5):
        assert await posted(url, {"text": "x"}) == (200, "ok")
    assert await posted(url, {"text": "x"}) == (404, '{"ok": false, "error": "used_url"}')
    assert await posted(other, {}) == (400, '{"ok": false, "error": "no_text"}')
    clock.forward(minutes=30, seconds=1)
    assert await posted(other, {"text": "x"}) == (404, '{"ok": false, "error": "expired_url"}')
    assert await posted(f"{slack.url}/actions/T1/none", {"text": "x"}) == (
        404,
        '{"ok": false, "error": "expired_url"}',
    )


async def test_it_edits_and_deletes_the_message_that_was_acted_on(slack: SlackSandbox, desk: str) -> None:
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Ga"}}
    blocks = [{"type": "actions", "elements": [button]}]
    root = slack.world.talk.say(desk, slack.bot_user_id, "Wil je dat?", blocks=blocks)
    url = (await slack.click("lien", root, "go")).response_url
    await posted(url, {"text": "Goed", "replace_original": True})
    assert [(one.ts, one.text, one.blocks) for one in slack.world.messages(desk)] == [(root.ts, "Goed", [])]
    await posted(url, {"delete_original": True})
    assert slack.world.messages(desk) == []
    assert [call.method for call in slack.calls] == ["response_url"] * 2


async def test_it_speaks_in_a_channel_the_bot_is_not_in(slack: SlackSandbox) -> None:
    url = (await slack.command("noor", "directie", "")).response_url
    await posted(url, {"text": "voor allen", "response_type": "in_channel"})
    assert [one.text for one in slack.world.messages("directie")] == ["voor allen"]
