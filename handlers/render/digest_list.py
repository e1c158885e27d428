"""The digests of a channel, with what can be done to each."""

from collections.abc import Sequence

import slackblocks as slack

from bot.digests import MOST_IN_CHANNEL, Digest, Standstill
from bot.models import Balie, Language, Message
from handlers.render import digest_list_texts as texts
from handlers.render.blocks import button, context, message, section
from handlers.render.digest_schedule import in_words, next_time
from handlers.render.formats import escape, plain
from handlers.render.link_button import link_button
from handlers.render.texts import Button, Text

NEW = "digest_new"
TRY, EDIT = "digest_try", "digest_edit"
PAUSE, RESUME, REMOVE = "digest_pause", "digest_resume", "digest_remove"
MOST_NAMED = 3
"""Balies that are named; the rest is counted."""
LONGEST_NAME = 40
"""Characters of a balie's name here; ten digests share one message."""


def listing(
    shown: Sequence[Digest], user: str, language: Language, *, note: str = "", to_link: bool = False
) -> Message:
    """Return the digests of a channel to `user`, under a note of what just happened; `to_link` offers linking, too."""
    head = (texts.HEAD if shown else texts.NONE).say(language)
    blocks: list[slack.Block] = [*_note(note, language, to_link=to_link), section(head)]
    for digest in shown:
        blocks += [section(_lines(digest, user, language)), deeds(digest, user, language)]
    if len(shown) < MOST_IN_CHANNEL:
        blocks.append(slack.ActionsBlock([button(texts.NEW_LABEL, language, action_id=NEW, value=NEW)]))
    else:
        blocks.append(context(texts.FULL.say(language, most=MOST_IN_CHANNEL)))
    return message(note or texts.POINT.say(len(shown), language), *blocks)


def one(digest: Digest | None, user: str, language: Language, *, note: str, to_link: bool = False) -> Message:
    """Return a single digest under a note, where the others of its channel are not to be seen; or the note alone."""
    blocks: list[slack.Block] = [*_note(note, language, to_link=to_link)]
    if digest is not None:
        blocks += [section(_lines(digest, user, language)), deeds(digest, user, language)]
    return message(note, *blocks)


def told(text: Text, digest: Digest, channel: str, language: Language) -> str:
    """Return a sentence about a digest to somebody in this channel, empty where they are in none."""
    return text.say(language, owner=f"<@{digest.owner}>", place=_place(digest, channel, language))


def described(digest: Digest, language: Language) -> list[str]:
    """Return what a digest is, a line of mrkdwn each: its balies, when it runs, when next."""
    words = in_words(digest.schedule, language)
    lines = [f"*{named(digest.balies, language)}*"] if digest.balies else []
    if digest.missing:
        lines.append(texts.MISSING.say(language, balies=named(digest.missing, language)))
    return [*lines, f"{words[0].upper()}{words[1:]}", next_time(digest, language)]


def named(balies: Sequence[Balie], language: Language) -> str:
    """Name balies in mrkdwn by their names, the first few of many, escaped."""
    names = [escape(plain(one.name, LONGEST_NAME)) or texts.NAMELESS.say(language) for one in _sorted(balies)]
    rest = len(names) - MOST_NAMED
    if rest > 0:
        return texts.AND.say(language, balies=", ".join(names[:MOST_NAMED]), last=texts.MORE.say(rest, language))
    if len(names) < 2:
        return "".join(names)
    return texts.AND.say(language, balies=", ".join(names[:-1]), last=names[-1])


def _sorted(balies: Sequence[Balie]) -> list[Balie]:
    return sorted(balies, key=lambda one: (one.name, one.id))


def deeds(digest: Digest, user: str, language: Language) -> slack.ActionsBlock:
    """Return the buttons of a digest for this person."""
    is_owner, is_paused = user == digest.owner, digest.standstill is not None
    buttons = [try_button(digest, language), _button(EDIT, texts.EDIT_LABEL, digest, language)] if is_owner else []
    if not is_paused:
        buttons.append(_button(PAUSE, texts.PAUSE_LABEL, digest, language))
    elif is_owner:
        buttons.append(_button(RESUME, texts.RESUME_LABEL, digest, language))
    return slack.ActionsBlock([*buttons, _removal(digest, language)])


def try_button(digest: Digest, language: Language) -> slack.Button:
    """Return the button that runs a digest once, now."""
    return _button(TRY, texts.TRY_LABEL, digest, language)


def _place(digest: Digest, channel: str, language: Language) -> str:
    if digest.channel.startswith("D"):
        return texts.DIRECT.say(language)
    return texts.HERE.say(language) if channel == digest.channel else f"<#{digest.channel}>"


def _note(note: str, language: Language, *, to_link: bool) -> list[slack.Block]:
    links = [slack.ActionsBlock([link_button(language)])] if to_link else []
    return [section(note), *links] if note else []


def _lines(digest: Digest, user: str, language: Language) -> str:
    owner = texts.OWNER.say(language, owner=f"<@{digest.owner}>", spoken=texts.SPOKEN[digest.language].say(language))
    return "\n".join([*described(digest, language), *_mend(digest, user, language), owner])


def _mend(digest: Digest, user: str, language: Language) -> list[str]:
    if digest.standstill is None:
        return []
    if user == digest.owner:
        return [texts.MENDS[digest.standstill].say(language)]
    text = texts.MEND_OF_GONE if digest.standstill is Standstill.OWNER_GONE else texts.MEND_OF_OTHER
    return [text.say(language, owner=f"<@{digest.owner}>")]


def _button(action: str, label: Button, digest: Digest, language: Language) -> slack.Button:
    return button(label, language, action_id=action, value=digest.id)


def _removal(digest: Digest, language: Language) -> slack.Button:
    return button(
        texts.REMOVE_LABEL,
        language,
        action_id=REMOVE,
        value=digest.id,
        confirm=slack.ConfirmationDialogue(
            slack.PlainText(texts.REMOVE_TITLE.say(language)),
            slack.PlainText(texts.REMOVE_TEXT.say(language)),
            texts.REMOVE_YES.say(language),
            texts.REMOVE_NO.say(language),
            style="danger",
        ),
    )
