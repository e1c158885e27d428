"""Who is asking: checked once, before any listener, for everything that comes from Slack."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.models import Language
from bot.services.people import People
from handlers.references import new_reference

log = structlog.get_logger(__name__)
CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who did something, where.

    `language` is None while Slack has not told it; `channel` is empty in a modal or Home; `trigger` is the same when
    Slack brings the same command or click twice.
    """

    team: str
    user: str
    channel: str
    language: Language | None
    request_id: str
    trigger: str


class Gate:
    """Bolt middleware: refuses other teams' payloads, and puts a `Caller` into the context."""

    def __init__(self, *, team: str, people: People) -> None:
        self._team = team
        self._people = people

    async def check(
        self,
        context: AsyncBoltContext,
        body: dict[str, Any],
        next_: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse:
        """Let a payload of the installed team through; answer any other with nothing."""
        teams = {team for team in _teams(body) if team}
        if teams != {self._team}:
            log.warning("foreign_team")
            return BoltResponse(status=200, body="")
        context[CALLER] = await self._caller(context, str(body.get("trigger_id", "")))
        return await next_()

    async def _caller(self, context: AsyncBoltContext, trigger: str) -> Caller:
        user = context.user_id or ""
        known = await self._people.remembered(self._team, user)
        language = self._people.language(known.locale) if self._people.is_fresh(known) else None
        request_id = new_reference()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        return Caller(self._team, user, context.channel_id or "", language, request_id, trigger)


def _teams(body: dict[str, Any]) -> Iterator[str | None]:
    yield body.get("team_id")
    yield _within(body, "team", "id")
    yield _within(body, "user", "team_id")
    yield _within(body, "view", "app_installed_team_id")
    authorizations = body.get("authorizations")
    if isinstance(authorizations, list) and authorizations and isinstance(authorizations[0], dict):
        yield authorizations[0].get("team_id")


def _within(body: dict[str, Any], name: str, inner: str) -> str | None:
    found = body.get(name)
    return found.get(inner) if isinstance(found, dict) else None
