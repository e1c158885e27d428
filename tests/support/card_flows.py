"""All that people do with the number of a card, where it belongs and where it does not, in any weather."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.slack.records import Json
from bot.sandbox.slack.signatures import FORGERIES, signed
from tests.support.card_traces import CARD, MISTYPED, NATIONAL, Witness
from tests.support.cards import Desk
from tests.support.forms import eventually

Flow: TypeAlias = Callable[[Desk], Awaitable[None]]
"""One thing that somebody does with a number, in whatever weather."""

SPACED, DASHED, DOTTED = (sign.join((CARD[:4], CARD[4:8], CARD[8:])) for sign in (" ", "-", "."))
PERSON = "79.11.09-000.11"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TYPED = (
    f"kaart {CARD}",
    f"kaart {SPACED}",
    f"kaart {DASHED} 2025",
    f"card {DOTTED} vorig jaar de-sluis",
    f"kaart {CARD} t-hof",
    f"kaart {CARD} de-slui",
    f"kaart {CARD} de-sluis zomaar",
    f"kaart {CARD} 2027",
    f"kaart {CARD} {CARD}",
    f"kaart {CARD} vorig jaar {SPACED}",
    f"kaart de-sluis {CARD}",
    f"kaart vorig jaar {DOTTED}",
    f"kaart {CARD}X",
    f"kaart {MISTYPED}",
    f"kaart {PERSON}",
    f"kaart {NATIONAL} {CARD}",
)
"""The verb of cards, with numbers where they belong and where they don't."""
ASTRAY = (
    SPACED,
    CARD.replace("", "_"),
    f"kart {SPACED}",
    f"kart {CARD.replace('', '_')}",
    f"kaart {CARD.replace('', ' | ')}",
    f"rapport vorig kwartaal {CARD.replace('', '·')}",
    f"kaart{CARD}",
    CARD,
    DOTTED,
    PERSON,
    f"rapport {CARD}",
    f"rapport {SPACED}",
    f"rapport vorig kwartaal {CARD}",
    f"rapport {NATIONAL} vorig kwartaal",
    f"balies {CARD}",
    f"balies {DASHED}",
    f"status {CARD}",
    f"help {PERSON}",
)
"""Numbers after verbs that have no use for them."""


async def typed(text: str, desk: Desk) -> None:
    """Type a command."""
    await desk.type(text)


async def handed_in(numbers: tuple[str, ...], desk: Desk) -> None:
    """Open the form, and hand it in until it is taken."""
    await desk.type("kaart")
    # a bot that is a process of its own may still show what was asked before
    await eventually(lambda: "card_number" in str(desk.stage.slack.world.views(desk.user)))
    for number in numbers:
        await desk.submit(card_number=number)


async def filled_in_for_them(desk: Desk) -> None:
    """Type a number where no balie is the default; the form then holds it."""
    elsewhere = replace(desk, channel="algemeen")
    await elsewhere.type(f"kaart {SPACED}")
    await elsewhere.submit(card_balie=await elsewhere.balie("de-sluis"))


async def by_shortcut(desk: Desk) -> None:
    """Take the shortcut, whose answer comes in direct messages."""
    await desk.stage.slack.shortcut(desk.who, "card")
    await desk.stage.settle()
    await desk.submit(card_number=DOTTED, card_balie=await desk.balie("de-sluis"))


async def searched(words: str, desk: Desk) -> None:
    """Type a number into the search of a balie, in both forms."""
    for verb, action in (("kaart", "card_balie"), ("rapport", "form_balie")):
        await desk.type(verb)
        await desk.stage.slack.options(desk.who, desk.form, action, words)


async def pressed(labels: tuple[str, ...], desk: Desk) -> None:
    """Ask for a card and press buttons under it."""
    await desk.type(f"kaart {CARD}")
    for label in labels:
        await desk.press(label, desk.answers[-1])


async def other_days(desk: Desk) -> None:
    """Ask for the same card over other days."""
    await pressed(("Andere periode",), desk)
    await desk.submit(card_first="2024-01-01")


async def while_uitpas(calls: tuple[str, ...], kind: str, detail: dict[str, Any], desk: Desk) -> None:
    """Ask for a card while UiTPAS is in trouble."""
    for call in calls:
        desk.stage.uitpas.faults.add(call, kind, times=-1, **detail)
    await desk.type(f"kaart {CARD}")


