"""Every code with which Slack refuses one of the bot's calls: what the people concerned see of it in the end.

The codes are those of Slack's method pages, for the methods the bot calls. Each stands once, tried on the call where it
hurts most; `NEVER_MET` says why no call of the bot can meet the others.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.sandbox.slack.faults import Fault
from tests.support.forms import PLACE, Form
from tests.support.outcomes import POINTER, Outcome, seen, through, trouble
from tests.support.stage import Stage

_PAGES = (
    "ratelimited rate_limited message_limit_exceeded",
    "internal_error fatal_error service_unavailable request_timeout http_500 http_502 http_503 http_504",
    "channel_not_found not_in_channel is_archived is_inactive",
    "restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel restricted_action_thread_locked",
    "cannot_reply_to_message thread_not_found message_not_found",
    "cant_update_message edit_window_closed update_failed block_mismatch streaming_state_conflict",
    "msg_too_long msg_blocks_too_long no_text invalid_blocks invalid_blocks_format too_many_attachments",
    "account_inactive token_revoked token_expired invalid_auth not_authed team_access_not_granted",
    "missing_scope no_permission",
    "ekm_access_denied org_login_required team_added_to_org",
    "user_not_found user_disabled user_not_in_channel messages_tab_disabled cannot_dm_bot",
    "not_enabled",
    "expired_trigger_id exchanged_trigger_id hash_conflict not_found view_too_large duplicate_external_id",
)
CODES = [code for line in _PAGES for code in line.split()]
"""The codes an app has to handle (docs.slack.dev, the pages of the methods); `http_…` is a status without a code."""

NEVER_MET = {
    "user_not_in_channel": "chat.postEphemeral alone has it; the bot speaks to one person by their response_url",
}

ASK = "rapport vorig kwartaal de-sluis"
TITLE = "Onkostennota van CC De Sluis, 1 april – 30 juni 2026"
MAKING = f"{TITLE}: UiTPAS maakt ze klaar, dat duurt meestal enkele minuten. Het antwoord komt in deze draad."
DONE = f"{TITLE}: Klaar. Het antwoord staat in de draad."
DONE_BY_DM = (
    f"{TITLE}: Afgerond. Het antwoord stuurde ik in een privébericht aan <@U0LIEN00001>: hier kan ik het niet plaatsen."
)
READY = (
    "<@U0LIEN00001>, de onkostennota van *CC De Sluis* voor *1 april – 30 juni 2026* is klaar. *Samen: 63 verkopen,"
    " te vorderen €\xa0589,00* (volle prijs €\xa01.472,50) Het meest van Lokale overheid Vossenrode: €\xa0254,30."
)
REPLY = f"{READY} Het bestand staat in deze draad, klaar om te versturen."
BY_DM = f"{READY} Het bestand stuurde ik in een privébericht aan <@U0LIEN00001>: hier kan ik geen bestanden plaatsen."
REFUSED = f"{READY} Slack nam het bestand niet aan ({{code}}). Probeer het opnieuw, of haal het in de balie-app."
NO_ZIP = (
    f"{READY} Slack weigerde het bestand: zip-bestanden zijn in deze werkruimte niet toegelaten. Haal het in de"
    " balie-app, of vraag je Slack-beheerder om zip toe te laten."
)
COMMENT = f"{TITLE}. Bevat gegevens van pashouders: deel het bestand alleen met wie het nodig heeft."
TOO_LATE = (
    "Slack was te traag om het formulier te openen. Typ `/uitpas rapport` opnieuw, of meteen met de periode:"
    " `/uitpas rapport vorig kwartaal`."
)
MEND_EVERY = 600
POST, EDIT, COMPLETE = "chat.postMessage", "chat.update", "files.completeUploadExternal"


Arm: TypeAlias = Callable[..., Fault]
"""Lets the trouble come at the next call, or at so many `times`."""
Scene: TypeAlias = Callable[[Stage, Arm], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Row:
    """Some codes, the call that meets them, when, and what comes of it; `{code}` stands for the code."""

    codes: str
    call: str
    scene: Scene
    outcome: Outcome


async def at_once(stage: Stage, arm: Arm) -> None:
    """The first call meets it."""
    arm()
    await stage.type(ASK)
    await through(stage)


async def after_the_root(stage: Stage, arm: Arm) -> None:
    """The first call after the root meets it."""
    await stage.type(ASK)
    arm()
    await through(stage)


async def after_the_root_twice(stage: Stage, arm: Arm) -> None:
    """The first two calls after the root meet it: the reply with a chart, and without it."""
    await stage.type(ASK)
    arm(times=2)
    await through(stage)


async def after_the_root_for_good(stage: Stage, arm: Arm) -> None:
    """Every call after the root meets it."""
    await stage.type(ASK)
    arm(times=-1)
    await through(stage)


async def answered_no_more(stage: Stage, arm: Arm) -> None:
    """The reply is posted, and what Slack says then is this."""
    await stage.type(ASK)
    arm(processed=True)
    await through(stage)


async def when_looked_for(stage: Stage, arm: Arm) -> None:
    """The reply is lost on its way, and the search for it meets it."""
    await stage.type(ASK)
    stage.slack.faults.add("chat.postMessage", "drop")
    arm()
    await through(stage)


async def for_good(stage: Stage, arm: Arm) -> None:
    """Every call meets it, in a channel that anybody may read."""
    stage.where = "algemeen"
    arm(times=-1)
    await stage.type(ASK)
    await through(stage)


async def until_it_is_mended(stage: Stage, arm: Arm) -> None:
    """Every call meets it until somebody mends it; in the meantime nothing is said and Slack is left alone."""
    fault = arm(times=-1)
    await stage.type(ASK)
    await stage.pass_time(MEND_EVERY - 5, steps=7)
    posts = [call for call in stage.slack.calls if call.method == POST]
    assert (stage.roots(), stage.dms(), len(posts)) == ([], [], 1)
    fault.left = 0
    await through(stage)


async def opening_the_form(stage: Stage, arm: Arm) -> None:
    """The form can't be opened."""
    arm()
    await stage.type("rapport")
    await through(stage)


