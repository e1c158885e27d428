"""The balies of a digest that the table does not tell, by what became of them: what needs somebody comes first."""

from collections.abc import Sequence
from itertools import accumulate, takewhile

from bot.digests import BalieResult, RunResults
from bot.models import Balie, Language, State
from handlers.render import digest_texts as texts
from handlers.render.digest_refusals import why
from handlers.render.formats import escape, euro, plain
from handlers.render.texts import Text

NAME = 60
"""Characters of a balie's name."""
NAMES_ROOM, ROOM = 600, 3_000
"""Characters of the names in one line, and of all lines: they stand in `text`, too, of which Slack takes 4,000."""

ORDER = (
    texts.FAILED,
    texts.EXPIRED,
    texts.ON_HOLD,
    texts.UNMAPPED,
    texts.MISSING,
    texts.RUNNING,
    texts.UNCOUNTED,
    texts.CANCELLED,
    texts.EMPTY,
)
_ENDS = {
    State.EMPTY: texts.EMPTY,
    State.FAILED: texts.FAILED,
    State.EXPIRED: texts.EXPIRED,
    State.CANCELLED: texts.CANCELLED,
}


def lines(told: RunResults, language: Language) -> list[str]:
    """Return a line of mrkdwn for each thing that became of balies; what there is no room for is counted."""
    groups = sorted(_groups(told, language).items(), key=lambda group: ORDER.index(group[0][0]))
    said = [text.say(language, balies=_listed(names, language), why=reason) for (text, reason), names in groups]
    room = len(list(takewhile(lambda length: length <= ROOM, accumulate(map(len, said)))))
    more = sum(len(names) for _, names in groups[room:])
    return [*said[:room], *([texts.MORE_LINES.say(more, language)] if more else [])]


def _groups(told: RunResults, language: Language) -> dict[tuple[Text, str], list[str]]:
    groups: dict[tuple[Text, str], list[str]] = {}
    for one in told.results:
        if text := _text(one):
            reason = why(one.report.reason, language) if text is texts.FAILED else ""
            groups.setdefault((text, reason), []).append(_told(one, told, language))
    if told.run.digest.missing:
        groups[texts.MISSING, ""] = [_named(balie, language) for balie in told.run.digest.missing]
    return groups


def _text(one: BalieResult) -> Text | None:
    report = one.report
    if report.summary is not None and one.is_done:
        return None
    if report.state is State.PAUSED:
        return texts.UNMAPPED if report.face == "unmapped" else texts.ON_HOLD
    return _ENDS.get(report.state, texts.UNCOUNTED if one.is_done else texts.RUNNING)


def _told(one: BalieResult, told: RunResults, language: Language) -> str:
    name = _named(one.report.balie, language)
    if one.report.state is not State.EMPTY or told.before is None or one.before is None or not one.before.contribution:
        return name
    return texts.WAS.say(language, balie=name, before=euro(one.before.contribution, language))


def _named(balie: Balie, language: Language) -> str:
    return escape(plain(balie.name, NAME)) or texts.NAMELESS.say(language)


def _listed(names: Sequence[str], language: Language) -> str:
    room = max(1, len(list(takewhile(lambda length: length <= NAMES_ROOM, accumulate(map(len, names))))))
    more = len(names) - room
    told = [*names[:room], *([texts.AND_MORE.say(more, language)] if more else [])]
    return texts.AND.say(language, balies=", ".join(told[:-1]), last=told[-1]) if told[1:] else told[0]
