"""The conversations a select offers. Follows "Conversations select menu" of the Block Kit reference."""

from collections.abc import Mapping

from bot.sandbox.slack.blocks import elements
from bot.sandbox.slack.records import Channel, Json, Person
from bot.sandbox.slack.sight import sees


class Menu:
    """Knows what each person may choose among, by the filter of the element."""

    def __init__(self, people: Mapping[str, Person], channels: Mapping[str, Channel]) -> None:
        self._people = people
        self._channels = channels

    def offered(self, user: str, element: Json, query: str = "") -> list[Json]:
        """Return what fits the words typed, as options whose values are the ids of conversations."""
        listed = ((channel.id, self.label(user, channel.id)) for channel in self._listed(user, element))
        return [
            {"text": {"type": "plain_text", "text": label, "emoji": False}, "value": identifier}
            for identifier, label in listed
            if query.strip().casefold() in label.casefold()
        ]

    def check(self, user: str, element: Json, chosen: object) -> None:
        """Raise LookupError when that conversation, or one of several, can't be chosen there."""
        for one in chosen if isinstance(chosen, list) else [chosen]:
            if one is not None and one not in self._allowed(user, element):
                raise LookupError(f"no conversation {one!r} to choose, only {self._allowed(user, element)}")

    def label(self, user: str, channel_id: str) -> str:
        """Return a conversation's name with `#`, or whom that person writes with; the id of one they don't see."""
        channel = self._channels.get(channel_id)
        if channel is None or not sees(self._people[user], channel):
            return channel_id
        if not channel.is_im:
            return f"#{channel.name}"
        [other] = (one for one in channel.members if one != user)
        return self._people[other].real_name

    def preselected(self, user: str, blocks: list[Json], place: str | None) -> dict[str, dict[str, Json]]:
        """Return the state of the selects that start with the conversation somebody came from."""
        state: dict[str, dict[str, Json]] = {}
        for block in blocks:
            for element in elements(block):
                wanted = element.get("default_to_current_conversation") and not element.get("initial_conversation")
                if wanted and element["type"] == "conversations_select" and place in self._allowed(user, element):
                    entry = {"type": element["type"], "selected_conversation": place}
                    state.setdefault(block["block_id"], {})[element["action_id"]] = entry
        return state

    def _allowed(self, user: str, element: Json) -> list[str]:
        return [channel.id for channel in self._listed(user, element)]

    def _listed(self, user: str, element: Json) -> list[Channel]:
        person, wanted = self._people[user], element.get("filter") or {}
        kinds = wanted.get("include") or ["im", "mpim", "private", "public"]
        return [
            channel
            for channel in self._channels.values()
            if channel.kind in kinds
            and not channel.is_archived
            and sees(person, channel)
            and not (channel.is_ext_shared and wanted.get("exclude_external_shared_channels"))
            and not (channel.is_im and wanted.get("exclude_bot_users"))
        ]
