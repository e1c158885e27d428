"""Events: the Home tab, and deliveries that come again."""

import asyncio
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from bot.sandbox.slack import SlackSandbox


async def test_an_opened_home_is_published(slack: SlackSandbox, app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def publish(event: dict[str, Any], client: Any) -> None:
        home = {"type": "home", "blocks": [{"type": "divider", "block_id": event["tab"]}]}
        await client.views_publish(user_id=event["user"], view=home)

    assert (await slack.open_home("lien")).error is None
    home = await slack.world.until(lambda: slack.world.home("lien"))
    assert home.blocks == [{"type": "divider", "block_id": "home"}]


async def test_an_event_comes_again_under_the_same_id(slack: SlackSandbox, app: AsyncApp, delivered: str) -> None:
    seen: asyncio.Queue[tuple[str, list[str] | None]] = asyncio.Queue()

    @app.event("tokens_revoked")
    async def note(body: dict[str, Any], request: Any) -> None:
        seen.put_nowait((body["event_id"], request.headers.get("x-slack-retry-num")))

    event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [slack.bot_user_id]}}
    first = await slack.event(event, event_id="Ev1")
    second = await slack.event(event, event_id="Ev1", retry=1, reason="http_timeout")
    assert (first.error, second.error) == (None, None)
    numbers = [await asyncio.wait_for(seen.get(), 5) for _ in range(2)]
    first_number = {"http": None, "socket": ["0"]}[delivered]
    assert numbers == [("Ev1", first_number), ("Ev1", ["1"])]


async def test_a_button_on_the_home_tells_which_home(slack: SlackSandbox, app: AsyncApp) -> None:
    seen: list[tuple[str, str, str]] = []

    @app.action("again")
    async def again(ack: Any, body: dict[str, Any]) -> None:
        seen.append((body["container"]["view_id"], body["view"]["type"], body["actions"][0]["value"]))
        await ack()

    words = {"type": "plain_text", "text": "Opnieuw"}
    button = {"type": "button", "action_id": "again", "value": "r1", "text": words}
    content = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    home = slack.world.modals.publish(slack.world.person("lien").id, content)
    delivery = await slack.click("lien", home, "again")
    assert (delivery.error, seen) == (None, [(home.id, "home", "r1")])
