"""What a person does on the page, handed on to the app."""

import html
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.slack.deliver import UNSENT, Deliveries
from bot.sandbox.slack.page.asked import Asked
from bot.sandbox.slack.parcels import Delivery
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.sight import writes
from bot.sandbox.slack.world import World


class Acts:
    """Answers `POST /page/…`: `ok` once the app acknowledged, else the code or sentence of what went wrong."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self._world = world
        self._deliveries = deliveries
        self._acts: dict[str, Callable[[Asked], Awaitable[Json]]] = {
            "command": self._command,
            "message": self._message,
            "click": self._click,
            "options": self._options,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "read": self._read,
        }

    async def handle(self, request: web.Request) -> web.Response:
        """Do what was asked; 404, 403 or 400 with a sentence for what is not there, not allowed, or no sense."""
        act = self._acts.get(request.match_info["act"])
        try:
            if act is None:
                raise LookupError("nothing of that name can be done")  # noqa: TRY301 - answered as every other one
            return web.json_response(await act(await Asked.read(self._world, request)))
        except LookupError as error:
            return _refused(404, error)
        except PermissionError as error:
            return _refused(403, error)
        except ValueError as error:
            return _refused(400, error)

    async def _command(self, asked: Asked) -> Json:
        command, _, text = asked.text("text").strip().partition(" ")
        place = asked.channel()
        return _told(await self._deliveries.command(asked.person.id, place.id, command, text.strip()))

    async def _message(self, asked: Asked) -> Json:
        place, text, thread_ts = asked.channel(), asked.text("text"), asked.maybe("thread_ts")
        if not writes(asked.person, place):
            raise PermissionError(f"{asked.person.name} can't write there")
        if not text.strip():
            raise ValueError("there is nothing to send")
        if thread_ts and thread_ts not in [root.ts for root in self._world.talk.roots(place.id)]:
            raise LookupError("there is no such thread")
        self._world.say(asked.person.id, place.id, html.escape(text, quote=False), thread_ts)
        return {"ok": True}

    async def _click(self, asked: Asked) -> Json:
        where, block_id, action_id = asked.where(), asked.text("block_id"), asked.text("action_id")
        value, chosen, values = asked.maybe("value"), asked.chosen(), asked.values(where)
        who = asked.person.id
        delivery = await self._deliveries.click(who, where, action_id, value, chosen, block_id=block_id, values=values)
        return _told(delivery)

    async def _options(self, asked: Asked) -> Json:
        where, block_id, action_id = asked.where(), asked.text("block_id"), asked.text("action_id")
        query = asked.text("query")
        shown = await self._deliveries.options(asked.person.id, where, action_id, query, block_id=block_id)
        return {"options": [_plain(option) for option in shown]}

    async def _submit(self, asked: Asked) -> Json:
        view = asked.text("view")
        [*where] = (one for one in self._world.views(asked.person.id) if one.id == view)
        values = asked.values(*where)
        return _told(await self._deliveries.submit(asked.person.id, view, values))

    async def _close(self, asked: Asked) -> Json:
        return _told(await self._deliveries.close_view(asked.person.id, asked.text("view")))

    async def _shortcut(self, asked: Asked) -> Json:
        return _told(await self._deliveries.shortcut(asked.person.id, asked.text("callback_id")))

    async def _home(self, asked: Asked) -> Json:
        return _told(await self._deliveries.open_home(asked.person.id))

    async def _read(self, asked: Asked) -> Json:
        channel = asked.channel()
        self._world.modals.looks_at(asked.person.id, channel.id)
        self._world.unread.saw(asked.person.id, channel.id)
        return {"ok": True}


def _told(delivery: Delivery | None) -> Json:
    """Return `ok` also where Slack kept it from the app: the person sees why in the world itself."""
    if delivery is None or delivery.error is None or delivery.error in UNSENT:
        return {"ok": True}
    return {"ok": False, "error": delivery.error}


def _plain(option: Json) -> Json:
    shown = {"text": option["text"]["text"], "value": option["value"]}
    return {**shown, "description": option["description"]["text"]} if option.get("description") else shown


def _refused(status: int, error: Exception) -> web.Response:
    return web.json_response({"ok": False, "error": str(error)}, status=status)
