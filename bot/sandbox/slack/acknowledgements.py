"""What an acknowledgement does to what people see.

Follows "Responding to slash commands" and "Modals", the `response_action`s.
"""

from dataclasses import replace

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.cast import SLACKBOT
from bot.sandbox.slack.records import Json, View
from bot.sandbox.slack.refusals import RefusalError
from bot.sandbox.slack.response_urls import speak
from bot.sandbox.slack.views import STACK_LIMIT
from bot.sandbox.slack.world import World


class Acknowledgements:
    """Acts on acknowledgements, and shows a person when there was none."""

    def __init__(self, world: World) -> None:
        self._world = world

    def of_command(self, ack: Json, channel: str, user: str) -> None:
        """Show the text or blocks of an acknowledged command: to that person, or `in_channel`."""
        if ack.get("text") or ack.get("blocks"):
            args = Arguments(ack)
            speak(self._world, channel, user, args, self._world.checks.message(args, "acknowledgement"))

    def of_submission(self, ack: Json, view: View) -> None:
        """Close the modal, or do the `response_action`: errors, update, push or clear.

        Raises:
            RefusalError: the action can't be done; the person is told there was trouble.
        """
        action = ack.get("response_action")
        if action is None:
            self._world.modals.close(view)
        elif action == "clear":
            self._world.modals.clear(view.user)
        elif action == "errors":
            self._world.modals.keep(replace(view, errors=_errors(ack, view), trouble=None))
        elif action == "update":
            self._world.modals.update(view, self._shown(ack))
        elif action == "push":
            self._push(view, ack)
        else:
            raise RefusalError("invalid_response_action")

    def of_suggestion(self, ack: Json) -> list[Json]:
        """Return the options to show, groups flattened; wrong ones, too many or none at all are no results."""
        return self._world.checks.options(ack)

    def failed(self, what: str, code: str, channel: str, user: str) -> None:
        """Show a person that the app did not answer."""
        self._world.talk.whisper(channel, SLACKBOT, f'{what} failed with the error "{code}"', only_for=user)

    def unknown(self, command: str, channel: str, user: str) -> None:
        """Tell a person that there is no such command."""
        sentence = f"{command} is not a valid command. In Slack, every message that starts with / is a command."
        self._world.talk.whisper(channel, SLACKBOT, sentence, only_for=user)

    def _push(self, view: View, ack: Json) -> None:
        if len(self._world.modals.stack(view.user)) >= STACK_LIMIT:
            raise RefusalError("push_limit_reached")
        self._world.modals.push(view.user, self._shown(ack))

    def _shown(self, ack: Json) -> Json:
        return self._world.checks.view(ack.get("view"), "modal", "response_action")


def _errors(ack: Json, view: View) -> dict[str, str]:
    errors = ack.get("errors")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise RefusalError("invalid_errors")
    return {str(block): str(sentence) for block, sentence in errors.items()}
