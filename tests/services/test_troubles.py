"""What a failed call leads to, for every error and every kind of row: the table at the head of the module, held to."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import (
    SlackElsewhereError,
    SlackError,
    SlackFileRefusedError,
    SlackGoneError,
    SlackInstallationError,
    SlackPayloadError,
    SlackRecipientError,
    SlackScopeError,
    SlackUncertainError,
    SlackWaitError,
)
from bot.models import Kind, Parcel, Report, Sending, State
from bot.services.troubles import (
    Direct,
    Forget,
    Leave,
    LookLater,
    Next,
    Plain,
    Simpler,
    Wait,
    after_editing,
    after_looking,
    after_publishing,
    after_sending,
)
from bot.summary import GovernmentShare, Summary
from tests.storage.records import NOW, REPORT, RUN

NOT_NOW = SlackWaitError("call", "ratelimited", 17)
NOTHING_USABLE = SlackUncertainError("call", "internal_error")
MEND_THE_APP = SlackInstallationError("call", "token_revoked")
NO_SCOPE = SlackScopeError("call", "missing_scope", "chat:write")
NOT_HERE = SlackElsewhereError("call", "is_archived")
GONE = SlackGoneError("call", "message_not_found")
OUR_FAULT = SlackPayloadError("call", "invalid_blocks")
NOT_TO_THEM = SlackRecipientError("call", "user_disabled")
NOT_THIS_FILE = SlackFileRefusedError("call", "file_type_not_allowed")
UNKNOWN = SlackError("call", "nobody_knows_this_code")

ROOT, FILE, REPLY, NOTICE, DIGEST = Kind.ROOT, Kind.FILE, Kind.REPLY, Kind.LINK_ENDED, Kind.DIGEST
MOVED = {ROOT, REPLY, DIGEST}
"""What goes to the asker's direct messages before it is left."""
TEN_MINUTES = Wait(600, counts=False)

SENT_OUT = Parcel(1, "key", "T1", ROOT, Sending.SENDING, NOW, "r1", started_at=NOW)
WHATEVER_IT_IS: list[tuple[SlackError, Next]] = [
    (NOT_NOW, Wait(17, counts=False)),
    (NOTHING_USABLE, LookLater(30)),
    (MEND_THE_APP, TEN_MINUTES),
    (UNKNOWN, Wait(60)),
]
BY_KIND: list[tuple[Kind, SlackError, Next]] = [
    (ROOT, NOT_HERE, Direct("is_archived")),
    (FILE, NOT_HERE, Direct("is_archived")),
    (REPLY, NOT_HERE, Direct("is_archived")),
    (NOTICE, NOT_HERE, Leave("is_archived")),
    (ROOT, GONE, Direct("message_not_found")),
    (FILE, GONE, Wait(0)),
    (REPLY, GONE, Direct("message_not_found")),
    (NOTICE, GONE, Leave("message_not_found")),
    (ROOT, OUR_FAULT, Plain()),
    (FILE, OUR_FAULT, Leave("invalid_blocks")),
    (REPLY, OUR_FAULT, Plain()),
    (NOTICE, OUR_FAULT, Plain()),
    (ROOT, NO_SCOPE, TEN_MINUTES),
    (FILE, NO_SCOPE, Leave("missing_scope")),
    (REPLY, NO_SCOPE, TEN_MINUTES),
    (NOTICE, NO_SCOPE, TEN_MINUTES),
    (ROOT, NOT_TO_THEM, Direct("user_disabled")),
    (FILE, NOT_TO_THEM, Leave("user_disabled")),
    (REPLY, NOT_TO_THEM, Direct("user_disabled")),
    (NOTICE, NOT_TO_THEM, Leave("user_disabled")),
    (FILE, NOT_THIS_FILE, Leave("file_type_not_allowed")),
    (DIGEST, NOT_HERE, Direct("is_archived")),
    (DIGEST, GONE, Direct("message_not_found")),
    (DIGEST, NO_SCOPE, TEN_MINUTES),
    (DIGEST, NOT_TO_THEM, Direct("user_disabled")),
]
IN_DIRECT_MESSAGES: list[tuple[Kind, SlackError, Next]] = [
    *((kind, NOT_HERE, Leave("is_archived")) for kind in Kind),
    *((kind, GONE, Leave("message_not_found")) for kind in Kind if kind is not FILE),
    *((kind, NOT_TO_THEM, Leave("user_disabled")) for kind in Kind),
    (FILE, GONE, Wait(0)),
]
"""There is no other place than the direct messages of the asker."""


