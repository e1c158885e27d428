"""Who may do what with a digest: checked again at every click, whatever the buttons were that somebody had."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from bot.sandbox.slack.records import Json
from tests.digests.desk import (
    EDIT,
    HEAD,
    LIEN,
    NEW_DIGEST,
    OTHERS,
    OWN,
    PAUSE,
    REMOVE,
    RESUME,
    SLUIS,
    TRY,
    DigestForm,
    change,
    digests,
    end_link,
    listed,
    press,
    whisper,
)
from tests.linking.rows import rows
from tests.support.outcomes import trouble
from tests.support.stage import Stage

GONE = "Deze digest is er niet meer. Typ `/uitpas digest` in het kanaal om te zien wat er wel is."
NOT_THEIRS = f"Deze digest is van {LIEN}: alleen {LIEN} kan dat."
NOT_THEIRS_TO_REMOVE = (
    f"Deze digest is van {LIEN}: alleen {LIEN} of een beheerder van de werkruimte kan hem verwijderen."
)
NOT_MEMBER = "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de digests te bekijken."
LINK_ENDED = (
    "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen; wat stilstaat, gaat"
    " dan vanzelf verder."
)
EVERY = (TRY, EDIT, PAUSE, RESUME, REMOVE)


def state(stage: Stage) -> list[Any]:
    """Return what every digest is, and how often any was run."""
    return [*rows(stage, "SELECT * FROM digests"), *rows(stage, "SELECT count(*) FROM digest_runs")]


async def with_buttons_of_owner(stage: Stage, user: str, channel: str | None = None) -> None:
    """Show somebody a message with all buttons of the digest, as if it had been theirs."""
    await listed(stage)
    deeds = next(block for block in whisper(stage).blocks if block["type"] == "actions")
    paused = {**deeds["elements"][2], "action_id": RESUME}
    blocks: list[Json] = [{"type": "actions", "elements": [*deeds["elements"], paused]}]
    place, bot = stage.slack.world.channel(channel or stage.where).id, stage.slack.bot_user_id
    who = stage.slack.world.person(user).id
    stage.slack.world.talk.whisper(place, bot, "knoppen", only_for=who, blocks=blocks)


@pytest.mark.parametrize("action", [TRY, EDIT, RESUME])
async def test_what_is_the_owners_alone_nobody_else_does(stage: Stage, action: str) -> None:
    await DigestForm(stage).set_up()
    before = state(stage)
    await with_buttons_of_owner(stage, "noor")
    assert (await press(stage, action, "noor"))[0] == NOT_THEIRS
    assert (state(stage), stage.slack.world.views("noor"), stage.roots()) == (before, [], [])


async def test_another_member_is_told_whose_it_is_and_removes_nothing(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage, "bram")
    assert await press(stage, REMOVE, "bram") == [NOT_THEIRS_TO_REMOVE, HEAD, SLUIS, OTHERS, NEW_DIGEST]
    assert len(digests(stage)) == 1


async def test_an_admin_removes_it_as_slack_says_at_that_moment(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage, "noor")
    trouble(stage, "users.info", "internal_error")
    assert (await press(stage, REMOVE, "noor"))[0] == NOT_THEIRS_TO_REMOVE
    stage.slack.world.people["U0NOOR00003"] = replace(stage.slack.world.person("noor"), is_admin=False)
    assert (await press(stage, REMOVE, "noor"))[0] == NOT_THEIRS_TO_REMOVE
    stage.slack.world.people["U0NOOR00003"] = replace(stage.slack.world.person("noor"), is_admin=True)
    said = await press(stage, REMOVE, "noor")
    assert (said, digests(stage)) == (["De digest is verwijderd.", "Hier komen geen digests.", NEW_DIGEST], [])


@pytest.mark.parametrize("action", EVERY)
async def test_a_guest_does_nothing(stage: Stage, action: str) -> None:
    await DigestForm(stage).set_up()
    before = state(stage)
    await with_buttons_of_owner(stage, "gust")
    await press(stage, action, "gust")
    assert (stage.whispers("gust")[-1], state(stage)) == (NOT_MEMBER, before)
    assert stage.slack.world.views("gust") == []


@pytest.mark.parametrize("action", EVERY)
async def test_from_another_channel_nobody_learns_of_it(stage: Stage, action: str) -> None:
    await DigestForm(stage).set_up()
    before = state(stage)
    await with_buttons_of_owner(stage, "noor", "algemeen")
    said = await press(stage, action, "noor", "algemeen")
    assert (said, state(stage)) == ([GONE, "Hier komen geen digests.", NEW_DIGEST], before)


async def test_its_owner_works_with_it_from_anywhere(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    direct = stage.slack.world.open_im("lien")
    await with_buttons_of_owner(stage, "lien", direct)
    said = await press(stage, TRY, channel=direct)
    assert said == ["Ik probeer het nu: het antwoord komt in <#C0DESLUIS01>.", SLUIS, OWN]


async def test_what_there_never_was_is_gone(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    before = state(stage)
    await listed(stage)
    for value in ("", "0", "' OR 1=1 --"):
        stage.slack.tamper = partial(_with_value, value)
        assert await press(stage, REMOVE) == [GONE, HEAD, SLUIS, OWN, NEW_DIGEST]
    stage.slack.tamper = None
    assert state(stage) == before


async def test_a_digest_of_another_team_is_not_to_be_found(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage)
    change(stage, "UPDATE digests SET team = 'T0BUURSTAD0'")
    assert await press(stage, REMOVE) == [GONE, "Hier komen geen digests.", NEW_DIGEST]
    assert len(digests(stage)) == 1


@pytest.mark.parametrize("action", [TRY, RESUME])
async def test_whose_link_ended_is_told_how_to_mend_it(stage: Stage, action: str) -> None:
    await DigestForm(stage).set_up()
    await with_buttons_of_owner(stage, "lien")
    end_link(stage)
    assert await press(stage, action) == [LINK_ENDED, "[UiTiD koppelen]", HEAD, SLUIS, OWN, NEW_DIGEST]


async def test_without_a_link_the_form_of_a_change_stays_shut(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await listed(stage)
    end_link(stage)
    assert await press(stage, EDIT) == [LINK_ENDED, "[UiTiD koppelen]"]
    assert stage.slack.world.views("lien") == []


async def test_a_form_in_the_name_of_another_changes_nothing(stage: Stage) -> None:
    form = DigestForm(stage)
    await form.set_up()
    await listed(stage)
    await stage.click(EDIT, whisper(stage))
    before = state(stage)
    bram = stage.slack.world.person("bram").id

    def as_bram(payload: Json) -> Json:
        payload["user"]["id"] = bram
        return payload

    stage.slack.tamper = as_bram
    await form.submit({"digest_time": "10:00"})
    assert (form.view.blocks[0]["text"]["text"], state(stage)) == (NOT_THEIRS, before)


async def test_a_guest_reads_no_list(stage: Stage) -> None:
    await DigestForm(stage).set_up()
    await stage.type("digest", user="gust")
    assert stage.whispers("gust") == [NOT_MEMBER]


def _with_value(value: str, payload: Json) -> Json:
    payload["actions"][0]["value"] = value
    return payload
