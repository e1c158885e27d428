"""`/uitpas help` and `/uitpas status`: what can be typed, and what runs, without telling what others do elsewhere."""

import pytest

from bot.sandbox.slack.records import Message
from handlers.manifest import TOPICS
from tests.support.stage import Stage

ASK = "rapport vorig kwartaal"
QUARTER = "1 april – 30 juni 2026"
HEAD = "*Onkostennota's van de voorbije week, hier en van jou*"
NOTHING = (
    "Er loopt niets, en de voorbije week is hier niets gevraagd. Typ `/uitpas rapport vorig kwartaal` om te beginnen."
)
REFUSED = "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de onkostennota op te vragen."
LIEN, BRAM = "<@U0LIEN00001>", "<@U0BRAM00002>"


@pytest.mark.parametrize("words", ["", "help", "HELP", "help rapport", "  help  "])
async def test_help_lists_what_can_be_typed(stage: Stage, words: str) -> None:
    await stage.type(words)
    (page,) = whispered(stage)
    assert page.text == "Hulp bij /uitpas"
    assert texts(page) == [
        "*Dit kan je typen:*",
        (
            "• `/uitpas rapport vorig kwartaal [balie]`: vraagt de onkostennota van een periode en zet ze in een"
            " draad\n"
            "• `/uitpas kaart [nummer] [periode]`: toont alleen aan jou waarvoor de punten van een kaart zijn"
            " omgeruild\n"
            "• `/uitpas balies`: toont de balies van deze werkruimte en welke hier de standaard is\n"
            "• `/uitpas digest`: bezorgt hier vanzelf de onkostennota's van een of meer balies, elke maand of elk"
            " kwartaal\n"
            "• `/uitpas koppel`: koppelt je UiTiD, zodat ik UiTPAS iets mag vragen in jouw naam\n"
            "• `/uitpas ontkoppel`: maakt je UiTiD los van deze bot\n"
            "• `/uitpas status`: toont wat loopt en wat pas klaar is, hier en van jou\n"
            "• `/uitpas help`: toont wat je kan typen"
        ),
    ]


async def test_help_speaks_the_language_of_who_asks(stage: Stage) -> None:
    await stage.type("help", user="emily")
    (page,) = whispered(stage, "emily")
    assert page.text == "Help for /uitpas"
    assert texts(page) == [
        "*What you can type:*",
        (
            "• `/uitpas report last quarter [desk]`: asks for the expense claim of a period and puts it in a thread\n"
            "• `/uitpas card [number] [period]`: shows you alone what the points of a card were swapped for\n"
            "• `/uitpas counters`: shows the desks of this workspace and which is the default here\n"
            "• `/uitpas digest`: delivers the expense claims of one or more desks here by itself, every month or"
            " quarter\n"
            "• `/uitpas connect`: links your UiTiD, so that I may ask UiTPAS in your name\n"
            "• `/uitpas disconnect`: unlinks your UiTiD from this bot\n"
            "• `/uitpas status`: shows what is running and what finished lately, here and yours\n"
            "• `/uitpas help`: shows what you can type"
        ),
    ]


async def test_every_verb_in_the_help_is_one_the_command_knows(stage: Stage) -> None:
    for user in ("lien", "emily"):
        await stage.type("help", user=user)
        (page,) = whispered(stage, user)
        verbs = [line.split("`")[1].removeprefix("/uitpas ").split()[0] for line in texts(page)[1].splitlines()]
        assert len(verbs) == len(TOPICS)
        for verb in verbs:
            before = len(whispered(stage, user))
            await stage.type(verb, user=user)
            forms = stage.slack.world.views(user)
            assert len(whispered(stage, user)) - before + len(forms) == 1, "a form or an answer for each"
            for form in forms:
                await stage.slack.close_view(stage.slack.world.person(user).id, form.id)
        later = [message.text for message in whispered(stage, user)[1:]]
        assert not any("ken ik niet" in text or "I don't know" in text for text in later)


async def test_a_guest_gets_help_but_no_status(stage: Stage) -> None:
    await stage.type("help", user="gust")
    await stage.type("status", user="gust")
    help_page, refusal = stage.whispers("gust")
    assert (help_page, refusal) == ("Hulp bij /uitpas", REFUSED)


async def test_help_is_for_the_asker_alone(stage: Stage) -> None:
    await stage.type("help")
    assert (stage.roots(), whispered(stage, "bram"), list(stage.uitpas.calls)) == ([], [], [])


async def test_a_status_without_anything_says_how_to_begin(stage: Stage) -> None:
    await stage.type("status")
    await stage.type("status", user="emily")
    assert stage.whispers() == [NOTHING]
    assert stage.whispers("emily") == [
        "Nothing is running, and nothing was asked here in the past week. Type `/uitpas report last quarter` to begin."
    ]


