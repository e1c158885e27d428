"""The arguments of one Web API call, however they were sent.

Follows "Using the Slack Web API": form fields, a JSON body or a query string; the token in the
`Authorization` header or among the arguments.
"""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError

_NOTHING = (None, "")


class Arguments:
    """Named values that answer in the type a method needs."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in _NOTHING

    def text(self, name: str, default: str = "") -> str:
        """Return a string argument."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str, code: str = "invalid_arguments") -> str:
        """Return a string argument. Raises RefusalError with that code when it is absent."""
        if name not in self:
            raise RefusalError(code)
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean argument: `true` and `1` are true."""
        return self.text(name).lower() in {"true", "1"} if name in self else default

    def number(self, name: str, default: int, code: str) -> int:
        """Return a whole number. Raises RefusalError with that code when it isn't one."""
        try:
            return int(self.text(name)) if name in self else default
        except ValueError:
            raise RefusalError(code) from None

    def decoded(self, name: str, code: str) -> Any:
        """Return an argument that is JSON, itself or as a string. Raises RefusalError with that code."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise RefusalError(code) from None


async def read_arguments(request: web.Request) -> tuple[str, Json]:
    """Return (token, arguments without it). The token is empty when none was sent.

    Raises:
        RefusalError: `invalid_json` or `json_not_object` for a JSON body that isn't an object.
    """
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        values |= _object(await request.text())
    elif request.can_read_body:
        values |= dict(await request.post())
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = values.pop("token", "")
    return (bearer.strip() if scheme.lower() == "bearer" else str(token)), values


def _object(body: str) -> Json:
    try:
        values = json.loads(body or "{}")
    except ValueError:
        raise RefusalError("invalid_json") from None
    if not isinstance(values, dict):
        raise RefusalError("json_not_object")
    return values
