"""The card question as a person has it before them: the table, what is said around it, the buttons, the form."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Message, View
from tests.support.forms import by_block
from tests.support.stage import PACE, Stage

SWAPPED = "0930012345607"
"""The card of the stand-in that was swapped 45 times in the past year."""


@dataclass
class Desk:
    """One person at a desk, and all they see of cards in one place."""

    stage: Stage
    user: str = "lien"
    channel: str | None = None

    @property
    def who(self) -> str:
        """The person's id."""
        return self.stage.slack.world.person(self.user).id

    @property
    def where(self) -> str:
        """The channel's id."""
        return self.stage.slack.world.channel(self.channel or self.stage.where).id

    @property
    def answers(self) -> list[Message]:
        """All that only this person sees in that place, oldest first."""
        return self.stage.slack.world.ephemerals(self.who, self.where)

    @property
    def answer(self) -> Message:
        """The only thing that this person sees."""
        (message,) = self.answers
        return message

    @property
    def form(self) -> View:
        """The one modal they have open."""
        (view,) = self.stage.slack.world.views(self.user)
        return view

    async def type(self, text: str) -> Delivery:
        """Type a command."""
        return await self.stage.type(text, user=self.user, channel=self.channel)

    async def press(self, label: str, message: Message | None = None) -> Delivery:
        """Press the button that says so."""
        shown = message or self.answer
        return await self.stage.click(buttons(shown)[label], shown, user=self.user)

    async def submit(self, **typed: Any) -> Delivery:
        """Hand the form in with these values by action."""
        self.stage.clock.advance(PACE)
        delivery = await self.stage.slack.submit(self.who, self.form.id, by_block(self.form, typed))
        await self.stage.settle()
        return delivery

    async def balie(self, words: str) -> str:
        """Search a balie in the form; return the value of the only one offered."""
        (option,) = await self.stage.slack.options(self.who, self.form, "card_balie", words)
        return str(option["value"])

    def complaints(self) -> dict[str, str]:
        """Return the sentences under the fields, by the label of each."""
        labels = {block["block_id"]: block["label"]["text"] for block in self.form.blocks if block["type"] == "input"}
        return {labels[block]: sentence for block, sentence in self.form.errors.items()}


def rows(message: Message) -> list[tuple[str, ...]]:
    """Return the rows of the table in a message, its head left out."""
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    return [tuple(cell["text"] for cell in row) for row in table["rows"][1:]]


def said(message: Message) -> list[str]:
    """Return what stands around the table."""
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    return [
        *texts,
        *(part["text"] for block in message.blocks if block["type"] == "context" for part in block["elements"]),
    ]


def buttons(message: Message) -> dict[str, str]:
    """Return the actions of the buttons by what stands on them."""
    found = [element for block in message.blocks if block["type"] == "actions" for element in elements(block)]
    return {element["text"]["text"]: element["action_id"] for element in found}


def filled(view: View) -> dict[str, Any]:
    """Return what a form begins with, by label; sections and small print by their kind."""
    shown: dict[str, Any] = {}
    for block in view.blocks:
        if block["type"] == "input":
            (element,) = elements(block)
            option = element.get("initial_option")
            value = element.get("initial_value") or element.get("initial_date")
            shown[block["label"]["text"]] = option["text"]["text"] if option else value
        elif block["type"] == "section":
            shown["section"] = block["text"]["text"]
        else:
            shown["note"] = block["elements"][0]["text"]
    return shown
