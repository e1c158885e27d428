"""What people do on the page, and what a real app hears of it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.browser import Browser, opened
from tests.sandbox.slack.desk_app import make_app, over_socket
from tests.sandbox.slack.manifests import MANIFEST

LIEN, DESK = "U0LIEN00001", "C0DESLUIS01"
DONE = (200, {"ok": True})


def words(text: str) -> Json:
    """Return a text object."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str, **more: object) -> Json:
    """Return an option."""
    return {"text": words(text), "value": value, **more}


SLUIS, WERF = option("De Sluis", "77", description=words("aan het water")), option("De Werf", "17")
MODAL = {
    "type": "modal",
    "callback_id": "report",
    "title": words("Rapport"),
    "submit": words("Vraag aan"),
    "blocks": [
        {
            "type": "input",
            "block_id": "balie",
            "label": words("Balie"),
            "element": {"type": "external_select", "action_id": "pick"},
        },
        {
            "type": "input",
            "block_id": "note",
            "label": words("Nota"),
            "optional": True,
            "element": {"type": "plain_text_input", "action_id": "typed"},
        },
        {
            "type": "actions",
            "block_id": "more",
            "elements": [
                {"type": "button", "action_id": "again", "value": "b1", "text": words("Nog eens")},
                {"type": "datepicker", "action_id": "day"},
            ],
        },
    ],
}


@pytest.fixture
async def slack() -> AsyncIterator[SlackSandbox]:
    """A stand-in whose app was installed from a manifest."""
    sandbox = SlackSandbox(manifest=MANIFEST)
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


@pytest.fixture
async def app(slack: SlackSandbox) -> AsyncIterator[AsyncApp]:
    """An app, connected; each test adds its listeners."""
    bolt = make_app(slack)
    async with over_socket(slack, bolt):
        yield bolt


@pytest.fixture
async def lien(slack: SlackSandbox) -> AsyncIterator[Browser]:
    """Lien's page."""
    async with opened(slack, "lien") as browser:
        yield browser


async def test_a_command_reaches_the_app_as_typed(app: AsyncApp, lien: Browser) -> None:
    heard: list[tuple[str, str, str]] = []

    @app.command("/uitpas")
    async def answer(ack: Any, command: dict[str, Any]) -> None:
        heard.append((command["command"], command["channel_id"], command["text"]))
        await ack("Bezig")

    assert await lien.does("command", channel=DESK, text=" /uitpas rapport  vorig kwartaal ") == DONE
    assert heard == [("/uitpas", DESK, "rapport  vorig kwartaal")]
    assert [(one["text"], one["only_me"]) for one in (await lien.in_("balie-de-sluis"))["messages"]] == [
        ("Bezig", True)
    ]


async def test_a_command_nobody_registered_is_answered_by_slack(slack: SlackSandbox, lien: Browser) -> None:
    assert await lien.does("command", channel=DESK, text="/foo bar") == DONE
    sentence = "/foo is not a valid command. In Slack, every message that starts with / is a command."
    shown = (await lien.in_("balie-de-sluis"))["messages"]
    assert [(one["user"], one["text"], one["only_me"]) for one in shown] == [("USLACKBOT", sentence, True)]
    assert slack.world.ephemerals("bram", DESK) == []


async def test_an_app_that_is_not_there_is_told_on_the_page(lien: Browser) -> None:
    failed = (200, {"ok": False, "error": "dispatch_failed"})
    assert await lien.does("command", channel=DESK, text="/uitpas help") == failed
    assert await lien.does("shortcut", callback_id="report") == failed


async def test_what_is_written_is_escaped_as_slack_does(slack: SlackSandbox, lien: Browser) -> None:
    assert await lien.does("message", channel="algemeen", text='*dag* & <welkom> "jij"') == DONE
    [root] = slack.world.messages("algemeen")
    assert (root.user, root.text) == (LIEN, '*dag* &amp; &lt;welkom&gt; "jij"')
    assert await lien.does("message", channel="algemeen", text="antwoord", thread_ts=root.ts) == DONE
    [reply] = slack.world.thread("algemeen", root.ts)
    assert reply.text == "antwoord"


async def test_a_click_sends_all_that_was_filled_in(slack: SlackSandbox, app: AsyncApp, lien: Browser) -> None:
    heard: list[tuple[Json, Json]] = []

    @app.action("again")
    @app.action("day")
    async def note(ack: Any, body: dict[str, Any]) -> None:
        [action] = body["actions"]
        heard.append(({name: action.get(name) for name in ("value", "selected_date")}, body["view"]["state"]["values"]))
        await ack()

    view = slack.world.modals.open(LIEN, MODAL)
    at = {"view": view.id}
    typed = {"note": {"typed": "half"}, "weg": {"x": "van een vorige versie"}, "more": {"weg": "ook"}}
    fields = {"at": at, "block_id": "more", "values": typed}
    assert await lien.does("click", action_id="again", value="b1", **fields) == DONE
    assert await lien.does("click", action_id="day", selected="2026-07-01", at=at, block_id="more") == DONE
    state = {
        "balie": {"pick": {"type": "external_select", "selected_option": None}},
        "note": {"typed": {"type": "plain_text_input", "value": "half"}},
        "more": {"day": {"type": "datepicker", "selected_date": None}},
    }
    chosen = {**state, "more": {"day": {"type": "datepicker", "selected_date": "2026-07-01"}}}
    assert heard == [
        ({"value": "b1", "selected_date": None}, state),
        ({"value": None, "selected_date": "2026-07-01"}, chosen),
    ]


