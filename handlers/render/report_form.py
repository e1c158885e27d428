"""The form of a report: which balie, which days, where the answer goes and who will see it.

What is typed stays where block and action keep their ids (Slack: "Updating modals"). So those never change, except of
the days: a period taken over from UiTPAS must replace what stood there, and `picked` counts how often that happened.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import slackblocks as slack

from bot.models import Audience, Balie, Conversation, Language, Offer, Period, Report
from handlers.render import report_form_texts as texts
from handlers.render.blocks import context, hint, modal, section
from handlers.render.formats import desk, escape, period, plain
from handlers.render.refusals import REFUSALS
from handlers.render.texts import Option, Text

CALLBACK = "report_form"
OPEN = "report_open"
BALIE = "form_balie"
OFFERS = "form_period"
FIRST, LAST = "form_first", "form_last"
PLACE, CHANNEL = "form_place", "form_channel"
FILE, AGAIN = "form_file", "form_again"


class Place(StrEnum):
    """Where the answer is to go."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    ME = "me"


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows, beside what is typed into it.

    `origin` is the channel it was opened in, empty where there is none or it can't be posted in. `offer` and `readers`
    are None until UiTPAS and Slack have told. `period` is what the days begin with. `alert` is a sentence about the
    whole form, `link` where to read more.
    """

    origin: str
    period: Period
    picked: int = 0
    balie: Balie | None = None
    offer: Offer | None = None
    place: Place = Place.HERE
    channel: str | None = None
    readers: Conversation | None = None
    alert: str | None = None
    link: str | None = None
    was_before: bool = False
    private_file: bool = False

    @property
    def target(self) -> str | None:
        """The channel the answer would go to; None for a direct message, or while none is chosen."""
        return {Place.HERE: self.origin, Place.ELSEWHERE: self.channel, Place.ME: None}[self.place]

    def block(self, action: str) -> str:
        """Name the block of an element; an error stands at it."""
        return f"{action}/{self.picked}" if action in {OFFERS, FIRST, LAST} else action


def form(shown: Form, language: Language) -> dict[str, Any]:
    """Return the form as a modal; its metadata is still to be added."""
    blocks: list[slack.Block] = [
        *_head(shown, language),
        *_again(shown, language),
        _balie(shown, language),
        _offers(shown, language),
        _day(shown, FIRST, texts.FIRST_LABEL, shown.period.first, language),
        _day(shown, LAST, texts.LAST_LABEL, shown.period.last, language),
        *_place(shown, language),
        context(_consequence(shown, language)),
        *_file(shown, language),
    ]
    view = modal(texts.TITLE, language, blocks, submit=texts.SUBMIT, close=texts.CANCEL)
    return {**view, "callback_id": CALLBACK}


def asked(report: Report, language: Language) -> dict[str, Any]:
    """Return what takes the place of the form when the answer will come somewhere else."""
    text = texts.ASKED_DM if report.is_direct else texts.ASKED
    facts = {"balie": desk(report.balie), "period": period(report.period, language), "channel": f"<#{report.channel}>"}
    return notice(text.say(language, **facts), language)


def notice(text: str, language: Language) -> dict[str, Any]:
    """Return a modal that only says something, in mrkdwn."""
    return modal(texts.TITLE, language, [section(text)], close=texts.CLOSE)


def option(balie: Balie) -> dict[str, Any]:
    """Return a balie as something to choose."""
    return {"text": {"type": "plain_text", "text": named(balie)}, "value": str(balie.id)}


def named(balie: Balie) -> str:
    """Return a balie's name and alias, as short as an option must be."""
    return plain(f"{balie.name.strip()} ({balie.alias})", Option.MOST)


def written(days: Period) -> str:
    """Return a period as the value of an option."""
    return f"{days.first.isoformat()}/{days.last.isoformat()}"


def _head(shown: Form, language: Language) -> list[slack.Block]:
    if shown.alert is None:
        return []
    more = [section(texts.BEFORE_LINK.say(language, link=escape(shown.link)))] if shown.link else []
    return [slack.AlertBlock(shown.alert, level="warning"), *more]


def _balie(shown: Form, language: Language) -> slack.Block:
    chosen = slack.Option(slack.PlainText(named(shown.balie)), str(shown.balie.id)) if shown.balie else None
    menu = slack.ExternalSelectMenu(
        action_id=BALIE,
        placeholder=hint(texts.BALIE_HINT, language),
        min_query_length=0,
        initial_option=chosen,
    )
    label = slack.PlainText(texts.BALIE_LABEL.say(language))
    return slack.InputBlock(label, menu, dispatch_action=True, block_id=BALIE)


