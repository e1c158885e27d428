"""What a snapshot holds of the world, and what never gets into it."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.browser import Browser, opened
from tests.sandbox.slack.clocks import HandClock
from tests.sandbox.slack.manifests import MANIFEST, without_home

LIEN, BRAM, BOT, DESK = "U0LIEN00001", "U0BRAM00002", "U0BALIEBOT0", "C0DESLUIS01"
SECRET = "niet-voor-lien"


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[SlackSandbox]:
    """A stand-in whose app was installed from a manifest."""
    sandbox = SlackSandbox(now=clock.now, manifest=MANIFEST)
    await sandbox.start()
    yield sandbox
    await sandbox.aclose()


@pytest.fixture
async def lien(slack: SlackSandbox) -> AsyncIterator[Browser]:
    """Lien's page."""
    async with opened(slack, "lien") as browser:
        yield browser


def conversation(identifier: str, name: str, kind: str, members: int, **more: object) -> Json:
    """Return a conversation in which nothing happened."""
    still = {"is_shared": False, "is_archived": False, "can_write": True, "unread": 0, "messages": []}
    return {"id": identifier, "name": name, "kind": kind, "members": members, **still, **more}


def message(ts: str, user: str, text: str, **more: object) -> Json:
    """Return a message without anything about it."""
    plain = {"blocks": [], "files": [], "edited": False, "only_me": False, "tombstone": False, "replies": []}
    return {"ts": ts, "user": user, "text": text, **plain, **more}


async def test_a_fresh_world_is_told_whole(slack: SlackSandbox, lien: Browser) -> None:
    seen = await lien.sees()
    people = seen.pop("people")
    assert seen == {
        "revision": slack.world.revision,
        "team": {"id": "T0VOORBEELD", "name": "Stad Voorbeeld", "url": "https://stad-voorbeeld.slack.com/"},
        "app": {
            "user": BOT,
            "name": "Baliebot",
            "has_home": True,
            "commands": [
                {
                    "command": "/uitpas",
                    "description": "Rapporten en kaarten",
                    "usages": ["rapport [periode] [balie]", "status", "help"],
                },
                {"command": "/balie", "description": "Wie waar zit", "usages": ["[vandaag]", "[morgen]"]},
                {"command": "/kaal", "description": "Zonder uitleg", "usages": []},
            ],
            "shortcuts": [{"callback_id": "report", "name": "Rapport", "description": "Vraag er een aan"}],
        },
        "me": {"id": LIEN, "name": "lien", "real_name": "Lien Vermeire", "locale": "nl-BE"},
        "channels": {
            DESK: "balie-de-sluis",
            "C0ALGEMEEN1": "algemeen",
            "C0EVENEMENT": "evenementen",
            "C0OUDBALIE1": "oude-balie",
            "C0PARTNERS1": "partners",
        },
        "conversations": [
            conversation(DESK, "balie-de-sluis", "private", 8),
            conversation("C0ALGEMEEN1", "algemeen", "public", 8),
            conversation("C0EVENEMENT", "evenementen", "public", 6),
            conversation("C0OUDBALIE1", "oude-balie", "public", 7, is_archived=True, can_write=False),
            conversation("C0PARTNERS1", "partners", "private", 8, is_shared=True),
            conversation("D0LIEN00001", "Baliebot", "im", 2),
        ],
        "views": [],
        "home": None,
    }
    noor = {"id": "U0NOOR00003", "name": "noor", "real_name": "Noor Claeys", "is_bot": False}
    assert people[2] == {**noor, "is_guest": False, "is_admin": True, "can_act": True}
    assert [one["name"] for one in people if not one["can_act"]] == ["ward", "sofie", "baliebot"]


async def test_messages_stand_where_slack_shows_them(slack: SlackSandbox, lien: Browser) -> None:
    world = slack.world
    block = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Ok"}}]}
    root = world.talk.say(DESK, BOT, "Rapport", blocks=[block], metadata={"event_type": SECRET, "event_payload": {}})
    reply = world.say("bram", DESK, "dank je", root.ts)
    inside = world.talk.whisper(DESK, BOT, "in de draad", only_for=LIEN, thread_ts=root.ts)
    beside = world.talk.whisper(DESK, BOT, "in het kanaal", only_for=LIEN)
    lost = world.talk.whisper(DESK, BOT, "draad weg", only_for=LIEN, thread_ts="1.000001")
    world.talk.edit(world.talk.say(DESK, BOT, "oud"), text="nieuw")
    shown = await lien.in_("balie-de-sluis")
    edited = shown["messages"][-1]
    assert shown["messages"] == [
        message(
            root.ts,
            BOT,
            "Rapport",
            blocks=root.blocks,
            replies=[
                message(reply.ts, BRAM, "dank je"),
                message(inside.ts, BOT, "in de draad", only_me=True),
            ],
        ),
        message(beside.ts, BOT, "in het kanaal", only_me=True),
        message(lost.ts, BOT, "draad weg", only_me=True),
        message(edited["ts"], BOT, "nieuw", edited=True),
    ]
    [button] = root.blocks[0]["elements"]
    assert (bool(root.blocks[0]["block_id"]), bool(button["action_id"])) == (True, True)


