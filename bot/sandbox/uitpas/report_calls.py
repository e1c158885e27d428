"""The four calls of the financial report (UiTPAS API, start a report, status, download, periods)."""

from collections.abc import Callable
from datetime import date, datetime

from aiohttp import web
from lxml import etree

from bot.sandbox.uitpas.answers import Refusal, child, response, xml
from bot.sandbox.uitpas.archive import archive_name, make_archive
from bot.sandbox.uitpas.moments import (
    Quarter,
    brussels_day,
    end_of_day,
    past_quarters,
    read_w3c_date,
    start_of_day,
)
from bot.sandbox.uitpas.people import Balie
from bot.sandbox.uitpas.questions import REPORT_PERMISSION, Question
from bot.sandbox.uitpas.reports import Report, ReportBook, Standing
from bot.sandbox.uitpas.world import World


class ReportCalls:
    """The verbs of the report, on one book."""

    def __init__(self, world: World, book: ReportBook, now: Callable[[], datetime]) -> None:
        self._world = world
        self._book = book
        self._now = now

    def start(self, question: Question) -> web.Response:
        """Take up a report over two inclusive days; its id stands only inside `resource`."""
        question.require("balieConsumerKey", "startDate", "endDate")
        balie = question.acting_balie(self._world, REPORT_PERMISSION)
        report = self._book.start(balie, _day(question, "startDate"), _day(question, "endDate"))
        return xml(_progress("Export in progress.", balie, report, "status"))

    def status(self, question: Question) -> web.Response:
        """Say busy or ready; ACTION_FAILED when there was nothing to report."""
        balie, report = self._report(question)
        standing = self._book.standing(report)
        if standing is Standing.BUSY or (question.fault and question.fault.kind == "never_ends"):
            return xml(_progress("Export in progress.", balie, report, "status"))
        if standing is Standing.EMPTY:
            raise Refusal("ACTION_FAILED", f"Export {report.id} failed: no ticket sales found.")
        return xml(_progress("Export completed.", balie, report, "download"))

    def download(self, question: Question) -> web.Response:
        """Give the zip; INVALID_REPORT_STATUS when it is not ready."""
        balie, report = self._report(question)
        if self._book.standing(report) is not Standing.READY:
            raise Refusal("INVALID_REPORT_STATUS", f"Export {report.id} is not completed.")
        completed_at = self._book.completed_at(report)
        oddity = question.fault.kind if question.fault else ""
        made = self._book.archive
        body = make_archive(balie.name, completed_at, self._book.sales(report), oddity) if made is None else made
        name = archive_name(balie.name, completed_at)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=body, content_type="application/x-zip-compressed", headers=headers)

    def periods(self, question: Question) -> web.Response:
        """List the quarters of the last two years that are over, newest first."""
        question.acting_balie(self._world, REPORT_PERMISSION)
        root = response(code="ACTION_SUCCEEDED")
        periods = child(root, "periods")
        for quarter in past_quarters(brussels_day(self._now())):
            _append_period(periods, quarter)
        return xml(root)

    def _report(self, question: Question) -> tuple[Balie, Report]:
        balie = question.acting_balie(self._world, REPORT_PERMISSION)
        report = self._book.find(question.path["id"], balie)
        if report is None:
            raise Refusal("UNKNOWN_REPORT_ID", "No report with this id.")
        return balie, report


def _day(question: Question, name: str) -> date:
    try:
        return read_w3c_date(question.get(name) or "")
    except ValueError:
        raise Refusal("PARSE_INVALID_DATE", f"{name} is no W3C date.") from None


def _progress(message: str, balie: Balie, report: Report, step: str) -> etree._Element:
    root = response(code="ACTION_SUCCEEDED", message=message)
    path = f"/uitpas/report/financialoverview/organiser/{report.id}/{step}?consumerKey={balie.consumer_key}"
    resource = child(root, "resource", path)
    resource.tail = " +\n"  # the stray sign of the documented answer
    return root


def _append_period(periods: etree._Element, quarter: Quarter) -> None:
    period = child(periods, "period")
    child(period, "endDate", end_of_day(quarter.last).isoformat(timespec="milliseconds"))
    child(period, "startDate", start_of_day(quarter.first).isoformat())
