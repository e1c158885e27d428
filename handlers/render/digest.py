"""The one message of a digest: what its balies come to, who is missing from that and why, and when it comes next."""

import slackblocks as slack

from bot.digests import DigestRun, Purpose, RunResults
from bot.models import Language, Message
from handlers.render import digest_texts as texts
from handlers.render.blocks import context, message, section, sections
from handlers.render.digest_amounts import amounts, in_words
from handlers.render.digest_lines import lines
from handlers.render.digest_schedule import next_time, planned
from handlers.render.formats import period


def digest(told: RunResults, language: Language, *, charted: bool = True) -> Message:
    """Return the message of a run; without its chart where Slack does not know charts."""
    title = texts.TITLE.say(language, period=period(told.period, language))
    remarks = " ".join(_remarks(told.run, language))
    others = lines(told, language)
    text = "\n".join(filter(None, [title, remarks, in_words(told, language), *others]))
    return message(
        text,
        slack.HeaderBlock(title),
        *([section(remarks)] if remarks else []),
        *amounts(told, language, charted=charted),
        *sections(others),
        _foot(told.run, language),
    )


def _remarks(run: DigestRun, language: Language) -> list[str]:
    remarks = [texts.TRIAL.say(language)] if run.purpose is Purpose.TRIAL else []
    if run.is_late:
        remarks.append(texts.LATE.say(language, planned=planned(run.planned_at, run.digest.schedule, language)))
    if run.is_direct and not _is_direct(run.digest.channel):
        remarks.append(texts.MOVED.say(language, channel=f"<#{run.digest.channel}>"))
    return remarks


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")


def _foot(run: DigestRun, language: Language) -> slack.ContextBlock:
    of = run.digest
    told = [texts.FILES.say(language), texts.OWNER.say(language, owner=f"<@{of.owner}>"), next_time(of, language)]
    return context(*told, *([] if of.is_removed else [texts.CHANGE.say(language)]))
