"""What a card was swapped for as a file: no number, no name, nothing that says whose card it was."""

import csv
import io
import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.cards import Cashed, CashedPromotion
from bot.models import Language, Period
from handlers.render.card import COLUMNS, balie, title
from handlers.render.formats import moment, period
from handlers.render.texts import Text

_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_SEPARATOR: Final = {Language.NL: (";", ","), Language.EN: (",", ".")}
"""Between cells, and in numbers, as the spreadsheets of people who speak that language take them."""

NAME = Text(nl="omruilingen_{first}_{last}.csv", en="swaps_{first}_{last}.csv")
COMMENT = Text(
    nl="De omruilingen waar je om vroeg, aan alle balies, {period}. Ik verwijder dit bestand op {moment}; bewaar het"
    " niet langer dan nodig.",
    en="The swaps you asked for, at all desks, {period}. I delete this file on {moment}; keep it no longer than"
    " needed.",
)
SENT = Text(
    nl="Het bestand staat in je privéberichten met mij. Ik verwijder het daar op {moment}.",
    en="The file is in your direct messages with me. I delete it there on {moment}.",
)
NOT_TAKEN = Text(
    nl="Slack nam het bestand niet aan: deze werkruimte laat zulke bestanden niet toe. Neem de tabel over, of vraag"
    " je Slack-beheerder om csv-bestanden toe te laten.",
    en="Slack did not take the file: this workspace does not allow such files. Copy the table, or ask your Slack admin"
    " to allow csv files.",
)
NOT_SURE = Text(
    nl="Slack bevestigde het bestand niet. Kijk in je privéberichten met mij; staat het er niet, probeer dan opnieuw.",
    en="Slack did not confirm the file. Look in your direct messages with me; if it is not there, try again.",
)
NOT_SENT = Text(
    nl="Ik kreeg het bestand niet in je privéberichten. Probeer het over een minuut opnieuw.",
    en="I could not get the file into your direct messages. Try again in a minute.",
)


def name(days: Period, language: Language) -> str:
    """Name the file by its period alone."""
    return NAME.say(language, first=days.first.isoformat(), last=days.last.isoformat())


def comment(days: Period, gone_at: datetime, zone: ZoneInfo, language: Language) -> str:
    """Say what the file is, and when it will be deleted."""
    return COMMENT.say(language, period=period(days, language), moment=moment(gone_at, language, zone))


def content(cashed: Cashed, zone: ZoneInfo, language: Language) -> bytes:
    """Return the CSV: a row for each swap, days in Brussels as YYYY-MM-DD, points as a minus; UTF-8 with its mark."""
    between, _ = _SEPARATOR[language]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=between, lineterminator="\r\n")
    writer.writerow([column.say(language) for column in COLUMNS])
    writer.writerows(_row(promotion, zone, language) for promotion in cashed.promotions)
    return out.getvalue().encode("utf-8-sig")


def _row(promotion: CashedPromotion, zone: ZoneInfo, language: Language) -> tuple[str, ...]:
    _, decimal = _SEPARATOR[language]
    points = f"{(0 - promotion.points).normalize():f}".replace(".", decimal)
    when = promotion.moment.astimezone(zone).date().isoformat()
    return when, _harmless(title(promotion, language)), points, _harmless(balie(promotion, language))


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
