"""Somebody's Home: first what needs them, then what they can ask, what runs, what finished lately, their balies."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import slackblocks as slack

from bot.homes import Home, HomeBalie, HomeReport
from bot.models import Language, Standing
from handlers.render import home_digests as digests
from handlers.render import home_texts as texts
from handlers.render.blocks import button, context, message, section, sections
from handlers.render.card_form import OPEN as CARD_FORM
from handlers.render.formats import escape, moment, period, plain
from handlers.render.link_button import LABEL, LINK
from handlers.render.notices import drop_button, go_on_button
from handlers.render.report_form import OPEN as REPORT_FORM
from handlers.render.status import STATES
from handlers.render.texts import Text

Thread = Callable[[HomeReport], str | None]
"""Where the thread of a report can be read."""


def home(shown: Home, thread: Thread, now: datetime, zone: ZoneInfo, language: Language) -> dict[str, Any]:
    """Return the view of a Home."""
    if shown.standing is not Standing.MEMBER:
        return _view([section(texts.NOT_MEMBER.say(language))])
    at = {"moment": moment(now, language, zone)}
    running = _reports(texts.RUNNING, shown.running, shown.running_total, texts.ASKED, thread, zone, language)
    finished = _reports(texts.FINISHED, shown.finished, shown.finished_total, texts.ENDED, thread, zone, language)
    return _view(
        [
            *_needs(shown, language),
            *_deeds(shown, zone, language),
            *_welcome(shown, language),
            *running,
            *finished,
            *digests.listed(shown.digests, shown.digests_total, language),
            *_balies(shown.balies, shown.balies_total, language),
            slack.DividerBlock(),
            context(texts.FOOT.say(language, **at)),
        ]
    )


def _view(blocks: Sequence[slack.Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(message("-", *blocks).blocks)}


def _needs(shown: Home, language: Language) -> Iterator[slack.Block]:
    failed = digests.failed(shown.digests, language, is_linked=shown.linked_at is not None)
    needs = [*_link_needed(shown, language), *_held(shown, language), *failed]
    if needs:
        yield _header(texts.FIRST, language)
        yield from needs


def _link_needed(shown: Home, language: Language) -> Iterator[slack.Block]:
    if shown.linked_at is not None:
        return
    said = [(texts.LINK_ENDED if shown.has_ended else texts.NOT_LINKED).say(language)]
    said += [texts.HELD_LINK.say(shown.held.link, language)] if shown.held.link else []
    yield section(" ".join([*said, *digests.unlinked(shown.digests, language)]))
    yield slack.ActionsBlock([slack.Button(LABEL.say(language), action_id=LINK, value=LINK, style="primary")])


def _held(shown: Home, language: Language) -> Iterator[slack.Block]:
    if shown.held.other:
        yield section(texts.HELD_OTHER.say(shown.held.other, language))
        yield slack.ActionsBlock([go_on_button(language), drop_button(language)])
    if shown.held.balie:
        yield section(texts.HELD_BALIE.say(shown.held.balie, language))


def _deeds(shown: Home, zone: ZoneInfo, language: Language) -> Iterator[slack.Block]:
    label, is_linked = texts.REPORT_LABEL.say(language), shown.linked_at is not None
    deed = partial(slack.Button, label, action_id=REPORT_FORM, value=REPORT_FORM)
    report = deed(style="primary") if is_linked else deed()  # one button at a time stands out
    yield _header(texts.ASK, language)
    yield slack.ActionsBlock([report, button(texts.CARD_LABEL, language, action_id=CARD_FORM, value=CARD_FORM)])
    if shown.linked_at is not None:
        yield context(texts.LINKED.say(language, moment=moment(shown.linked_at, language, zone)))


def _welcome(shown: Home, language: Language) -> Iterator[slack.Block]:
    if shown.running_total or shown.finished_total or shown.digests_total:
        return
    first = texts.BEGIN if shown.linked_at is not None else texts.BEGIN_LINKING
    yield _header(texts.WELCOME, language)
    yield section(texts.WHAT.say(language))
    yield section(first.say(language))


def _reports(
    title: Text,
    reports: Sequence[HomeReport],
    total: int,
    when: Text,
    thread: Thread,
    zone: ZoneInfo,
    language: Language,
) -> Iterator[slack.Block]:
    if not reports:
        return
    yield _header(title, language)
    for report in reports:
        yield section(_line(report, when, thread(report), zone, language))
    if total > len(reports):
        yield context(texts.MORE_REPORTS.say(total - len(reports), language))


def _line(report: HomeReport, when: Text, link: str | None, zone: ZoneInfo, language: Language) -> str:
    state = STATES[report.face].say(language)
    line = texts.REPORT.say(
        language,
        balie=_named(report.balie),
        period=period(report.period, language),
        state=f"{state[0].upper()}{state[1:]}",
        when=when.say(language, moment=moment(report.moment, language, zone)),
    )
    return line + (texts.THREAD.say(language, link=escape(link)) if link else "")


def _balies(balies: Sequence[HomeBalie], total: int, language: Language) -> Iterator[slack.Block]:
    yield _header(texts.BALIES, language)
    if not balies:
        yield section(texts.NO_BALIES.say(language))
        return
    yield from sections(
        (texts.LAST_BALIE if one.is_last else texts.BALIE).say(language, balie=_named(one.name), alias=one.alias)
        for one in balies
    )
    if total > len(balies):
        yield context(texts.MORE_BALIES.say(total - len(balies), language))


def _header(text: Text, language: Language) -> slack.HeaderBlock:
    return slack.HeaderBlock(text.say(language))


def _named(balie: str) -> str:
    return escape(plain(balie, 80))
