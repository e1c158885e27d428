"""The first minute: nothing mapped, nobody linked, nobody known; and who may not work with the bot at all."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.models import UserToken
from bot.sandbox.slack.records import Message
from tests.support.stage import Stage, staged

ASK = "rapport vorig kwartaal"
QUARTER = "1 april – 30 juni 2026"
OPEN = "algemeen"
"""A channel that is the default of no balie."""
NOT_LINKED = (
    "Koppel eerst je UiTiD met `/uitpas koppel`: zonder mag ik UiTPAS niets vragen in jouw naam. Daarna gaat je"
    " onkostennota vanzelf verder."
)
NOT_ALLOWED = (
    "De bot is er voor volwaardige leden van deze werkruimte. Vraag een collega om de onkostennota op te vragen."
)
UNREADABLE_NL, UNREADABLE_EN = "Die periode begrijp ik niet.", "I don't understand that period."


@pytest.fixture
async def unlinked(tmp_path: Path, *, socket: bool) -> AsyncIterator[Stage]:
    """The bot as it is before anybody linked a UiTiD."""
    async with staged(tmp_path, socket=socket, linked=()) as ready:
        yield ready


async def test_without_balies_the_answer_says_who_loads_them(tmp_path: Path, *, socket: bool) -> None:
    async with staged(tmp_path, socket=socket, mapped=False) as stage:
        await stage.type(ASK)
        await stage.type(f"{ASK} de-sluis")
        answer = (
            "Er zijn nog geen balies ingesteld in deze werkruimte. Ben je beheerder van een balie, typ dan"
            " `/uitpas balies synchroniseer`; of vraag het aan de beheerder van de bot."
        )
        assert stage.whispers() == [answer, answer]
        assert nothing_began(stage)


async def test_without_a_link_the_answer_says_how_to_link_and_then_it_works(unlinked: Stage) -> None:
    await unlinked.type(ASK)
    assert (unlinked.whispers(), nothing_began(unlinked)) == ([NOT_LINKED], True)
    await unlinked.link("lien")
    await unlinked.type(ASK)
    await unlinked.pass_time(2)
    assert len(unlinked.replies()) == 2
    await unlinked.type(ASK, user="bram")
    assert unlinked.whispers("bram") == [NOT_LINKED], "one person's link is no one else's"


async def test_whose_link_has_ended_is_told_so_at_the_next_question(stage: Stage) -> None:
    stage.uitpas.faults.add("start_report", "revoked")
    await stage.type(ASK)
    asked = len(stage.uitpas.calls)
    await stage.type("rapport juni 2026")
    (answer,) = stage.whispers()
    assert answer == (
        "Je UiTiD-koppeling is verlopen of ingetrokken. Typ `/uitpas koppel` om opnieuw te koppelen; wat stilstaat,"
        " gaat dan vanzelf verder."
    )
    assert (len(stage.roots()), len(stage.uitpas.calls)) == (1, asked)


async def test_a_guest_never_seen_before_is_refused_before_anything_leaves(unlinked: Stage) -> None:
    await link_as_greet(unlinked, "gust")
    delivery = await unlinked.type(f"{ASK} t-hof", user="gust")
    await unlinked.pass_time(3600, steps=6)
    assert (delivery.error, delivery.ack) == (None, {}), "Slack had to be asked, so the acknowledgement can't say it"
    assert nothing_began(unlinked, but_dms_of="gust")
    assert [message.text for message in unlinked.dms("gust")] == [NOT_ALLOWED]


async def test_a_guest_who_is_known_is_refused_in_the_acknowledgement(unlinked: Stage) -> None:
    await link_as_greet(unlinked, "gust")
    await unlinked.type("rapport ooit", user="gust")
    asked = methods(unlinked)
    delivery = await unlinked.type(f"{ASK} t-hof", user="gust")
    assert delivery.ack["text"] == NOT_ALLOWED
    assert methods(unlinked) == asked
    assert nothing_began(unlinked)


async def test_a_guest_is_offered_no_balies(unlinked: Stage) -> None:
    await link_as_greet(unlinked, "gust")
    await unlinked.type(ASK, user="gust", channel=OPEN)
    (select,) = unlinked.slack.world.ephemerals("gust", OPEN)
    assert await unlinked.slack.options(unlinked.slack.world.person("gust").id, select, "report_balie", "") == []
    assert nothing_began(unlinked)


async def test_whoever_became_a_guest_since_is_noticed_within_a_day(stage: Stage) -> None:
    await stage.type(ASK)
    await stage.pass_time(2)
    stage.slack.world.change_person("lien", is_restricted=True)
    stage.clock.advance(24 * 3600 + 1)
    started = [call.name for call in stage.uitpas.calls].count("start_report")
    await stage.type("rapport juni 2026")
    await stage.pass_time(60)
    assert [call.name for call in stage.uitpas.calls].count("start_report") == started
    assert len(stage.roots()) == 1
    assert [message.text for message in stage.dms()] == [NOT_ALLOWED]


async def test_whoever_is_deactivated_right_after_asking_gets_nothing_posted(stage: Stage) -> None:
    await stage.type(ASK, user="bram", then_settle=False)
    stage.slack.world.change_person("bram", deleted=True)
    await stage.pass_time(3600, steps=6)
    assert nothing_began(stage)


async def test_somebody_of_another_workspace_is_told_nothing_and_gets_nothing(stage: Stage) -> None:
    await link_as_greet(stage, "sofie")
    await stage.type(f"{ASK} t-hof", user="sofie", channel="partners")
    await stage.pass_time(3600, steps=6)
    assert nothing_began(stage, but_dms_of="sofie")
    assert all(whisper == NOT_ALLOWED for whisper in stage.whispers("sofie", "partners"))


async def test_a_person_who_is_new_is_answered_in_their_language_after_the_acknowledgement(stage: Stage) -> None:
    delivery = await stage.type("report ooit", user="emily")
    assert (delivery.error, delivery.ack) == (None, {})
    (answer,) = stage.whispers("emily")
    assert answer.startswith(UNREADABLE_EN)
    assert methods(stage)[-2:] == ["users.info", "response_url"]


async def test_a_person_who_is_known_is_answered_in_the_acknowledgement(stage: Stage) -> None:
    await stage.type("report ooit", user="emily")
    asked = methods(stage)
    delivery = await stage.type("report ooit", user="emily")
    assert delivery.ack["text"].startswith(UNREADABLE_EN)
    assert methods(stage) == asked, "nothing is asked of Slack and nothing is sent to it"
    assert stage.whispers("emily")[1] == delivery.ack["text"]


async def test_a_language_is_asked_for_again_after_a_day(stage: Stage) -> None:
    await stage.type("report ooit", user="emily")
    stage.slack.world.change_person("emily", locale="nl-BE")
    await stage.pass_time(23 * 3600)
    await stage.type("report ooit", user="emily")
    await stage.pass_time(3600)
    await stage.type("report ooit", user="emily")
    before, still, since = stage.whispers("emily")
    assert (still, since.startswith(UNREADABLE_NL)) == (before, True)


@pytest.mark.parametrize(("language", "answer"), [("nl", UNREADABLE_NL), ("en", UNREADABLE_EN)])
async def test_whose_slack_speaks_neither_language_is_answered_in_that_of_the_bot(
    tmp_path: Path, language: str, answer: str, *, socket: bool
) -> None:
    async with staged(tmp_path, socket=socket, baliebot_locale=language) as stage:
        await stage.type("rapport ooit", user="chloe")
        assert stage.whispers("chloe")[0].startswith(answer)


async def test_without_slacks_word_on_the_language_the_answer_comes_all_the_same(stage: Stage) -> None:
    stage.slack.faults.add("users.info", "error", times=-1, code="user_not_found")
    await stage.type("rapport ooit", user="emily")
    assert stage.whispers("emily")[0].startswith(UNREADABLE_NL)


async def test_where_several_balies_could_be_meant_the_asker_chooses(stage: Stage) -> None:
    select = await choice_of_balies(stage)
    assert select.text == f"Voor welke balie? De periode is {QUARTER}."
    assert [element["type"] for element in select.blocks[1]["elements"]] == ["external_select"]
    assert nothing_began(stage)


async def test_the_select_finds_balies_by_any_part_of_name_or_alias(stage: Stage) -> None:
    select = await choice_of_balies(stage)
    assert await offered(stage, select, "") == [
        "Zwembad De Kuil & Zonen (de-kuil)",
        "CC De Sluis (de-sluis)",
        "Jeugdhuis Het Vlot (het-vlot)",
        "Stadsloket Molenschoot (molenschoot)",
        "Bibliotheek Oosterwal (oosterwal)",
        "Museum De Oude Schuur (oude-schuur)",
        "Gemeenschapscentrum 't Hof (t-hof)",
        "Cultuurcafé Wilgendries (wilgendries)",
    ]
    assert await offered(stage, select, "KUIL") == ["Zwembad De Kuil & Zonen (de-kuil)"]
    assert await offered(stage, select, "hof gemeen") == ["Gemeenschapscentrum 't Hof (t-hof)"]
    assert await offered(stage, select, "<!channel>") == []


async def test_choosing_starts_the_report_for_that_balie_and_that_period(stage: Stage) -> None:
    select = await choice_of_balies(stage)
    await choose(stage, select, "Gemeenschapscentrum 't Hof (t-hof)")
    await stage.pass_time(2)
    (root,) = stage.roots(OPEN)
    assert root.text == (
        f"Onkostennota van Gemeenschapscentrum 't Hof, {QUARTER}: Klaar. Het antwoord staat in de draad."
    )
    (started,) = [call for call in stage.uitpas.calls if call.name == "start_report"]
    balie = next(one for one in stage.uitpas.world.balies if one.number == 102)
    assert started.params["balieConsumerKey"] == balie.consumer_key


async def test_choosing_twice_is_one_report(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    select = await choice_of_balies(stage)
    await choose(stage, select, "Gemeenschapscentrum 't Hof (t-hof)")
    await choose(stage, select, "Gemeenschapscentrum 't Hof (t-hof)")
    await stage.pass_time(60, steps=6)
    assert len(stage.roots(OPEN)) == 1
    assert [call.name for call in stage.uitpas.calls].count("start_report") == 1


async def test_a_clipped_end_is_remembered_through_the_choice(stage: Stage) -> None:
    await stage.type("rapport juli 2026", channel=OPEN)
    (select,) = stage.slack.world.ephemerals("lien", OPEN)
    await choose(stage, select, "Gemeenschapscentrum 't Hof (t-hof)")
    (root,) = stage.roots(OPEN)
    assert "De einddatum lag na vandaag; ik nam 15 juli 2026 als laatste dag." in root.blocks[1]["elements"][0]["text"]


async def test_the_last_balie_of_a_person_is_theirs_the_next_time_too(stage: Stage) -> None:
    await stage.type(f"{ASK} t-hof", channel=OPEN)
    await stage.type("rapport juni 2026", channel=OPEN)
    assert [root.text.partition(",")[0] for root in stage.roots(OPEN)] == [
        "Onkostennota van Gemeenschapscentrum 't Hof"
    ] * 2
    await stage.type("rapport juni 2026")
    assert stage.roots()[0].text.startswith("Onkostennota van CC De Sluis,"), "the channel's own goes first"
    await stage.type(ASK, user="bram", channel=OPEN)
    assert stage.whispers("bram", OPEN) == [f"Voor welke balie? De periode is {QUARTER}."]


async def test_a_single_balie_needs_no_choice(tmp_path: Path, *, socket: bool) -> None:
    async with staged(tmp_path, socket=socket, mapped=False) as stage:
        balie = stage.uitpas.world.balies[0]
        rows = f"alias,name,consumer_key,channels\nde-sluis,{balie.name},{balie.consumer_key},"
        await stage.bot.balies.import_csv(stage.bot.team, rows)
        await stage.type(ASK, channel=OPEN)
        assert stage.roots(OPEN)[0].text.startswith("Onkostennota van CC De Sluis,")


async def test_the_eleventh_report_that_would_run_is_refused(stage: Stage) -> None:
    stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    for day in range(1, 12):
        await stage.type(f"rapport {day} juni 2026")
    assert len(stage.roots()) == 10
    assert stage.whispers() == [
        "Er lopen al 10 onkostennota's voor jou. Wacht tot er een klaar is, of annuleer er een."
    ]
    await stage.type(f"{ASK} de-sluis", user="bram")
    assert len(stage.roots()) == 11, "each person has ten of their own"
    await stage.click("report_cancel", stage.roots()[0])
    await stage.type("rapport 11 juni 2026")
    assert len(stage.roots()) == 12


async def link_as_greet(stage: Stage, user: str) -> None:
    """Link somebody who is not of the demo's people to an employee nobody else is."""
    employee = stage.uitpas.employee("greet")
    token, secret = stage.uitpas.issue_token(employee.uid)
    person = stage.slack.world.person(user)
    await stage.bot.linking.keep(stage.bot.team, person.id, UserToken(token, secret, employee.uid))


