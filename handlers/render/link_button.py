"""The button that begins a link, wherever somebody is told that one is needed."""

import slackblocks as slack

from bot.models import Language, Message
from handlers.render.blocks import button, message, section
from handlers.render.texts import Button

LINK = "link"
LABEL = Button(nl="UiTiD koppelen", en="Link your UiTiD")


def with_link_button(text: str, language: Language) -> Message:
    """Return a sentence with the button under it."""
    return message(text, section(text), slack.ActionsBlock([link_button(language)]))


def link_button(language: Language) -> slack.Button:
    """Return the button alone."""
    return button(LABEL, language, action_id=LINK, value=LINK)
