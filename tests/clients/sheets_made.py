"""Claims as UiTPAS lays them out, with invented people and places, and zips of all kinds."""

import io
import random
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import xlwt

HEADS = (
    *("INRICHTER", "OVERHEID", "DATUM", "UID", "GEMEENTE", "KANSENSTATUUT", "TICKETSALECOUPON", "GROUPPASS"),
    *("EVENT", "DATE_FROM", "DATE_TO", "TOTALPRICE", "CONTRIBUTION"),
)
LETTERS = "ABCDEFGHIJKLM"
HOLDER = "deadbeef-0000-4000-8000-0930000420206"
Cell = str | float | int | bool | None


def sale(government: str, full_price: Cell, contribution: Cell) -> list[Cell]:
    """Return one row of a claim."""
    who: list[Cell] = [government, 45_700.52, HOLDER, government, "UiTPAS Dijlestad"]
    return ["CC De Zandloper ", *who, "", "", "Poppentheater ", 45_699.0, "", full_price, contribution]


def total(government: str, amount: Cell) -> list[Cell]:
    """Return the row under the sales."""
    blanks: list[Cell] = [""] * 10
    return ["", f"Total {government}", *blanks, amount]


def xls(rows: Iterable[Sequence[Cell]], heads: Sequence[str] = HEADS, *, head_row: int = 12) -> bytes:
    """Return a BIFF8 workbook with the fixed sentences, the heads, and these rows."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Overview")
    sheet.write(0, 0, "ONKOSTENNOTA")
    sheet.write(0, 3, "Datum: 07/07/2026")
    for at, line in enumerate([heads, *rows]):
        for column, cell in enumerate(line):
            sheet.write(head_row + at, column, cell)
    return _saved(book)


def claim(government: str, *sales: tuple[Cell, Cell], printed: Cell = None) -> bytes:
    """Return the claim on one government: its sales as (full price, contribution), and the total when there is one."""
    rows = [sale(government, full, owed) for full, owed in sales]
    return xls(rows if printed is None else [*rows, total(government, printed)])


def longest_claim(government: str) -> bytes:
    """Return about as many rows as the format holds, each with a holder of its own."""
    chance = random.Random(7)  # noqa: S311  (invented holders)
    rows = []
    for _ in range(65_000):
        row = sale(government, 12.5, 8.1)
        row[3] = f"{chance.getrandbits(128):032x}"
        rows.append(row)
    return xls([*rows, total(government, 526_500.0)])


def longest_newer_claim(government: str, rows: int = 100_000) -> bytes:
    """Return so many rows in the newer format, as Excel packs them: every text once, and cells that point there."""
    chance = random.Random(7)  # noqa: S311  (invented holders)
    pattern = [*sale(government, 12.5, 8.1), f"Total {government}", 8.1 * rows]
    texts = [*HEADS, *map(str, pattern), *(f"{chance.getrandbits(128):032x}" for _ in range(rows))]
    heads = _pointing(13, dict(zip(LETTERS, range(len(HEADS)), strict=True)))
    pointers: dict[str, object] = {
        letter: 13 + place for place, letter in enumerate(LETTERS) if isinstance(pattern[place], str)
    }
    line = _pointing("{row}", pointers | {"D": "{holder}"}, {"C": 45_700.52, "J": 45_699, "L": 12.5, "M": 8.1})
    lines = (line.format(row=14 + at, holder=28 + at) for at in range(rows))
    return _xlsx("".join([heads, *lines, _pointing(14 + rows, {"B": 26}, {"M": 8.1 * rows})]), texts)


def sprawling_xls() -> bytes:
    """Return a small workbook with one cell in the first and one in the last corner of its sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Overview")
    sheet.write(0, 0, "OVERHEID")
    sheet.write(65_535, 255, 1)
    return _saved(book)


def xlsx(cells: dict[str, Cell], extra: dict[str, bytes] | None = None) -> bytes:
    """Return a minimal workbook of the newer format, its cells in the order given."""
    return _xlsx(_rows(cells), extra=extra)


def zip_bytes(entries: dict[str, bytes]) -> bytes:
    """Return a deflated zip."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return whole.getvalue()


@contextmanager
def file_of(content: bytes) -> Iterator[BinaryIO]:
    """Give an anonymous file with this content, rewound."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        yield file


def _xlsx(rows: str, texts: Sequence[str] = (), extra: dict[str, bytes] | None = None) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": _link(links, f"{kinds}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>'
            '<sheet name="Overview" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _link(links, f"{kinds}/worksheet", "worksheets/sheet1.xml"),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    packed = {name: text.encode() for name, text in parts.items()} | (extra or {})
    return zip_bytes(packed)


def _link(links: str, kind: str, target: str) -> str:
    return f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'


def _pointing(row: object, texts: Mapping[str, object], numbers: Mapping[str, float] | None = None) -> str:
    """Return a row of cells that point to texts, and of numbers, each in its column."""
    cells = {letter: f'<c r="{letter}{row}" t="s"><v>{at}</v></c>' for letter, at in texts.items()}
    cells |= {letter: f'<c r="{letter}{row}"><v>{value}</v></c>' for letter, value in (numbers or {}).items()}
    return f'<row r="{row}">{"".join(cells[letter] for letter in sorted(cells))}</row>'


def _rows(cells: dict[str, Cell]) -> str:
    lines: dict[str, str] = {}
    for place, value in cells.items():
        number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        text = f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        lines[number] = lines.get(number, "") + (
            text if isinstance(value, str) else f'<c r="{place}"><v>{value}</v></c>'
        )
    return "".join(f'<row r="{number}">{line}</row>' for number, line in lines.items())


def _saved(book: xlwt.Workbook) -> bytes:
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()
