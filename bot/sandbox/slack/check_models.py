"""A second opinion on blocks: what Slack's own Python models find wrong.

They know no `data_table` and no `data_visualization`, and drop what they don't know, so a payload is shown to them
and never taken back.
"""

import copy
from collections.abc import Iterator

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.sandbox.slack.check_rules import Fault
from bot.sandbox.slack.records import Json

UNKNOWN = frozenset({"data_table", "data_visualization"})


def second_opinion(blocks: list[Json], pointer: str) -> Iterator[Fault]:
    """Yield a fault for every block that the models refuse or can't read."""
    for place, block in enumerate(blocks):
        if block["type"] not in UNKNOWN and (sentence := _refused(block)):
            yield Fault(f"{pointer}/{place}", sentence)


def _refused(block: Json) -> str | None:
    try:
        parsed = Block.parse(copy.deepcopy(block))
        if parsed is not None:
            parsed.to_dict()
    except SlackObjectFormationError as error:
        return str(error)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return f"unreadable: {error}"
    return None if parsed is not None else "unreadable"