async def choice_of_balies(stage: Stage) -> Message:
    """Ask where no balie is the default; return the message with the select."""
    await stage.type(ASK, channel=OPEN)
    (select,) = stage.slack.world.ephemerals("lien", OPEN)
    return select


async def offers(stage: Stage, select: Message, query: str) -> list[dict[str, Any]]:
    """Return the options for what is typed into the select."""
    return await stage.slack.options(stage.slack.world.person("lien").id, select, "report_balie", query)


async def offered(stage: Stage, select: Message, query: str) -> list[str]:
    """Return what those options show."""
    return [option["text"]["text"] for option in await offers(stage, select, query)]


async def choose(stage: Stage, select: Message, label: str) -> None:
    """Choose one of the options."""
    (option,) = [one for one in await offers(stage, select, "") if one["text"]["text"] == label]
    await stage.click("report_balie", select, selected=option["value"])


def methods(stage: Stage) -> list[str]:
    """Return the names of the calls Slack got."""
    return [call.method for call in stage.slack.calls]


def nothing_began(stage: Stage, *, but_dms_of: str = "") -> bool:
    """Tell whether nothing was posted anywhere, one person's direct messages apart, and UiTPAS was asked nothing."""
    world = stage.slack.world
    apart = world.im(but_dms_of) if but_dms_of else None
    posted = [message for channel in world.talk.channels if channel != apart for message in world.messages(channel)]
    return posted == [] and list(stage.uitpas.calls) == []
