"""The `files.*` methods. Follows "Working with files", the upload in three calls."""

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.records import File, Json
from bot.sandbox.slack.refusals import RefusalError, invalid
from bot.sandbox.slack.workspace import Workspace


def get_upload_url(workspace: Workspace, args: Arguments) -> Json:
    """Return where to send the bytes of a new file; a length of zero counts as missing."""
    length = args.number("length", 0, "invalid_arguments")
    if length <= 0:
        raise invalid("missing_argument", "missing required field: length")
    if "filename" not in args:
        raise invalid("missing_argument", "missing required field: filename")
    upload = workspace.world.filing.expect(args.text("filename"), length)
    return {"upload_url": f"{workspace.url}/upload/v1/{upload.id}", "file_id": upload.id}


def complete_upload(workspace: Workspace, args: Arguments) -> Json:
    """Make files of uploads and share them; the answer comes before the sharing is to be seen."""
    wanted = args.decoded("files", "invalid_arguments")
    if not isinstance(wanted, list) or not all(isinstance(one, dict) and one.get("id") for one in wanted):
        raise invalid("invalid_arguments", "must be an array of {id, title} [json-pointer:/files]")
    channels = _targets(workspace, args)
    files = _completed(workspace, {str(one["id"]): str(one.get("title") or "") for one in wanted})
    bot = workspace.world.team.bot_user_id
    for channel in channels:
        _share_later(workspace, files, channel, args, bot)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def info(workspace: Workspace, args: Arguments) -> Json:
    """Return a file and where it was shared."""
    file = _file(workspace, args)
    answer = {"file": workspace.shapes.file(file), "comments": [], "response_metadata": {"next_cursor": ""}}
    return {**answer, "content_truncated": False}


def delete(workspace: Workspace, args: Arguments) -> Json:
    """Delete one of the app's files, everywhere."""
    file = _file(workspace, args)
    if file.user != workspace.world.team.bot_user_id:
        raise RefusalError("cant_delete_file")
    workspace.world.discard(file.id)
    return {}


def _file(workspace: Workspace, args: Arguments) -> File:
    file = workspace.world.files.get(args.text("file"))
    if file is None:
        raise RefusalError("file_not_found")
    return file


def _targets(workspace: Workspace, args: Arguments) -> list[str]:
    names = [args.text("channel_id")] if "channel_id" in args else []
    names += [one for one in args.text("channels").split(",") if one]
    if "thread_ts" in args and len(names) != 1:
        raise invalid("invalid_arguments", "thread_ts needs exactly one channel")
    channels = [workspace.joined(name) for name in names]
    if any(channel.is_archived for channel in channels):
        raise RefusalError("is_archived")
    return [channel.id for channel in channels]


def _completed(workspace: Workspace, titles: dict[str, str]) -> list[File]:
    filing = workspace.world.filing
    uploads = [filing.uploads.get(file_id) for file_id in titles]
    if not all(upload is not None and upload.content is not None for upload in uploads):
        raise RefusalError("file_not_found")
    bot = workspace.world.team.bot_user_id
    return [filing.complete(file_id, title, bot) for file_id, title in titles.items()]


def _share_later(workspace: Workspace, files: list[File], channel: str, args: Arguments, user: str) -> None:
    def share() -> None:
        left = [file.id for file in files if file.id in workspace.world.files]
        if left:
            comment, thread_ts = args.text("initial_comment"), args.text("thread_ts") or None
            workspace.world.share(left, channel, text=comment, thread_ts=thread_ts, user=user)

    workspace.later(workspace.share_delay, share)
