"""All that people and the log see of one question, as a value to compare; and Slack's refusals by their codes."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.faults import Fault
from bot.sandbox.slack.records import Message
from tests.support.stage import Stage

POINTER = "[ERROR] no more than 3000 characters allowed [json-pointer:/blocks/0/text/text]"
"""What Slack has against something of ours, and where (Slack: `response_metadata.messages`)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All there is to be seen in the end.

    `channel` is where it was asked and `direct` is Lien's direct messages, both with a `>` before what stands in a
    thread; `whispers` is what only she sees; `mend` are the lines of the log that somebody must act on.
    """

    channel: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    whispers: tuple[str, ...] = ()
    mend: tuple[str, ...] = ()


def trouble(stage: Stage, call: str, code: str, *, times: int = 1, **more: Any) -> Fault:
    """Have Slack say this at the next calls; `http_503` is that status, with a page instead of an answer."""
    add = stage.slack.faults.add
    if code.startswith("http_"):
        return add(call, "status", times, status=int(code.removeprefix("http_")), **more)
    if code == "ratelimited":
        return add(call, "ratelimited", times, retry_after=20, **more)
    return add(call, "error", times, code=code, response_metadata={"messages": [POINTER]}, **more)


def seen(stage: Stage, log: list[Any]) -> Outcome:
    """Return what there is to be seen."""
    direct = stage.slack.world.im("lien")
    return Outcome(
        channel=tuple(conversation(stage, stage.where)),
        direct=() if direct is None else tuple(conversation(stage, direct)),
        whispers=tuple(stage.whispers()),
        mend=tuple(f"{entry['event']}: {entry.get('error')}" for entry in log if entry["log_level"] == "error"),
    )


def conversation(stage: Stage, channel: str) -> list[str]:
    """Return every message of a conversation."""
    said = []
    for root in stage.roots(channel):
        said += [written(root), *(f"> {written(reply)}" for reply in stage.replies(root, channel))]
    return said


def written(message: Message) -> str:
    """Return a message as one line."""
    marks = ["zip"] * len(message.files) + ([] if message.blocks or message.files else ["(plain)"])
    return " ".join([*marks, message.text]).rstrip()


async def through(stage: Stage) -> None:
    """Let time pass: several settle times, and more than Slack is given to share a file."""
    await stage.pass_time(240, steps=24)
