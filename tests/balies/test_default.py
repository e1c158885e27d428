"""Making a balie the default of a channel: it is meant from then on when none is named."""

from structlog.testing import capture_logs

from tests.support.balies import DEFAULT, BalieList, mapping, tampered
from tests.support.stage import Stage

GONE = "Deze balie staat niet meer op de lijst. Kies een andere, of typ `/uitpas balies`."


async def test_a_channel_without_a_default_gets_one(stage: Stage) -> None:
    balies = BalieList(stage, channel="algemeen")
    await balies.open("t-hof")
    await balies.press(DEFAULT)
    assert balies.said == [
        "*Gemeenschapscentrum 't Hof* is nu de standaard van dit kanaal.",
        "*Gemeenschapscentrum 't Hof* (`t-hof`)\n*de standaard van dit kanaal*",
    ]
    assert balies.buttons == ["Alias wijzigen", "Van de lijst halen", "Naar de lijst"]
    assert balies.note == balies.said[0]
    await stage.type("rapport vorig kwartaal", channel="algemeen")
    (root,) = stage.roots("algemeen")
    assert root.text.startswith("Onkostennota van Gemeenschapscentrum 't Hof, ")


async def test_a_default_takes_the_place_of_another_in_that_channel_alone(stage: Stage) -> None:
    elsewhere = BalieList(stage, "noor", channel="algemeen")
    await elsewhere.open("de-sluis")
    await elsewhere.press(DEFAULT)
    balies = BalieList(stage)
    await balies.open("t-hof")
    with capture_logs() as log:
        await balies.press(DEFAULT)
    assert balies.said[0] == (
        "*Gemeenschapscentrum 't Hof* is nu de standaard van dit kanaal. Voordien was dat *CC De Sluis*."
    )
    assert {alias: channels for alias, (_, channels) in (await mapping(stage)).items() if channels} == {
        "de-sluis": "C0ALGEMEEN1",
        "t-hof": "C0DESLUIS01",
    }
    changes = [entry for entry in log if entry["event"] == "balie_changed"]
    assert changes == [{"event": "balie_changed", "verb": "default", "balie": 2, "log_level": "info"}]


async def test_it_is_said_in_the_language_of_whoever_clicks(stage: Stage) -> None:
    balies = BalieList(stage, "emily")
    await balies.open("molenschoot")
    await balies.press(DEFAULT)
    assert balies.said == [
        "*Stadsloket Molenschoot* is the default of this channel now. Before, that was *CC De Sluis*.",
        "*Stadsloket Molenschoot* (`molenschoot`)\n*the default of this channel*",
    ]


async def test_direct_messages_have_a_default_too(stage: Stage) -> None:
    direct = stage.slack.world.open_im("lien")
    balies = BalieList(stage, channel=direct)
    await balies.open("t-hof")
    await balies.press(DEFAULT)
    await stage.type("rapport vorig kwartaal", channel=direct)
    (root,) = stage.roots(direct)
    assert root.text.startswith("Onkostennota van Gemeenschapscentrum 't Hof, ")


async def test_pressed_twice_it_stays_so(stage: Stage) -> None:
    balies = BalieList(stage)
    await balies.open("t-hof")
    await balies.press(DEFAULT)
    await stage.slack.again(stage.slack.deliveries[-1])
    await stage.settle()
    assert balies.said[0] == "*Gemeenschapscentrum 't Hof* is nu de standaard van dit kanaal."
    assert (await mapping(stage))["t-hof"] == ("Gemeenschapscentrum 't Hof", "C0DESLUIS01")


async def test_a_balie_that_is_gone_is_no_default(stage: Stage) -> None:
    before = await mapping(stage)
    balies = BalieList(stage, "noor")
    await balies.open("t-hof")
    tampered(stage, "99")
    await balies.press(DEFAULT)
    assert (balies.said, balies.buttons) == ([GONE], ["Naar de lijst"])
    assert await mapping(stage) == before
