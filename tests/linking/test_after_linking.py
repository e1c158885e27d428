"""What somebody is told once their UiTiD is linked: the balies they may map, and the report that had to wait."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.slack.records import Message
from tests.linking.rows import ASK, DONE, LIEN, ON_HOLD, calls, labels
from tests.support.balies import mapping
from tests.support.browser import Journey, journey, start_url
from tests.support.stage import Stage, staged

LINKED = "Je UiTiD is gekoppeld."
THREE = "Deze 3 balies van je UiTiD staan nog niet op de lijst van deze werkruimte:"
TWO = THREE.replace("3", "2")
MAP = "Zet op de lijst"
ENDED = (
    "UiTPAS aanvaardt je UiTiD-koppeling niet meer: ze is verlopen of ingetrokken. Er staat 1 onkostennota stil. Koppel"
    " je UiTiD opnieuw; daarna gaat alles vanzelf verder."
)
TOLD = "Je UiTiD is gekoppeld op 15 juli 2026 om 10:"


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Stage]:
    """Set the stage where nobody is linked and no balie is on the list yet."""
    async with staged(tmp_path, mapped=False, linked=()) as it:
        yield it


async def test_who_is_admin_of_unmapped_balies_puts_those_on_the_list_with_one_click(bare: Stage) -> None:
    async with journey(bare, "lien") as link:
        await link.link("lien")
        hers = ["• *CC De Sluis* (beheerder)", "• *Gemeenschapscentrum 't Hof* (beheerder)"]
        offer = [THREE, *hers, "• *Cultuurcafé Wilgendries* (beheerder)"]
        assert said(link)[-2:] == [(LINKED, ["Onkostennota vragen"]), ("\n".join(offer), [MAP])]
        await link.say("link_map")
        assert sorted(await mapping(bare)) == ["cc-de-sluis", "cultuurcafe-wilgendries", "gemeenschapscentrum-t-hof"]
        await link.link("lien")
        assert said(link)[-1] == (LINKED, ["Onkostennota vragen"])


async def test_a_workspace_admin_is_offered_every_balie_of_their_account(bare: Stage) -> None:
    async with journey(bare, "noor") as link:
        await link.link("katrien")
        assert said(link)[-1] == (f"{TWO}\n• *CC De Sluis*\n• *Bibliotheek Oosterwal* (beheerder)", [MAP])


async def test_who_is_only_a_member_is_offered_nothing(bare: Stage) -> None:
    async with journey(bare) as link:
        await link.link()
        assert said(link)[-1] == (LINKED, ["Onkostennota vragen"])


async def test_a_token_revoked_in_the_middle_of_a_report_ends_in_its_one_final_reply(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    token = await stage.bot.linking.token(stage.bot.team, LIEN)
    assert token is not None
    stage.uitpas.revoke(token.token)
    await stage.pass_time(30, steps=3)
    (root,) = stage.roots()
    (told,) = stage.dms()
    assert (root.text, stage.replies(root), told.text, labels(told)) == (ON_HOLD, [], ENDED, ["UiTiD koppelen"])
    stage.uitpas.faults.clear()
    await relink(stage, told)
    await stage.pass_time(60, steps=6)
    (root,) = stage.roots()
    assert (root.text, len(stage.replies(root)), calls(stage).count("start_report")) == (DONE, 2, 1)
    assert [message.text.startswith(start) for message, start in zip(stage.dms(), (ENDED, TOLD), strict=True)]


async def relink(stage: Stage, told: Message) -> None:
    """Press the button in the direct message, and take every step from there."""
    channel, stage.where = stage.where, stage.slack.world.im("lien") or ""
    async with journey(stage, "lien") as link:
        await stage.click("link", told)
        link.url = start_url(link.whisper)
        await link.go()
        await link.consent("lien")
        await link.come_back()
        await link.type_code()
        await link.say("link_yes")
        assert "De onkostennota die stilstond, gaat nu verder." in str(link.whisper.blocks)
    stage.where = channel


def said(link: Journey) -> list[tuple[str, list[str]]]:
    """Return what this person alone has before them in the channel, with the buttons under it."""
    world = link.stage.slack.world
    seen = world.ephemerals(world.person(link.user).id, world.channel(link.stage.where).id)
    return [(shown(message.blocks), labels(message)) for message in seen]


def shown(blocks: list[dict[str, Any]]) -> str:
    """Return the text of the sections."""
    return "\n".join(block["text"]["text"] for block in blocks if block["type"] == "section")
