"""What Slack refuses about the content of a message, a view or a list of options, and what people suffer from.

Follows the Block Kit reference and the error codes of "chat.postMessage", "chat.update" and "views.open".
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.check_across import faults_across, needs_submit
from bot.sandbox.slack.check_blocks import MESSAGE_BLOCKS
from bot.sandbox.slack.check_habits import habits, text_habits
from bot.sandbox.slack.check_models import second_opinion
from bot.sandbox.slack.check_nodes import characters, flattened
from bot.sandbox.slack.check_rules import Fault, Rule, Shaped, Typed
from bot.sandbox.slack.check_walk import faults
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.refusals import RefusalError, invalid

TEXT_KEPT = 40_000
"""Characters of a message's text; Slack cuts off the rest. doc "chat.postMessage"."""

BLOCKS_BUDGET = 10_000
"""Characters over all blocks of a message. Slack's own limit is unwritten; bolt-js #2509, #2867."""

VIEW_SIZE = 250_000
"""Bytes of a whole view; doc "views.open"."""

ATTACHMENTS = 100
"""In one message; doc "chat.postMessage"."""

TEXT_LIMITS: Mapping[str, int] = {"chat.update": 4_000}
"""Characters of text that a method refuses instead of cutting it off; doc "chat.update"."""

UNBUDGETED = frozenset({"response_url", "acknowledgement"})
"""Ways to speak on which `msg_blocks_too_long` was never seen."""

HABIT = "habit"
MOST_COMPLAINTS = 1_000
"""Older ones are forgotten: a demo may run for days."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with what the app sent.

    `what` is the method or the other way it was sent, `code` the error it was refused with, or `habit` for what
    Slack takes; `pointer` is a JSON pointer into what was sent.
    """

    what: str
    code: str
    pointer: str
    sentence: str


