"""What became of a change to the mapping, for whoever made it."""

from collections.abc import Sequence

import slackblocks as slack

from bot.models import Balie, Language, Message, Report
from handlers.render import balies_texts as texts
from handlers.render.balies import BACK, channels, one, systems
from handlers.render.blocks import button, message, sections
from handlers.render.formats import desk, escape, period
from handlers.render.link_button import with_link_button

MOST_LINES = 20
"""Balies or reports that are named; the rest is counted."""


def denied(balie: Balie, channel: str, why: str, language: Language) -> Message:
    """Return a balie that was not changed, under the reason."""
    said = texts.DENIALS[why].say(language)
    return one(balie, channel, language, note=said, to_link=why in texts.MENDED_BY_LINKING)


def not_synced(why: str, language: Language) -> Message:
    """Return why nothing was taken over."""
    said = texts.DENIALS[why].say(language)
    return with_link_button(said, language) if why in texts.MENDED_BY_LINKING else message(said)


def removed(balie: Balie, paused: Sequence[tuple[Report, str]], others: int, language: Language) -> Message:
    """Return that a balie was taken out, what that puts on hold, and how to undo it.

    `paused` are the reports that may be named to this person and the address of each one's thread, empty while it has
    none; `others` is how many there are besides.
    """
    head = texts.REMOVED.say(language, balie=desk(balie), alias=balie.alias)
    lines = [texts.LOST.say(language, channels=channels(balie.channels, language))] if balie.channels else []
    if paused or others:
        lines.append(texts.PAUSED.say(len(paused) + others, language))
        lines += [_paused(report, link, language) for report, link in paused[:MOST_LINES]]
    back = button(texts.BACK_LABEL, language, action_id=BACK, value="1")
    return message(head, *sections([head, *lines, texts.UNDO.say(language)]), slack.ActionsBlock([back]))


def synced(
    added: Sequence[Balie],
    changed: Sequence[tuple[Balie, Balie]],
    *,
    unchanged: int,
    others: int,
    resumed: int,
    language: Language,
) -> Message:
    """Return what a synchronisation changed, what it left and why, and what goes on again."""
    if not (added or changed or unchanged or others):
        return message(texts.NOTHING_LISTED.say(language))
    lines: list[str] = []
    if added:
        named = [texts.LINE.say(language, balie=desk(balie), alias=balie.alias) for balie in added]
        lines += [texts.ADDED.say(len(added), language), *_some(named, language)]
    if changed:
        named = [_changed(before, now, language) for before, now in changed]
        lines += [texts.CHANGED.say(len(changed), language), *_some(named, language)]
    point = (texts.SYNC_POINT if lines else texts.UNCHANGED).say(language)
    lines = lines or [point]
    if unchanged:
        lines.append(texts.UP_TO_DATE.say(unchanged, language))
    if others:
        lines.append(texts.OTHERS.say(others, language))
    if resumed:
        lines.append(texts.RESUMED.say(resumed, language))
    back = button(texts.BACK_LABEL, language, action_id=BACK, value="1")
    return message(point, *sections(lines), slack.ActionsBlock([back]))


def _changed(before: Balie, now: Balie, language: Language) -> str:
    facts = {"alias": now.alias, "balie": desk(now), "before": desk(before)}
    head = (texts.SAME_NAME if before.name == now.name else texts.NEW_NAME).say(language, **facts)
    details: list[str] = []
    if before.card_systems != now.card_systems:
        named = texts.CARD_SYSTEMS.say(language, systems=systems(now))
        details.append(named if now.card_systems else texts.NO_CARD_SYSTEMS.say(language))
    elif before.name == now.name:
        details.append(texts.DETAILS.say(language))
    return " · ".join([head, *details])


def _paused(report: Report, link: str, language: Language) -> str:
    text = texts.PAUSED_LINE if link else texts.PAUSED_LINE_BARE
    return text.say(language, period=period(report.period, language), link=escape(link))


def _some(lines: Sequence[str], language: Language) -> list[str]:
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([texts.AND_MORE.say(rest, language)] if rest > 0 else [])]
