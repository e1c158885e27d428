"""Rules that hold between parts of a payload whose parts are each well formed.

Follows the Block Kit reference, and the limits of a whole message in it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.sandbox.slack.check_nodes import characters, flattened, own_nodes
from bot.sandbox.slack.check_rules import SKILLS, TYPES, Fault
from bot.sandbox.slack.check_tables import chart_faults, table_faults
from bot.sandbox.slack.choices import options_of
from bot.sandbox.slack.records import Json


@dataclass(frozen=True, slots=True)
class Most:
    """How many blocks of a type, or characters over all of them, there may be on a surface; None is everywhere."""

    type: str
    most: int
    source: str
    surface: str | None = None
    characters: bool = False


MOSTS = (
    Most("table", 1, SKILLS, surface="message"),
    Most("data_visualization", 2, SKILLS, surface="message"),
    Most("markdown", 12_000, TYPES, characters=True),
    Most("data_table", 20_000, SKILLS, characters=True),
)


def faults_across(blocks: list[Json], pointer: str, surface: str) -> Iterator[Fault]:
    """Yield what is wrong between blocks that are well formed one by one."""
    placed = list(flattened(blocks, pointer))
    yield from _too_many([block for _, block in placed], pointer, surface)
    yield from _repeated(((f"{where}/block_id", block["block_id"]) for where, block in placed if "block_id" in block))
    focused: list[str] = []
    for where, block in placed:
        inside = own_nodes(block, where)
        yield from _repeated((f"{place}/action_id", node["action_id"]) for place, node in inside if "action_id" in node)
        for place, node in inside:
            yield from _not_offered(node, place)
            focused += [f"{place}/focus_on_load"] if node.get("focus_on_load") else []
        for check in _OF_TYPE.get(block["type"], ()):
            yield from check(block, where)
    yield from (Fault(place, "only one element may have the focus") for place in focused[1:])


def needs_submit(view: Json, pointer: str) -> Iterator[Fault]:
    """Yield the missing submit of a modal with an input block; types, "View"."""
    inputs = any(block["type"] == "input" for _, block in flattened(view["blocks"], pointer))
    if view["type"] == "modal" and inputs and "submit" not in view:
        yield Fault(pointer, "missing required field: submit")


def _too_many(blocks: list[Json], pointer: str, surface: str) -> Iterator[Fault]:
    for rule in MOSTS:
        if rule.surface not in {None, surface}:
            continue
        found = [block for block in blocks if block["type"] == rule.type]
        size = characters(found) if rule.characters else len(found)
        if size > rule.most:
            counted = "characters in blocks" if rule.characters else "blocks"
            yield Fault(pointer, f"no more than {rule.most} {counted} of type {rule.type} allowed")


def _repeated(ids: Iterator[tuple[str, str]]) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for pointer, identifier in ids:
        seen[identifier] += 1
        if seen[identifier] > 1:
            yield Fault(pointer, f"must be unique: {identifier}")


def _not_offered(element: Json, pointer: str) -> Iterator[Fault]:
    if "options" not in element and "option_groups" not in element:
        return
    offered = options_of(element)
    if "initial_option" in element and element["initial_option"] not in offered:
        yield Fault(f"{pointer}/initial_option", "must be one of the options, in every field")
    for place, option in enumerate(element.get("initial_options") or []):
        if option not in offered:
            yield Fault(f"{pointer}/initial_options/{place}", "must be one of the options, in every field")


def _same_task(block: Json, pointer: str) -> Iterator[Fault]:
    tasks = enumerate(block["tasks"])
    yield from _repeated((f"{pointer}/tasks/{place}/task_id", task["task_id"]) for place, task in tasks)


_OF_TYPE: dict[str, tuple[Callable[[Json, str], Iterator[Fault]], ...]] = {
    "table": (table_faults,),
    "data_table": (table_faults,),
    "data_visualization": (chart_faults,),
    "plan": (_same_task,),
}
