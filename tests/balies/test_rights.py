"""Who may change the mapping: asked live at every click, and whoever is silent has not said yes."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.support.balies import ALIAS, DEFAULT, REMOVE, RENAME, BalieList, key_of, map_csv, mapping
from tests.support.stage import Stage, staged

NOT_ADMIN = "Alleen een beheerder van deze balie of van deze werkruimte kan dat. Vraag het aan een van hen."
NOT_ADMIN_EN = "Only an admin of this desk or of this workspace can do that. Ask one of them."
NOT_MEMBER = "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de balies te bekijken."
NOT_LINKED = (
    "Je UiTiD is nog niet gekoppeld, en zonder mag ik UiTPAS niets vragen in jouw naam. Typ `/uitpas koppel` om het te"
    " koppelen."
)
ENDED = (
    "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen; wat stilstaat, gaat"
    " dan vanzelf verder."
)
SLACK_SILENT = "Slack zegt nu niet of je dit mag, dus heb ik niets veranderd. Probeer het over een minuut opnieuw."
UITPAS_SILENT = (
    "UiTPAS antwoordt nu niet, dus weet ik niet waar je beheerder bent en heb ik niets veranderd. Probeer het over"
    " enkele minuten opnieuw."
)
UITPAS_REFUSED = (
    "UiTPAS wil niet zeggen aan welke balies je werkt, dus heb ik niets veranderd. Koppel je UiTiD opnieuw met"
    " `/uitpas koppel`; helpt dat niet, verwittig dan de beheerder van de bot."
)


def uitpas(kind: str, **details: object) -> Callable[[Stage], None]:
    """Return what lets UiTPAS answer so whenever it is asked for somebody's balies."""
    return lambda stage: stage.uitpas.faults.add("balie_list", kind, times=-1, **details)


def slack(code: str) -> Callable[[Stage], None]:
    """Return what lets Slack answer so whenever it is asked who somebody is."""

    def add(stage: Stage) -> None:
        stage.slack.faults.add("users.info", "error", times=-1, code=code)

    return add


def nothing(stage: Stage) -> None:
    """Let nothing go wrong."""
    del stage


def guest(stage: Stage) -> None:
    """Make Lien a guest; the bot still remembers her as a member."""
    stage.slack.world.change_person("lien", is_restricted=True)


async def press_through(balies: BalieList, action: str) -> None:
    """Press a button, and hand in the form that it may open."""
    await balies.press(action)
    if action == RENAME:
        await balies.hand_in("anders")


REFUSED = [
    ("bram", "de-sluis", nothing, NOT_ADMIN),
    ("lien", "oosterwal", nothing, NOT_ADMIN),
    ("lien", "molenschoot", nothing, NOT_ADMIN),
    ("emily", "oude-schuur", nothing, NOT_ADMIN_EN),
    ("lien", "de-sluis", guest, NOT_MEMBER),
    ("lien", "de-sluis", uitpas("revoked"), ENDED),
    ("lien", "de-sluis", uitpas("drop"), UITPAS_SILENT),
    ("lien", "de-sluis", uitpas("status", status=503), UITPAS_SILENT),
    ("lien", "de-sluis", uitpas("code", code="UNKNOWN_USER"), UITPAS_REFUSED),
    ("lien", "de-sluis", uitpas("code", code="ACCESS_DENIED"), UITPAS_REFUSED),
    ("lien", "de-sluis", slack("internal_error"), SLACK_SILENT),
    ("noor", "de-sluis", slack("user_not_found"), SLACK_SILENT),
]
"""Who, at which balie, what goes wrong, what they read."""


@pytest.mark.parametrize("action", [DEFAULT, RENAME, REMOVE])
@pytest.mark.parametrize(("user", "alias", "trouble", "why"), REFUSED)
async def test_a_change_is_refused_with_the_reason_and_nothing_is_changed(
    stage: Stage, action: str, user: str, alias: str, trouble: Callable[[Stage], None], why: str
) -> None:
    before = await mapping(stage)
    balies = BalieList(stage, user, "algemeen")
    await balies.open(alias)
    shown = balies.said
    trouble(stage)
    await press_through(balies, action)
    assert balies.said == [why, *shown]
    assert balies.note == why
    assert await mapping(stage) == before


@pytest.mark.parametrize(("user", "alias"), [("noor", "molenschoot"), ("lien", "t-hof"), ("joris", "het-vlot")])
async def test_an_admin_of_the_workspace_or_of_the_balie_may(stage: Stage, user: str, alias: str) -> None:
    balies = BalieList(stage, user, "algemeen")
    await balies.open(alias)
    await balies.press(DEFAULT)
    assert (await mapping(stage))[alias][1] == "C0ALGEMEEN1"


async def test_an_admin_of_the_workspace_needs_no_uitid(tmp_path: Path) -> None:
    async with staged(tmp_path, linked=()) as stage:
        balies = BalieList(stage, "noor", "algemeen")
        await balies.open("t-hof")
        await balies.press(DEFAULT)
        assert (await mapping(stage))["t-hof"][1] == "C0ALGEMEEN1"
        assert list(stage.uitpas.calls) == []


async def test_who_is_no_workspace_admin_any_more_may_not(stage: Stage) -> None:
    balies = BalieList(stage, "noor", "algemeen")
    await balies.open("t-hof")
    stage.slack.world.change_person("noor", is_admin=False)
    await balies.press(DEFAULT)
    assert balies.note == NOT_ADMIN


@pytest.mark.parametrize("how", [str.upper, str.lower, str.swapcase])
async def test_keys_are_compared_without_case(stage: Stage, how: Callable[[str], str]) -> None:
    await map_csv(stage, f"de-sluis,CC De Sluis,{how(key_of(stage, 77))},")
    balies = BalieList(stage, channel="algemeen")
    await balies.open("de-sluis")
    await balies.press(DEFAULT)
    assert (await mapping(stage))["de-sluis"] == ("CC De Sluis", "C0ALGEMEEN1")


@pytest.fixture
async def unlinked(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with nobody linked."""
    async with staged(tmp_path, linked=()) as ready:
        yield ready


@pytest.mark.parametrize("action", [DEFAULT, RENAME, REMOVE])
async def test_who_is_not_linked_is_told_so(unlinked: Stage, action: str) -> None:
    balies = BalieList(unlinked, channel="algemeen")
    await balies.open("de-sluis")
    await press_through(balies, action)
    assert balies.note == NOT_LINKED
    assert list(unlinked.uitpas.calls) == []


async def test_a_link_that_ended_before_is_told_so(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type("rapport vorig kwartaal")
    balies = BalieList(stage, channel="algemeen")
    await balies.open("de-sluis")
    await balies.press(DEFAULT)
    assert balies.note == ENDED
    assert "balie_list" not in [call.name for call in stage.uitpas.calls]


async def test_no_key_goes_out_anywhere(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.type("balies sync")
    await balies.open("t-hof")
    await balies.press(RENAME)
    form = str(balies.form.content)
    await balies.hand_in("hof")
    await balies.press(DEFAULT)
    await balies.press(REMOVE)
    acknowledged = str([delivery.ack for delivery in stage.slack.deliveries])
    sent = (str([call.args for call in stage.slack.calls]) + acknowledged + form).casefold()
    assert ALIAS in sent
    assert [balie.name for balie in stage.uitpas.world.balies if balie.consumer_key.casefold() in sent] == []
