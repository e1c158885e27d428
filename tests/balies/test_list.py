"""`/uitpas balies`: what is mapped, in pages, for full members alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.balies import BACK, CHOOSE, NEXT, PREVIOUS, BalieList, map_csv, tampered, without_ids
from tests.support.stage import Stage, staged

HEAD = "*Balies van deze werkruimte*, 1–8 van 8"
REST = [
    "• *Jeugdhuis Het Vlot* (`het-vlot`)",
    "• *Stadsloket Molenschoot* (`molenschoot`)",
    "• *Bibliotheek Oosterwal* (`oosterwal`)",
    "• *Museum De Oude Schuur* (`oude-schuur`)",
    "• *Gemeenschapscentrum 't Hof* (`t-hof`)",
    "• *Cultuurcafé Wilgendries* (`wilgendries`)",
]
KUIL = "• *Zwembad De Kuil &amp; Zonen* (`de-kuil`)"
NONE = (
    "Er zijn nog geen balies ingesteld in deze werkruimte. Typ `/uitpas balies synchroniseer` om de balies toe te"
    " voegen waarvan je beheerder bent, of vraag de beheerder van de bot om ze in te laden."
)
NOT_MEMBER = "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de balies te bekijken."
LEFT_OVER = (
    "Dat begrijp ik niet. Typ `/uitpas balies` voor de lijst, of `/uitpas balies synchroniseer` om je balies uit UiTPAS"
    " over te nemen."
)


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with nothing mapped."""
    async with staged(tmp_path, mapped=False) as ready:
        yield ready


async def test_the_list_names_every_balie_and_marks_the_default_of_the_channel(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.type()
    sluis = "• *CC De Sluis* (`de-sluis`) · *de standaard van dit kanaal*"
    assert balies.answer.text == "Balies van deze werkruimte"
    assert without_ids(balies.answer.blocks) == [
        {"type": "section", "text": {"type": "mrkdwn", "text": HEAD}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join([KUIL, sluis, *REST])}},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "external_select",
                    "action_id": "balies_choose",
                    "placeholder": {"type": "plain_text", "text": "Zoek een balie"},
                    "min_query_length": 0,
                }
            ],
        },
    ]


async def test_elsewhere_the_same_balie_is_no_default(stage: Stage) -> None:
    sluis = "• *CC De Sluis* (`de-sluis`) · standaard in <#C0DESLUIS01>"
    assert await BalieList(stage, channel="algemeen").type() == [HEAD, "\n".join([KUIL, sluis, *REST])]


@pytest.mark.parametrize("words", ["counters", "BALIES", "balies  "])
async def test_the_list_is_in_the_language_of_whoever_asks(stage: Stage, words: str) -> None:
    balies = BalieList(stage, "emily")
    head, lines = await balies.type(words)
    assert (balies.answer.text, head) == ("Desks of this workspace", "*Desks of this workspace*, 1–8 of 8")
    assert lines.splitlines()[1] == ("• *CC De Sluis* (`de-sluis`) · *the default of this channel*")


async def test_the_list_is_for_the_asker_alone(stage: Stage) -> None:
    await BalieList(stage).type()
    assert (stage.roots(), stage.whispers("bram"), list(stage.uitpas.calls)) == ([], [], [])


async def test_card_systems_are_named_once_uitpas_told_them(stage: Stage) -> None:
    await BalieList(stage).type("balies synchroniseer")
    _, lines = await BalieList(stage, channel="algemeen").type()
    assert lines.splitlines()[1:4] == [
        "• *CC De Sluis* (`de-sluis`) · UiTPAS Lindermeer · standaard in <#C0DESLUIS01>",
        *REST[:2],
    ]


async def test_what_people_called_a_balie_and_its_many_channels_keep_to_their_line(bare: Stage) -> None:
    channels = " ".join(f"C0{number:03}" for number in range(12))
    await map_csv(bare, f'a,"<!channel> *B* & `C`\u202e {"x" * 200}",key-1,{channels}')
    _, line = await BalieList(bare).type()
    assert line == (
        f"• *&lt;!channel&gt; *B* &amp; `C` {'x' * 58}…* (`a`) · standaard in <#C0000>, <#C0001>, <#C0002>, <#C0003>,"
        " <#C0004> en nog 7"
    )


async def test_a_long_list_is_read_in_pages_in_the_same_message(bare: Stage) -> None:
    await map_csv(bare, *(f"b{number:02},Balie {number},key-{number}," for number in range(1, 32)))
    balies = BalieList(bare)
    await balies.type()
    seen = [(balies.said, balies.buttons)]
    for action in (NEXT, NEXT, PREVIOUS, PREVIOUS):
        await balies.press(action)
        seen.append((balies.said, balies.buttons))
    first, second, third = (page(1, 15, "Volgende"), page(16, 30, "Vorige", "Volgende"), page(31, 31, "Vorige"))
    assert seen == [first, second, third, second, first]
    assert len(bare.whispers()) == 1


