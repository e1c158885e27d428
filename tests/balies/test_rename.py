"""The form for another alias: whatever is wrong stands at the field, and what is typed later uses the new name."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.demo import EMPLOYEES
from bot.sandbox.uitpas import UitpasSandbox
from bot.services.aliases import VERBS
from tests.support.balies import RENAME, BalieList, map_csv, mapping, tampered, without_ids
from tests.support.forms import anew, remove_balie
from tests.support.stage import Stage, staged

SIGNS = "Gebruik 1 tot 31 kleine letters, cijfers en streepjes, en begin niet met een streepje."
WORD = "Dit is een woord van de opdracht of van een periode. Kies een ander."
TAKEN = "Een andere balie heet al zo. Kies een andere alias."
GONE = "Deze balie staat niet meer op de lijst. Kies een andere, of typ `/uitpas balies`."
FIELD = "balies_alias_typed"
DUTCH = (
    "Alias wijzigen",
    "Wijzigen",
    "Annuleren",
    "*Gemeenschapscentrum 't Hof* heet nu `t-hof`.",
    "Nieuwe alias",
    "Zo typt iedereen deze balie in een opdracht. Kleine letters, cijfers en streepjes, hoogstens 31.",
)
ENGLISH = (
    "Change the alias",
    "Change",
    "Cancel",
    "*Gemeenschapscentrum 't Hof* is called `t-hof` now.",
    "New alias",
    "This is how everybody types this desk in a command. Small letters, digits and dashes, at most 31.",
)


@pytest.mark.parametrize(("user", "words"), [("lien", DUTCH), ("emily", ENGLISH)])
async def test_the_form_holds_the_alias_as_it_is(stage: Stage, user: str, words: tuple[str, ...]) -> None:
    balies = BalieList(stage, user)
    await balies.open("t-hof")
    await balies.press(RENAME)
    title, submit, close, which, label, hint = words
    content = {name: value for name, value in balies.form.content.items() if name != "private_metadata"}
    assert {**content, "blocks": without_ids(content["blocks"])} == {
        "type": "modal",
        "callback_id": "balies_alias",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": submit},
        "close": {"type": "plain_text", "text": close},
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": which}},
            {
                "type": "input",
                "label": {"type": "plain_text", "text": label},
                "hint": {"type": "plain_text", "text": hint},
                "element": {
                    "type": "plain_text_input",
                    "action_id": FIELD,
                    "initial_value": "t-hof",
                    "focus_on_load": True,
                },
            },
        ],
    }


@pytest.mark.parametrize("typed", ["hof", "HOF", " @Hof ", "@hof"])
async def test_a_balie_gets_another_alias_and_is_found_by_it(stage: Stage, typed: str) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(RENAME)
    with capture_logs() as log:
        assert await balies.hand_in(typed) == {}
    assert not balies.is_form_open
    assert balies.said == [
        "*Gemeenschapscentrum 't Hof* heet voortaan `hof`.",
        "*Gemeenschapscentrum 't Hof* (`hof`)",
    ]
    assert (balies.note, len(stage.whispers())) == (balies.said[0], 1)
    changes = [entry for entry in log if entry["event"] == "balie_changed"]
    assert changes == [{"event": "balie_changed", "verb": "rename", "balie": 2, "log_level": "info"}]
    assert sorted(await mapping(stage)) == [
        *("de-kuil", "de-sluis", "het-vlot", "hof", "molenschoot", "oosterwal", "oude-schuur", "wilgendries"),
    ]
    await stage.type("rapport vorig kwartaal hof")
    (root,) = stage.roots()
    assert root.text.startswith("Onkostennota van Gemeenschapscentrum 't Hof, ")


async def test_the_default_of_a_channel_stays_so_under_another_alias(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("de-sluis")
    await balies.press(RENAME)
    await balies.hand_in("sluis")
    assert balies.said[1] == ("*CC De Sluis* (`sluis`)\n*de standaard van dit kanaal*")
    assert (await mapping(stage))["sluis"] == ("CC De Sluis", "C0DESLUIS01")


WRONG = [
    *((alias, SIGNS) for alias in ("-hof", "het hof", "het_hof", "hóf", "x" * 32, "@@h", "٣", "a.b", "<!here>", "@")),
    *((alias, WORD) for alias in ("Rapport", "juli", "q3", "2026", "vorig", "2026-07-01", "STATUS", "@kaart")),
    ("de-sluis", TAKEN),
    ("De-Sluis", TAKEN),
    ("t-hof", "Zo heet deze balie al."),
    ("@T-HOF", "Zo heet deze balie al."),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
async def test_a_wrong_alias_is_told_at_its_field_and_the_form_stays(stage: Stage, typed: str, sentence: str) -> None:
    before = await mapping(stage)
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(RENAME)
    assert await balies.hand_in(typed) == {FIELD: sentence}
    assert await mapping(stage) == before
    assert await balies.hand_in("hof") == {}
    assert "hof" in await mapping(stage)


@pytest.mark.parametrize("word", sorted(VERBS))
async def test_no_word_of_the_command_can_be_an_alias(stage: Stage, word: str) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(RENAME)
    assert await balies.hand_in(word) == {FIELD: WORD}


async def test_an_alias_of_another_workspace_is_free(stage: Stage) -> None:
    await stage.bot.balies.import_csv("T0ANDERE000", "alias,name,consumer_key,channels\nhof,Elders,key-elders,\n")
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(RENAME)
    assert await balies.hand_in("hof") == {}


async def test_an_alias_of_a_balie_that_was_removed_is_free(stage: Stage) -> None:
    remove_balie(stage, "de-kuil")
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(RENAME)
    assert await balies.hand_in("de-kuil") == {}


async def test_a_balie_removed_while_the_form_was_open_is_told_at_the_field(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(RENAME)
    remove_balie(stage, "t-hof")
    assert await balies.hand_in("hof") == {FIELD: "Deze balie staat niet meer op de lijst."}


async def test_no_form_opens_for_a_balie_that_is_gone(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    tampered(stage, "99")
    await balies.press(RENAME)
    assert (balies.said, balies.is_form_open) == ([GONE], False)


async def test_a_form_that_slack_does_not_open_in_time_is_told(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    stage.slack.faults.add("views.open", "error", code="expired_trigger_id")
    await balies.press(RENAME)
    assert balies.said[0] == "Slack opende het formulier niet op tijd. Klik nog eens op de knop."
    await balies.press(RENAME)
    assert balies.is_form_open


@pytest.mark.parametrize(
    ("meanwhile", "shown"),
    [
        ("taken", "De alias is niet gewijzigd: intussen heet een andere balie `hof`."),
        ("removed", GONE),
    ],
)
async def test_what_changes_while_uitpas_is_asked_is_seen(tmp_path: Path, meanwhile: str, shown: str) -> None:
    async def change() -> None:
        if meanwhile == "taken":
            await map_csv(stage, "hof,Een ander,key-other,")
        else:
            remove_balie(stage, "t-hof")

    async with interrupted(tmp_path, change) as stage:
        balies = BalieList(stage)
        await balies.open("t-hof")
        await balies.press(RENAME)
        assert await balies.hand_in("hof") == {}
        assert balies.said[0] == shown
        assert (await mapping(stage)).get("hof", ("", ""))[0] == ("Een ander" if meanwhile == "taken" else "")


@asynccontextmanager
async def interrupted(folder: Path, change: Callable[[], Awaitable[None]]) -> AsyncIterator[Stage]:
    """Set the stage with a UiTPAS before whose list of balies something is done."""

    async def watch(phase: str, call: str) -> None:
        if (phase, call) == ("before", "balie_list"):
            await change()

    async with staged(folder) as first, AsyncExitStack() as stack:
        clock = first.clock
        uitpas = UitpasSandbox(report_seconds=0, now=clock.now, sleep=clock.sleep, observer=watch)
        await uitpas.start()
        stack.push_async_callback(uitpas.aclose)
        second = await stack.enter_async_context(anew(first, uitpas_api_url=uitpas.api_url))
        stage = replace(second, uitpas=uitpas)
        for user in EMPLOYEES:
            await stage.link(user)
        yield stage
