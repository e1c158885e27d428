"""Documented answers, and the quirks that real ones have."""

from datetime import date

import pytest

from bot.clients.uitpas_xml import failure, parse_balies, parse_periods, parse_progress, parse_submission
from bot.errors import UnavailableError, UnexpectedAnswerError
from bot.models import BalieListing, Period, Progress
from tests.clients.stage import documented

STATUS = "/uitpas/report/financialoverview/organiser/{}/status"


def submission(resource: str) -> bytes:
    return f"<response><code>ACTION_SUCCEEDED</code><resource>{resource}</resource></response>".encode()


def progress(message: str, resource: str) -> bytes:
    return f"<response><message>{message}</message><resource>{resource}</resource></response>".encode()


def period(first: str, last: str) -> str:
    return f"<period><endDate>{last}</endDate><startDate>{first}</startDate></period>"


def periods(*inside: str) -> bytes:
    return f"<response><periods>{''.join(inside)}</periods></response>".encode()


@pytest.mark.parametrize("name", ["submission", "progress_busy", "progress_ready", "periods", "balies"])
def test_a_documented_success_is_no_failure(name: str) -> None:
    assert failure("any", 200, documented(name)) is None


def test_the_report_id_is_read_past_the_stray_plus_and_the_wrong_parameter() -> None:
    assert parse_submission(documented("submission")) == "6021"


@pytest.mark.parametrize(
    "resource",
    [
        STATUS.format("a-B_9"),
        f"\n  {STATUS.format('a-B_9')}?balieConsumerKey=X  ",
        f"https://elsewhere.example/uitid/rest{STATUS.format('a-B_9')}/",
        "/uitpas/report/financialoverview/organiser/a-B_9/download",
    ],
)
def test_the_report_id_is_found_in_every_shape_of_resource(resource: str) -> None:
    assert parse_submission(submission(resource)) == "a-B_9"


@pytest.mark.parametrize(
    "resource",
    [
        "",
        "/uitpas/report/financialoverview/organiser/status",
        STATUS.format(""),
        STATUS.format(".."),
        STATUS.format("6021/../../admin"),
        STATUS.format("60%2F21"),
        STATUS.format("x" * 65),
        STATUS.format("٦٠٢١"),
        STATUS.format("6021") + "/../download",
        "/elsewhere?next=" + STATUS.format("6021"),
    ],
)
def test_an_id_that_is_no_safe_part_of_a_path_is_refused(resource: str) -> None:
    with pytest.raises(UnexpectedAnswerError, match=r"^start_report: no report id$"):
        parse_submission(submission(resource))


def test_documented_progress_is_read() -> None:
    found = [parse_progress(documented(name)) for name in ("progress_busy", "progress_ready")]

    assert found == [Progress.BUSY, Progress.READY]


@pytest.mark.parametrize(
    ("message", "resource", "expected"),
    [
        ("Export completed.", "", Progress.READY),
        ("", "/x/6021/download?consumerKey=status", Progress.READY),
        ("  EXPORT   completed ", "/x/6021/DOWNLOAD/", Progress.READY),
        ("Klaar!", "/x/6021/download", Progress.READY),
        ("Export in progress.", "/x/6021/download", Progress.BUSY),
        ("Export completed.", "/x/6021/status", Progress.BUSY),
        ("Export failed.", "/x/6021/error", Progress.BUSY),
        ("status", "", Progress.BUSY),
        ("", "", Progress.BUSY),
    ],
)
def test_either_sign_makes_a_report_ready_and_a_disagreement_keeps_it_busy(
    message: str, resource: str, expected: Progress
) -> None:
    assert parse_progress(progress(message, resource)) is expected


def test_periods_are_brussels_days_in_the_order_given_and_a_bad_one_hides_no_other() -> None:
    assert parse_periods(documented("periods")) == (
        Period(date(2026, 4, 1), date(2026, 6, 30)),
        Period(date(2026, 1, 1), date(2026, 3, 31)),
        Period(date(2025, 7, 1), date(2025, 9, 30)),
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-29T00:00:00+01:00", "2026-03-29T23:59:59.999+02:00"),
        ("2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),
        ("2026-03-29", "2026-03-29"),
        ("2026-03-29T00:00", "2026-03-29T23:59"),
    ],
)
def test_the_day_of_the_summer_time_change_is_one_day(first: str, last: str) -> None:
    assert parse_periods(periods(period(first, last))) == (Period(date(2026, 3, 29), date(2026, 3, 29)),)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("", "2026-03-31"),
        ("soon", "2026-03-31"),
        ("2026-04-01", "2026-03-31"),
        ("0001-01-01T00:00:00+14:00", "2026-03-31"),
        ("2026-01-01", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_period_that_cannot_be_is_left_out(first: str, last: str) -> None:
    assert parse_periods(periods(period(first, last))) == ()


def test_a_new_balie_has_no_periods() -> None:
    assert parse_periods(b"<response><code>ACTION_SUCCEEDED</code><periods/></response>") == ()


def test_balies_are_listed_with_what_is_optional_left_out() -> None:
    assert parse_balies(documented("balies")) == (
        BalieListing(
            41,
            "3C4D5E6F-1122-3344-5566778899AABBCC",
            "CC De Zandloper",
            "admin",
            ("UiTPAS Dijlestad", "UiTPAS Hageland"),
        ),
        BalieListing(52, "9f8e7d6c5b4a39281706f5e4d3c2b1a0", "Bib & Ludotheek", "member", ()),
    )


@pytest.mark.parametrize("number", ["", "x", "-1", "٤١", "9" * 30, "4 1"])
def test_a_balie_number_that_is_none_is_unknown(number: str) -> None:
    body = f"<response><balies><balie><id>{number}</id><consumerKey>K</consumerKey></balie></balies></response>"

    assert parse_balies(body.encode()) == (BalieListing(None, "K", "", "member", ()),)


@pytest.mark.parametrize("parse", [parse_periods, parse_balies])
def test_an_answer_without_its_list_is_not_taken_for_an_empty_one(parse: object) -> None:
    assert callable(parse)
    with pytest.raises(UnexpectedAnswerError):
        parse(b"<response><code>ACTION_SUCCEEDED</code></response>")


@pytest.mark.parametrize("parse", [parse_submission, parse_progress, parse_periods, parse_balies])
def test_well_formed_xml_of_another_kind_counts_as_no_answer(parse: object) -> None:
    assert callable(parse)
    with pytest.raises(UnavailableError):
        parse(b"<html><body><balies/><periods/></body></html>")


def test_elements_of_another_namespace_are_not_mistaken_for_ours() -> None:
    body = b'<response xmlns:x="urn:other"><x:code>ACCESS_DENIED</x:code><x:periods/><periods/></response>'

    assert failure("periods", 200, body) is None
    assert parse_periods(body) == ()


def test_a_remark_in_the_middle_of_a_value_loses_nothing_of_it() -> None:
    body = b"<response><code>ACCESS_<!-- no -->DEN<?php no ?>IED</code></response>"

    assert getattr(failure("periods", 400, body), "code", None) == "ACCESS_DENIED"