async def test_a_deleted_root_leaves_slack_speaking(slack: SlackSandbox, lien: Browser) -> None:
    root = slack.world.talk.say(DESK, BOT, "weg")
    reply = slack.world.say("bram", DESK, "jammer", root.ts)
    slack.world.talk.delete(root)
    tombstone = message(root.ts, "USLACKBOT", "This message was deleted.", tombstone=True)
    assert (await lien.in_("balie-de-sluis"))["messages"] == [
        {**tombstone, "replies": [message(reply.ts, BRAM, "jammer")]}
    ]


async def test_a_view_is_told_as_it_is_filled_in(slack: SlackSandbox, lien: Browser) -> None:
    chosen = {"text": {"type": "plain_text", "text": "De Sluis (77)"}, "value": "77"}
    blocks = [
        entry("balie", {"type": "external_select", "action_id": "pick", "initial_option": chosen}),
        entry("place", {"type": "conversations_select", "action_id": "to", "initial_conversation": DESK}),
        entry("hidden", {"type": "conversations_select", "action_id": "to", "initial_conversation": "C0DIRECTIE1"}),
        entry("words", {"type": "plain_text_input", "action_id": "typed"}),
        entry("kinds", {"type": "checkboxes", "action_id": "some", "options": [chosen], "initial_options": [chosen]}),
    ]
    words = {"title": text("Rapport"), "submit": text("Vraag aan")}
    content = {"type": "modal", "callback_id": SECRET, "private_metadata": SECRET, "blocks": blocks, **words}
    view = slack.world.modals.open(LIEN, content)
    slack.world.modals.open(BRAM, {**content, "title": text(SECRET)})
    seen = await lien.sees()
    assert seen["views"] == [
        {
            "id": view.id,
            "kind": "modal",
            "title": "Rapport",
            "submit": "Vraag aan",
            "close": "",
            "blocks": blocks,
            "state": {
                "balie": {"pick": "77"},
                "place": {"to": DESK},
                "hidden": {"to": "C0DIRECTIE1"},
                "words": {"typed": None},
                "kinds": {"some": ["77"]},
            },
            "labels": {
                "balie": {"pick": "De Sluis (77)"},
                "place": {"to": "#balie-de-sluis"},
                "hidden": {"to": "C0DIRECTIE1"},
            },
            "errors": {},
            "trouble": None,
        }
    ]
    assert SECRET not in json.dumps(seen)


async def test_what_is_for_others_never_goes_out(slack: SlackSandbox, lien: Browser) -> None:
    world = slack.world
    world.say("noor", "directie", SECRET)
    world.say("baliebot", world.open_im("bram"), SECRET)
    world.talk.whisper(DESK, BOT, SECRET, only_for=BRAM)
    world.modals.publish(BRAM, {"type": "home", "blocks": [{"type": "section", "text": text(SECRET)}]})
    seen = json.dumps(await lien.sees())
    assert [word in seen for word in (SECRET, "directie", "C0DIRECTIE1", "D0BRAM00002")] == [False] * 4
    async with opened(slack, "bram") as bram:
        assert json.dumps(await bram.sees()).count(SECRET) == 3


async def test_a_guest_knows_of_no_channel_but_their_own(slack: SlackSandbox) -> None:
    async with opened(slack, "gust") as gust:
        seen = await gust.sees()
    assert seen["channels"] == {DESK: "balie-de-sluis", "C0ALGEMEEN1": "algemeen"}


async def test_the_home_is_there_when_it_was_published_and_the_app_has_one(
    slack: SlackSandbox, lien: Browser, clock: HandClock
) -> None:
    content = {"type": "home", "blocks": [{"type": "divider", "block_id": "d"}]}
    home = slack.world.modals.publish(LIEN, content)
    parts: Json = {"title": "", "submit": "", "close": "", "state": {}, "labels": {}, "errors": {}, "trouble": None}
    assert (await lien.sees())["home"] == {"id": home.id, "kind": "home", "blocks": content["blocks"], **parts}
    other = SlackSandbox(now=clock.now, manifest=without_home())
    await other.start()
    other.world.modals.publish(LIEN, content)
    async with opened(other, "lien") as browser:
        seen = await browser.sees()
    await other.aclose()
    assert (seen["home"], seen["app"]["has_home"]) == (None, False)


def text(words: str) -> Json:
    """Return a text object."""
    return {"type": "plain_text", "text": words}


def entry(block_id: str, element: Json) -> Json:
    """Return an input block."""
    return {"type": "input", "block_id": block_id, "label": text(block_id), "element": element}
