"""The form of a digest, for a new one and for one that is changed: which balies, when, in which language, for whom.

What is typed stays where block and action keep their ids (Slack: "Updating modals"), so those never change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

import slackblocks as slack
from babel.dates import get_day_names

from bot.digests import MOST_BALIES, Digest, Rhythm, Schedule
from bot.models import Audience, Balie, Conversation, Language
from handlers.render import digest_form_texts as texts
from handlers.render.blocks import context, hint, modal, section
from handlers.render.digest_list import described, named, try_button
from handlers.render.digest_schedule import ordinal
from handlers.render.formats import count
from handlers.render.report_form import named as name_and_alias
from handlers.render.texts import Option, Text

CALLBACK = "digest_form"
BALIES = "digest_balies"
RHYTHM, DAY, TIME, ZONE = "digest_rhythm", "digest_day", "digest_time", "digest_zone"
LANGUAGE = "digest_language"
WEEKDAY, MONTH_DAY = "w", "d"
"""How the value of a day begins; its number follows."""
_EVERY_MONTH_HAS = 28


@dataclass(frozen=True, slots=True)
class DigestForm:
    """What the form shows, beside what is typed into it.

    `spoken` is the language of the digest. `readers` is None until Slack has told who can read the channel. `missing`
    are balies of the digest that are no longer on the list. `alert` is a sentence about the whole form.
    """

    channel: str
    schedule: Schedule
    spoken: Language
    balies: tuple[Balie, ...] = ()
    missing: tuple[Balie, ...] = ()
    is_new: bool = True
    readers: Conversation | None = None
    alert: str | None = None


def blank_form(*, zone: str, spoken: Language) -> DigestForm:
    """Return what a new digest begins with, in any channel."""
    schedule = Schedule(rhythm=Rhythm.QUARTER, at=time(9), zone=zone, weekday=0)
    return DigestForm(channel="", schedule=schedule, spoken=spoken)


def form(shown: DigestForm, language: Language) -> dict[str, Any]:
    """Return the form as a modal; its metadata is still to be added."""
    blocks: list[slack.Block] = [
        *([slack.AlertBlock(shown.alert, level="warning")] if shown.alert else []),
        *_balies(shown, language),
        context(audience(shown.channel, shown.readers, language), texts.IN_YOUR_NAME.say(language)),
        _rhythm(shown.schedule.rhythm, language),
        _day(shown.schedule, language),
        _time(shown.schedule, language),
        _zone(shown.schedule.zone, language),
        _language(shown.spoken, language),
    ]
    submit = texts.CREATE if shown.is_new else texts.CHANGE
    return {**modal(texts.TITLE, language, blocks, submit=submit, close=texts.CANCEL), "callback_id": CALLBACK}


def confirmed(digest: Digest, language: Language, *, is_new: bool) -> dict[str, Any]:
    """Return what takes the place of the form when it was taken in."""
    head = (texts.CREATED if is_new else texts.CHANGED).say(language)
    where = texts.GOES_TO.say(language, place=_place(digest.channel, language))
    if digest.channel.startswith("D"):
        where = texts.GOES_TO_ME.say(language)
    said = "\n".join([head, *described(digest, language), where])
    blocks: list[slack.Block] = [
        section(said),
        slack.ActionsBlock([try_button(digest, language)]),
        context(texts.TRY_HINT.say(language)),
    ]
    return modal(texts.TITLE, language, blocks, close=texts.CLOSE)


def notice(text: str, language: Language) -> dict[str, Any]:
    """Return a modal that only says something, in mrkdwn."""
    return modal(texts.TITLE, language, [section(text)], close=texts.CLOSE)


def audience(channel: str, readers: Conversation | None, language: Language) -> str:
    """Tell who will see a digest in this channel and where its files go, or why none can go there."""
    return _audience(channel, readers).say(language, place=_place(channel, language))


def barred(channel: str, readers: Conversation | None) -> Text | None:
    """Return why no digest can go to this channel, as plain text for the error of a field; None when one can."""
    if readers is None:
        return texts.STILL_LOOKING
    if readers.audience is Audience.OUTSIDERS:
        return texts.SHARED
    if readers.is_writable:
        return None
    if readers.is_archived:
        return texts.ARCHIVED_ERROR
    return texts.NOT_IN_DIRECT_ERROR if channel.startswith("D") else texts.CAN_NOT_WRITE


def zones_offered(found: Sequence[str], total: int, language: Language) -> dict[str, Any]:
    """Return what the select of zones offers; when there are more, a label over it says so."""
    options = [{"text": {"type": "plain_text", "text": zone}, "value": zone} for zone in found]
    if total <= len(options):
        return {"options": options}
    label = texts.MORE_ZONES.say(language, n=count(total, language))
    return {"option_groups": [{"label": {"type": "plain_text", "text": label}, "options": options}]}


def _audience(channel: str, readers: Conversation | None) -> Text:
    if readers is None:
        return texts.LOOKING
    if readers.audience is not Audience.OUTSIDERS and not readers.is_writable:
        if readers.is_archived:
            return texts.ARCHIVED
        return texts.NOT_IN_DIRECT if channel.startswith("D") else texts.NOT_THERE
    return texts.TO_ME if channel.startswith("D") else texts.READERS[readers.audience]


def _place(channel: str, language: Language) -> str:
    return (texts.HERE_DIRECT if channel.startswith("D") else texts.HERE).say(language, channel=channel)


def _balies(shown: DigestForm, language: Language) -> Iterator[slack.Block]:
    chosen = [slack.Option(slack.PlainText(name_and_alias(one)), str(one.id)) for one in shown.balies]
    menu = slack.ExternalMultiSelectMenu(
        action_id=BALIES,
        placeholder=hint(texts.BALIES_HINT, language),
        min_query_length=0,
        initial_options=chosen or None,
        max_selected_items=MOST_BALIES,
    )
    small = texts.BALIES_SMALL.say(language, most=MOST_BALIES)
    yield _input(BALIES, texts.BALIES_LABEL, menu, language, small=small)
    if shown.missing:
        yield context(texts.MISSING.say(len(shown.missing), language, balies=named(shown.missing, language)))


def _rhythm(chosen: Rhythm, language: Language) -> slack.Block:
    options = {
        rhythm: _option(text, rhythm.value, language, small=texts.RHYTHMS_SMALL[rhythm])
        for rhythm, text in texts.RHYTHMS.items()
    }
    radio = slack.RadioButtonGroup(RHYTHM, list(options.values()), initial_option=options[chosen])
    return _input(RHYTHM, texts.RHYTHM_LABEL, radio, language)


def _day(schedule: Schedule, language: Language) -> slack.Block:
    names = get_day_names("wide", locale=language.value)
    weekdays = [slack.Option(slack.PlainText(names[day].capitalize()), f"{WEEKDAY}{day}") for day in range(7)]
    month_days = [_month_day(day, language) for day in range(1, 32)]
    groups = [
        slack.OptionGroup(slack.PlainText(texts.WEEKDAYS.say(language)), weekdays),
        slack.OptionGroup(slack.PlainText(texts.MONTH_DAYS.say(language)), month_days),
    ]
    is_weekday = schedule.weekday is not None
    chosen = weekdays[schedule.weekday or 0] if is_weekday else month_days[(schedule.month_day or 1) - 1]
    menu = slack.StaticSelectMenu(action_id=DAY, option_groups=groups)
    menu.initial_option = chosen  # beside groups slackblocks takes none but a whole group, which Slack refuses
    return _input(DAY, texts.DAY_LABEL, menu, language, small=texts.DAY_SMALL.say(language))


def _month_day(day: int, language: Language) -> slack.Option:
    text = texts.MONTH_DAY if day <= _EVERY_MONTH_HAS else texts.MONTH_DAY_OR_LAST
    return slack.Option(slack.PlainText(text.say(language, day=ordinal(day, language))), f"{MONTH_DAY}{day}")


def _time(schedule: Schedule, language: Language) -> slack.Block:
    picker = slack.TimePicker(action_id=TIME, initial_time=f"{schedule.at:%H:%M}")
    return _input(TIME, texts.TIME_LABEL, picker, language, small=texts.TIME_SMALL.say(language))


def _zone(chosen: str, language: Language) -> slack.Block:
    menu = slack.ExternalSelectMenu(
        action_id=ZONE,
        placeholder=hint(texts.ZONE_HINT, language),
        min_query_length=0,
        initial_option=slack.Option(slack.PlainText(chosen), chosen),
    )
    return _input(ZONE, texts.ZONE_LABEL, menu, language)


def _language(chosen: Language, language: Language) -> slack.Block:
    options = {one: _option(text, one.value, language) for one, text in texts.LANGUAGES.items()}
    radio = slack.RadioButtonGroup(LANGUAGE, list(options.values()), initial_option=options[chosen])
    return _input(LANGUAGE, texts.LANGUAGE_LABEL, radio, language)


def _option(text: Option, value: str, language: Language, *, small: Option | None = None) -> slack.Option:
    description = slack.PlainText(small.say(language)) if small else None
    return slack.Option(slack.PlainText(text.say(language)), value, description=description)


def _input(action: str, label: Text, element: Any, language: Language, *, small: str | None = None) -> slack.InputBlock:
    below = slack.PlainText(small) if small else None
    return slack.InputBlock(slack.PlainText(label.say(language)), element, block_id=action, hint=below)