class Checks:
    """Checks all that the app hands over, and keeps what was wrong in `complaints`, oldest first.

    `withheld` are types of blocks that this workspace does not have yet. They are refused like unknown ones, which an
    app can't foresee: no complaint.
    """

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.withheld: set[str] = set()

    def message(self, args: Arguments, what: str = "chat.postMessage") -> Json:
        """Return text, blocks and attachments of a message.

        Raises:
            RefusalError: `no_text`, `invalid_blocks_format`, `invalid_blocks`, `invalid_attachments`,
                `too_many_attachments`, `msg_blocks_too_long` or `msg_too_long`.
        """
        text = args.text("text")
        if len(text) > TEXT_LIMITS.get(what, len(text)):
            raise self._refusal(what, "msg_too_long", Fault("/text", f"no more than {TEXT_LIMITS[what]} characters"))
        blocks = self._decoded(args, "blocks", "invalid_blocks_format", what)
        attachments = self._attachments(args, what)
        if not (text or blocks or attachments):
            raise self._refusal(what, "no_text", Fault("/text", "no text, blocks or attachments"))
        self._blocks(blocks, "/blocks", what)
        if what not in UNBUDGETED and characters(blocks) > BLOCKS_BUDGET:
            fault = Fault("/blocks", f"no more than {BLOCKS_BUDGET} characters over all blocks")
            raise self._refusal(what, "msg_blocks_too_long", fault)
        self._note(what, HABIT, text_habits(text, beside_blocks=bool(blocks)))
        return {"text": text[:TEXT_KEPT], "blocks": blocks, "attachments": attachments}

    def metadata(self, args: Arguments, what: str = "chat.postMessage") -> Json | None:
        """Return the metadata of a message, `{}` where the app empties it, None where it says nothing.

        Raises:
            RefusalError: `invalid_metadata_format`.
        """
        code = "invalid_metadata_format"
        if args.values.get("metadata") is None:
            return None
        metadata = self._decoded(args, "metadata", code, what)
        if metadata == {}:
            return {}
        if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
            raise self._refusal(what, code, Fault("/metadata", "missing required field: event_type"))
        if not isinstance(metadata.get("event_payload"), dict):
            raise self._refusal(what, code, Fault("/metadata", "missing required field: event_payload"))
        return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}

    def view(self, view: Any, kind: str, what: str = "") -> Json:
        """Return a view of that kind, `modal` or `home`.

        Raises:
            RefusalError: `invalid_arguments` with the reasons, or `view_too_large`.
        """
        what, pointer = what or kind, "/view"
        if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_SIZE:
            raise self._refusal(what, "view_too_large", Fault(pointer, f"no more than {VIEW_SIZE} bytes"))
        self._sound(view, Typed("view", frozenset({kind})), pointer, what, "invalid_arguments")
        content: Json = view
        blocks = f"{pointer}/blocks"
        across = [*needs_submit(content, pointer), *faults_across(content["blocks"], blocks, kind)]
        self._refuse_if(across, what, "invalid_arguments")
        self._refuse_if(second_opinion(content["blocks"], blocks), what, "invalid_arguments")
        self._note(what, HABIT, habits(content, pointer))
        return content

    def options(self, ack: Json) -> list[Json]:
        """Return the options that an acknowledgement offers, groups flattened; none at all if it is wrong."""
        if not ack:
            return []
        if found := list(faults(ack, Shaped("suggestion"), "")):
            self._note("options", "no_results", found)
            return []
        self._note("options", HABIT, habits(ack, ""))
        groups = ack.get("option_groups") or []
        return [*ack.get("options", []), *(option for group in groups for option in group["options"])]

    def _blocks(self, blocks: Any, pointer: str, what: str) -> None:
        self._sound(blocks, MESSAGE_BLOCKS, pointer, what, "invalid_blocks")
        self._refuse_if(faults_across(blocks, pointer, "message"), what, "invalid_blocks")
        self._refuse_if(second_opinion(blocks, pointer), what, "invalid_blocks")
        withheld = [f"{where}/type" for where, block in flattened(blocks, pointer) if block["type"] in self.withheld]
        if withheld:
            raise invalid("invalid_blocks", *(f"unsupported type [json-pointer:{where}]" for where in withheld))
        self._note(what, HABIT, habits(blocks, pointer))

    def _attachments(self, args: Arguments, what: str) -> list[Json]:
        attachments: Any = self._decoded(args, "attachments", "invalid_attachments", what)
        if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
            raise self._refusal(what, "invalid_attachments", Fault("/attachments", "must provide an array of objects"))
        if len(attachments) > ATTACHMENTS:
            fault = Fault("/attachments", f"no more than {ATTACHMENTS} items allowed")
            raise self._refusal(what, "too_many_attachments", fault)
        for place, attachment in enumerate(attachments):
            self._blocks(attachment.get("blocks", []), f"/attachments/{place}/blocks", what)
        return attachments

    def _decoded(self, args: Arguments, name: str, code: str, what: str) -> Any:
        try:
            decoded = args.decoded(name, code)
        except RefusalError:
            self._note(what, code, [Fault(f"/{name}", "is not JSON")])
            raise
        return [] if decoded is None else decoded

    def _sound(self, value: Any, rule: Rule, pointer: str, what: str, code: str) -> None:
        self._refuse_if(faults(value, rule, pointer), what, code)

    def _refuse_if(self, found: Iterable[Fault], what: str, code: str) -> None:
        noted = list(found)
        if noted:
            self._note(what, code, noted)
            raise invalid(code, *(f"{one.sentence} [json-pointer:{one.pointer}]" for one in noted))

    def _refusal(self, what: str, code: str, fault: Fault) -> RefusalError:
        self._note(what, code, [fault])
        return RefusalError(code)

    def _note(self, what: str, code: str, found: Iterable[Fault]) -> None:
        self.complaints.extend(Complaint(what, code, one.pointer, one.sentence) for one in found)
        del self.complaints[:-MOST_COMPLAINTS]
