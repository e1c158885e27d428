"""What the balies of a digest come to together: a sentence, and a table with a row for each that brought something."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import slackblocks as slack

from bot.digests import BalieResult, RunResults
from bot.models import Balie, Language, State
from bot.summary import Summary
from handlers.render import digest_texts as texts
from handlers.render.blocks import context, section
from handlers.render.formats import amount, count, euro, period, plain
from handlers.render.report_chart import chart

NAME = 60
"""Characters of a balie's name in a cell."""
NOTHING = Summary(())
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Row:
    """What one balie came to, and how much more that is than in the period before; None where that is not known.

    `is_counted`: its sheets were read. Otherwise nothing was registered there.
    """

    balie: Balie
    is_counted: bool
    now: Summary
    change: Decimal | None

    @property
    def is_shown(self) -> bool:
        """Whether it has a row: nothing after nothing, or after nobody knows what, is told in a line alone."""
        return self.is_counted or bool(self.change)


def rows(told: RunResults) -> list[Row]:
    """Return the balies whose amount is known, the highest first; where nothing was registered that is nothing."""
    found = [_row(one, told) for one in told.results if _is_known(one)]
    return sorted(found, key=lambda row: (-row.now.contribution, row.balie.name))


def in_words(told: RunResults, language: Language) -> str:
    """Return the sum, and how it compares, as sentences of mrkdwn; nothing where there is none."""
    known = rows(told)
    if not any(row.is_shown for row in known):
        return ""
    n, everything = len(known), len(told.results)
    of = texts.OF_ALL.say(n, language) if n == everything else texts.OF_SOME.say(n, language, all=everything)
    total = texts.TOTAL.say(
        language,
        balies=of,
        sales=texts.SALES.say(_sales(known), language),
        contribution=euro(_contribution(known), language),
    )
    return " ".join([total, *_compared(told, known, language)])


def amounts(told: RunResults, language: Language, *, charted: bool) -> list[slack.Block]:
    """Return the sum, the table and the chart as blocks; without its chart where Slack does not know charts."""
    shown = [row for row in rows(told) if row.is_shown]
    if not shown:
        return []
    remarks = [texts.SORTED.say(language)] if len(shown) > 1 else []
    return [
        section(in_words(told, language)),
        _table(shown, language),
        context(*remarks, _against(told, shown, language)),
        *([_chart(shown, language)] if charted and told.is_charted else []),
    ]


def _is_known(one: BalieResult) -> bool:
    return one.report.state is State.EMPTY or (one.report.summary is not None and one.is_done)


def _row(one: BalieResult, told: RunResults) -> Row:
    summary = one.report.summary
    now, before = summary or NOTHING, one.before if told.before is not None else None
    change = None if before is None else now.contribution - before.contribution
    return Row(one.report.balie, summary is not None, now, change)


def _compared(told: RunResults, known: Sequence[Row], language: Language) -> list[str]:
    changes = [row.change for row in known if row.change is not None]
    if told.before is None or not changes:
        return []
    total = sum(changes, Decimal(0)).quantize(_CENT)
    text = texts.MORE if total > 0 else texts.LESS if total < 0 else texts.AS_MUCH
    said = text.say(language, before=period(told.before, language), change=euro(abs(total), language))
    return [f"{said}." if len(changes) == len(known) else texts.COMPARED.say(len(changes), language, change=said)]


def _against(told: RunResults, shown: Sequence[Row], language: Language) -> str:
    if told.before is None:
        return texts.NO_BEFORE.say(language)
    unknown = sum(row.change is None for row in shown)
    text = texts.AGAINST_NONE if unknown == len(shown) else texts.AGAINST_SOME if unknown else texts.AGAINST
    return text.say(language, before=period(told.before, language))


def _table(shown: Sequence[Row], language: Language) -> slack.TableBlock:
    known = [row.change for row in shown if row.change is not None]
    total = sum(known, Decimal(0)) if known else None
    words = [
        [column.say(language) for column in texts.COLUMNS],
        *([_named(row, language), *_numbers([row], row.change, language)] for row in shown),
        [texts.SUM.say(language), *_numbers(shown, total, language)],
    ]
    cells: list[list[slack.RawText | slack.RichTextObject]] = [[slack.RawText(cell) for cell in row] for row in words]
    # on a telephone there is little room: heads on two lines leave some for the last column
    numbers = [slack.ColumnSettings(align="right", is_wrapped=True) for _ in texts.COLUMNS[1:]]
    return slack.TableBlock(cells, column_settings=[slack.ColumnSettings(is_wrapped=True), *numbers])


def _numbers(counted: Sequence[Row], change: Decimal | None, language: Language) -> list[str]:
    owed = _signed(_contribution(counted), "", language)
    return [count(_sales(counted), language), owed, texts.UNKNOWN if change is None else _signed(change, "+", language)]


def _signed(value: Decimal, plus: str, language: Language) -> str:
    rounded = value.quantize(_CENT)
    sign = plus if rounded > 0 else "−" if rounded < 0 else ""
    return sign + amount(abs(rounded), language)


def _sales(counted: Sequence[Row]) -> int:
    return sum(row.now.sales for row in counted)


def _contribution(counted: Sequence[Row]) -> Decimal:
    return sum((row.now.contribution for row in counted), Decimal(0))


def _named(row: Row, language: Language) -> str:
    return plain(row.balie.name, NAME) or texts.NAMELESS.say(language)


def _chart(shown: Sequence[Row], language: Language) -> slack.DataVisualizationBlock:
    owed = [(_named(row, language), row.now.contribution) for row in shown if row.is_counted]
    return chart(texts.CHART, owed, language)
