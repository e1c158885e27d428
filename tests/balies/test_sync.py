"""`/uitpas balies synchroniseer`: what UiTPAS lists for whoever asks, and nothing else."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.models import UserToken
from tests.support.balies import DEFAULT, REMOVE, BalieList, key_of, map_csv, mapping
from tests.support.stage import Stage, staged

NOWHERE = (
    "Bij UiTPAS werk je aan geen enkele balie, dus is er niets over te nemen. Vraag de beheerder van je balie om je toe"
    " te voegen."
)
SYNC = "balies synchroniseer"
OTHERS = "2 balies heb ik gelaten: daar ben je medewerker en geen beheerder."


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with nothing mapped."""
    async with staged(tmp_path, mapped=False) as ready:
        yield ready


async def sync(stage: Stage, user: str = "lien", words: str = SYNC) -> list[str]:
    """Synchronise; return the lines of the answer."""
    return "\n".join(await BalieList(stage, user).type(words)).splitlines()


@pytest.mark.parametrize("words", [SYNC, "counters sync", "BALIES  Sync"])
async def test_the_balies_of_an_admin_are_added_with_an_alias_of_their_name(bare: Stage, words: str) -> None:
    with capture_logs() as log:
        lines = await sync(bare, words=words)
    assert lines == [
        "*3 balies toegevoegd*",
        "• *CC De Sluis* (`cc-de-sluis`)",
        "• *Gemeenschapscentrum 't Hof* (`gemeenschapscentrum-t-hof`)",
        "• *Cultuurcafé Wilgendries* (`cultuurcafe-wilgendries`)",
        OTHERS,
    ]
    assert BalieList(bare).note == "Balies overgenomen uit UiTPAS"
    assert await mapping(bare) == {
        "cc-de-sluis": ("CC De Sluis", ""),
        "cultuurcafe-wilgendries": ("Cultuurcafé Wilgendries", ""),
        "gemeenschapscentrum-t-hof": ("Gemeenschapscentrum 't Hof", ""),
    }
    changes = [(entry["verb"], entry["balie"]) for entry in log if entry["event"] == "balie_changed"]
    assert changes == [("sync", 1), ("sync", 2), ("sync", 3)]


async def test_what_is_added_works_at_once(bare: Stage) -> None:
    await sync(bare)
    await bare.type("rapport vorig kwartaal cc-de-sluis")
    await bare.pass_time(5)
    (root,) = bare.roots()
    assert root.text.endswith("Klaar. Het antwoord staat in de draad.")


async def test_twice_in_a_row_the_second_says_that_nothing_changed(bare: Stage) -> None:
    await sync(bare)
    before = await mapping(bare)
    assert await sync(bare) == ["Er is niets veranderd.", "3 balies stonden al goed.", OTHERS]
    assert BalieList(bare).note == "Er is niets veranderd."
    assert await mapping(bare) == before


async def test_a_workspace_admin_gets_all_of_theirs(bare: Stage) -> None:
    assert await sync(bare, "noor") == [
        "*2 balies toegevoegd*",
        "• *CC De Sluis* (`cc-de-sluis`)",
        "• *Bibliotheek Oosterwal* (`bibliotheek-oosterwal`)",
    ]


async def test_where_one_is_a_member_nothing_is_added(bare: Stage) -> None:
    assert await sync(bare, "bram") == [
        "Er is niets veranderd.",
        "1 balie heb ik gelaten: daar ben je medewerker en geen beheerder.",
    ]
    assert await mapping(bare) == {}


async def test_who_works_at_no_balie_is_told_so(tmp_path: Path) -> None:
    async with staged(tmp_path, mapped=False) as stage:
        employee = stage.uitpas.employee("noor")
        token, secret = stage.uitpas.issue_token(employee.uid)
        await stage.bot.linking.keep(stage.bot.team, "U0LIEN00001", UserToken(token, secret, employee.uid))
        assert await sync(stage) == [NOWHERE]


