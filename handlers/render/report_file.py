"""The name of a report's file, and the words beside it where it stands apart from its thread."""

from bot.models import Language, Report
from handlers.render.formats import desk, period
from handlers.render.texts import Text

COMMENT = Text(
    nl="Onkostennota van {balie}, {period}. Bevat gegevens van pashouders: deel het bestand alleen met wie het nodig"
    " heeft.",
    en="Expense claim of {balie}, {period}. It holds passholders' data: share the file only with those who need it.",
)


def filename(report: Report) -> str:
    """Return `onkostennota_{alias}_{from}_{to}.zip`."""
    days = f"{report.period.first.isoformat()}_{report.period.last.isoformat()}"
    return f"onkostennota_{report.balie.alias}_{days}.zip"


def comment(report: Report, language: Language) -> str:
    """Return what is said with the file in a direct message."""
    return COMMENT.say(language, balie=desk(report.balie), period=period(report.period, language))
