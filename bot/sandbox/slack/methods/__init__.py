"""The Web API methods, one module a family: plain functions from (workspace, arguments) to an answer."""

from collections.abc import Callable

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods import auth, chat, conversations, files, history, users, views
from bot.sandbox.slack.records import Json
from bot.sandbox.slack.workspace import Workspace

BOT_METHODS: dict[str, Callable[[Workspace, Arguments], Json]] = {
    "auth.test": auth.test,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": history.history,
    "conversations.info": conversations.info,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_,
    "conversations.replies": history.replies,
    "files.completeUploadExternal": files.complete_upload,
    "files.delete": files.delete,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.info": files.info,
    "users.info": users.info,
    "views.open": views.open_,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
"""Every method that is called with the bot's token."""
