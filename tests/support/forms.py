"""The form of a report as a person has it before them: what it says, and what they choose and hand in."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import running
from bot.demo import EMPLOYEES
from bot.sandbox.slack.blocks import elements, find_element
from bot.sandbox.slack.choices import state_of
from bot.sandbox.slack.filling import Values
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Json, Message, View
from bot.sandbox.uitpas import UitpasSandbox
from tests.support.stage import PACE, Stage, staged

BALIE, OFFERS, FIRST, LAST = "form_balie", "form_period", "form_first", "form_last"
PLACE, CHANNEL, FILE, AGAIN = "form_place", "form_channel", "form_file", "form_again"
PERIODS, NOTE = "periods", "note"
"""What `shown` calls the offer of UiTPAS, and the small print about who can read the answer."""
LOOKING = ("Ik zoek op", "I am looking up", "Ik kijk na", "I am checking")
"""How sentences begin that stand there only until something is known."""
PATIENCE = 10.0


async def eventually(predicate: Callable[[], object]) -> None:
    """Return as soon as the predicate holds, asked again and again.

    Raises:
        TimeoutError: it did not within ten real seconds.
    """
    async with asyncio.timeout(PATIENCE):
        while not predicate():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.005)


@dataclass
class Form:
    """The modals of one person. `seen` are all pictures they have had before them, oldest first."""

    stage: Stage
    user: str = "lien"
    seen: list[View] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Watch what comes before the person."""
        self.stage.slack.world.subscribe(self._notice)

    @property
    def who(self) -> str:
        """The person's id."""
        return self.stage.slack.world.person(self.user).id

    @property
    def open(self) -> list[View]:
        """What the person has open, the one in front last."""
        return self.stage.slack.world.views(self.user)

    @property
    def view(self) -> View:
        """The one modal they have open."""
        (view,) = self.open
        return view

    @property
    def shown(self) -> dict[str, Any]:
        """What the modal says now, see `shown`."""
        return shown(self.view)

    async def type(self, text: str = "rapport", channel: str | None = None) -> Delivery:
        """Type the command that opens the form; return once it is open and everything is told."""
        before = self._hash
        delivery = await self.stage.type(text, user=self.user, channel=channel)
        await self.told(since=before)
        return delivery

    async def pick_shortcut(self) -> Delivery:
        """Choose the shortcut; return once the modal is open and everything is told."""
        before = self._hash
        delivery = await self.stage.slack.shortcut(self.who, "report")
        await self.told(since=before)
        return delivery

    async def told(self, *, since: str = "") -> None:
        """Return once a modal is open that waits for nothing, and whose hash is another than `since`."""
        await eventually(lambda: bool(self.open) and self.view.hash != since and not waits(self.view))

    async def click(self, action: str, chosen: Any, typed: dict[str, Any] | None = None) -> Delivery:
        """Choose something in an element, with what else was filled in by then; return once that is acknowledged."""
        return await self.stage.slack.click(
            self.who, self.view, action, selected=chosen, values=by_block(self.view, typed or {})
        )

    async def choose(self, action: str, chosen: Any, typed: dict[str, Any] | None = None) -> Delivery:
        """Choose something in an element; return once the form was changed by it and everything is told."""
        before = self._hash
        delivery = await self.click(action, chosen, typed)
        await self.told(since=before)
        return delivery

    async def search(self, words: str) -> dict[str, str]:
        """Type into the select of balies; return the values it offers by what they show."""
        options = await self.stage.slack.options(self.who, self.view, BALIE, words)
        return {option["text"]["text"]: option["value"] for option in options}

    async def balie(self, alias: str) -> str:
        """Search a balie by its alias; return the value to choose it by."""
        (value,) = (await self.search(alias)).values()
        return value

    async def submit(self, typed: dict[str, Any] | None = None) -> Delivery:
        """Hand the form in with these values by action, and let the bot do all that is due."""
        view = self.view
        self.stage.clock.advance(PACE)
        delivery = await self.stage.slack.submit(self.who, view.id, by_block(view, typed or {}))
        await self.stage.settle()
        return delivery

    async def close(self) -> None:
        """Close the modal in front."""
        await self.stage.slack.close_view(self.who, self.open[-1].id)

    def complaints(self) -> dict[str, str]:
        """Return the sentences under the fields, by the label of each."""
        labels = {block["block_id"]: block["label"]["text"] for block in self.view.blocks if block["type"] == "input"}
        return {labels[block]: sentence for block, sentence in self.view.errors.items()}

    @property
    def _hash(self) -> str:
        return self.open[-1].hash if self.open else ""

    def _notice(self, revision: int) -> None:
        del revision
        for view in self.open[-1:]:
            if not self.seen or (self.seen[-1].id, self.seen[-1].hash) != (view.id, view.hash):
                self.seen.append(view)


