"""A button with an address: as in Slack it opens that address, and the app hears of the press all the same."""

from bot.sandbox.slack import SlackSandbox
from tests.page.desk import Desk, sitting
from tests.page.test_blocks import Json, plain
from tests.page.test_late import say
from tests.page.words import DUTCH
from tests.sandbox.slack.receiver import Receiver, receiving


async def test_a_button_with_an_address_opens_it_and_tells_the_app(slack: SlackSandbox) -> None:
    address = f"{slack.url}/page/words.js?l=once"
    go = {"type": "button", "action_id": "go", "text": plain("Ga verder"), "url": address, "value": "v1"}
    blocks: list[Json] = [{"type": "actions", "block_id": "b", "elements": [go]}]
    async with receiving(slack) as app, sitting(slack.url, DUTCH, "address") as desk:
        say(slack, DUTCH, blocks)
        opened = [await press(desk)]
        slack.world.modals.open("U0LIEN00001", {"type": "modal", "title": plain("Koppelen"), "blocks": blocks})
        await desk.form.get_by_role("link", name="Ga verder").wait_for()
        opened.append(await press(desk, in_form=True))
        await slack.world.until(lambda: len(app.posts) == 2)
    assert opened == [address, address]
    assert [heard(app, at) for at in range(2)] == [
        ("block_actions", "message", "go", "v1"),
        ("block_actions", "view", "go", "v1"),
    ]


async def press(desk: Desk, *, in_form: bool = False) -> str:
    """Press the button and return the address of the tab that opens; the page itself stays."""
    here = desk.page.url
    async with desk.page.context.expect_page() as waiting:
        await (desk.form if in_form else desk.main).get_by_role("link", name="Ga verder").click()
    tab = await waiting.value
    await tab.wait_for_load_state()
    address = tab.url
    await tab.close()
    assert desk.page.url == here
    return address


def heard(app: Receiver, at: int) -> tuple[str, str, str, str]:
    """Return what the app heard of a press: its kind, where, which button, and its value."""
    payload = app.posts[at].payload
    (action,) = payload["actions"]
    return payload["type"], payload["container"]["type"], action["action_id"], action["value"]
