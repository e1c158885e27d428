"""A desk at which digests are set up: the form as a person has it before them, and the list with its buttons."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.blocks import elements, find_element
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Json, Message, View
from tests.home.tab import lines
from tests.linking.rows import rows
from tests.support.forms import Form
from tests.support.forms import shown as shown_in_form
from tests.support.stage import Stage

BALIES, RHYTHM, DAY, TIME = "digest_balies", "digest_rhythm", "digest_day", "digest_time"
ZONE, SPOKEN = "digest_zone", "digest_language"
NEW, TRY, EDIT = "digest_new", "digest_try", "digest_edit"
PAUSE, RESUME, REMOVE = "digest_pause", "digest_resume", "digest_remove"
LIEN, BRAM = "<@U0LIEN00001>", "<@U0BRAM00002>"
WORDS = "Op de eerste maandag nadat een kwartaal is afgelopen, om 09:00 (Europe/Brussels)"
NEXT = "Volgende keer: maandag 5 oktober 2026, 09:00 (Europe/Brussels)"
SLUIS = f"*CC De Sluis*\n{WORDS}\n{NEXT}\nIngesteld door {LIEN}, in het Nederlands"
HEAD = "*Digests die hier komen*"
OWN = "[Nu proberen] [Aanpassen] [Pauzeren] [Verwijderen]"
OWN_PAUSED = "[Nu proberen] [Aanpassen] [Hervatten] [Verwijderen]"
OTHERS = "[Pauzeren] [Verwijderen]"
NEW_DIGEST = "[Nieuwe digest]"


@dataclass
class DigestForm(Form):
    """The form of a digest of one person."""

    @property
    def shown(self) -> dict[str, Any]:
        """What it says now, by label or kind of block."""
        return shown(self.view)

    async def type(self, text: str = "digest", channel: str | None = None) -> Delivery:
        """Type the command that opens the form; return once it is open and everything is told."""
        return await super().type(text, channel)

    async def find(self, action: str, words: str) -> list[str]:
        """Type into a select; return the values it offers."""
        options = await self.stage.slack.options(self.who, self.view, action, words)
        return [option["value"] for option in options]

    async def balies(self, *aliases: str) -> list[str]:
        """Search balies by their aliases; return the values to choose them by."""
        return [value for alias in aliases for value in await self.find(BALIES, alias)]

    async def set_up(self, channel: str | None = None, **typed: Any) -> str:
        """Have a digest set up in a channel, from the command or from the list; return its id."""
        known = digests(self.stage)
        await self.stage.type("digest", user=self.user, channel=channel)
        if not self.open:
            await self.stage.click(NEW, whisper(self.stage, self.user, channel), user=self.user)
        await self.submit(typed)
        await self.close()
        (made,) = [digest for digest in digests(self.stage) if digest not in known]
        return made


def shown(view: View) -> dict[str, Any]:
    """Return what a form says, by label or kind of block, with what is filled in as a person reads it."""
    said = shown_in_form(view)
    contexts = [block["elements"][0]["text"] for block in view.blocks if block["type"] == "context"]
    return {**said, "note": contexts[-1]} | ({"missing": contexts[0]} if len(contexts) > 1 else {})


def digests(stage: Stage) -> list[str]:
    """Return the ids of all digests that were not removed, the oldest first."""
    return rows(stage, "SELECT id FROM digests WHERE removed_at IS NULL ORDER BY made_at, id")


def change(stage: Stage, query: str, *values: object) -> None:
    """Write into the database of the bot, as something that happened beside it."""
    with closing(sqlite3.connect(stage.settings.baliebot_database)) as database:
        database.execute(query, values)
        database.commit()


def end_link(stage: Stage) -> None:
    """End Lien's link without a word."""
    change(stage, "UPDATE accounts SET state = 'ended' WHERE user = ?", stage.slack.world.person("lien").id)


def whisper(stage: Stage, user: str = "lien", channel: str | None = None) -> Message:
    """Return what the bot last showed one person alone in a channel."""
    return stage.slack.world.ephemerals(user, channel or stage.where)[-1]


def read(stage: Stage, user: str = "lien", channel: str | None = None) -> list[str]:
    """Return what stands in that, a line for each block."""
    return lines(whisper(stage, user, channel).blocks)


async def listed(stage: Stage, user: str = "lien", channel: str | None = None) -> list[str]:
    """Ask for the list; return what stands in it."""
    await stage.type("digest", user=user, channel=channel)
    return read(stage, user, channel)


async def press(stage: Stage, action: str, user: str = "lien", channel: str | None = None) -> list[str]:
    """Press a button in what the bot last showed this person alone; return what stands there then."""
    delivery = await stage.click(action, whisper(stage, user, channel), user=user)
    assert delivery.error is None
    return read(stage, user, channel)


def values(blocks: list[Json]) -> set[str]:
    """Return what the buttons carry."""
    return {element["value"] for block in blocks if block["type"] == "actions" for element in elements(block)}


def element(view: View, action: str) -> Json:
    """Return an element of a form."""
    return find_element(view.blocks, action)[1]
