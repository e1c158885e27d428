"""The codes of the UiTPAS API and what can be done about each.

Follows uitid-documentatie: the list of error codes on each page of uitpas_api/latest. A code is matched exactly as it
is written there, misspellings included.
"""

import re
from collections.abc import Callable, Mapping

from bot.errors import (
    AdministratorError,
    CorrectableError,
    NothingRegisteredError,
    UitpasError,
    UnavailableError,
    UnexpectedAnswerError,
)

CORRECTABLE = frozenset(
    {
        "UNKNOWN_REPORT_ID",
        "PARSE_INVALID_DATE",
        "INVALID_INTERVAL_BEGIN_DATE_AFTER_END_DATE",
        "INVALID_INTERVAL_MIN_HIGHER_THAN_MAX",
        "PARSE_INVALID_UITPASNUMBER",
        "UNKNOWN_UITPASNUMBER",
        "UNKNOWN_IDENTIFICATION",
        "UNKNOWN_CHIPNUMBER",
        "UNKNOWN_CARD",
        "UNKNOWN_PASSHOLDER_UID",
        "INVALID_CARD",
        "INVALID_CARD_STATUS",
        "INVALID_CARD_STATUS_BLOCKED",
        "INVALID_CARD_STATUS_DELETED",
        "INVALID_CARD_STATUS_LOCAL_STOCK",
        "INVALID_CARD_STATUS_STOCK",
        "INVALID_CARD_STATUS_SENT_TO_BALIE",
        "INVALID_CARD_STATUS_PROVISIONED",
        "KANSENSTATUUT_EXPIRED",
        "PASSHOLDER_NO_ACTIVE_CARDSYSTEMS",
        "UNKNOWN_USER",
    }
)
"""The asker can mend the question."""

ADMINISTRATOR = frozenset(
    {
        "UNKNOWN_BALIE_CONSUMERKEY",
        "ACCESS_DENIED",
        "UNKNOWN_CARD_SYSTEM",
        "UNKNOWN_BALIE_ID",
        "USER_IS_NOT_A_BALIE_EMPLOYEE",
    }
)
"""Somebody with more rights must act."""

WAIT = frozenset({"INVALID_REPORT_STATUS", "ACTION_FAILED"})
"""The same question may be answered later. For ACTION_FAILED on a report see `NOTHING_TO_REPORT`."""

OURS = frozenset({"MISSING_REQUIRED_FIELDS", "INVALID_PARAMETERS", "PARSE_INVALID_LONG"})
"""A fault of the bot itself: only whoever keeps it can help."""

NOTHING_TO_REPORT = frozenset({"start_report", "progress"})
"""Calls where ACTION_FAILED means that no reduced ticket was registered in the period, which is no fault."""

DONE = frozenset({"ACTION_SUCCEEDED", "OK", "ServiceConsumerRevoked"})
"""Words for success; the last two are UiTiD's, of the calls about an employee's own applications."""

_CODE = re.compile(r"[A-Z][A-Z_]{0,63}")
_PERMISSION = re.compile(r"[A-Z][A-Z_ -]{0,99}")


def is_success(code: str) -> bool:
    """Tell whether a code says that the action was done; some actions have their own word for it."""
    return code in DONE or code.endswith("SUCCESS")


def error_for(call: str, code: str, required_permission: str = "") -> UitpasError:
    """Return what a code means for a call; a code nobody knows becomes an UnexpectedAnswerError.

    Args:
        call: our name of the call.
        code: as the API gave it. One without the shape of a code is not repeated in the error: it could hold anything.
        required_permission: what came with ACCESS_DENIED, under the same rule.
    """
    if not _CODE.fullmatch(code):
        return UnexpectedAnswerError(call, None, "a code without the shape of one")
    if code in ADMINISTRATOR:
        permission = required_permission if _PERMISSION.fullmatch(required_permission) else ""
        return AdministratorError(call, code, permission)
    if code == "ACTION_FAILED" and call in NOTHING_TO_REPORT:
        return NothingRegisteredError(call, code)
    return _BY_KIND.get(code, UnexpectedAnswerError)(call, code)


_BY_KIND: Mapping[str, Callable[[str, str], UitpasError]] = {
    **dict.fromkeys(CORRECTABLE, CorrectableError),
    **dict.fromkeys(WAIT, UnavailableError),
    **dict.fromkeys(OURS, UnexpectedAnswerError),
}
