"""The objects as Slack's Web API returns them; the only place that knows their fields.

Follows the object types "message", "conversation", "user", "file" and "view".
"""

from zoneinfo import ZoneInfo

from bot.sandbox.slack.records import Channel, File, Json, Message, Person, View
from bot.sandbox.slack.world import World


class Shapes:
    """Builds raw objects from one world; `url` is where the stand-in listens."""

    def __init__(self, world: World, url: str) -> None:
        self._world = world
        self._url = url

    def message(self, message: Message, *, metadata: bool = False) -> Json:
        """Return a message; metadata only where it was asked for."""
        raw: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
        raw["team"] = self._world.team.id
        if message.user == self._world.team.bot_user_id:
            raw |= self._by_app()
        if message.blocks:
            raw["blocks"] = message.blocks
        if message.attachments:
            raw["attachments"] = message.attachments
        if message.edited:
            raw["edited"] = {"user": message.user, "ts": message.edited}
        if message.tombstone:
            raw |= {"subtype": "tombstone", "user": "USLACKBOT", "hidden": True}
        if metadata and message.metadata:
            raw["metadata"] = message.metadata
        if message.files:
            raw |= {"files": [self._carried(one) for one in message.files], "upload": False}
        return raw | self._threading(message)

    def channel(self, channel: Channel) -> Json:
        """Return a conversation as the bot sees it."""
        raw: Json = {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.is_archived,
            "is_im": channel.is_im,
            "is_org_shared": channel.is_org_shared,
            "context_team_id": self._world.team.id,
            "updated": channel.created * 1000,
        }
        if channel.is_im:
            return raw | {"user": channel.members[0], "is_user_deleted": False, "is_open": True, "priority": 0}
        note = {"creator": channel.creator, "last_set": channel.created}
        return raw | {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": True,
            "is_group": False,
            "is_mpim": False,
            "is_private": channel.is_private,
            "is_general": channel.name == "algemeen",
            "creator": channel.creator,
            "is_shared": channel.is_ext_shared,
            "is_ext_shared": channel.is_ext_shared,
            "is_pending_ext_shared": channel.is_pending_ext_shared,
            "pending_shared": [],
            "is_member": self._world.team.bot_user_id in channel.members,
            "topic": {"value": channel.topic, **note},
            "purpose": {"value": "", **note},
            "previous_names": [],
        }

    def user(self, person: Person, *, locale: bool) -> Json:
        """Return an account, with its locale only where it was asked for."""
        offset = self._world.stamps.now().astimezone(ZoneInfo(person.tz)).utcoffset()
        raw: Json = {
            "id": person.id,
            "team_id": person.team_id,
            "name": person.name,
            "deleted": person.deleted,
            "real_name": person.real_name,
            "tz": person.tz,
            "tz_label": "Central European Time",
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "real_name": person.real_name,
                "display_name": person.name,
                "real_name_normalized": person.real_name,
                "display_name_normalized": person.name,
                "team": person.team_id,
            },
            "is_admin": person.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": person.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": person.is_bot,
            "is_app_user": False,
            "is_stranger": person.is_stranger,
            "updated": 1_680_000_000,
        }
        return raw | ({"locale": person.locale} if locale else {})

    def file(self, file: File) -> Json:
        """Return a file with every place where it was shared."""
        shares: dict[str, dict[str, list[Json]]] = {}
        lists: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
        for share in file.shares:
            channel = self._world.talk.channels[share.channel]
            kind = "public" if channel.kind == "public" else "private"
            where = {"public": "channels", "private": "groups", "im": "ims"}[channel.kind]
            lists[where].append(channel.id)
            entry: Json = {"ts": share.ts, "channel_name": channel.name, "team_id": self._world.team.id}
            entry |= {"share_user_id": file.user, "source": "UNKNOWN", "reply_users": [], "reply_count": 0}
            if share.thread_ts:
                entry["thread_ts"] = share.thread_ts
            shares.setdefault(kind, {}).setdefault(channel.id, []).append(entry)
        return {**self._described(file), "is_public": bool(lists["channels"]), "shares": shares, **lists}

    def view(self, view: View) -> Json:
        """Return a modal or Home with its state."""
        shown = {"callback_id": "", "private_metadata": "", "external_id": "", **view.content}
        for name, default in (("title", None), ("submit", None), ("close", None)):
            shown.setdefault(name, default)
        for name in ("clear_on_close", "notify_on_close"):
            shown.setdefault(name, False)
        team = self._world.team
        return {
            **shown,
            "id": view.id,
            "team_id": team.id,
            "type": view.kind,
            "state": {"values": view.state},
            "hash": view.hash,
            "root_view_id": view.root_view_id,
            "previous_view_id": view.previous_view_id,
            "app_id": team.app_id,
            "app_installed_team_id": team.id,
            "bot_id": team.bot_id,
        }

    def permalink(self, message: Message) -> str:
        """Return the web address of a message."""
        place = f"https://{self._world.team.domain}.slack.com/archives/{message.channel}"
        thread = f"?thread_ts={message.thread_ts}&cid={message.channel}" if message.thread_ts else ""
        return f"{place}/p{message.ts.replace('.', '')}{thread}"

    def _by_app(self) -> Json:
        team = self._world.team
        profile: Json = {"id": team.bot_id, "app_id": team.app_id, "user_id": team.bot_user_id, "name": "Baliebot"}
        profile |= {"deleted": False, "updated": 1_680_000_000, "team_id": team.id}
        return {"bot_id": team.bot_id, "app_id": team.app_id, "bot_profile": profile}

    def _carried(self, file_id: str) -> Json:
        if file_id in self._world.files:
            return self._described(self._world.files[file_id])
        return {"id": file_id, "mode": "tombstone"}

    def _described(self, file: File) -> Json:
        kind = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
        private = f"{self._url}/files-pri/{self._world.team.id}-{file.id}/{file.name}"
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": "application/zip" if kind == "zip" else "application/octet-stream",
            "filetype": kind,
            "pretty_type": kind.title(),
            "user": file.user,
            "user_team": self._world.team.id,
            "editable": False,
            "size": file.size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": private,
            "url_private_download": private,
            "permalink": f"https://{self._world.team.domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
            "has_rich_preview": False,
            "file_access": "visible",
        }

    def _threading(self, message: Message) -> Json:
        if message.thread_ts is not None:
            root = self._world.talk.find(message.channel, message.thread_ts)
            return {"thread_ts": message.thread_ts, "parent_user_id": root.user if root else None}
        replies = list(self._world.talk.replies(message.channel, message.ts))
        if not replies:
            return {}
        people = list(dict.fromkeys(reply.user for reply in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "latest_reply": replies[-1].ts,
            "reply_users": people,
            "is_locked": False,
            "subscribed": True,
        }