def _offers(shown: Form, language: Language) -> slack.Block:
    block_id = shown.block(OFFERS)
    if shown.offer is None or not shown.offer.periods:
        return slack.ContextBlock([slack.Markdown(_no_offers(shown, language))], block_id=block_id)
    menu = slack.StaticSelectMenu(
        action_id=OFFERS,
        placeholder=hint(texts.OFFER_HINT, language),
        options=[
            slack.Option(slack.PlainText(period(days, language)), written(days)) for days in shown.offer.periods[:100]
        ],
    )
    return slack.SectionBlock(slack.Markdown(texts.OFFERED.say(language)), accessory=menu, block_id=block_id)


def _no_offers(shown: Form, language: Language) -> str:
    if shown.balie is None:
        return texts.NO_BALIE_YET.say(language)
    if shown.offer is None:
        return texts.WAITING.say(language)
    known = {"": texts.NONE, "ended": texts.ENDED, **REFUSALS, "ACCESS_DENIED": texts.DENIED}
    return known.get(shown.offer.trouble or "", texts.SILENT).say(language)


def _day(shown: Form, action: str, label: Text, begins: date, language: Language) -> slack.Block:
    picker = slack.DatePicker(action_id=action, initial_date=begins.isoformat())
    return slack.InputBlock(slack.PlainText(label.say(language)), picker, block_id=shown.block(action))


def _place(shown: Form, language: Language) -> list[slack.Block]:
    labels = {Place.HERE: texts.HERE_OPTION, Place.ELSEWHERE: texts.ELSEWHERE_OPTION, Place.ME: texts.ME_OPTION}
    if not shown.origin:
        labels = {Place.ME: texts.ME_OPTION, Place.ELSEWHERE: texts.SOMEWHERE_OPTION}
    options = {place: slack.Option(slack.PlainText(text.say(language)), place.value) for place, text in labels.items()}
    radio = slack.RadioButtonGroup(PLACE, list(options.values()), initial_option=options[shown.place])
    label = slack.PlainText(texts.PLACE_LABEL.say(language))
    blocks: list[slack.Block] = [slack.InputBlock(label, radio, dispatch_action=True, block_id=PLACE)]
    if shown.place is Place.ELSEWHERE:
        menu = slack.ConversationSelectMenu(
            action_id=CHANNEL,
            placeholder=hint(texts.CHANNEL_HINT, language),
            initial_conversation=shown.channel,
            filter=slack.ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True),
        )
        label = slack.PlainText(texts.CHANNEL_LABEL.say(language))
        blocks.append(slack.InputBlock(label, menu, dispatch_action=True, block_id=CHANNEL))
    return blocks


def _consequence(shown: Form, language: Language) -> str:
    if shown.place is Place.ME:
        return texts.TO_ME.say(language)
    if shown.target is None:
        return texts.NO_CHANNEL_YET.say(language)
    text = texts.LOOKING
    if shown.readers is not None:
        text = texts.READERS[shown.readers.audience] if shown.readers.is_writable else texts.NOT_THERE
    return text.say(language, channel=f"<#{shown.target}>")


def _file(shown: Form, language: Language) -> list[slack.Block]:
    readers = shown.readers
    if shown.place is Place.ME or readers is None or readers.audience is not Audience.INVITED:
        return []
    return [_tick(FILE, texts.FILE_LABEL, texts.FILE_OPTION, texts.FILE_SMALL, language, is_on=shown.private_file)]


def _again(shown: Form, language: Language) -> list[slack.Block]:
    return [_tick(AGAIN, texts.AGAIN_LABEL, texts.AGAIN_OPTION, None, language)] if shown.was_before else []


def _tick(
    action: str, label: Text, text: Option, small: Option | None, language: Language, *, is_on: bool = False
) -> slack.Block:
    description = slack.PlainText(small.say(language)) if small else None
    box = slack.Option(slack.PlainText(text.say(language)), "yes", description=description)
    boxes = slack.CheckboxGroup(action, box, initial_options=box if is_on else None)
    return slack.InputBlock(slack.PlainText(label.say(language)), boxes, block_id=action, optional=True)