async def opening_the_home(stage: Stage, arm: Arm) -> None:
    """The Home of whoever opens it can't be drawn."""
    arm()
    await stage.slack.open_home("lien")
    await through(stage)


async def in_the_form(stage: Stage, arm: Arm) -> None:
    """The form can't be changed after a click, and is handed in with what was clicked all the same."""
    form = Form(stage)
    await form.type()
    arm()
    clicked = await form.click(PLACE, "me")
    await stage.settle()
    handed_in = await form.submit()
    assert (clicked.error, handed_in.error) == (None, None)
    await through(stage)


ALL_IS_WELL = Outcome(channel=(DONE, "> zip", f"> {REPLY}"))
NOT_EDITED = Outcome(channel=(MAKING, "> zip", f"> {REPLY}"))
ALL_BY_DM = Outcome(direct=(DONE, "> zip", f"> {REPLY}"))
REPLY_BY_DM = Outcome(channel=(DONE_BY_DM, "> zip"), direct=(REPLY,))
IN_PLAIN_TEXT = Outcome(channel=(DONE, "> zip", f"> (plain) {REPLY}"))
MENDED = Outcome(channel=ALL_IS_WELL.channel, mend=(f"not_sent: chat.postMessage: {{code}}: {POINTER}",))
NO_FILE = Outcome(channel=(DONE, f"> {REFUSED}"))
FILE_BY_DM = Outcome(channel=(DONE, f"> {BY_DM}"), direct=(f"zip {COMMENT}",))
NOT_OPENED = Outcome(whispers=(TOO_LATE,))
TABLE = [
    Row("ratelimited rate_limited message_limit_exceeded", POST, at_once, ALL_IS_WELL),
    Row("internal_error fatal_error service_unavailable request_timeout", POST, answered_no_more, ALL_IS_WELL),
    Row("http_500 http_502 http_503 http_504", POST, answered_no_more, ALL_IS_WELL),
    Row("channel_not_found not_in_channel is_archived is_inactive restricted_action", POST, at_once, ALL_BY_DM),
    Row("restricted_action_read_only_channel restricted_action_thread_only_channel", POST, at_once, ALL_BY_DM),
    Row("restricted_action_non_threadable_channel", POST, after_the_root, REPLY_BY_DM),
    Row("restricted_action_thread_locked cannot_reply_to_message", POST, after_the_root, REPLY_BY_DM),
    Row("thread_not_found", "conversations.replies", when_looked_for, ALL_IS_WELL),
    Row("message_not_found cant_update_message edit_window_closed", EDIT, after_the_root_for_good, NOT_EDITED),
    Row("update_failed block_mismatch streaming_state_conflict", EDIT, after_the_root_for_good, NOT_EDITED),
    Row("msg_too_long no_text invalid_blocks_format too_many_attachments", POST, after_the_root, IN_PLAIN_TEXT),
    Row("invalid_blocks msg_blocks_too_long", POST, after_the_root_twice, IN_PLAIN_TEXT),
    Row("account_inactive token_revoked token_expired invalid_auth", POST, until_it_is_mended, MENDED),
    Row("not_authed team_access_not_granted", POST, until_it_is_mended, MENDED),
    Row("missing_scope no_permission", POST, until_it_is_mended, MENDED),
    Row("ekm_access_denied org_login_required team_added_to_org", POST, until_it_is_mended, MENDED),
    Row("user_not_found", "users.info", for_good, Outcome()),
    Row("user_disabled messages_tab_disabled cannot_dm_bot", "conversations.open", for_good, NO_FILE),
    Row("expired_trigger_id exchanged_trigger_id", "views.open", opening_the_form, NOT_OPENED),
    Row("view_too_large duplicate_external_id", "views.open", opening_the_form, NOT_OPENED),
    Row("not_enabled", "views.publish", opening_the_home, Outcome()),
    Row("hash_conflict not_found", "views.update", in_the_form, ALL_BY_DM),
]
FILES = [
    Row("file_uploads_disabled file_upload_size_restricted storage_limit_reached", COMPLETE, at_once, NO_FILE),
    Row("file_type_not_allowed", COMPLETE, at_once, Outcome(channel=(DONE, f"> {NO_ZIP}"))),
    Row("not_in_channel posting_to_channel_denied is_archived", COMPLETE, at_once, FILE_BY_DM),
    Row("file_not_found file_deleted", COMPLETE, at_once, ALL_IS_WELL),
]
"""What a workspace may have against a file; unlike a message it needs the bot to be a member."""