async def test_a_status_tells_what_runs_and_what_it_came_to(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    assert await status(stage) == [f"• *CC De Sluis*, {QUARTER}: UiTPAS maakt ze (gevraagd door {LIEN}, {at('10:00')})"]
    await stage.pass_time(700, steps=35)
    assert (await status(stage))[0].startswith(f"• *CC De Sluis*, {QUARTER}: duurt langer dan gewoonlijk")
    stage.uitpas.faults.clear()
    await stage.pass_time(60)
    assert (await status(stage))[0].startswith(f"• *CC De Sluis*, {QUARTER}: bezorgd")


async def test_every_end_has_its_word(stage: Stage) -> None:
    await stage.type(f"{ASK} wilgendries")
    await stage.pass_time(60)
    await stage.type(f"{ASK} de-kuil", user="bram")
    await stage.pass_time(60)
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await stage.type(ASK)
    await stage.click("report_cancel", stage.roots()[-1])
    await stage.pass_time(60)
    await stage.type("rapport juni 2026")
    await stage.pass_time(21_700, steps=400)
    stage.uitpas.faults.clear()
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type("rapport mei 2026")
    assert [line.partition(": ")[2].partition(" (")[0] for line in await status(stage)] == [
        "staat stil, de koppeling is beëindigd",
        "niet op tijd klaar",
        "geannuleerd",
        "niet gelukt",
        "niets geregistreerd",
    ]


async def test_a_status_reads_the_names_of_balies_literally(stage: Stage) -> None:
    await stage.type(f"{ASK} de-kuil")
    assert (await status(stage))[0].startswith("• *Zwembad De Kuil &amp; Zonen*, ")


async def test_a_status_is_in_the_language_of_who_asks(stage: Stage) -> None:
    await stage.type(ASK)
    await stage.pass_time(2)
    await stage.type("status", user="emily")
    listing = whispered(stage, "emily")[-1]
    assert texts(listing) == [
        "*Expense claims of the past week*",
        f"• *CC De Sluis*, 1 April – 30 June 2026: delivered (asked for by {LIEN}, 15 July 2026, 10:00)",
    ]


async def test_after_a_week_a_report_is_left_out_unless_it_still_runs(stage: Stage) -> None:
    await stage.type(ASK)
    await stage.pass_time(2)
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type("rapport juni 2026")
    await stage.pass_time(7 * 24 * 3600 + 1, steps=50)
    (paused,) = await status(stage)
    assert "1 juni – 30 juni 2026: staat stil" in paused


async def test_a_status_shows_ones_own_from_everywhere_and_here_that_of_all(stage: Stage) -> None:
    await stage.type(ASK)
    await stage.pass_time(60)
    await stage.type("rapport juni 2026 t-hof", channel="algemeen")
    await stage.pass_time(60)
    await stage.type("rapport mei 2026 de-sluis", user="bram")
    await stage.pass_time(60)
    mine, hof, june = (
        f"• *CC De Sluis*, 1 mei – 31 mei 2026: bezorgd (gevraagd door {BRAM}, {at('10:02')})",
        f"• *Gemeenschapscentrum 't Hof*, 1 juni – 30 juni 2026: bezorgd (gevraagd door {LIEN}, {at('10:01')})",
        f"• *CC De Sluis*, {QUARTER}: bezorgd (gevraagd door {LIEN}, {at('10:00')})",
    )
    assert await status(stage) == [mine, hof, june]
    assert await status(stage, user="bram") == [mine, june]
    assert await status(stage, user="bram", channel="algemeen") == [mine, hof]
    assert await status(stage, user="joris", channel="algemeen") == [hof]


async def test_what_is_asked_in_a_private_channel_is_told_nowhere_else(stage: Stage) -> None:
    await stage.type(ASK, user="bram")
    await stage.pass_time(2)
    for place in ("algemeen", "evenementen", "partners", stage.slack.world.open_im("lien")):
        assert await status(stage, channel=place) == [], f"lien sees nothing of it in {place}"


async def test_what_is_asked_in_a_direct_message_is_told_to_nobody_else(stage: Stage) -> None:
    await stage.type(f"{ASK} de-sluis", user="bram", channel=stage.slack.world.open_im("bram"))
    await stage.pass_time(2)
    for place in (stage.where, "algemeen", stage.slack.world.open_im("lien")):
        assert await status(stage, channel=place) == []
    assert len(await status(stage, user="bram")) == 1


async def test_what_moved_to_a_direct_message_is_told_to_nobody_else(stage: Stage) -> None:
    await stage.type(f"{ASK} de-sluis", user="bram", channel="evenementen")
    await stage.pass_time(2)
    assert len(stage.dms("bram")) == 1
    assert await status(stage, channel="evenementen") == []


async def status(stage: Stage, *, user: str = "lien", channel: str | None = None) -> list[str]:
    """Ask for the status; return its lines, none when there is nothing to tell."""
    await stage.type("status", user=user, channel=channel)
    answer = whispered(stage, user, channel)[-1]
    if answer.text == NOTHING:
        return []
    head, *pages = texts(answer)
    assert (answer.text, head) == ("Onkostennota's van de voorbije week", HEAD)
    return "\n".join(pages).splitlines()


def whispered(stage: Stage, user: str = "lien", channel: str | None = None) -> list[Message]:
    """Return the messages that only this person sees."""
    return stage.slack.world.ephemerals(user, channel or stage.where)


def texts(message: Message) -> list[str]:
    """Return what each section of a message says."""
    return [block["text"]["text"] for block in message.blocks]


def at(clock: str) -> str:
    """Return how a moment of the day on the stage is written."""
    return f"15 juli 2026, {clock}"
