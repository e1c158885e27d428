"""The zip of a report: one sheet for each government that pays (UiTPAS API, what the zip holds)."""

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.sandbox.uitpas.moments import BRUSSELS
from bot.sandbox.uitpas.sales import Sale
from bot.sandbox.uitpas.sheets import Claim, make_sheet


def archive_name(organiser: str, completed_at: datetime) -> str:
    """Return the file name, with the balie's name as it is."""
    return f"financialOverview_{organiser}_{_stamp(completed_at)}.zip"


@lru_cache(maxsize=16)
def make_archive(organiser: str, completed_at: datetime, sales: tuple[Sale, ...], oddity: str = "") -> bytes:
    """Return the zip; the same arguments give the same bytes, which are kept: they are asked for more than once.

    Args:
        organiser: name of the balie, untrimmed.
        completed_at: when the report was ready; an aware moment.
        sales: all sales of the report.
        oddity: see `make_sheet`.
    """
    local = completed_at.astimezone(BRUSSELS)
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for government in sorted({sale.government for sale in sales}):
            own = [sale for sale in sales if sale.government == government]
            entry = ZipInfo(f"{government}_{_stamp(local)}.xls", local.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, make_sheet(Claim(organiser, government, local.date(), own), oddity))
    return file.getvalue()


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(BRUSSELS):%Y%m%d_%H%M}"
