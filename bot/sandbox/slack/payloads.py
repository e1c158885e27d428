"""What Slack sends to the app. Follows "Slash commands", "Interaction payloads" and "Events API"."""

from bot.sandbox.slack.choices import state_of
from bot.sandbox.slack.records import Channel, Json, Message, Person, View
from bot.sandbox.slack.workspace import Workspace


class Payloads:
    """Builds payloads with all the fields Slack puts in them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._world = workspace.world

    def command(self, person: Person, channel: Channel, command: str, text: str) -> Json:
        """Return the form fields of a slash command."""
        team = self._world.team
        names = {"im": "directmessage", "private": "privategroup"}
        return {
            "token": team.verification_token,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": names.get(channel.kind, channel.name),
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": team.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel.id, person.id),
            "trigger_id": self._workspace.triggers.issue(person.id),
        }

    def message_action(self, person: Person, message: Message, action: Json) -> Json:
        """Return block_actions of a message. An ephemeral one is not sent along: Slack does not keep it."""
        channel = self._world.talk.channels[message.channel]
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        chosen = {action["block_id"]: {action["action_id"]: _entry(action)}}
        payload = {
            **self._interaction("block_actions", person),
            "container": container,
            "channel": {"id": channel.id, "name": self._channel_name(channel)},
            "state": {"values": state_of(message.blocks, chosen)},
            "response_url": self._response_url(channel.id, person.id, message),
            "actions": [action],
        }
        if message.only_for is None:
            payload["message"] = self._workspace.shapes.message(message)
        return payload

    def view_action(self, person: Person, view: View, action: Json) -> Json:
        """Return block_actions of a modal or Home."""
        return {
            **self._interaction("block_actions", person),
            "container": {"type": "view", "view_id": view.id},
            "view": self._view(view),
            "actions": [action],
        }

    def submission(self, person: Person, view: View) -> Json:
        """Return view_submission."""
        return {
            **self._interaction("view_submission", person),
            "view": self._view(view),
            "response_urls": [],
        }

    def closed(self, person: Person, view: View, *, cleared: bool) -> Json:
        """Return view_closed, which has no trigger."""
        payload = self._interaction("view_closed", person)
        del payload["trigger_id"]
        return {**payload, "view": self._view(view), "is_cleared": cleared}

    def shortcut(self, person: Person, callback_id: str) -> Json:
        """Return a global shortcut: no channel, no response_url."""
        payload = self._interaction("shortcut", person)
        return {**payload, "callback_id": callback_id, "action_ts": self._world.stamps.ts()}

    def suggestion(self, person: Person, where: Message | View, block: Json, action_id: str, query: str) -> Json:
        """Return block_suggestion: what somebody typed into an external select."""
        payload = self._interaction("block_suggestion", person)
        del payload["trigger_id"]
        payload |= {"action_id": action_id, "block_id": block["block_id"], "value": query}
        if isinstance(where, View):
            return {**payload, "container": {"type": "view", "view_id": where.id}, "view": self._view(where)}
        channel = self._world.talk.channels[where.channel]
        container = {"type": "message", "message_ts": where.ts, "channel_id": channel.id}
        return {
            **payload,
            "container": {**container, "is_ephemeral": where.only_for is not None},
            "channel": {"id": channel.id, "name": self._channel_name(channel)},
            "message": self._workspace.shapes.message(where),
        }

    def event(self, event: Json, event_id: str | None) -> Json:
        """Return an event_callback around one event."""
        team = self._world.team
        return {
            "token": team.verification_token,
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": None,
            "api_app_id": team.app_id,
            "event": {"event_ts": self._world.stamps.ts(), **event},
            "type": "event_callback",
            "event_id": event_id or self._world.stamps.id("Ev"),
            "event_time": self._world.stamps.seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team.id,
                    "user_id": team.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }

    def home_opened(self, person: Person, channel: str) -> Json:
        """Return the app_home_opened event of the Home tab."""
        event: Json = {"type": "app_home_opened", "user": person.id, "channel": channel, "tab": "home"}
        home = self._world.modals.home(person.id)
        return {**event, "view": self._workspace.shapes.view(home)} if home else event

    def _interaction(self, kind: str, person: Person) -> Json:
        team = self._world.team
        user = {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}
        return {
            "type": kind,
            "user": user,
            "api_app_id": team.app_id,
            "token": team.verification_token,
            "trigger_id": self._workspace.triggers.issue(person.id),
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _view(self, view: View) -> Json:
        raw = self._workspace.shapes.view(view)
        raw["state"] = {"values": state_of(view.blocks, view.state)}
        return raw

    def _channel_name(self, channel: Channel) -> str:
        return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)

    def _response_url(self, channel: str, user: str, source: Message | None = None) -> str:
        return self._workspace.url + self._workspace.response_urls.issue(channel, user, source)


def _entry(action: Json) -> Json:
    beside = {"action_id", "block_id", "action_ts", "placeholder", "text"}
    return {name: value for name, value in action.items() if name not in beside}
