"""How the Web API says no."""

from typing import Any

from bot.sandbox.slack.records import Json


class RefusalError(Exception):
    """A call that Slack answers with `ok: false`, HTTP 200, and a code.

    Attributes:
        answer: the whole JSON answer.
    """

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.answer: Json = {"ok": False, "error": code, **detail}


def invalid(code: str, *messages: str) -> RefusalError:
    """Return a refusal that explains itself in `response_metadata.messages`, as Slack's checks do."""
    return RefusalError(code, response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})