def each(rows: list[Row]) -> pytest.MarkDecorator:
    """Return one case for each code."""
    cases = [(row, code) for row in rows for code in row.codes.split()]
    return pytest.mark.parametrize(("row", "code"), cases, ids=[code for _, code in cases])


@pytest.fixture
def socket() -> bool:
    """Over HTTP alone: what is tried here are the bot's own calls, and those are the same over either way in."""
    return False


@each(TABLE + FILES)
async def test_a_code_leads_to_what_its_row_says(stage: Stage, row: Row, code: str) -> None:
    def arm(**more: Any) -> Fault:
        return trouble(stage, row.call, code, **more)

    with capture_logs() as log:
        await row.scene(stage, arm)
    assert [fault for fault in stage.slack.faults.listed() if fault["left"] > 0] == [], "it was met"
    assert seen(stage, log) == of_code(row.outcome, code), stage.transcript()


def test_each_code_is_tried_once_or_never_met() -> None:
    tried = [code for row in TABLE for code in row.codes.split()]
    assert sorted([*tried, *NEVER_MET]) == sorted(CODES)


@pytest.mark.parametrize("code", ["token_revoked", "ekm_access_denied"])
async def test_an_app_that_the_workspace_refuses_says_so_to_its_monitor(stage: Stage, code: str) -> None:
    fault = stage.slack.faults.add("*", "error", times=-1, code=code)
    before = await slack_is_ready(stage)
    await stage.type(ASK)
    refused = await slack_is_ready(stage)
    fault.left = 0
    await stage.pass_time(MEND_EVERY + 1)
    assert (before, refused, await slack_is_ready(stage)) == (True, False, True)


@pytest.mark.parametrize("code", ["is_archived", "restricted_action", "restricted_action_read_only_channel"])
async def test_nobody_is_told_to_invite_the_bot_where_that_does_not_help(stage: Stage, code: str) -> None:
    stage.slack.faults.add(POST, "error", code=code)
    await stage.type(ASK)
    (root,) = stage.dms()
    (_, *remarks) = root.blocks[1]["elements"][0]["text"].splitlines()
    assert (len(remarks), "/invite" in "".join(remarks)) == (1, False)


async def test_a_root_does_not_speak_of_an_answer_that_could_not_be_posted(stage: Stage) -> None:
    await stage.type(ASK)
    stage.slack.faults.add(POST, "error", times=-1, code="nobody_knows_this_code")
    await stage.pass_time(MEND_EVERY, steps=20)
    answers = [message for message in [*stage.replies(), *stage.dms()] if message.text.startswith(READY)]
    assert ([root.text for root in stage.roots()], answers) != ([DONE], [])


async def test_a_report_whose_answer_could_not_be_posted_does_not_run_on(stage: Stage) -> None:
    await stage.type(ASK)
    fault = stage.slack.faults.add(POST, "error", times=-1, code="nobody_knows_this_code")
    await stage.pass_time(MEND_EVERY, steps=20)
    fault.left = 0
    await stage.type(ASK)
    assert [whisper for whisper in stage.whispers() if "loopt al" in whisper] == []


async def test_what_slack_has_against_a_message_is_in_the_log_with_the_place(stage: Stage) -> None:
    trouble(stage, POST, "invalid_blocks")
    with capture_logs() as log:
        await stage.type(ASK)
    (line,) = [entry for entry in log if entry["event"] == "not_sent"]
    assert line == {
        "event": "not_sent",
        "log_level": "warning",
        "error": f"chat.postMessage: invalid_blocks: {POINTER}",
        "kind": "root",
        "attempt": 1,
    }


def of_code(outcome: Outcome, code: str) -> Outcome:
    """Return what is expected for this code."""
    channel = tuple(line.replace("{code}", code) for line in outcome.channel)
    return replace(outcome, channel=channel, mend=tuple(line.replace("{code}", code) for line in outcome.mend))


async def slack_is_ready(stage: Stage) -> bool:
    """Return what a monitor is told of Slack."""
    async with aiohttp.ClientSession(stage.bot.url) as session, session.get("/readyz") as response:
        return "slack: ok" in (await response.text()).splitlines()
