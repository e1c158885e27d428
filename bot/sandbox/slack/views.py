"""Modals and Home tabs: what each person has open. Follows Slack's "Modals" and "App Home"."""

import hashlib
from dataclasses import replace

from bot.sandbox.slack.blocks import with_ids
from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.menu import Menu
from bot.sandbox.slack.records import Json, View
from bot.sandbox.slack.stamps import Stamps

STACK_LIMIT = 3


class Views:
    """A stack of modals and one Home a person. Nothing of it outlives a restart, as nothing open does."""

    def __init__(self, stamps: Stamps, changes: Changes, menu: Menu) -> None:
        self._stamps = stamps
        self._changes = changes
        self._menu = menu
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._places: dict[str, str] = {}
        self._opened_from: dict[str, str | None] = {}

    def looks_at(self, user: str, channel: str) -> None:
        """Note which conversation a person has before them: what they open from there may start with it."""
        self._places[user] = channel

    def stack(self, user: str) -> list[View]:
        """Return a person's open modals, the one in front last."""
        return list(self._stacks.get(user, ()))

    def home(self, user: str) -> View | None:
        """Return a person's Home tab once it was published."""
        return self._homes.get(user)

    def find(self, view_id: str = "", external_id: str = "") -> View | None:
        """Return an open modal or a Home by its id, else by the app's own id."""
        for view in [*self._homes.values(), *(one for stack in self._stacks.values() for one in stack)]:
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        return None

    def open(self, user: str, content: Json) -> View:
        """Put a modal before a person, in place of what they had open."""
        self._opened_from[user] = self._places.get(user)
        view = self._made(user, "modal", content, root=None, previous=None)
        self._stacks[user] = [view]
        self._changes.happened()
        return view

    def push(self, user: str, content: Json) -> View:
        """Put a modal on top of a person's stack, which must not be empty nor full."""
        stack = self._stacks[user]
        view = self._made(user, "modal", content, root=stack[0].id, previous=stack[-1].id)
        stack.append(view)
        self._changes.happened()
        return view

    def publish(self, user: str, content: Json) -> View:
        """Set a person's Home; its id stays the same."""
        view = self._made(user, "home", content, root=None, previous=None)
        if old := self._homes.get(user):
            view = replace(view, id=old.id, root_view_id=old.id)
        self._homes[user] = view
        self._changes.happened()
        return view

    def update(self, view: View, content: Json) -> View:
        """Show other content; what was typed stays where block and action keep their ids."""
        fresh = self._made(view.user, view.kind, content, root=view.root_view_id, previous=view.previous_view_id)
        kept = {
            block["block_id"]: {**fresh.state.get(block["block_id"], {}), **view.state.get(block["block_id"], {})}
            for block in fresh.blocks
        }
        return self.keep(replace(fresh, id=view.id, state=kept))

    def keep(self, view: View) -> View:
        """Store a changed view in the place of the old one; a closed one stays closed."""
        if view.kind == "home":
            self._homes[view.user] = view
        stack = self._stacks.get(view.user, [])
        stack[:] = [view if one.id == view.id else one for one in stack]
        self._changes.happened()
        return view

    def close(self, view: View) -> None:
        """Take one modal away; the one under it is in front again."""
        stack = self._stacks.get(view.user, [])
        stack[:] = [one for one in stack if one.id != view.id]
        self._changes.happened()

    def clear(self, user: str) -> None:
        """Take all modals of a person away."""
        self._stacks.pop(user, None)
        self._changes.happened()

    def _made(self, user: str, kind: str, content: Json, *, root: str | None, previous: str | None) -> View:
        identifier = self._stamps.id("V")
        stamp = self._stamps.ts()
        shown = {**content, "blocks": with_ids(content["blocks"], stamp)}
        mark = hashlib.sha256(stamp.encode()).hexdigest()[:8]
        return View(
            id=identifier,
            user=user,
            kind=kind,
            content=shown,
            hash=f"{stamp.partition('.')[0]}.{mark}",
            root_view_id=root or identifier,
            previous_view_id=previous,
            state=self._menu.preselected(
                user, shown["blocks"], self._opened_from.get(user) if kind == "modal" else None
            ),
        )
