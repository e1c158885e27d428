"""views.*, called straight, with triggers of a shortcut nobody answers."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack import SlackSandbox
from bot.sandbox.slack.records import Json
from tests.sandbox.slack.clocks import HandClock
from tests.sandbox.slack.refused import refusal


def modal(title: str = "Rapport", **more: object) -> Json:
    """Return a modal without inputs."""
    words = {"type": "plain_text", "text": title}
    return {"type": "modal", "title": words, "blocks": [{"type": "divider"}], **more}


async def trigger(slack: SlackSandbox, user: str = "lien") -> str:
    """Return a fresh trigger of that person."""
    return slack.workspace.triggers.issue(slack.world.person(user).id)


def titles(slack: SlackSandbox) -> list[str]:
    """Return the titles of what Lien has open, the front one last."""
    return [view.content["title"]["text"] for view in slack.world.views("lien")]


async def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: SlackSandbox, client: AsyncWebClient, clock: HandClock
) -> None:
    first, late = await trigger(slack), await trigger(slack)
    clock.forward(seconds=3)
    opened = await client.views_open(trigger_id=first, view=modal())
    assert [view.id for view in slack.world.views("lien")] == [opened["view"]["id"]]
    assert await refusal(client.views_open(trigger_id=first, view=modal())) == "exchanged_trigger_id"
    clock.forward(seconds=1)
    assert await refusal(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_update_heeds_the_hash(slack: SlackSandbox, client: AsyncWebClient) -> None:
    view = (await client.views_open(trigger_id=await trigger(slack), view=modal("Bezig")))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=modal("Klaar"))
    stale = client.views_update(view_id=view["id"], hash=view["hash"], view=modal("Te laat"))
    assert await refusal(stale) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V404", view=modal())) == "not_found"
    assert titles(slack) == ["Klaar"]


async def test_at_most_three_modals_lie_on_each_other(slack: SlackSandbox, client: AsyncWebClient) -> None:
    assert await refusal(client.views_push(trigger_id=await trigger(slack), view=modal())) == "not_found"
    await client.views_open(trigger_id=await trigger(slack), view=modal("1"))
    for title in ("2", "3"):
        await client.views_push(trigger_id=await trigger(slack), view=modal(title))
    push = client.views_push(trigger_id=await trigger(slack), view=modal("4"))
    assert await refusal(push) == "push_limit_reached"
    assert titles(slack) == ["1", "2", "3"]


async def test_an_external_id_is_used_once(slack: SlackSandbox, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=await trigger(slack), view=modal(external_id="een"))
    again = client.views_open(trigger_id=await trigger(slack, "bram"), view=modal(external_id="een"))
    assert await refusal(again) == "duplicate_external_id"
    await client.views_update(external_id="een", view=modal("Anders", external_id="een"))
    assert titles(slack) == ["Anders"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "home", "blocks": []},
        modal("Een titel van vijfentwintig"),
        {**modal(), "blocks": None},
        {**modal(), "blocks": [{"type": "divider"}] * 101},
        {**modal(), "blocks": [{"type": "input"}]},
    ],
    ids=["home", "title", "no blocks", "too many blocks", "no submit"],
)
async def test_a_malformed_modal_is_refused(slack: SlackSandbox, client: AsyncWebClient, wrong: Json) -> None:
    opened = client.views_open(trigger_id=await trigger(slack), view=wrong)
    assert await refusal(opened) == "invalid_arguments"
    assert slack.world.views("lien") == []


async def test_publish_sets_the_home_of_one_person(slack: SlackSandbox, client: AsyncWebClient) -> None:
    lien = slack.world.person("lien").id
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = (await client.views_publish(user_id=lien, view=home))["view"]
    second = (await client.views_publish(user_id=lien, view=home, hash=first["hash"]))["view"]
    assert (second["id"], second["type"]) == (first["id"], "home")
    assert await refusal(client.views_publish(user_id=lien, view=home, hash="1.x")) == "hash_conflict"
    assert await refusal(client.views_publish(user_id="U404", view=home)) == "user_not_found"
    shown = slack.world.home("lien")
    assert shown is not None
    assert shown.hash == second["hash"]
    assert slack.world.home("bram") is None
