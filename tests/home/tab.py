"""Somebody's Home tab, as they read it and press in it."""

from dataclasses import dataclass

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Json, View
from tests.linking.rows import rows
from tests.support.stage import Stage

ASK = ["# Wat wil je opzoeken?", "[Onkostennota vragen] [Kaart opzoeken]"]
LINKED = "(Je UiTiD is gekoppeld sinds 15 juli 2026, 10:00. Losmaken kan altijd: typ `/uitpas ontkoppel`.)"
WHAT = (
    "• *Onkostennota:* je kiest een balie en een periode, ik vraag ze aan UiTPAS en bezorg ze hier in Slack, met de"
    " bedragen erbij.\n• *Kaart:* je typt het nummer, en alleen jij ziet waarvoor de punten zijn omgeruild."
)
SLUIS = "• *CC De Sluis* `de-sluis`"
KUIL = "• *Zwembad De Kuil &amp; Zonen* `de-kuil`"
REST = """
• *Jeugdhuis Het Vlot* `het-vlot`
• *Stadsloket Molenschoot* `molenschoot`
• *Bibliotheek Oosterwal* `oosterwal`
• *Museum De Oude Schuur* `oude-schuur`
• *Gemeenschapscentrum 't Hof* `t-hof`
• *Cultuurcafé Wilgendries* `wilgendries`"""


def foot(clock: str) -> list[str]:
    """Return how a Home ends that was drawn at this time."""
    said = f"Bijgewerkt op 15 juli 2026, {clock}. Typ `/uitpas help` om te zien wat je allemaal kan vragen."
    return ["divider", f"({said})"]


def lines(blocks: list[Json]) -> list[str]:
    """Return what stands in a view, a line for each block; `#` is a header, `()` small print, `[]` a button."""
    return [_line(block) for block in blocks]


def _line(block: Json) -> str:
    match block["type"]:
        case "header":
            return f"# {block['text']['text']}"
        case "context":
            return f"({block['elements'][0]['text']})"
        case "actions":
            return " ".join(f"[{one['text']['text']}]" for one in elements(block))
        case "section":
            return str(block["text"]["text"])
        case kind:
            return str(kind)


@dataclass
class Tab:
    """The tab of one person."""

    stage: Stage
    user: str = "lien"

    @property
    def who(self) -> str:
        """Their id."""
        return self.stage.slack.world.person(self.user).id

    @property
    def shown(self) -> list[str]:
        """What they read in it; nothing before it was drawn."""
        home = self.stage.slack.world.home(self.user)
        return [] if home is None else lines(home.blocks)

    @property
    def modal(self) -> View:
        """The only modal they have before them."""
        (view,) = self.stage.slack.world.views(self.user)
        return view

    @property
    def drawn(self) -> int:
        """How often their Home was drawn, or was tried to be."""
        asked = [call.args for call in self.stage.slack.calls if call.method == "views.publish"]
        return sum(args["user_id"] == self.who for args in asked)

    @property
    def row(self) -> list[tuple[int, int]]:
        """Whether the database says that it is stale, and after how many attempts; nothing where it is forgotten."""
        found: list[tuple[int, int]] = rows(self.stage, "SELECT is_stale, attempts FROM homes WHERE user = ?", self.who)
        return found

    def part(self, header: str) -> list[str]:
        """Return what stands under a header."""
        after = self.shown[self.shown.index(f"# {header}") + 1 :]
        ends = [place for place, line in enumerate(after) if line.startswith(("#", "divider"))]
        return after[: ends[0]]

    async def open(self) -> Delivery:
        """Open it, and let the bot do all that is due."""
        delivery = await self.stage.slack.open_home(self.who)
        await self.stage.settle()
        return delivery

    async def press(self, action: str) -> None:
        """Press a button in it."""
        home = self.stage.slack.world.home(self.user)
        assert home is not None
        delivery = await self.stage.click(action, home, user=self.user)
        assert delivery.error is None

    async def press_in_modal(self, action: str) -> None:
        """Press a button in the modal."""
        delivery = await self.stage.click(action, self.modal, user=self.user)
        assert delivery.error is None