@dataclass
class Door:
    """Stands before UiTPAS: while it is shut, every question for periods waits until the test lets it in."""

    is_shut: bool = False
    _waiting: asyncio.Queue[asyncio.Event] = field(default_factory=asyncio.Queue)

    async def watch(self, phase: str, call: str) -> None:
        """Observe the calls as they come in."""
        if self.is_shut and (phase, call) == ("before", "periods"):
            entry = asyncio.Event()
            await self._waiting.put(entry)
            await entry.wait()

    async def knock(self) -> asyncio.Event:
        """Return the next question that waits, as the event that lets it in."""
        async with asyncio.timeout(PATIENCE):
            return await self._waiting.get()


@asynccontextmanager
async def anew(stage: Stage, **settings: Any) -> AsyncIterator[Stage]:
    """Start another bot over the same database, with other settings; Slack posts everything to it from now on."""
    chosen = stage.settings.model_copy(update={"slack_app_token": SecretStr(""), **settings})
    async with running(chosen, clock=stage.clock, timers=False) as bot:
        stage.slack.connect_http(f"{bot.url}/slack/events")
        yield replace(stage, bot=bot, settings=chosen)


@asynccontextmanager
async def guarded(folder: Path) -> AsyncIterator[tuple[Stage, Door]]:
    """Set the stage with a door before its UiTPAS."""
    door = Door()
    async with staged(folder) as first, AsyncExitStack() as stack:
        clock = first.clock
        uitpas = UitpasSandbox(report_seconds=0, now=clock.now, sleep=clock.sleep, observer=door.watch)
        await uitpas.start()
        stack.push_async_callback(uitpas.aclose)
        second = await stack.enter_async_context(anew(first, uitpas_api_url=uitpas.api_url))
        stage = replace(second, uitpas=uitpas)
        for user in EMPLOYEES:
            await stage.link(user)
        yield stage, door


def by_block(view: View, typed: dict[str, Any]) -> Values:
    """Return values named by their action as Slack takes them: by block and action."""
    values: dict[str, dict[str, Any]] = {}
    for action, value in typed.items():
        block, _ = find_element(view.blocks, action)
        values.setdefault(block["block_id"], {})[action] = value
    return values


def shown(view: View) -> dict[str, Any]:
    """Return what a modal says, by label or kind of block, with what is filled in as a person reads it."""
    state = state_of(view.blocks, view.state)
    said: dict[str, Any] = {}
    for block in view.blocks:
        said |= _block(block, state.get(block["block_id"], {}))
    return said


def only_saying(view: View, text: str, *, title: str = "Onkostennota", close: str = "Sluiten") -> Json:
    """Return the whole content of a modal that says this and no more, under the id that Slack gave its block."""
    (block,) = view.blocks
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": close},
        "blocks": [{"type": "section", "block_id": block["block_id"], "text": {"type": "mrkdwn", "text": text}}],
    }


def waits(view: View) -> bool:
    """Tell whether something in a modal is still being looked up."""
    return any(isinstance(said, str) and said.startswith(LOOKING) for said in shown(view).values())


def offer(view: View) -> list[str]:
    """Return the values of the periods that a form offers."""
    _, menu = find_element(view.blocks, OFFERS)
    return [option["value"] for option in menu["options"]]


def asked_periods(stage: Stage) -> list[tuple[str, str]]:
    """Return (nick of the employee, number of the balie) of every time UiTPAS was asked for periods."""
    nicks = {employee.uid: employee.nick for employee in stage.uitpas.world.employees}
    asked = [call for call in stage.uitpas.calls if call.name == "periods"]
    return [(nicks[call.uid or ""], _number(stage, call.params["balieConsumerKey"])) for call in asked]


def methods(stage: Stage) -> list[str]:
    """Return the names of the calls that Slack got."""
    return [call.method for call in stage.slack.calls]


def remove_balie(stage: Stage, alias: str) -> None:
    """Take a balie out of the mapping."""
    with closing(sqlite3.connect(stage.settings.baliebot_database, isolation_level=None)) as database:
        gone = database.execute("UPDATE balies SET removed_at = ? WHERE alias = ?", ["2026-07-15", alias])
        assert gone.rowcount == 1


async def delivered(stage: Stage, channel: str | None = None) -> tuple[Message, list[Message]]:
    """Let the report be made; return the one root of a conversation and what stands under it."""
    await stage.pass_time(2)
    (root,) = stage.roots(channel)
    return root, stage.replies(root, channel)


def _block(block: Json, state: dict[str, Json]) -> dict[str, Any]:
    if block["type"] == "input":
        (element,) = elements(block)
        return {block["label"]["text"]: _content(state[element["action_id"]])}
    if block["type"] == "context":
        name = PERIODS if block["block_id"].startswith(OFFERS) else NOTE
        return {name: "\n".join(element["text"] for element in block["elements"])}
    if menu := block.get("accessory"):
        return {PERIODS: [option["text"]["text"] for option in menu["options"]]}
    return {block["type"]: block["text"]["text"]}


def _content(entry: Json) -> Any:
    (content,) = (value for name, value in entry.items() if name != "type")
    if isinstance(content, list):
        return [one["text"]["text"] for one in content]
    return content["text"]["text"] if isinstance(content, dict) else content


def _number(stage: Stage, key: str) -> str:
    balie = stage.uitpas.world.balie(key)
    return "" if balie is None else str(balie.number)
