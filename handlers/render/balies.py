"""The mapped balies: a page of them, one with what can be done to it, and what is offered while somebody searches."""

from collections.abc import Sequence
from typing import Any

import slackblocks as slack

from bot.models import Balie, Language, Message
from handlers.render import balies_texts as texts
from handlers.render.blocks import button, context, hint, message, modal, section, sections
from handlers.render.formats import count, desk, escape, plain
from handlers.render.link_button import link_button
from handlers.render.report_form import option
from handlers.render.texts import Button

CHOOSE = "balies_choose"
PREVIOUS, NEXT, BACK = "balies_previous", "balies_next", "balies_back"
DEFAULT, RENAME, REMOVE = "balies_default", "balies_rename", "balies_remove"
CALLBACK = "balies_alias"
ALIAS = "balies_alias_typed"
MOST_CHANNELS = 5
LONGEST_SYSTEMS = 80
"""Characters of the card systems on a line."""


def listing(
    shown: Sequence[Balie], *, number: int, first: int, total: int, channel: str, language: Language
) -> Message:
    """Return page `number` of all `total` balies; `first` counts its first one among all."""
    if not shown:
        return message(texts.NONE.say(language))
    last = first + len(shown) - 1
    facts = {"first": count(first, language), "last": count(last, language), "total": count(total, language)}
    turns = [(PREVIOUS, texts.PREVIOUS_LABEL, number - 1)] if first > 1 else []
    turns += [(NEXT, texts.NEXT_LABEL, number + 1)] if last < total else []
    search = slack.ExternalSelectMenu(
        action_id=CHOOSE, placeholder=hint(texts.SEARCH_HINT, language), min_query_length=0
    )
    return message(
        texts.POINT.say(language),
        section(texts.HEAD.say(language, **facts)),
        *sections(_line(balie, channel, language) for balie in shown),
        slack.ActionsBlock([search, *(_button(action, label, page, language) for action, label, page in turns)]),
    )


def one(balie: Balie, channel: str, language: Language, *, note: str = "", to_link: bool = False) -> Message:
    """Return a balie with what can be done to it, under a note of what just happened; `to_link` offers linking, too."""
    name = texts.ONE.say(language, balie=desk(balie), alias=balie.alias)
    lines = [name, *_details(balie, channel, language)]
    links = [link_button(language)] if to_link else []
    changes = (
        [] if not channel or channel in balie.channels else [_button(DEFAULT, texts.DEFAULT_LABEL, balie.id, language)]
    )
    changes += [_button(RENAME, texts.RENAME_LABEL, balie.id, language), _removal(balie, language)]
    return message(
        note or name,
        *([section(note)] if note else []),
        section("\n".join(lines)),
        slack.ActionsBlock([*links, *changes, _button(BACK, texts.BACK_LABEL, 1, language)]),
        context(texts.WHO_MAY.say(language)),
    )


def note(text: str, language: Language) -> Message:
    """Return a sentence where there is no balie to show, and the way to the list."""
    return message(text, section(text), slack.ActionsBlock([_button(BACK, texts.BACK_LABEL, 1, language)]))


def form(balie: Balie, language: Language) -> dict[str, Any]:
    """Return the form for another alias; its metadata is still to be added."""
    field = slack.InputBlock(
        slack.PlainText(texts.ALIAS_LABEL.say(language)),
        slack.PlainTextInput(action_id=ALIAS, initial_value=balie.alias, focus_on_load=True),
        block_id=ALIAS,
        hint=slack.PlainText(texts.ALIAS_HINT.say(language)),
    )
    which = section(texts.WHICH.say(language, balie=desk(balie), alias=balie.alias))
    view = modal(texts.FORM_TITLE, language, [which, field], submit=texts.FORM_SUBMIT, close=texts.FORM_CLOSE)
    return {**view, "callback_id": CALLBACK}


def offered(found: Sequence[Balie], total: int, language: Language) -> dict[str, Any]:
    """Return what a select of balies offers; when there are more, a label over it says so."""
    options = [option(balie) for balie in found]
    if total <= len(options):
        return {"options": options}
    label = texts.MORE.say(language, shown=count(len(options), language), total=count(total, language))
    return {"option_groups": [{"label": {"type": "plain_text", "text": label}, "options": options}]}


def channels(ids: Sequence[str], language: Language) -> str:
    """Name channels, the first few of many."""
    named = ", ".join(f"<#{channel}>" for channel in ids[:MOST_CHANNELS])
    rest = len(ids) - MOST_CHANNELS
    return f"{named} {texts.AND_MORE.say(rest, language)}" if rest > 0 else named


def systems(balie: Balie) -> str:
    """Name the card systems of a balie, escaped; empty when none are known."""
    return escape(plain(", ".join(balie.card_systems), LONGEST_SYSTEMS))


def _line(balie: Balie, channel: str, language: Language) -> str:
    name = texts.LINE.say(language, balie=desk(balie), alias=balie.alias)
    return " · ".join([name, *_details(balie, channel, language)])


def _details(balie: Balie, channel: str, language: Language) -> list[str]:
    details = [systems(balie)] if balie.card_systems else []
    is_here = channel in balie.channels
    if is_here:
        details.append(texts.DEFAULT_HERE.say(language))
    if others := [one for one in balie.channels if one != channel]:
        text = texts.DEFAULT_ALSO if is_here else texts.DEFAULT_IN
        details.append(text.say(language, channels=channels(others, language)))
    return details


def _button(action: str, label: Button, value: int, language: Language) -> slack.Button:
    return button(label, language, action_id=action, value=str(value))


def _removal(balie: Balie, language: Language) -> slack.Button:
    return button(
        texts.REMOVE_LABEL,
        language,
        action_id=REMOVE,
        value=str(balie.id),
        confirm=slack.ConfirmationDialogue(
            slack.PlainText(texts.REMOVE_TITLE.say(language)),
            slack.PlainText(texts.REMOVE_TEXT.say(language)),
            texts.REMOVE_YES.say(language),
            texts.REMOVE_NO.say(language),
            style="danger",
        ),
    )
