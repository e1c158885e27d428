"""Slack's error codes, sorted by what can be done about them (docs.slack.dev, the pages of the methods)."""

from collections.abc import Sequence

from slack_sdk.errors import SlackApiError

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

MOST_PATIENCE = 3600
"""Seconds; a longer `Retry-After` is taken for a mistake and Slack asked again after an hour."""

_CODES: dict[type[SlackError], frozenset[str]] = {
    SlackUncertainError: frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"}),
    SlackElsewhereError: frozenset(
        {
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "is_inactive",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel",
            "restricted_action_thread_locked",
            "method_not_supported_for_channel_type",
            "posting_to_channel_denied",
        }
    ),
    SlackGoneError: frozenset(
        {
            "message_not_found",
            "thread_not_found",
            "cannot_reply_to_message",
            "cant_update_message",
            "edit_window_closed",
            "update_failed",
            "block_mismatch",
            "streaming_state_conflict",
            "file_not_found",
            "file_deleted",
            "not_found",
            "hash_conflict",
            "expired_trigger_id",
            "exchanged_trigger_id",
            "invalid_trigger_id",
        }
    ),
    SlackPayloadError: frozenset(
        {
            "msg_too_long",
            "msg_blocks_too_long",
            "no_text",
            "invalid_blocks",
            "invalid_blocks_format",
            "too_many_attachments",
            "invalid_arguments",
            "metadata_too_large",
            "invalid_metadata_format",
            "view_too_large",
            "duplicate_external_id",
            "push_limit_reached",
        }
    ),
    SlackScopeError: frozenset({"missing_scope", "no_permission"}),
    SlackInstallationError: frozenset(
        {
            "account_inactive",
            "token_revoked",
            "token_expired",
            "invalid_auth",
            "not_authed",
            "team_access_not_granted",
            "org_login_required",
            "ekm_access_denied",
            "team_added_to_org",
        }
    ),
    SlackRecipientError: frozenset(
        {
            "user_not_found",
            "user_disabled",
            "user_not_in_channel",
            "users_not_found",
            "messages_tab_disabled",
            "not_enabled",  # likewise, the Home tab
            "cannot_dm_bot",
            "user_not_visible",
        }
    ),
    SlackFileRefusedError: frozenset(
        {
            "file_uploads_disabled",
            "file_type_not_allowed",
            "file_upload_size_restricted",
            "storage_limit_reached",
            "blocked_file_type",
        }
    ),
}

_KINDS = {code: kind for kind, codes in _CODES.items() for code in codes}


def error_for(method: str, code: str, detail: str = "") -> SlackError:
    """Return the error a code stands for; an unknown code is a plain `SlackError`."""
    return _KINDS.get(code, SlackError)(method, code, detail)


def understood(method: str, error: SlackApiError) -> SlackError:
    """Return what a refusal of Slack means, or an answer that says nothing usable."""
    answer = error.response
    code = str(answer.get("error") or f"http_{answer.status_code}")
    if answer.status_code == 429 or code in {"ratelimited", "rate_limited", "message_limit_exceeded"}:
        return SlackWaitError(method, code, _seconds(answer.headers.get("Retry-After", "")))
    if answer.status_code >= 500 or not answer.get("error"):
        return SlackUncertainError(method, code)
    messages: Sequence[str] = (answer.get("response_metadata") or {}).get("messages") or ()
    return error_for(method, code, str(answer.get("needed") or " ".join(messages))[:300])


def _seconds(header: str) -> float:
    return float(min(max(int(header), 1), MOST_PATIENCE)) if header.isascii() and header.isdigit() else 1.0
