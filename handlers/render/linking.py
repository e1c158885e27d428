"""Linking a UiTiD in Slack: the way to UiTiD, the form of the code, whose account it is, and what goes on."""

from collections.abc import Sequence
from typing import Any

import slackblocks as slack

from bot.models import BalieListing, Language, Message
from handlers.render import linking_texts as texts
from handlers.render.blocks import button, context, hint, message, modal, section, sections
from handlers.render.formats import escape, plain
from handlers.render.report_form import OPEN as REPORT_FORM

GO, ENTER, YES, NO, MAP = "link_go", "link_enter", "link_yes", "link_no", "link_map"
CODE, CALLBACK = "link_code", "link"
LONGEST = 40
"""Characters of a field for eight letters, as people may put anything between them."""
MOST_LINES = 20
"""Balies that are named; the rest is counted."""


def begin(url: str, language: Language, *, is_linked: bool) -> Message:
    """Return the way to UiTiD and back; the text for notifications does not hold the address."""
    again = [section(texts.BEGIN_AGAIN.say(language))] if is_linked else []
    deeds = slack.ActionsBlock(
        [
            slack.Button(texts.GO_LABEL.say(language), action_id=GO, url=url, style="primary"),
            button(texts.CODE_LABEL, language, action_id=ENTER, value=ENTER),
        ]
    )
    return message(
        texts.BEGIN_POINT.say(language),
        section(texts.BEGIN.say(language)),
        *again,
        deeds,
        context(texts.BEGIN_HINT.say(language)),
    )


def code_form(language: Language) -> dict[str, Any]:
    """Return the form for a code; its metadata is still to be added."""
    field = slack.PlainTextInput(action_id=CODE, max_length=LONGEST)
    block = slack.InputBlock(
        label=slack.PlainText(texts.FORM_FIELD.say(language)),
        hint=hint(texts.FORM_HINT, language),
        element=field,
        block_id=CODE,
    )
    view = modal(texts.FORM_TITLE, language, [block], close=texts.FORM_CLOSE, submit=texts.FORM_SUBMIT)
    return {**view, "callback_id": CALLBACK}


def asking(language: Language) -> dict[str, Any]:
    """Return what stands in the place of the form while UiTiD is asked."""
    return modal(texts.FORM_TITLE, language, [section(texts.ASKING.say(language))], close=texts.CLOSE)


def confirm(link: str, balies: Sequence[BalieListing] | None, language: Language) -> Message:
    """Return the question whose account it is, with what the account may do; `link` comes back with the answer."""
    if balies is None:
        lines = [texts.CONFIRM_UNKNOWN.say(language)]
    elif not balies:
        lines = [texts.CONFIRM_NONE.say(language)]
    else:
        lines = [texts.CONFIRM_SOME.say(language), *_named(balies, language)]
    question = texts.CONFIRM.say(language)
    yes = slack.Button(texts.YES.say(language), action_id=YES, value=link, style="primary")
    deeds = slack.ActionsBlock([yes, button(texts.NO, language, action_id=NO, value=link)])
    return message(question, *sections(lines), section(question), deeds, context(texts.CONFIRM_HINT.say(language)))


def linked(said: Sequence[str], language: Language) -> Message:
    """Return that it is done, what became of the reports that waited, and a way to begin."""
    head = texts.LINKED.say(language)
    report = button(texts.REPORT_LABEL, language, action_id=REPORT_FORM, value=REPORT_FORM)
    small = context(texts.LINKED_HINT.say(language))
    return message(head, *sections([head, *said]), slack.ActionsBlock([report]), small)


def unmapped(balies: Sequence[BalieListing], language: Language) -> Message:
    """Return the balies of this account that are not mapped yet, and the offer to map them."""
    head = texts.UNMAPPED.say(len(balies), language)
    deed = slack.ActionsBlock([button(texts.MAP_LABEL, language, action_id=MAP, value=MAP)])
    return message(head, *sections([head, *_named(balies, language)]), deed)


def _named(balies: Sequence[BalieListing], language: Language) -> list[str]:
    lines = [
        (texts.ADMIN_LINE if one.role == "admin" else texts.MEMBER_LINE).say(
            language, balie=escape(plain(one.name or "?", 80))
        )
        for one in balies[:MOST_LINES]
    ]
    rest = len(balies) - MOST_LINES
    return [*lines, *([texts.AND_MORE.say(rest, language)] if rest > 0 else [])]
