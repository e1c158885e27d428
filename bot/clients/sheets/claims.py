"""The layout of a claim: where its columns are, which rows are sales, which one is the total.

The known form has fixed sentences, then a row of heads, then one row for each sale, then `Total {government}` with the
sum. Columns are found by their heads, so their order is free. A row that fits nothing makes the whole report unknown: a
missing summary is better than a wrong one. Events are read only where all heads are those of the known form, in their
order: under any others that column may hold the name of a person.
"""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from bot.clients.sheets.events import Events
from bot.clients.sheets.names import clean_name, names
from bot.clients.sheets.tally import Tally
from bot.errors import SheetsError

DOCUMENTED = (
    *("inrichter", "overheid", "datum", "uid", "gemeente", "kansenstatuut", "ticketsalecoupon", "grouppass"),
    *("event", "date_from", "date_to", "totalprice", "contribution"),
)
"""The heads of the known form."""

HEAD_ROWS = 40
"""How far down the heads are looked for; the known form has them in row 13."""

LARGEST = 1_000_000_000
"""Euro; a number beyond this is no amount, but something else in its column."""

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns that matter are, counted from 0; the event's only in the known form."""

    government: int
    full_price: int
    contribution: int
    holder: int | None = None
    event: int | None = None


def tallies(content: bytes, events: Events) -> list[Tally]:
    """Return what each government in a workbook owes, and count its events.

    Raises:
        SheetsError: `unknown_layout`.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            found = [_of_sheet(sheet.iter_rows(), events) for sheet in sheets]
    except CalamineError:
        raise SheetsError("unknown_layout") from None
    known = [sheet for sheet in found if sheet is not None]
    if not known:
        raise SheetsError("unknown_layout")
    return [tally for sheet in known for tally in sheet]


def _of_sheet(rows: Iterator[Row], events: Events) -> list[Tally] | None:
    columns = find_columns(rows)
    return None if columns is None else read_sales(rows, columns, events)


def find_columns(rows: Iterator[Row]) -> Columns | None:
    """Read on until the heads have passed and return where they stood; None when they are not there."""
    for row in islice(rows, HEAD_ROWS):
        heads = ["".join(cell.split()).casefold() if isinstance(cell, str) else "" for cell in row]
        if {"overheid", "totalprice", "contribution"} <= set(heads):
            return _columns(heads)
    return None


def _columns(heads: list[str]) -> Columns:
    return Columns(
        government=heads.index("overheid"),
        full_price=heads.index("totalprice"),
        contribution=heads.index("contribution"),
        holder=heads.index("uid") if "uid" in heads else None,
        event=heads.index("event") if _trimmed(heads) == list(DOCUMENTED) else None,
    )


def _trimmed(heads: list[str]) -> list[str]:
    """Leave out the empty cells to the right, where a sheet is wider than its form."""
    return heads[: max((place + 1 for place, head in enumerate(heads) if head), default=0)]


def read_sales(rows: Iterable[Row], columns: Columns, events: Events) -> list[Tally]:
    """Count the rows below the heads by government, and by event.

    Raises:
        SheetsError: `unknown_layout`, for a row that is neither a sale, nor a total, nor without amounts.
    """
    found: dict[str, Tally] = {}
    totals: list[tuple[str, Decimal]] = []
    if columns.event is None:
        events.give_up()
    for row in rows:
        name, full_price, contribution = _cells(row, columns)
        if full_price is not None and contribution is not None and name:
            found.setdefault(name, Tally(name)).add_sale(full_price, contribution)
            events.add_sale(_at(row, columns.event), _at(row, columns.holder), contribution)
        elif full_price is None and contribution is not None and name.casefold().startswith("total"):
            totals.append((name[len("total") :].strip(" :"), contribution))
        elif full_price is not None or contribution is not None:
            raise SheetsError("unknown_layout")
    _print_totals(found, totals)
    return list(found.values())


def _print_totals(found: dict[str, Tally], totals: Iterable[tuple[str, Decimal]]) -> None:
    """Give each total to its government; where a sheet has only one, it gets the total under whatever name."""
    only = next(iter(found)) if len(found) == 1 else ""
    for name, total in totals:
        whose = only or name
        if whose:
            found.setdefault(whose, Tally(whose)).printed_total = total


def _cells(row: Row, columns: Columns) -> tuple[str, Decimal | None, Decimal | None]:
    government = row[columns.government]
    is_named = isinstance(government, str) and not names(_at(row, columns.holder), government)
    name = clean_name(str(government)) if is_named else ""
    return name, _amount(row[columns.full_price]), _amount(row[columns.contribution])


def _at(row: Row, column: int | None) -> object:
    return None if column is None else row[column]


def _amount(cell: object) -> Decimal | None:
    """Return a number as written, None for an empty cell.

    Raises:
        SheetsError: `unknown_layout`, for anything else.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell) or abs(cell) > LARGEST:
        raise SheetsError("unknown_layout")
    # By its shortest writing: 12.1 is meant where the float holds 12.0999999999999996.
    return Decimal(repr(cell))
