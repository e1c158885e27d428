"""The page grows with the bot: it shows exactly what the bot sends, within a budget of lines."""

import re
from pathlib import Path

import slackblocks

import handlers.render
from bot.sandbox.slack.page import BLOCKS, ELEMENTS

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "slack" / "page"
MOST_LINES = 900
KINDS = {
    "SectionBlock": "section",
    "ContextBlock": "context",
    "DividerBlock": "divider",
    "HeaderBlock": "header",
    "ActionsBlock": "actions",
    "InputBlock": "input",
    "TableBlock": "table",
    "DataVisualizationBlock": "data_visualization",
    "AlertBlock": "alert",
    "Button": "button",
    "StaticSelectMenu": "static_select",
    "ExternalSelectMenu": "external_select",
    "ExternalMultiSelectMenu": "multi_external_select",
    "ConversationSelectMenu": "conversations_select",
    "DatePicker": "datepicker",
    "TimePicker": "timepicker",
    "PlainTextInput": "plain_text_input",
    "RadioButtonGroup": "radio_buttons",
    "CheckboxGroup": "checkboxes",
}
"""What slackblocks calls them, and what Slack does."""
AHEAD: frozenset[str] = frozenset()
"""Shown already, said by no message yet; whoever says the first takes it out of here."""


def test_the_page_shows_exactly_what_the_bot_sends() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(handlers.render.__path__[0]).glob("*.py")]
    named = {name for source in sources for name in re.findall(r"\bslack\.([A-Z]\w+)", source)}
    typed = {name for name in named if is_block(getattr(slackblocks, name))}
    sent = {KINDS[name] for name in typed - {"Block", "Element"}}
    assert sent | AHEAD == BLOCKS | ELEMENTS
    assert sorted(sent & AHEAD) == []


def test_the_page_stays_small() -> None:
    files = [path for path in PAGE.iterdir() if path.suffix in {".js", ".css"}]
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(files) > 1
    assert len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > 120] == []


def is_block(thing: object) -> bool:
    """Tell whether something of slackblocks is a block or an element."""
    return isinstance(thing, type) and issubclass(thing, slackblocks.Block | slackblocks.Element)
