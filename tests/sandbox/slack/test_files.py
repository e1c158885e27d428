"""The upload in three calls, and what becomes of the file."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from tests.sandbox.slack.refused import refusal

CONTENT = b"PK\x03\x04 niet echt een zip"


async def sent(client: AsyncWebClient, content: bytes = CONTENT) -> str:
    """Do the first two calls of an upload and return the file's id."""
    answer = await client.files_getUploadURLExternal(filename="nota.zip", length=len(content))
    async with aiohttp.ClientSession() as session, session.post(answer["upload_url"], data=content) as got:
        assert got.status == 200
    return str(answer["file_id"])


async def test_a_file_lands_in_the_thread_with_its_bytes(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    root = (await client.chat_postMessage(channel=desk, text="root"))["ts"]
    file_id = await sent(client)
    files: list[dict[str, str | None]] = [{"id": file_id, "title": "Onkostennota"}]
    answer = await client.files_completeUploadExternal(
        files=files, channel_id=desk, thread_ts=root, initial_comment="hier"
    )
    assert answer.data == {"ok": True, "files": files}
    [carrier] = slack.world.thread(desk, root)
    assert (carrier.text, carrier.files) == ("hier", (file_id,))
    assert slack.world.file_bytes(file_id) == CONTENT
    file = (await client.files_info(file=file_id))["file"]
    [share] = file["shares"]["private"][desk]
    assert (share["ts"], share["thread_ts"]) == (carrier.ts, root)
    assert (file["name"], file["title"], file["size"]) == ("nota.zip", "Onkostennota", len(CONTENT))
    replies = await client.conversations_replies(channel=desk, ts=root)
    assert [one["id"] for one in replies["messages"][1]["files"]] == [file_id]


async def test_the_sdk_uploads_in_one_go(slack: SlackSandbox, client: AsyncWebClient) -> None:
    public = slack.world.channel("algemeen").id
    answer = await client.files_upload_v2(channel=public, file=CONTENT, filename="nota.zip")
    file = (await client.files_info(file=answer["file"]["id"]))["file"]
    assert list(file["shares"]) == ["public"]
    assert file["is_public"] is True


async def test_multipart_bytes_are_taken(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    answer = await client.files_getUploadURLExternal(filename="nota.zip", length=len(CONTENT))
    form = aiohttp.FormData()
    form.add_field("file", CONTENT, filename="nota.zip")
    async with aiohttp.ClientSession() as session, session.post(answer["upload_url"], data=form) as got:
        assert got.status == 200
    await client.files_completeUploadExternal(files=[{"id": answer["file_id"]}], channel_id=desk)
    assert slack.world.file_bytes(answer["file_id"]) == CONTENT


async def test_sharing_may_come_later_than_the_answer(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    slack.workspace.share_delay = 0.05
    file_id = await sent(client)
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=desk)
    assert (await client.files_info(file=file_id))["file"]["shares"] == {}
    await slack.world.until(lambda: slack.world.messages(desk))
    assert list((await client.files_info(file=file_id))["file"]["shares"]) == ["private"]


async def test_an_empty_file_is_refused(client: AsyncWebClient) -> None:
    assert await refusal(client.files_getUploadURLExternal(filename="x", length=0)) == "missing_argument"


@pytest.mark.parametrize(("channel", "code"), [("directie", "channel_not_found"), ("evenementen", "not_in_channel")])
async def test_files_need_membership_even_with_chat_write_public(
    slack: SlackSandbox, client: AsyncWebClient, channel: str, code: str
) -> None:
    slack.scopes.add("chat:write.public")
    file_id, target = await sent(client), slack.world.channel(channel).id
    complete = client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=target)
    assert await refusal(complete) == code
    assert slack.world.files == {}


async def test_an_upload_without_bytes_or_completion_is_no_file(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    file_id = (await client.files_getUploadURLExternal(filename="x", length=3))["file_id"]
    complete = client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=desk)
    assert await refusal(complete) == "file_not_found"
    assert await refusal(client.files_info(file=await sent(client))) == "file_not_found"
    assert slack.world.messages(desk) == []


async def test_bytes_of_another_length_or_to_nowhere_are_refused(slack: SlackSandbox, client: AsyncWebClient) -> None:
    url = (await client.files_getUploadURLExternal(filename="x", length=3))["upload_url"]
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data=b"four") as wrong:
            assert wrong.status == 400
        async with session.post(f"{slack.url}/upload/v1/F404", data=b"abc") as nowhere:
            assert nowhere.status == 404


async def test_a_deleted_file_takes_its_empty_message_along(
    slack: SlackSandbox, client: AsyncWebClient, desk: str
) -> None:
    file_id = await sent(client)
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=desk)
    await client.files_delete(file=file_id)
    assert slack.world.messages(desk) == []
    assert await refusal(client.files_info(file=file_id)) == "file_not_found"


async def test_a_file_is_downloaded_with_the_token_only(slack: SlackSandbox, client: AsyncWebClient, desk: str) -> None:
    file_id = await sent(client)
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=desk)
    url = (await client.files_info(file=file_id))["file"]["url_private"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"}) as mine:
            assert await mine.read() == CONTENT
        async with session.get(url) as theirs:
            assert theirs.content_type == "text/html"