def row(kind: Kind, *, attempts: int = 1, recipient: str | None = None, note: str | None = None) -> Parcel:
    """Return a row that is being sent."""
    return Parcel(1, "key", "T1", kind, Sending.SENDING, NOW, "r1", attempts=attempts, recipient=recipient, note=note)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("error", "expected"), WHATEVER_IT_IS)
def test_what_these_lead_to_is_the_same_for_whatever_is_sent(kind: Kind, error: SlackError, expected: Next) -> None:
    for parcel in (row(kind), row(kind, recipient="U1")):
        assert after_sending(parcel, REPORT, error) == expected


@pytest.mark.parametrize(("kind", "error", "expected"), BY_KIND)
def test_what_these_lead_to_depends_on_what_is_sent(kind: Kind, error: SlackError, expected: Next) -> None:
    assert after_sending(row(kind), REPORT, error) == expected


@pytest.mark.parametrize(("kind", "error", "expected"), IN_DIRECT_MESSAGES)
def test_from_direct_messages_nothing_moves(kind: Kind, error: SlackError, expected: Next) -> None:
    assert after_sending(row(kind, recipient="U1"), REPORT, error) == expected


@pytest.mark.parametrize("error", [NOT_HERE, GONE])
@pytest.mark.parametrize("channel", ["D1", REPORT.asker])
def test_a_reply_to_a_report_in_direct_messages_does_not_move(channel: str, error: SlackError) -> None:
    report: Report = replace(REPORT, channel=channel)
    assert after_sending(row(REPLY), report, error) == Leave(error.code)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not FILE])
def test_what_is_refused_in_plain_text_too_is_left_or_tried_in_direct_messages(kind: Kind) -> None:
    last = Direct("invalid_blocks") if kind in MOVED else Leave("invalid_blocks")
    assert after_sending(row(kind, note="plain"), REPORT, OUR_FAULT) == last
    for note, expected in ((None, Plain()), ("plain", Leave("invalid_blocks"))):
        assert after_sending(row(kind, recipient="U1", note=note), REPORT, OUR_FAULT) == expected


def counted(governments: int, state: State = State.READY) -> Report:
    """Return a report with so many governments."""
    shares = [GovernmentShare(f"Stad {n}", 1, Decimal(2), Decimal(1), None) for n in range(governments)]
    return replace(REPORT, state=state, summary=Summary(tuple(shares)))


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
@pytest.mark.parametrize("recipient", [None, "U1"])
def test_a_reply_with_a_chart_goes_without_it_and_then_in_plain_text(code: str, recipient: str | None) -> None:
    refused = SlackPayloadError("call", code)
    last = Leave(code) if recipient else Direct(code)
    for note, expected in ((None, Simpler()), ("without_chart", Plain()), ("plain", last)):
        assert after_sending(row(REPLY, note=note, recipient=recipient), counted(3), refused) == expected


@pytest.mark.parametrize(("channel", "last"), [("C1", Direct("invalid_blocks")), ("D1", Leave("invalid_blocks"))])
def test_the_message_of_a_digest_goes_without_its_chart_and_then_in_plain_text(channel: str, last: Next) -> None:
    run = replace(RUN, channel=channel)
    for note, expected in ((None, Simpler()), ("without_chart", Plain()), ("plain", last)):
        assert after_sending(row(DIGEST, note=note), run, OUR_FAULT) == expected


@pytest.mark.parametrize(
    ("kind", "report", "code"),
    [
        (REPLY, counted(2), "invalid_blocks"),
        (REPLY, counted(3, State.CANCELLED), "invalid_blocks"),
        (REPLY, REPORT, "invalid_blocks"),
        (ROOT, counted(3), "invalid_blocks"),
        (REPLY, counted(3), "msg_too_long"),
    ],
)
def test_what_has_no_chart_or_is_wrong_otherwise_goes_in_plain_text(kind: Kind, report: Report, code: str) -> None:
    assert after_sending(row(kind), report, SlackPayloadError("call", code)) == Plain()


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("recipient", [None, "U1"])
def test_a_code_nobody_knows_has_five_attempts(kind: Kind, recipient: str | None) -> None:
    parcels = [row(kind, attempts=attempts, recipient=recipient) for attempts in range(1, 7)]
    code = "nobody_knows_this_code"
    last = Direct(code) if recipient is None and kind in MOVED else Leave(code)
    assert [after_sending(parcel, REPORT, UNKNOWN) for parcel in parcels] == [*[Wait(60)] * 4, *[last] * 2]


