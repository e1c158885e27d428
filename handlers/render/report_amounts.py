"""What the sheets of a report say: a table, what does not add up, a chart, and the events that brought most."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate, takewhile

import slackblocks as slack

from bot.models import Language
from bot.summary import EventShare, GovernmentShare, Summary
from handlers.render.blocks import context, sections
from handlers.render.formats import amount, count, escape, euro, plain
from handlers.render.report_chart import chart
from handlers.render.texts import Plural, Text

MOST_ROWS = 98
"""Governments in the table: Slack takes 100 rows, and two are the head and the sum."""
TABLE_ROOM, MISMATCH_ROOM = 5_500, 1_500
"""Characters of the table, and of what does not add up: Slack refuses messages from about 11,000 on, in all blocks
together (bolt-js #2509, #2867)."""
NAME = 60
"""Characters of a government's name in a cell."""

COLUMNS = (
    Text(nl="Overheid", en="Government"),
    Text(nl="Aantal", en="Sales"),
    Text(nl="Volle prijs (€)", en="Full price (€)"),
    Text(nl="Te vorderen (€)", en="To claim (€)"),
)
CHART = Text(nl="Te vorderen per overheid (€)", en="To claim per government (€)")
NAMELESS = Text(nl="(zonder naam)", en="(no name)")
SUM = Text(nl="Samen", en="In all")
SORTED = Text(nl="Het hoogste bedrag staat bovenaan.", en="The highest amount comes first.")
MORE = Plural(
    one=Text(
        nl="Nog {n} overheid staat in het bestand; het totaal telt ze mee.",
        en="{n} more government is in the file; the sum counts it too.",
    ),
    other=Text(
        nl="Nog {n} overheden staan in het bestand; het totaal telt ze mee.",
        en="{n} more governments are in the file; the sum counts them too.",
    ),
)
MISMATCH = Text(
    nl="Let op: in het blad van {government} staat {printed} als totaal, maar de rijen geven samen {sum}. Kijk dat na"
    " voor je de nota verstuurt.",
    en="Mind: the sheet of {government} prints {printed} as its total, but its rows add up to {sum}. Check that before"
    " you send the claim.",
)
MORE_MISMATCHES = Plural(
    one=Text(
        nl="Let op: nog {n} overheid heeft een totaal dat niet klopt met de rijen.",
        en="Mind: {n} more government has a total that is not the sum of its rows.",
    ),
    other=Text(
        nl="Let op: nog {n} overheden hebben een totaal dat niet klopt met de rijen.",
        en="Mind: {n} more governments have a total that is not the sum of their rows.",
    ),
)
EVENTS = Plural(
    one=Text(nl="Deze activiteit bracht het meest op:", en="This event brought most:"),
    other=Text(nl="Deze activiteiten brachten het meest op:", en="These events brought most:"),
)
EVENT = Text(nl="• {event}: {sales}, te vorderen {contribution}", en="• {event}: {sales}, to claim {contribution}")
SALES = Plural(one=Text(nl="{n} verkoop", en="{n} sale"), other=Text(nl="{n} verkopen", en="{n} sales"))
TOTAL = Text(
    nl="*Samen: {sales}, te vorderen {contribution}* (volle prijs {full})",
    en="*In all: {sales}, to claim {contribution}* (full price {full})",
)
MOST = Text(nl="Het meest van {government}: {contribution}.", en="Most of it from {government}: {contribution}.")


def in_words(summary: Summary, language: Language) -> str:
    """Return the point of it as sentences, for a notification and for who has it read aloud."""
    total = TOTAL.say(
        language,
        sales=SALES.say(summary.sales, language),
        contribution=euro(summary.contribution, language),
        full=euro(summary.full_price, language),
    )
    return " ".join([total, *_most(summary, language), *_mismatches(summary, language)])


def amounts(summary: Summary, language: Language, *, charted: bool) -> list[slack.Block]:
    """Return it as blocks; without its chart where Slack does not know charts."""
    rows = _fitting([_cells(share, language) for share in summary.by_contribution])
    remarks = [SORTED.say(language)] if len(rows) > 1 else []
    if len(rows) < len(summary.shares):
        remarks.append(MORE.say(len(summary.shares) - len(rows), language))
    events = [_event(event, language) for event in summary.events]
    return [
        _table([*rows, _sum(summary, language)], language),
        *([context(*remarks)] if remarks else []),
        *sections(_mismatches(summary, language)),
        *([_chart(summary, language)] if charted and summary.is_charted else []),
        *([context(EVENTS.say(len(events), language), *events)] if events else []),
    ]


def _table(rows: list[list[str]], language: Language) -> slack.TableBlock:
    words = [[column.say(language) for column in COLUMNS], *rows]
    cells: list[list[slack.RawText | slack.RichTextObject]] = [[slack.RawText(cell) for cell in row] for row in words]
    # a thread is narrow: heads on two lines leave room for the last column
    numbers = [slack.ColumnSettings(align="right", is_wrapped=True) for _ in COLUMNS[1:]]
    return slack.TableBlock(cells, column_settings=[slack.ColumnSettings(is_wrapped=True), *numbers])


def _chart(summary: Summary, language: Language) -> slack.DataVisualizationBlock:
    return chart(CHART, [(share.government, share.contribution) for share in summary.by_contribution], language)


def _cells(share: GovernmentShare, language: Language) -> list[str]:
    name = plain(share.government, NAME) or NAMELESS.say(language)
    return [name, *_numbers(share, language)]


def _sum(summary: Summary, language: Language) -> list[str]:
    return [SUM.say(language), *_numbers(summary, language)]


def _numbers(counted: GovernmentShare | Summary, language: Language) -> list[str]:
    sums = (counted.full_price, counted.contribution)
    return [count(counted.sales, language), *(amount(one, language) for one in sums)]


def _fitting(rows: list[list[str]]) -> list[list[str]]:
    room = _how_many((sum(map(len, row)) for row in rows), TABLE_ROOM)
    return rows[: min(MOST_ROWS, room)]


def _how_many(lengths: Iterable[int], room: int) -> int:
    return len(list(takewhile(lambda length: length <= room, accumulate(lengths))))


def _most(summary: Summary, language: Language) -> list[str]:
    if not summary.is_charted:
        return []
    first = summary.by_contribution[0]
    owed = euro(first.contribution, language)
    return [MOST.say(language, government=_named(first, language), contribution=owed)]


def _mismatches(summary: Summary, language: Language) -> list[str]:
    wrong = [
        _mismatch(share, share.printed_total, language)
        for share in summary.shares
        if share.printed_total is not None and share.printed_total != share.contribution
    ]
    said = wrong[: _how_many(map(len, wrong), MISMATCH_ROOM)]
    more = len(wrong) - len(said)
    return [*said, MORE_MISMATCHES.say(more, language)] if more else said


def _mismatch(share: GovernmentShare, printed: Decimal, language: Language) -> str:
    sums = {"printed": euro(printed, language), "sum": euro(share.contribution, language)}
    return MISMATCH.say(language, government=_named(share, language), **sums)


def _named(share: GovernmentShare, language: Language) -> str:
    return escape(plain(share.government, NAME)) or NAMELESS.say(language)


def _event(event: EventShare, language: Language) -> str:
    return EVENT.say(
        language,
        event=escape(event.name),
        sales=SALES.say(event.sales, language),
        contribution=euro(event.contribution, language),
    )
