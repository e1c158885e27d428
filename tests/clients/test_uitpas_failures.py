"""The error table: what each answer that is no success means to the caller."""

import pytest

from bot.clients.uitpas_codes import ADMINISTRATOR, CORRECTABLE, OURS
from bot.clients.uitpas_xml import failure
from bot.errors import (
    AdministratorError,
    CorrectableError,
    LinkEndedError,
    NothingRegisteredError,
    UitpasError,
    UnavailableError,
    UnexpectedAnswerError,
)
from tests.clients.stage import documented

CALLS = ["start_report", "progress", "download", "periods", "balies"]


def coded(code: str) -> bytes:
    return f"<response><code> {code}\n</code><message>intern 88123</message></response>".encode()


def meant(call: str, status: int, body: bytes) -> tuple[type[UitpasError], str | None]:
    """Return the kind of a failure and its code."""
    error = failure(call, status, body)
    assert error is not None
    return type(error), error.code


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", [200, 400, 403, 404, 500])
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("UNKNOWN_REPORT_ID", CorrectableError),
        ("PARSE_INVALID_DATE", CorrectableError),
        ("UNKNOWN_USER", CorrectableError),
        ("UNKNOWN_BALIE_CONSUMERKEY", AdministratorError),
        ("ACCESS_DENIED", AdministratorError),
    ],
)
def test_a_code_means_the_same_under_every_status(call: str, status: int, code: str, kind: type[UitpasError]) -> None:
    assert meant(call, status, coded(code)) == (kind, code)


@pytest.mark.parametrize(
    ("codes", "kind"),
    [(CORRECTABLE, CorrectableError), (ADMINISTRATOR, AdministratorError), (OURS, UnexpectedAnswerError)],
)
def test_every_code_of_a_kind_becomes_that_kind(codes: frozenset[str], kind: type[UitpasError]) -> None:
    assert {meant("periods", 400, coded(code)) for code in codes} == {(kind, code) for code in codes}


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ("start_report", NothingRegisteredError),
        ("progress", NothingRegisteredError),
        ("download", UnavailableError),
        ("periods", UnavailableError),
        ("balies", UnavailableError),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_action_failed_is_an_empty_period_for_a_report_and_a_bad_moment_elsewhere(
    call: str, status: int, kind: type[UitpasError]
) -> None:
    assert meant(call, status, coded("ACTION_FAILED"))[0] is kind


def test_a_report_asked_for_too_early_is_waited_for() -> None:
    error = failure("download", 400, coded("INVALID_REPORT_STATUS"))

    assert isinstance(error, UnavailableError)
    assert str(error) == "download: INVALID_REPORT_STATUS"


def test_what_an_account_lacks_is_kept_for_the_log() -> None:
    error = failure("start_report", 400, documented("access_denied"))

    assert isinstance(error, AdministratorError)
    assert (error.required_permission, str(error)) == (
        "PERMISSION_FINANCIAL_OVERVIEW - ACTION_READ",
        "start_report: ACCESS_DENIED: PERMISSION_FINANCIAL_OVERVIEW - ACTION_READ",
    )


def test_a_code_nobody_knows_is_named() -> None:
    error = failure("periods", 400, coded("UNKOWN_BALIE"))

    assert (type(error), str(error)) == (UnexpectedAnswerError, "periods: UNKOWN_BALIE")


@pytest.mark.parametrize("code", ["0930000420206", "A" * 65, "see https://x.example", "ÀB", "a b"])
def test_what_has_not_the_shape_of_a_code_is_not_repeated(code: str) -> None:
    error = failure("periods", 400, coded(code))

    assert (type(error), str(error)) == (UnexpectedAnswerError, "periods: a code without the shape of one")


def test_a_permission_of_another_shape_is_not_repeated() -> None:
    body = (
        b"<response><code>ACCESS_DENIED</code><requiredPermission>holder 0930000420206</requiredPermission></response>"
    )

    assert str(failure("periods", 400, body)) == "periods: ACCESS_DENIED"


@pytest.mark.parametrize("code", ["ACTION_SUCCEEDED", "BLOCK_UITPAS_SUCCESS"])
def test_a_code_of_success_is_none_under_200_and_a_contradiction_under_400(code: str) -> None:
    assert failure("progress", 200, coded(code)) is None
    assert meant("progress", 400, coded(code)) == (UnexpectedAnswerError, code)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", [b"", b"<html>Forbidden</html>", b"oauth_problem=token_rejected", b"<response/>"])
def test_a_refusal_without_a_code_is_the_end_of_the_link(status: int, body: bytes) -> None:
    assert meant("progress", status, body) == (LinkEndedError, None)


@pytest.mark.parametrize("status", [200, 302, 400, 404, 500, 502])
@pytest.mark.parametrize("body", [b"", b"<html><p>Even geduld<html>", b"<response><code>ACT", b"\xff\xfe\x00"])
def test_an_answer_that_is_not_the_documented_xml_is_waited_out(status: int, body: bytes) -> None:
    error = failure("start_report", status, body)

    assert isinstance(error, UnavailableError)
    assert (error.reached, error.retry_after) == (True, None)


def test_a_code_nobody_knows_under_a_server_error_is_waited_out() -> None:
    assert meant("progress", 500, coded("DATABASE_DOWN")) == (UnavailableError, None)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("body", [b"", coded("ACCESS_DENIED")])
def test_a_server_that_says_later_did_not_act(status: int, body: bytes) -> None:
    error = failure("start_report", status, body, 12.0)

    assert isinstance(error, UnavailableError)
    assert (error.reached, error.retry_after) == (False, 12.0)