def test_a_file_that_is_gone_has_five_attempts_and_is_then_said_not_to_be_confirmed() -> None:
    outcomes = [after_sending(row(FILE, attempts=attempts), REPORT, GONE) for attempts in range(1, 7)]
    assert outcomes == [*[Wait(0)] * 4, *[Leave("not_confirmed")] * 2]


@pytest.mark.parametrize("error", [NOT_NOW, NOTHING_USABLE, MEND_THE_APP, NO_SCOPE])
def test_however_long_slack_or_the_app_is_out_of_order_nothing_is_left(error: SlackError) -> None:
    (first, last) = (after_sending(row(ROOT, attempts=attempts), REPORT, error) for attempts in (1, 1000))
    assert first == last


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NOT_NOW, LookLater(17)),
        (NOTHING_USABLE, LookLater(30)),
        (MEND_THE_APP, LookLater(600)),
        (NO_SCOPE, Wait(0)),
        (NOT_HERE, Wait(0)),
        (GONE, Wait(0)),
        (OUR_FAULT, LookLater(30)),
        (NOT_TO_THEM, Wait(0)),
        (NOT_THIS_FILE, LookLater(30)),
        (UNKNOWN, LookLater(30)),
    ],
)
def test_where_nobody_can_look_it_goes_again_and_otherwise_is_looked_for_later(
    error: SlackError, expected: Next
) -> None:
    assert after_looking(SENT_OUT, error, NOW) == expected


def test_a_digest_that_nobody_can_look_for_is_not_said_again() -> None:
    assert after_looking(row(DIGEST), NO_SCOPE, NOW) == Leave("missing_scope")
    assert after_looking(row(DIGEST), GONE, NOW) == Wait(0)


@pytest.mark.parametrize("error", [NOTHING_USABLE, OUR_FAULT, NOT_THIS_FILE, UNKNOWN])
def test_what_can_not_be_looked_for_in_ten_minutes_goes_again_unless_slack_is_silent(error: SlackError) -> None:
    seconds = (0, 599, 600, 6000)
    outcomes = [after_looking(SENT_OUT, error, NOW + timedelta(seconds=one)) for one in seconds]
    end = LookLater(30) if error is NOTHING_USABLE else Wait(0)
    assert outcomes == [LookLater(30), LookLater(30), end, end]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NOT_NOW, Wait(17, counts=False)),
        (NOTHING_USABLE, Wait(30)),
        (MEND_THE_APP, TEN_MINUTES),
        (NO_SCOPE, TEN_MINUTES),
        (NOT_HERE, Leave("is_archived")),
        (GONE, Leave("message_not_found")),
        (OUR_FAULT, Leave("invalid_blocks")),
        (NOT_TO_THEM, Leave("user_disabled")),
        (NOT_THIS_FILE, Leave("file_type_not_allowed")),
        (UNKNOWN, Leave("nobody_knows_this_code")),
    ],
)
def test_an_edit_is_made_later_or_left(error: SlackError, expected: Next) -> None:
    assert after_editing(error, is_plain=True) == expected
    assert after_editing(error, is_plain=False) == (Plain() if error is OUR_FAULT else expected)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NOT_NOW, Wait(17, counts=False)),
        (NOTHING_USABLE, Wait(30, counts=False)),
        (MEND_THE_APP, TEN_MINUTES),
        (NO_SCOPE, TEN_MINUTES),
        (NOT_HERE, Wait(60)),
        (GONE, Wait(60)),
        (OUR_FAULT, Leave("invalid_blocks")),
        (NOT_TO_THEM, Forget()),
        (NOT_THIS_FILE, Wait(60)),
        (UNKNOWN, Wait(60)),
    ],
)
def test_a_home_is_drawn_later_or_left_or_forgotten(error: SlackError, expected: Next | Forget) -> None:
    assert [after_publishing(attempts, error) for attempts in (0, 3)] == [expected] * 2
    last = Leave(error.code) if expected == Wait(60) else expected
    assert [after_publishing(attempts, error) for attempts in (4, 5)] == [last] * 2
