"""The XML of UiTPAS to models and errors: bytes in, values out, no I/O.

What every answer may have and a reader must bear (uitid-documentatie: rapportering/…, balies/…): stray text between
elements, blanks around values, an error code under HTTP 200, optional elements that are simply absent.
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lxml import etree

from bot.clients.uitpas_codes import error_for, is_success
from bot.clients.xml_parser import read_xml, text_at
from bot.errors import LinkEndedError, UitpasError, UnavailableError, UnexpectedAnswerError
from bot.models import BalieListing, Period, Progress

API_ZONE = ZoneInfo("Europe/Brussels")
"""What the API means by a day."""

NOT_ACTED_UPON = frozenset({429, 503})
"""Statuses that promise that the request was left alone."""

_REPORT_ID = re.compile(r"organiser/([A-Za-z0-9_-]{1,64})/(?:status|download)\Z")
_SIGNS = {
    "export in progress": Progress.BUSY,
    "export completed": Progress.READY,
    "status": Progress.BUSY,
    "download": Progress.READY,
}


def failure(call: str, status: int, body: bytes, retry_after: float | None = None) -> UitpasError | None:
    """Tell what is wrong with an answer, or return None when it is a success.

    Follows the UiTPAS API, errors: every documented error comes as HTTP 400 with a code, but a code may come under
    HTTP 200 as well, and 401 or 403 without a code mean that the token is no longer accepted.

    Args:
        call: our name of the call.
        status: the HTTP status.
        body: the whole body.
        retry_after: seconds that the server asked to wait, if it did.
    """
    if status in NOT_ACTED_UPON:
        return UnavailableError(call, f"HTTP {status}", reached=False, retry_after=retry_after)
    try:
        root = read_xml(call, body)
    except UnavailableError as not_xml:
        return not_xml if status == 200 else _without_code(call, status, retry_after)
    if status == 200:
        return _under_success(call, root)
    code = text_at(root, "code")
    if not code:
        return _without_code(call, status, retry_after)
    error = error_for(call, code, text_at(root, "requiredPermission"))
    if isinstance(error, UnexpectedAnswerError) and status >= 500:
        return UnavailableError(call, f"HTTP {status}", retry_after=retry_after)
    return error


def parse_submission(body: bytes) -> str:
    """Return the id of a report that was just started (UiTPAS API, create a financial report).

    The id stands only inside `resource`, whose host, prefix and query can't be trusted; so it alone is taken.

    Raises:
        UnavailableError: the body is not the documented XML.
        UnexpectedAnswerError: there is no id, or one that is no safe part of a path.
    """
    found = _REPORT_ID.search(_path(text_at(response("start_report", body), "resource")))
    if not found:
        raise UnexpectedAnswerError("start_report", None, "no report id")
    return found[1]


def parse_progress(body: bytes) -> Progress:
    """Return how far a report is (UiTPAS API, report status).

    Two signs say so, the message and the last part of `resource`. One is enough; when they disagree, or say something
    else, the report counts as busy and the caller's patience decides.

    Raises:
        UnavailableError: the body is not the documented XML.
    """
    root = response("progress", body)
    message = " ".join(text_at(root, "message").casefold().rstrip(".").split())
    last = _path(text_at(root, "resource")).casefold().rpartition("/")[2]
    signs = {_SIGNS[sign] for sign in (message, last) if sign in _SIGNS}
    return Progress.READY if signs == {Progress.READY} else Progress.BUSY


def parse_periods(body: bytes) -> tuple[Period, ...]:
    """Return the settlement periods of a balie in the order given, newest first (UiTPAS API, reporting periods).

    A moment is first brought to Brussels and only then cut to a day. A period that can't be read, or ends before it
    starts, is left out: it must not hide the others.

    Raises:
        UnavailableError: the body is not the documented XML.
        UnexpectedAnswerError: there is no list of periods at all.
    """
    found = (_period(element) for element in children("periods", response("periods", body), "periods", "period"))
    return tuple(period for period in found if period)


def parse_balies(body: bytes) -> tuple[BalieListing, ...]:
    """Return the balies that an employee may act for (UiTPAS API, balies of an employee).

    A balie without a consumer key can't be acted for and is left out; a role that is not `admin` counts as `member`.

    Raises:
        UnavailableError: the body is not the documented XML.
        UnexpectedAnswerError: there is no list of balies at all.
    """
    listings = (_balie(element) for element in children("balies", response("balies", body), "balies", "balie"))
    return tuple(listing for listing in listings if listing.consumer_key)


def response(call: str, body: bytes) -> etree._Element:
    """Return the root of an answer in the usual envelope.

    Raises:
        UnavailableError: the body is not the documented XML.
    """
    root = read_xml(call, body)
    if root.tag != "response":
        raise UnavailableError(call, "not the documented XML")
    return root


def children(call: str, root: etree._Element, group: str, name: str) -> list[etree._Element]:
    """Return the elements of a list that stands in the usual envelope.

    Raises:
        UnexpectedAnswerError: there is no such list.
    """
    found = root.find(group)
    if found is None:
        raise UnexpectedAnswerError(call, None, f"no {group}")
    return found.findall(name)


def _without_code(call: str, status: int, retry_after: float | None) -> UitpasError:
    if status in {401, 403}:
        return LinkEndedError(call, None, f"HTTP {status}")
    return UnavailableError(call, f"HTTP {status}", retry_after=retry_after)


def _under_success(call: str, root: etree._Element) -> UitpasError | None:
    code = text_at(root, "code") if root.tag == "response" else ""
    if not code or is_success(code):
        return None
    return error_for(call, code, text_at(root, "requiredPermission"))


def _path(resource: str) -> str:
    return resource.partition("?")[0].strip().rstrip("/")


def _period(element: etree._Element) -> Period | None:
    try:
        period = Period(_day(text_at(element, "startDate")), _day(text_at(element, "endDate")))
    except (ValueError, OverflowError):
        return None
    return period if period.first <= period.last else None


def _day(moment: str) -> date:
    """Return the Brussels day of a W3C date-time; one without an offset is taken as Brussels time."""
    parsed = datetime.fromisoformat(moment)
    return parsed.astimezone(API_ZONE).date() if parsed.tzinfo else parsed.date()


def _balie(element: etree._Element) -> BalieListing:
    number = text_at(element, "id")
    names = (text_at(system, "name") for system in element.iterfind("cardSystems/cardSystem"))
    return BalieListing(
        number=int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None,
        consumer_key=text_at(element, "consumerKey"),
        name=text_at(element, "name"),
        role="admin" if text_at(element, "role").casefold() == "admin" else "member",
        card_systems=tuple(name for name in names if name),
    )