async def while_slack(method: str, kind: str, detail: dict[str, Any], flow: Flow, desk: Desk) -> None:
    """Do something while Slack is in trouble."""
    desk.stage.slack.faults.add(method, kind, **detail)
    await flow(desk)


async def forged(forgery: str, desk: Desk) -> None:
    """Have somebody else than Slack bring commands and forms."""
    await desk.type("kaart")
    desk.stage.slack.forgery = forgery
    await desk.type(f"kaart {CARD}")
    await desk.submit(card_number=SPACED)
    desk.stage.slack.forgery = None


async def posted(body: bytes, kind: str, desk: Desk, *, is_signed: bool) -> None:
    """Post a body that can't be read, or that nobody signed."""
    headers = signed(body, desk.stage.slack.signing_secret, desk.stage.clock.now()) if is_signed else {}
    async with aiohttp.ClientSession() as session:
        address = f"{desk.stage.bot.url}/slack/events"
        async with session.post(address, data=body, headers={"Content-Type": kind, **headers}) as answer:
            assert (answer.status, await answer.read()) == (401, b"")


async def changed(change: Callable[[Json], Json], desk: Desk) -> None:
    """Have a command come with something else in it, so that it is acknowledged and no more."""
    desk.stage.slack.tamper = change
    await desk.stage.slack.command(desk.who, desk.where, f"kaart {CARD}")
    desk.stage.slack.tamper = None


