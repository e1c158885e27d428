"""What people do, delivered to the app, and what they get to see of it.

Every method returns once the app acknowledged or the courier's patience ran out. What Slack itself keeps from the
app comes back with an empty payload and one of the codes `UNSENT`.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from bot.sandbox.slack.acknowledgements import Acknowledgements
from bot.sandbox.slack.blocks import find_element
from bot.sandbox.slack.choices import acted
from bot.sandbox.slack.courier import Courier
from bot.sandbox.slack.filling import Filling, Values
from bot.sandbox.slack.fulfilment import complaints
from bot.sandbox.slack.parcels import EVENT, Delivery, Parcel
from bot.sandbox.slack.payloads import Payloads
from bot.sandbox.slack.records import Channel, Json, Message, Person, View
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.sight import reads, writes
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.slack.world import World

UNSENT = frozenset({"invalid_command", "invalid_input", "not_subscribed"})
"""Why nothing was sent: no such command, inputs that Slack refuses, an event the app did not ask for."""


class Deliveries:
    """Acts for people; the courier brings what they do to the app."""

    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        self._courier = courier
        self._workspace = workspace
        self._world = workspace.world
        self._payloads = Payloads(workspace)
        self._acknowledged = Acknowledgements(workspace.world)
        self._filling = Filling(workspace)

    async def command(self, user: str, channel: str, command: str, text: str) -> Delivery:
        """Type a slash command. Raises PermissionError when that person can't type there."""
        person, place = self._world.person(user), self._world.channel(channel)
        _present(person, place)
        self._world.modals.looks_at(person.id, place.id)
        if not self._workspace.installation.knows(command):
            self._acknowledged.unknown(command, place.id, person.id)
            return _unsent("invalid_command")
        parcel = Parcel("slash_commands", self._payloads.command(person, place, command, text))
        return await self._courier.bring(parcel, partial(self._answered, command, place.id, person.id))

    async def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: str | None,
        chosen: Any,
        *,
        block_id: str | None = None,
        values: Values | None = None,
    ) -> Delivery:
        """Press a button or choose in a select. Raises LookupError when there is none to act on.

        `values` is what else was filled in so far, where it is a view: Slack sends all of it along.
        """
        person = self._world.person(user)
        _sees(person, where, self._world)
        block, element = find_element(
            where.blocks, action_id, block_id=block_id, value=value if chosen is None else None
        )
        wanted = value if chosen is None else chosen
        if isinstance(where, View):
            view, entry = self._acted_in(self._current(where), block, element, wanted, values or {})
            action = acted(block, element, entry, self._world.stamps.ts())
            payload = self._payloads.view_action(person, view, action)
        else:
            self._world.modals.looks_at(person.id, where.channel)
            entry = self._entry(person.id, where, block, element, wanted)
            action = acted(block, element, entry, self._world.stamps.ts())
            payload = self._payloads.message_action(person, where, action)
        return await self._interact(payload, partial(self._clicked, person.id, where, block, element))

    async def options(
        self, user: str, where: Message | View, action_id: str, query: str, *, block_id: str | None = None
    ) -> list[Json]:
        """Type into an external or conversations select; return what it shows.

        Too late or too many shows nothing. Raises LookupError for an element that isn't typed into.
        """
        person = self._world.person(user)
        _sees(person, where, self._world)
        block, element = find_element(where.blocks, action_id, block_id=block_id)
        if "conversations_select" in element["type"]:
            return self._world.menu.offered(person.id, element, query)
        if "external_select" not in element["type"]:
            raise LookupError(f"{action_id!r} is a {element['type']}, it asks the app for nothing")
        payload = self._payloads.suggestion(person, where, block, action_id, query)
        shown: list[Json] = []
        await self._interact(payload, partial(self._offered, where, block, element, shown))
        return shown

    async def submit(self, user: str, view_id: str, values: Values) -> Delivery:
        """Fill in a modal and submit it. Raises LookupError when it isn't open, or has no such input.

        Inputs that Slack refuses (required and empty, too short, too long) get its sentences; the app then
        hears nothing, and the answer has the error `invalid_input`.
        """
        person, view = self._world.person(user), self._open_view(user, view_id)
        view = self._filling.fill(replace(view, errors={}, trouble=None), values)
        if refused := complaints(view, person.locale):
            self._world.modals.keep(replace(view, errors=refused))
            return _unsent("invalid_input")
        return await self._interact(self._payloads.submission(person, view), partial(self._submitted, view))

    async def close_view(self, user: str, view_id: str, *, all_of_them: bool = False) -> Delivery | None:
        """Close a modal; the app hears of it only where it asked for that (`notify_on_close`)."""
        person, view = self._world.person(user), self._open_view(user, view_id)
        if all_of_them or view.content.get("clear_on_close"):
            self._world.modals.clear(person.id)
        else:
            self._world.modals.close(view)
        if not view.content.get("notify_on_close"):
            return None
        return await self._interact(self._payloads.closed(person, view, cleared=all_of_them))

    async def shortcut(self, user: str, callback_id: str) -> Delivery:
        """Choose a global shortcut. Raises LookupError when the app has none of that name."""
        if not self._workspace.installation.offers(callback_id):
            raise LookupError(f"the app has no global shortcut {callback_id!r}")
        return await self._interact(self._payloads.shortcut(self._world.person(user), callback_id))

    async def open_home(self, user: str) -> Delivery:
        """Open the Home tab of the app."""
        person = self._world.person(user)
        channel = self._world.open_im(person.id)
        if not self._workspace.installation.has_home:
            return _unsent("not_subscribed")
        return await self.event(self._payloads.home_opened(person, channel))

    async def event(self, event: Json, *, event_id: str | None = None, retry: int = 0, reason: str = "") -> Delivery:
        """Deliver one event once; a repeated delivery is asked for with the same `event_id` and a `retry`."""
        if not self._workspace.installation.hears(event):
            return _unsent("not_subscribed")
        return await self._courier.bring(Parcel(EVENT, self._payloads.event(event, event_id), retry, reason))

    async def _interact(self, payload: Json, shown: Callable[[Delivery], Delivery] = lambda same: same) -> Delivery:
        return await self._courier.bring(Parcel("interactive", payload), shown)

    def _answered(self, command: str, channel: str, user: str, delivery: Delivery) -> Delivery:
        try:
            self._acknowledged.of_command(delivery.ack, channel, user)
        except RefusalError:
            delivery = replace(delivery, error="invalid_command_response")
        if delivery.error:
            self._acknowledged.failed(command, delivery.error, channel, user)
        return delivery

    def _clicked(self, user: str, where: Message | View, block: Json, element: Json, delivery: Delivery) -> Delivery:
        self._world.stuck.clicked(user, where, block, element, answered=delivery.error is None)
        return delivery

    def _offered(
        self, where: Message | View, block: Json, element: Json, shown: list[Json], delivery: Delivery
    ) -> Delivery:
        shown[:] = self._acknowledged.of_suggestion(delivery.ack)
        self._filling.offer(where, block, element, shown)
        return delivery

    def _submitted(self, view: View, delivery: Delivery) -> Delivery:
        current = self._world.modals.find(view.id)
        if current is None:
            return delivery
        if delivery.error is None:
            try:
                self._acknowledged.of_submission(delivery.ack, current)
            except RefusalError as refusal:
                delivery = replace(delivery, error=str(refusal))
        if delivery.error:
            self._world.modals.keep(replace(current, trouble=delivery.error))
        return delivery

    def _acted_in(self, view: View, block: Json, element: Json, wanted: Any, values: Values) -> tuple[View, Json]:
        block_id, action_id = block["block_id"], element["action_id"]
        if element["type"] == "button":
            return self._filling.fill(view, values), {}
        view = self._filling.fill(view, {**values, block_id: {**values.get(block_id, {}), action_id: wanted}})
        return view, view.state[block_id][action_id]

    def _entry(self, user: str, where: Message, block: Json, element: Json, wanted: Any) -> Json:
        return {} if element["type"] == "button" else self._filling.entry(user, where, block, element, wanted)

    def _current(self, view: View) -> View:
        return self._world.modals.find(view.id) or view

    def _open_view(self, user: str, view_id: str) -> View:
        for view in self._world.views(user):
            if view.id == view_id:
                return view
        raise LookupError(f"{user} has no modal {view_id!r} open")


def _unsent(code: str) -> Delivery:
    return Delivery(Parcel("", {}), {}, 0.0, code)


def _present(person: Person, channel: Channel) -> None:
    if not writes(person, channel):
        raise PermissionError(f"{person.name} can't type in {channel.name or channel.id}")


def _sees(person: Person, where: Message | View, world: World) -> None:
    if isinstance(where, View):
        allowed = where.user == person.id
    else:
        allowed = reads(person, world.talk.channels[where.channel])
        allowed = allowed and where.only_for in {None, person.id}
    if not allowed:
        raise PermissionError(f"{person.name} doesn't see that")
