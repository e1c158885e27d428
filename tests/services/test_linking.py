"""The link between somebody in Slack and their UiTiD."""

import pytest

from bot.models import UserToken
from bot.services.linking import AlreadyLinkedError
from tests.support.stage import Stage

TOKEN = UserToken("token", "secret", "f6c1-uid")


async def test_a_token_comes_back_as_it_was_kept_and_only_to_its_owner(stage: Stage) -> None:
    linking, team = stage.bot.linking, stage.bot.team
    await linking.keep(team, "U1", TOKEN)
    assert await linking.token(team, "U1") == TOKEN
    assert await linking.token(team, "U2") is None
    assert await linking.token("T0ANDER", "U1") is None


async def test_a_uitid_belongs_to_one_person_of_a_workspace(stage: Stage) -> None:
    linking, team = stage.bot.linking, stage.bot.team
    await linking.keep(team, "U1", TOKEN)
    with pytest.raises(AlreadyLinkedError) as refused:
        await linking.keep(team, "U2", UserToken("other", "other", TOKEN.user_id))
    assert refused.value.user == "U1"
    assert await linking.token(team, "U2") is None
    await linking.keep(team, "U1", UserToken("newer", "newer", TOKEN.user_id))
    assert await linking.token(team, "U1") == UserToken("newer", "newer", TOKEN.user_id)


async def test_nothing_of_a_token_or_a_uitid_stands_in_the_file(stage: Stage) -> None:
    await stage.bot.linking.keep(stage.bot.team, "U1", UserToken("t0ken-marked", "s3cret-marked", "uid-marked"))
    for file in stage.settings.baliebot_database.parent.iterdir():
        assert b"marked" not in file.read_bytes()
