"""The list of balies as a person has it before them: what it says, and what they choose and press in it."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Json, Message, View
from tests.support.stage import PACE, Stage

CHOOSE, BACK = "balies_choose", "balies_back"
PREVIOUS, NEXT = "balies_previous", "balies_next"
DEFAULT, RENAME, REMOVE = "balies_default", "balies_rename", "balies_remove"
ALIAS = "balies_alias_typed"


@dataclass
class BalieList:
    """The answers to one person in one channel, by default that of the stage."""

    stage: Stage
    user: str = "lien"
    channel: str = ""

    @property
    def who(self) -> str:
        """The person's id."""
        return self.stage.slack.world.person(self.user).id

    @property
    def place(self) -> str:
        """The channel's name or id."""
        return self.channel or self.stage.where

    @property
    def answer(self) -> Message:
        """What only they see, the last of it."""
        return self.stage.slack.world.ephemerals(self.user, self.place)[-1]

    @property
    def said(self) -> list[str]:
        """What the answer says, section by section."""
        return said(self.answer)

    @property
    def note(self) -> str:
        """What stands above the balie in the answer, or the whole answer when it is one sentence."""
        return self.answer.text

    @property
    def buttons(self) -> list[str]:
        """What stands on the buttons under the answer."""
        return [element["text"]["text"] for element in acted_on(self.answer) if element["type"] == "button"]

    async def type(self, words: str = "balies") -> list[str]:
        """Type the command; return what the answer says."""
        await self.stage.type(words, user=self.user, channel=self.place)
        return self.said or [self.note]

    async def press(self, action: str) -> Delivery:
        """Press a button under the answer."""
        return await self.stage.click(action, self.answer, user=self.user)

    async def search(self, words: str, *, as_answered: bool = False) -> list[str]:
        """Type into the select; return what it shows, or the labels over it when `as_answered`."""
        options = await self.stage.slack.options(self.who, self.answer, CHOOSE, words)
        if as_answered:
            ack = self.stage.slack.deliveries[-1].ack
            return [group["label"]["text"] for group in ack.get("option_groups", [])]
        return [option["text"]["text"] for option in options]

    async def choose(self, alias: str) -> list[str]:
        """Search a balie by its alias and choose it; return what the answer says then."""
        options = await self.stage.slack.options(self.who, self.answer, CHOOSE, alias)
        await self.stage.click(CHOOSE, self.answer, user=self.user, selected=options[0]["value"])
        return self.said

    async def open(self, alias: str) -> "BalieList":
        """Type the command and choose a balie."""
        await self.type()
        await self.choose(alias)
        return self

    @property
    def form(self) -> View:
        """The one modal they have open."""
        (view,) = self.stage.slack.world.views(self.user)
        return view

    @property
    def is_form_open(self) -> bool:
        """Whether they have a modal open."""
        return self.stage.slack.world.views(self.user) != []

    async def hand_in(self, alias: str) -> dict[str, str]:
        """Hand in the form with this alias; return the sentences that stand at its fields then."""
        view = self.form
        self.stage.clock.advance(PACE)
        await self.stage.slack.submit(self.who, view.id, {ALIAS: {ALIAS: alias}})
        await self.stage.settle()
        return self.form.errors if self.is_form_open else {}


def said(message: Message) -> list[str]:
    """Return what each section of a message says."""
    return [block["text"]["text"] for block in message.blocks if block["type"] == "section"]


def acted_on(message: Message) -> list[Json]:
    """Return the elements of a message that one can act on."""
    return [element for block in message.blocks for element in elements(block)]


def without_ids(blocks: list[Json]) -> list[dict[str, Any]]:
    """Return blocks without the ids that Slack gives them."""
    return [{name: value for name, value in block.items() if name != "block_id"} for block in blocks]


async def mapping(stage: Stage) -> dict[str, tuple[str, str]]:
    """Return what is mapped: name and channels of each balie by its alias."""
    rows = csv.DictReader(io.StringIO(await stage.bot.balies.export_csv(stage.bot.team)))
    return {row["alias"]: (row["name"], row["channels"]) for row in rows}


async def map_csv(stage: Stage, *lines: str) -> None:
    """Import lines of a CSV: alias, name, key, channels."""
    await stage.bot.balies.import_csv(stage.bot.team, "\n".join(["alias,name,consumer_key,channels", *lines]))


def key_of(stage: Stage, number: int) -> str:
    """Return the key of a balie of the UiTPAS stand-in."""
    return next(balie.consumer_key for balie in stage.uitpas.world.balies if balie.number == number)


def tampered(stage: Stage, value: str) -> None:
    """Let every button and choice from now on carry another value."""

    def change(payload: Json) -> Json:
        for action in payload.get("actions", []):
            (action.get("selected_option") or action)["value"] = value
        return payload

    stage.slack.tamper = change