async def test_names_and_card_systems_follow_uitpas_and_the_rest_stays(bare: Stage) -> None:
    sluis, hof, kuil = (key_of(bare, number) for number in (77, 102, 131))
    await map_csv(
        bare,
        f"sluis,Oude naam,{sluis.swapcase()},C0DESLUIS01 C0ALGEMEEN1",
        f"hof,Gemeenschapscentrum 't Hof,{hof},",
        f"kuil,De Kuil,{kuil},C0EVENEMENT",
        "elders,Nergens bekend,key-elders,",
    )
    assert await sync(bare) == [
        "*1 balie toegevoegd*",
        "• *Cultuurcafé Wilgendries* (`cultuurcafe-wilgendries`)",
        "*2 balies bijgewerkt*",
        "• `sluis` heet nu *CC De Sluis*, voordien *Oude naam* · kaartsystemen: UiTPAS Lindermeer",
        "• *Gemeenschapscentrum 't Hof* (`hof`) · kaartsystemen: UiTPAS Lindermeer",
        OTHERS,
    ]
    exported = await bare.bot.balies.export_csv(bare.bot.team)
    assert exported.splitlines()[1:] == [
        f"cultuurcafe-wilgendries,Cultuurcafé Wilgendries,{key_of(bare, 251)},",
        "elders,Nergens bekend,key-elders,",
        f"hof,Gemeenschapscentrum 't Hof,{hof},",
        f"kuil,De Kuil,{kuil},C0EVENEMENT",
        f"sluis,CC De Sluis,{sluis},C0ALGEMEEN1 C0DESLUIS01",
    ]


async def test_a_key_that_uitpas_writes_otherwise_is_taken_over_and_not_shown(bare: Stage) -> None:
    await sync(bare)
    key = key_of(bare, 77)
    await map_csv(bare, f"cc-de-sluis,CC De Sluis,{key.swapcase()},")
    assert (await sync(bare))[:2] == ["*1 balie bijgewerkt*", "• *CC De Sluis* (`cc-de-sluis`) · nummer of sleutel"]
    assert f",{key}," in await bare.bot.balies.export_csv(bare.bot.team)
    assert (await sync(bare))[0] == "Er is niets veranderd."


async def test_a_file_does_not_take_away_what_only_uitpas_tells(bare: Stage) -> None:
    await sync(bare)
    text = await bare.bot.balies.export_csv(bare.bot.team)
    await bare.bot.balies.import_csv(bare.bot.team, text)
    assert (await sync(bare))[0] == "Er is niets veranderd."


async def test_a_balie_that_uitpas_lists_twice_is_taken_over_once(bare: Stage) -> None:
    world = bare.uitpas.world
    again = replace(world.balies[0], consumer_key=world.balies[0].consumer_key.swapcase())
    world.balies = (again, *world.balies)
    assert (await sync(bare))[0] == "*3 balies toegevoegd*"
    assert await sync(bare) == ["Er is niets veranderd.", "3 balies stonden al goed.", OTHERS]


async def test_a_balie_without_a_name_keeps_the_one_it_has_or_is_called_by_its_number(bare: Stage) -> None:
    await map_csv(bare, f"hof,Het Hof,{key_of(bare, 102)},")
    world = bare.uitpas.world
    world.balies = tuple(replace(balie, name="") for balie in world.balies)
    lines = await sync(bare)
    assert lines[:3] == ["*2 balies toegevoegd*", "• *balie-77* (`balie-77`)", "• *balie-251* (`balie-251`)"]
    assert (await mapping(bare))["hof"] == ("Het Hof", "")
    assert (await sync(bare))[0] == "Er is niets veranderd."


async def test_an_alias_that_is_taken_gets_a_number(bare: Stage) -> None:
    await map_csv(bare, "cc-de-sluis,Een ander,key-1,", "cc-de-sluis-2,Nog een,key-2,")
    assert (await sync(bare))[1] == "• *CC De Sluis* (`cc-de-sluis-3`)"


