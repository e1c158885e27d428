"""Applies the written rules to a payload, and says what is wrong as Slack's own checks do."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.sandbox.slack.check_blocks import BOOKS
from bot.sandbox.slack.check_objects import OBJECTS
from bot.sandbox.slack.check_rules import (
    Anything,
    Choice,
    Fault,
    Flag,
    Items,
    Moment,
    Number,
    Rule,
    Shape,
    Shaped,
    Text,
    Typed,
    Words,
)

_TEXT_EXTRAS = {"plain_text": "emoji", "mrkdwn": "verbatim"}


def faults(value: Any, rule: Rule, pointer: str) -> Iterator[Fault]:
    """Yield what is wrong with a value by its rule; nothing when it is as it should be."""
    match rule:
        case Anything():
            return
        case Items():
            yield from _items(value, rule, pointer)
        case Shaped():
            yield from _object(value, OBJECTS[rule.shape], pointer, typed=False)
        case Typed():
            yield from _typed(value, rule, pointer)
        case Text():
            yield from _text(value, rule, pointer)
        case Words():
            yield from _words(value, rule, pointer)
        case Number():
            yield from _number(value, rule, pointer)
        case Flag() | Choice() | Moment():
            if sentence := _simple(value, rule):
                yield Fault(pointer, sentence)


def _items(value: Any, rule: Items, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(pointer, "must provide an array")
        return
    if len(value) < rule.least:
        yield Fault(pointer, f"no fewer than {rule.least} items allowed")
    if rule.most is not None and len(value) > rule.most:
        yield Fault(pointer, f"no more than {rule.most} items allowed")
    for place, item in enumerate(value):
        if not (rule.gaps and item is None):
            yield from faults(item, rule.of, f"{pointer}/{place}")


def _typed(value: Any, rule: Typed, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(pointer, "must provide an object")
        return
    kind = value.get("type")
    if isinstance(kind, str) and kind in rule.kinds:
        yield from _object(value, BOOKS[rule.book][kind], pointer, typed=True)
    else:
        yield Fault(f"{pointer}/type", f"unsupported type: {kind if isinstance(kind, str) else json.dumps(kind)}")


def _object(value: Any, shape: Shape, pointer: str, *, typed: bool) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(pointer, "must provide an object")
        return
    for name in shape.needs:
        if name not in value:
            yield Fault(pointer, f"missing required field: {name}")
    if shape.exactly_one and sum(name in value for name in shape.exactly_one) != 1:
        yield Fault(pointer, f"must have exactly one of: {', '.join(shape.exactly_one)}")
    if shape.some and not any(name in value for name in shape.some):
        yield Fault(pointer, f"must have at least one of: {', '.join(shape.some)}")
    for name, held in value.items():
        if rule := shape.needs.get(name) or shape.may.get(name):
            yield from faults(held, rule, f"{pointer}/{name}")
        elif not (shape.open or (typed and name == "type")):
            yield Fault(pointer, f"invalid additional property: {name}")


def _text(value: Any, rule: Text, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(pointer, "must provide an object")
        return
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in rule.kinds:
        yield Fault(f"{pointer}/type", f"must be {' or '.join(sorted(rule.kinds))}")
        return
    extra = _TEXT_EXTRAS[kind]
    shape = Shape({"text": Words(rule.most, rule.source)}, {extra: Flag()})
    yield from _object(value, shape, pointer, typed=True)


def _words(value: Any, rule: Words, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(pointer, "must provide a string")
    elif len(value) < rule.least:
        yield Fault(pointer, f"must be more than {rule.least - 1} characters")
    elif rule.most is not None and len(value) > rule.most:
        yield Fault(pointer, f"must be less than {rule.most + 1} characters")


def _number(value: Any, rule: Number, pointer: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int if rule.whole else int | float):
        yield Fault(pointer, "must provide a whole number" if rule.whole else "must provide a number")
    elif rule.least is not None and value < rule.least:
        yield Fault(pointer, f"must be at least {rule.least}")
    elif rule.most is not None and value > rule.most:
        yield Fault(pointer, f"must be at most {rule.most}")


def _simple(value: Any, rule: Flag | Choice | Moment) -> str | None:
    match rule:
        case Flag():
            return None if isinstance(value, bool) else "must provide a boolean"
        case Choice():
            allowed = isinstance(value, str) and value in rule.among
            return None if allowed else f"must be one of: {', '.join(sorted(rule.among))}"
        case Moment():
            return None if _fits(value, rule.form) else f"must be a moment of the form {rule.form}"


def _fits(value: Any, form: str) -> bool:
    try:
        return bool(datetime.strptime(value, form).strftime(form) == value)  # noqa: DTZ007 - only its form is looked at
    except (TypeError, ValueError):
        return False
