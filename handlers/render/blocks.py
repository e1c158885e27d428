"""From slackblocks' typed blocks to the plain messages and modals that travel on."""

import re
from collections.abc import Iterable
from typing import Any

import slackblocks as slack

from bot.models import Language, Message
from handlers.render.texts import Button, Placeholder, Title

SECTION = 2800
"""Characters of one section; Slack's limit is 3,000 and escaped characters count as they are sent."""
_GENERATED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def message(text: str, *blocks: slack.Block) -> Message:
    """Return a message. Ids that slackblocks made up are dropped, so that the same input is the same output."""
    resolved = slack.Message(channel="-", text=text, blocks=list(blocks)).to_dict()["blocks"] if blocks else []
    return Message(text, tuple(_without_made_up_id(block) for block in resolved))


def section(text: str) -> slack.SectionBlock:
    """Return a section of mrkdwn; what comes from people or UiTPAS must be escaped by then."""
    return slack.SectionBlock(slack.Markdown(text))


def sections(lines: Iterable[str]) -> list[slack.SectionBlock]:
    """Return as few sections as hold these lines."""
    pages: list[str] = []
    for line in lines:
        if pages and len(pages[-1]) + len(line) < SECTION:
            pages[-1] += f"\n{line}"
        else:
            pages.append(line)
    return [section(page) for page in pages]


def context(*lines: str) -> slack.ContextBlock:
    """Return small print, a line each."""
    return slack.ContextBlock([slack.Markdown("\n".join(lines))])


def button(
    label: Button,
    language: Language,
    *,
    action_id: str,
    value: str,
    confirm: slack.ConfirmationDialogue | None = None,
) -> slack.Button:
    """Return a button; `value` comes back with the click."""
    return slack.Button(label.say(language), action_id=action_id, value=value, confirm=confirm)


def hint(text: Placeholder, language: Language) -> slack.PlainText:
    """Return what stands in an empty field."""
    return slack.PlainText(text.say(language))


def modal(
    title: Title, language: Language, blocks: Iterable[slack.Block], *, close: Title, submit: Title | None = None
) -> dict[str, Any]:
    """Return a modal with its title and the buttons at its foot; its callback_id and metadata are still to be added."""
    view = slack.ModalView(
        title=slack.PlainText(title.say(language)),
        blocks=list(blocks),
        close=slack.PlainText(close.say(language)),
        submit=slack.PlainText(submit.say(language)) if submit else None,
    )
    shown = view.to_dict()
    return {**shown, "blocks": [_without_made_up_id(block) for block in shown["blocks"]]}


def window(title: Title, language: Language, said: Message, *, close: Title) -> dict[str, Any]:
    """Return a modal that says what a message would."""
    shown = modal(title, language, [section(said.text)], close=close)
    return {**shown, "blocks": list(said.blocks)} if said.blocks else shown


def _without_made_up_id(block: dict[str, object]) -> dict[str, object]:
    if _GENERATED.fullmatch(str(block.get("block_id", ""))):
        return {name: value for name, value in block.items() if name != "block_id"}
    return block