async def test_a_balie_that_was_removed_comes_back_under_its_alias_without_channels(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(DEFAULT)
    await balies.press(REMOVE)
    assert (await sync(stage))[:2] == ["*1 balie toegevoegd*", "• *Gemeenschapscentrum 't Hof* (`t-hof`)"]
    assert (await mapping(stage))["t-hof"] == ("Gemeenschapscentrum 't Hof", "")


async def test_a_balie_that_comes_back_gets_another_alias_when_its_own_was_given_away(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(REMOVE)
    await map_csv(stage, "t-hof,Een ander,key-other,")
    assert (await sync(stage))[1] == "• *Gemeenschapscentrum 't Hof* (`gemeenschapscentrum-t-hof`)"


async def test_in_english(bare: Stage) -> None:
    await map_csv(bare, f"schuur,De Schuur,{key_of(bare, 240)},", f"loket,Loket,{key_of(bare, 214)},")
    lines = await sync(bare, "emily")
    assert lines == [
        "*1 desk updated*",
        "• `loket` is *Stadsloket Molenschoot* now, was *Loket* · card systems: UiTPAS Dijkland, Paspoort Veldeke",
        "I left 1 desk alone: you are a member there and no admin.",
    ]
    assert (await sync(bare, "emily"))[:2] == ["Nothing changed.", "1 desk was up to date."]


async def test_nobody_else_reads_of_it_and_nothing_runs(bare: Stage) -> None:
    await sync(bare)
    assert (bare.roots(), bare.whispers("bram")) == ([], [])
    assert [call.name for call in bare.uitpas.calls] == ["balie_list"]


@pytest.mark.parametrize(
    ("kind", "details", "begins"),
    [
        ("revoked", {}, "Je UiTiD-koppeling is verlopen of ingetrokken."),
        ("status", {"status": 503}, "UiTPAS antwoordt nu niet,"),
        ("html", {}, "UiTPAS antwoordt nu niet,"),
        ("code", {"code": "UNKNOWN_USER"}, "UiTPAS wil niet zeggen aan welke balies je werkt,"),
    ],
)
async def test_when_uitpas_does_not_tell_nothing_is_changed(
    stage: Stage, kind: str, details: dict[str, object], begins: str
) -> None:
    before = await mapping(stage)
    stage.uitpas.faults.add("balie_list", kind, times=-1, **details)
    (sentence,) = await sync(stage)
    assert sentence.startswith(begins)
    assert await mapping(stage) == before


async def test_one_silence_of_uitpas_is_asked_again(bare: Stage) -> None:
    bare.uitpas.faults.add("balie_list", "status", status=503)
    assert (await sync(bare))[0] == "*3 balies toegevoegd*"


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        (lambda stage: stage.slack.world.change_person("lien", is_restricted=True), "De bot is er voor volwaardige"),
        (
            lambda stage: stage.slack.faults.add("users.info", "error", times=-1, code="internal_error"),
            "Slack zegt nu niet of je dit mag,",
        ),
    ],
)  # fmt: skip
async def test_slack_is_asked_live_who_somebody_is(
    stage: Stage, change: Callable[[Stage], object], begins: str
) -> None:
    await stage.type("status")
    before = await mapping(stage)
    change(stage)
    (sentence,) = await sync(stage)
    assert sentence.startswith(begins)
    assert await mapping(stage) == before
    assert "balie_list" not in [call.name for call in stage.uitpas.calls]


async def test_who_is_not_linked_is_told_so(tmp_path: Path) -> None:
    async with staged(tmp_path, mapped=False, linked=("bram",)) as stage:
        for user in ("lien", "noor"):
            (sentence,) = await sync(stage, user)
            assert sentence.startswith("Je UiTiD is nog niet gekoppeld,")
        assert list(stage.uitpas.calls) == []
