"""How the Web API says no."""

from typing import Any

from bot.sandbox.slack.records import Json


class RefusalError(Exception):
    """A call that Slack answers with `ok: false` and a code; HTTP 200 unless it came too soon.

    Attributes:
        answer: the whole JSON answer.
        headers: what stands above it for this refusal.
    """

    status = 200

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.answer: Json = {"ok": False, "error": code, **detail}
        self.headers: dict[str, str] = {}


class RateLimitedError(RefusalError):
    """A call that came too soon: `ratelimited`, HTTP 429, and after how many whole seconds to come back."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.headers["Retry-After"] = str(seconds)


def invalid(code: str, *messages: str) -> RefusalError:
    """Return a refusal that explains itself in `response_metadata.messages`, as Slack's checks do."""
    return RefusalError(code, response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})
