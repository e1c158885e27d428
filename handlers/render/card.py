"""What a card was swapped for, as whoever asked sees it alone: a table, what it adds up to, and how to look further."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import slackblocks as slack

from bot.cards import CardNumber, CardQuestion, Cashed, CashedPromotion, Order, Sort
from bot.models import Language, Message
from handlers.render.blocks import button, context, message, section
from handlers.render.formats import cost, count, day, period, plain, short_day
from handlers.render.report import CLIPPED
from handlers.render.texts import Button, Plural, Text

BACK, ON, TURN = "card_back", "card_on", "card_turn"
SORTS: Final = {sort: f"card_by_{sort.name.lower()}" for sort in Sort}
SHOWS: Final = (BACK, ON, TURN, *SORTS.values())
"""Buttons that show the same card in another way."""
PERIOD, FILE = "card_period", "card_file"
PAGE = 20

Seal: TypeAlias = Callable[[CardQuestion, int], str]
"""Makes the value of a button: what it asks, and which row it begins with."""

HEAD = Text(
    nl="*Kaart {card}*\n{swaps}, samen *{points} punten*. Aan alle balies, {period}.",
    en="*Card {card}*\n{swaps}, *{points} points* in all. At all desks, {period}.",
)
POINT = Text(nl="{swaps}, samen {points} punten, {period}", en="{swaps}, {points} points in all, {period}")
SWAPS = Plural(one=Text(nl="{n} omruiling", en="{n} swap"), other=Text(nl="{n} omruilingen", en="{n} swaps"))
ROWS = Text(nl="Rij {first} tot {last} van {all}, {order}", en="Rows {first} to {last} of {all}, {order}")
ONLY_ROWS = Text(nl="Gesorteerd: {order}", en="Sorted: {order}")
BROKEN = Plural(
    one=Text(
        nl="{n} omruiling kon ik niet lezen; die is niet meegeteld.",
        en="{n} swap I could not read; it is not counted.",
    ),
    other=Text(
        nl="{n} omruilingen kon ik niet lezen; die zijn niet meegeteld.",
        en="{n} swaps I could not read; they are not counted.",
    ),
)
MISSING = Plural(
    one=Text(nl="UiTPAS telt er {n} meer dan het gaf.", en="UiTPAS counts {n} more than it gave."),
    other=Text(nl="UiTPAS telt er {n} meer dan het gaf.", en="UiTPAS counts {n} more than it gave."),
)
CUT = Text(
    nl="Er zijn er nog meer. Kies een kortere periode om ze te zien.",
    en="There are more. Choose a shorter period to see them.",
)
COLUMNS = (
    Text(nl="Datum", en="Date"),
    Text(nl="Voordeel", en="Advantage"),
    Text(nl="Punten", en="Points"),
    Text(nl="Balie", en="Desk"),
)
NAMELESS = Text(nl="(zonder naam)", en="(no name)")
NOT_TOLD = Text(nl="(niet vermeld)", en="(not told)")
ORDERS: dict[tuple[Sort, Order], Text] = {
    (Sort.DATE, Order.DESC): Text(nl="nieuwste eerst", en="newest first"),
    (Sort.DATE, Order.ASC): Text(nl="oudste eerst", en="oldest first"),
    (Sort.TITLE, Order.ASC): Text(nl="voordeel, A tot Z", en="advantage, A to Z"),
    (Sort.TITLE, Order.DESC): Text(nl="voordeel, Z tot A", en="advantage, Z to A"),
    (Sort.BALIE, Order.ASC): Text(nl="balie, A tot Z", en="desk, A to Z"),
    (Sort.BALIE, Order.DESC): Text(nl="balie, Z tot A", en="desk, Z to A"),
    (Sort.CITY, Order.ASC): Text(nl="gemeente van de balie, A tot Z", en="town of the desk, A to Z"),
    (Sort.CITY, Order.DESC): Text(nl="gemeente van de balie, Z tot A", en="town of the desk, Z to A"),
}
NEWER = Button(nl="Nieuwere", en="Newer")
OLDER = Button(nl="Oudere", en="Older")
PREVIOUS = Button(nl="Vorige", en="Previous")
NEXT = Button(nl="Volgende", en="Next")
SORT_LABELS: dict[Sort, Button] = {
    Sort.DATE: Button(nl="Op datum", en="By date"),
    Sort.TITLE: Button(nl="Op voordeel", en="By advantage"),
    Sort.BALIE: Button(nl="Op balie", en="By desk"),
    Sort.CITY: Button(nl="Op gemeente", en="By town"),
}
TURN_LABEL = Button(nl="Omgekeerde volgorde", en="Other direction")
PERIOD_LABEL = Button(nl="Andere periode", en="Another period")
FILE_LABEL = Button(nl="Als CSV", en="As CSV")


def swapped(
    question: CardQuestion, start: int, cashed: Cashed, zone: ZoneInfo, seal: Seal, language: Language
) -> Message:
    """Return one page of what a card was swapped for, from row `start` on, with its sums and its buttons."""
    start = start if 0 <= start < len(cashed.promotions) else 0
    facts = _facts(question, cashed, language)
    rows = cashed.promotions[start : start + PAGE]
    table = [_table(rows, zone, language)] if rows else []
    remarks = _remarks(question, start, cashed, language)
    return message(
        POINT.say(language, **facts),
        section(HEAD.say(language, card=masked(question.number), **facts)),
        *table,
        *([context(*remarks)] if remarks else []),
        *_buttons(question, start, cashed, seal, language),
    )


def masked(number: CardNumber) -> str:
    """Write a card so that only who knows the number recognises it."""
    return f"•••••{number.hint}••••"


def title(promotion: CashedPromotion, language: Language) -> str:
    """Name the advantage, on one line."""
    return plain(promotion.title, 120) or NAMELESS.say(language)


def balie(promotion: CashedPromotion, language: Language) -> str:
    """Name the balie where it was swapped, on one line."""
    return plain(promotion.balie, 80) or NOT_TOLD.say(language)


def _facts(question: CardQuestion, cashed: Cashed, language: Language) -> dict[str, str]:
    return {
        "swaps": SWAPS.say(len(cashed.promotions), language),
        "points": cost(cashed.points, language),
        "period": period(question.period, language),
    }


def _table(rows: tuple[CashedPromotion, ...], zone: ZoneInfo, language: Language) -> slack.TableBlock:
    words = [[column.say(language) for column in COLUMNS], *(_cells(row, zone, language) for row in rows)]
    cells: list[list[slack.RawText | slack.RichTextObject]] = [[slack.RawText(cell) for cell in row] for row in words]
    columns = [
        slack.ColumnSettings(),
        slack.ColumnSettings(is_wrapped=True),
        slack.ColumnSettings(align="right"),
        slack.ColumnSettings(is_wrapped=True),
    ]
    return slack.TableBlock(cells, column_settings=columns)


def _cells(row: CashedPromotion, zone: ZoneInfo, language: Language) -> list[str]:
    when = short_day(row.moment.astimezone(zone).date(), language)
    return [when, title(row, language), cost(row.points, language), balie(row, language)]


def _remarks(question: CardQuestion, start: int, cashed: Cashed, language: Language) -> list[str]:
    order = ORDERS[question.sort, question.order].say(language)
    every = len(cashed.promotions)
    remarks = [ONLY_ROWS.say(language, order=order)] if every > 1 else []
    if every > PAGE:
        shown = {"first": count(start + 1, language), "last": count(min(start + PAGE, every), language)}
        remarks = [ROWS.say(language, order=order, all=count(every, language), **shown)]
    if question.clipped:
        remarks.append(CLIPPED.say(language, last=day(question.period.last, language)))
    if cashed.broken:
        remarks.append(BROKEN.say(cashed.broken, language))
    if cashed.missing:
        remarks.append(MISSING.say(cashed.missing, language))
    return [*remarks, CUT.say(language)] if cashed.is_cut else remarks


def _buttons(
    question: CardQuestion, start: int, cashed: Cashed, seal: Seal, language: Language
) -> list[slack.ActionsBlock]:
    every = len(cashed.promotions)
    pages = [(BACK, start - PAGE)] if start else []
    pages += [(ON, start + PAGE)] if start + PAGE < every else []
    rows: list[list[slack.Element]] = [
        [button(_way(question, to), language, action_id=to, value=seal(question, row)) for to, row in pages],
        _orders(question, seal, language) if every > 1 else [],
        [
            button(PERIOD_LABEL, language, action_id=PERIOD, value=seal(question, 0)),
            *([button(FILE_LABEL, language, action_id=FILE, value=seal(question, 0))] if every else []),
        ],
    ]
    return [slack.ActionsBlock(row) for row in rows if row]


def _way(question: CardQuestion, to: str) -> Button:
    if question.sort is not Sort.DATE:
        return PREVIOUS if to == BACK else NEXT
    return NEWER if (to == BACK) is (question.order is Order.DESC) else OLDER


def _orders(question: CardQuestion, seal: Seal, language: Language) -> list[slack.Element]:
    others = [sort for sort in Sort if sort is not question.sort]
    turned = replace(question, order=question.order.other)
    return [
        *(
            button(SORT_LABELS[sort], language, action_id=SORTS[sort], value=seal(_sorted(question, sort), 0))
            for sort in others
        ),
        button(TURN_LABEL, language, action_id=TURN, value=seal(turned, 0)),
    ]


def _sorted(question: CardQuestion, sort: Sort) -> CardQuestion:
    return replace(question, sort=sort, order=Order.DESC if sort is Sort.DATE else Order.ASC)
