"""Elements whose last click the app did not acknowledge. Slack shows a warning sign beside them."""

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.records import Json, Message, View


class Stuck:
    """Knows of each person what they clicked on in vain. Nothing of it outlives a restart."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._signs: set[tuple[str, ...]] = set()

    def clicked(self, user: str, where: Message | View, block: Json, element: Json, *, answered: bool) -> None:
        """Put the sign beside an element, or take it away."""
        sign = _sign(user, where, block, element)
        if answered == (sign in self._signs):
            self._signs ^= {sign}
            self._changes.happened()

    def marked(self, user: str, where: Message | View) -> list[Json]:
        """Return the blocks as that person sees them: elements with the sign have `unanswered`."""
        return [_with_signs(block, self._within(user, where, block)) for block in where.blocks]

    def _within(self, user: str, where: Message | View, block: Json) -> list[Json]:
        return [one for one in elements(block) if _sign(user, where, block, one) in self._signs]


def _with_signs(block: Json, unanswered: list[Json]) -> Json:
    def seen(one: object) -> object:
        return {**one, "unanswered": True} if isinstance(one, dict) and one in unanswered else one

    if not unanswered:
        return block
    return {name: [seen(one) for one in part] if isinstance(part, list) else seen(part) for name, part in block.items()}


def _sign(user: str, where: Message | View, block: Json, element: Json) -> tuple[str, ...]:
    place = where.id if isinstance(where, View) else where.ts
    return user, place, block["block_id"], element["action_id"], str(element.get("value"))
