"""One BIFF8 sheet for one government: the claim form (UiTPAS API, what the zip holds)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlwt

from bot.sandbox.uitpas.sales import Sale

HEADS = (
    "INRICHTER",
    "OVERHEID",
    "DATUM",
    "UID",
    "GEMEENTE",
    "KANSENSTATUUT",
    "TICKETSALECOUPON",
    "GROUPPASS",
    "EVENT",
    "DATE_FROM",
    "DATE_TO",
    "TOTALPRICE",
    "CONTRIBUTION",
)

FOREIGN_HEADS = ("Organisatie", "Overheid", "Verkocht op", "Bedrag")
"""Heads that no documented sheet has."""

_FORM = (
    (2, "Gelieve onderstaand bedrag te storten voor de kortingen aan kansentarief."),
    (3, "De gegevens van de verkochte tickets staan hieronder."),
    (5, "Naam vereniging:"),
    (6, "Contactpersoon:"),
    (7, "Te betalen bedrag:"),
    (9, "IBAN:"),
    (10, "Naam rekeninghouder:"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one balie claims from one government. `made_on` stands on the form; sales keep their order."""

    organiser: str
    government: str
    made_on: date
    sales: Sequence[Sale]

    @property
    def total(self) -> Decimal:
        """What the government owes, in euro."""
        return sum((sale.contribution for sale in self.sales), Decimal(0))


def make_sheet(claim: Claim, oddity: str = "") -> bytes:
    """Return the `.xls` of a claim.

    Args:
        claim: what it says.
        oddity: `unknown_layout` for heads and columns that nobody documented, `wrong_total` for a printed
            total that is one euro more than its rows.
    """
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Overview")
    if oddity == "unknown_layout":
        _write_foreign(sheet, claim)
    else:
        _write_documented(sheet, claim, Decimal(1) if oddity == "wrong_total" else Decimal(0))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_documented(sheet: Any, claim: Claim, too_much: Decimal) -> None:
    day = xlwt.easyxf(num_format_str="DD/MM")
    sheet.write(0, 0, "ONKOSTENNOTA")
    sheet.write(0, 3, f"Datum: {claim.made_on:%d/%m/%Y}")
    for row, text in _FORM:
        sheet.write(row, 0, text)
    for column, head in enumerate(HEADS):
        sheet.write(12, column, head)
    for row, sale in enumerate(claim.sales, start=13):
        _write_sale(sheet, row, claim, sale, day)
    last = 13 + len(claim.sales)
    sheet.write(last, 1, f"Total {claim.government}")
    sheet.write(last, 12, float(claim.total + too_much))


def _write_sale(sheet: Any, row: int, claim: Claim, sale: Sale, day: Any) -> None:
    texts = {
        0: claim.organiser,
        1: claim.government,
        3: sale.card.holder_uid,
        4: sale.card.municipality,
        5: sale.card.card_system.name,
        6: sale.coupon,
        8: sale.event,
    }
    for column, text in texts.items():
        if text is not None:
            sheet.write(row, column, text)
    sheet.write(row, 2, sale.moment.replace(tzinfo=None), day)
    sheet.write(row, 9, sale.event_first or "", day)
    sheet.write(row, 10, sale.event_last or "", day)
    sheet.write(row, 11, float(sale.price))
    sheet.write(row, 12, float(sale.contribution))


def _write_foreign(sheet: Any, claim: Claim) -> None:
    for column, head in enumerate(FOREIGN_HEADS):
        sheet.write(0, column, head)
    for row, sale in enumerate(claim.sales, start=1):
        sheet.write(row, 0, claim.organiser)
        sheet.write(row, 1, claim.government)
        sheet.write(row, 2, f"{sale.moment:%d-%m-%Y}")
        sheet.write(row, 3, str(sale.contribution))