async def test_a_modal_is_searched_filled_in_and_sent(slack: SlackSandbox, app: AsyncApp, lien: Browser) -> None:
    heard: list[Json] = []

    @app.options("pick")
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        await ack(options=[one for one in (SLUIS, WERF) if payload["value"] in one["text"]["text"]])

    @app.view("report")
    async def take(ack: Any, view: dict[str, Any]) -> None:
        heard.append(view["state"]["values"]["balie"]["pick"]["selected_option"])
        await ack()

    view = slack.world.modals.open(LIEN, MODAL)
    search = {"at": {"view": view.id}, "block_id": "balie", "action_id": "pick"}
    shown = {"text": "De Sluis", "value": "77", "description": "aan het water"}
    assert await lien.does("options", query="Sluis", **search) == (200, {"options": [shown]})
    assert await lien.does("options", query="Werf", **search) == (
        200,
        {"options": [{"text": "De Werf", "value": "17"}]},
    )
    assert await lien.does("submit", view=view.id, values={"balie": {"pick": None}}) == DONE
    assert (await lien.sees())["views"][0]["errors"] == {"balie": "Vul dit verplichte veld in."}
    assert await lien.does("submit", view=view.id, values={"balie": {"pick": "77"}}) == DONE
    assert ((await lien.sees())["views"], heard) == ([], [SLUIS])


async def test_a_message_is_acted_on_where_it_stands(slack: SlackSandbox, app: AsyncApp, lien: Browser) -> None:
    heard: list[tuple[str, str]] = []

    @app.action("go")
    async def note(ack: Any, body: dict[str, Any]) -> None:
        heard.append((body["container"]["message_ts"], body["actions"][0]["block_id"]))
        await ack()

    blocks = [{"type": "actions", "block_id": name, "elements": [button()]} for name in ("a", "b")]
    root = slack.world.talk.say(DESK, slack.bot_user_id, "Kies", blocks=blocks)
    mine = slack.world.talk.whisper(DESK, slack.bot_user_id, "Kies", only_for=LIEN, blocks=blocks)
    for message in (root, mine):
        at = {"channel": DESK, "ts": message.ts}
        assert await lien.does("click", at=at, block_id="b", action_id="go") == DONE
    assert heard == [(root.ts, "b"), (mine.ts, "b")]
    async with opened(slack, "bram") as bram:
        status, _ = await bram.does("click", at={"channel": DESK, "ts": mine.ts}, block_id="b", action_id="go")
    assert (status, len(heard)) == (404, 2)


async def test_home_shortcut_and_closing_reach_the_app(slack: SlackSandbox, app: AsyncApp, lien: Browser) -> None:
    heard: list[str] = []

    @app.event("app_home_opened")
    async def publish(event: dict[str, Any], client: Any) -> None:
        heard.append(event["tab"])
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})

    @app.shortcut("report")
    async def start(ack: Any, body: dict[str, Any], client: Any) -> None:
        heard.append(body["callback_id"])
        await client.views_open(trigger_id=body["trigger_id"], view={**MODAL, "notify_on_close": True})
        await ack()

    @app.view_closed("report")
    async def note(ack: Any) -> None:
        heard.append("closed")
        await ack()

    assert await lien.does("home") == DONE
    await slack.world.until(lambda: slack.world.home("lien"))
    assert await lien.does("shortcut", callback_id="report") == DONE
    seen = await lien.sees()
    assert await lien.does("close", view=seen["views"][0]["id"]) == DONE
    assert (heard, seen["home"]["kind"]) == (["home", "report", "closed"], "home")
    assert (await lien.sees())["views"] == []


def button() -> Json:
    """Return a button without a value."""
    return {"type": "button", "action_id": "go", "text": words("Doe")}


HERE = {"channel": DESK, "ts": "1.000001"}
ON = {"block_id": "a", "action_id": "go"}


@pytest.mark.parametrize(
    ("act", "fields", "status"),
    [
        ("sing", {}, 404),
        ("command", {"channel": "directie", "text": "/uitpas"}, 403),
        ("command", {"channel": "oude-balie", "text": "/uitpas"}, 403),
        ("command", {"channel": "nergens", "text": "/uitpas"}, 404),
        ("command", {"channel": DESK}, 400),
        ("message", {"channel": "directie", "text": "dag"}, 403),
        ("message", {"channel": "oude-balie", "text": "dag"}, 403),
        ("message", {"channel": DESK, "text": " "}, 400),
        ("message", {"channel": DESK, "text": "dag", "thread_ts": "1.000001"}, 404),
        ("click", {**ON, "at": HERE}, 404),
        ("click", {**ON, "at": {**HERE, "channel": "directie"}}, 403),
        ("click", {**ON, "at": {"view": "V1"}}, 404),
        ("click", {**ON, "at": "V1"}, 400),
        ("click", {**ON, "at": HERE, "values": []}, 404),
        ("options", {**ON, "at": {"view": "V1"}, "query": ""}, 404),
        ("submit", {"view": "V1", "values": {}}, 404),
        ("submit", {"view": "V1", "values": {"a": "b"}}, 400),
        ("close", {"view": "V1"}, 404),
        ("shortcut", {"callback_id": "about"}, 404),
    ],
)
async def test_what_can_not_be_done_is_said_in_a_sentence(
    slack: SlackSandbox, lien: Browser, act: str, fields: Json, status: int
) -> None:
    before = slack.world.revision
    answered, answer = await lien.does(act, **fields)
    assert (answered, answer["ok"], sorted(answer)) == (status, False, ["error", "ok"])
    assert len(answer["error"].split()) > 2
    assert slack.world.revision == before


@pytest.mark.parametrize("body", ["{", "[]", '{"as": 1}', "{}"])
async def test_a_body_that_makes_no_sense_is_refused(slack: SlackSandbox, body: str) -> None:
    async with httpx.AsyncClient(base_url=slack.url) as client:
        answer = await client.post("/page/home", content=body)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)
