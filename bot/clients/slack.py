"""The only caller of Slack's Web API: verbs, and codes turned into errors by what can be done.

Slack has no idempotency key, so nothing here repeats a call of its own accord: no retry handler is set, and the caller
decides. What a message is recognised by later is a key in its metadata. The errors of the libraries hold the answer and
the address, so ours are raised after the `except`, not in it, and keep none of them.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clients.slack_codes import understood
from bot.clients.slack_holds import Holds
from bot.clients.slack_people import person_of
from bot.clock import Clock
from bot.errors import SlackError, SlackInstallationError, SlackUncertainError, SlackWaitError
from bot.models import Audience, Conversation, Message, Opened, Person

EVENT_TYPE = "baliebot"
LOOK_BACK = timedelta(minutes=5)
"""Slack's clock and ours may differ by so much when a lost message is looked for."""
_PAGES = 10


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the token makes us."""

    team: str
    user: str
    url: str
    workspace: str = ""

    def thread(self, channel: str, ts: str) -> str:
        """Return the address of a root with its thread open beside it.

        The form is that of chat.getPermalink, which is not asked: whoever wants to know is waiting for an
        acknowledgement. Without the query the address shows the root alone.
        """
        query = urlencode({"thread_ts": ts, "cid": channel})
        return f"{self.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}?{query}"


class SlackClient:
    """Speaks for the installed app. `session` is lent, not owned.

    `is_installed` is False from the first refusal of our token until the next call that is answered.
    """

    def __init__(self, *, token: str, base_url: str, session: aiohttp.ClientSession, clock: Clock) -> None:
        self.is_installed = True
        self._session = session
        self._holds = Holds(clock)
        self._host = urlsplit(base_url).netloc
        self._web = AsyncWebClient(token=token, base_url=base_url, session=session, timeout=10, retry_handlers=[])

    async def identity(self) -> Identity:
        """Ask Slack whose token this is (auth.test)."""
        answer = await self._call("auth.test")
        return Identity(answer["team_id"], answer["user_id"], answer["url"], str(answer.get("team", "")))

    async def post(self, channel: str, message: Message, *, key: str, thread_ts: str | None = None) -> tuple[str, str]:
        """Post a message, once; return its channel and ts (chat.postMessage).

        Raises:
            SlackUncertainError: it may have been posted; look for the key before posting again.
        """
        answer = await self._call(
            "chat.postMessage",
            channel=channel,
            **_content(message),
            **({"thread_ts": thread_ts} if thread_ts else {}),
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return answer["channel"], answer["ts"]

    async def edit(self, channel: str, ts: str, message: Message) -> None:
        """Change one of our messages (chat.update); its metadata stays."""
        await self._call("chat.update", channel=channel, ts=ts, **_content(message))

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """Answer a command or a click, visible to that person alone.

        Raises:
            SlackError: the address is not one of Slack's own.
        """
        self._pin(response_url, "response_url")
        body = {**_content(message), "response_type": "ephemeral", "replace_original": replace}
        await self._send("response_url", response_url, json=body)

    async def whisper(self, channel: str, user: str, message: Message) -> None:
        """Show a message to one person of a conversation alone; Slack keeps none of it (chat.postEphemeral)."""
        await self._call("chat.postEphemeral", channel=channel, user=user, **_content(message))

    async def find(self, channel: str, key: str, *, since: datetime, thread_ts: str | None = None) -> str | None:
        """Return the ts of the message that carries this key, None when there is none.

        Raises:
            SlackScopeError: the app may not read this conversation.
        """
        oldest = f"{(since - LOOK_BACK).timestamp():.6f}"
        asked: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": 200}
        method = "conversations.history"
        if thread_ts is None:
            asked["oldest"] = oldest
        else:
            method, asked["ts"] = "conversations.replies", thread_ts
        for _ in range(_PAGES):
            answer = await self._call(method, **asked)
            for message in answer["messages"]:
                if _key(message) == key:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            asked["cursor"] = cursor
        return None

    async def person(self, team: str, user: str) -> Person:
        """Ask who somebody is (users.info)."""
        found = (await self._call("users.info", user=user, include_locale=True))["user"]
        return person_of(found, team, user)

    async def audience(self, channel: str) -> Audience:
        """Return who can read a conversation (conversations.info); UNKNOWN when Slack does not say."""
        try:
            return (await self.conversation(channel)).audience
        except SlackWaitError:
            raise
        except SlackError:
            return Audience.UNKNOWN

    async def conversation(self, channel: str) -> Conversation:
        """Ask about a channel or direct message (conversations.info).

        Raises:
            SlackElsewhereError: the bot knows no such conversation; a private one must invite it first.
        """
        found = (await self._call("conversations.info", channel=channel))["channel"]
        is_archived = bool(found.get("is_archived"))
        is_writable = bool(found.get("is_im") or found.get("is_member")) and not is_archived
        invited = found.get("is_im") or found.get("is_mpim") or found.get("is_private")
        audience = Audience.INVITED if invited else Audience.WORKSPACE
        if any(found.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")):
            audience = Audience.OUTSIDERS
        return Conversation(audience, is_writable, is_archived)

    async def has_member(self, channel: str, user: str) -> bool:
        """Return whether somebody is in a channel (conversations.members)."""
        asked: dict[str, Any] = {"channel": channel, "limit": 1000}
        while True:
            answer = await self._call("conversations.members", **asked)
            if user in answer["members"]:
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return False
            asked["cursor"] = cursor

    async def open_view(self, trigger: str, view: dict[str, Any]) -> Opened:
        """Put a modal before whoever caused the trigger, within three seconds of it (views.open).

        Raises:
            SlackGoneError: too late, or the trigger was used.
        """
        return _opened(await self._call("views.open", trigger_id=trigger, view=view))

    async def update_view(self, view_id: str, view: dict[str, Any], *, seen: str | None = None) -> Opened:
        """Change an open modal, only while it is still the one with the hash `seen` if that is given (views.update).

        Raises:
            SlackGoneError: it was closed, or has changed since.
        """
        checked = {} if seen is None else {"hash": seen}
        return _opened(await self._call("views.update", view_id=view_id, view=view, **checked))

    async def publish_home(self, user: str, view: dict[str, Any]) -> None:
        """Put a view in somebody's Home tab, in place of the one there (views.publish); twice is as good as once."""
        await self._call("views.publish", user_id=user, view=view)

    async def open_dm(self, user: str) -> str:
        """Return the channel of our direct messages with somebody (conversations.open)."""
        return str((await self._call("conversations.open", users=user))["channel"]["id"])

    async def reserve_upload(self, filename: str, length: int) -> tuple[str, str]:
        """Announce a file; return its id and where its bytes go (files.getUploadURLExternal)."""
        answer = await self._call("files.getUploadURLExternal", filename=filename, length=length)
        return answer["file_id"], answer["upload_url"]

    async def upload(self, upload_url: str, content: BinaryIO) -> None:
        """Send a file's bytes to the address Slack gave."""
        self._pin(upload_url, "upload")
        # aiohttp closes what it sends; the caller may want to send it again elsewhere
        await self._send("upload", upload_url, data=os.fdopen(os.dup(content.fileno()), "rb"))

    async def share_upload(
        self, file_id: str, *, title: str, channel: str, thread_ts: str | None, comment: str
    ) -> None:
        """Share uploaded bytes in a conversation or thread (files.completeUploadExternal)."""
        await self._call(
            "files.completeUploadExternal",
            files=[{"id": file_id, "title": title}],
            channel_id=channel,
            **({"thread_ts": thread_ts} if thread_ts else {}),
            **({"initial_comment": comment} if comment else {}),
        )

    async def is_shared(self, file_id: str) -> bool:
        """Return whether a file has arrived in any conversation (files.info)."""
        shares = (await self._call("files.info", file=file_id))["file"].get("shares") or {}
        return any(shares.get(kind) for kind in ("public", "private"))

    async def delete_file(self, file_id: str) -> None:
        """Delete one of our files, wherever it was shared (files.delete).

        Raises:
            SlackGoneError: there is no such file (any more).
        """
        await self._call("files.delete", file=file_id)

    def _pin(self, url: str, what: str) -> None:
        parts = urlsplit(url)
        slack = parts.scheme == "https" and (parts.hostname or "").endswith(".slack.com")
        if not slack and parts.netloc != self._host:
            raise SlackError(what, "foreign_host")

    async def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        channel = str(arguments.get("channel", ""))
        self._holds.check(method, channel)
        try:
            return await self._ask(method, arguments)
        except SlackWaitError as error:
            self._holds.keep(error, channel)
            raise
        except SlackInstallationError:
            self.is_installed = False
            raise

    async def _ask(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = await self._web.api_call(method, json=arguments)
        except SlackApiError as error:
            failure = understood(method, error)
        except (SlackClientError, aiohttp.ClientError, TimeoutError, ValueError) as error:
            failure = SlackUncertainError(method, type(error).__name__)
        else:
            if isinstance(answer.data, dict):
                self.is_installed = True
                return answer.data
            failure = SlackUncertainError(method, "not_json")
        raise failure

    async def _send(self, what: str, url: str, **body: Any) -> None:
        try:
            async with self._session.post(url, allow_redirects=False, **body) as answer:
                await answer.read()
                code = f"http_{answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            code = type(error).__name__
        if code != "http_200":
            raise SlackUncertainError(what, code)


def _opened(answer: dict[str, Any]) -> Opened:
    return Opened(str(answer["view"]["id"]), str(answer["view"]["hash"]))


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.text, **({"blocks": list(message.blocks)} if message.blocks else {})}


def _key(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return (metadata.get("event_payload") or {}).get("key")
