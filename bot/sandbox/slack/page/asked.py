"""What a page asks for: the fields of one POST, checked as they are read."""

from typing import Any

from aiohttp import web

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.records import Channel, Json, Message, Person, View
from bot.sandbox.slack.sight import acts, reads
from bot.sandbox.slack.world import World


def acting(world: World, name: str) -> Person:
    """Return who looks or acts. Raises LookupError for nobody, PermissionError for who can't use the page."""
    person = world.person(name)
    if not acts(person):
        raise PermissionError(f"nobody can look through the eyes of {person.name}")
    return person


class Asked:
    """The fields of one POST. Raises ValueError for one that is missing or of another type."""

    def __init__(self, world: World, fields: Json) -> None:
        self._world = world
        self._fields = fields
        self.person = acting(world, self.text("as"))

    @classmethod
    async def read(cls, world: World, request: web.Request) -> "Asked":
        """Read the body. Raises ValueError when it isn't a JSON object."""
        fields = await request.json()
        if not isinstance(fields, dict):
            raise ValueError("a JSON object is expected")  # noqa: TRY004 - what was sent is wrong, not our code
        return cls(world, fields)

    def text(self, name: str) -> str:
        """Return a string that has to be there."""
        value = self._fields.get(name)
        if not isinstance(value, str):
            raise ValueError(f"{name!r} has to be a text")  # noqa: TRY004 - as above
        return value

    def maybe(self, name: str) -> str | None:
        """Return a string, None where it is absent or empty."""
        return self.text(name) or None if self._fields.get(name) else None

    def chosen(self) -> Any:
        """Return what was chosen in an element, whatever its type."""
        return self._fields.get("selected")

    def channel(self) -> Channel:
        """Return the conversation. Raises LookupError for none, PermissionError where they aren't in."""
        return self._readable(self.text("channel"))

    def where(self) -> Message | View:
        """Return the message or view acted on. Raises LookupError when it isn't before that person."""
        at = self._fields.get("at")
        if not isinstance(at, dict):
            raise ValueError("'at' has to name a message or a view")  # noqa: TRY004 - as above
        return self._view(at["view"]) if "view" in at else self._message(at.get("channel"), at.get("ts"))

    def values(self, where: Message | View | None = None) -> dict[str, dict[str, Any]]:
        """Return what was filled in; with a view, only what it still has: it may have changed meanwhile."""
        values = self._fields.get("values") or {}
        if not isinstance(values, dict) or not all(isinstance(one, dict) for one in values.values()):
            raise ValueError("'values' has to hold objects by block")
        if not isinstance(where, View):
            return values
        shown = {(block["block_id"], one["action_id"]) for block in where.blocks for one in elements(block)}
        return {
            block_id: {action_id: value for action_id, value in actions.items() if (block_id, action_id) in shown}
            for block_id, actions in values.items()
        }

    def _readable(self, name: str) -> Channel:
        channel = self._world.channel(name)
        if not reads(self.person, channel):
            raise PermissionError(f"{self.person.name} isn't in that conversation")
        return channel

    def _view(self, view_id: str) -> View:
        home = self._world.home(self.person.id)
        for view in [*self._world.views(self.person.id), *([home] if home else [])]:
            if view.id == view_id:
                return view
        raise LookupError(f"{self.person.name} has no view {view_id!r} before them")

    def _message(self, channel: object, ts: object) -> Message:
        place = self._readable(str(channel))
        for message in (self._world.talk.find(place.id, str(ts)), self._world.talk.ephemeral(str(ts))):
            if message and message.channel == place.id and message.only_for in {None, self.person.id}:
                return message
        raise LookupError(f"there is no message {ts!r} there")