BUTTONS = (
    ("Oudere", "Nieuwere"),
    ("Op voordeel", "Omgekeerde volgorde"),
    ("Op balie",),
    ("Op gemeente", "Op datum"),
    ("Als CSV",),
)
QUOTED = {"code": "ODD_CARD", "message": f"no such card {CARD}"}
UITPAS: dict[str, tuple[tuple[str, ...], str, dict[str, Any]]] = {
    "broken": (("cashed_promotions",), "status", {"status": 500}),
    "hung up": (("cashed_promotions",), "drop", {}),
    "a web page": (("cashed_promotions",), "html", {}),
    "a doctype": (("cashed_promotions",), "doctype", {}),
    "malformed": (("cashed_promotions",), "malformed", {}),
    "a code with the number in it": (("cashed_promotions",), "code", {"code": f"X{CARD}", "message": CARD}),
    "a message with the number in it": (("cashed_promotions",), "code", QUOTED),
    "a server error with the number in it": (("cashed_promotions",), "code", {**QUOTED, "status": 500}),
    "a permission with the number in it": (
        ("cashed_promotions",),
        "code",
        {"code": "ACCESS_DENIED", "message": CARD, "required_permission": f"READ {CARD}", "status": 403},
    ),
    "nobody's card": (("cashed_promotions",), "code", {"code": "UNKNOWN_UITPASNUMBER", "message": CARD}),
    "a status with the number in it": (("cashed_promotions", "card"), "code", {**QUOTED, "code": "UNKNOWN_CARD"}),
    "a broken row": (("cashed_promotions",), "broken_row", {}),
    "revoked": (("cashed_promotions",), "revoked", {}),
}
A_FILE = partial(pressed, ("Als CSV",))
SLACK: dict[str, Flow] = {
    "nobody known": partial(while_slack, "users.info", "error", {"times": -1}, partial(typed, TYPED[0])),
    "an answer refused": partial(while_slack, "response_url", "status", {"status": 500}, partial(typed, TYPED[0])),
    "an answer cut off": partial(while_slack, "response_url", "drop", {"processed": True}, partial(typed, TYPED[0])),
    "a form too late": partial(
        while_slack, "views.open", "error", {"code": "expired_trigger_id"}, partial(typed, "kaart")
    ),
    "a whisper refused": partial(
        while_slack, "chat.postEphemeral", "error", {"code": "channel_not_found"}, by_shortcut
    ),
    "no direct messages": partial(while_slack, "conversations.open", "error", {"code": "user_disabled"}, A_FILE),
    "files refused": partial(
        while_slack, "files.getUploadURLExternal", "error", {"code": "file_uploads_disabled"}, A_FILE
    ),
    "an upload broken": partial(while_slack, "upload", "status", {"status": 500}, A_FILE),
    "a csv refused": partial(
        while_slack, "files.completeUploadExternal", "error", {"code": "file_type_not_allowed"}, A_FILE
    ),
    "a share cut off": partial(while_slack, "files.completeUploadExternal", "drop", {"processed": True}, A_FILE),
}
SEARCHES: dict[str, Flow] = {f"searched {words}": partial(searched, words) for words in (CARD, SPACED, PERSON)}
BODIES: dict[str, tuple[bytes, str]] = {
    "a number": (CARD.encode(), JSON),
    "half an object": (b'{"text": "' + DASHED.encode(), JSON),
    "half a payload": (urlencode({"payload": '{"text": "' + SPACED}).encode(), FORM),
    "not UTF-8": (b"payload=\xff\xfe" + CARD.encode(), FORM),
    "a number as view": (b'payload={"type":"view_submission","team":{"id":"T1"},"view":' + CARD.encode() + b"}", FORM),
}
COMMAND = {"a command": (urlencode({"command": "/uitpas", "text": f"kaart {SPACED}"}).encode(), FORM)}
HOSTILE: dict[str, Flow] = {
    **{f"signature {forgery}": partial(forged, forgery) for forgery in FORGERIES},
    **{f"{name}, unsigned": partial(posted, *body, is_signed=False) for name, body in (BODIES | COMMAND).items()},
    **{f"{name}, signed": partial(posted, *body, is_signed=True) for name, body in BODIES.items()},
    "another team": partial(changed, lambda payload: {**payload, "team_id": "T0BUURSTAD0"}),
    "an old command": partial(changed, lambda payload: {**payload, "command": "/kaart"}),
}
UNASKED = frozenset({*TYPED[5:], *ASTRAY, *HOSTILE, *SEARCHES, "nobody known", "a form too late"})
"""What UiTPAS is not asked anything for."""
SILENT = frozenset(HOSTILE.keys() - {f"signature {forgery}" for forgery in FORGERIES} | {"an answer refused"})
"""What nobody is told anything of."""
GROUPS: dict[str, tuple[str, dict[str, Flow]]] = {
    "forms": (
        "lien",
        {
            "filled in for them": filled_in_for_them,
            "by shortcut": by_shortcut,
            "at once": partial(handed_in, (CARD,)),
            "after mistakes": partial(handed_in, (MISTYPED, PERSON, "0930", f"{CARD}x", SPACED)),
            **SEARCHES,
        },
    ),
    "slack": ("noor", SLACK),
    "typed": ("noor", {text: partial(typed, text) for text in TYPED}),
    "astray": ("lien", {text: partial(typed, text) for text in ASTRAY}),
    "buttons": ("bram", {**{labels[0]: partial(pressed, labels) for labels in BUTTONS}, "other days": other_days}),
    "uitpas": ("lien", {name: partial(while_uitpas, *fault) for name, fault in UITPAS.items()}),
    "hostile": ("emily", HOSTILE),
}
"""Who does these, and what, one after the other at the same bot."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of flows: the leaks of each that had any, and which told nothing to whoever did it, or to UiTPAS."""

    leaks: dict[str, tuple[str, ...]]
    silent: frozenset[str]
    unasked: frozenset[str]


async def walk(witness: Witness, group: str) -> Walk:
    """Let somebody do all of a group, each in fair weather again."""
    stage, (user, flows) = witness.stage, GROUPS[group]
    leaks, silent, unasked = {}, set(), set()
    for name, flow in flows.items():
        asked = _asked(witness)
        await flow(Desk(stage, user))
        sight = witness.look(user)
        leaks[name] = sight.leaks
        silent |= set() if sight.answered else {name}
        unasked |= {name} if asked == _asked(witness) else set()
        stage.slack.faults.clear()
        stage.uitpas.faults.clear()
        stage.clock.advance(10)
    return Walk({name: found for name, found in leaks.items() if found}, frozenset(silent), frozenset(unasked))


def clean(group: str) -> Walk:
    """Return what must come of a group."""
    _, flows = GROUPS[group]
    return Walk({}, SILENT & flows.keys(), UNASKED & flows.keys())


def _asked(witness: Witness) -> int:
    return sum(call.name == "cashed_promotions" for call in witness.stage.uitpas.calls)
