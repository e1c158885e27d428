"""What people do, delivered to the app, and what they get to see of it.

Every method returns once the app acknowledged or three real seconds passed.
"""

import asyncio
import time
from dataclasses import replace
from typing import Any

from bot.sandbox.slack.acknowledgements import Acknowledgements
from bot.sandbox.slack.blocks import find_element
from bot.sandbox.slack.choices import acted, entry_of
from bot.sandbox.slack.parcels import Delivery, Parcel, Target, UndeliveredError
from bot.sandbox.slack.payloads import Payloads
from bot.sandbox.slack.records import Channel, Json, Message, Person, View
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.slack.world import World

PATIENCE = 3.0


class Deliveries:
    """Acts for people. `target` is the way to the app and may be changed; `patience` is in real seconds."""

    def __init__(self, workspace: Workspace, target: Target) -> None:
        self.target = target
        self.patience = PATIENCE
        self._workspace = workspace
        self._world = workspace.world
        self._payloads = Payloads(workspace)
        self._acknowledged = Acknowledgements(workspace.world)

    async def command(self, user: str, channel: str, command: str, text: str) -> Delivery:
        """Type a slash command. Raises PermissionError when that person can't type there."""
        person, place = self._world.person(user), self._world.channel(channel)
        _present(person, place)
        payload = self._payloads.command(person, place, command, text)
        delivery = await self._deliver("slash_commands", payload)
        return self._seen(delivery, command, place.id, person.id)

    async def click(self, user: str, where: Message | View, action_id: str, value: str | None, chosen: Any) -> Delivery:
        """Press a button or choose in a select. Raises LookupError when there is none to act on."""
        person = self._world.person(user)
        _sees(person, where, self._world)
        block, element = find_element(where.blocks, action_id, value=value if chosen is None else None)
        entry: Json = {}
        if element["type"] != "button":
            wanted = value if chosen is None else chosen
            entry = entry_of(element, wanted, self._offered(where, action_id))
        action = acted(block, element, entry, self._world.stamps.ts())
        if isinstance(where, View):
            view = self._filled(where, {block["block_id"]: {action_id: entry}} if entry else {})
            return await self._deliver("interactive", self._payloads.view_action(person, view, action))
        payload = self._payloads.message_action(person, where, action)
        delivery = await self._deliver("interactive", payload)
        if delivery.error:
            self._acknowledged.failed("That action", delivery.error, where.channel, person.id)
        return delivery

    async def options(self, user: str, where: Message | View, action_id: str, query: str) -> list[Json]:
        """Type into an external select; return what it shows. Too late or too many shows nothing."""
        person = self._world.person(user)
        _sees(person, where, self._world)
        block, element = find_element(where.blocks, action_id)
        if "external_select" not in element["type"]:
            raise LookupError(f"{action_id!r} is a {element['type']}, it asks the app for nothing")
        payload = self._payloads.suggestion(person, where, block, action_id, query)
        shown = self._acknowledged.of_suggestion((await self._deliver("interactive", payload)).ack)
        self._workspace.offered[_place(where), action_id] = shown
        return shown

    async def submit(self, user: str, view_id: str, values: dict[str, dict[str, Any]]) -> Delivery:
        """Fill in a modal and submit it. Raises LookupError when it isn't open, or has no such input."""
        person, view = self._world.person(user), self._open_view(user, view_id)
        entries: dict[str, dict[str, Json]] = {}
        for block_id, actions in values.items():
            for action_id, value in actions.items():
                _, element = find_element(view.blocks, action_id, block_id=block_id)
                entry = entry_of(element, value, self._offered(view, action_id))
                entries.setdefault(block_id, {})[action_id] = entry
        view = self._filled(replace(view, errors={}, trouble=None), entries)
        delivery = await self._deliver("interactive", self._payloads.submission(person, view))
        return self._submitted(delivery, view)

    async def close_view(self, user: str, view_id: str, *, all_of_them: bool = False) -> Delivery | None:
        """Close a modal; the app hears of it only where it asked for that (`notify_on_close`)."""
        person, view = self._world.person(user), self._open_view(user, view_id)
        if all_of_them or view.content.get("clear_on_close"):
            self._world.modals.clear(person.id)
        else:
            self._world.modals.close(view)
        if not view.content.get("notify_on_close"):
            return None
        return await self._deliver("interactive", self._payloads.closed(person, view, cleared=all_of_them))

    async def shortcut(self, user: str, callback_id: str) -> Delivery:
        """Choose a global shortcut."""
        payload = self._payloads.shortcut(self._world.person(user), callback_id)
        return await self._deliver("interactive", payload)

    async def open_home(self, user: str) -> Delivery:
        """Open the Home tab of the app."""
        person = self._world.person(user)
        channel = self._world.open_im(person.id)
        return await self.event(self._payloads.home_opened(person, channel))

    async def event(self, event: Json, *, event_id: str | None = None, retry: int = 0, reason: str = "") -> Delivery:
        """Deliver one event once; a repeated delivery is asked for with the same `event_id` and a `retry`."""
        return await self._deliver("events_api", self._payloads.event(event, event_id), retry, reason)

    async def _deliver(self, kind: str, payload: Json, retry: int = 0, reason: str = "") -> Delivery:
        started = time.monotonic()
        ack, error = Json(), None
        try:
            async with asyncio.timeout(self.patience):
                ack = await self.target.send(Parcel(kind, payload, retry, reason))
        except TimeoutError:
            error = "operation_timeout"
        except UndeliveredError as trouble:
            error = str(trouble)
        return Delivery(payload, ack, time.monotonic() - started, error)

    def _seen(self, delivery: Delivery, what: str, channel: str, user: str) -> Delivery:
        try:
            self._acknowledged.of_command(delivery.ack, channel, user)
        except RefusalError:
            delivery = replace(delivery, error="invalid_command_response")
        if delivery.error:
            self._acknowledged.failed(what, delivery.error, channel, user)
        return delivery

    def _submitted(self, delivery: Delivery, view: View) -> Delivery:
        if delivery.error is None:
            try:
                self._acknowledged.of_submission(delivery.ack, view)
            except RefusalError as refusal:
                delivery = replace(delivery, error=str(refusal))
        if delivery.error:
            self._world.modals.keep(replace(view, trouble=delivery.error))
        return delivery

    def _filled(self, view: View, entries: dict[str, dict[str, Json]]) -> View:
        state = {**view.state}
        for block_id, actions in entries.items():
            state[block_id] = {**state.get(block_id, {}), **actions}
        return self._world.modals.keep(replace(view, state=state))

    def _offered(self, where: Message | View, action_id: str) -> list[Json]:
        return self._workspace.offered.get((_place(where), action_id), [])

    def _open_view(self, user: str, view_id: str) -> View:
        for view in self._world.views(user):
            if view.id == view_id:
                return view
        raise LookupError(f"{user} has no modal {view_id!r} open")


def _place(where: Message | View) -> str:
    return where.id if isinstance(where, View) else where.ts


def _present(person: Person, channel: Channel) -> None:
    if person.id not in channel.members or person.deleted or channel.is_archived:
        raise PermissionError(f"{person.name} can't type in {channel.name or channel.id}")


def _sees(person: Person, where: Message | View, world: World) -> None:
    if isinstance(where, View):
        allowed = where.user == person.id
    else:
        allowed = person.id in world.talk.channels[where.channel].members
        allowed = allowed and where.only_for in {None, person.id}
    if not allowed:
        raise PermissionError(f"{person.name} doesn't see that")
