"""What was asked before there was a link: it goes on after it, once, and only while it still makes sense."""

from typing import Any

from handlers.render import linking_texts as texts
from handlers.render import report_answers as answers
from tests.linking.doors import dump, linked, sentences
from tests.linking.rows import calls, rows
from tests.support.browser import Journey
from tests.support.forms import FILE, Form, remove_balie

ASK = "rapport vorig kwartaal"
TITLE = "Onkostennota van CC De Sluis, 1 april – 30 juni 2026"
WAITS = (
    "Koppel eerst je UiTiD met `/uitpas koppel`: zonder mag ik UiTPAS niets vragen in jouw naam. Daarna gaat je"
    " onkostennota vanzelf verder."
)


def waiting(link: Journey) -> list[Any]:
    """Return what waits for a link."""
    return rows(link.stage, "SELECT user, first_day FROM waiting_reports ORDER BY id")


def started(link: Journey) -> int:
    """Return how many reports UiTPAS was asked for."""
    return calls(link.stage).count("start_report")


async def ask(link: Journey, words: str = ASK) -> str:
    """Type the question; return the answer."""
    await link.stage.type(words, user="bram")
    return link.whisper.text


async def rest(link: Journey) -> None:
    """Let whatever runs come to its end."""
    await link.stage.pass_time(30, steps=3)


async def test_what_was_asked_goes_on_exactly_once(link: Journey) -> None:
    assert await ask(link) == WAITS
    await link.link()
    asked = "Gevraagd: de onkostennota van *CC De Sluis* voor 1 april – 30 juni 2026."
    assert sentences(link.whisper)[0] == f"{texts.LINKED.nl}\n{asked}"
    await rest(link)
    await link.link()
    await rest(link)
    assert (waiting(link), started(link), len(link.stage.roots())) == ([], 1, 1)


async def test_several_questions_go_on_side_by_side_and_the_same_one_only_once(link: Journey) -> None:
    for words in (ASK, "rapport januari 2026", ASK):
        assert await ask(link, words) == WAITS
    await link.link()
    assert sentences(link.whisper)[0].count("CC De Sluis") == 3
    await rest(link)
    assert (started(link), len(link.stage.roots()), waiting(link)) == (2, 2, [])


async def test_what_runs_already_by_then_is_not_asked_for_again(link: Journey) -> None:
    link.stage.uitpas.faults.add("report_status", "never_ends", times=-1)
    await ask(link)
    await link.stage.type(ASK)
    await link.stage.pass_time(5)
    await link.link()
    await link.stage.pass_time(5)
    assert (started(link), len(link.stage.roots()), linked(link.stage)) == (1, 1, ["U0BRAM00002", "U0LIEN00001"])
    assert "loopt al" in sentences(link.whisper)[0]


async def test_what_was_delivered_by_then_is_pointed_to_and_offered_anew(link: Journey) -> None:
    await ask(link)
    await link.stage.type(ASK)
    await rest(link)
    await link.link()
    await rest(link)
    assert (started(link), len(link.stage.roots())) == (1, 1)
    assert sentences(link.whisper)[3].startswith(
        "De onkostennota van *CC De Sluis* voor 1 april – 30 juni 2026 is hier"
    )
    await link.say("report_again")
    await rest(link)
    assert (started(link), len(link.stage.roots())) == (2, 2)


async def test_what_was_asked_of_a_balie_that_was_removed_is_dropped(link: Journey) -> None:
    await ask(link)
    remove_balie(link.stage, "de-sluis")
    await link.link()
    await rest(link)
    assert (started(link), link.stage.roots(), waiting(link)) == (0, [], [])
    assert sentences(link.whisper)[0] == texts.LINKED.nl


async def test_after_an_hour_it_no_longer_goes_on_and_what_was_asked_later_does(link: Journey) -> None:
    await link.stage.settle()  # from here on, what ran out is forgotten once an hour
    await link.stage.pass_time(1800)
    await ask(link)
    await link.stage.pass_time(3400)
    await ask(link, "rapport januari 2026")
    await link.stage.pass_time(300)
    assert len(waiting(link)) == 2
    await link.link()
    await rest(link)
    titles = [root.text.partition(":")[0] for root in link.stage.roots()]
    assert titles == ["Onkostennota van CC De Sluis, 1 januari – 31 januari 2026"]


async def test_what_nobody_linked_for_is_forgotten_by_the_clock(link: Journey) -> None:
    await ask(link)
    await link.stage.pass_time(7300, steps=2)
    assert waiting(link) == []


async def test_where_the_balie_is_unclear_it_is_asked_first(link: Journey) -> None:
    link.stage.where = "algemeen"
    await ask(link)
    assert waiting(link) == []
    options = await link.stage.slack.options("U0BRAM00002", link.whisper, "report_balie", "sluis")
    await link.stage.click("report_balie", link.whisper, user="bram", selected=options[0]["value"])
    assert (link.whisper.text, len(waiting(link))) == (WAITS, 1)
    await link.link()
    await rest(link)
    assert (started(link), [root.text[: len(TITLE)] for root in link.stage.roots()]) == (1, [TITLE])


async def test_a_guest_keeps_nothing(link: Journey) -> None:
    link.user = "gust"
    await link.stage.type("help", user="gust")
    before = dump(link.stage)
    await link.stage.type(ASK, user="gust")
    assert (link.whisper.text, dump(link.stage)) == (answers.NOT_ALLOWED.nl, before)


async def test_a_guest_of_whom_slack_has_not_told_yet_may_not_link_and_nothing_goes_on(link: Journey) -> None:
    link.user = "gust"
    await link.stage.type(ASK, user="gust")
    await link.say("link")
    assert link.whisper.text == texts.NOT_MEMBER.nl
    await link.stage.pass_time(7300, steps=2)
    assert (waiting(link), rows(link.stage, "SELECT id FROM links"), link.stage.roots()) == ([], [], [])


async def test_somebody_who_became_a_guest_has_nothing_go_on(link: Journey) -> None:
    await ask(link)
    await link.see_code()
    await link.type_code()
    link.stage.slack.world.change_person("bram", is_restricted=True)
    await link.say("link_yes")
    await rest(link)
    assert (started(link), link.stage.roots()) == (0, [])


async def test_no_more_wait_than_may_run(link: Journey) -> None:
    for day in range(1, 12):
        said = await ask(link, f"rapport {day} juni 2026")
        assert (said == WAITS, len(waiting(link))) == (day < 11, min(day, 10))


async def test_a_form_that_is_handed_in_after_the_link_was_lost_goes_on_after_the_next_as_it_was_filled_in(
    link: Journey,
) -> None:
    link.user = "lien"
    form = Form(link.stage, "lien")
    await form.type()
    await link.stage.type("ontkoppel")
    await link.say("unlink")
    for _ in range(2):
        await form.submit({FILE: ["yes"]})
    assert (WAITS in form.shown.values(), form.complaints(), len(waiting(link))) == (True, {}, 1)
    await form.close()
    await link.link("lien")
    await rest(link)
    assert (started(link), len(link.stage.roots()), waiting(link)) == (1, 1, [])
    assert rows(link.stage, "SELECT private_file FROM reports") == [1]
    assert [reply.files for reply in link.stage.replies()] == [()] * len(link.stage.replies())