@pytest.mark.parametrize(
    ("value", "first", "last"), [("99", 31, 31), ("0", 1, 15), ("-1", 1, 15), ("x", 1, 15), ("9" * 30, 1, 15)]
)
async def test_a_page_that_is_not_there_is_the_nearest_one(bare: Stage, value: str, first: int, last: int) -> None:
    await map_csv(bare, *(f"b{number:02},Balie {number},key-{number}," for number in range(1, 32)))
    balies = BalieList(bare)
    await balies.type()
    tampered(bare, value)
    await balies.press(NEXT)
    assert balies.said == page(first, last)[0]


@pytest.mark.parametrize("words", ["balies", "counters"])
async def test_without_balies_the_list_says_how_to_begin(bare: Stage, words: str) -> None:
    assert await BalieList(bare).type(words) == [NONE]


async def test_one_balie_is_shown_with_what_can_be_done_to_it(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    assert (balies.answer.text, balies.said) == (
        "*Gemeenschapscentrum 't Hof* (`t-hof`)",
        ["*Gemeenschapscentrum 't Hof* (`t-hof`)"],
    )
    assert balies.buttons == ["Maak hier de standaard", "Alias wijzigen", "Van de lijst halen", "Naar de lijst"]
    assert balies.answer.blocks[-1]["elements"][0]["text"] == (
        "Wijzigen kan een beheerder van deze balie of van deze werkruimte. De standaard is de balie die bedoeld wordt"
        " als er geen genoemd wordt."
    )
    await balies.press(BACK)
    assert balies.said[0] == HEAD
    assert len(stage.whispers()) == 1


async def test_the_default_of_the_channel_can_not_be_made_so_again(stage: Stage) -> None:
    balies = BalieList(stage, "emily")
    await balies.open("de-sluis")
    assert balies.said == [
        "*CC De Sluis* (`de-sluis`)\n*the default of this channel*",
    ]
    assert balies.buttons == ["Change the alias", "Take off the list", "To the list"]


@pytest.mark.parametrize("words", ["balies weg", "balies synchroniseer nu", "counters list"])
async def test_other_words_are_not_understood(stage: Stage, words: str) -> None:
    assert await BalieList(stage).type(words) == [LEFT_OVER]
    assert list(stage.uitpas.calls) == []


@pytest.mark.parametrize("words", ["balies", "balies synchroniseer"])
async def test_a_guest_sees_no_balies(stage: Stage, words: str) -> None:
    assert await BalieList(stage, "gust").type(words) == [NOT_MEMBER]
    assert list(stage.uitpas.calls) == []


@pytest.mark.parametrize(("action", "chosen"), [(NEXT, None), (CHOOSE, "1")])
async def test_who_became_a_guest_meanwhile_gets_no_further(bare: Stage, action: str, chosen: str | None) -> None:
    await map_csv(bare, *(f"b{number:02},Balie {number},key-{number}," for number in range(1, 32)))
    balies = BalieList(bare)
    await balies.type()
    assert await balies.search("b01") == ["Balie 1 (b01)"]
    bare.slack.world.change_person("lien", is_restricted=True)
    bare.clock.advance(25 * 3600)
    await bare.click(action, balies.answer, selected=chosen)
    assert balies.note == NOT_MEMBER


async def test_while_slack_does_not_say_who_they_are_nobody_sees_balies(stage: Stage) -> None:
    stage.slack.faults.add("users.info", "error", times=-1, code="internal_error")
    assert await BalieList(stage).type() == [NOT_MEMBER]


@pytest.mark.parametrize("value", ["99", "0", "x", "", "9" * 30, "1 OR 1=1"])
async def test_a_balie_that_is_not_there_is_not_shown(stage: Stage, value: str) -> None:
    balies = BalieList(stage)
    await balies.type()
    tampered(stage, value)
    await balies.choose("t-hof")
    assert (balies.said, balies.buttons) == (
        ["Deze balie staat niet meer op de lijst. Kies een andere, of typ `/uitpas balies`."],
        ["Naar de lijst"],
    )


async def test_a_balie_of_another_workspace_is_not_there(stage: Stage) -> None:
    await stage.bot.balies.import_csv("T0ANDERE000", "alias,name,consumer_key,channels\nelders,Elders,key-elders,\n")
    balies = BalieList(stage)
    await balies.type()
    assert await balies.search("elders") == []
    tampered(stage, "9")
    await balies.choose("t-hof")
    assert balies.said == ["Deze balie staat niet meer op de lijst. Kies een andere, of typ `/uitpas balies`."]


def page(first: int, last: int, *buttons: str) -> tuple[list[str], list[str]]:
    """Return what a page of 31 numbered balies says, and its buttons."""
    head = f"*Balies van deze werkruimte*, {first}–{last} van 31"
    lines = [f"• *Balie {number}* (`b{number:02}`)" for number in range(first, last + 1)]
    return [head, "\n".join(lines)], list(buttons)
